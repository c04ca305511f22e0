//! Webhooks: what is posted, when, and what became of it.

mod deliveries;
mod fault;
mod post;
mod queue;
mod run;
mod settings;
mod target;
mod update;

use std::{
    io,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{
    sync::{Notify, oneshot},
    time::Instant,
};
use wa_webhook::Verifier;

#[cfg(feature = "program")]
pub(crate) use self::update::alone;
pub use self::{
    deliveries::{Attempt, Delivery, DeliveryState},
    fault::{WebhookFault, WebhookFaults},
    settings::Webhooks,
};
use self::{
    post::{Poster, Signed},
    queue::{Parcel, Queue, Rhythm},
    run::later,
    target::Target,
    update::Business,
};
pub(crate) use self::{
    run::run,
    update::{Recipient, Update, change, now},
};
use crate::{
    faults::Plan,
    generated::customer::{FEWER, Status},
    ledger::Accepted,
    state::Log,
};

/// Posts webhooks. It is shared by whoever has something to tell and by the task that posts.
pub(crate) struct Hooks {
    account: String,
    display_phone_number: String,
    verifier: Verifier,
    poster: Poster,
    rhythm: Rhythm,
    pause: Duration,
    attempts: u32,
    answer_within: Duration,
    /// The statuses that came by themselves at the start.
    first_statuses: Vec<(Duration, Status)>,
    log: Log,
    #[cfg(feature = "page")]
    journal: std::sync::Arc<crate::page::Journal>,
    queue: Mutex<Queue>,
    /// There is something new for the task that posts.
    wake: Notify,
    /// Nothing is left to be posted.
    settled: Notify,
}

/// There is no room for more updates: the receiver is too slow, or there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Full;

impl Hooks {
    pub(crate) async fn new(settings: Webhooks, log: Log) -> io::Result<Self> {
        let wrong = |message: String| io::Error::new(io::ErrorKind::InvalidInput, message);
        let verifier = Verifier::new([&settings.app_secret])
            .map_err(|error| wrong(format!("the secret of the app cannot be used: {error}")))?;
        let target = Target::new(&settings.url, settings.beyond_loopback).map_err(wrong)?;
        target.check().await.map_err(wrong)?;
        Ok(Self {
            account: settings.account,
            display_phone_number: settings.display_phone_number,
            verifier,
            poster: Poster::new(target),
            rhythm: settings.rhythm,
            pause: settings.pause,
            attempts: settings.attempts,
            answer_within: settings.answer_within,
            log,
            #[cfg(feature = "page")]
            journal: std::sync::Arc::default(),
            first_statuses: settings.statuses.clone(),
            queue: Mutex::new(Queue::new(settings.faults.into_plan(), settings.statuses)),
            wake: Notify::new(),
            settled: Notify::new(),
        })
    }

    /// Notes what is posted in a journal.
    #[cfg(feature = "page")]
    pub(crate) fn with_journal(self, journal: std::sync::Arc<crate::page::Journal>) -> Self {
        Self { journal, ..self }
    }

    /// Notes what became of a delivery so far. The queue is held meanwhile, so that it is noted in the order in which it
    /// happened.
    #[cfg(feature = "page")]
    fn note(&self, queue: &Queue, number: u64) {
        if let Some(delivery) = queue.book.get(number) {
            self.journal.add(crate::page::Happened::Delivery {
                number,
                messages: std::sync::Arc::clone(&delivery.messages),
                state: delivery.state,
                end: delivery.attempts.last().map(|attempt| attempt.end),
            });
        }
    }

    /// Posts a delivery that is over once more, with the same bytes. Returns whether there is such a delivery.
    pub(crate) fn again(&self, number: u64) -> bool {
        let mut queue = self.queue();
        let Some(body) = queue.book.revive(number) else { return false };
        let signature = self.verifier.sign(&body);
        queue.made(body.len());
        let age = queue.age;
        let parcel = Parcel {
            number,
            signed: Signed { body, signature },
            fault: None,
            repeats: 0,
            attempts: 0,
            told: Vec::new(),
            age,
        };
        queue.post_at(Instant::now(), parcel);
        #[cfg(feature = "page")]
        self.note(&queue, number);
        drop(queue);
        self.wake.notify_one();
        true
    }

    pub(crate) fn display_phone_number(&self) -> &str {
        &self.display_phone_number
    }

    /// Tells something as soon as possible.
    pub(crate) fn tell(&self, update: Update) -> Result<(), Full> {
        #[cfg(feature = "page")]
        let came = update.came();
        let mut queue = self.queue();
        let told = queue.push(Instant::now(), update);
        // A receiver that hangs does not keep it from the page, and the page has the order of the queue.
        #[cfg(feature = "page")]
        if let (Ok(()), Some(came)) = (told, came) {
            self.journal.add(came);
        }
        drop(queue);
        self.wake.notify_one();
        told
    }

    /// Tells what became of a message, as soon as possible. A failure is its end: no status comes by itself after it.
    pub(crate) fn tell_status(&self, accepted: &Accepted, status: Status) -> Result<(), Full> {
        let mut queue = self.queue();
        let told = queue.push(Instant::now(), Update::status(accepted, status));
        if told.is_ok() && status.code().is_some() {
            queue.end(accepted.id());
        }
        drop(queue);
        self.wake.notify_one();
        told
    }

    /// Tells of a message that was accepted: the statuses that come by themselves. With `first` the first of them comes
    /// at once, and what is returned hears of it.
    pub(crate) fn accepted(
        &self,
        accepted: &Accepted,
        first: bool,
    ) -> Option<oneshot::Receiver<()>> {
        let fewer = FEWER.iter().find(|(kind, _)| *kind == accepted.kind());
        let comes = |status: &Status| fewer.is_none_or(|(_, fewer)| fewer.contains(status));
        let mut queue = self.queue();
        let statuses: Vec<_> =
            queue.statuses.iter().filter(|(_, status)| comes(status)).copied().collect();
        let (mut due, mut hears) = (Instant::now(), None);
        for (at, (pause, status)) in statuses.into_iter().enumerate() {
            let mut update = Update::by_itself(accepted, status);
            if let (true, 0, Update::Status { told, .. }) = (first, at, &mut update) {
                let (tells, listens) = oneshot::channel();
                (*told, hears) = (Some(tells), Some(listens));
            } else {
                due = later(due, pause);
            }
            // The messages that were accepted are in the ledger, and what is missing here is counted.
            let _ = queue.push(due, update);
        }
        drop(queue);
        self.wake.notify_one();
        hears
    }

    pub(crate) fn set_plan(&self, plan: Plan<WebhookFault>) {
        self.queue().plan = plan;
    }

    pub(crate) fn fault_next(&self, times: usize, fault: Option<WebhookFault>) {
        self.queue().plan.then(times, fault);
    }

    pub(crate) fn is_settled(&self) -> bool {
        self.queue().is_settled()
    }

    pub(crate) fn set_statuses(&self, statuses: Vec<(Duration, Status)>) {
        self.queue().statuses = statuses;
    }

    /// Those that came by themselves at the start do so again.
    pub(crate) fn reset_statuses(&self) {
        self.set_statuses(self.first_statuses.clone());
    }

    pub(crate) fn deliveries(&self) -> Vec<Delivery> {
        self.queue().book.all()
    }

    /// Returns how many updates found no room.
    pub(crate) fn overflowed(&self) -> u64 {
        self.queue().overflowed
    }

    /// Forgets what is to be posted, and the deliveries that were.
    pub(crate) fn clear(&self) {
        self.queue().clear();
        self.wake.notify_one();
        self.settled.notify_waiters();
    }

    /// Waits until nothing is left to be posted.
    pub(crate) async fn settle(&self) {
        loop {
            let settled = self.settled.notified();
            if self.queue().is_settled() {
                return;
            }
            settled.await;
        }
    }

    /// Tells the task that posts to end.
    pub(crate) fn stop(&self) {
        self.queue().stopped = true;
        self.wake.notify_one();
    }

    fn queue(&self) -> MutexGuard<'_, Queue> {
        // Nothing is half done when a holder of the lock panics.
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn business(&self) -> Business<'_> {
        Business { account: &self.account, display_phone_number: &self.display_phone_number }
    }
}
