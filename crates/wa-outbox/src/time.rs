//! Times as stores keep them: milliseconds since 1970.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The last second of the year 9999. What is later is as good as never.
const LAST: i64 = 253_402_300_799_000;

/// Milliseconds since 1970.
pub(crate) type Millis = i64;

/// Returns a time in milliseconds. What no calendar has becomes the nearest that one has.
pub(crate) fn millis(time: SystemTime) -> Millis {
    match time.duration_since(UNIX_EPOCH) {
        Ok(since) => span(since).min(LAST),
        Err(_) => 0,
    }
}

/// Returns the time of a number of milliseconds.
pub(crate) fn time(millis: Millis) -> SystemTime {
    UNIX_EPOCH + Duration::from_millis(u64::try_from(millis.clamp(0, LAST)).unwrap_or(0))
}

/// Returns a span of time in milliseconds.
pub(crate) fn span(duration: Duration) -> Millis {
    i64::try_from(duration.as_millis()).unwrap_or(LAST).min(LAST)
}

pub(crate) fn duration(millis: Millis) -> Duration {
    Duration::from_millis(u64::try_from(millis).unwrap_or(0))
}

pub(crate) fn is_writable(time: SystemTime) -> bool {
    time.duration_since(UNIX_EPOCH).is_ok_and(|since| span(since) <= LAST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_without_a_calendar_are_taken_as_the_nearest() {
        assert_eq!(millis(UNIX_EPOCH - Duration::from_secs(1)), 0);
        assert_eq!(millis(UNIX_EPOCH + Duration::from_secs(1 << 40)), LAST);
        assert_eq!(millis(time(1_790_000_000_123)), 1_790_000_000_123);
        assert!(is_writable(time(i64::MAX)) && !is_writable(UNIX_EPOCH - Duration::from_secs(1)));
        assert_eq!(duration(-5), Duration::ZERO);
    }
}
