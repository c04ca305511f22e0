//! The pace of a number to each of its recipients.

use std::{
    collections::HashMap,
    hash::{BuildHasher, Hasher, RandomState},
    time::Duration,
};

use tokio::time::Instant;

use super::RecipientRate;

/// How many recipients are remembered at most: some megabytes.
const AT_MOST: usize = 64 * 1024;
/// How many are remembered before those are looked for that can be forgotten.
const AT_FIRST: usize = 1024;
/// The longest pause that is kept: ten years, after which no program runs any more.
const LONGEST: Duration = Duration::from_secs(10 * 365 * 24 * 3600);

/// A bucket for each recipient.
pub(super) struct Recipients {
    rate: RecipientRate,
    /// By a hash of the recipient: it is enough to tell them apart, and no phone numbers lie about.
    buckets: HashMap<u64, Bucket>,
    hash: RandomState,
    /// How many there may be before some are forgotten.
    room: usize,
}

#[derive(Clone, Copy)]
struct Bucket {
    /// When all that was taken is paid back.
    paid: Instant,
    held_until: Instant,
}

impl Bucket {
    /// When nothing is to be known of it any more.
    fn rests(&self) -> Instant {
        self.paid.max(self.held_until)
    }
}

impl Recipients {
    pub(super) fn new(rate: RecipientRate) -> Self {
        // So that no sum of pauses is longer than a clock can tell.
        let rate = RecipientRate::new(rate.burst(), rate.every().min(LONGEST));
        Self { rate, buckets: HashMap::new(), hash: RandomState::new(), room: AT_FIRST }
    }

    /// Counts a message, or says when there may be one.
    pub(super) fn take(&mut self, to: &str, now: Instant) -> Result<(), Instant> {
        let borrowed = self.rate.every().saturating_mul(self.rate.burst() - 1);
        let every = self.rate.every();
        let bucket = self.bucket(to, now);
        if bucket.held_until > now {
            return Err(bucket.held_until);
        }
        let owed = bucket.paid.saturating_duration_since(now);
        let too_much = owed.saturating_sub(borrowed);
        if !too_much.is_zero() {
            return Err(later(now, too_much));
        }
        bucket.paid = later(bucket.paid.max(now), every);
        Ok(())
    }

    /// Holds a recipient back until then.
    pub(super) fn hold(&mut self, to: &str, until: Instant) {
        let bucket = self.bucket(to, Instant::now());
        bucket.held_until = bucket.held_until.max(until);
    }

    pub(super) fn is_at_rest(&self, now: Instant) -> bool {
        self.buckets.values().all(|bucket| bucket.rests() <= now)
    }

    fn bucket(&mut self, to: &str, now: Instant) -> &mut Bucket {
        let key = self.key(to);
        if self.buckets.len() >= self.room && !self.buckets.contains_key(&key) {
            self.forget(now);
        }
        self.buckets.entry(key).or_insert(Bucket { paid: now, held_until: now })
    }

    /// One recipient, however the number is written.
    fn key(&self, to: &str) -> u64 {
        let mut hasher = self.hash.build_hasher();
        for byte in to.bytes().filter(|byte| !b"+-() ".contains(byte)) {
            hasher.write_u8(byte);
        }
        hasher.finish()
    }

    /// Forgets those of whom nothing is to be known, and if all are busy, those who soon are not.
    fn forget(&mut self, now: Instant) {
        self.buckets.retain(|_, bucket| bucket.rests() > now);
        if self.buckets.len() >= AT_MOST {
            let mut rests: Vec<_> = self.buckets.values().map(Bucket::rests).collect();
            let (_, median, _) = rests.select_nth_unstable(AT_MOST / 2);
            let median = *median;
            self.buckets.retain(|_, bucket| bucket.rests() > median);
        }
        self.room = (self.buckets.len() * 2).clamp(AT_FIRST, AT_MOST);
        self.buckets.shrink_to(self.room);
    }
}

/// A clock that cannot tell the sum tells at least the longest pause.
fn later(instant: Instant, by: Duration) -> Instant {
    instant.checked_add(by).or_else(|| instant.checked_add(LONGEST)).unwrap_or(instant)
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn s(count: u64) -> Duration {
        Duration::from_secs(count)
    }

    #[test]
    fn a_burst_borrows_from_the_future() {
        let start = Instant::now();
        let mut recipients = Recipients::new(RecipientRate::default());
        for _ in 0..45 {
            assert_eq!(recipients.take("+15550100", start), Ok(()));
        }
        assert_eq!(recipients.take("+15550100", start), Err(start + s(6)));
        assert_eq!(recipients.take("+15550100", start + s(6)), Ok(()));
        assert_eq!(recipients.take("+15550100", start + s(7)), Err(start + s(12)));
        // Others are not affected.
        assert_eq!(recipients.take("+15550101", start), Ok(()));
        // All is paid back in the end.
        let later = start + s(46 * 6);
        for _ in 0..45 {
            assert_eq!(recipients.take("+15550100", later), Ok(()));
        }
        assert!(recipients.take("+15550100", later).is_err());
    }

    #[test]
    fn one_in_six_seconds_is_never_held_back() {
        let start = Instant::now();
        let mut recipients = Recipients::new(RecipientRate::new(1, s(6)));
        for count in 0..1000 {
            assert_eq!(recipients.take("15550100", start + s(6 * count)), Ok(()));
        }
        assert!(recipients.take("15550100", start + s(6 * 999 + 5)).is_err());
    }

    #[test]
    fn a_huge_pause_is_one() {
        let start = Instant::now();
        for burst in [1, 2, 45, u32::MAX] {
            let mut recipients = Recipients::new(RecipientRate::new(burst, Duration::MAX));
            for _ in 0..burst.min(100) {
                assert_eq!(recipients.take("+15550100", start), Ok(()));
            }
            let later = start + s(365 * 24 * 3600);
            let next = recipients.take("+15550100", later);
            assert_eq!(next.is_err(), burst <= 100, "{burst}");
        }
    }

    #[test]
    fn a_recipient_is_one_however_the_number_is_written() {
        let start = Instant::now();
        let mut recipients = Recipients::new(RecipientRate::new(1, s(6)));
        assert_eq!(recipients.take("+1 (555) 01-00", start), Ok(()));
        assert!(recipients.take("15550100", start).is_err());
        recipients.hold("1-555-0101", start + s(60));
        assert_eq!(recipients.take("+15550101", start), Err(start + s(60)));
    }

    #[test]
    fn memory_is_bounded() {
        let start = Instant::now();
        let mut recipients = Recipients::new(RecipientRate::default());
        for count in 0..3 * AT_MOST {
            // So fast that nobody is at rest.
            let _ = recipients.take(&count.to_string(), start);
            assert!(recipients.buckets.len() <= AT_MOST);
        }
        // And forgotten when they are.
        for count in 0..3 * AT_MOST {
            let _ = recipients
                .take(&count.to_string(), start + s(10) + Duration::from_millis(count as u64));
        }
        assert!(recipients.buckets.len() <= 2 * 6100, "{}", recipients.buckets.len());
    }

    #[test]
    fn who_is_held_back_longest_is_remembered_longest() {
        let start = Instant::now();
        let mut recipients = Recipients::new(RecipientRate::default());
        recipients.hold("held", start + s(3600));
        for count in 0..2 * AT_MOST {
            let _ = recipients.take(&count.to_string(), start);
        }
        assert_eq!(recipients.take("held", start), Err(start + s(3600)));
    }
}
