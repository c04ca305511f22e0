//! Sending many messages at once.
//!
//! [`Client::send_all`] takes a stream of messages, each with a key of yours, and gives a stream of
//! [`Outcome`]s, each with its key, in the order in which they become known. [`Client::send_each`] takes
//! an iterator.
//!
//! ```
//! use wa_message::{Client, wa_message};
//! # use wa_sandbox::Sandbox;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let sandbox = Sandbox::start().await?;
//! # let client = Client::builder(sandbox.token(), sandbox.phone_number_id())
//! #     .base_url(sandbox.base_url())
//! #     .build()?;
//! let orders = [(17, "+15550100"), (18, "+15550101"), (19, "+15550102")];
//! let messages = orders
//!     .map(|(order, to)| wa_message! { <text> to, body: format!("Order {order} is ready.") }.map(|message| (order, message)))
//!     .into_iter()
//!     .collect::<Result<Vec<_>, _>>()?;
//!
//! let mut sending = client.send_each(messages).concurrency(16);
//! while let Some(outcome) = sending.next().await {
//!     match outcome.result {
//!         Ok(sent) => println!("{}: accepted as {}", outcome.key, sent.id()),
//!         Err(error) => println!("{}: {error}", outcome.key),
//!     }
//! }
//! println!("{}", sending.summary());
//! # assert_eq!(sending.summary().sent(), 3);
//! # Ok(())
//! # }
//! ```
//!
//! # Room
//!
//! At most [`DEFAULT_CONCURRENCY`] requests run at once, or as many as
//! [`concurrency`](SendAll::concurrency) says, and no more messages than that are under way: from when a
//! message is taken out of the stream until its outcome is taken. Nothing is taken out of the stream while
//! there is no room, and nothing is kept but the messages under way: the memory that is needed does not grow
//! with the number of messages.
//!
//! A message that waits for its recipient alone, because others to the same one went before, gives its room
//! to the next, so that one busy recipient does not hold up all others. Up to [`DEFAULT_HELD_BACK`] of them
//! wait aside, or as many as [`held_back`](SendAll::held_back) says.
//!
//! Messages are taken only while somebody waits for an outcome. What is under way goes on by itself, so
//! slow work between two outcomes delays no request and lets none run into its timeout.
//!
//! # Coming to an end early
//!
//! A [`Stop`] ends the sending from elsewhere, and each message that was taken still gets its outcome:
//!
//! | | requests that run | what waits for its turn or another try |
//! |---|---|---|
//! | [`Stop::stop`] | are finished | [not sent](super::Error::NotSent), or the error of its last try |
//! | [`Stop::abort`] | are cut, and [in doubt](super::Error::InDoubt) | not sent, or in doubt if a try before was |
//! | drop [`SendAll`] | are cut | is cut; nobody is told, so all keys [in flight](SendAll::in_flight) are in doubt |
//!
//! A message that was not taken is certainly not sent. It is still in the stream, which
//! [`into_input`](SendAll::into_input) gives back.

mod keyed;
mod outcome;
mod summary;
mod tasks;

use std::{
    fmt,
    future::poll_fn,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
};

use futures_core::{FusedStream, Stream};
use futures_util::stream::{Iter, iter};

pub use self::{keyed::Keyed, outcome::Outcome, summary::Summary};
use self::{summary::Tally, tasks::Tasks};
pub use super::stop::Stop;
use wa_message_core::Message;

use super::{
    Client,
    deliver::Flight,
    slots::{BatchSlot, Slots},
};

/// How many messages are under way at most if nothing else is said.
pub const DEFAULT_CONCURRENCY: usize = 64;
/// How many more messages wait for their recipient at most if nothing else is said.
pub const DEFAULT_HELD_BACK: usize = 1024;

impl Client {
    /// Sends all messages of a stream, several at once.
    ///
    /// `K` is whatever tells you which message it is: an id, a row of a table, `()`. It comes back with
    /// the outcome. The module [`bulk`](self) says more.
    ///
    /// Nothing happens until the result is polled.
    pub fn send_all<S, K>(&self, messages: S) -> SendAll<S, K>
    where
        S: Stream<Item = (K, Message)>,
    {
        SendAll::new(self.clone(), messages)
    }

    /// Sends all messages of an iterator, several at once: [`send_all`](Self::send_all) of a stream that
    /// is always ready.
    pub fn send_each<I, K>(&self, messages: I) -> SendAll<Iter<I::IntoIter>, K>
    where
        I: Keyed<K>,
    {
        self.send_all(iter(messages))
    }
}

/// Many messages on their way, as a stream of their [`Outcome`]s.
///
/// [`Client::send_all`] and [`Client::send_each`] make it; the module [`bulk`](self) explains it. It is
/// a [`Stream`], and has a [`next`](Self::next) of its own for programs that need no more of streams.
#[must_use = "nothing is sent until the outcomes are taken"]
pub struct SendAll<S, K> {
    client: Client,
    /// The messages. Boxed, because they are of no use pinned to a place.
    input: Pin<Box<S>>,
    is_closed: bool,
    concurrency: usize,
    held_back: usize,
    slots: Arc<Slots>,
    tasks: Tasks<K>,
    stop: Stop,
    tally: Tally,
}

impl<S, K> SendAll<S, K>
where
    S: Stream<Item = (K, Message)>,
{
    fn new(client: Client, messages: S) -> Self {
        let stop = Stop::new();
        Self {
            client,
            input: Box::pin(messages),
            is_closed: false,
            concurrency: DEFAULT_CONCURRENCY,
            held_back: DEFAULT_HELD_BACK,
            slots: Arc::new(Slots::new(DEFAULT_CONCURRENCY, stop.clone())),
            tasks: Tasks::new(stop.clone()),
            stop,
            tally: Tally::default(),
        }
    }

    /// How many requests may run at once, to be said before the first outcome is taken. 0 is taken as 1.
    ///
    /// Usually it is [`DEFAULT_CONCURRENCY`]. More than `messages a second * seconds a request takes`
    /// gains nothing.
    pub fn concurrency(mut self, requests: usize) -> Self {
        self.concurrency = requests.max(1);
        self.slots = Arc::new(Slots::new(self.concurrency, self.stop.clone()));
        self
    }

    /// How many more messages may be under way that wait for their recipient.
    ///
    /// Usually it is [`DEFAULT_HELD_BACK`]. When there are as many, further ones take the room of a
    /// request, so that in the end all others wait for that recipient too.
    pub fn held_back(mut self, messages: usize) -> Self {
        self.held_back = messages;
        self
    }

    /// What ends the sending from elsewhere: from a signal handler, or when too much goes wrong.
    #[must_use]
    pub fn stop_handle(&self) -> Stop {
        self.stop.clone()
    }

    /// The outcome that is known next, or nothing when all are.
    ///
    /// Nothing is lost when the future is dropped.
    ///
    /// # Panics
    ///
    /// Outside of a Tokio runtime.
    pub async fn next(&mut self) -> Option<Outcome<K>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// The keys of the messages under way, in no order: taken out of the stream, and without an
    /// outcome.
    ///
    /// When this is dropped, these messages are in doubt, and no others.
    #[must_use]
    pub fn in_flight(&self) -> impl ExactSizeIterator<Item = &K> {
        self.tasks.keys()
    }

    /// What became of the messages so far. When there are no more outcomes, it is the whole account.
    #[must_use]
    pub fn summary(&self) -> Summary {
        self.tally.summary(self.tasks.len())
    }

    /// Gives the stream back, with the messages that were not taken.
    ///
    /// What is under way is cut, as if this were dropped. So stop first, and take all outcomes.
    #[must_use]
    pub fn into_input(self) -> Pin<Box<S>> {
        self.input
    }

    /// Takes messages while there is room.
    fn take(&mut self, context: &mut Context<'_>) {
        while !self.is_closed && self.has_room() {
            match self.input.as_mut().poll_next(context) {
                Poll::Ready(Some((key, message))) => self.start(key, message),
                Poll::Ready(None) => self.is_closed = true,
                Poll::Pending => return,
            }
        }
    }

    fn has_room(&self) -> bool {
        let waiting = self.slots.waiting().min(self.held_back);
        self.tasks.len() < self.concurrency.saturating_add(waiting)
    }

    fn start(&mut self, key: K, message: Message) {
        self.tally.start();
        let flight = Flight::of_batch(BatchSlot::of(&self.slots));
        self.tasks.start(&self.client, key, message, flight);
    }
}

impl<S, K> Stream for SendAll<S, K>
where
    S: Stream<Item = (K, Message)>,
{
    type Item = Outcome<K>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        // First the waker, then the looks: what comes in between wakes.
        this.stop.set_taker(context.waker());
        if this.stop.is_stopped() {
            this.is_closed = true;
        }
        this.take(context);
        match ready!(this.tasks.poll_next(context)) {
            Some(outcome) => {
                this.tally.count(&outcome.result);
                Poll::Ready(Some(outcome))
            }
            None if this.is_closed => Poll::Ready(None),
            None => Poll::Pending,
        }
    }
}

impl<S, K> FusedStream for SendAll<S, K>
where
    S: Stream<Item = (K, Message)>,
{
    fn is_terminated(&self) -> bool {
        self.is_closed && self.tasks.len() == 0
    }
}

// Nothing in it is pinned to its place: the messages are in a box.
impl<S, K> Unpin for SendAll<S, K> {}

impl<S, K: fmt::Debug> fmt::Debug for SendAll<S, K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let in_flight: Vec<_> = self.tasks.keys().collect();
        f.debug_struct("SendAll")
            .field("client", &self.client)
            .field("concurrency", &self.concurrency)
            .field("in_flight", &in_flight)
            .finish_non_exhaustive()
    }
}
