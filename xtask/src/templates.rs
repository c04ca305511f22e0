//! The description of templates, from YAML to generated files.
//!
//! It says three things of a definition: how it is read, which are answers and are read as those of webhooks are; how it is
//! created, which are requests and get tables as those of messages do, but no types; and what it demands of a message,
//! which is a table of its own.

mod check;
mod emit;
mod face;
mod model;
mod read;

pub(crate) use check::against;
pub(crate) use emit::emit;
pub(crate) use face::face;
pub(crate) use model::Templates;
pub(crate) use read::{WHEN, is_templates, read};
