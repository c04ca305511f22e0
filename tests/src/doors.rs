//! The doors through which a document can come, and what each makes of it.

use std::{fmt, str::FromStr};

use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use wa_message::{
    InvalidMessage, Message, Problem, ProblemKind, ReadReceipt,
    types::{MessageObject, ReadReceiptObject},
};

use crate::invocation;

/// What a door makes of a document.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// It keeps every rule.
    Valid,
    /// It breaks rules.
    Invalid(Vec<Finding>),
    /// It is refused without a word about rules.
    Unreadable(String),
}

/// One thing that is wrong with a document.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// Where it is.
    pub path: String,
    /// What it is.
    pub problem: Problem,
    /// The number of the rule.
    pub number: Option<u16>,
}

impl Verdict {
    fn of(findings: impl Iterator<Item = Finding>) -> Self {
        let mut findings: Vec<_> = findings.collect();
        // Doors may find things in another order.
        findings.sort_by_cached_key(|finding| (finding.path.clone(), finding.problem.to_string()));
        if findings.is_empty() { Self::Valid } else { Self::Invalid(findings) }
    }

    /// What is wrong.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        match self {
            Self::Invalid(findings) => findings,
            _ => &[],
        }
    }
}

impl From<&InvalidMessage> for Verdict {
    fn from(invalid: &InvalidMessage) -> Self {
        if let [violation] = invalid.violations()
            && is_no_rule(violation.problem())
        {
            return Self::Unreadable(format!("{invalid:?}"));
        }
        Self::of(invalid.violations().iter().map(|violation| Finding {
            path: violation.path().to_owned(),
            problem: violation.problem().clone(),
            number: violation.number(),
        }))
    }
}

/// Whether it says that the rules were not asked, or that the types know better than they.
fn is_no_rule(problem: &Problem) -> bool {
    match problem.kind() {
        ProblemKind::NotJson { .. } => true,
        ProblemKind::Rule { says } => *says == "what breaks no rule does not fit the types",
        _ => false,
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Valid => f.write_str("valid"),
            Self::Unreadable(why) => write!(f, "unreadable: {why}"),
            Self::Invalid(findings) => {
                write!(f, "invalid in {} places", findings.len())?;
                for Finding { path, problem, number } in findings {
                    write!(f, "\n    `{path}`: {problem}")?;
                    if let Some(number) = number {
                        write!(f, " (rule {number})")?;
                    }
                }
                Ok(())
            }
        }
    }
}

/// A request body of the library.
pub trait Body:
    FromStr<Err = InvalidMessage>
    + for<'v> TryFrom<&'v Value, Error = InvalidMessage>
    + TryFrom<Self::Object, Error = InvalidMessage>
    + Serialize
    + DeserializeOwned
    + PartialEq
    + fmt::Debug
{
    /// What it is made of.
    type Object: Serialize + DeserializeOwned;

    /// What is sent.
    fn to_json(&self) -> String;

    /// What the generated check of constants says.
    fn holds(object: &Self::Object) -> bool;
}

impl Body for Message {
    type Object = MessageObject;

    fn to_json(&self) -> String {
        self.to_json()
    }

    fn holds(object: &MessageObject) -> bool {
        Self::__holds(object)
    }
}

impl Body for ReadReceipt {
    type Object = ReadReceiptObject;

    fn to_json(&self) -> String {
        self.to_json()
    }

    fn holds(object: &ReadReceiptObject) -> bool {
        Self::__holds(object)
    }
}

/// What became of a body that was read.
pub(crate) fn verdict<B>(outcome: &Result<B, InvalidMessage>) -> Verdict {
    outcome.as_ref().map_or_else(Verdict::from, |_| Verdict::Valid)
}

/// The macro's checker, over the tokens of the document in the wire form.
///
/// # Errors
///
/// When the macro reports more or less than what is wrong with the document.
pub(crate) fn tokens(document: &Value) -> Result<Verdict, String> {
    let analysis = wa_message_dsl::analyse(invocation(document));
    let findings = analysis.violations().iter().map(|finding| Finding {
        path: finding.path.clone(),
        problem: finding.problem.clone(),
        number: finding.number,
    });
    if analysis.diagnostics().len() == analysis.violations().len() {
        Ok(Verdict::of(findings))
    } else {
        let all = analysis.diagnostics().iter().map(wa_message_dsl::Diagnostic::text);
        Err(format!("the macro reports\n    {}", all.collect::<Vec<_>>().join("\n    ")))
    }
}
