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

/// Hands a call on to the store, of whichever kind it is.
macro_rules! each {
    ($store:expr, $kind:ident => $call:expr) => {
        match $store {
            #[cfg(feature = "sqlite")]
            Store::Sqlite($kind) => $call,
            #[cfg(feature = "postgres")]
            Store::Postgres($kind) => $call,
            #[cfg(not(any(feature = "sqlite", feature = "postgres")))]
            Store::None(never) => match *never {},
        }
    };
}

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
        each!(self, store => store.enqueue(entries).await)
    }

    pub(crate) async fn lease(&self, request: LeaseRequest) -> Result<Lease, OutboxError> {
        each!(self, store => store.lease(request).await)
    }

    /// Marks what is still held, and returns it. Nothing else may be sent.
    pub(crate) async fn mark(
        &self,
        worker: Uuid,
        held: Vec<Held>,
    ) -> Result<Vec<Held>, OutboxError> {
        each!(self, store => store.mark(worker, held).await)
    }

    pub(crate) async fn settle(
        &self,
        worker: Uuid,
        ends: Vec<Settlement>,
    ) -> Result<Vec<Moved>, OutboxError> {
        each!(self, store => store.settle(worker, ends).await)
    }

    /// Gives back what certainly was not sent, leased or marked.
    pub(crate) async fn give_back(&self, worker: Uuid, held: Vec<Held>) -> Result<(), OutboxError> {
        each!(self, store => store.give_back(worker, held).await)
    }

    /// Says that a worker is there.
    pub(crate) async fn beat(&self, worker: Uuid) -> Result<(), OutboxError> {
        each!(self, store => store.beat(worker).await)
    }

    /// Says that a worker is not there any more.
    pub(crate) async fn leave(&self, worker: Uuid) -> Result<(), OutboxError> {
        each!(self, store => store.leave(worker).await)
    }

    /// Lets leases fall back whose time is over, and takes for lost whoever was not seen for so long.
    pub(crate) async fn sweep(&self, lost_after: Millis) -> Result<Swept, OutboxError> {
        each!(self, store => store.sweep(lost_after).await)
    }

    pub(crate) async fn learn(&self, learned: Vec<Learned>) -> Result<Vec<Moved>, OutboxError> {
        each!(self, store => store.learn(learned).await)
    }

    pub(crate) async fn set_rate(
        &self,
        number: String,
        per_second: u32,
    ) -> Result<(), OutboxError> {
        each!(self, store => store.set_rate(number, per_second).await)
    }

    pub(crate) async fn get(&self, id: EntryId) -> Result<Entry, OutboxError> {
        each!(self, store => store.get(id).await)
    }

    pub(crate) async fn find(
        &self,
        number: String,
        key: String,
    ) -> Result<Option<Entry>, OutboxError> {
        each!(self, store => store.find(number, key).await)
    }

    pub(crate) async fn list(&self, filter: Filter) -> Result<Vec<Entry>, OutboxError> {
        each!(self, store => store.list(filter).await)
    }

    pub(crate) async fn summary(&self) -> Result<Summary, OutboxError> {
        each!(self, store => store.summary().await)
    }

    /// Makes the step of a decision, if the state allows it, and records who has decided.
    pub(crate) async fn decide(
        &self,
        id: EntryId,
        decision: Decision,
        by: String,
    ) -> Result<Moved, OutboxError> {
        each!(self, store => store.decide(id, decision, by).await)
    }

    pub(crate) async fn purge(
        &self,
        before: Millis,
        states: Vec<State>,
        most: u32,
    ) -> Result<u64, OutboxError> {
        each!(self, store => store.purge(before, states, most).await)
    }

    /// Leases one entry whatever the pace is, before it is due if it is early.
    pub(crate) async fn take_one(
        &self,
        worker: Uuid,
        id: EntryId,
        time: Millis,
        is_early: bool,
    ) -> Result<Option<Taken>, OutboxError> {
        each!(self, store => store.take_one(worker, id, time, is_early).await)
    }

    /// Whether any entry of a number waits or is under way.
    pub(crate) async fn has_open(&self, number: String) -> Result<bool, OutboxError> {
        each!(self, store => store.has_open(number).await)
    }

    /// Reads the next entries, and keeps those that wait from being sent from here.
    pub(crate) async fn hold(
        &self,
        after: Option<EntryId>,
        most: u32,
    ) -> Result<Vec<Whole>, OutboxError> {
        each!(self, store => store.hold(after, most).await)
    }

    /// Takes entries in, and says of each whether it is there.
    pub(crate) async fn take_in(&self, whole: Vec<Whole>) -> Result<Vec<bool>, OutboxError> {
        each!(self, store => store.take_in(whole).await)
    }

    /// Removes what was taken in elsewhere, and returns how many; what was not, is given back.
    pub(crate) async fn let_go(&self, gone: Vec<Gone>) -> Result<u64, OutboxError> {
        each!(self, store => store.let_go(gone).await)
    }
}

#[cfg(test)]
mod tests;
