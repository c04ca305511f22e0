//! Webhooks that go wrong, on command.

use std::{fmt, time::Duration};

use serde::{Deserialize, Serialize};

use crate::faults::{Plan, PlanSettings, milliseconds};

/// The most times that a delivery is repeated on command.
pub(super) const REPEATS_AT_MOST: u32 = 100;

/// What goes wrong with a delivery: one POST of a webhook, with one update or a batch.
///
/// In JSON and in a file it is written as the [faults](crate::Fault) of requests are: `{"repeat": 2}`, `"drop"`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[non_exhaustive]
pub enum WebhookFault {
    /// It is posted so many times more after it was taken. At most 100.
    Repeat(u32),
    /// It goes behind the next deliveries, so many of them. After a second it goes in any case.
    Behind(u32),
    /// It is posted only after this time. In JSON, milliseconds.
    Delay(#[serde(with = "milliseconds")] Duration),
    /// It is never posted.
    Drop,
    /// The connection breaks in the middle of the body. It is tried again, as after any failure.
    Cut,
    /// The answer of the receiver is lost. It is tried again, although the receiver may have taken it.
    LoseAnswer,
}

impl WebhookFault {
    /// Its name in JSON.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Repeat(_) => "repeat",
            Self::Behind(_) => "behind",
            Self::Delay(_) => "delay",
            Self::Drop => "drop",
            Self::Cut => "cut",
            Self::LoseAnswer => "lose_answer",
        }
    }
}

impl fmt::Display for WebhookFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Repeat(times) => write!(f, "repeated, {times} times"),
            Self::Behind(others) => write!(f, "behind the next {others}"),
            Self::Delay(time) => write!(f, "posted after {time:?}"),
            Self::Drop => f.write_str("never posted"),
            Self::Cut => f.write_str("cut"),
            Self::LoseAnswer => f.write_str("answer lost"),
        }
    }
}

/// Which deliveries go wrong, and how: first a script, then chance.
///
/// A delivery is counted when it is made; that it is tried again counts no more.
///
/// ```
/// use std::time::Duration;
/// use wa_sandbox::{WebhookFault, WebhookFaults};
///
/// let faults = WebhookFaults::none()
///     .then(1, WebhookFault::Repeat(2))
///     .then_none(3)
///     .rate(0.1, WebhookFault::Behind(5))
///     .rate(0.01, WebhookFault::Drop)
///     .seed(7);
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct WebhookFaults(PlanSettings<WebhookFault>);

impl WebhookFaults {
    /// Nothing goes wrong.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// Every kind of fault after which an update still arrives, each as often as the others, and together this share of
    /// the deliveries: 0.1 for one in ten. Two repetitions, behind the next three, later by 50 milliseconds, cut, and
    /// with a lost answer.
    #[must_use]
    pub fn every_kind(share: f64) -> Self {
        let kinds = [
            WebhookFault::Repeat(2),
            WebhookFault::Behind(3),
            WebhookFault::Delay(Duration::from_millis(50)),
            WebhookFault::Cut,
            WebhookFault::LoseAnswer,
        ];
        Self(PlanSettings::of_each(share, kinds))
    }

    /// The next deliveries, so many of them, go wrong like this.
    #[must_use]
    pub fn then(self, times: usize, fault: WebhookFault) -> Self {
        Self(self.0.then(times, Some(fault)))
    }

    /// The next deliveries, so many of them, go well.
    #[must_use]
    pub fn then_none(self, times: usize) -> Self {
        Self(self.0.then(times, None))
    }

    /// This share of the deliveries behind the script goes wrong like this: 0.01 for one in a hundred.
    ///
    /// Shares add up, and what is behind their sum of 1 never happens. A share below 0, or one that is not a
    /// number, is 0.
    #[must_use]
    pub fn rate(self, share: f64, fault: WebhookFault) -> Self {
        Self(self.0.rate(share, fault))
    }

    /// Chance repeats itself for the same seed. Defaults to 0.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.0.seed = seed;
        self
    }

    #[cfg(feature = "program")]
    pub(crate) fn of(
        seed: u64,
        script: Vec<(usize, Option<WebhookFault>)>,
        rates: Vec<(f64, WebhookFault)>,
    ) -> Self {
        Self(PlanSettings { seed, script, rates })
    }

    pub(crate) fn into_plan(self) -> Plan<WebhookFault> {
        self.0.into_plan()
    }
}
