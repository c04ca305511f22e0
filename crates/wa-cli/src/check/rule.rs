//! The names of rules, which stay the same from one version to the next.

use std::{borrow::Cow, fmt};

use wa_message::ProblemKind;

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

    /// Returns the number that a name holds.
    pub(crate) fn number(name: &str) -> Option<u16> {
        let digits = name.strip_prefix("WA").or_else(|| name.strip_prefix("wa"))?;
        (digits.len() >= 3).then(|| digits.parse().ok()).flatten()
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}
