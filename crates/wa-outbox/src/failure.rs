//! The failure of an attempt, as data that a store can keep.

use std::fmt;

use serde::{Deserialize, Serialize};
use wa_client::{ApiError, Error};
use wa_message_core::{__shared::OneLine, InvalidMessage};

/// How long a text is at most, in characters. What a server says has no limit of its own.
const LONGEST: usize = 2_000;
/// How many violations are kept.
const MOST: usize = 100;

/// What went wrong with an attempt. `Display` says it in a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Failure {
    /// The kind of error: `refused`, `throttled`, `not_sent`, `in_doubt`, `unreadable`, `invalid`, `lost`.
    pub kind: String,
    /// The sentence.
    pub text: String,
    /// The code of the API, if it refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<i64>,
    /// The details of the answer, in a line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub details: Option<String>,
    /// The HTTP status, if there was an answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// The id of the request, for which support asks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fbtrace_id: Option<String>,
    /// Each violation of a body that is no valid message, of more than 100 the first 100.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub violations: Vec<String>,
}

impl Failure {
    pub(crate) fn new(kind: &str, text: &str) -> Self {
        Self {
            kind: kind.to_owned(),
            text: text.chars().take(LONGEST).collect(),
            code: None,
            details: None,
            status: None,
            fbtrace_id: None,
            violations: Vec::new(),
        }
    }

    /// The facts of an error of a client.
    pub(crate) fn of_error(error: &Error) -> Self {
        let kind = match error {
            Error::Refused(_) => "refused",
            Error::Throttled(_) => "throttled",
            Error::NotSent(_) => "not_sent",
            Error::Unreadable(_) => "unreadable",
            Error::Invalid(invalid) => return Self::of_invalid(invalid),
            _ => "in_doubt",
        };
        Self {
            code: error.api_error().map(ApiError::code),
            details: error.api_error().and_then(ApiError::details).map(line),
            status: error.status(),
            fbtrace_id: error.fbtrace_id().map(|id| id.chars().take(LONGEST).collect()),
            ..Self::new(kind, &error.to_string())
        }
    }

    /// The facts of a body that is no valid message.
    pub(crate) fn of_invalid(invalid: &InvalidMessage) -> Self {
        let violations = invalid.violations().iter().take(MOST);
        Self {
            violations: violations
                .map(|violation| violation.to_string().chars().take(LONGEST).collect())
                .collect(),
            ..Self::new("invalid", &invalid.to_string())
        }
    }

    pub(crate) fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads what a store has kept. What a later version wrote otherwise is kept as a text.
    pub(crate) fn from_json(json: &str) -> Self {
        serde_json::from_str(json).unwrap_or_else(|_| Self::new("unknown", json))
    }
}

/// A text from outside in a line.
fn line(text: &str) -> String {
    OneLine { text, at_most: LONGEST }.to_string()
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
