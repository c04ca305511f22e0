//! The description of webhooks, from YAML to generated files.
//!
//! It has a model of its own, because hardly anything that is sent has a counterpart here: nothing is limited and
//! nothing refused, but unions are open, scalars come in several types, and items fail alone.

mod check;
mod emit;
mod face;
pub(crate) mod model;
mod read;

pub(crate) use emit::{doc, emit, member};
pub(crate) use face::face;

pub(crate) use read::{answers, read};
