//! The turns of a worker: a lease, a mark for what it brought, and a request for each that is marked.

use std::{collections::HashSet, future, sync::Arc, time::Duration};

use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore, mpsc},
    time::{Instant, sleep, timeout},
};

use super::{GRACE, Point, Worker, requests::Request};
use crate::{
    observe,
    pace::Pair,
    store::{Held, LeaseRequest, Settlement, Taken},
    time::span,
};

/// How late a request may be at least: a machine that is busy is none that was stopped.
const LEAST: Duration = Duration::from_secs(1);
/// How far ahead of its pace a number may be.
const AHEAD: Duration = Duration::from_millis(250);
/// How long a worker gathers places before it leases for a few of them.
const GATHER: Duration = Duration::from_millis(5);
/// How soon and how late a worker that has nothing to do asks again.
const IDLE: [Duration; 2] = [Duration::from_millis(100), Duration::from_secs(1)];

/// The turns of a worker.
pub(super) struct Turns {
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
    pub(super) fn new(
        worker: &Arc<Worker>,
        ends: mpsc::UnboundedSender<(Settlement, OwnedSemaphorePermit)>,
        places: Arc<Semaphore>,
    ) -> Self {
        let worker = Arc::clone(worker);
        Self { worker, ends, places, unsent: Vec::new(), pause: Duration::ZERO, idle: IDLE[0] }
    }

    /// Waits until it is time for the next turn, and takes the places that are free.
    pub(super) async fn wait(&mut self) -> Vec<OwnedSemaphorePermit> {
        if !self.pause.is_zero() {
            let _ = timeout(self.pause, self.worker.outbox.wake().notified()).await;
        }
        self.gather().await
    }

    /// Takes a turn, and says whether there is nothing left to do.
    pub(super) async fn take(
        &mut self,
        mut places: Vec<OwnedSemaphorePermit>,
        until_empty: bool,
    ) -> bool {
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
        let before_mark = Instant::now();
        let marked =
            match self.worker.outbox.store().mark(self.worker.id, self.unsent.clone()).await {
                Ok(marked) => HashSet::<_>::from_iter(marked),
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
                let latest = before_mark + request.turn() + worker.lease.max(LEAST);
                let settlement = if Instant::now() > latest {
                    request.not_sent()
                } else {
                    request.send(&worker.client, &worker.court).await
                };
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
    pub(super) async fn end(&mut self) {
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
