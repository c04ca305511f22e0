//! Durable sending: messages are kept in a file or a database until it is certain what became of them.
//!
//! Programs use it as `wa_message::outbox`, by the feature `outbox`. An [`Outbox`] keeps messages, and a [`Worker`] sends
//! them:
//!
//! ```
//! use wa_message::{Client, outbox::{NewEntry, Outbox}, wa_message};
//! # use wa_sandbox::Sandbox;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let sandbox = Sandbox::start().await?;
//! # let folder = tempfile::tempdir()?;
//! # let url = format!("sqlite:{}", folder.path().join("outbox.db").display());
//! # let client = Client::builder(sandbox.token(), sandbox.phone_number_id()).base_url(sandbox.base_url()).build()?;
//! let outbox = Outbox::open(&url).await?; // "sqlite:outbox.db"
//!
//! let message = wa_message! { <text> to: "+15550100", body: "The bread is ready." };
//! outbox.enqueue(NewEntry::new(client.phone_number_id(), &message).key("order-17")).await?;
//!
//! outbox.worker(&client).drain().await?; // or `run_until(..)`, for as long as the program runs
//! # Ok(())
//! # }
//! ```
//!
//! # Guarantees
//!
//! The API has no key by which it would know a message again. Whoever sends after a crash what may have been sent before, sends
//! it twice. So an entry is marked in the store before its request is made, and that mark is never taken back by a guess.
//!
//! 1. A message is posted at most once, unless the answer said for certain that it was not accepted, or a person decides to
//!    [send it again](Decision::SendAgain).
//! 2. Each message that was put in is accepted, refused, expired, cancelled or invalid in the end, or it is listed as in
//!    doubt. None vanishes.
//! 3. After a crash, no more messages are in doubt than requests were in flight: 64 in a process, unless
//!    [`concurrency`](Worker::concurrency) says otherwise.
//! 4. Doubts end by the statuses of webhooks, when they [come](Outbox::learn). Those that stay are shown with their age, and
//!    are never sent by themselves.
//!
//! They rest on this: the store loses nothing that it has committed. SQLite does so on a local disk that keeps its word.
//! PostgreSQL does so with `synchronous_commit` on, and where there is a failover, with a synchronous standby. An
//! asynchronous one may lose the last marks, and then a message may be sent twice.
//!
//! Not promised are an order, that messages are delivered, an exact rate, that a doubt ends, and that a message which is put in
//! twice without a [key](NewEntry::key) is sent once.
//!
//! # How far an entry has come
//!
//! | state | what it means | what comes next |
//! |---|---|---|
//! | pending | it waits for its turn | a worker takes it |
//! | leased | a worker has taken it, and nothing was sent | it is marked, or falls back by itself |
//! | sending | a request may be in the air | an outcome; or a doubt, if the worker is lost |
//! | accepted | the API has it | its statuses: sent, delivered, read, failed |
//! | refused | the API does not take it | [`Decision::Retry`], if a person wants so |
//! | in doubt | nobody knows | a status, or the decision of a person |
//! | expired, cancelled | it was not sent | [`Decision::Retry`] |
//! | invalid | its body is no valid message | [`Decision::Retry`] will not help |
//!
//! The [`guide`] has the rest: other queues in front, many machines, what to do about doubts.
#![cfg_attr(docsrs, feature(doc_cfg))]
// PostgreSQL has the arithmetic of the pace in SQL, which tests hold against the one here. Without a kind of store nothing of
// what stores need is used.
#![cfg_attr(not(feature = "sqlite"), allow(dead_code))]
#![cfg_attr(not(any(feature = "sqlite", feature = "postgres")), allow(unused))]

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
mod teeth;
mod time;
mod verdict;
mod worker;

#[cfg(feature = "postgres")]
#[cfg_attr(docsrs, doc(cfg(feature = "postgres")))]
pub mod postgres;
#[cfg(feature = "sqlite")]
#[cfg_attr(docsrs, doc(cfg(feature = "sqlite")))]
pub mod sqlite;

#[doc(hidden)]
pub use self::worker::Point;
pub use self::{
    entry::{Decided, Enqueued, Entry, EntryId, NewEntry},
    error::{EntryError, Obstacle, OutboxError, StoreError, UrlError},
    failure::Failure,
    manage::{Decision, Filter, Moved, Summary},
    outbox::{Events, Outbox, Transfer},
    state::{State, Step, UnknownState},
    worker::{Tally, Worker},
};
