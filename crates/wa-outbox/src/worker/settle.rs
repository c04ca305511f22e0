//! Settling: what became of requests, written in groups.

use std::{sync::Arc, time::Duration};

use tokio::{
    sync::{OwnedSemaphorePermit, mpsc},
    time::{Instant, sleep, timeout_at},
};

use super::{GRACE, Point, Tally, Worker};
use crate::{Moved, OutboxError, observe, store::Settlement};

/// How many ends are written together at most, and how long the first of them waits for others.
const GROUP: usize = 64;
const GATHER: Duration = Duration::from_millis(5);
/// The pause before a store that failed is asked again.
const PAUSE: Duration = Duration::from_millis(250);

type End = (Settlement, OwnedSemaphorePermit);

/// Writes what became of requests, for as long as there may be any.
pub(super) struct Settler {
    worker: Arc<Worker>,
    queue: mpsc::UnboundedReceiver<End>,
    tally: Tally,
}

impl Settler {
    pub(super) fn new(worker: Arc<Worker>, queue: mpsc::UnboundedReceiver<End>) -> Self {
        Self { worker, queue, tally: Tally::default() }
    }

    pub(super) async fn run(mut self) -> Result<Tally, OutboxError> {
        while let Some(group) = self.gather().await {
            self.settle(group).await?;
        }
        Ok(self.tally)
    }

    async fn gather(&mut self) -> Option<Vec<End>> {
        let mut group = vec![self.queue.recv().await?];
        let until = Instant::now() + GATHER;
        while group.len() < GROUP {
            match timeout_at(until, self.queue.recv()).await {
                Ok(Some(end)) => group.push(end),
                Ok(None) | Err(_) => break,
            }
        }
        Some(group)
    }

    /// Writes a group, and gives the places of its requests back once it is kept.
    async fn settle(&mut self, group: Vec<End>) -> Result<(), OutboxError> {
        let ends = group.iter().map(|(end, _)| end.clone()).collect();
        self.worker.passes(Point::BeforeSettle);
        let queue = &self.queue;
        let has_ended = || queue.is_closed() || queue.sender_strong_count() == 0;
        let moved = kept(&self.worker, ends, has_ended).await?;
        self.worker.passes(Point::AfterSettle);
        for moved in &moved {
            self.tally.count(moved.state);
        }
        self.worker.outbox.tell(&moved);
        Ok(())
    }
}

/// Writes what became of requests. A store that fails is asked again: as long as the worker runs, there is time, and after its
/// end only so much.
pub(super) async fn kept(
    worker: &Worker,
    ends: Vec<Settlement>,
    has_ended: impl Fn() -> bool,
) -> Result<Vec<Moved>, OutboxError> {
    let mut until = None;
    loop {
        let error = match worker.outbox.store().settle(worker.id, ends.clone()).await {
            Ok(moved) => return Ok(moved),
            Err(error) => error,
        };
        observe::failed("settle", &error);
        if has_ended() && Instant::now() >= *until.get_or_insert_with(|| Instant::now() + GRACE) {
            return Err(error);
        }
        sleep(PAUSE).await;
    }
}
