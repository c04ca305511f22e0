//! The generator of wa-message: from `openapi/messages.yaml` to tables, types, builders and checks.

pub mod error;
pub mod model;
pub mod read;
pub mod yaml;
