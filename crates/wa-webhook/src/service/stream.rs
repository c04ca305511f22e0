//! Events as a stream.

use std::{
    fmt, io,
    pin::Pin,
    task::{Context, Poll},
};

use futures_core::Stream;
use tokio::sync::{Semaphore, mpsc, oneshot};

use super::BoxError;
use crate::Event;

/// The events that come, one after the other. [`WebhookBuilder::stream`](super::WebhookBuilder::stream) makes it.
///
/// It ends when the service and all its clones are gone. When it is dropped, everything is answered with 500.
#[derive(Debug)]
pub struct Deliveries(mpsc::Receiver<Delivery>);

/// An event of a stream. The API waits for its answer as long as nobody is [done](Self::done) with it.
#[must_use = "an event that is dropped comes again"]
pub struct Delivery {
    event: Event<'static>,
    done: oneshot::Sender<()>,
}

impl Deliveries {
    /// The next event, or nothing when there will be none.
    ///
    /// Nothing is lost when the future is dropped.
    pub async fn next(&mut self) -> Option<Delivery> {
        self.0.recv().await
    }
}

impl Stream for Deliveries {
    type Item = Delivery;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Delivery>> {
        self.get_mut().0.poll_recv(context)
    }
}

impl Delivery {
    /// The event.
    #[must_use]
    pub fn event(&self) -> &Event<'static> {
        &self.event
    }

    /// Says that the event was handled, or is kept where it stays.
    ///
    /// Whoever drops it without saying so has failed, and the event comes again.
    pub fn done(self) {
        // If nobody waits any more, the event comes again.
        let _ = self.done.send(());
    }
}

impl fmt::Debug for Delivery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Delivery").field("event", &self.event).finish_non_exhaustive()
    }
}

/// Where events go in, and the stream where they come out.
pub(super) fn channel(room: usize) -> (Source, Deliveries) {
    let (sender, receiver) = mpsc::channel(room.clamp(1, Semaphore::MAX_PERMITS));
    (Source(sender), Deliveries(receiver))
}

#[derive(Clone)]
pub(super) struct Source(mpsc::Sender<Delivery>);

impl Source {
    /// Hands an event on, and waits until somebody is done with it.
    pub(super) async fn hand_on(self, event: Event<'static>) -> Result<(), BoxError> {
        let (done, is_done) = oneshot::channel();
        let gone = |what| io::Error::new(io::ErrorKind::BrokenPipe, what);
        self.0
            .send(Delivery { event, done })
            .await
            .map_err(|_| gone("nobody takes events from the stream"))?;
        is_done.await.map_err(|_| gone("an event of the stream was dropped").into())
    }
}
