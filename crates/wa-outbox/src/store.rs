//! The store of an outbox: one of two kinds, with the same operations.
//!
//! Each operation is one transaction, and decides by the state, the holder, the nonce and the clock that stand in the store.
//! What a process believes of them counts for nothing.

#[cfg(feature = "postgres")]
pub(crate) mod postgres;
#[cfg(feature = "sqlite")]
pub(crate) mod sqlite;

use std::time::Duration;

use uuid::Uuid;

use crate::{
    Decision, Enqueued, Entry, EntryId, Failure, Filter, Moved, NewEntry, State, Summary,
    error::{OutboxError, UrlError},
    pace::{Pair, Slice},
    time::Millis,
};

/// An entry that a worker holds, by the nonce of its lease.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Held {
    pub(crate) id: EntryId,
    /// Counts the leases of the entry. No two have the same.
    pub(crate) nonce: i64,
}

/// What a worker asks for.
#[derive(Debug, Clone)]
pub(crate) struct LeaseRequest {
    pub(crate) worker: Uuid,
    pub(crate) number: String,
    pub(crate) most: u32,
    pub(crate) time: Millis,
    /// How far ahead of its pace the number may be. The pace itself stands in the store.
    pub(crate) ahead: Millis,
    pub(crate) pair: Option<Pair>,
}

impl LeaseRequest {
    pub(crate) fn slice(&self, per_second: u32) -> Slice {
        Slice { per_second, ahead: crate::pace::micros(self.ahead) }
    }
}

/// What a worker gets.
#[derive(Debug, Default)]
pub(crate) struct Lease {
    pub(crate) taken: Vec<Taken>,
    /// How long it takes until there may be more, if that is known.
    pub(crate) wait: Option<Duration>,
}

/// An entry that was leased.
#[derive(Debug)]
pub(crate) struct Taken {
    pub(crate) held: Held,
    pub(crate) recipient: String,
    pub(crate) body: String,
    pub(crate) tries: u32,
    /// How long it has to wait for its turn in the pace of the number.
    pub(crate) turn: Duration,
}

/// What became of an attempt.
#[derive(Debug, Clone)]
pub(crate) struct Settlement {
    pub(crate) held: Held,
    pub(crate) verdict: Verdict,
}

#[derive(Debug, Clone)]
pub(crate) enum Verdict {
    /// Accepted, as the message with this id, if the answer told it.
    Accepted { wamid: Option<String>, failure: Option<Failure> },
    /// Certainly not accepted, and another try does not help.
    Refused(Failure),
    /// Certainly not accepted; another try after this time, and what is held back until then.
    PutOff { failure: Failure, pause: Millis, hold: Hold },
    /// Nobody knows.
    InDoubt(Failure),
    /// It is no valid message, or does not fit its template.
    Invalid(Failure),
}

/// What is held back for a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Hold {
    Nothing,
    Recipient { number: String, recipient: String, tolerance: Millis },
    Number { number: String },
    Everything,
}

/// What a status of a webhook says of an entry.
#[derive(Debug, Clone)]
pub(crate) struct Learned {
    pub(crate) id: EntryId,
    pub(crate) wamid: Option<String>,
    pub(crate) status: Option<(String, u8)>,
    pub(crate) failure: Option<Failure>,
}

/// An entry with all that stands of it, on its way to another store.
#[derive(Debug, Clone)]
pub(crate) struct Whole {
    pub(crate) id: String,
    pub(crate) number: String,
    pub(crate) key: Option<String>,
    pub(crate) data: Option<String>,
    pub(crate) recipient: String,
    pub(crate) body: String,
    pub(crate) priority: u8,
    pub(crate) created: Millis,
    pub(crate) due: Millis,
    pub(crate) expires: Option<Millis>,
    pub(crate) state: String,
    pub(crate) changed: Millis,
    pub(crate) nonce: i64,
    pub(crate) tries: u32,
    pub(crate) wamid: Option<String>,
    pub(crate) status: Option<String>,
    pub(crate) rank: Option<u8>,
    pub(crate) failure: Option<String>,
    pub(crate) worker: Option<String>,
    /// Whether nobody else has it.
    pub(crate) is_held: bool,
    /// The time, the decision and its author.
    pub(crate) decisions: Vec<(Millis, String, String)>,
}

impl Whole {
    /// What the other store is to learn of an entry that came to it before: that it was accepted, if that was found out here.
    pub(crate) fn news(&self, arrival: Arrival) -> Option<Result<Learned, OutboxError>> {
        let is_news = arrival == Arrival::Before && self.state == State::Accepted.as_str();
        is_news.then(|| {
            Ok(Learned {
                id: self.id.parse()?,
                wamid: self.wamid.clone(),
                status: self.status.clone().zip(self.rank),
                failure: self.failure.as_deref().map(Failure::from_json),
            })
        })
    }

    /// The entry as it is removed from here, or given back.
    pub(crate) fn gone(self, arrival: Arrival) -> Gone {
        Gone {
            id: self.id,
            nonce: self.nonce,
            status: self.status,
            is_taken: arrival != Arrival::Refused,
        }
    }
}

/// What became of an entry that came from another store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Arrival {
    /// It was put in.
    New,
    /// An earlier move has brought it. What became of it since then stands here, unless it was removed.
    Before,
    /// It was not taken: another entry has its key, or it never left this store.
    Refused,
}

/// An entry that was on its way to another store.
#[derive(Debug, Clone)]
pub(crate) struct Gone {
    pub(crate) id: String,
    pub(crate) nonce: i64,
    pub(crate) status: Option<String>,
    /// Whether it is there now.
    pub(crate) is_taken: bool,
}

/// What a sweep has found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Swept {
    pub(crate) fallen_back: u64,
    pub(crate) in_doubt: Vec<Moved>,
    pub(crate) expired: Vec<Moved>,
}

/// How many entries a sweep moves at once.
pub(crate) const SWEEP: u32 = 1_000;

impl Swept {
    /// Whether there may be more of a kind than a sweep moves at once.
    pub(crate) fn is_full(&self) -> bool {
        let most = SWEEP as usize;
        self.fallen_back >= u64::from(SWEEP)
            || self.in_doubt.len() >= most
            || self.expired.len() >= most
    }
}

/// A store of one of the kinds.
#[derive(Debug, Clone)]
pub(crate) enum Store {
    #[cfg(feature = "sqlite")]
    Sqlite(sqlite::Sqlite),
    #[cfg(feature = "postgres")]
    Postgres(postgres::Postgres),
    /// Built without a kind of store, a program can open none.
    #[cfg(not(any(feature = "sqlite", feature = "postgres")))]
    None(std::convert::Infallible),
}

/// Calls an operation of the store, of whichever kind it is.
macro_rules! call {
    ($store:ident.$operation:ident($($argument:ident),*)) => {
        match $store {
            #[cfg(feature = "sqlite")]
            Store::Sqlite(store) => store.$operation($($argument),*).await,
            #[cfg(feature = "postgres")]
            Store::Postgres(store) => store.$operation($($argument),*).await,
            #[cfg(not(any(feature = "sqlite", feature = "postgres")))]
            Store::None(never) => {
                $(let _ = $argument;)*
                match *never {}
            }
        }
    };
}

/// Defines the operations that every kind of store has.
macro_rules! operations {
    ($($(#[$doc:meta])* $operation:ident($($argument:ident: $type:ty),*) -> $output:ty;)*) => {
        impl Store {$(
            $(#[$doc])*
            pub(crate) async fn $operation(
                &self,
                $($argument: $type),*
            ) -> Result<$output, OutboxError> {
                call!(self.$operation($($argument),*))
            }
        )*}
    };
}

// Where there is no kind of store, there is nothing to wait for.
#[cfg_attr(not(any(feature = "sqlite", feature = "postgres")), expect(clippy::unused_async))]
impl Store {
    /// Opens the store of a URL, and brings its schema up to date.
    pub(crate) async fn open(url: &str) -> Result<Self, OutboxError> {
        if let Some(file) = url.strip_prefix("sqlite:") {
            #[cfg(feature = "sqlite")]
            return sqlite::Sqlite::open(file).await.map(Self::Sqlite);
            #[cfg(not(feature = "sqlite"))]
            {
                let _ = file;
                return Err(UrlError::Feature { feature: "sqlite" }.into());
            }
        }
        if ["postgres://", "postgresql://"].iter().any(|scheme| url.starts_with(scheme)) {
            #[cfg(feature = "postgres")]
            return postgres::Postgres::open(url).await.map(Self::Postgres);
            #[cfg(not(feature = "postgres"))]
            return Err(UrlError::Feature { feature: "postgres" }.into());
        }
        Err(UrlError::Scheme.into())
    }

    pub(crate) async fn enqueue(
        &self,
        entries: Vec<NewEntry>,
    ) -> Result<Vec<Enqueued>, OutboxError> {
        for entry in &entries {
            entry.check()?;
        }
        call!(self.enqueue(entries))
    }
}

operations! {
    lease(request: LeaseRequest) -> Lease;
    /// Marks what is still held, and returns it. Nothing else may be sent.
    mark(worker: Uuid, held: Vec<Held>) -> Vec<Held>;
    settle(worker: Uuid, ends: Vec<Settlement>) -> Vec<Moved>;
    /// Gives back what certainly was not sent, leased or marked.
    give_back(worker: Uuid, held: Vec<Held>) -> ();
    /// Says that a worker is there.
    beat(worker: Uuid) -> ();
    /// Says that a worker is not there any more.
    leave(worker: Uuid) -> ();
    /// Lets leases fall back whose time is over, and takes for lost whoever was not seen for so long.
    sweep(lost_after: Millis) -> Swept;
    learn(learned: Vec<Learned>) -> Vec<Moved>;
    set_rate(number: String, per_second: u32) -> ();
    get(id: EntryId) -> Entry;
    find(number: String, key: String) -> Option<Entry>;
    list(filter: Filter) -> Vec<Entry>;
    summary() -> Summary;
    /// Returns how many entries have been in doubt for so long.
    old_doubts(age: Millis) -> u64;
    /// Makes the step of a decision, if the state allows it, and records who has decided.
    decide(id: EntryId, decision: Decision, by: String) -> Moved;
    purge(before: Millis, states: Vec<State>, most: u32) -> u64;
    /// Leases one entry whatever the pace is, before it is due if it is early.
    take_one(worker: Uuid, id: EntryId, time: Millis, is_early: bool) -> Option<Taken>;
    /// Whether any entry of a number waits or is under way.
    has_open(number: String) -> bool;
    /// Reads the next entries, and keeps those that wait from being sent from here.
    hold(after: Option<EntryId>, most: u32) -> Vec<Whole>;
    /// Returns the id of the store itself.
    identity() -> Uuid;
    /// Takes entries in that come from this store, and says what became of each.
    take_in(whole: Vec<Whole>, from: Uuid) -> Vec<Arrival>;
    /// Removes what this store has taken in, and returns it; what it has not, is given back.
    let_go(gone: Vec<Gone>, to: Uuid) -> Vec<EntryId>;
    /// Notes that these entries are not in the store any more from which they came.
    arrived(entries: Vec<EntryId>, from: Uuid) -> ();
}

#[cfg(test)]
mod tests;
