//! The settings of a service.

use std::{
    collections::HashMap,
    fmt,
    future::Future,
    sync::{Arc, OnceLock},
    time::Duration,
};

use bytes::Bytes;

use super::{
    About, Handled, Handlers, Report, WebhookService,
    aloud::Aloud,
    handlers::{Handling, handling},
    store::Store,
    stream::{Deliveries, channel},
};
use crate::{Event, Key, MemorySeen, Outcomes, Seen, Verifier, VerifyToken, types::Change};

/// The API sends up to 3 MB.
const LIMIT: usize = 3 * 1024 * 1024;
/// A slow answer is taken for none after 5 to 10 seconds, as people have seen.
const WITHIN: Duration = Duration::from_secs(5);

/// How many events are remembered of requests whose time was over. The API sends up to 1,000 at once.
const BEHIND_AT_MOST: usize = 10_000;

/// Takes all events of a request.
type HandOver = Box<dyn Fn(Vec<Event<'static>>) -> Handling + Send + Sync>;

/// The settings of a [`WebhookService`]. [`service`](super::service()) makes it.
#[must_use = "`build` makes the service"]
pub struct WebhookBuilder(pub(super) Settings);

/// Is told what went another way than it should.
type Tell = Box<dyn Fn(&Report) + Send + Sync>;

/// What the service has of them.
pub(super) struct Settings {
    pub(super) verifier: Verifier,
    pub(super) token: VerifyToken,
    pub(super) handlers: Handlers,
    pub(super) numbers: HashMap<String, Handlers>,
    pub(super) hand_over: Option<HandOver>,
    pub(super) unreadable: Option<Box<dyn Fn(Bytes) -> Handling + Send + Sync>>,
    pub(super) seen: Option<Arc<dyn Store>>,
    pub(super) outcomes: Option<Arc<Outcomes>>,
    /// What was handled of requests that come again because their time was over. It is asked before the store.
    pub(super) behind: OnceLock<MemorySeen>,
    pub(super) report: Option<Tell>,
    /// Says what nobody else is told.
    pub(super) aloud: Option<Aloud>,
    pub(super) limit: usize,
    pub(super) within: Option<Duration>,
}

impl Settings {
    /// Remembers what was handled of a request that comes again because its time was over.
    pub(super) fn remember(&self, done: &[Key]) {
        let behind = self.behind.get_or_init(|| MemorySeen::new().most(BEHIND_AT_MOST));
        for key in done {
            behind.set_done(key.as_str());
        }
    }

    /// Whether an event is known to be handled without a look into the store.
    pub(super) fn remembers(&self, key: &Key) -> bool {
        self.behind.get().is_some_and(|behind| behind.is_done(key.as_str()))
    }
}

impl WebhookBuilder {
    pub(super) fn new(verifier: Verifier, token: VerifyToken) -> Self {
        Self(Settings {
            verifier,
            token,
            handlers: Handlers::new(),
            numbers: HashMap::new(),
            hand_over: None,
            unreadable: None,
            seen: None,
            outcomes: None,
            behind: OnceLock::new(),
            report: None,
            aloud: Some(Aloud::default()),
            limit: LIMIT,
            within: Some(WITHIN),
        })
    }

    /// Changes the handlers.
    pub(crate) fn with(mut self, change: impl FnOnce(Handlers) -> Handlers) -> Self {
        self.0.handlers = change(self.0.handlers);
        self
    }

    /// Sets the handler of changes in the fields that have no events of their own: of the account, its templates and numbers,
    /// and so on.
    pub fn on_change<F, R>(self, handle: F) -> Self
    where
        F: Fn(Change<'static>, About) -> R + Send + Sync + 'static,
        R: Future<Output: Handled> + Send + 'static,
    {
        self.with(|handlers| handlers.on_change(handle))
    }

    /// Sets the handler of all events that no other one handles: also of those that this version does not know, or cannot
    /// read.
    pub fn on_other<F, R>(self, handle: F) -> Self
    where
        F: Fn(Event<'static>) -> R + Send + Sync + 'static,
        R: Future<Output: Handled> + Send + 'static,
    {
        self.with(|handlers| handlers.on_other(handle))
    }

    /// Sets the handler of all events, in place of the others.
    pub fn on_event<F, R>(self, handle: F) -> Self
    where
        F: Fn(Event<'static>) -> R + Send + Sync + 'static,
        R: Future<Output: Handled> + Send + 'static,
    {
        self.with(|handlers| handlers.on_event(handle))
    }

    /// Hands all events to a stream, in place of handlers.
    ///
    /// The answer waits until somebody is done with each event of its request. So many events as there is `room` for wait in
    /// the stream; those of further requests wait outside of it.
    ///
    /// ```
    /// # use wa_message::webhook::{VerifyToken, Verifier, service};
    /// # async fn example(verifier: Verifier, token: VerifyToken) {
    /// let (webhooks, mut deliveries) = service(verifier, token).stream(64);
    /// let webhooks = webhooks.build();
    /// // Serve the webhooks in another task.
    /// while let Some(delivery) = deliveries.next().await {
    ///     println!("{}", delivery.event().what.name());
    ///     delivery.done();
    /// }
    /// # }
    /// ```
    pub fn stream(self, room: usize) -> (Self, Deliveries) {
        let (source, deliveries) = channel(room);
        (self.with(|handlers| handlers.stream_to(source)), deliveries)
    }

    /// Hands all events of a request over at once, in place of handlers: to put them where they stay. The answer is 200 when that
    /// has worked, and the work is done afterwards.
    ///
    /// An event may come again, so keep it under its [key](Event::key), or set [`seen`](Self::seen) too.
    ///
    /// Of what cannot be read, and of what says neither what it is nor holds anything that is known, a request hands over the first
    /// 1,000. The API sends no more at once; who else has the secret could fill the memory with it. The others are counted
    /// and [reported](Report::More). What can be read is handed over whole.
    ///
    /// ```
    /// # use wa_message::webhook::{VerifyToken, Verifier, service};
    /// # async fn insert(rows: Vec<(Option<String>, String)>) -> std::io::Result<()> { Ok(()) }
    /// # fn example(verifier: Verifier, token: VerifyToken) {
    /// let webhooks = service(verifier, token)
    ///     .hand_over(|events| {
    ///         let rows = events.iter().map(|event| (event.key().map(|key| key.to_string()), event.to_json()));
    ///         insert(rows.collect())
    ///     })
    ///     .build();
    /// # }
    /// ```
    pub fn hand_over<F, R>(mut self, take: F) -> Self
    where
        F: Fn(Vec<Event<'static>>) -> R + Send + Sync + 'static,
        R: Future<Output: Handled> + Send + 'static,
    {
        self.0.hand_over = Some(Box::new(move |events| handling(take(events))));
        self
    }

    /// Sets who gets a body that was signed and is no JSON object, so that it can be kept and looked at. It is answered with 200
    /// unless this fails.
    pub fn on_unreadable<F, R>(mut self, handle: F) -> Self
    where
        F: Fn(Bytes) -> R + Send + Sync + 'static,
        R: Future<Output: Handled> + Send + 'static,
    {
        self.0.unreadable = Some(Box::new(move |body| handling(handle(body))));
        self
    }

    /// Sets the handlers of one business phone number, by its id. Events of other numbers, and of none, go to the handlers of
    /// this builder.
    ///
    /// ```
    /// # use wa_message::webhook::{Handlers, VerifyToken, Verifier, service};
    /// # fn example(verifier: Verifier, token: VerifyToken) {
    /// let sales = Handlers::new().on_message(|message, _| async move { println!("sales: {}", message.id) });
    /// let webhooks = service(verifier, token)
    ///     .number("100200300", sales)
    ///     .on_message(|message, _| async move { println!("everybody else: {}", message.id) })
    ///     .build();
    /// # }
    /// ```
    pub fn number(mut self, phone_number_id: impl Into<String>, handlers: Handlers) -> Self {
        self.0.numbers.insert(phone_number_id.into(), handlers);
        self
    }

    /// Keeps what was handled from being handled again. Usually nothing does.
    ///
    /// A time limit that is shorter than the lease of a claim keeps two from handling the same.
    pub fn seen(mut self, seen: impl Seen + 'static) -> Self {
        self.0.seen = Some(Arc::new(seen));
        self
    }

    /// Tells the statuses to somebody who follows the messages that were sent.
    pub fn outcomes(mut self, outcomes: Arc<Outcomes>) -> Self {
        self.0.outcomes = Some(outcomes);
        self
    }

    /// Tells somebody what went another way than it should. With the feature `tracing`, it stands in the log too.
    ///
    /// Without this, and without a log that somebody reads, the service says on the standard error stream what keeps events
    /// from being handled: wrong signatures and verify tokens, bodies that cannot be read, handlers and stores that fail,
    /// and too little time, each at most once a minute. [`quiet`](Self::quiet) keeps it from that.
    pub fn report(mut self, report: impl Fn(&Report) + Send + Sync + 'static) -> Self {
        self.0.report = Some(Box::new(report));
        self
    }

    /// Says nothing on the standard error stream, even if nobody is [told](Self::report) what goes wrong.
    pub fn quiet(mut self) -> Self {
        self.0.aloud = None;
        self
    }

    /// How many bytes a body may have. Defaults to 3 MiB, which is more than the API sends.
    pub fn limit(mut self, bytes: usize) -> Self {
        self.0.limit = bytes;
        self
    }

    /// How long it may take to read a body, and how long to handle its events. Defaults to 5 seconds; `None` is no limit.
    ///
    /// When the time is over, a handler that is at work is dropped where it waits, and its event comes again, together with those
    /// that nobody began with. The store that [`seen`](Self::seen) sets has as long again to be told.
    pub fn within(mut self, time: impl Into<Option<Duration>>) -> Self {
        self.0.within = time.into();
        self
    }

    /// Makes the service.
    #[must_use]
    pub fn build(self) -> WebhookService {
        WebhookService::new(self.0)
    }
}

impl fmt::Debug for WebhookBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebhookBuilder")
            .field("verifier", &self.0.verifier)
            .field("limit", &self.0.limit)
            .field("within", &self.0.within)
            .finish_non_exhaustive()
    }
}
