//! Events as a stream.

use std::{
    fmt, io,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
};

use futures_core::Stream;
use tokio::sync::{Semaphore, mpsc, oneshot};

use super::{
    BoxError,
    handlers::Handling,
    ticket::{Claimed, End, Ticket},
};
use crate::Event;

/// The events that come, one after the other. [`WebhookBuilder::stream`](super::WebhookBuilder::stream) makes it.
///
/// It ends when the service and all its clones are gone. When it is dropped, everything is answered with 500.
///
/// An event whose caller has hung up, or whose time is over, before anybody took it out is not in the stream any more.
#[derive(Debug)]
pub struct Deliveries(mpsc::Receiver<Delivery>);

/// An event of a stream. The API waits for its answer as long as nobody is [done](Self::done) with it.
#[must_use = "an event that is dropped comes again"]
pub struct Delivery {
    event: Box<Event<'static>>,
    done: Option<oneshot::Sender<()>>,
    ticket: Arc<Ticket>,
}

impl Deliveries {
    /// The next event, or nothing when there will be none.
    ///
    /// Nothing is lost when the future is dropped.
    pub async fn next(&mut self) -> Option<Delivery> {
        loop {
            let delivery = self.0.recv().await?;
            if delivery.ticket.take() {
                return Some(delivery);
            }
        }
    }
}

impl Stream for Deliveries {
    type Item = Delivery;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Delivery>> {
        let deliveries = self.get_mut();
        loop {
            match ready!(deliveries.0.poll_recv(context)) {
                Some(delivery) if !delivery.ticket.take() => {}
                next => return Poll::Ready(next),
            }
        }
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
    /// Whoever drops it without saying so has failed, and the event comes again. If the caller has hung up meanwhile, or the time
    /// is over, the request comes again all the same, and what keeps events from being handled twice
    /// [knows](super::WebhookBuilder::seen) this one.
    pub fn done(mut self) {
        self.ticket.end(End::Done);
        if let Some(done) = self.done.take() {
            let _ = done.send(());
        }
    }
}

impl Drop for Delivery {
    fn drop(&mut self) {
        if self.done.is_some() {
            self.ticket.end(End::Failed);
        }
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
    pub(super) fn hand_on(
        &self,
        event: Event<'static>,
        claimed: Option<Claimed>,
    ) -> (Handling, Arc<Ticket>) {
        let (done, is_done) = oneshot::channel();
        let ticket = Arc::new(Ticket::new(claimed));
        let delivery =
            Delivery { event: Box::new(event), done: Some(done), ticket: Arc::clone(&ticket) };
        let sender = self.0.clone();
        let handling = Box::pin(async move {
            let gone = |what| BoxError::from(io::Error::new(io::ErrorKind::BrokenPipe, what));
            sender.send(delivery).await.map_err(|_| gone("nobody takes events from the stream"))?;
            is_done.await.map_err(|_| gone("an event of the stream was dropped"))
        });
        (handling, ticket)
    }
}
