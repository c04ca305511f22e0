//! Durable sending: messages are kept in a file or a database until it is certain what became of them.
//!
//! Programs use it as `wa_message::outbox`, by the feature `outbox`. An [`Outbox`] keeps messages, and a [`Worker`] sends
//! them.
#![cfg_attr(docsrs, feature(doc_cfg))]

mod entry;
mod error;
mod failure;
pub mod guide;
mod manage;
mod observe;
mod outbox;
mod pace;
mod state;
mod store;
mod time;
mod verdict;
mod worker;

#[cfg(feature = "postgres")]
#[cfg_attr(docsrs, doc(cfg(feature = "postgres")))]
pub mod postgres;
#[cfg(feature = "sqlite")]
#[cfg_attr(docsrs, doc(cfg(feature = "sqlite")))]
pub mod sqlite;

pub use self::{
    entry::{Decided, Enqueued, Entry, EntryId, NewEntry},
    error::{EntryError, Obstacle, OutboxError, StoreError, UrlError},
    failure::Failure,
    manage::{Decision, Filter, Moved, Summary},
    outbox::{Events, Outbox},
    state::{State, Step, UnknownState},
    worker::{Tally, Worker},
};
#[doc(hidden)]
pub use self::worker::Point;
