//! The pace of a number to all its recipients.

use std::{collections::VecDeque, time::Duration};

use tokio::time::Instant;

/// The time in which the API counts.
const WINDOW: Duration = Duration::from_secs(1);
/// How long it takes from half of the rate to the whole of it.
const RECOVERY: Duration = Duration::from_secs(30);

/// A rate that holds in every second, however it begins; halved by each answer that it is too much, and
/// whole again after a while.
pub(super) struct Number {
    /// When the requests of the last second went, the oldest first.
    gone: VecDeque<Instant>,
    rate: Option<u32>,
    /// The rate at the last change, and when that was.
    slowed: Option<(f64, Instant)>,
    held_until: Option<Instant>,
}

impl Number {
    pub(super) fn new(rate: Option<u32>) -> Self {
        let rate = rate.map(|rate| rate.max(1));
        Self { gone: VecDeque::new(), rate, slowed: None, held_until: None }
    }

    /// Whether nothing is counted and nothing is held back.
    pub(super) fn is_free(&self) -> bool {
        self.rate.is_none() && self.held_until.is_none()
    }

    /// Counts a request, or says when there may be one.
    pub(super) fn take(&mut self, now: Instant) -> Result<(), Instant> {
        let next = self.next(now);
        if next > now {
            return Err(next);
        }
        if let Some(rate) = self.rate {
            // What went longer ago than a second counts no more, and a rate may be more than memory holds.
            let is_over = |gone: &Instant| now.saturating_duration_since(*gone) >= WINDOW;
            while self.gone.len() >= rate as usize || self.gone.front().is_some_and(is_over) {
                self.gone.pop_front();
            }
            self.gone.push_back(now);
        }
        Ok(())
    }

    /// When the next request may go.
    pub(super) fn next(&mut self, now: Instant) -> Instant {
        let held = self.held_until.filter(|until| *until > now);
        if held.is_none() {
            self.held_until = None;
        }
        let rate = self.current(now);
        let window = rate.and_then(|rate| {
            let first = self.gone.len().checked_sub(rate as usize)?;
            self.gone.get(first).map(|first| *first + WINDOW)
        });
        held.into_iter().chain(window).fold(now, Instant::max)
    }

    /// The rate at the moment.
    fn current(&mut self, now: Instant) -> Option<u32> {
        let rate = self.rate?;
        let Some((slow, since)) = self.slowed else { return Some(rate) };
        let gained = f64::from(rate) / 2.0 * now.duration_since(since).div_duration_f64(RECOVERY);
        let current = slow + gained;
        if current >= f64::from(rate) {
            self.slowed = None;
            return Some(rate);
        }
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // From 1 to the rate.
        Some((current.max(1.0)) as u32)
    }

    /// Slows down, and holds everything back until then.
    ///
    /// `began` is when the request began that was too much. Those that were under way together are one
    /// answer.
    pub(super) fn throttled(&mut self, now: Instant, began: Instant, until: Instant) {
        self.held_until = self.held_until.max(Some(until));
        if self.slowed.is_some_and(|(_, since)| began < since) {
            return;
        }
        if let Some(current) = self.current(now) {
            self.slowed = Some(((f64::from(current) / 2.0).max(1.0), now));
        }
    }

    /// Whether a new one would say the same.
    pub(super) fn is_at_rest(&mut self, now: Instant) -> bool {
        let _ = self.current(now);
        self.slowed.is_none()
            && self.held_until.is_none_or(|until| until <= now)
            && self.gone.back().is_none_or(|last| *last + WINDOW <= now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn ms(count: u64) -> Duration {
        Duration::from_millis(count)
    }

    /// How many requests go in each of the following seconds, if there are always more.
    fn seconds(number: &mut Number, from: Instant, count: u64) -> Vec<usize> {
        let until = from + Duration::from_secs(count);
        let mut went = vec![0; usize::try_from(count).unwrap_or(0)];
        let mut now = from;
        while now < until {
            match number.take(now) {
                Ok(()) => went[usize::try_from((now - from).as_secs()).unwrap_or(0)] += 1,
                Err(next) => now = next,
            }
        }
        went
    }

    #[test]
    fn the_rate_holds_in_every_second() {
        let start = Instant::now();
        let mut number = Number::new(Some(80));
        // All at once, and none more within the second.
        for _ in 0..80 {
            assert_eq!(number.take(start), Ok(()));
        }
        assert_eq!(number.take(start + ms(999)), Err(start + ms(1000)));
        // However it is spread, no second has more.
        let mut number = Number::new(Some(3));
        let mut went = Vec::new();
        for step in 0..300 {
            let now = start + ms(step * 37);
            if number.take(now).is_ok() {
                went.push(now);
            }
        }
        assert!(went.len() >= 3 * 10);
        for window in went.windows(4) {
            assert!(window[3] - window[0] >= WINDOW);
        }
    }

    #[test]
    fn no_rate_is_no_limit_and_needs_no_memory() {
        let start = Instant::now();
        let mut number = Number::new(None);
        for _ in 0..10_000 {
            assert_eq!(number.take(start), Ok(()));
        }
        assert!(number.gone.is_empty());
    }

    #[test]
    fn a_huge_rate_needs_the_memory_of_a_second() {
        let start = Instant::now();
        let mut number = Number::new(Some(u32::MAX));
        for step in 0..100_000 {
            assert_eq!(number.take(start + ms(step)), Ok(()));
        }
        assert!(number.gone.len() <= 1000, "{}", number.gone.len());
    }

    #[test]
    fn an_answer_that_it_is_too_much_holds_back_and_halves() {
        let start = Instant::now();
        let mut number = Number::new(Some(80));
        assert_eq!(number.take(start), Ok(()));
        let until = start + ms(2000);
        number.throttled(start, start, until);
        assert_eq!(number.take(start + ms(1)), Err(until));
        assert_eq!(number.take(until - ms(1)), Err(until));
        let went = seconds(&mut number, until, 40);
        assert!((40..=44).contains(&went[0]), "{went:?}");
        // Back to the whole rate, and never above it.
        assert!(went.is_sorted(), "{went:?}");
        assert_eq!(went[39], 80);
    }

    #[test]
    fn requests_that_were_under_way_together_slow_down_once() {
        let start = Instant::now();
        let mut number = Number::new(Some(80));
        for step in 0..64 {
            number.throttled(start + ms(100 + step), start, start + ms(1100));
        }
        let went = seconds(&mut number, start + ms(1200), 1);
        assert!((40..=44).contains(&went[0]), "{went:?}");
        // One that began later is another answer.
        let mut now = start + ms(3000);
        for _ in 0..10 {
            number.throttled(now, now, now);
            now += ms(10);
        }
        // It comes back from one message a second, and never stops.
        let went = seconds(&mut number, now + ms(1000), 1);
        assert!((1..=3).contains(&went[0]), "{went:?}");
    }

    #[test]
    fn it_is_at_rest_when_nothing_is_known_of_it() {
        let start = Instant::now();
        let mut number = Number::new(Some(80));
        assert!(number.is_at_rest(start));
        assert_eq!(number.take(start), Ok(()));
        assert!(!number.is_at_rest(start + ms(999)));
        assert!(number.is_at_rest(start + ms(1000)));
        number.throttled(start, start, start + ms(5000));
        assert!(!number.is_at_rest(start + ms(4000)));
        assert!(!number.is_at_rest(start + ms(6000)));
        assert!(number.is_at_rest(start + ms(40_000)));
    }
}
