//! Receives what comes back from the WhatsApp Cloud API: messages of customers, what became of messages to them, and changes of
//! the account.
//!
//! Programs use it as `wa_message::webhook`, by the feature `webhook`.
//!
//! - A [`service()`] does all of it for an HTTP server: it verifies, reads, and calls handlers by the kind of event.
//! - A [`Verifier`] checks the signature of a body, and a [`VerifyToken`] answers the handshake of an address.
//! - [`parse`] reads a body into [events](Event), each with the account, the number and the [person](Event::person) that it is
//!   about.
//! - [`Seen`] knows an event again by its [key](Event::key), because anything may be delivered twice.
//! - [`Outcomes`] joins statuses with what was sent.
//!
//! The [`guide`] has more: [receiving and answering](guide::receiving), and [statuses and doubts](guide::statuses).
//!
//! # Nothing is lost
//!
//! The API sends things that no page names, and writes the same thing in several ways. So everything is read as leniently
//! as it can be, and what cannot be read fails alone: the request, an entry, a change, an item, the content of a
//! message. It is kept as JSON, as [unknown](What::Unknown) or as [invalid](What::Invalid) with [the reason](Why), and the
//! rest of the request is handled all the same. A message whose content is not known still has its id, sender and time, and
//! one whose time or context cannot be read has all but these: [`Event::left_out`] tells of it, and [`Event::raw`] has it.
//! Only a body that is no JSON object is an error.
//!
//! # Without copies
//!
//! What is read borrows from the body wherever a text has no escapes. `into_owned` makes any of it independent.
//!
//! ```
//! use wa_message::webhook::{Item, What, parse, types::{DeliveryStatus, InteractiveReply, MessageContent}};
//!
//! # fn answer(_: &str) {}
//! # fn find(_: &str) {}
//! fn handle(body: &[u8]) -> Result<(), wa_message::webhook::NotAnObject> {
//!     for event in parse(body)?.events() {
//!         match event.what {
//!             What::Message(message) => match message.content {
//!                 Item::Known(MessageContent::Text(text)) => answer(&text.body),
//!                 Item::Known(MessageContent::Interactive(Item::Known(InteractiveReply::ButtonReply(button)))) => {
//!                     find(&button.id);
//!                 }
//!                 _ => {}
//!             },
//!             What::Status(status) if status.status == DeliveryStatus::Failed => {
//!                 for error in &status.errors {
//!                     println!("{}: {}", status.id, error.code);
//!                 }
//!             }
//!             _ => {}
//!         }
//!     }
//!     Ok(())
//! }
//! # handle(b"{}").unwrap();
//! ```
#![cfg_attr(docsrs, feature(doc_cfg))]

mod alone;
mod bounded;
mod event;
mod events;
mod file;
#[allow(clippy::all, clippy::pedantic, unused_imports, unused_parens)]
#[rustfmt::skip] // The generator formats it.
mod generated;
pub mod guide;
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
mod reply;
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
