//! The summary of all messages.

use std::{fmt, time::Duration};

use tokio::time::Instant;

use crate::{Error, Sent};

/// What became of all messages, as numbers.
///
/// [`SendAll::summary`](super::SendAll::summary) gives it, while the sending runs and afterwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Summary {
    counts: Counts,
    in_flight: usize,
    elapsed: Duration,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Counts {
    sent: u64,
    refused: u64,
    throttled: u64,
    not_sent: u64,
    in_doubt: u64,
    unreadable: u64,
}

impl Summary {
    /// How many messages the API has accepted, and gave the id of.
    #[must_use]
    pub fn sent(&self) -> u64 {
        self.counts.sent
    }

    /// How many messages the API has refused, other than for being too many.
    #[must_use]
    pub fn refused(&self) -> u64 {
        self.counts.refused
    }

    /// How many messages the API has refused because they were too many at a time.
    #[must_use]
    pub fn throttled(&self) -> u64 {
        self.counts.throttled
    }

    /// How many messages certainly did not reach the API.
    #[must_use]
    pub fn not_sent(&self) -> u64 {
        self.counts.not_sent
    }

    /// How many messages the API may have accepted, or not.
    #[must_use]
    pub fn in_doubt(&self) -> u64 {
        self.counts.in_doubt
    }

    /// How many messages the API has accepted with an answer that was not understood.
    #[must_use]
    pub fn unreadable(&self) -> u64 {
        self.counts.unreadable
    }

    /// How many messages have an outcome: the sum of the above.
    #[must_use]
    pub fn total(&self) -> u64 {
        let Counts { sent, refused, throttled, not_sent, in_doubt, unreadable } = self.counts;
        sent + refused + throttled + not_sent + in_doubt + unreadable
    }

    /// How many messages are under way: taken out of the stream, and without an outcome.
    #[must_use]
    pub fn in_flight(&self) -> usize {
        self.in_flight
    }

    /// How long it took from the first message to the last outcome so far.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.elapsed
    }

    /// How many messages a second got an outcome, or 0 before the first has.
    #[must_use]
    #[allow(clippy::cast_precision_loss)] // 2^52 messages are more than anybody sends.
    pub fn rate(&self) -> f64 {
        if self.elapsed.is_zero() { 0.0 } else { self.total() as f64 / self.elapsed.as_secs_f64() }
    }
}

/// One line, with what is not nothing: `498 sent, 2 in doubt; 500 in 6.3 s, 79 a second`.
impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Counts { sent, refused, throttled, not_sent, in_doubt, unreadable } = self.counts;
        write!(f, "{sent} sent")?;
        for (count, what) in [
            (refused, "refused"),
            (throttled, "throttled"),
            (not_sent, "not sent"),
            (in_doubt, "in doubt"),
            (unreadable, "accepted with an answer that was not understood"),
        ] {
            if count > 0 {
                write!(f, ", {count} {what}")?;
            }
        }
        let seconds = self.elapsed.as_secs_f64();
        write!(f, "; {} in {seconds:.1} s, {:.0} a second", self.total(), self.rate())
    }
}

/// What the account is made from.
#[derive(Debug, Default)]
pub(super) struct Tally {
    counts: Counts,
    first: Option<Instant>,
    last: Option<Instant>,
}

impl Tally {
    pub(super) fn start(&mut self) {
        self.first.get_or_insert_with(Instant::now);
    }

    pub(super) fn count(&mut self, result: &Result<Sent, Error>) {
        let counts = &mut self.counts;
        *match result {
            Ok(_) => &mut counts.sent,
            Err(Error::Refused(_) | Error::NotMarked) => &mut counts.refused,
            Err(Error::Throttled(_)) => &mut counts.throttled,
            Err(Error::Invalid(_) | Error::NotSent(_)) => &mut counts.not_sent,
            #[cfg(feature = "media")]
            Err(Error::File(_)) => &mut counts.not_sent,
            #[cfg(feature = "templates")]
            Err(Error::Template(_)) => &mut counts.not_sent,
            Err(Error::InDoubt(_)) => &mut counts.in_doubt,
            Err(Error::Unreadable(_)) => &mut counts.unreadable,
        } += 1;
        self.last = Some(Instant::now());
    }

    pub(super) fn summary(&self, in_flight: usize) -> Summary {
        let elapsed = match (self.first, self.last) {
            (Some(first), Some(last)) => last - first,
            _ => Duration::ZERO,
        };
        Summary { counts: self.counts, in_flight, elapsed }
    }
}
