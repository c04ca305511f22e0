//! The worker: leases entries, marks them, makes one request for each, and settles what became of them.
//!
//! ```text
//! lease -> check -> mark (a group) -> one request each -> settle (a group)
//! ```
//!
//! A place among the requests at once is taken before an entry is leased, and is given back once it is settled. So no more
//! entries stand as being sent than there are places, and no more are in doubt after a crash.

mod requests;
mod settle;
mod tally;
mod turns;

use std::{
    future::{self, Future},
    pin::pin,
    sync::Arc,
    time::Duration,
};

use tokio::{
    sync::{Semaphore, mpsc},
    task::JoinSet,
    time::sleep,
};
use uuid::Uuid;
use wa_client::{Client, RecipientRate};
use wa_message_core::Message;

pub use self::tally::Tally;
use self::{requests::Request, settle::Settler, turns::Turns};
use crate::{
    Entry, NewEntry, Outbox, OutboxError, observe, outbox::worker_id, store::Taken, time::span,
    verdict::Court,
};

/// How many requests run at once, unless it is said.
const CONCURRENCY: usize = 64;
/// How long an entry is leased, unless it is said.
const LEASE: Duration = Duration::from_secs(30);
/// How long a worker may be unseen, unless it is said. It is longer than a request takes.
const LOST_AFTER: Duration = Duration::from_secs(60);
/// How often a worker says that it is there, and sweeps.
const BEAT: Duration = Duration::from_secs(5);
/// How often a worker looks for doubts that nothing ends.
const LOOK: Duration = Duration::from_secs(3_600);
/// How long a worker that is to end tries to reach a store that does not answer.
const GRACE: Duration = Duration::from_secs(30);

/// Sends what stands in an outbox, from one number. [`Outbox::worker`] makes it.
#[derive(Debug, Clone)]
#[must_use = "`run` sends"]
pub struct Worker {
    outbox: Outbox,
    client: Client,
    id: Uuid,
    concurrency: usize,
    rate: Option<u32>,
    lease: Duration,
    lost_after: Duration,
    court: Court,
    probe: Option<fn(Point)>,
}

/// A moment in the work of a worker, for tests that end a process there.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Point {
    BeforeLease,
    AfterLease,
    BeforeMark,
    AfterMark,
    BeforeRequest,
    AfterRequest,
    BeforeSettle,
    AfterSettle,
}

impl Worker {
    pub(crate) fn new(outbox: Outbox, client: &Client) -> Self {
        let client = client.one_attempt();
        let number = client.phone_number_id().to_owned();
        Self {
            outbox,
            client,
            id: worker_id(),
            concurrency: CONCURRENCY,
            rate: None,
            lease: LEASE,
            lost_after: LOST_AFTER,
            court: Court { number, recipients: Some(RecipientRate::default()), attempts: 4 },
            probe: None,
        }
    }

    /// How many requests run at once. Defaults to 64; 0 is taken as 1.
    ///
    /// So many messages are in doubt at most after a crash of this process.
    pub fn concurrency(mut self, requests: usize) -> Self {
        self.concurrency = requests.clamp(1, Semaphore::MAX_PERMITS);
        self
    }

    /// How many messages a second the number sends, with all workers together. It stands in the outbox, so what was set
    /// last counts for all. Defaults to 75: the API takes 80, and what customers write counts too. Messages go one after the
    /// other and a little slower than this (by 2.5 per cent), because the API counts a second from each of them. For a rate
    /// of several hundred, set more [requests at once](Self::concurrency): those that wait for their turn take places too.
    pub fn rate(mut self, per_second: u32) -> Self {
        self.rate = Some(per_second.max(1));
        self
    }

    /// How often the number writes to one recipient, with all workers together. Defaults to what the API takes,
    /// [`RecipientRate::default`]; `None` is no limit.
    pub fn recipient_rate(mut self, rate: impl Into<Option<RecipientRate>>) -> Self {
        self.court.recipients = rate.into();
        self
    }

    /// How long an entry is leased. Defaults to 30 seconds. A worker that was stopped for longer, and for a second at least,
    /// sends nothing of what it holds.
    pub fn lease(mut self, time: Duration) -> Self {
        self.lease = time.max(Duration::from_millis(1));
        self
    }

    /// How long a worker may be unseen until what it was sending is in doubt. Defaults to 60 seconds. It should be longer than
    /// a request may take.
    pub fn lost_after(mut self, time: Duration) -> Self {
        self.lost_after = time;
        self
    }

    /// How many requests are made for a message that the API refuses and that it advises to send again, or whose token it does
    /// not accept. Defaults to 4.
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.court.attempts = attempts.max(1);
        self
    }

    /// Calls a function at each point of the work.
    #[doc(hidden)]
    pub fn probe(mut self, probe: fn(Point)) -> Self {
        self.probe = Some(probe);
        self
    }

    fn passes(&self, point: Point) {
        if let Some(probe) = self.probe {
            probe(point);
        }
    }

    /// Sends until it is dropped. It is better to [let it end](Self::run_until).
    ///
    /// # Errors
    ///
    /// As [`run_until`](Self::run_until).
    pub async fn run(self) -> Result<Tally, OutboxError> {
        self.run_until(future::pending()).await
    }

    /// Sends until this future is ready. Then it takes nothing more, and lets the requests that run come to their end.
    ///
    /// A store that fails is asked again until it answers: nothing is sent until then.
    ///
    /// # Errors
    ///
    /// If the store cannot be reached at the start, or if it cannot be reached at the end, so that what became of the last
    /// requests is not kept. They are in doubt then.
    pub async fn run_until(self, stop: impl Future<Output = ()>) -> Result<Tally, OutboxError> {
        self.work(stop, false).await
    }

    /// Sends until nothing of the number waits or is under way any more, also what is due later.
    ///
    /// # Errors
    ///
    /// As [`run_until`](Self::run_until).
    pub async fn drain(self) -> Result<Tally, OutboxError> {
        self.drain_until(future::pending()).await
    }

    /// Sends until nothing of the number waits or is under way any more, or until this future is ready.
    ///
    /// # Errors
    ///
    /// As [`run_until`](Self::run_until).
    pub async fn drain_until(self, stop: impl Future<Output = ()>) -> Result<Tally, OutboxError> {
        self.work(stop, true).await
    }

    async fn work(
        self,
        stop: impl Future<Output = ()>,
        until_empty: bool,
    ) -> Result<Tally, OutboxError> {
        self.outbox.store().beat(self.id).await?;
        if let Some(rate) = self.rate {
            self.outbox.store().set_rate(self.court.number.clone(), rate).await?;
        }
        let worker = Arc::new(self);
        let mut beside = JoinSet::new();
        beside.spawn(beat(Arc::clone(&worker)));
        beside.spawn(look_after_doubts(worker.outbox.clone()));
        let (ends, queue) = mpsc::unbounded_channel();
        let settler = tokio::spawn(Settler::new(Arc::clone(&worker), queue).run());
        let places = Arc::new(Semaphore::new(worker.concurrency));
        let mut turns = Turns::new(&worker, ends, places);
        {
            let mut stop = pin!(stop);
            loop {
                // Only while it waits: what a turn has begun, it finishes.
                let places = tokio::select! {
                    biased;
                    () = &mut stop => break,
                    places = turns.wait() => places,
                };
                if turns.take(places, until_empty).await {
                    break;
                }
            }
        }
        // Its requests have the other ends of the channel, so the settler ends when they have.
        turns.end().await;
        drop(turns);
        let settled = settler.await.map_err(|_| crate::StoreError::closed().unclear())?;
        beside.shutdown().await;
        worker.leave().await;
        settled
    }

    /// Says that this worker is not there any more. If nobody hears it, a sweep finds out.
    async fn leave(&self) {
        if let Err(error) = self.outbox.store().leave(self.id).await {
            observe::failed("leave", &error);
        }
    }

    /// Sends a message at once, unless that was done before.
    pub(crate) async fn send_now(self, key: &str, message: &Message) -> Result<Entry, OutboxError> {
        let store = self.outbox.store();
        let number = &self.court.number;
        // Due once the lease of this process would have ended, so that a worker goes on should it crash before the mark.
        let later = std::time::SystemTime::now() + self.lease;
        let entry = NewEntry::new(number, message).key(key).due(later);
        let enqueued = self.outbox.enqueue(entry).await?;
        store.beat(self.id).await?;
        if let Some(taken) =
            store.take_one(self.id, enqueued.id, span(self.lease), enqueued.is_new).await?
        {
            let worker = self.clone();
            // Whoever asked may stop waiting. What became of the request is kept all the same.
            let sent = tokio::spawn(async move { worker.send_one(taken).await });
            sent.await.map_err(|_| crate::StoreError::closed().unclear())??;
        }
        self.leave().await;
        store.get(enqueued.id).await
    }

    /// Marks one entry, makes its request, and settles what became of it.
    async fn send_one(&self, taken: Taken) -> Result<(), OutboxError> {
        let (store, held) = (self.outbox.store(), taken.held);
        let end = match Request::new(taken) {
            Err(end) => *end,
            Ok(request) => match store.mark(self.id, vec![held]).await {
                Ok(marked) if marked.is_empty() => return Ok(()),
                Ok(_) => request.send(&self.client, &self.court).await,
                Err(error) => {
                    let _ = store.give_back(self.id, vec![held]).await;
                    return Err(error);
                }
            },
        };
        let moved = settle::kept(self, vec![end], || true).await?;
        self.outbox.tell(&moved);
        Ok(())
    }
}

/// Warns from time to time of doubts that nothing ends. It is beside the beats, because to count may take long.
async fn look_after_doubts(outbox: Outbox) {
    loop {
        outbox.warn_of_old_doubts().await;
        sleep(LOOK).await;
    }
}

/// Says from time to time that a worker is there, and sweeps.
async fn beat(worker: Arc<Worker>) {
    let store = worker.outbox.store();
    // Not all workers that were started together at the same moment.
    let mut pause = Duration::from_millis(u64::from(worker.id.as_bytes()[15]));
    loop {
        sleep(pause).await;
        pause = BEAT.min(worker.lost_after / 4);
        if let Err(error) = store.beat(worker.id).await {
            observe::failed("beat", &error);
            continue;
        }
        // In parts, so that turns are not held up.
        loop {
            match store.sweep(span(worker.lost_after)).await {
                Ok(swept) => {
                    worker.outbox.tell(&swept.in_doubt);
                    worker.outbox.tell(&swept.expired);
                    if !swept.is_full() {
                        break;
                    }
                }
                Err(error) => {
                    observe::failed("sweep", &error);
                    break;
                }
            }
        }
    }
}
