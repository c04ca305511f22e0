//! Faults on command.

#[cfg(feature = "program")]
mod file;
mod plan;

use std::{fmt, ops::Range, time::Duration};

use serde::{Deserialize, Deserializer, Serialize, de::Error as _};

#[cfg(feature = "program")]
pub use file::{FaultsError, Setup};
pub(crate) use plan::{Plan, PlanSettings, Rate, Step};

/// What goes wrong with a request that is in order.
///
/// Where a fault has `accepted`, it says whether the message is taken into the [ledger](crate::Ledger)
/// first. The sender cannot tell the two apart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[non_exhaustive]
pub enum Fault {
    /// An error answer with this code, and the HTTP status that the API has for it. Nothing is accepted.
    Code(u32),
    /// An answer that does not come from the API but from something in front of it: HTML, and no code.
    Gateway {
        /// The HTTP status, such as 502. 200 to 599: in files and in JSON another one is refused, and here it becomes 500.
        #[serde(deserialize_with = "status")]
        status: u16,
        /// Whether the message is accepted.
        #[serde(default)]
        accepted: bool,
    },
    /// This answer, whatever it means.
    Answer {
        /// The HTTP status, 200 to 599: in files and in JSON another one is refused, and here it becomes 500.
        #[serde(deserialize_with = "status")]
        status: u16,
        /// The body, sent as `application/json`.
        body: String,
        /// Whether the message is accepted.
        #[serde(default)]
        accepted: bool,
    },
    /// No answer, as long as the sender waits.
    Stall {
        /// Whether the message is accepted.
        #[serde(default)]
        accepted: bool,
    },
    /// The connection is reset in place of an answer.
    Reset {
        /// Whether the message is accepted.
        #[serde(default)]
        accepted: bool,
    },
    /// The message is accepted. The answer breaks off after half of its body.
    Cut,
    /// The message is accepted, and the answer comes only after this time. In a file, milliseconds.
    Slow(#[serde(with = "milliseconds")] Duration),
    /// The message is accepted, and the answer comes only when its first status was posted, or after 5 seconds. Without
    /// an [address for webhooks](crate::SandboxBuilder::webhook) it comes at once.
    StatusFirst,
}

/// Refuses a share that is none, or that makes the sum more than all.
pub(crate) fn shares(share: f64, sum: f64) -> Result<(), String> {
    if !(0.0..=1.0).contains(&share) {
        Err(format!("`share` is {share}, and must be between 0 and 1"))
    } else if sum > 1.0 + 1e-9 {
        Err(format!("with this `share` all of them are {sum}, and at most 1 is possible"))
    } else {
        Ok(())
    }
}

/// The statuses that end a request.
pub(crate) const STATUSES: Range<u16> = 200..600;

fn status<'de, D: Deserializer<'de>>(from: D) -> Result<u16, D::Error> {
    // A number of any size, so that all of them are refused in the same words.
    let status = i64::deserialize(from)?;
    let fits = u16::try_from(status).ok().filter(|status| STATUSES.contains(status));
    fits.ok_or_else(|| {
        let (first, last) = (STATUSES.start, STATUSES.end - 1);
        D::Error::custom(format_args!("`status` is {status}, and must be from {first} to {last}"))
    })
}

/// Times in JSON and in files.
pub(crate) mod milliseconds {
    use std::time::Duration;

    use serde::{Deserialize, Deserializer, Serializer};

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Duration, D::Error> {
        u64::deserialize(from).map(Duration::from_millis)
    }

    pub(crate) fn serialize<S: Serializer>(time: &Duration, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_u64(u64::try_from(time.as_millis()).unwrap_or(u64::MAX))
    }
}

impl Fault {
    /// Whether the message is accepted all the same.
    #[must_use]
    pub fn accepts(&self) -> bool {
        match self {
            Self::Code(_) => false,
            Self::Cut | Self::Slow(_) | Self::StatusFirst => true,
            Self::Gateway { accepted, .. }
            | Self::Answer { accepted, .. }
            | Self::Stall { accepted }
            | Self::Reset { accepted } => *accepted,
        }
    }

    /// Its name in a file.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Code(_) => "code",
            Self::Gateway { .. } => "gateway",
            Self::Answer { .. } => "answer",
            Self::Stall { .. } => "stall",
            Self::Reset { .. } => "reset",
            Self::Cut => "cut",
            Self::Slow(_) => "slow",
            Self::StatusFirst => "status_first",
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(code) => write!(f, "code {code}"),
            Self::Gateway { status, .. } => write!(f, "HTTP {status} without JSON"),
            Self::Answer { status, .. } => write!(f, "HTTP {status} with a given body"),
            Self::Stall { .. } => f.write_str("no answer"),
            Self::Reset { .. } => f.write_str("connection reset"),
            Self::Cut => f.write_str("answer cut"),
            Self::Slow(time) => write!(f, "answer after {time:?}"),
            Self::StatusFirst => f.write_str("answer after the first status"),
        }
    }
}

/// Which requests go wrong, and how: first a script, then chance.
///
/// Only requests that are in order are counted. What breaks a rule is refused as ever, and takes
/// nothing from the script.
///
/// ```
/// use std::time::Duration;
/// use wa_sandbox::{Fault, Faults};
///
/// let faults = Faults::none()
///     // The first two requests, then one that goes well, then one more.
///     .then(2, Fault::Code(131_016))
///     .then_none(1)
///     .then(1, Fault::Reset { accepted: true })
///     // After these, two of a hundred are slow, and one is not answered at all.
///     .rate(0.02, Fault::Slow(Duration::from_millis(300)))
///     .rate(0.01, Fault::Stall { accepted: false })
///     .seed(7);
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Faults(PlanSettings<Fault>);

impl Faults {
    /// Nothing goes wrong.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// Every kind of fault, each as often as the others, and together this share of the requests: 0.1
    /// for one in ten.
    ///
    /// Both ways of a stall, a reset and a gateway, a cut answer, one that is slow by 50 milliseconds,
    /// and the codes of an outage and of both rates.
    #[must_use]
    pub fn every_kind(share: f64) -> Self {
        let kinds = [
            Fault::Code(131_000),
            Fault::Code(131_016),
            Fault::Code(131_056),
            Fault::Code(130_429),
            Fault::Gateway { status: 502, accepted: false },
            Fault::Gateway { status: 504, accepted: true },
            Fault::Stall { accepted: false },
            Fault::Stall { accepted: true },
            Fault::Reset { accepted: false },
            Fault::Reset { accepted: true },
            Fault::Cut,
            Fault::Slow(Duration::from_millis(50)),
        ];
        Self(PlanSettings::of_each(share, kinds))
    }

    /// The next requests, so many of them, go wrong like this.
    #[must_use]
    pub fn then(self, times: usize, fault: Fault) -> Self {
        Self(self.0.then(times, Some(fault)))
    }

    /// The next requests, so many of them, go well.
    #[must_use]
    pub fn then_none(self, times: usize) -> Self {
        Self(self.0.then(times, None))
    }

    /// This share of the requests behind the script goes wrong like this: 0.01 for one in a hundred.
    ///
    /// Shares add up, and what is behind their sum of 1 never happens. A share below 0, or one that is
    /// not a number, is 0.
    #[must_use]
    pub fn rate(self, share: f64, fault: Fault) -> Self {
        Self(self.0.rate(share, fault))
    }

    pub(crate) fn into_plan(self) -> Plan<Fault> {
        self.0.into_plan()
    }

    /// Chance repeats itself for the same seed. Usually 0.
    ///
    /// It is drawn in the order in which the requests arrive. Which of several at once is the first
    /// remains up to the network.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.0.seed = seed;
        self
    }
}
