//! Tables of what the definitions of templates demand, generated from `openapi/templates.yaml`.

pub use crate::generated::definitions::*;
