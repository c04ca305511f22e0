//! The names of rules, which stay the same from one version to the next.

use std::{borrow::Cow, fmt};

use wa_message::ProblemKind;
use wa_message_rules::nearest;

use crate::{error::Error, generated::rules::RULES};

/// The name of a rule: `WA031` for one that has a number in `openapi/README.md`, and a word for plain limits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Rule(Cow<'static, str>);

impl Rule {
    /// What is no JSON.
    pub(crate) const JSON: Self = Self(Cow::Borrowed("WA-json"));
    /// What is written in another way than the API writes it.
    pub(crate) const FORM: Self = Self(Cow::Borrowed("WA-form"));

    pub(crate) fn numbered(number: u16) -> Self {
        Self(Cow::Owned(format!("WA{number:03}")))
    }

    /// The rule that a problem breaks.
    pub(crate) fn of(number: Option<u16>, kind: &ProblemKind) -> Self {
        match number {
            Some(number) => Self::numbered(number),
            None => Self(Cow::Owned(format!("WA-{}", kind.name()))),
        }
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns a rule by its name in whatever case, with what it asks. Zeros may be left out.
    pub(crate) fn find(name: &str) -> Option<(&'static str, &'static str)> {
        let named = match number(name) {
            Some(number) => Self::numbered(number).to_string(),
            None => name.to_owned(),
        };
        RULES.iter().copied().find(|(known, _)| known.eq_ignore_ascii_case(&named))
    }

    /// Returns whether a name is meant to be that of a rule.
    pub(crate) fn is_meant(name: &str) -> bool {
        let is_wa = |start: &str| start.eq_ignore_ascii_case("wa-");
        number(name).is_some() || name.get(..3).is_some_and(is_wa) && !name.contains(' ')
    }

    /// Says that a name is that of no rule, and which one may be meant.
    pub(crate) fn unknown(name: &str) -> Error {
        let error = Error::usage(format!("`{name}` is no rule"));
        let last = RULES.iter().rev().find(|(name, _)| number(name).is_some());
        match (number(name), nearest(name, RULES.iter().map(|(name, _)| *name))) {
            (Some(_), _) => error.hint(format!(
                "those with numbers go up to {}",
                last.map_or("WA000", |(name, _)| name)
            )),
            (None, Some(near)) => error.hint(format!("did you mean `{near}`?")),
            (None, None) => error
                .hint("the names of rules stand in square brackets behind `error` and `warning`"),
        }
    }
}

/// The number in a name such as `WA031`.
fn number(name: &str) -> Option<u16> {
    let digits = name.strip_prefix("WA").or_else(|| name.strip_prefix("wa"))?;
    // The number has no sign.
    digits.bytes().all(|digit| digit.is_ascii_digit()).then(|| digits.parse().ok()).flatten()
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}
