//! The errors of sending.

use std::{error, fmt, time::Duration};

use wa_message_core::InvalidMessage;

use super::{
    api_error::ApiError,
    transport::{InDoubt, NotSent, Unreadable},
};

/// A request was not accepted, or it is not known what became of it.
///
/// `?` makes one of an [`InvalidMessage`] too, so that a function which builds a message and sends it has
/// one error:
///
/// ```
/// use wa_message::{Client, Error, Sent, wa_message};
///
/// async fn confirm(client: &Client, to: &str, order: u32) -> Result<Sent, Error> {
///     let message = wa_message! { <text> to, body: format!("Order {order} is on its way.") }?;
///     client.send(&message).await
/// }
/// ```
///
/// Match on what matters to you:
///
/// ```
/// use wa_message::Error;
///
/// fn report(error: &Error) {
///     match error {
///         Error::Refused(refusal) => println!("code {}: {}", refusal.code(), refusal.advice()),
///         Error::Throttled(refusal) => println!("too fast: {}", refusal.advice()),
///         Error::NotSent(_) => println!("not sent"),
///         Error::InDoubt(_) => println!("wait for the webhooks"),
///         error => println!("{error}"),
///     }
/// }
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// There is no message, because what was to become one breaks rules of the API: `?` gives this, where a message is
    /// built. Or there is one that does not fit the definition of its template, of a client that has
    /// [definitions](super::Client::with_templates). Nothing was sent.
    Invalid(InvalidMessage),
    /// The API refused the request and said why. [`ApiError::advice`] says whether another try may help.
    Refused(ApiError),
    /// The API refused the request because it was too much at a time. [`ApiError::scope`] says whether all
    /// of the number is held back, or this recipient alone.
    Throttled(ApiError),
    /// Nothing was sent: no connection was made, or it was not its turn in time.
    NotSent(NotSent),
    /// The request was sent, and nobody knows whether it was accepted.
    InDoubt(InDoubt),
    /// The request was accepted, but the answer was not understood.
    Unreadable(Unreadable),
    /// The API answered that it did not mark the message as read, and not why. Only
    /// [`mark_read`](super::Client::mark_read) gives this.
    NotMarked,
    /// A file could not be sent or taken: it does not fit, could not be read or written, or is not the one that was
    /// promised. Only the calls of [`media`](super::Client::media) give this.
    #[cfg(feature = "media")]
    #[cfg_attr(docsrs, doc(cfg(feature = "media")))]
    File(crate::media::FileError),
    /// A definition of a template cannot be sent or was not understood, or a file of definitions could not be read or
    /// written. Only the calls of [`templates`](super::Client::templates) give this.
    #[cfg(feature = "templates")]
    #[cfg_attr(docsrs, doc(cfg(feature = "templates")))]
    Template(crate::templates::TemplateError),
}

impl Error {
    /// Judges a request that got no answer at all.
    pub(super) fn unanswered(error: reqwest::Error) -> Self {
        let error = error.without_url();
        // The token and the body go out only on a connection, with TLS and all.
        if error.is_connect() || error.is_builder() {
            Self::NotSent(NotSent::not_connected(error))
        } else {
            Self::InDoubt(InDoubt::unanswered(error))
        }
    }

    /// Says of an error that leaves doubt what a repetition does, if it does no harm.
    #[cfg(any(feature = "media", feature = "templates"))]
    pub(super) fn repeatable(mut self, repeat: Option<&'static str>) -> Self {
        match &mut self {
            Self::InDoubt(error) => error.repeat = repeat,
            Self::Unreadable(error) => error.repeat = repeat,
            _ => {}
        }
        self
    }

    /// Whether the same message can be sent again without the danger that it arrives twice.
    ///
    /// That is so when the API refused it and when nothing was sent, for whatever reason. It does not say
    /// that another try helps: for a refusal, [`ApiError::advice`] does, and what is invalid stays so. Of a request for
    /// a file it says whether it may be repeated without harm.
    #[must_use]
    pub fn is_safe_to_resend(&self) -> bool {
        match self {
            #[cfg(feature = "media")]
            Self::File(_) => true,
            #[cfg(feature = "templates")]
            Self::Template(_) => true,
            Self::Invalid(_)
            | Self::Refused(_)
            | Self::Throttled(_)
            | Self::NotSent(_)
            | Self::NotMarked => true,
            Self::InDoubt(error) => error.repeat.is_some(),
            Self::Unreadable(error) => error.repeat.is_some(),
        }
    }

    /// What the API said, if it refused the request.
    #[must_use]
    pub fn api_error(&self) -> Option<&ApiError> {
        match self {
            Self::Refused(error) | Self::Throttled(error) => Some(error),
            _ => None,
        }
    }

    /// How long to wait at least before another try, if that is known.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Refused(error) | Self::Throttled(error) => error.retry_after(),
            Self::NotSent(error) => error.retry_after(),
            Self::Invalid(_) | Self::InDoubt(_) | Self::Unreadable(_) | Self::NotMarked => None,
            #[cfg(feature = "media")]
            Self::File(_) => None,
            #[cfg(feature = "templates")]
            Self::Template(_) => None,
        }
    }

    /// The HTTP status of the answer, if there was one.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Refused(error) | Self::Throttled(error) => Some(error.status()),
            Self::InDoubt(error) => error.status(),
            Self::Unreadable(error) => Some(error.status()),
            Self::Invalid(_) | Self::NotSent(_) | Self::NotMarked => None,
            #[cfg(feature = "media")]
            Self::File(error) => error.status(),
            #[cfg(feature = "templates")]
            Self::Template(_) => None,
        }
    }

    /// The id of the request, if the answer had one. Support asks for it.
    #[must_use]
    pub fn fbtrace_id(&self) -> Option<&str> {
        match self {
            Self::Refused(error) | Self::Throttled(error) => error.fbtrace_id(),
            Self::InDoubt(error) => error.fbtrace_id(),
            Self::Unreadable(error) => error.fbtrace_id(),
            Self::Invalid(_) | Self::NotSent(_) | Self::NotMarked => None,
            #[cfg(feature = "media")]
            Self::File(_) => None,
            #[cfg(feature = "templates")]
            Self::Template(_) => None,
        }
    }
}

// The variants have the words: each of them is an error that can stand alone.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid(error) => error.fmt(f),
            Self::Refused(error) | Self::Throttled(error) => error.fmt(f),
            Self::NotSent(error) => error.fmt(f),
            Self::InDoubt(error) => error.fmt(f),
            Self::Unreadable(error) => error.fmt(f),
            Self::NotMarked => {
                f.write_str("the API did not mark the message as read, and did not say why")
            }
            #[cfg(feature = "media")]
            Self::File(error) => error.fmt(f),
            #[cfg(feature = "templates")]
            Self::Template(error) => error.fmt(f),
        }
    }
}

impl error::Error for Error {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Self::Invalid(error) => error.source(),
            Self::NotSent(error) => error.source(),
            Self::InDoubt(error) => error.source(),
            Self::Unreadable(error) => error.source(),
            Self::Refused(_) | Self::Throttled(_) | Self::NotMarked => None,
            #[cfg(feature = "media")]
            Self::File(error) => error.source(),
            #[cfg(feature = "templates")]
            Self::Template(error) => error.source(),
        }
    }
}

impl From<InvalidMessage> for Error {
    fn from(error: InvalidMessage) -> Self {
        Self::Invalid(error)
    }
}

#[cfg(feature = "media")]
impl From<crate::media::FileError> for Error {
    fn from(error: crate::media::FileError) -> Self {
        Self::File(error)
    }
}

#[cfg(feature = "templates")]
impl From<crate::templates::TemplateError> for Error {
    fn from(error: crate::templates::TemplateError) -> Self {
        Self::Template(error)
    }
}

impl From<ApiError> for Error {
    fn from(error: ApiError) -> Self {
        if error.scope().is_some() { Self::Throttled(error) } else { Self::Refused(error) }
    }
}
