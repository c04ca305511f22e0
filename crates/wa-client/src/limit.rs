//! The pace of a number, and of each of its recipients.
//!
//! `governor` would be the crate for this. It has no rate that changes while it runs, its waiters all wake
//! at once and race, and it cannot hold everything back until a certain time. What is here instead is a
//! window of a second for the number and a bucket for each recipient, on the clock of tokio, which tests
//! can stop.

mod number;
mod recipients;

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::time::{Instant, sleep_until, timeout_at};
use wa_message_core::ThrottleScope;

use self::{number::Number, recipients::Recipients};
use super::api_error::ApiError;

/// How many numbers a client remembers the pace of before it forgets those that are not sending.
const NUMBERS: usize = 64;

/// How often a number may write to one recipient: so often at once, then once in a while.
///
/// The API takes bursts of up to 45 messages, and one in 6 seconds in the long run. That is the
/// [default](Self::default).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecipientRate {
    every: Duration,
    burst: u32,
}

impl RecipientRate {
    /// So many messages at once, and then one each time this long has passed. A `burst` of 0 is taken as 1.
    #[must_use]
    pub const fn new(burst: u32, every: Duration) -> Self {
        Self { every, burst: if burst == 0 { 1 } else { burst } }
    }

    /// How many messages may go at once.
    #[must_use]
    pub const fn burst(self) -> u32 {
        self.burst
    }

    /// How long it takes until one more may go.
    #[must_use]
    pub const fn every(self) -> Duration {
        self.every
    }
}

impl Default for RecipientRate {
    fn default() -> Self {
        Self::new(45, Duration::from_secs(6))
    }
}

/// The settings of the pace.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rates {
    /// Messages a second of a number.
    pub(super) number: Option<u32>,
    pub(super) recipient: Option<RecipientRate>,
}

impl Rates {
    /// No limits.
    pub(super) fn none() -> Self {
        Self { number: None, recipient: None }
    }
}

impl Default for Rates {
    fn default() -> Self {
        Self { number: Some(80), recipient: Some(RecipientRate::default()) }
    }
}

/// The pace of all numbers of a client.
pub(super) struct Paces {
    rates: Rates,
    numbers: Mutex<HashMap<String, Arc<Pace>>>,
}

impl Paces {
    pub(super) fn new(rates: Rates) -> Self {
        Self { rates, numbers: Mutex::default() }
    }

    /// The pace of a number: the same one for each client of it.
    pub(super) fn of(&self, phone_number_id: &str) -> Arc<Pace> {
        let mut numbers = lock(&self.numbers);
        if let Some(pace) = numbers.get(phone_number_id) {
            return Arc::clone(pace);
        }
        if numbers.len() >= NUMBERS {
            let now = Instant::now();
            numbers.retain(|_, pace| Arc::strong_count(pace) > 1 || !pace.is_at_rest(now));
        }
        let pace = Arc::new(Pace::new(self.rates));
        numbers.insert(phone_number_id.to_owned(), Arc::clone(&pace));
        pace
    }
}

/// The pace of a number.
pub(super) struct Pace {
    number: Mutex<Number>,
    /// Those who wait for the number, in the order in which they came.
    queue: tokio::sync::Mutex<()>,
    recipients: Option<Mutex<Recipients>>,
}

/// It is not the turn of a request before its time is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct HeldBack {
    pub(super) until: Instant,
    pub(super) scope: ThrottleScope,
}

impl Pace {
    fn new(rates: Rates) -> Self {
        Self {
            number: Mutex::new(Number::new(rates.number)),
            queue: tokio::sync::Mutex::new(()),
            recipients: rates.recipient.map(|rate| Mutex::new(Recipients::new(rate))),
        }
    }

    /// Whether recipients have a pace of their own.
    pub(super) fn knows_recipients(&self) -> bool {
        self.recipients.is_some()
    }

    /// Takes a turn to a recipient, if nobody has to wait for it.
    pub(super) fn turns_now_to(&self, to: &str) -> bool {
        let Some(recipients) = &self.recipients else { return true };
        lock(recipients).take(to, Instant::now()).is_ok()
    }

    /// Takes a turn of the number, if nobody has to wait for it. Who does is in the queue.
    pub(super) fn turns_now(&self) -> bool {
        let mut number = lock(&self.number);
        // Where nothing is held back, nobody waits long enough to be overtaken.
        number.is_free() || (self.queue.try_lock().is_ok() && number.take(Instant::now()).is_ok())
    }

    /// Waits until a message may go to this recipient, and counts it.
    pub(super) async fn turn_to(
        &self,
        to: &str,
        deadline: Option<Instant>,
    ) -> Result<(), HeldBack> {
        let Some(recipients) = &self.recipients else { return Ok(()) };
        // Those who wait for one recipient race for each turn, and are few.
        loop {
            let turn = lock(recipients).take(to, Instant::now());
            let Err(until) = turn else { return Ok(()) };
            wait(until, deadline, ThrottleScope::Recipient).await?;
        }
    }

    /// Waits until a request may go from this number, and counts it.
    pub(super) async fn turn(&self, deadline: Option<Instant>) -> Result<(), HeldBack> {
        if self.turns_now() {
            return Ok(());
        }
        let held_back = |until| HeldBack { until, scope: ThrottleScope::Number };
        let until = lock(&self.number).next(Instant::now());
        if deadline.is_some_and(|deadline| until > deadline) {
            return Err(held_back(until));
        }
        let _first = match deadline {
            None => self.queue.lock().await,
            Some(deadline) => timeout_at(deadline, self.queue.lock())
                .await
                .map_err(|_| held_back(lock(&self.number).next(Instant::now())))?,
        };
        loop {
            let turn = lock(&self.number).take(Instant::now());
            let Err(until) = turn else { return Ok(()) };
            wait(until, deadline, ThrottleScope::Number).await?;
        }
    }

    /// Learns from a request of which the API says that it was too much.
    pub(super) fn throttled(
        &self,
        error: &ApiError,
        to: Option<&str>,
        began: Instant,
        pause: Duration,
    ) {
        let Some(scope) = error.scope() else { return };
        let until = Instant::now() + pause;
        match scope {
            ThrottleScope::Recipient => {
                if let (Some(to), Some(recipients)) = (to, &self.recipients) {
                    lock(recipients).hold(to, until);
                }
            }
            // What else there may be holds back more than a recipient.
            _ => {
                lock(&self.number).throttled(Instant::now(), began, until);
            }
        }
    }

    /// Whether nothing is known of it that a new one would not know.
    fn is_at_rest(&self, now: Instant) -> bool {
        lock(&self.number).is_at_rest(now)
            && self.recipients.as_ref().is_none_or(|recipients| lock(recipients).is_at_rest(now))
    }
}

async fn wait(
    until: Instant,
    deadline: Option<Instant>,
    scope: ThrottleScope,
) -> Result<(), HeldBack> {
    if deadline.is_some_and(|deadline| until > deadline) {
        return Err(HeldBack { until, scope });
    }
    sleep_until(until).await;
    Ok(())
}

/// A lock of plain data, which a panic elsewhere leaves whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
