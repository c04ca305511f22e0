//! Settling: what became of requests, written in groups.

use std::{sync::Arc, time::Duration};

use tokio::{
    sync::{OwnedSemaphorePermit, mpsc},
    time::{Instant, sleep, timeout_at},
};

use super::{GRACE, Point, Tally, Worker};
use crate::{OutboxError, observe, store::Settlement};

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
        let ends: Vec<_> = group.iter().map(|(end, _)| end.clone()).collect();
        let mut ended: Option<Instant> = None;
        self.worker.passes(Point::BeforeSettle);
        loop {
            match self.worker.outbox.store().settle(self.worker.id, ends.clone()).await {
                Ok(moved) => {
                    self.worker.passes(Point::AfterSettle);
                    for moved in &moved {
                        self.tally.count(moved.state);
                    }
                    self.worker.outbox.tell(&moved);
                    return Ok(());
                }
                Err(error) => {
                    observe::failed("settle", &error);
                    // While the worker runs, there is time. After its end, only so much.
                    if self.queue.is_closed() || self.queue.sender_strong_count() == 0 {
                        let until = *ended.get_or_insert_with(|| Instant::now() + GRACE);
                        if Instant::now() >= until {
                            return Err(error);
                        }
                    }
                    sleep(PAUSE).await;
                }
            }
        }
    }
}
