//! What comes back from the WhatsApp Cloud API.
//!
//! Programs use it as `wa_message::webhook`, by the feature `webhook`.
#![cfg_attr(docsrs, feature(doc_cfg))]

mod bounded;
mod event;
mod events;
#[allow(clippy::all, clippy::pedantic, unused_imports, unused_parens)]
#[rustfmt::skip] // The generator formats it.
mod generated;
mod handshake;
mod item;
mod json;
mod key;
mod outcomes;
mod own;
mod parse;
mod person;
mod raw;
mod read;
mod secret;
mod seen;
mod service;
mod verify;
mod words;
mod write;

pub use event::Event;
pub use events::Events;
pub use generated::events::What;
pub use handshake::{Challenge, HandshakeError, VerifyToken};
pub use item::{Item, Why};
pub use key::Key;
pub use outcomes::{MessageId, Outcome, Outcomes, Participant, Reached, SendState};
pub use parse::{NotAnObject, Webhook, parse};
pub use person::Person;
pub use raw::{JsonText, Raw};
pub use secret::SecretError;
pub use seen::{Claim, MemorySeen, Seen};
pub use service::{
    About, Deliveries, Delivery, Handled, Handlers, Report, WebhookBuilder, WebhookService, service,
};
pub use verify::{SIGNATURE_HEADER, Signature, SignatureError, Verifier};

/// What is in webhooks: objects, unions and sets of words, as the API names them.
pub mod types {
    pub use crate::generated::*;
}
