//! The faults that are still to come.

use std::collections::VecDeque;

use fastrand::Rng;
use serde::Deserialize;

/// Faults of some kind: first a script, then chance.
pub(crate) struct Plan<F> {
    script: VecDeque<(usize, Option<F>)>,
    rates: Vec<(f64, F)>,
    chance: Rng,
}

/// What a plan is made of: a script, the shares of chance, and its seed.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PlanSettings<F> {
    pub(crate) seed: u64,
    pub(crate) script: Vec<(usize, Option<F>)>,
    pub(crate) rates: Vec<(f64, F)>,
}

impl<F> Default for PlanSettings<F> {
    fn default() -> Self {
        Self { seed: 0, script: Vec::new(), rates: Vec::new() }
    }
}

impl<F> PlanSettings<F> {
    /// A share of all for these, each as often as the others.
    pub(crate) fn of_each(share: f64, faults: impl IntoIterator<Item = F>) -> Self {
        let faults: Vec<_> = faults.into_iter().collect();
        #[allow(clippy::cast_precision_loss)] // There are a dozen.
        let each = share / faults.len() as f64;
        faults.into_iter().fold(Self::default(), |settings, fault| settings.rate(each, fault))
    }

    pub(crate) fn then(mut self, times: usize, fault: Option<F>) -> Self {
        self.script.push((times, fault));
        self
    }

    pub(crate) fn rate(mut self, share: f64, fault: F) -> Self {
        // `max` takes the number when the other one is none.
        self.rates.push((share.max(0.0), fault));
        self
    }
}

impl<F: Clone> PlanSettings<F> {
    pub(crate) fn into_plan(self) -> Plan<F> {
        Plan::new(self.seed, self.script, self.rates)
    }
}

/// What the next ones meet, as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Step<F> {
    #[serde(default = "once")]
    pub(crate) times: usize,
    pub(crate) fault: Option<F>,
}

fn once() -> usize {
    1
}

/// How often others meet a fault, as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rate<F, S = f64> {
    pub(crate) share: S,
    pub(crate) fault: F,
}

impl<F: Clone> Plan<F> {
    pub(crate) fn new(seed: u64, script: Vec<(usize, Option<F>)>, rates: Vec<(f64, F)>) -> Self {
        Self { script: script.into(), rates, chance: Rng::with_seed(seed) }
    }

    /// Puts more behind the script, in front of chance.
    pub(crate) fn then(&mut self, times: usize, fault: Option<F>) {
        self.script.push_back((times, fault));
    }

    /// How many of the next ones go wrong for certain, and whether others may.
    #[cfg(feature = "page")]
    pub(crate) fn armed(&self) -> (usize, bool) {
        let faulty = self.script.iter().filter(|(_, fault)| fault.is_some());
        let next = faulty.map(|(times, _)| *times).fold(0, usize::saturating_add);
        (next, self.rates.iter().any(|(share, _)| *share > 0.0))
    }

    /// What the next one meets.
    pub(crate) fn draw(&mut self) -> Option<F> {
        while let Some((times, fault)) = self.script.front_mut() {
            if *times > 0 {
                *times -= 1;
                return fault.clone();
            }
            self.script.pop_front();
        }
        if self.rates.is_empty() {
            return None;
        }
        let mut drawn = self.chance.f64();
        for (share, fault) in &self.rates {
            if drawn < *share {
                return Some(fault.clone());
            }
            drawn -= share;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::super::{Fault, Faults};

    fn draws(faults: Faults, times: usize) -> Vec<Option<Fault>> {
        let mut plan = faults.into_plan();
        (0..times).map(|_| plan.draw()).collect()
    }

    #[test]
    fn the_script_comes_first() {
        let faults = Faults::none()
            .rate(1.0, Fault::Cut)
            .then(2, Fault::Code(1))
            .then(0, Fault::Code(2))
            .then_none(1);
        let code = Some(Fault::Code(1));
        assert_eq!(
            draws(faults, 5),
            [code.clone(), code, None, Some(Fault::Cut), Some(Fault::Cut)]
        );
    }

    #[test]
    fn a_seed_repeats_chance() {
        let faults = Faults::every_kind(0.5);
        assert_eq!(draws(faults.clone().seed(3), 1000), draws(faults.clone().seed(3), 1000));
        assert_ne!(draws(faults.clone().seed(3), 1000), draws(faults.seed(4), 1000));
    }

    #[test]
    fn shares_are_kept() {
        let slow = Fault::Slow(Duration::from_secs(1));
        let faults = Faults::none().rate(0.25, Fault::Cut).rate(0.05, slow.clone());
        let all = draws(faults, 100_000);
        let count = |fault: &Fault| all.iter().flatten().filter(|drawn| *drawn == fault).count();
        // Five standard deviations are 685 and 345.
        assert!(count(&Fault::Cut).abs_diff(25_000) < 700, "{}", count(&Fault::Cut));
        assert!(count(&slow).abs_diff(5_000) < 350, "{}", count(&slow));
    }

    #[test]
    fn shares_that_make_no_sense_do_no_harm() {
        for share in [f64::NAN, -1.0, f64::NEG_INFINITY] {
            assert_eq!(draws(Faults::none().rate(share, Fault::Cut), 2), [None, None]);
        }
        for share in [1.5, f64::INFINITY] {
            let drawn = draws(Faults::none().rate(share, Fault::Cut).rate(0.5, Fault::Code(1)), 1);
            assert_eq!(drawn, [Some(Fault::Cut)]);
        }
        assert_eq!(draws(Faults::every_kind(f64::NAN), 1), [None]);
    }
}
