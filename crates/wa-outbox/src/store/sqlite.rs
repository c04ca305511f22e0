//! An outbox in a file.
//!
//! One thread has the connection, and everything is asked of it by a channel. What has gathered while a transaction was
//! written goes into the next one together, so that many entries share the one commit that waits for the disk. Each
//! operation is a savepoint of its own: one that fails takes no other with it.

mod decide;
mod entries;
mod file;
mod lease;
mod migrate;
mod presence;
mod steps;
mod transfer;
mod turns;

pub(crate) use self::entries::enqueue;

use std::{sync::Arc, thread};

use rusqlite::{Connection, ErrorCode, Transaction, TransactionBehavior};
use tokio::sync::oneshot;
use uuid::Uuid;

use self::file::Watch;
use super::{Arrival, Gone, Held, Learned, Lease, LeaseRequest, Settlement, Swept, Taken, Whole};
use crate::{
    Decision, Enqueued, Entry, EntryId, Filter, Moved, NewEntry, State, Step, Summary,
    error::{Obstacle, OutboxError, StoreError},
    time::{Millis, millis},
};

/// How many operations share a commit at most.
const GROUP: usize = 256;

/// An operation of somebody who waits for its answer. Without a connection it tells at once that nothing was done.
type Job = Box<dyn FnOnce(Result<&Connection, &Fault>) -> Option<Done> + Send>;

/// Tells the one who waits whether it was kept.
type Tell = Box<dyn FnOnce(Result<(), Fault>) + Send>;

/// What went wrong with a transaction, told to each who has a part in it.
#[derive(Clone)]
struct Fault(Obstacle, Arc<str>);

impl Fault {
    fn of(error: &rusqlite::Error) -> Self {
        Self(obstacle(error), error.to_string().into())
    }

    fn error(&self) -> StoreError {
        StoreError::new(self.0, self.1.to_string())
    }
}

/// An operation that was done, as long as it is not known whether it is kept.
struct Done {
    is_good: bool,
    tell: Tell,
}

/// An outbox in a file.
#[derive(Clone, Debug)]
pub(crate) struct Sqlite {
    jobs: std::sync::mpsc::Sender<Job>,
}

impl Sqlite {
    /// Opens a file, or makes it.
    pub(crate) async fn open(path: &str) -> Result<Self, OutboxError> {
        let path = path.to_owned();
        let (jobs, queue) = std::sync::mpsc::channel::<Job>();
        let (opened, is_open) = oneshot::channel();
        let thread = thread::Builder::new().name("wa-outbox".to_owned());
        thread
            .spawn(move || match file::open(&path) {
                Err(error) => drop(opened.send(Err(error))),
                Ok((mut connection, watch)) => {
                    let _ = opened.send(Ok(()));
                    while let Ok(first) = queue.recv() {
                        let jobs = [first].into_iter().chain(queue.try_iter().take(GROUP - 1));
                        run(&mut connection, &watch, jobs.collect());
                    }
                }
            })
            .map_err(|error| StoreError::new(Obstacle::Other, error))?;
        is_open.await.map_err(|_| StoreError::closed())??;
        Ok(Self { jobs })
    }

    /// Asks for an operation in a transaction, and waits until it is kept.
    async fn ask<T: Send + 'static>(
        &self,
        operation: impl FnOnce(&Connection, Millis) -> Result<T, OutboxError> + Send + 'static,
    ) -> Result<T, OutboxError> {
        let (tell, told) = oneshot::channel();
        // Who asked may not wait any more. What was asked for is done all the same.
        let job: Job = Box::new(move |connection| {
            let connection = match connection {
                Ok(connection) => connection,
                Err(fault) => {
                    let _ = tell.send(Err(fault.error().into()));
                    return None;
                }
            };
            let done = operation(connection, millis(std::time::SystemTime::now()));
            Some(Done {
                is_good: done.is_ok(),
                tell: Box::new(move |kept| {
                    let _ = tell.send(match kept {
                        Ok(()) => done,
                        Err(fault) => done.and(Err(fault.error().unclear().into())),
                    });
                }),
            })
        });
        self.jobs.send(job).map_err(|_| StoreError::closed())?;
        told.await.map_err(|_| StoreError::closed())?
    }

    pub(crate) async fn enqueue(&self, new: Vec<NewEntry>) -> Result<Vec<Enqueued>, OutboxError> {
        self.ask(move |connection, now| {
            new.iter().map(|entry| entries::enqueue(connection, entry, now)).collect()
        })
        .await
    }

    pub(crate) async fn lease(&self, request: LeaseRequest) -> Result<Lease, OutboxError> {
        self.ask(move |connection, now| Ok(lease::lease(connection, &request, now)?)).await
    }

    pub(crate) async fn take_one(
        &self,
        worker: Uuid,
        id: EntryId,
        time: Millis,
        is_early: bool,
    ) -> Result<Option<Taken>, OutboxError> {
        self.ask(move |connection, now| {
            Ok(lease::take_one(connection, worker, id, (now, time), is_early)?)
        })
        .await
    }

    pub(crate) async fn has_open(&self, number: String) -> Result<bool, OutboxError> {
        self.ask(move |connection, _| Ok(turns::has_open(connection, &number)?)).await
    }

    pub(crate) async fn mark(
        &self,
        worker: Uuid,
        held: Vec<Held>,
    ) -> Result<Vec<Held>, OutboxError> {
        self.ask(move |connection, now| Ok(turns::mark(connection, worker, held, now)?)).await
    }

    pub(crate) async fn settle(
        &self,
        worker: Uuid,
        ends: Vec<Settlement>,
    ) -> Result<Vec<Moved>, OutboxError> {
        self.ask(move |connection, now| Ok(turns::settle(connection, worker, &ends, now)?)).await
    }

    pub(crate) async fn give_back(&self, worker: Uuid, held: Vec<Held>) -> Result<(), OutboxError> {
        self.ask(move |connection, now| Ok(turns::give_back(connection, worker, &held, now)?)).await
    }

    pub(crate) async fn beat(&self, worker: Uuid) -> Result<(), OutboxError> {
        self.ask(move |connection, now| Ok(presence::beat(connection, worker, now)?)).await
    }

    pub(crate) async fn leave(&self, worker: Uuid) -> Result<(), OutboxError> {
        self.ask(move |connection, _| Ok(presence::leave(connection, worker)?)).await
    }

    pub(crate) async fn sweep(&self, lost_after: Millis) -> Result<Swept, OutboxError> {
        self.ask(move |connection, now| Ok(presence::sweep(connection, lost_after, now)?)).await
    }

    pub(crate) async fn learn(&self, learned: Vec<Learned>) -> Result<Vec<Moved>, OutboxError> {
        self.ask(move |connection, now| Ok(decide::learn(connection, &learned, now)?)).await
    }

    pub(crate) async fn set_rate(
        &self,
        number: String,
        per_second: u32,
    ) -> Result<(), OutboxError> {
        self.ask(move |connection, _| Ok(entries::set_rate(connection, &number, per_second)?)).await
    }

    pub(crate) async fn get(&self, id: EntryId) -> Result<Entry, OutboxError> {
        self.ask(move |connection, _| entries::get(connection, id)?.ok_or(OutboxError::NotFound))
            .await
    }

    pub(crate) async fn find(
        &self,
        number: String,
        key: String,
    ) -> Result<Option<Entry>, OutboxError> {
        self.ask(move |connection, _| Ok(entries::find(connection, &number, &key)?)).await
    }

    pub(crate) async fn list(&self, filter: Filter) -> Result<Vec<Entry>, OutboxError> {
        self.ask(move |connection, _| Ok(entries::list(connection, &filter)?)).await
    }

    pub(crate) async fn summary(&self) -> Result<Summary, OutboxError> {
        self.ask(move |connection, _| Ok(entries::summary(connection)?)).await
    }

    pub(crate) async fn old_doubts(&self, age: Millis) -> Result<u64, OutboxError> {
        self.ask(move |connection, now| {
            Ok(entries::old_doubts(connection, now.saturating_sub(age))?)
        })
        .await
    }

    pub(crate) async fn decide(
        &self,
        id: EntryId,
        decision: Decision,
        by: String,
    ) -> Result<Moved, OutboxError> {
        self.ask(move |connection, now| decide::decide(connection, id, decision, &by, now)).await
    }

    pub(crate) async fn identity(&self) -> Result<Uuid, OutboxError> {
        self.ask(move |connection, _| Ok(transfer::identity(connection)?)).await
    }

    pub(crate) async fn hold(
        &self,
        after: Option<EntryId>,
        most: u32,
    ) -> Result<Vec<Whole>, OutboxError> {
        self.ask(move |connection, _| Ok(transfer::hold(connection, after, most)?)).await
    }

    pub(crate) async fn take_in(
        &self,
        whole: Vec<Whole>,
        from: Uuid,
    ) -> Result<Vec<Arrival>, OutboxError> {
        self.ask(move |connection, _| Ok(transfer::take_in(connection, &whole, from)?)).await
    }

    pub(crate) async fn let_go(
        &self,
        gone: Vec<Gone>,
        to: Uuid,
    ) -> Result<Vec<EntryId>, OutboxError> {
        self.ask(move |connection, now| Ok(transfer::let_go(connection, &gone, to, now)?)).await
    }

    pub(crate) async fn arrived(
        &self,
        entries: Vec<EntryId>,
        from: Uuid,
    ) -> Result<(), OutboxError> {
        self.ask(move |connection, _| Ok(transfer::arrived(connection, &entries, from)?)).await
    }

    pub(crate) async fn purge(
        &self,
        before: Millis,
        states: Vec<State>,
        most: u32,
    ) -> Result<u64, OutboxError> {
        self.ask(move |connection, _| Ok(entries::purge(connection, before, &states, most)?)).await
    }
}

/// Does operations in one transaction, and tells their answers once it is written.
fn run(connection: &mut Connection, watch: &Watch, jobs: Vec<Job>) {
    let begun = watch.check().and_then(|()| {
        let begun = connection.transaction_with_behavior(TransactionBehavior::Immediate);
        begun.map_err(|error| Fault::of(&error))
    });
    let mut transaction = match begun {
        Ok(transaction) => transaction,
        Err(fault) => return jobs.into_iter().for_each(|job| drop(job(Err(&fault)))),
    };
    let answers: Vec<_> =
        jobs.into_iter().filter_map(|job| in_savepoint(&mut transaction, job)).collect();
    let committed = transaction.commit().map_err(|error| Fault::of(&error));
    // What was written to a file that is not there any more is not kept.
    let kept = committed.and_then(|()| watch.check());
    for answer in answers {
        answer(kept.clone());
    }
}

/// Does an operation that leaves nothing behind if it fails.
fn in_savepoint(transaction: &mut Transaction<'_>, job: Job) -> Option<Tell> {
    let savepoint = match transaction.savepoint() {
        Ok(savepoint) => savepoint,
        Err(error) => {
            job(Err(&Fault::of(&error)));
            return None;
        }
    };
    let Done { is_good, tell } = job(Ok(&savepoint))?;
    let finished = if is_good { savepoint.commit() } else { savepoint.finish() };
    match finished {
        Ok(()) => Some(tell),
        Err(error) => {
            tell(Err(Fault::of(&error)));
            None
        }
    }
}

/// Judges an error of SQLite.
fn failed(error: &rusqlite::Error) -> StoreError {
    StoreError::new(obstacle(error), error.to_string())
}

fn obstacle(error: &rusqlite::Error) -> Obstacle {
    match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => Obstacle::NotADatabase,
        Some(ErrorCode::ReadOnly) => Obstacle::ReadOnly,
        Some(ErrorCode::DiskFull) => Obstacle::Full,
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Obstacle::Busy,
        Some(ErrorCode::SystemIoFailure) => Obstacle::Disk,
        Some(ErrorCode::PermissionDenied | ErrorCode::AuthorizationForStatementDenied) => {
            Obstacle::Forbidden
        }
        Some(ErrorCode::CannotOpen) => Obstacle::Unreachable,
        _ => Obstacle::Other,
    }
}

impl From<rusqlite::Error> for OutboxError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(failed(&error))
    }
}

/// Returns the states before a step, as the right side of `in`.
fn before(step: Step) -> String {
    let states: Vec<_> = State::before(step).map(|state| format!("'{}'", state.as_str())).collect();
    format!("({})", states.join(", "))
}

#[cfg(test)]
mod tests;
