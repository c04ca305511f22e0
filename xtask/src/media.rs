//! The description of media, from YAML to generated files.
//!
//! Its answers are read as those of webhooks are, and not as those to messages: scalars come in several types, which
//! the reader of webhooks knows, and which the generator of `wa-message-core` would have to learn for five small
//! objects. They are written for the client alone, where a feature leaves them out, so that nobody compiles them who
//! sends no file.

mod check;
mod emit;
mod face;
pub(crate) mod model;
mod read;

pub(crate) use emit::emit;
pub(crate) use face::face;
pub(crate) use read::{is_media, read, tables, time};
