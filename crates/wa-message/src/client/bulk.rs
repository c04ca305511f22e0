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
//! What was not taken is certainly not sent. It is still in the stream, which
//! [`into_input`](SendAll::into_input) gives back.

mod outcome;
mod room;
mod stop;
mod summary;

use std::{
    collections::HashMap,
    fmt,
    future::poll_fn,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
};

use futures_core::{FusedStream, Stream};
use futures_util::stream::{Iter, iter};
use tokio::task::{Id, JoinSet};

pub(super) use self::room::Among;
pub use self::{outcome::Outcome, stop::Stop, summary::Summary};
use self::{room::Room, stop::Stopped, summary::Tally};
use super::{Client, Error, Sent, deliver::Flight, transport::InDoubt};
use crate::Message;

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
        I: IntoIterator<Item = (K, Message)>,
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
    room: Arc<Room>,
    tasks: JoinSet<Result<Sent, Error>>,
    under_way: HashMap<Id, UnderWay<K>>,
    stop: Stop,
    stopped: Stopped,
    tally: Tally,
}

struct UnderWay<K> {
    key: K,
    message: Arc<Message>,
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
            room: Arc::new(Room::new(DEFAULT_CONCURRENCY)),
            tasks: JoinSet::new(),
            under_way: HashMap::new(),
            stopped: stop.stopped(),
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
        self.room = Arc::new(Room::new(self.concurrency));
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
        self.under_way.values().map(|under_way| &under_way.key)
    }

    /// What became of the messages so far. When there are no more outcomes, it is the whole account.
    #[must_use]
    pub fn summary(&self) -> Summary {
        self.tally.summary(self.under_way.len())
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
        while !self.is_closed && self.has_room(context) {
            match self.input.as_mut().poll_next(context) {
                Poll::Ready(Some((key, message))) => self.start(key, message),
                Poll::Ready(None) => self.is_closed = true,
                Poll::Pending => return,
            }
        }
    }

    fn has_room(&self, context: &Context<'_>) -> bool {
        let aside = self.room.aside(context.waker()).min(self.held_back);
        self.under_way.len() < self.concurrency.saturating_add(aside)
    }

    fn start(&mut self, key: K, message: Message) {
        self.tally.start();
        let message = Arc::new(message);
        let among = Among::new(self.stop.clone(), Arc::clone(&self.room));
        let stop = self.stop.clone();
        let task = send(self.client.clone(), Arc::clone(&message), stop, Flight::among(among));
        let id = self.tasks.spawn(task).id();
        self.under_way.insert(id, UnderWay { key, message });
    }

    fn finish(&mut self, id: Id, result: Result<Sent, Error>) -> Option<Outcome<K>> {
        let UnderWay { key, message } = self.under_way.remove(&id)?;
        self.tally.count(&result);
        Some(Outcome { key, message: Arc::unwrap_or_clone(message), result })
    }
}

/// Sends one message, unless all is aborted.
async fn send(
    client: Client,
    message: Arc<Message>,
    stop: Stop,
    flight: Flight,
) -> Result<Sent, Error> {
    match Box::pin(stop.unless_aborted(client.send_watched(&message, &flight))).await {
        Some(result) => result,
        None => Err(flight.cut()),
    }
}

/// What is known of a request that was cut: nothing.
fn cut() -> Error {
    Error::InDoubt(InDoubt::cut())
}

impl<S, K> Stream for SendAll<S, K>
where
    S: Stream<Item = (K, Message)>,
{
    type Item = Outcome<K>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        if this.stopped.poll(context).is_ready() {
            this.is_closed = true;
        }
        loop {
            this.take(context);
            let (id, result) = match ready!(this.tasks.poll_join_next_with_id(context)) {
                Some(Ok(done)) => done,
                // The runtime is shutting down, or something panicked that should not have: in either case
                // nobody knows what became of the request, and the key must not be lost.
                Some(Err(error)) => (error.id(), Err(cut())),
                None if this.is_closed => return Poll::Ready(None),
                None => return Poll::Pending,
            };
            if let Some(outcome) = this.finish(id, result) {
                return Poll::Ready(Some(outcome));
            }
        }
    }
}

impl<S, K> FusedStream for SendAll<S, K>
where
    S: Stream<Item = (K, Message)>,
{
    fn is_terminated(&self) -> bool {
        self.is_closed && self.under_way.is_empty()
    }
}

// Nothing in it is pinned to its place: the messages are in a box.
impl<S, K> Unpin for SendAll<S, K> {}

impl<S, K: fmt::Debug> fmt::Debug for SendAll<S, K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let in_flight: Vec<_> = self.under_way.values().map(|under_way| &under_way.key).collect();
        f.debug_struct("SendAll")
            .field("client", &self.client)
            .field("concurrency", &self.concurrency)
            .field("in_flight", &in_flight)
            .finish_non_exhaustive()
    }
}
