//! Refusals of the control.

use std::fmt;

use hyper::StatusCode;
use serde_json::{Value, json};

use super::wrong::Wrong;
use crate::{customer::ActionError, media::FILE_AT_MOST};

/// A call that is refused, and why.
#[derive(Debug)]
pub(super) enum Problem {
    /// Who calls may not.
    Denied(&'static str),
    /// Who calls has to say the password.
    Locked(&'static str),
    UnknownPath,
    /// The path takes these methods.
    WrongMethod(String),
    /// It must be this one.
    WrongContentType(&'static str),
    TooLarge,
    FileTooLarge,
    /// The body or the query is none that fits.
    Unfit(String),
    /// The body is none that fits, and it is known where. One that does follows, if there is one.
    Wrong(Wrong, Option<&'static str>),
    Action(ActionError),
}

impl Problem {
    pub(super) fn unknown_path() -> Self {
        Self::UnknownPath
    }

    pub(super) fn wrong_method(methods: String) -> Self {
        Self::WrongMethod(methods)
    }

    pub(super) fn wrong_content_type(must: &'static str) -> Self {
        Self::WrongContentType(must)
    }

    pub(super) fn file_too_large() -> Self {
        Self::FileTooLarge
    }

    pub(super) fn too_large() -> Self {
        Self::TooLarge
    }

    pub(super) fn unfit(why: String) -> Self {
        Self::Unfit(why)
    }

    /// With that one of these bodies which goes farthest where this one is wrong.
    pub(super) fn with_example_of(self, examples: &[&'static str]) -> Self {
        let Self::Wrong(wrong, _) = self else { return self };
        let steps = |example: &str| {
            serde_json::from_str(example).map_or(0, |example| wrong.leads_into(&example))
        };
        // Of several, the first.
        let example = examples.iter().rev().max_by_key(|example| steps(example)).copied();
        Self::Wrong(wrong, example)
    }

    pub(super) fn status(&self) -> StatusCode {
        match self {
            Self::Denied(_) => StatusCode::FORBIDDEN,
            Self::Locked(_) => StatusCode::UNAUTHORIZED,
            Self::UnknownPath => StatusCode::NOT_FOUND,
            Self::WrongMethod(_) => StatusCode::METHOD_NOT_ALLOWED,
            Self::WrongContentType(_) => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TooLarge | Self::FileTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Unfit(_) | Self::Wrong(..) => StatusCode::BAD_REQUEST,
            Self::Action(error) if error.is_not_there() => StatusCode::NOT_FOUND,
            Self::Action(error) if error.is_unfit() => StatusCode::BAD_REQUEST,
            Self::Action(_) => StatusCode::CONFLICT,
        }
    }

    /// The methods that the path takes.
    pub(super) fn allow(&self) -> Option<&str> {
        match self {
            Self::WrongMethod(methods) => Some(methods),
            _ => None,
        }
    }

    pub(super) fn to_json(&self) -> Value {
        json!({ "error": { "message": self.to_string() } })
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Denied(why) | Self::Locked(why) => f.write_str(why),
            Self::UnknownPath => f.write_str("there is nothing here; `/_sandbox` lists the paths"),
            Self::WrongMethod(methods) => write!(f, "this path takes {methods}"),
            Self::WrongContentType(must) => write!(f, "the content type must be `{must}`"),
            Self::TooLarge => f.write_str("the body is longer than 1 MiB"),
            Self::FileTooLarge => {
                write!(f, "the file is larger than {} MiB", FILE_AT_MOST / (1024 * 1024))
            }
            Self::Unfit(why) => f.write_str(why),
            Self::Wrong(wrong, None) => wrong.fmt(f),
            Self::Wrong(wrong, Some(example)) => write!(f, "{wrong}; for instance {example}"),
            Self::Action(error) => error.fmt(f),
        }
    }
}

impl From<Wrong> for Problem {
    fn from(wrong: Wrong) -> Self {
        Self::Wrong(wrong, None)
    }
}

impl From<ActionError> for Problem {
    fn from(error: ActionError) -> Self {
        Self::Action(error)
    }
}
