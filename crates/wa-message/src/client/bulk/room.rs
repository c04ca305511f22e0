//! Room for requests, and room beside it for who waits for a recipient.

use std::{
    future::{Future, poll_fn},
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    task::Waker,
};

use futures_util::task::AtomicWaker;
use tokio::sync::{Semaphore, SemaphorePermit};

use super::Stop;

/// What the messages of one sending share.
pub(super) struct Room {
    requests: Semaphore,
    /// How many messages wait for their recipient.
    aside: AtomicUsize,
    /// Who takes messages when there is room.
    taker: AtomicWaker,
}

impl Room {
    pub(super) fn new(requests: usize) -> Self {
        Self {
            requests: Semaphore::new(requests.min(Semaphore::MAX_PERMITS)),
            aside: AtomicUsize::new(0),
            taker: AtomicWaker::new(),
        }
    }

    /// How many messages wait for their recipient. Who asks is woken when there are more of them.
    pub(super) fn aside(&self, taker: &Waker) -> usize {
        // First the waker, then the number: what comes in between wakes.
        self.taker.register(taker);
        self.aside.load(Ordering::Acquire)
    }
}

/// A message among those that are sent together.
pub(in crate::client) struct Among {
    stop: Stop,
    room: Arc<Room>,
}

impl Among {
    pub(super) fn new(stop: Stop, room: Arc<Room>) -> Self {
        Self { stop, room }
    }

    /// Waits until there is room for a request, which goes on until the permit is dropped.
    pub(in crate::client) async fn request(&self) -> Option<SemaphorePermit<'_>> {
        // Nobody closes it. If somebody did, there would be no limit.
        self.room.requests.acquire().await.ok()
    }

    /// What the future gives, or nothing when no more is to be sent.
    pub(in crate::client) async fn unless_stopped<T>(
        &self,
        future: impl Future<Output = T>,
    ) -> Option<T> {
        self.stop.unless_stopped(future).await
    }

    /// What the future gives. As long as it waits, another message may take the room of this one.
    pub(in crate::client) async fn aside<F: Future>(&self, future: F) -> F::Output {
        let mut future = pin!(future);
        let mut aside = None;
        poll_fn(|context| {
            let poll = future.as_mut().poll(context);
            if poll.is_pending() && aside.is_none() {
                aside = Some(Aside::step(&self.room));
            }
            poll
        })
        .await
    }
}

/// As long as it is there, a message waits for its recipient.
struct Aside<'r>(&'r Room);

impl<'r> Aside<'r> {
    fn step(room: &'r Room) -> Self {
        room.aside.fetch_add(1, Ordering::AcqRel);
        room.taker.wake();
        Self(room)
    }
}

impl Drop for Aside<'_> {
    fn drop(&mut self) {
        self.0.aside.fetch_sub(1, Ordering::AcqRel);
    }
}
