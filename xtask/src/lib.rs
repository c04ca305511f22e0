//! The generator of wa-message: from `openapi/messages.yaml` to tables, types, builders and checks.

pub mod codegen;
mod control;
pub mod diff;
pub mod editor;
mod emit;
pub mod error;
pub mod excerpt;
pub mod face;
pub mod features;
pub mod fmt;
pub mod licences;
pub mod limits;
mod lower;
mod media;
pub mod model;
mod names;
pub mod packages;
pub mod postgres;
pub mod read;
mod received;
mod requests;
mod rust;
pub mod teeth;
mod templates;
mod types;
pub mod workspace;
pub mod yaml;
