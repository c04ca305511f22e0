//! Outcomes that no answer of the API tells.

use std::{error, fmt, time::Duration};

use tokio::time::Instant;
use wa_message_core::{__shared::Pause, ThrottleScope};

use super::limit::HeldBack;

/// Why an answer is missing, or says nothing.
#[derive(Debug)]
pub(super) enum Cause {
    /// The network.
    Transport(reqwest::Error),
    /// The answer is something else than expected.
    NotUnderstood(NotUnderstood),
    /// The answer is longer than any that the API gives.
    TooLong,
    /// Whoever sent it did not wait for the answer.
    Cut,
    /// Nothing came for too long.
    #[cfg(feature = "media")]
    Stalled,
}

impl Cause {
    fn as_error(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Self::Transport(error) => Some(error),
            Self::NotUnderstood(error) => Some(error),
            Self::TooLong | Self::Cut => None,
            #[cfg(feature = "media")]
            Self::Stalled => None,
        }
    }

    fn is_timeout(&self) -> bool {
        match self {
            Self::Transport(error) => error.is_timeout(),
            #[cfg(feature = "media")]
            Self::Stalled => true,
            Self::NotUnderstood(_) | Self::TooLong | Self::Cut => false,
        }
    }
}

/// What is wrong with an answer, in the words of the parser. They may quote the answer.
#[derive(Debug)]
pub(super) struct NotUnderstood(String);

impl NotUnderstood {
    /// The words must not have the token in them.
    pub(super) fn new(words: String) -> Self {
        Self(words)
    }
}

impl fmt::Display for NotUnderstood {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl error::Error for NotUnderstood {}

/// Nothing was sent.
///
/// Mostly no connection was made, and the [source](error::Error::source) tells why: the name was not
/// resolved, the connection was refused or took too long, the certificate was not accepted. Or it was not
/// the turn of the request before its [time](super::ClientBuilder::deadline) was over.
#[derive(Debug)]
pub struct NotSent(Obstacle);

#[derive(Debug)]
enum Obstacle {
    Connection(reqwest::Error),
    HeldBack { scope: ThrottleScope, pause: Duration },
    Cut,
}

impl NotSent {
    /// No connection was made.
    pub(super) fn not_connected(error: reqwest::Error) -> Self {
        Self(Obstacle::Connection(error))
    }

    pub(super) fn not_in_time(held_back: HeldBack) -> Self {
        let HeldBack { until, scope } = held_back;
        let pause = until.saturating_duration_since(Instant::now());
        Self(Obstacle::HeldBack { scope, pause })
    }

    pub(super) fn cut() -> Self {
        Self(Obstacle::Cut)
    }

    /// Whether it took too long to connect.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(&self.0, Obstacle::Connection(error) if error.is_timeout())
    }

    /// What held the request back, if it was not its turn in time.
    #[must_use]
    pub fn held_back(&self) -> Option<ThrottleScope> {
        match self.0 {
            Obstacle::HeldBack { scope, .. } => Some(scope),
            Obstacle::Connection(_) | Obstacle::Cut => None,
        }
    }

    /// How long it was to its turn when the request was given up, if it was not its turn in time.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        match self.0 {
            Obstacle::HeldBack { pause, .. } => Some(pause),
            Obstacle::Connection(_) | Obstacle::Cut => None,
        }
    }
}

impl fmt::Display for NotSent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const MEND: &str = "check the address and the network, and try again";
        match &self.0 {
            Obstacle::HeldBack { scope, pause } => {
                let what = match scope {
                    ThrottleScope::Recipient => "to this recipient",
                    _ => "of this number",
                };
                let pause = Pause(*pause);
                write!(
                    f,
                    "the messages {what} went too fast for another one in time, so nothing was sent; try \
                     again after {pause}"
                )
            }
            Obstacle::Cut => f.write_str("it was cut before its turn, so nothing was sent"),
            Obstacle::Connection(_) if self.is_timeout() => {
                write!(f, "no connection to the API was made in time, so nothing was sent; {MEND}")
            }
            Obstacle::Connection(_) => {
                write!(f, "no connection to the API was made, so nothing was sent; {MEND}")
            }
        }
    }
}

impl error::Error for NotSent {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match &self.0 {
            Obstacle::Connection(error) => Some(error),
            Obstacle::HeldBack { .. } | Obstacle::Cut => None,
        }
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
    pub(super) trace_id: Option<String>,
    pub(super) cause: Option<Cause>,
    /// What a repetition does, if it does no harm.
    pub(super) repeat: Option<&'static str>,
}

impl InDoubt {
    /// No answer came.
    pub(super) fn unanswered(error: reqwest::Error) -> Self {
        Self { cause: Some(Cause::Transport(error)), ..Self::cut() }
    }

    /// Nobody waited for the answer.
    pub(super) fn cut() -> Self {
        Self { status: None, body: None, trace_id: None, cause: Some(Cause::Cut), repeat: None }
    }

    /// Nothing came for too long.
    #[cfg(feature = "media")]
    pub(super) fn stalled() -> Self {
        Self { cause: Some(Cause::Stalled), ..Self::cut() }
    }

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

    /// The id of the request, if the answer had one. Support asks for it.
    #[must_use]
    pub fn fbtrace_id(&self) -> Option<&str> {
        self.trace_id.as_deref()
    }
}

impl fmt::Display for InDoubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_timeout() {
            f.write_str("no answer came in time, ")?;
        } else if let Some(status) = self.status {
            write!(f, "the answer (HTTP {status}) does not say what became of the request, ")?;
        } else if matches!(self.cause, Some(Cause::Cut)) {
            f.write_str("it was cut before an answer came, ")?;
        } else {
            f.write_str("the connection broke before an answer came, ")?;
        }
        match self.repeat {
            None => f.write_str(
                "so the request may or may not have been accepted; wait for its webhooks before you send it \
                 again",
            ),
            Some(repeat) => {
                write!(f, "so it is not known what became of the request; it may be repeated: {repeat}")
            }
        }
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
    pub(super) trace_id: Option<String>,
    pub(super) cause: Option<Cause>,
    /// What a repetition does, if it does no harm.
    pub(super) repeat: Option<&'static str>,
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

    /// The id of the request, if the answer had one. Support asks for it.
    #[must_use]
    pub fn fbtrace_id(&self) -> Option<&str> {
        self.trace_id.as_deref()
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the request was accepted, but the answer was not understood; ")?;
        match self.repeat {
            None => f.write_str("do not send it again"),
            Some(repeat) => write!(f, "it may be repeated: {repeat}"),
        }
    }
}

impl error::Error for Unreadable {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        self.cause.as_ref()?.as_error()
    }
}
