//! The generator of wa-message: from `openapi/messages.yaml` to tables, types, builders and checks.

pub mod codegen;
pub mod diff;
mod emit;
pub mod error;
pub mod excerpt;
pub mod face;
pub mod fmt;
pub mod licences;
mod lower;
pub mod model;
pub mod read;
mod types;
pub mod yaml;
