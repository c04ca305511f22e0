//! Faults and limits from a file.

use std::{error, fmt, ops::Range, str::FromStr};

use serde::Deserialize;
use toml::Spanned;

use super::{Fault, Faults, PlanSettings, Rate, Step, shares};
use crate::{
    hooks::{WebhookFault, WebhookFaults},
    limits::{Limits, LimitsTable},
};

/// Faults and limits, as they are written in a file for `wa-sandbox --faults`.
///
/// The file is TOML. All of it is optional, and what is not known is an error.
///
/// ```
/// use wa_sandbox::{Sandbox, Setup};
///
/// let setup: Setup = r#"
///     ## Chance repeats itself for the same seed. Usually 0.
///     seed = 7
///
///     ## The first requests, in this order. `times` is usually 1. Without `fault` they go well.
///     [[script]]
///     times = 2
///     fault = { code = 131016 }
///     [[script]]
///     times = 10
///     [[script]]
///     fault = { reset = { accepted = true } }
///
///     ## From then on, these shares of the requests.
///     [[rate]]
///     share = 0.02
///     fault = { slow = 300 }             # milliseconds
///     [[rate]]
///     share = 0.01
///     fault = { gateway = { status = 502 } }
///     [[rate]]
///     share = 0.01
///     fault = "cut"
///
///     ## The same for the webhooks that are posted.
///     [[webhook_script]]
///     fault = { repeat = 2 }
///     [[webhook_rate]]
///     share = 0.1
///     fault = { behind = 5 }
///
///     ## Without this table there are no limits.
///     [limits]
///     messages_per_second = 80           # for each phone number id, else 130429
///     pair_rate = { seconds = 6, burst = 45 }   # to each recipient, else 131056
///     customer_service_window = true     # templates alone, else 131047
///     recipients = ["+15550100"]         # nobody else, or 131030
/// "#
/// .parse()?;
/// let sandbox = Sandbox::builder().faults(setup.faults).limits(setup.limits);
/// # Ok::<_, wa_sandbox::FaultsError>(())
/// ```
///
/// | `fault` | is |
/// |---|---|
/// | `{ code = 131016 }` | [`Fault::Code`] |
/// | `{ gateway = { status = 502, accepted = true } }` | [`Fault::Gateway`] |
/// | `{ answer = { status = 200, body = "{}", accepted = true } }` | [`Fault::Answer`] |
/// | `{ stall = { accepted = true } }` | [`Fault::Stall`] |
/// | `{ reset = { accepted = true } }` | [`Fault::Reset`] |
/// | `"cut"` | [`Fault::Cut`] |
/// | `{ slow = 300 }` | [`Fault::Slow`], in milliseconds |
/// | `"status_first"` | [`Fault::StatusFirst`] |
///
/// | `fault` of a webhook | is |
/// |---|---|
/// | `{ repeat = 2 }` | [`WebhookFault::Repeat`] |
/// | `{ behind = 5 }` | [`WebhookFault::Behind`] |
/// | `{ delay = 300 }` | [`WebhookFault::Delay`], in milliseconds |
/// | `"drop"` | [`WebhookFault::Drop`] |
/// | `"cut"` | [`WebhookFault::Cut`] |
/// | `"lose_answer"` | [`WebhookFault::LoseAnswer`] |
///
/// Without `accepted` the message is not accepted. `{ stall = {} }` is a stall that accepts nothing.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Setup {
    /// What goes wrong.
    pub faults: Faults,
    /// How much may be sent, and to whom.
    pub limits: Limits,
    /// What goes wrong with webhooks.
    pub webhook_faults: WebhookFaults,
}

/// A file of faults has a mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaultsError {
    message: String,
    line: usize,
    column: usize,
}

impl FaultsError {
    /// The line of the mistake. The first is 1.
    #[must_use]
    pub fn line(&self) -> usize {
        self.line
    }

    /// The column of the mistake, in characters. The first is 1.
    #[must_use]
    pub fn column(&self) -> usize {
        self.column
    }

    fn new(message: &str, text: &str, span: Option<Range<usize>>) -> Self {
        let start = span.map_or(0, |span| span.start);
        let before = text.get(..start).unwrap_or(text);
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        let line = before.matches('\n').count() + 1;
        Self { message: message.trim().replace('\n', ", "), line, column }
    }
}

impl fmt::Display for FaultsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}: {}", self.line, self.column, self.message)
    }
}

impl error::Error for FaultsError {}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    seed: u64,
    #[serde(default)]
    script: Vec<Step<Fault>>,
    #[serde(default = "Vec::new")]
    rate: Vec<Rate<Fault, Spanned<f64>>>,
    #[serde(default = "Vec::new")]
    webhook_script: Vec<Step<WebhookFault>>,
    #[serde(default = "Vec::new")]
    webhook_rate: Vec<Rate<WebhookFault, Spanned<f64>>>,
    #[serde(default)]
    limits: LimitsTable,
}

impl FromStr for Setup {
    type Err = FaultsError;

    fn from_str(text: &str) -> Result<Self, FaultsError> {
        let file: File = toml::from_str(text)
            .map_err(|error| FaultsError::new(error.message(), text, error.span()))?;
        let faults = Faults(PlanSettings {
            seed: file.seed,
            script: steps(file.script),
            rates: rates(file.rate, text)?,
        });
        let (script, rates) = (steps(file.webhook_script), rates(file.webhook_rate, text)?);
        let webhook_faults = WebhookFaults::of(file.seed, script, rates);
        Ok(Self { faults, limits: file.limits.into(), webhook_faults })
    }
}

fn steps<F>(steps: Vec<Step<F>>) -> Vec<(usize, Option<F>)> {
    steps.into_iter().map(|step| (step.times, step.fault)).collect()
}

/// The shares, which have to be some.
fn rates<F>(rates: Vec<Rate<F, Spanned<f64>>>, text: &str) -> Result<Vec<(f64, F)>, FaultsError> {
    let mut sum = 0.0;
    let rates = rates.into_iter().map(|rate| {
        let share = *rate.share.as_ref();
        sum += share;
        match shares(share, sum) {
            Ok(()) => Ok((share, rate.fault)),
            Err(message) => Err(FaultsError::new(&message, text, Some(rate.share.span()))),
        }
    });
    rates.collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn every_fault_can_be_written() {
        let setup: Setup = r#"
            rate = [
                { share = 0.01, fault = { code = 131000 } },
                { share = 0.02, fault = { gateway = { status = 502 } } },
                { share = 0.03, fault = { gateway = { status = 504, accepted = true } } },
                { share = 0.04, fault = { answer = { status = 200, body = "{}" } } },
                { share = 0.05, fault = { stall = {} } },
                { share = 0.06, fault = { reset = { accepted = true } } },
                { share = 0.07, fault = "cut" },
                { share = 0.08, fault = { slow = 250 } },
            ]
        "#
        .parse()
        .unwrap();
        let expected = Faults::none()
            .rate(0.01, Fault::Code(131_000))
            .rate(0.02, Fault::Gateway { status: 502, accepted: false })
            .rate(0.03, Fault::Gateway { status: 504, accepted: true })
            .rate(0.04, Fault::Answer { status: 200, body: "{}".to_owned(), accepted: false })
            .rate(0.05, Fault::Stall { accepted: false })
            .rate(0.06, Fault::Reset { accepted: true })
            .rate(0.07, Fault::Cut)
            .rate(0.08, Fault::Slow(Duration::from_millis(250)));
        assert_eq!(setup.faults, expected);
        assert_eq!(setup.limits, Limits::none());
    }

    #[test]
    fn a_script_and_limits_can_be_written() {
        let setup: Setup = r#"
            seed = 3
            script = [{ times = 2, fault = "cut" }, { times = 4 }, { fault = { code = 2 } }]
            [limits]
            messages_per_second = 5
            pair_rate = { seconds = 6, burst = 45 }
            customer_service_window = true
            recipients = ["+1 555 0100"]
        "#
        .parse()
        .unwrap();
        let faults =
            Faults::none().seed(3).then(2, Fault::Cut).then_none(4).then(1, Fault::Code(2));
        assert_eq!(setup.faults, faults);
        let limits = Limits::of_the_api()
            .messages_per_second(5)
            .customer_service_window()
            .recipients(["15550100"]);
        assert_eq!(setup.limits, limits);
        assert_eq!("".parse(), Ok(Setup::default()));
    }

    #[test]
    fn mistakes_have_a_line() {
        for (text, line, column, words) in [
            ("seed = 1\nsed = 2\n", 2, 1, "unknown field `sed`"),
            ("\n[[rate]]\nshare = 2.0\nfault = \"cut\"", 3, 9, "`share` is 2"),
            ("[[rate]]\nshare = nan\nfault = \"cut\"", 2, 9, "`share` is NaN"),
            (
                "[[rate]]\nshare = 0.6\nfault = \"cut\"\n[[rate]]\nshare = 0.5\nfault = \"cut\"",
                5,
                9,
                "at most 1",
            ),
            ("[[rate]]\nshare = 0.1\nfault = \"cutt\"", 3, 9, "unknown variant `cutt`"),
            ("[[rate]]\nfault = \"cut\"", 1, 1, "missing field `share`"),
            ("[[script]]\ntimes = -1", 2, 9, "invalid value"),
            ("# ü\nseed = \"ü\" x", 2, 12, ""),
            ("[limits]\nrecipient = []", 2, 1, "unknown field `recipient`"),
            ("[[script]]\nfault = { code = 99999999999 }", 2, 18, "invalid value"),
            (
                "[[script]]\nfault = { gateway = { status = 99 } }",
                2,
                32,
                "`status` is 99, and must be from 200 to 599",
            ),
        ] {
            let error = text.parse::<Setup>().unwrap_err();
            assert_eq!((error.line(), error.column()), (line, column), "{text}: {error}");
            assert!(error.to_string().contains(words), "{error}");
            assert!(!error.to_string().contains('\n'), "{error}");
        }
    }
}
