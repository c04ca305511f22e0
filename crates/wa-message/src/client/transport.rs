//! What is known of a message when the API did not say it.

use std::{error, fmt};

use super::error::Error;

/// Why an answer is missing, or says nothing.
#[derive(Debug)]
pub(super) enum Cause {
    /// The network.
    Transport(reqwest::Error),
    /// The answer is something else than expected.
    NotUnderstood(serde_json::Error),
    /// The answer is longer than any that the API gives.
    TooLong,
}

impl Cause {
    fn as_error(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Self::Transport(error) => Some(error),
            Self::NotUnderstood(error) => Some(error),
            Self::TooLong => None,
        }
    }

    fn is_timeout(&self) -> bool {
        matches!(self, Self::Transport(error) if error.is_timeout())
    }
}

/// Judges a request that got no answer at all.
pub(super) fn failed(error: reqwest::Error) -> Error {
    let error = error.without_url();
    // The token and the body go out only on a connection, with TLS and all.
    if error.is_connect() || error.is_builder() {
        Error::NotSent(NotSent(error))
    } else {
        Error::InDoubt(InDoubt { status: None, body: None, cause: Some(Cause::Transport(error)) })
    }
}

/// No connection was made, so nothing was sent.
///
/// The [source](error::Error::source) tells why: the name was not resolved, the connection was
/// refused or took too long, the certificate was not accepted.
#[derive(Debug)]
pub struct NotSent(reqwest::Error);

impl NotSent {
    /// Whether it took too long to connect.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.0.is_timeout()
    }
}

impl fmt::Display for NotSent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_timeout() {
            f.write_str("no connection to the API was made in time, so nothing was sent")
        } else {
            f.write_str("no connection to the API was made, so nothing was sent")
        }
    }
}

impl error::Error for NotSent {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        Some(&self.0)
    }
}

/// The request was sent, and nobody knows whether it was accepted.
///
/// No answer came, or one that does not say it: a gateway may answer with a page of its own while the
/// request goes through.
///
/// To find out, put a text of your own into `biz_opaque_callback_data` of each message. The status
/// webhooks of an accepted message carry it. Only when none comes is the message lost.
#[derive(Debug)]
pub struct InDoubt {
    pub(super) status: Option<u16>,
    pub(super) body: Option<String>,
    pub(super) cause: Option<Cause>,
}

impl InDoubt {
    /// Whether the time was over.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.cause.as_ref().is_some_and(Cause::is_timeout)
    }

    /// The HTTP status, if there was an answer.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.status
    }

    /// What the answer said, cut after 8 KiB.
    #[must_use]
    pub fn body(&self) -> Option<&str> {
        self.body.as_deref()
    }
}

impl fmt::Display for InDoubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_timeout() {
            f.write_str("no answer came in time, ")?;
        } else if let Some(status) = self.status {
            write!(f, "the answer (HTTP {status}) does not say what became of the request, ")?;
        } else {
            f.write_str("the connection broke before an answer came, ")?;
        }
        f.write_str("so the request may or may not have been accepted")
    }
}

impl error::Error for InDoubt {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        self.cause.as_ref()?.as_error()
    }
}

/// The request was accepted, but the answer was not understood.
#[derive(Debug)]
pub struct Unreadable {
    pub(super) status: u16,
    pub(super) body: String,
    pub(super) cause: Option<Cause>,
}

impl Unreadable {
    /// The HTTP status: 200 or another that means success.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// What the answer said, cut after 8 KiB.
    #[must_use]
    pub fn body(&self) -> &str {
        &self.body
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the request was accepted, but the answer was not understood")
    }
}

impl error::Error for Unreadable {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        self.cause.as_ref()?.as_error()
    }
}
