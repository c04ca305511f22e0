//! The limits, and what was sent so far.

use std::{
    collections::{HashMap, VecDeque},
    time::Duration,
};

use tokio::time::Instant;

use super::{Limits, digits};
use crate::{generated::templates::RATES, templates::table::Rate};

const SECOND: Duration = Duration::from_secs(1);
const WINDOW: Duration = Duration::from_secs(24 * 60 * 60);
/// How far the clock can go ahead in all: a year.
pub(crate) const AGES: Duration = Duration::from_secs(365 * 24 * 60 * 60);
/// So many pairs and numbers are remembered before those go that make no difference any more.
const SWEEP_AT: usize = 4096;

/// Says which limit a message breaks, and counts those that were accepted.
pub(crate) struct Gate {
    limits: Limits,
    /// Those of the start.
    first: Limits,
    /// When each phone number id sent in the last second.
    numbers: HashMap<String, VecDeque<Instant>>,
    pairs: HashMap<(String, String), Burst>,
    /// When each customer wrote.
    wrote: HashMap<String, Instant>,
    /// When templates were created and edited, by the number of the rate and the template.
    templates: HashMap<(usize, String), VecDeque<Instant>>,
    sweep_at: usize,
    /// How much further the clock is than that of the machine.
    ahead: Duration,
}

#[derive(Clone, Copy)]
struct Burst {
    began: Instant,
    messages: u32,
    /// From when on it has been made up for.
    over: Instant,
}

impl Gate {
    pub(crate) fn new(limits: Limits) -> Self {
        Self {
            first: limits.clone(),
            limits,
            numbers: HashMap::new(),
            pairs: HashMap::new(),
            wrote: HashMap::new(),
            templates: HashMap::new(),
            sweep_at: SWEEP_AT,
            ahead: Duration::ZERO,
        }
    }

    /// Lets time pass. The error is how much more can.
    pub(crate) fn forward(&mut self, time: Duration) -> Result<(), Duration> {
        let left = AGES.saturating_sub(self.ahead);
        if time > left {
            return Err(left);
        }
        self.ahead += time;
        Ok(())
    }

    /// Returns how long the window of a customer is still open, and how long nothing can be sent to them.
    pub(crate) fn of_customer(&self, customer: &str, now: Instant) -> (Option<Duration>, Duration) {
        let (customer, now) = (digits(customer), now + self.ahead);
        let wrote = self.wrote.get(&customer).map(|wrote| now.duration_since(*wrote));
        let window = wrote.and_then(|since| WINDOW.checked_sub(since));
        let bursts = self.pairs.iter().filter(|((_, to), _)| *to == customer);
        let closed = bursts.filter(|(_, burst)| {
            self.limits.pair.is_some_and(|pair| {
                now.duration_since(burst.began) > pair.every || burst.messages >= pair.burst
            })
        });
        let pair = closed.map(|(_, burst)| burst.over.saturating_duration_since(now)).max();
        (window, pair.unwrap_or_default())
    }

    /// Replaces the limits. What was sent so far still counts.
    pub(crate) fn set(&mut self, limits: Limits) {
        self.limits = limits;
    }

    /// Is again as it was at the start, when nothing was sent and nobody had written.
    pub(crate) fn reset(&mut self) {
        *self = Self::new(self.first.clone());
    }

    pub(crate) fn customer_wrote(&mut self, customer: &str, now: Instant) {
        let now = now + self.ahead;
        self.wrote.insert(digits(customer), now);
    }

    /// Looks whether a message may pass, and does not count it. The error is the code.
    pub(crate) fn check(
        &self,
        number: &str,
        to: &str,
        is_template: bool,
        now: Instant,
    ) -> Result<(), u32> {
        let (to, now) = (digits(to), now + self.ahead);
        if self.limits.recipients.as_ref().is_some_and(|known| !known.contains(&to)) {
            return Err(131_030);
        }
        if self.limits.window && !is_template && !self.is_open(&to, now) {
            return Err(131_047);
        }
        if self.limits.per_second.is_some_and(|limit| self.rate(number, now) >= limit as usize) {
            return Err(130_429);
        }
        let burst = self.pairs.get(&(number.to_owned(), to));
        if let (Some(pair), Some(burst)) = (self.limits.pair, burst)
            && now < burst.over
            && (now.duration_since(burst.began) > pair.every || burst.messages >= pair.burst)
        {
            return Err(131_056);
        }
        Ok(())
    }

    /// Returns how many messages a number sent in the last second.
    fn rate(&self, number: &str, now: Instant) -> usize {
        let is_old = |sent: &Instant| now.duration_since(*sent) >= SECOND;
        self.numbers.get(number).map_or(0, |sent| sent.len() - sent.partition_point(is_old))
    }

    /// Counts a message that was accepted.
    pub(crate) fn count(&mut self, number: &str, to: &str, now: Instant) {
        let now = now + self.ahead;
        self.sweep(now);
        if self.limits.per_second.is_some() {
            let sent = self.numbers.entry(number.to_owned()).or_default();
            while sent.front().is_some_and(|sent| now.duration_since(*sent) >= SECOND) {
                sent.pop_front();
            }
            sent.push_back(now);
        }
        if let Some(pair) = self.limits.pair {
            let fresh = Burst { began: now, messages: 0, over: now };
            let burst = self.pairs.entry((number.to_owned(), digits(to))).or_insert(fresh);
            if now >= burst.over {
                *burst = fresh;
            }
            burst.messages += 1;
            // A clock may not reach as far as a time that somebody made up.
            burst.over += pair.every.min(AGES);
        }
    }

    /// Looks whether a template may be created or edited, and does not count it. The error is the code.
    pub(crate) fn check_template(
        &self,
        on: &str,
        id: &str,
        status: &str,
        now: Instant,
    ) -> Result<(), u32> {
        let now = now + self.ahead;
        let mut rates = RATES.iter().enumerate().filter(|(_, rate)| concerns(rate, on, status));
        let is_over = |(number, rate): &(usize, &Rate)| {
            let done = self.templates.get(&(*number, id.to_owned()));
            done.is_some_and(|done| {
                done.iter().filter(|then| counts(rate, **then, now)).count() >= rate.most
            })
        };
        let over = rates.find(is_over).filter(|_| self.limits.templates);
        over.map_or(Ok(()), |(_, rate)| Err(rate.code))
    }

    /// Counts a template that was created or edited.
    pub(crate) fn count_template(&mut self, on: &str, id: &str, status: &str, now: Instant) {
        if !self.limits.templates {
            return;
        }
        let now = now + self.ahead;
        if self.templates.len() >= SWEEP_AT {
            self.templates.retain(|(number, _), done| {
                let rate = RATES.get(*number);
                done.back().zip(rate).is_some_and(|(then, rate)| counts(rate, *then, now))
            });
        }
        for (number, rate) in RATES.iter().enumerate() {
            if concerns(rate, on, status) {
                let done = self.templates.entry((number, id.to_owned())).or_default();
                done.push_back(now);
                if done.len() > rate.most {
                    done.pop_front();
                }
            }
        }
    }

    fn is_open(&self, to: &str, now: Instant) -> bool {
        self.wrote.get(to).is_some_and(|wrote| now.duration_since(*wrote) < WINDOW)
    }

    /// Keeps the memory to what is still of account.
    fn sweep(&mut self, now: Instant) {
        if self.numbers.len() + self.pairs.len() < self.sweep_at {
            return;
        }
        self.pairs.retain(|_, burst| burst.over > now);
        self.numbers
            .retain(|_, sent| sent.back().is_some_and(|sent| now.duration_since(*sent) < SECOND));
        // Else a sweep that finds nothing would come with each message.
        self.sweep_at = SWEEP_AT.max(2 * (self.numbers.len() + self.pairs.len()));
    }
}

/// Whether a rate is about something that is done.
fn concerns(rate: &Rate, on: &str, status: &str) -> bool {
    rate.on == on && (rate.of.is_empty() || rate.of.contains(&status))
}

/// Whether a time still counts.
fn counts(rate: &Rate, then: Instant, now: Instant) -> bool {
    now.duration_since(then) < Duration::from_secs(rate.seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Gate {
        fn pass(
            &mut self,
            number: &str,
            to: &str,
            is_template: bool,
            now: Instant,
        ) -> Result<(), u32> {
            self.check(number, to, is_template, now)?;
            self.count(number, to, now);
            Ok(())
        }
    }

    const ADA: &str = "+1 555 0100";
    const BOB: &str = "+1 555 0101";

    fn after(seconds: u64, start: Instant) -> Instant {
        start + Duration::from_secs(seconds)
    }

    #[test]
    fn a_number_has_a_rate() {
        let mut gate = Gate::new(Limits::none().messages_per_second(80));
        let start = Instant::now();
        for index in 0..80 {
            assert_eq!(gate.pass("1", &format!("+1555{index}"), false, start), Ok(()));
        }
        assert_eq!(gate.pass("1", ADA, true, start), Err(130_429));
        assert_eq!(gate.pass("2", ADA, false, start), Ok(()));
        assert_eq!(gate.pass("1", ADA, false, after(1, start)), Ok(()));
    }

    /// 20 at once lead to a pause of two minutes, and no more than 45 go at once.
    #[test]
    fn a_pair_has_a_rate() {
        let mut gate = Gate::new(Limits::of_the_api().messages_per_second(1000));
        let start = Instant::now();
        for _ in 0..20 {
            assert_eq!(gate.pass("1", ADA, false, start), Ok(()));
        }
        assert_eq!(gate.pass("1", "15550100", false, after(7, start)), Err(131_056));
        assert_eq!(gate.pass("1", ADA, false, after(119, start)), Err(131_056));
        assert_eq!(gate.pass("1", BOB, false, after(7, start)), Ok(()));
        assert_eq!(gate.pass("2", ADA, false, after(7, start)), Ok(()));
        let next = after(120, start);
        for _ in 0..45 {
            assert_eq!(gate.pass("1", ADA, false, next), Ok(()));
        }
        assert_eq!(gate.pass("1", ADA, false, next), Err(131_056));
        for index in 0..10 {
            let now = after(45 * 6 + 6 * index, next);
            assert_eq!(gate.pass("1", ADA, false, now), Ok(()), "{index}");
        }
    }

    #[test]
    fn a_pair_may_have_to_wait_for_ages() {
        let mut gate = Gate::new(Limits::none().pair_rate(Duration::MAX, u32::MAX));
        let start = Instant::now();
        for _ in 0..1000 {
            assert_eq!(gate.pass("1", ADA, false, start), Ok(()));
        }
        let mut gate = Gate::new(Limits::none().pair_rate(Duration::MAX, 1));
        assert_eq!(gate.pass("1", ADA, false, start), Ok(()));
        assert_eq!(gate.pass("1", ADA, false, after(1_000_000, start)), Err(131_056));
    }

    #[test]
    fn a_message_that_breaks_one_limit_does_not_count_for_another() {
        let limits = Limits::none().messages_per_second(1).pair_rate(Duration::from_secs(6), 1);
        let mut gate = Gate::new(limits);
        let start = Instant::now();
        assert_eq!(gate.pass("1", ADA, false, start), Ok(()));
        assert_eq!(gate.pass("1", ADA, false, after(2, start)), Err(131_056));
        assert_eq!(gate.pass("1", BOB, false, after(2, start)), Ok(()));
        assert_eq!(gate.pass("1", ADA, false, after(2, start)), Err(130_429));
    }

    #[test]
    fn templates_alone_open_a_conversation() {
        let mut gate = Gate::new(Limits::none().customer_service_window());
        let start = Instant::now();
        assert_eq!(gate.pass("1", ADA, false, start), Err(131_047));
        assert_eq!(gate.pass("1", ADA, true, start), Ok(()));
        gate.customer_wrote("15550100", start);
        assert_eq!(gate.pass("1", ADA, false, after(86_399, start)), Ok(()));
        assert_eq!(gate.pass("1", ADA, false, after(86_400, start)), Err(131_047));
        assert_eq!(gate.pass("1", BOB, false, start), Err(131_047));
    }

    #[test]
    fn a_test_number_has_few_recipients() {
        let mut gate = Gate::new(Limits::none().recipients(["1-555-0100", "US.abc", "US.17"]));
        let now = Instant::now();
        assert_eq!(gate.pass("1", ADA, false, now), Ok(()));
        assert_eq!(gate.pass("1", "US.abc", false, now), Ok(()));
        assert_eq!(gate.pass("1", "US.17", false, now), Ok(()));
        assert_eq!(gate.pass("1", "BR.17", false, now), Err(131_030));
        assert_eq!(gate.pass("1", "+17", false, now), Err(131_030));
        assert_eq!(gate.pass("1", BOB, true, now), Err(131_030));
    }

    #[test]
    fn memory_does_not_grow_with_what_is_over() {
        let mut gate = Gate::new(Limits::of_the_api());
        let start = Instant::now();
        for index in 0..100_000_u64 {
            let now = start + Duration::from_millis(20 * index);
            assert_eq!(gate.pass(&format!("{index}"), ADA, false, now), Ok(()));
        }
        assert!(gate.pairs.len() + gate.numbers.len() <= SWEEP_AT);
    }
}
