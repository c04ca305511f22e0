//! Coming to an end before all is sent.

use std::{
    fmt,
    future::Future,
    pin::{Pin, pin},
    task::{Context, Poll},
};

use futures_util::future::{Either, select};
use tokio::sync::watch;

/// How far the sending is to go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Until {
    AllIsSent,
    RequestsAreFinished,
    Now,
}

/// Ends a [`SendAll`](super::SendAll) from elsewhere. All clones end the same.
///
/// After either way, take outcomes until there are no more: each message that was taken out of the stream
/// has one.
///
/// ```no_run
/// # use wa_message::{Client, Message};
/// # async fn campaign(client: Client, messages: Vec<(u64, Message)>) {
/// let mut sending = client.send_each(messages);
/// let stop = sending.stop_handle();
/// while let Some(outcome) = sending.next().await {
///     // A token that does not work will not work for the others either.
///     if matches!(outcome.result, Err(wa_message::Error::Refused(error)) if error.code() == 190) {
///         stop.stop();
///     }
/// }
/// println!("{}", sending.summary());
/// # }
/// ```
#[derive(Clone)]
pub struct Stop(watch::Sender<Until>);

impl Stop {
    pub(super) fn new() -> Self {
        Self(watch::Sender::new(Until::AllIsSent))
    }

    /// Takes no more messages, and lets the requests that run come to their end. What waits for its turn
    /// or for another try waits no longer: it is [not sent](crate::Error::NotSent), or the error of its
    /// last try stands.
    pub fn stop(&self) {
        self.end(Until::RequestsAreFinished);
    }

    /// Takes no more messages, and cuts the requests that run. Those are in doubt then: the API may
    /// have accepted them already.
    pub fn abort(&self) {
        self.end(Until::Now);
    }

    /// Whether [`stop`](Self::stop) or [`abort`](Self::abort) was called.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.is_reached(Until::RequestsAreFinished)
    }

    fn is_reached(&self, until: Until) -> bool {
        *self.0.borrow() >= until
    }

    fn end(&self, until: Until) {
        // An abort is not taken back by a stop.
        self.0.send_if_modified(|current| {
            let is_sooner = until > *current;
            if is_sooner {
                *current = until;
            }
            is_sooner
        });
    }

    pub(super) fn stopped(&self) -> Stopped {
        let stop = self.clone();
        Stopped(Some(Box::pin(async move { stop.reached(Until::RequestsAreFinished).await })))
    }

    /// What the future gives, or nothing when all is aborted before.
    pub(super) async fn unless_aborted<T>(&self, future: impl Future<Output = T>) -> Option<T> {
        self.unless(Until::Now, future).await
    }

    /// What the future gives, or nothing when all is stopped before.
    pub(super) async fn unless_stopped<T>(&self, future: impl Future<Output = T>) -> Option<T> {
        self.unless(Until::RequestsAreFinished, future).await
    }

    async fn unless<T>(&self, until: Until, future: impl Future<Output = T>) -> Option<T> {
        if self.is_reached(until) {
            return None;
        }
        match select(pin!(future), pin!(self.reached(until))).await {
            Either::Left((done, _)) => Some(done),
            Either::Right(_) => None,
        }
    }

    async fn reached(&self, until: Until) {
        // The error says that all senders are gone, and this is one.
        let _ = self.0.subscribe().wait_for(|current| *current >= until).await;
    }
}

impl fmt::Debug for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stop").field("is_stopped", &self.is_stopped()).finish()
    }
}

/// The moment in which no more messages are to be taken.
pub(super) struct Stopped(Option<Pin<Box<dyn Future<Output = ()> + Send + Sync>>>);

impl Stopped {
    pub(super) fn poll(&mut self, context: &mut Context<'_>) -> Poll<()> {
        let Some(future) = &mut self.0 else { return Poll::Ready(()) };
        let poll = future.as_mut().poll(context);
        if poll.is_ready() {
            self.0 = None;
        }
        poll
    }
}
