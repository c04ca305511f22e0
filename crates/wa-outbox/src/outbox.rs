//! The outbox: puts messages in, tells what became of them, and lets people decide.

use std::{fmt, sync::Arc, time::SystemTime};

use tokio::sync::{Notify, broadcast};
use uuid::Uuid;
use wa_client::Client;
use wa_message_core::{ErrorCode, Message};
use wa_webhook::{Event, What, types::StatusUpdate};

use crate::{
    Decision, Enqueued, Entry, EntryId, Failure, Filter, Moved, NewEntry, OutboxError, State,
    Summary, Worker,
    error::EntryError,
    observe,
    store::{Learned, LeaseRequest, Store},
    time::{Millis, millis},
};

/// How many changes a slow listener may be behind.
const BEHIND: usize = 4_096;
/// How many entries are removed in one transaction.
const PURGE: u32 = 1_000;
/// How many entries go to another store in one transaction.
const MOVE: u32 = 500;

/// How long a doubt may stand before somebody should look at it, in milliseconds.
const DAY: Millis = 24 * 3_600 * 1_000;

/// Keeps messages until it is certain what became of them. A clone is cheap and is the same outbox.
///
/// ```
/// use wa_message::{Client, outbox::{NewEntry, Outbox}, wa_message};
/// # use wa_sandbox::Sandbox;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let sandbox = Sandbox::start().await?;
/// # let folder = tempfile::tempdir()?;
/// # let url = format!("sqlite:{}", folder.path().join("outbox.db").display());
/// # let client = Client::builder(sandbox.token(), sandbox.phone_number_id()).base_url(sandbox.base_url()).build()?;
/// let outbox = Outbox::open(&url).await?; // "sqlite:outbox.db"
///
/// let message = wa_message! { <text> to: "+15550100", body: "The bread is ready." };
/// outbox.enqueue(NewEntry::new(client.phone_number_id(), &message).key("order-17")).await?;
///
/// let tally = outbox.worker(&client).drain().await?;
/// assert_eq!(tally.to_string(), "1 accepted");
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Outbox(Arc<Inner>);

struct Inner {
    pub(crate) store: Store,
    moved: broadcast::Sender<Moved>,
    /// Wakes the workers of this process.
    wake: Notify,
}

impl Outbox {
    /// Opens an outbox, and makes it or brings its tables up to date if need be.
    ///
    /// `sqlite:outbox.db` is a file, on a local disk, whose folder must be there. `postgres://user@host/database` is a database,
    /// with the feature `postgres`.
    ///
    /// # Errors
    ///
    /// If the URL is none of an outbox, if the store cannot be reached or is something else, or if it was made by a later
    /// version of this library.
    pub async fn open(url: &str) -> Result<Self, OutboxError> {
        let store = Store::open(url).await?;
        Ok(Self(Arc::new(Inner {
            store,
            moved: broadcast::Sender::new(BEHIND),
            wake: Notify::new(),
        })))
    }

    /// Puts a message in. Once this has returned, it is kept.
    ///
    /// # Errors
    ///
    /// If the entry cannot be taken, or the store fails. If it [is unclear](crate::StoreError::is_unclear) whether it was
    /// kept, put it in again with the same key.
    pub async fn enqueue(&self, entry: NewEntry) -> Result<Enqueued, OutboxError> {
        let mut enqueued = self.enqueue_all([entry]).await?;
        enqueued.pop().ok_or(OutboxError::NotFound)
    }

    /// Puts many messages in, all or none.
    ///
    /// # Errors
    ///
    /// As [`enqueue`](Self::enqueue).
    pub async fn enqueue_all(
        &self,
        entries: impl IntoIterator<Item = NewEntry>,
    ) -> Result<Vec<Enqueued>, OutboxError> {
        let enqueued = self.store().enqueue(entries.into_iter().collect()).await?;
        self.0.wake.notify_waiters();
        Ok(enqueued)
    }

    /// Returns a worker that sends what this client's number has to send.
    ///
    /// Any number of workers may send from one outbox, in as many processes. The worker keeps the pace, and tries again:
    /// the settings of the client for that count for nothing.
    pub fn worker(&self, client: &Client) -> Worker {
        Worker::new(self.clone(), client)
    }

    /// Sends a message at once, or tells what became of it when it was sent before under the same key.
    ///
    /// It is for a job of another queue, which may run again at any time: whatever happens, the message is sent once. An entry
    /// that is in doubt, or that was put off because it was too much at a time, is returned as it stands, and a worker or
    /// a later call goes on with it. A store that fails after the request is asked again for half a minute; if the future is
    /// dropped, what became of the request is kept all the same.
    ///
    /// # Errors
    ///
    /// As [`enqueue`](Self::enqueue). Call it again with the same key.
    pub async fn send_now(
        &self,
        client: &Client,
        key: &str,
        message: &Message,
    ) -> Result<Entry, OutboxError> {
        Worker::new(self.clone(), client).send_now(key, message).await
    }

    /// Learns from an event of a webhook, if it is a status of a message of this outbox. It may come again and again.
    ///
    /// Each such status proves that the message was accepted, so a doubt ends, whether the message was delivered or failed.
    ///
    /// # Errors
    ///
    /// If the store fails. Then let the webhook come again.
    pub async fn learn(&self, event: &Event<'_>) -> Result<Option<Moved>, OutboxError> {
        match &event.what {
            What::Status(status) => self.status(status).await,
            _ => Ok(None),
        }
    }

    /// Learns from a status.
    ///
    /// # Errors
    ///
    /// As [`learn`](Self::learn).
    pub async fn status(&self, status: &StatusUpdate<'_>) -> Result<Option<Moved>, OutboxError> {
        let Some(id) =
            status.biz_opaque_callback_data.as_deref().and_then(EntryId::of_callback_data)
        else {
            return Ok(None);
        };
        // The state of a payment is none of the message that asks for it.
        let rank = status.status.rank().filter(|_| status.payment.is_none());
        let failure = status.errors.first().map(|error| Failure {
            code: Some(error.code),
            ..Failure::new("failed", ErrorCode::from(error.code).title())
        });
        let learned = Learned {
            id,
            wamid: Some(status.id.to_string()).filter(|id| !id.is_empty()),
            status: rank.map(|rank| (status.status.to_string(), rank)),
            failure,
        };
        let mut moved = self.store().learn(vec![learned]).await?;
        self.tell(&moved);
        Ok(moved.pop())
    }

    /// Returns the entries that get a new state from now on, by this process.
    #[must_use]
    pub fn events(&self) -> Events {
        Events(self.0.moved.subscribe())
    }

    /// Returns the number of entries in each state.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub async fn summary(&self) -> Result<Summary, OutboxError> {
        let mut summary = self.store().summary().await?;
        if summary.of(State::InDoubt) > 0 {
            summary.old_doubts = self.store().old_doubts(DAY).await?;
        }
        Ok(summary)
    }

    /// Warns of doubts that nothing has ended for a day: perhaps no webhook comes, and nobody looks.
    pub(crate) async fn warn_of_old_doubts(&self) {
        match self.store().old_doubts(DAY).await {
            Ok(0) => {}
            Ok(doubts) => observe::old_doubts(doubts),
            Err(error) => observe::failed("count doubts", &error),
        }
    }

    /// Lists entries, in the order in which they were put in.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub async fn list(&self, filter: Filter) -> Result<Vec<Entry>, OutboxError> {
        self.store().list(filter).await
    }

    /// Returns an entry.
    ///
    /// # Errors
    ///
    /// If there is no such entry, or the store fails.
    pub async fn show(&self, id: EntryId) -> Result<Entry, OutboxError> {
        self.store().get(id).await
    }

    /// Returns the entry of a number that has a key, if there is one.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub async fn find(
        &self,
        phone_number_id: &str,
        key: &str,
    ) -> Result<Option<Entry>, OutboxError> {
        self.store().find(phone_number_id.to_owned(), key.to_owned()).await
    }

    /// Makes the decision of a person on an entry, and records who has decided.
    ///
    /// # Errors
    ///
    /// If there is no such entry, if its state does not allow it, if nobody is named, or if the store fails.
    pub async fn decide(
        &self,
        id: EntryId,
        decision: Decision,
        by: &str,
    ) -> Result<Moved, OutboxError> {
        if by.trim().is_empty() || by.contains('\0') {
            return Err(EntryError::Author.into());
        }
        let moved = self.store().decide(id, decision, by.to_owned()).await?;
        self.tell(std::slice::from_ref(&moved));
        self.0.wake.notify_waiters();
        Ok(moved)
    }

    /// Removes entries that came to their end before a time, and returns how many. What waits, is under way or in doubt is
    /// never removed, and of other states those that are asked for.
    ///
    /// # Errors
    ///
    /// If the store fails. What was removed until then is gone.
    pub async fn purge(&self, before: SystemTime, states: &[State]) -> Result<u64, OutboxError> {
        let states: Vec<_> = states.iter().copied().filter(|state| state.is_final()).collect();
        let mut removed = 0;
        loop {
            // In parts, so that workers are not held up.
            let part = self.store().purge(millis(before), states.clone(), PURGE).await?;
            removed += part;
            if part < u64::from(PURGE) {
                return Ok(removed);
            }
        }
    }

    /// Moves all entries into another outbox, and returns how many went and how many stayed. What was interrupted goes on when
    /// it is called again.
    ///
    /// Entries that a worker holds stay, so stop the workers of this outbox first, and tell statuses to the other one. An
    /// entry stays too if another one has its key there, and all stay if the other outbox is this one.
    ///
    /// # Errors
    ///
    /// If one of the stores fails. Nothing is sent twice by that: what was on its way is sent by neither until this is called
    /// again.
    pub async fn move_to(&self, other: &Self) -> Result<Transfer, OutboxError> {
        let mut transfer = Transfer::default();
        let mut after = None;
        let (from, to) = (self.store().identity().await?, other.store().identity().await?);
        loop {
            let whole = self.store().hold(after, MOVE).await?;
            let Some(last) = whole.last() else { return Ok(transfer) };
            after = Some(last.id.parse()?);
            let (held, others): (Vec<_>, Vec<_>) =
                whole.into_iter().partition(|entry| entry.is_held);
            let all = (held.len() + others.len()) as u64;
            let arrivals = other.store().take_in(held.clone(), from).await?;
            let known =
                held.iter().zip(&arrivals).filter_map(|(entry, arrival)| entry.news(*arrival));
            let known = known.collect::<Result<Vec<_>, _>>()?;
            if !known.is_empty() {
                other.tell(&other.store().learn(known).await?);
            }
            let gone = held.into_iter().zip(arrivals).map(|(entry, arrival)| entry.gone(arrival));
            let moved = self.store().let_go(gone.collect(), to).await?;
            transfer.moved += moved.len() as u64;
            transfer.stayed += all - moved.len() as u64;
            other.store().arrived(moved, from).await?;
        }
    }

    /// Leases so many entries, and returns how many it got. For benchmarks of a turn.
    #[doc(hidden)]
    pub async fn lease_for_bench(
        &self,
        phone_number_id: &str,
        most: u32,
    ) -> Result<usize, OutboxError> {
        let request = LeaseRequest {
            worker: worker_id(),
            number: phone_number_id.to_owned(),
            most,
            time: 600_000,
            ahead: 3_600_000,
            pair: None,
        };
        Ok(self.store().lease(request).await?.taken.len())
    }

    pub(crate) fn store(&self) -> &Store {
        &self.0.store
    }

    pub(crate) fn wake(&self) -> &Notify {
        &self.0.wake
    }

    pub(crate) fn tell(&self, moved: &[Moved]) {
        for moved in moved {
            observe::moved(moved);
            // Nobody may listen.
            let _ = self.0.moved.send(moved.clone());
        }
    }
}

/// The end of a move from one outbox to another. `Display` says it in a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
#[non_exhaustive]
pub struct Transfer {
    /// The number of entries that went.
    pub moved: u64,
    /// The number of entries that stayed: a worker holds them, another entry has their key, they changed meanwhile, or the other
    /// outbox is the same one.
    pub stayed: u64,
}

impl fmt::Display for Transfer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} moved, {} stayed", self.moved, self.stayed)
    }
}

/// A new name for a worker that begins.
pub(crate) fn worker_id() -> Uuid {
    Uuid::now_v7()
}

impl fmt::Debug for Outbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outbox").field("store", &self.0.store).finish_non_exhaustive()
    }
}

/// Entries that get a new state. [`Outbox::events`] makes it.
#[derive(Debug)]
pub struct Events(broadcast::Receiver<Moved>);

impl Events {
    /// Waits for the next entry that has a new state. It is `None` once the outbox is closed.
    ///
    /// Whoever is more than 4,096 of them behind misses the oldest. The outbox itself misses none, so
    /// [`list`](Outbox::list) is the way to be sure.
    pub async fn next(&mut self) -> Option<Moved> {
        loop {
            match self.0.recv().await {
                Ok(moved) => return Some(moved),
                Err(broadcast::error::RecvError::Lagged(_)) => {}
                Err(broadcast::error::RecvError::Closed) => return None,
            }
        }
    }
}
