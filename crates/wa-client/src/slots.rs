//! Slots for requests, and room beside them for messages that wait for their recipient.

use std::{
    future::{Future, poll_fn},
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use tokio::sync::{Semaphore, SemaphorePermit};

use super::stop::Stop;

/// The slots that the messages of one batch share.
pub(super) struct Slots {
    requests: Semaphore,
    /// How many messages wait for their recipient.
    waiting: AtomicUsize,
    stop: Stop,
}

impl Slots {
    pub(super) fn new(requests: usize, stop: Stop) -> Self {
        Self {
            requests: Semaphore::new(requests.min(Semaphore::MAX_PERMITS)),
            waiting: AtomicUsize::new(0),
            stop,
        }
    }

    /// How many messages wait for their recipient.
    pub(super) fn waiting(&self) -> usize {
        self.waiting.load(Ordering::Acquire)
    }
}

/// What one message of a batch shares with the others.
pub(super) struct BatchSlot(Arc<Slots>);

impl BatchSlot {
    pub(super) fn of(slots: &Arc<Slots>) -> Self {
        Self(Arc::clone(slots))
    }

    /// Takes a slot for a request, which goes on until the permit is dropped, or waits for one. Gives nothing when no more
    /// is to be sent before there is one.
    pub(super) async fn request(&self) -> Option<SemaphorePermit<'_>> {
        // Who waits is asked first, so nobody is overtaken. A message that never waited for its recipient has one,
        // so the place for waiting is not made for each.
        if let Ok(permit) = self.0.requests.try_acquire() {
            return Some(permit);
        }
        // Nobody closes it.
        let permit = Box::pin(self.unless_stopped(self.0.requests.acquire())).await?.ok();
        // One that is given back after a stop begins nothing.
        permit.filter(|_| !self.is_stopped())
    }

    /// Whether no more is to be sent.
    pub(super) fn is_stopped(&self) -> bool {
        self.0.stop.is_stopped()
    }

    /// Waits for a future, and gives nothing when no more is to be sent before it is ready.
    pub(super) async fn unless_stopped<T>(&self, future: impl Future<Output = T>) -> Option<T> {
        self.0.stop.unless_stopped(future).await
    }

    /// Waits for a future. As long as it does, another message may take the slot of this one.
    pub(super) async fn while_waiting<F: Future>(&self, future: F) -> F::Output {
        let mut future = pin!(future);
        let mut waiting = None;
        poll_fn(|context| {
            let poll = future.as_mut().poll(context);
            if poll.is_pending() && waiting.is_none() {
                waiting = Some(Waiting::begin(&self.0));
            }
            poll
        })
        .await
    }
}

/// As long as it is there, a message waits for its recipient.
struct Waiting<'s>(&'s Slots);

impl<'s> Waiting<'s> {
    fn begin(slots: &'s Slots) -> Self {
        slots.waiting.fetch_add(1, Ordering::AcqRel);
        slots.stop.wake_taker();
        Self(slots)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.waiting.fetch_sub(1, Ordering::AcqRel);
    }
}
