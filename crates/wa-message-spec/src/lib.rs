//! The tables of the `WhatsApp` messages endpoint, generated from `openapi/messages.yaml`, and of files.
//!
//! This crate is data alone. [`wa_message_rules`] gives the tables their shape, and checks documents against
//! them. It is a part of `wa-message`, which re-exports what its users need.

#[allow(clippy::all, clippy::pedantic)]
#[rustfmt::skip] // The generator formats it.
mod generated;
pub mod media;
#[cfg(feature = "shown")]
pub mod shown;
pub mod templates;

pub use generated::{tables, texts};
