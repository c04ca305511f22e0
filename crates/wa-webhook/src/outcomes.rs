//! Outcomes of messages: sends, answers and statuses, joined in any order.

mod outcome;
mod queue;
mod tracker;

use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::time::Instant;
use wa_message_core::{SendEnd, Sending, Watch};

pub use self::outcome::{MessageId, Outcome, Participant, Reached, SendState};
use self::{
    outcome::Report,
    queue::Queue,
    tracker::{Told, Tracker},
};
use crate::{Event, What, types::StatusUpdate};

/// How many sends and messages are known at a time, unless it is said.
const MOST: usize = 100_000;
/// An undelivered message lives for 30 days. A day more, and nothing comes any more.
const KEEP: Duration = Duration::from_secs(31 * 24 * 3600);
/// Ids and tokens that are longer than this many bytes are none.
const LONGEST: usize = 1024;

/// Follows messages from the send to whatever becomes of them.
///
/// It is told of sends and of statuses, in whatever order they come, and tells each [`Outcome`] to the function that it
/// was made with: that a message was delivered, that it failed and why, and that a send which was in doubt was accepted.
///
/// A send and its statuses find each other by the id that the answer gives, and by the
/// `biz_opaque_callback_data` of the message, here called its token. So give each message a token of its own: without it, a
/// doubt has no end. With one token for several messages, a doubt ends once none of them is in flight.
///
/// A client tells of its sends by itself, and the [`service`](crate::service) of the statuses that come:
///
/// ```no_run
/// use std::sync::Arc;
/// use wa_message::{Client, webhook::{Outcome, Outcomes, VerifyToken, Verifier, service}};
///
/// # fn example() -> Result<(), Box<dyn std::error::Error>> {
/// let outcomes = Arc::new(Outcomes::new(|outcome| match outcome {
///     Outcome::DoubtResolved { token, message, .. } => println!("{token} was accepted as {message}"),
///     Outcome::Reached(reached) => println!("{}: {reached}", reached.message),
///     outcome => println!("{outcome}"),
/// }));
///
/// let client = Client::builder("a-token", "100200300").watch(Arc::clone(&outcomes)).build()?;
/// let webhooks = service(Verifier::new(["an-app-secret"])?, VerifyToken::new("a-verify-token")?)
///     .outcomes(outcomes)
///     .build();
/// # Ok(())
/// # }
/// ```
///
/// The function is called for one outcome after the other, in the order in which they became known, by whoever told what
/// was missing. It should be short: hand on what takes longer, by a channel.
///
/// What it knows is in memory, is bounded, and ends with the process. A process that begins again tells it of the sends that
/// were in doubt by [`in_doubt`](Self::in_doubt).
pub struct Outcomes {
    tracker: Mutex<Tracker<Arc<Report>>>,
    queue: Queue,
}

impl Outcomes {
    /// Tells outcomes to this function.
    pub fn new(tell: impl FnMut(Outcome) + Send + 'static) -> Self {
        Self { tracker: Mutex::new(Tracker::new(MOST, KEEP)), queue: Queue::new(Box::new(tell)) }
    }

    /// How many messages are known at a time. Defaults to 100,000, of some 500 bytes each; 0 is taken as 1.
    ///
    /// As many sends are known by their tokens, and as many messages of which nothing but statuses has told. When there are
    /// more, those are forgotten that were touched longest ago. A doubt is forgotten only for newer doubts, and that is
    /// [told](Outcome::Forgotten).
    #[must_use]
    pub fn most(self, messages: usize) -> Self {
        self.tracker().set_most(messages.max(1));
        self
    }

    /// How long a message is known after its last status. Defaults to 31 days.
    ///
    /// A doubt stays for as long as it is one: that nothing comes proves nothing.
    #[must_use]
    pub fn keep(self, time: Duration) -> Self {
        self.tracker().set_keep(time);
        self
    }

    /// A message with this token is about to be sent.
    ///
    /// A client that [watches](Watch) tells this, and how the send ends. Each of these calls is followed by one of the next
    /// three.
    pub fn sending(&self, token: &str) {
        self.change(|tracker, now, events| {
            if is_id(token) {
                tracker.sending(token, now, events);
            }
        });
    }

    /// A message was accepted: it was sent from the number with this id, with this token, and has this id now.
    pub fn accepted(&self, phone_number_id: &str, token: Option<&str>, id: &str) {
        self.change(|tracker, now, events| {
            if is_id(id) {
                let name = tracker::Name { number: phone_number_id.into(), id: id.into() };
                tracker.answered(&name, token.filter(|token| is_id(token)), now, events);
            }
        });
    }

    /// A message with this token was certainly not accepted.
    pub fn not_accepted(&self, token: &str) {
        self.change(|tracker, now, events| tracker.not_accepted(token, now, events));
    }

    /// A message with this token may have been accepted.
    ///
    /// It may also be told of a send of which nothing else was told: that of a process that has ended.
    pub fn in_doubt(&self, token: &str) {
        self.change(|tracker, now, events| {
            if is_id(token) {
                tracker.in_doubt(token, now, events);
            }
        });
    }

    /// Waits no longer for what is in doubt, because somebody has decided so. It says whether there was a doubt.
    ///
    /// Should a status come after all, that is [told](Outcome::Unaccounted): if the message was sent again, the customer got
    /// it twice.
    pub fn give_up(&self, token: &str) -> bool {
        let mut had_doubt = false;
        self.change(|tracker, now, events| had_doubt = tracker.give_up(token, now, events));
        had_doubt
    }

    /// Learns from an event, if it is a status. It may come again and again.
    pub fn learn(&self, event: &Event<'_>) {
        if let What::Status(status) = &event.what {
            let number = event.number.as_ref().and_then(|number| number.phone_number_id.as_deref());
            self.status(number, status);
        }
    }

    /// Learns from a status of a message that was sent from the number with this id.
    pub fn status(&self, phone_number_id: Option<&str>, status: &StatusUpdate<'_>) {
        let token = status.biz_opaque_callback_data.as_deref().filter(|token| is_id(token));
        // The state of a payment is none of the message that asks for it.
        let rank = status.status.rank().filter(|_| status.payment.is_none());
        let told = Told {
            number: phone_number_id.unwrap_or_default(),
            id: &status.id,
            token,
            participant: outcome::participant(status),
            rank,
            report: Arc::new(Report::new(status)),
        };
        if is_id(&status.id) {
            self.change(|tracker, now, events| tracker.told(told, now, events));
        }
    }

    /// The tokens of all sends that are in doubt, in no order.
    #[must_use]
    pub fn doubts(&self) -> Vec<String> {
        self.tracker().doubts(Instant::now()).map(ToString::to_string).collect()
    }

    /// Returns what is known of the send with this token, or nothing if nobody told of it or it is forgotten.
    #[must_use]
    pub fn send_state(&self, token: &str) -> Option<SendState> {
        self.tracker().token(token, Instant::now()).and_then(outcome::send_state)
    }

    /// Returns how far a message has come, and in a group how far with each participant. It is empty as long as no status has
    /// told, and for a message of which no send has told.
    #[must_use]
    pub fn reached(&self, message: &MessageId) -> Vec<Reached> {
        let name = message.name();
        let tracker = self.tracker();
        let known = tracker.message(&name, Instant::now());
        known.map(|known| outcome::reached(&name, known)).unwrap_or_default()
    }

    fn change(
        &self,
        change: impl FnOnce(&mut Tracker<Arc<Report>>, Instant, &mut Vec<tracker::Event<Arc<Report>>>),
    ) {
        let mut events = Vec::new();
        let mut tracker = self.tracker();
        change(&mut tracker, Instant::now(), &mut events);
        if !events.is_empty() {
            // Before the next change can be made, so that they stand in their order.
            self.queue.add(events.into_iter().map(Outcome::from));
        }
        drop(tracker);
        self.queue.tell();
    }

    fn tracker(&self) -> MutexGuard<'_, Tracker<Arc<Report>>> {
        self.tracker.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether a text can be an id or a token. What comes from outside is not kept at any length.
fn is_id(text: &str) -> bool {
    !text.is_empty() && text.len() <= LONGEST
}

/// A message without callback data is followed from its answer on.
impl Watch for Outcomes {
    fn begins(&self, sending: Sending<'_>) {
        if let Some(token) = sending.callback_data {
            self.sending(token);
        }
    }

    fn ends(&self, sending: Sending<'_>, end: SendEnd<'_>) {
        match (end, sending.callback_data) {
            (SendEnd::Accepted { id }, token) => self.accepted(sending.phone_number_id, token, id),
            (SendEnd::NotAccepted, Some(token)) => self.not_accepted(token),
            (_, Some(token)) => self.in_doubt(token),
            (_, None) => {}
        }
    }
}

impl fmt::Debug for Outcomes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outcomes").field("doubts", &self.doubts().len()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
