//! One request from its turn to its outcome, in as many attempts as it takes.

use std::{
    future::Future,
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use tokio::time::{Instant, sleep};

use super::{
    error::Error,
    limit::Pace,
    observe::{Accepted, Observer},
    retry::{Attempt, Decision, RetryPolicy},
    transport::{InDoubt, NotSent},
};

/// How long an answer that it was too much holds others back at most. Then one goes and sees.
const HELD_BACK_AT_MOST: Duration = Duration::from_secs(60);

/// Whether a request may have been accepted, for those who cut it.
#[derive(Debug, Default)]
pub(super) struct Flight {
    is_uncertain: AtomicBool,
}

impl Flight {
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
    /// The recipient, if it is a message.
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
        let mut attempt = Attempt::new(0).with_repeatable(self.is_repeatable);
        loop {
            if let Err(held_back) = self.pace.turn(self.to, deadline).await {
                self.observer.held_back(held_back.scope);
                return Err(last.unwrap_or_else(|| Error::NotSent(NotSent::not_in_time(held_back))));
            }
            let start = Instant::now();
            self.flight.set(true);
            let result = post().await;
            self.observer.attempted(attempt.number(), start.elapsed(), &result);
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
            last = Some(error);
            self.observer.tries_again(attempt.number(), pause);
            sleep(pause).await;
            attempt = attempt.next();
        }
    }

    /// How long to wait before another attempt, if there is to be one.
    fn pause(&self, attempt: &Attempt, error: &Error) -> Option<Duration> {
        if matches!(error, Error::Unreadable(_)) && !self.is_repeatable {
            return None;
        }
        match self.policy.decide(attempt, error) {
            Decision::GiveUp => None,
            Decision::RetryAfter(pause) => {
                let is_in_time = attempt.remaining().is_none_or(|remaining| pause <= remaining);
                is_in_time.then_some(pause)
            }
        }
    }
}
