//! The pace of a number and of its recipients, as arithmetic on the time at which each is free again.
//!
//! Both are kept by the generic cell rate algorithm: one number for each, its theoretical arrival time. What is sent moves
//! it forward by the time that one message takes, and it may be ahead of the clock by a tolerance. Stores keep the
//! numbers, so that all workers have one pace.

use std::time::Duration;

use wa_client::RecipientRate;

use crate::time::{Millis, span};

/// Microseconds since 1970.
pub(crate) type Micros = i64;

/// How many messages a second a number sends, unless it is said: the API takes 80, and what customers write counts too.
pub(crate) const DEFAULT_RATE: u32 = 75;

pub(crate) const fn micros(millis: Millis) -> Micros {
    millis.saturating_mul(1_000)
}

/// The pace of a number, as a slice of it is bought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Slice {
    pub(crate) per_second: u32,
    /// How far ahead of the clock the number may be.
    pub(crate) ahead: Micros,
}

impl Slice {
    /// Returns the time that one message takes.
    ///
    /// A little longer than the rate says: requests do not arrive as evenly as they are made, and the API counts a
    /// second from each of them. One answer that it was too much costs more than this.
    pub(crate) fn every(self) -> Micros {
        // A number that is said to be faster than the clock can count is as fast as it counts.
        (1_025_000 / i64::from(self.per_second.max(1))).max(1)
    }

    /// Returns how long the next message has to wait, if so many were bought before it at this moment.
    pub(crate) fn turn(self, tat: Micros, now: Micros, before: usize) -> Duration {
        let before = i64::try_from(before).unwrap_or(i64::MAX);
        let turn =
            tat.max(now).saturating_add(self.every().saturating_mul(before)).saturating_sub(now);
        Duration::from_micros(u64::try_from(turn).unwrap_or(0))
    }

    /// Returns how many messages may go now.
    pub(crate) fn room(self, tat: Micros, now: Micros) -> u32 {
        // A slice has room for one message at least, or a slow number would never send.
        let ahead = self.ahead.max(self.every());
        let room = (now.saturating_add(ahead).saturating_sub(tat.max(now))).max(0) / self.every();
        u32::try_from(room).unwrap_or(u32::MAX)
    }

    /// Returns the time at which it is free again after so many messages.
    pub(crate) fn after(self, tat: Micros, now: Micros, messages: u32) -> Micros {
        tat.max(now).saturating_add(self.every().saturating_mul(i64::from(messages)))
    }

    /// Returns how long it takes until there is room for half a slice: to come for each message by itself is a commit for
    /// each.
    pub(crate) fn wait(self, tat: Micros, now: Micros) -> Duration {
        let half = (self.ahead / 2).max(self.every());
        let wait = tat
            .max(now)
            .saturating_add(half)
            .saturating_sub(now.saturating_add(self.ahead.max(self.every())));
        Duration::from_micros(u64::try_from(wait).unwrap_or(0))
    }
}

/// The pace of a recipient.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Pair {
    pub(crate) every: Millis,
    pub(crate) tolerance: Millis,
}

impl Pair {
    pub(crate) fn new(rate: RecipientRate) -> Self {
        let every = span(rate.every());
        Self { every, tolerance: every.saturating_mul(i64::from(rate.burst().saturating_sub(1))) }
    }

    /// Returns the time at which one more may go, if that is not now.
    pub(crate) fn blocked_until(self, tat: Millis, now: Millis) -> Option<Millis> {
        let free = tat.saturating_sub(self.tolerance);
        (free > now).then_some(free)
    }

    pub(crate) fn after(self, tat: Millis, now: Millis) -> Millis {
        tat.max(now).saturating_add(self.every)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Micros = 1_000_000;

    #[test]
    fn a_number_keeps_its_rate_on_average_and_is_ahead_by_a_slice_at_most() {
        let slice = Slice { per_second: 80, ahead: SECOND / 4 };
        let (mut tat, mut sent) = (0, 0);
        for now in (0..5 * SECOND).step_by(10_000) {
            let room = slice.room(tat, now);
            tat = slice.after(tat, now, room);
            sent += room;
            assert!(tat - now <= SECOND / 4);
        }
        assert!((390..=410).contains(&sent), "{sent}");
    }

    #[test]
    fn a_number_of_one_message_a_second_sends() {
        let slice = Slice { per_second: 1, ahead: SECOND / 4 };
        assert_eq!(slice.room(0, SECOND), 1);
        let tat = slice.after(0, SECOND, 1);
        assert_eq!((tat, slice.room(tat, SECOND + 1)), (2_025_000, 0));
        assert_eq!(slice.wait(tat, SECOND), Duration::from_millis(1_025));
        assert_eq!(slice.room(tat, 2_025_000), 1);
    }

    #[test]
    fn messages_of_a_slice_go_one_after_the_other() {
        let slice = Slice { per_second: 80, ahead: SECOND / 4 };
        let every = Duration::from_micros(12_812);
        // After a rest too: a slice at once would be more in a second than the API takes.
        assert_eq!(
            [0, 1, 19].map(|before| slice.turn(0, SECOND, before)),
            [0, 1, 19].map(|before| every * before)
        );
        assert_eq!(slice.turn(2 * SECOND, SECOND, 1), Duration::from_secs(1) + every);
    }

    #[test]
    fn no_number_overflows() {
        let slice = Slice { per_second: 0, ahead: i64::MAX };
        assert!(slice.room(i64::MIN, i64::MAX) > 0 || slice.room(i64::MAX, 0) == 0);
        let _ = (
            slice.turn(i64::MAX, i64::MIN, usize::MAX),
            slice.turn(i64::MIN, i64::MAX, usize::MAX),
        );
        let _ = (slice.after(i64::MAX, 0, u32::MAX), slice.wait(i64::MAX, i64::MAX));
        let fast = Slice { per_second: u32::MAX, ahead: 1 };
        assert_eq!((fast.room(0, SECOND), fast.after(0, SECOND, 1)), (1, SECOND + 1));
        let pair = Pair { every: i64::MAX, tolerance: i64::MAX };
        let _ = (pair.after(i64::MAX, 0), pair.blocked_until(i64::MIN, 0));
    }

    #[test]
    fn a_recipient_takes_a_burst_and_then_one_at_a_time() {
        let pair = Pair::new(RecipientRate::default());
        let mut tat = 0;
        let sent = (0..100).filter(|_| {
            let free = pair.blocked_until(tat, 1_000).is_none();
            if free {
                tat = pair.after(tat, 1_000);
            }
            free
        });
        assert_eq!(sent.count(), 45);
        assert_eq!(pair.blocked_until(tat, 1_000), Some(7_000));
    }
}
