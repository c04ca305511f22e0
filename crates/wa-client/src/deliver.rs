//! One request from its turn to its outcome, in as many attempts as it takes.

use std::{
    future::Future,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use tokio::time::{Instant, sleep};
use wa_message_core::ThrottleScope;

use super::{
    error::Error,
    limit::{HeldBack, Pace},
    observe::{Accepted, Observer},
    retry::{Attempt, Decision, RetryPolicy},
    slots::BatchSlot,
    transport::{InDoubt, NotSent},
};

/// How long an answer that it was too much holds others back at most. Then one goes and sees.
const HELD_BACK_AT_MOST: Duration = Duration::from_secs(60);

/// Whether a request may have been accepted, for those who cut it, and what it shares with others.
#[derive(Default)]
pub(super) struct Flight {
    is_uncertain: AtomicBool,
    /// That of a message which is one of a batch.
    slot: Option<BatchSlot>,
}

impl Flight {
    pub(super) fn of_batch(slot: BatchSlot) -> Self {
        Self { slot: Some(slot), ..Self::default() }
    }

    fn is_stopped(&self) -> bool {
        self.slot.as_ref().is_some_and(BatchSlot::is_stopped)
    }

    /// Waits for a future, and gives nothing when no more is to be sent before it is ready.
    async fn unless_stopped<T>(&self, future: impl Future<Output = T>) -> Option<T> {
        match &self.slot {
            None => Some(future.await),
            Some(slot) => slot.unless_stopped(future).await,
        }
    }

    /// Waits for a future which waits for a recipient and for nothing that others wait for.
    async fn while_waiting<T>(&self, future: impl Future<Output = T>) -> T {
        match &self.slot {
            None => future.await,
            Some(slot) => slot.while_waiting(future).await,
        }
    }

    /// Makes a request when there is a slot for it, and gives nothing when no more is to be sent before there is one.
    async fn in_slot<T>(&self, request: impl Future<Output = T>) -> Option<T> {
        let _permit = match &self.slot {
            None => None,
            Some(slot) => Some(slot.request().await?),
        };
        self.set(true);
        Some(request.await)
    }

    fn set(&self, is_uncertain: bool) {
        self.is_uncertain.store(is_uncertain, Ordering::Release);
    }

    /// What is known of the request if it was cut at this moment.
    pub(super) fn cut(&self) -> Error {
        if self.is_uncertain.load(Ordering::Acquire) {
            Error::InDoubt(InDoubt::cut())
        } else {
            Error::NotSent(NotSent::cut())
        }
    }
}

/// What a request is delivered with.
pub(super) struct Delivery<'r> {
    pub(super) pace: &'r Pace,
    pub(super) policy: &'r dyn RetryPolicy,
    /// How long it may take until the last attempt begins.
    pub(super) time: Option<Duration>,
    /// The recipient, if it is a message, and if anything depends on it.
    pub(super) to: Option<&'r str>,
    /// Whether it does the same when it arrives twice.
    pub(super) is_repeatable: bool,
    pub(super) flight: &'r Flight,
    pub(super) observer: Observer<'r>,
}

impl Delivery<'_> {
    /// Makes attempts until one is accepted or the policy gives up.
    pub(super) async fn run<T: Accepted, F>(&self, mut post: impl FnMut() -> F) -> Result<T, Error>
    where
        F: Future<Output = Result<T, Error>>,
    {
        let began = Instant::now();
        let deadline = self.time.and_then(|time| began.checked_add(time));
        // The error of the attempt before. One that leaves doubt stays: what comes after says nothing of
        // whether the first was accepted.
        let mut last: Option<Error> = None;
        let mut attempt = Attempt::new(1).with_repeatable(self.is_repeatable);
        // When the attempt began. The clock is not asked twice where nobody waited.
        let mut start = began;
        loop {
            let turn = match self.turns_now() {
                Ok(()) => Some(Ok(())),
                // What hardly any request waits for is in boxes: the future of each is as large as the largest
                // that it may wait for, and its memory is had faster if it is small.
                Err(to) => {
                    let turn = Box::pin(self.turn(to, deadline)).await;
                    start = Instant::now();
                    turn
                }
            };
            let stopped = || Error::NotSent(NotSent::cut());
            match turn {
                Some(Ok(())) => {}
                Some(Err(held_back)) => {
                    self.observer.held_back(held_back.scope);
                    let not_in_time = || Error::NotSent(NotSent::not_in_time(held_back));
                    return Err(last.unwrap_or_else(not_in_time));
                }
                None => return Err(last.unwrap_or_else(stopped)),
            }
            let Some(result) = self.flight.in_slot(post()).await else {
                return Err(last.unwrap_or_else(stopped));
            };
            self.observer.attempted(attempt.number(), start, &result);
            let error = match result {
                Ok(accepted) => return Ok(accepted),
                Err(error) => error,
            };
            let now = Instant::now();
            attempt = attempt
                .with_elapsed(now - began)
                .with_remaining(deadline.map(|deadline| deadline.saturating_duration_since(now)))
                .with_random(fastrand::f64());
            let pause = self.pause(&attempt, &error);
            if let Error::Throttled(error) = &error {
                let pause = pause.or(error.retry_after()).unwrap_or_default();
                self.pace.throttled(error, self.to, start, pause.min(HELD_BACK_AT_MOST));
            }
            let leaves_doubt = matches!(last, Some(Error::InDoubt(_))) && !self.is_repeatable;
            let error = if leaves_doubt { last.take().unwrap_or(error) } else { error };
            let Some(pause) = pause else { return Err(error) };
            self.flight.set(matches!(error, Error::InDoubt(_)));
            self.observer.tries_again(attempt.number(), pause);
            let pause = Box::pin(self.pause_after(&error, pause));
            if Box::pin(self.flight.unless_stopped(pause)).await.is_none() {
                return Err(error);
            }
            last = Some(error);
            start = Instant::now();
            attempt = attempt.next();
        }
    }

    /// Whether it is the turn of the request at once. If not, it may be that of the recipient already.
    fn turns_now(&self) -> Result<(), Option<&str>> {
        // When no more is to be sent, nobody's turn comes, and nothing is counted.
        let goes_on = !self.flight.is_stopped();
        let to = self.to.filter(|to| !(goes_on && self.pace.turns_now_to(to)));
        if goes_on && to.is_none() && self.pace.turns_now() { Ok(()) } else { Err(to) }
    }

    /// Waits until it is the turn of the request, unless all is stopped before.
    async fn turn(
        &self,
        to: Option<&str>,
        deadline: Option<Instant>,
    ) -> Option<Result<(), HeldBack>> {
        // A future that is passed on is held several times over, so it is in a box.
        self.flight.unless_stopped(Box::pin(self.wait_for_turn(to, deadline))).await
    }

    async fn wait_for_turn(
        &self,
        to: Option<&str>,
        deadline: Option<Instant>,
    ) -> Result<(), HeldBack> {
        if let Some(to) = to {
            self.flight.while_waiting(self.pace.turn_to(to, deadline)).await?;
        }
        self.pace.turn(deadline).await
    }

    async fn pause_after(&self, error: &Error, pause: Duration) {
        match error {
            Error::Throttled(error) if error.scope() == Some(ThrottleScope::Recipient) => {
                self.flight.while_waiting(sleep(pause)).await;
            }
            _ => sleep(pause).await,
        }
    }

    /// How long to wait before another attempt, if there is to be one.
    fn pause(&self, attempt: &Attempt, error: &Error) -> Option<Duration> {
        if matches!(error, Error::Unreadable(_)) && !self.is_repeatable {
            return None;
        }
        // A policy is code of somebody else. What became of the request must not be lost with it.
        let decide = AssertUnwindSafe(|| self.policy.decide(attempt, error));
        match catch_unwind(decide).unwrap_or(Decision::GiveUp) {
            Decision::GiveUp => None,
            Decision::RetryAfter(pause) => {
                let is_in_time = attempt.remaining().is_none_or(|remaining| pause <= remaining);
                is_in_time.then_some(pause)
            }
        }
    }
}

#[cfg(test)]
mod tests;
