//! The messages under way, each in a task of its own.

use std::{
    sync::Arc,
    task::{Context, Poll, ready},
};

use tokio::task::{JoinError, JoinSet};
use wa_message_core::Message;

use super::Outcome;
use crate::{
    Client, Error, Sent,
    deliver::Flight,
    stop::{ById, Stop},
    transport::InDoubt,
};

/// The messages under way, by the number of their task.
pub(super) struct Tasks<K> {
    running: JoinSet<Result<Sent, Error>>,
    under_way: ById<UnderWay<K>>,
    stop: Stop,
}

struct UnderWay<K> {
    key: K,
    parcel: Arc<Parcel>,
}

/// What a task needs, and what is left of it when the task is cut.
struct Parcel {
    message: Message,
    flight: Flight,
}

impl<K> Tasks<K> {
    pub(super) fn new(stop: Stop) -> Self {
        Self { running: JoinSet::new(), under_way: ById::default(), stop }
    }

    pub(super) fn len(&self) -> usize {
        self.under_way.len()
    }

    /// The keys, in no order.
    pub(super) fn keys(&self) -> impl ExactSizeIterator<Item = &K> {
        self.under_way.values().map(|under_way| &under_way.key)
    }

    pub(super) fn start(&mut self, client: &Client, key: K, message: Message, flight: Flight) {
        let parcel = Arc::new(Parcel { message, flight });
        let send = send(client.clone(), Arc::clone(&parcel));
        // In a box, because a task is moved several times over until it has its place.
        let task = self.running.spawn(Box::pin(send));
        self.under_way.insert(task.id(), UnderWay { key, parcel });
        self.stop.cuts(task);
    }

    /// The next outcome that is known, or nothing when nothing is under way.
    pub(super) fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Option<Outcome<K>>> {
        while let Some(joined) = ready!(self.running.poll_join_next_with_id(context)) {
            let (id, result) = match joined {
                Ok((id, result)) => (id, Ok(result)),
                Err(error) => (error.id(), Err(error)),
            };
            self.stop.let_go(id);
            if let Some(UnderWay { key, parcel }) = self.under_way.remove(&id) {
                let result = result.unwrap_or_else(|error| Err(self.cut(&error, &parcel.flight)));
                // The task is over, and so nobody else has the parcel.
                let message = Arc::try_unwrap(parcel)
                    .map_or_else(|parcel| parcel.message.clone(), |parcel| parcel.message);
                return Poll::Ready(Some(Outcome { key, message, result }));
            }
        }
        Poll::Ready(None)
    }

    /// What is known of a message whose task did not come to its end.
    fn cut(&self, error: &JoinError, flight: &Flight) -> Error {
        if error.is_cancelled() && self.stop.is_aborted() {
            flight.cut()
        } else {
            // The runtime is shutting down, or something panicked that should not have: in either case nobody
            // knows what became of the request, and the key must not be lost.
            Error::InDoubt(InDoubt::cut())
        }
    }
}

impl<K> Drop for Tasks<K> {
    fn drop(&mut self) {
        // The set cuts them. A handle to stop may live on, and is not to keep what they leave.
        self.stop.let_all_go();
    }
}

async fn send(client: Client, parcel: Arc<Parcel>) -> Result<Sent, Error> {
    client.send_watched(&parcel.message, &parcel.flight).await
}
