//! What can happen to a message on its way.

use std::{error, fmt};

use super::{
    api_error::ApiError,
    transport::{InDoubt, NotSent, Unreadable},
};

/// A request was not accepted, or it is not known what became of it.
///
/// ```
/// use wa_message::Error;
///
/// fn report(error: &Error) {
///     match error {
///         Error::Refused(refusal) => println!("refused with code {}", refusal.code()),
///         Error::NotSent(_) => println!("not sent"),
///         Error::InDoubt(_) => println!("wait for the webhooks"),
///         error => println!("{error}"),
///     }
/// }
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The API refused the request and said why.
    Refused(ApiError),
    /// No connection was made, so nothing was sent.
    NotSent(NotSent),
    /// The request was sent, and nobody knows whether it was accepted.
    InDoubt(InDoubt),
    /// The request was accepted, but the answer was not understood.
    Unreadable(Unreadable),
    /// The API answered that it did not mark the message as read, and not why. Only
    /// [`mark_read`](super::Client::mark_read) gives this.
    NotMarked,
}

impl Error {
    /// Whether the same message can be sent again without the danger that it arrives twice.
    ///
    /// That is so when the API refused it and when nothing was sent. It does not say that another try
    /// helps: for a refusal, [`ApiError::is_transient`] does.
    #[must_use]
    pub fn is_safe_to_resend(&self) -> bool {
        match self {
            Self::Refused(_) | Self::NotSent(_) | Self::NotMarked => true,
            Self::InDoubt(_) | Self::Unreadable(_) => false,
        }
    }
}

// The variants have the words: each of them is an error that can stand alone.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(error) => error.fmt(f),
            Self::NotSent(error) => error.fmt(f),
            Self::InDoubt(error) => error.fmt(f),
            Self::Unreadable(error) => error.fmt(f),
            Self::NotMarked => f.write_str("the API did not mark the message as read"),
        }
    }
}

impl error::Error for Error {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Self::NotSent(error) => error.source(),
            Self::InDoubt(error) => error.source(),
            Self::Unreadable(error) => error.source(),
            Self::Refused(_) | Self::NotMarked => None,
        }
    }
}

impl From<ApiError> for Error {
    fn from(error: ApiError) -> Self {
        Self::Refused(error)
    }
}
