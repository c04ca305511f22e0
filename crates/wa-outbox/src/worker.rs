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

use std::{
    collections::BTreeMap,
    fmt,
    future::{self, Future},
    pin::pin,
    sync::Arc,
    time::Duration,
};

use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore, mpsc},
    task::JoinSet,
    time::{Instant, sleep, timeout},
};
use uuid::Uuid;
use wa_client::{Client, RecipientRate};
use wa_message_core::Message;

use self::{requests::Request, settle::Settler};
use crate::{
    Entry, NewEntry, Outbox, OutboxError, State, observe,
    outbox::worker_id,
    pace::Pair,
    store::{Held, LeaseRequest, Settlement, Taken},
    time::span,
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
/// How far ahead of its pace a number may be.
const AHEAD: Duration = Duration::from_millis(250);
/// How long a worker gathers places before it leases for a few of them.
const GATHER: Duration = Duration::from_millis(5);
/// How soon and how late a worker that has nothing to do asks again.
const IDLE: [Duration; 2] = [Duration::from_millis(100), Duration::from_secs(1)];
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

    /// How long an entry is leased. Defaults to 30 seconds. A worker that was stopped for longer sends nothing of what it
    /// holds.
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

    /// How many requests are made for a message that the API refuses and that it advises to send again. Defaults to 4.
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
        worker.outbox.store().leave(worker.id).await?;
        settled
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
            let held = taken.held;
            let end = match Request::new(taken) {
                Err(end) => Some(*end),
                Ok(request) => match store.mark(self.id, vec![held]).await {
                    Ok(marked) if marked.is_empty() => None,
                    Ok(_) => Some(request.send(&self.client, &self.court).await),
                    Err(error) => {
                        let _ = store.give_back(self.id, vec![held]).await;
                        return Err(error);
                    }
                },
            };
            if let Some(end) = end {
                let moved = store.settle(self.id, vec![end]).await?;
                self.outbox.tell(&moved);
            }
        }
        store.leave(self.id).await?;
        store.get(enqueued.id).await
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

/// The turns of a worker.
struct Turns {
    worker: Arc<Worker>,
    ends: mpsc::UnboundedSender<(Settlement, OwnedSemaphorePermit)>,
    places: Arc<Semaphore>,
    /// What was leased or perhaps marked, and certainly not sent.
    unsent: Vec<Held>,
    /// How long to wait before the next turn, unless something new comes in.
    pause: Duration,
    idle: Duration,
}

impl Turns {
    fn new(
        worker: &Arc<Worker>,
        ends: mpsc::UnboundedSender<(Settlement, OwnedSemaphorePermit)>,
        places: Arc<Semaphore>,
    ) -> Self {
        let worker = Arc::clone(worker);
        Self { worker, ends, places, unsent: Vec::new(), pause: Duration::ZERO, idle: IDLE[0] }
    }

    /// Waits until it is time for the next turn, and takes the places that are free.
    async fn wait(&mut self) -> Vec<OwnedSemaphorePermit> {
        if !self.pause.is_zero() {
            let _ = timeout(self.pause, self.worker.outbox.wake().notified()).await;
        }
        self.gather().await
    }

    /// Takes a turn, and says whether there is nothing left to do.
    async fn take(&mut self, mut places: Vec<OwnedSemaphorePermit>, until_empty: bool) -> bool {
        self.pause = IDLE[1];
        if !self.give_back().await {
            return false;
        }
        let request = LeaseRequest {
            worker: self.worker.id,
            number: self.worker.court.number.clone(),
            most: u32::try_from(places.len()).unwrap_or(u32::MAX),
            time: span(self.worker.lease),
            ahead: span(AHEAD),
            pair: self.worker.court.recipients.map(Pair::new),
        };
        self.worker.passes(Point::BeforeLease);
        let lease = match self.worker.outbox.store().lease(request).await {
            Ok(lease) => lease,
            Err(error) => {
                observe::failed("lease", &error);
                return false;
            }
        };
        if lease.taken.is_empty() {
            drop(places);
            self.pause = lease.wait.unwrap_or(self.idle).clamp(Duration::from_millis(1), self.idle);
            self.idle = (self.idle * 2).min(IDLE[1]);
            return until_empty && self.is_empty().await;
        }
        self.worker.passes(Point::AfterLease);
        self.idle = IDLE[0];
        self.pause = lease.wait.unwrap_or_default().min(IDLE[1]);
        self.send(lease.taken, &mut places).await;
        false
    }

    async fn is_empty(&self) -> bool {
        let number = self.worker.court.number.clone();
        matches!(self.worker.outbox.store().has_open(number).await, Ok(false))
    }

    /// Takes all places that are free, and waits until there are some.
    async fn gather(&self) -> Vec<OwnedSemaphorePermit> {
        let few = (self.worker.concurrency / 4).max(1);
        let more = u32::try_from(few).unwrap_or(1);
        // They come free in groups. A lease for each by itself would be a commit for each.
        let gathered = timeout(GATHER, Arc::clone(&self.places).acquire_many_owned(more)).await;
        let first = match gathered {
            Ok(gathered) => gathered,
            Err(_) => Arc::clone(&self.places).acquire_owned().await,
        };
        // Nobody closes the places.
        let Ok(mut first) = first else { return future::pending().await };
        let mut places = Vec::new();
        while let Some(place) = first.split(1) {
            places.push(place);
        }
        while let Ok(place) = Arc::clone(&self.places).try_acquire_owned() {
            places.push(place);
        }
        places
    }

    /// Marks what was leased, and makes a request for each that is marked.
    async fn send(&mut self, taken: Vec<Taken>, places: &mut Vec<OwnedSemaphorePermit>) {
        let mut requests = Vec::new();
        for taken in taken {
            let Some(place) = places.pop() else { break };
            match Request::new(taken) {
                Ok(request) => requests.push((request, place)),
                // The end of the worker closes the channel, and then nothing is leased.
                Err(end) => drop(self.ends.send((*end, place))),
            }
        }
        // Until the store has answered, any of them may be marked. If it does not answer, they are given back.
        self.unsent = requests.iter().map(|(request, _)| request.held()).collect();
        self.worker.passes(Point::BeforeMark);
        let marked =
            match self.worker.outbox.store().mark(self.worker.id, self.unsent.clone()).await {
                Ok(marked) => marked,
                Err(error) => return observe::failed("mark", &error),
            };
        self.worker.passes(Point::AfterMark);
        self.unsent.clear();
        observe::marked(marked.len());
        for (request, place) in
            requests.into_iter().filter(|(request, _)| marked.contains(&request.held()))
        {
            let worker = Arc::clone(&self.worker);
            let end =
                InFlight { ends: self.ends.clone(), request: Some((request.in_doubt(), place)) };
            tokio::spawn(async move {
                if !request.turn().is_zero() {
                    sleep(request.turn()).await;
                }
                worker.passes(Point::BeforeRequest);
                let settlement = request.send(&worker.client, &worker.court).await;
                worker.passes(Point::AfterRequest);
                end.settle(settlement);
            });
        }
    }

    /// Gives back what certainly was not sent, and says whether nothing is left.
    async fn give_back(&mut self) -> bool {
        if self.unsent.is_empty() {
            return true;
        }
        match self.worker.outbox.store().give_back(self.worker.id, self.unsent.clone()).await {
            Ok(()) => {
                self.unsent.clear();
                true
            }
            Err(error) => {
                observe::failed("give back", &error);
                false
            }
        }
    }

    /// Gives back what was not sent, as long as there is hope.
    async fn end(&mut self) {
        let until = Instant::now() + GRACE;
        while !self.give_back().await && Instant::now() < until {
            sleep(IDLE[0]).await;
        }
    }
}

/// A request on its way. If it is dropped, nobody knows what became of it.
struct InFlight {
    ends: mpsc::UnboundedSender<(Settlement, OwnedSemaphorePermit)>,
    request: Option<(Settlement, OwnedSemaphorePermit)>,
}

impl InFlight {
    fn settle(mut self, settlement: Settlement) {
        if let Some((_, place)) = self.request.take() {
            let _ = self.ends.send((settlement, place));
        }
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        if let Some(in_doubt) = self.request.take() {
            let _ = self.ends.send(in_doubt);
        }
    }
}

/// The number of entries that a worker has brought to each state. `Display` says it in a line.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize)]
pub struct Tally(BTreeMap<State, u64>);

impl Tally {
    /// Returns how often a state was reached. Pending is what was put off.
    #[must_use]
    pub fn of(&self, state: State) -> u64 {
        self.0.get(&state).copied().unwrap_or(0)
    }

    pub(crate) fn count(&mut self, state: State) {
        *self.0.entry(state).or_default() += 1;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return f.write_str("nothing sent");
        }
        for (at, (state, count)) in self.0.iter().enumerate() {
            let before = if at == 0 { "" } else { ", " };
            let state = if *state == State::Pending { "put off" } else { &state.to_string() };
            write!(f, "{before}{count} {state}")?;
        }
        Ok(())
    }
}
