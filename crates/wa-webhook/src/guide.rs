//! How to receive: pages to read.
//!
//! - [Receiving](receiving): a service, handlers, answers to a message, and what the API asks of an address.
//! - [Statuses and doubts](statuses): what became of a message, and how a doubt ends.
//!
//! All events and their contents, with examples, are in the manual, as `wa_message::manual::events`.

pub mod receiving;
pub mod statuses;
