//! How to send: pages to read.
//!
//! - [Sending](sending): one message, many messages, several numbers.
//! - [What can go wrong](outcomes): what each outcome means, and what to do about it.
//! - `media` (feature `media`): files up to the API and down from it.
//! - [Testing your application](testing) with the sandbox.
//!
//! Two examples put it together, both against the sandbox: `cargo run --example bot` answers webhooks,
//! and `cargo run --example campaign` sends 500 messages and accounts for each.

#[cfg(feature = "media")]
#[cfg_attr(docsrs, doc(cfg(feature = "media")))]
pub mod media;
pub mod outcomes;
pub mod sending;
pub mod testing;
