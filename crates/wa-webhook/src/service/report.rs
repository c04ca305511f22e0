//! Reports to whoever runs the service.

use std::{error::Error, fmt};

use wa_message_core::__shared::OneLine;

use super::BoxError;
use crate::{HandshakeError, NotAnObject, SignatureError, Why};

/// How much is shown of a word from outside.
const SHOWN: usize = 64;

/// How many sources of an error are shown.
const SOURCES: usize = 8;

/// Something that went another way than it should.
///
/// `Display` says it in a line that may stand in a log: it has no personal data, no secret, and nothing of what a handler
/// said. The [source](Error::source) has that. In the log of the feature `tracing`, the sources are the field `error`.
#[derive(Debug)]
#[non_exhaustive]
pub enum Report {
    /// A request was refused for its signature: 401. If it was from the API, it comes again.
    Signature(SignatureError),
    /// A handshake was refused: 403.
    Handshake(HandshakeError),
    /// A request was neither `GET` nor `POST`: 405.
    Method,
    /// The body of a request broke off: 400.
    BrokenBody,
    /// The body of a request did not come in time: 408.
    SlowBody,
    /// The body of a request was longer than this many bytes: 413.
    LongBody(usize),
    /// A body that was signed is not JSON, or no object. It was answered with 200, so that it does not come again.
    Unreadable(NotAnObject),
    /// An event, or something in it, is of a kind that this version does not know.
    #[non_exhaustive]
    Unknown {
        /// The field that it came in.
        field: String,
        /// The kind of event that it is in, such as `message`, if it is not the event itself.
        inside: Option<&'static str>,
        /// The kind.
        name: String,
    },
    /// An event, or something in it, does not have its form.
    #[non_exhaustive]
    Invalid {
        /// The field that it came in.
        field: String,
        /// The kind of event that it is in, such as `message`, if it is not the event itself.
        inside: Option<&'static str>,
        /// The kind.
        name: String,
        /// What does not fit.
        why: Why,
    },
    /// An event was read without a member that may be missing, because it does not have its form. The others are there.
    #[non_exhaustive]
    LeftOut {
        /// The field that it came in.
        field: String,
        /// The kind of event, such as `message`.
        event: &'static str,
        /// What does not fit.
        why: Why,
    },
    /// A request has so many parts that are not known or do not have their form that only the first 1,000 were told of one by
    /// one, and [handed over](super::WebhookBuilder::hand_over). These are the others.
    #[non_exhaustive]
    More {
        /// How many there are.
        parts: usize,
    },
    /// A handler gave an error. The event comes again.
    #[non_exhaustive]
    Failed {
        /// The kind of event.
        event: &'static str,
        /// The error.
        error: BoxError,
    },
    /// A handler has panicked. The event comes again.
    #[non_exhaustive]
    Panicked {
        /// The kind of event.
        event: &'static str,
    },
    /// The time was over before all was handled. What was not comes again.
    TookTooLong,
    /// The caller hung up before all was handled, or the service was stopped. What was not handled comes again.
    #[non_exhaustive]
    HungUp {
        /// The kind of event that was at work.
        event: &'static str,
        /// It could not be given back to the store at once, so it comes again when its lease is over and not before.
        is_claimed: bool,
    },
    /// The store of what was handled gave an error.
    Seen(BoxError),
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Signature(error) => write!(f, "refused a request: {error}"),
            Self::Handshake(error) => write!(f, "refused a handshake: {error}"),
            Self::Method => f.write_str("refused a request that is neither GET nor POST"),
            Self::BrokenBody => f.write_str("the body of a request broke off"),
            Self::SlowBody => f.write_str("the body of a request did not come in time"),
            Self::LongBody(limit) => {
                write!(f, "the body of a request is longer than {limit} bytes")
            }
            Self::Unreadable(error) => write!(f, "a signed request cannot be read: {error}"),
            Self::Unknown { field, inside, name } => {
                place(f, field, *inside)?;
                f.write_str(" is of an unknown kind")?;
                if name.is_empty() { Ok(()) } else { write!(f, ": `{}`", shown(name)) }
            }
            Self::Invalid { field, inside, why, .. } => {
                place(f, field, *inside)?;
                not_its_form(f, why)
            }
            Self::LeftOut { field, event, why } => {
                write!(f, "an event `{event}` of `{}` was read without what", shown(field))?;
                not_its_form(f, why)
            }
            Self::More { parts } => {
                write!(
                    f,
                    "{parts} more parts of a request are of unknown kinds or do not have their form"
                )
            }
            Self::Failed { event, .. } => write!(f, "the handler of an event `{event}` failed"),
            Self::Panicked { event } => write!(f, "the handler of an event `{event}` panicked"),
            Self::TookTooLong => f.write_str("the time was over before all events were handled"),
            Self::HungUp { event, is_claimed } => {
                write!(f, "the caller hung up before an event `{event}` was handled")?;
                if *is_claimed {
                    f.write_str("; it stays claimed until its lease is over")
                } else {
                    Ok(())
                }
            }
            Self::Seen(_) => f.write_str("the store of what was handled failed"),
        }
    }
}

fn not_its_form(f: &mut fmt::Formatter<'_>, why: &Why) -> fmt::Result {
    let why = why.to_string();
    write!(f, " does not have its form: {}", OneLine { text: &why, at_most: 4 * SHOWN })
}

/// What is unknown or invalid.
fn place(f: &mut fmt::Formatter<'_>, field: &str, inside: Option<&str>) -> fmt::Result {
    if let Some(event) = inside {
        write!(f, "something in an event `{event}` of `{}`", shown(field))
    } else if field.is_empty() {
        f.write_str("a request")
    } else {
        write!(f, "an event in `{}`", shown(field))
    }
}

fn shown(text: &str) -> OneLine<'_> {
    OneLine { text, at_most: SHOWN }
}

impl Error for Report {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Failed { error, .. } | Self::Seen(error) => Some(&**error),
            _ => None,
        }
    }
}

/// The sources of a report, in a line.
struct Sources<'r>(&'r Report);

impl fmt::Display for Sources<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut between = "";
        let mut next = self.0.source();
        // An error that is its own source has no end.
        for _ in 0..SOURCES {
            let Some(source) = next else { break };
            f.write_str(between)?;
            let text = source.to_string();
            write!(f, "{}", OneLine { text: &text, at_most: 4 * SHOWN })?;
            (between, next) = (": ", source.source());
        }
        Ok(())
    }
}

impl Report {
    /// Returns what it says, and then its sources, in a line.
    pub(super) fn with_sources(&self) -> String {
        let between = if self.source().is_some() { ": " } else { "" };
        format!("{self}{between}{}", Sources(self))
    }

    /// Writes it into the log, if there is one. The sources stand in a field of their own: what a handler said may be personal.
    #[cfg(feature = "tracing")]
    pub(super) fn log(&self) {
        match self {
            Self::Failed { .. } | Self::Seen(_) => {
                tracing::error!(target: "wa_message", error = %Sources(self), "{self}");
            }
            Self::Panicked { .. } => tracing::error!(target: "wa_message", "{self}"),
            Self::Unknown { .. } => tracing::info!(target: "wa_message", "{self}"),
            _ => tracing::warn!(target: "wa_message", "{self}"),
        }
    }
}
