//! The policy of trying again.

use std::time::Duration;

use wa_message_core::RetryAdvice;

use super::error::Error;

/// The longest pause between two attempts, if the API asks for no longer one.
const LONGEST_PAUSE: Duration = Duration::from_secs(256);

/// Decides whether a request is tried again: a pure function of the attempt and its error.
///
/// [`Backoff`] is the usual one. A closure of the same form is one too:
///
/// ```
/// use std::time::Duration;
/// use wa_message::{Client, Error, client::{Attempt, Decision}};
///
/// let client = Client::builder("a-token", "100200300400500")
///     .retry(|attempt: &Attempt, error: &Error| match error {
///         Error::NotSent(_) if attempt.number() < 10 => Decision::RetryAfter(Duration::from_secs(1)),
///         _ => Decision::GiveUp,
///     })
///     .build()?;
/// # Ok::<_, wa_message::SetupError>(())
/// ```
///
/// A policy that panics gives up, and the error stands.
///
/// A policy may also try again what is [in doubt](Error::InDoubt). Then the message may arrive twice. What
/// the API has certainly accepted is never sent again, whatever a policy says.
pub trait RetryPolicy: Send + Sync + 'static {
    /// Says what follows an attempt that failed.
    fn decide(&self, attempt: &Attempt, error: &Error) -> Decision;
}

impl<F> RetryPolicy for F
where
    F: Fn(&Attempt, &Error) -> Decision + Send + Sync + 'static,
{
    fn decide(&self, attempt: &Attempt, error: &Error) -> Decision {
        self(attempt, error)
    }
}

/// What follows an attempt that failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Decision {
    /// The error is what became of the request.
    GiveUp,
    /// The request is tried again after this pause. If the time for the request is over by then, the error
    /// is what became of it.
    RetryAfter(Duration),
}

/// An attempt that failed, as a [`RetryPolicy`] sees it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Attempt {
    number: u32,
    elapsed: Duration,
    remaining: Option<Duration>,
    random: f64,
    repeatable: bool,
}

impl Attempt {
    /// The attempt of this number, from 1: of a message, without a time at which it has to be over, and
    /// without anything random. 0 is taken as 1. The client makes the attempts itself; this is for tests of
    /// a policy.
    #[must_use]
    pub fn new(number: u32) -> Self {
        let number = number.max(1);
        Self { number, elapsed: Duration::ZERO, remaining: None, random: 0.0, repeatable: false }
    }

    /// With the time since the request began.
    #[must_use]
    pub fn with_elapsed(self, elapsed: Duration) -> Self {
        Self { elapsed, ..self }
    }

    /// With the time that is left for the request.
    #[must_use]
    pub fn with_remaining(self, remaining: impl Into<Option<Duration>>) -> Self {
        Self { remaining: remaining.into(), ..self }
    }

    /// With a random number. It is brought into the range from 0 to 1.
    #[must_use]
    pub fn with_random(self, random: f64) -> Self {
        let random = if random.is_nan() { 0.0 } else { random.clamp(0.0, 1.0) };
        Self { random, ..self }
    }

    /// With whether the request does the same when it arrives twice.
    #[must_use]
    pub fn with_repeatable(self, repeatable: bool) -> Self {
        Self { repeatable, ..self }
    }

    /// The attempt after this one.
    pub(super) fn next(self) -> Self {
        Self { number: self.number.saturating_add(1), ..self }
    }

    /// The number of the attempt, from 1.
    #[must_use]
    pub fn number(&self) -> u32 {
        self.number
    }

    /// How long ago the request began, with all attempts and pauses.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.elapsed
    }

    /// How long another attempt may still begin, if there is a limit.
    #[must_use]
    pub fn remaining(&self) -> Option<Duration> {
        self.remaining
    }

    /// A random number from 0 to 1, drawn for this attempt: for pauses that differ from client to client.
    #[must_use]
    pub fn random(&self) -> f64 {
        self.random
    }

    /// Whether the request does the same when it arrives twice, or something that does no harm. A read receipt and
    /// requests for files do, a message does not.
    #[must_use]
    pub fn is_repeatable(&self) -> bool {
        self.repeatable
    }
}

/// The usual [`RetryPolicy`]: what cannot duplicate is tried again, with the pauses that the API asks for.
///
/// | error | a message | a read receipt, or a request for a file |
/// |---|---|---|
/// | refused, [`RetryAdvice::Never`] or [`RetryAdvice::AfterAction`] | no | no |
/// | refused or throttled, [`RetryAdvice::Now`] | yes | yes |
/// | refused or throttled, [`RetryAdvice::Wait`] | yes, no sooner than it says | yes, no sooner than it says |
/// | not sent | yes | yes |
/// | in doubt | no: it may arrive twice | yes |
/// | invalid, unreadable, not marked, a wrong file or definition | no | no |
///
/// The pauses are those that the API advises: 1, 4, 16, 64 and 256 seconds, and 256 from then on. A random
/// part of up to a quarter is added, so that clients that failed together do not come again together. There
/// are 4 attempts at most, and no attempt begins after the
/// [time for a request](super::ClientBuilder::deadline) is over: if the pause is longer than what is left,
/// the error comes at once.
///
/// ```
/// use std::time::Duration;
/// use wa_message::client::{Attempt, Backoff, Client};
///
/// let client = Client::builder("a-token", "100200300400500")
///     .retry(Backoff::new().attempts(6))
///     .deadline(Duration::from_secs(600))
///     .build()?;
/// # Ok::<_, wa_message::SetupError>(())
/// ```
// `backon` makes sequences of pauses and has the loop itself. Here the pause depends on the error, and the
// loop waits for the limits too, so that what would be left of it is the power of four below.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backoff {
    attempts: u32,
    first_pause: Duration,
}

impl Default for Backoff {
    fn default() -> Self {
        Self::new()
    }
}

impl Backoff {
    /// 4 attempts, with a pause of 1 second after the first.
    #[must_use]
    pub const fn new() -> Self {
        Self { attempts: 4, first_pause: Duration::from_secs(1) }
    }

    /// One attempt alone.
    #[must_use]
    pub const fn never() -> Self {
        Self::new().attempts(1)
    }

    /// How many attempts there are at most, with the first one. 0 is taken as 1.
    #[must_use]
    pub const fn attempts(self, attempts: u32) -> Self {
        Self { attempts, ..self }
    }

    /// How long the pause after the first attempt is, in place of 1 second. It is four times as long after
    /// each further one.
    #[must_use]
    pub const fn first_pause(self, pause: Duration) -> Self {
        Self { first_pause: pause, ..self }
    }

    /// The pause after an attempt: without the random part if `random` is 0, and with all of it if it is 1.
    fn pause(&self, attempt: &Attempt) -> Duration {
        let factor = 4_u32.checked_pow(attempt.number - 1).unwrap_or(u32::MAX);
        let pause = self.first_pause.saturating_mul(factor).min(LONGEST_PAUSE);
        pause + pause.mul_f64(attempt.random / 4.0)
    }
}

impl RetryPolicy for Backoff {
    fn decide(&self, attempt: &Attempt, error: &Error) -> Decision {
        let asked = match error {
            Error::Refused(refusal) | Error::Throttled(refusal) => match refusal.advice() {
                RetryAdvice::Now => Duration::ZERO,
                RetryAdvice::Wait(_) => refusal.retry_after().unwrap_or_default(),
                // Also what a later version advises: nothing is sent again by guess.
                _ => return Decision::GiveUp,
            },
            Error::NotSent(not_sent) => not_sent.retry_after().unwrap_or_default(),
            Error::InDoubt(_) if attempt.repeatable => Duration::ZERO,
            Error::Invalid(_) | Error::InDoubt(_) | Error::Unreadable(_) | Error::NotMarked => {
                return Decision::GiveUp;
            }
            #[cfg(feature = "media")]
            Error::File(_) => return Decision::GiveUp,
            #[cfg(feature = "templates")]
            Error::Template(_) => return Decision::GiveUp,
        };
        if attempt.number >= self.attempts {
            return Decision::GiveUp;
        }
        let pause = self.pause(attempt);
        // Longer than asked for by the same random part.
        let pause = pause.max(asked + asked.mul_f64(attempt.random / 4.0));
        match attempt.remaining {
            Some(remaining) if pause > remaining => Decision::GiveUp,
            _ => Decision::RetryAfter(pause),
        }
    }
}

#[cfg(test)]
mod tests;
