//! The description of webhooks, from YAML to generated files.
//!
//! It has a model of its own, because hardly anything that is sent has a counterpart here: nothing is limited and
//! nothing refused, but unions are open, scalars come in several types, and items fail alone.

mod check;
mod emit;
mod events;
mod face;
mod find;
pub(crate) mod model;
mod read;

pub(crate) use emit::{doc, emit, member};
pub(crate) use events::events;
pub use events::{Content, Event, Field};
pub(crate) use face::{face, schemas as face_of_schemas};

pub(crate) use read::{answers, read};
