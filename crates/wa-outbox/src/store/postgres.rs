//! An outbox in PostgreSQL.
//!
//! Each operation is one statement, and a transaction by itself. No lock waits for a process, which may have been stopped;
//! a connection that is lost leaves nothing half done; and a pool that hands out connections by transactions, such as
//! PgBouncer, may stand in between. All times are those of the server.

mod decide;
mod entries;
mod failed;
mod lease;
mod link;
mod migrate;
mod presence;
mod transfer;
mod turns;
mod url;

pub(crate) use self::{entries::enqueue_in, failed::judge};

use std::{fmt, sync::Arc};

use tokio_postgres::types::{ToSql, Type};
use uuid::Uuid;

use self::link::Link;
use super::{Arrival, Gone, Held, Learned, Lease, LeaseRequest, Settlement, Swept, Taken, Whole};
use crate::{
    Decision, Enqueued, Entry, EntryId, Filter, Moved, NewEntry, State, Step, Summary,
    error::OutboxError, time::Millis,
};

/// The values of a statement, with their types: a pool may change the connection, so nothing is prepared beforehand.
type Values<'v> = &'v [(&'v (dyn ToSql + Sync), Type)];

/// The longest span of time, in milliseconds: a thousand years. A calendar has an end.
const LONGEST: Millis = 1_000 * 365 * 24 * 3_600 * 1_000;

/// An outbox in PostgreSQL.
#[derive(Clone)]
pub(crate) struct Postgres(Arc<Links>);

/// Its connections. What one of them is asked waits for what it was asked before.
struct Links {
    /// Has what a worker does with entries.
    work: Link,
    /// Has the beats, so that none waits for anything.
    beat: Link,
    /// Has questions that may take long. It is made when there is one.
    questions: Link,
}

impl Postgres {
    /// Opens the outbox of a database, and brings its schema up to date.
    pub(crate) async fn open(url: &str) -> Result<Self, OutboxError> {
        let address = url::Address::read(url)?;
        let links = Links {
            work: Link::new(address.clone()),
            beat: Link::new(address.clone()),
            questions: Link::new(address),
        };
        migrate::migrate(&links.work).await?;
        Ok(Self(Arc::new(links)))
    }

    pub(crate) async fn enqueue(&self, new: Vec<NewEntry>) -> Result<Vec<Enqueued>, OutboxError> {
        entries::enqueue(&self.0.work, &new).await
    }

    pub(crate) async fn lease(&self, request: LeaseRequest) -> Result<Lease, OutboxError> {
        lease::lease(&self.0.work, &request).await
    }

    pub(crate) async fn take_one(
        &self,
        worker: Uuid,
        id: EntryId,
        time: Millis,
        is_early: bool,
    ) -> Result<Option<Taken>, OutboxError> {
        lease::take_one(&self.0.work, worker, id, time, is_early).await
    }

    pub(crate) async fn has_open(&self, number: String) -> Result<bool, OutboxError> {
        entries::has_open(&self.0.work, &number).await
    }

    pub(crate) async fn mark(
        &self,
        worker: Uuid,
        held: Vec<Held>,
    ) -> Result<Vec<Held>, OutboxError> {
        turns::mark(&self.0.work, worker, &held).await
    }

    pub(crate) async fn settle(
        &self,
        worker: Uuid,
        ends: Vec<Settlement>,
    ) -> Result<Vec<Moved>, OutboxError> {
        turns::settle(&self.0.work, worker, ends).await
    }

    pub(crate) async fn give_back(&self, worker: Uuid, held: Vec<Held>) -> Result<(), OutboxError> {
        turns::give_back(&self.0.work, worker, &held).await
    }

    pub(crate) async fn beat(&self, worker: Uuid) -> Result<(), OutboxError> {
        presence::beat(&self.0.beat, worker).await
    }

    pub(crate) async fn leave(&self, worker: Uuid) -> Result<(), OutboxError> {
        presence::leave(&self.0.work, worker).await
    }

    pub(crate) async fn sweep(&self, lost_after: Millis) -> Result<Swept, OutboxError> {
        presence::sweep(&self.0.beat, lost_after).await
    }

    pub(crate) async fn learn(&self, learned: Vec<Learned>) -> Result<Vec<Moved>, OutboxError> {
        decide::learn(&self.0.work, learned).await
    }

    pub(crate) async fn set_rate(
        &self,
        number: String,
        per_second: u32,
    ) -> Result<(), OutboxError> {
        entries::set_rate(&self.0.work, &number, per_second).await
    }

    pub(crate) async fn get(&self, id: EntryId) -> Result<Entry, OutboxError> {
        entries::get_entry(&self.0.work, id).await?.ok_or(OutboxError::NotFound)
    }

    pub(crate) async fn find(
        &self,
        number: String,
        key: String,
    ) -> Result<Option<Entry>, OutboxError> {
        entries::find(&self.0.work, &number, &key).await
    }

    pub(crate) async fn list(&self, filter: Filter) -> Result<Vec<Entry>, OutboxError> {
        entries::list(&self.0.questions, &filter).await
    }

    pub(crate) async fn summary(&self) -> Result<Summary, OutboxError> {
        entries::summary(&self.0.questions).await
    }

    pub(crate) async fn old_doubts(&self, age: Millis) -> Result<u64, OutboxError> {
        entries::old_doubts(&self.0.questions, age).await
    }

    pub(crate) async fn decide(
        &self,
        id: EntryId,
        decision: Decision,
        by: String,
    ) -> Result<Moved, OutboxError> {
        decide::decide(&self.0.work, id, decision, &by).await
    }

    pub(crate) async fn identity(&self) -> Result<Uuid, OutboxError> {
        transfer::identity(&self.0.questions).await
    }

    pub(crate) async fn hold(
        &self,
        after: Option<EntryId>,
        most: u32,
    ) -> Result<Vec<Whole>, OutboxError> {
        transfer::hold(&self.0.questions, after, most).await
    }

    pub(crate) async fn take_in(
        &self,
        whole: Vec<Whole>,
        from: Uuid,
    ) -> Result<Vec<Arrival>, OutboxError> {
        transfer::take_in(&self.0.questions, &whole, from).await
    }

    pub(crate) async fn let_go(
        &self,
        gone: Vec<Gone>,
        to: Uuid,
    ) -> Result<Vec<EntryId>, OutboxError> {
        transfer::let_go(&self.0.questions, &gone, to).await
    }

    pub(crate) async fn arrived(
        &self,
        entries: Vec<EntryId>,
        from: Uuid,
    ) -> Result<(), OutboxError> {
        transfer::arrived(&self.0.questions, &entries, from).await
    }

    pub(crate) async fn purge(
        &self,
        before: Millis,
        states: Vec<State>,
        most: u32,
    ) -> Result<u64, OutboxError> {
        entries::purge(&self.0.questions, before, &states, most).await
    }
}

impl fmt::Debug for Postgres {
    /// Shows no address, which may have a password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Postgres").finish_non_exhaustive()
    }
}

/// Returns the states before some steps, as the right side of `in`.
fn before(steps: &[Step]) -> String {
    let states = State::ALL
        .into_iter()
        .filter(|state| steps.iter().any(|step| state.after(*step).is_some()));
    let states: Vec<_> = states.map(|state| format!("'{}'", state.as_str())).collect();
    format!("({})", states.join(", "))
}

/// Returns a span of time that the server can count with.
fn span(millis: Millis) -> Millis {
    millis.clamp(-LONGEST, LONGEST)
}

/// Returns a text that the server takes: it has no null characters. Texts of other servers may have some.
fn text(text: &str) -> String {
    text.replace('\0', "")
}

#[cfg(test)]
mod tests;
