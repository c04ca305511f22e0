//! The errors of building a client.

use std::{error, fmt};

/// A client could not be set up.
///
/// It does not quote what was wrong: a token may stand in the wrong place.
#[derive(Debug)]
#[non_exhaustive]
pub enum SetupError {
    /// The token is empty.
    EmptyToken,
    /// The token holds a blank, a line break or another character that no token has.
    MalformedToken,
    /// The phone number id is empty.
    EmptyPhoneNumberId,
    /// The phone number id is not a single segment of a path.
    MalformedPhoneNumberId,
    /// The version of the API is not a single segment of a path.
    MalformedVersion,
    /// The base address is not an `http` or `https` address, or has more to it than a host and a path.
    MalformedAddress,
    /// The base address ends with a version of the API, which is added to it.
    VersionInAddress,
    /// The base address is plain `http` to another machine, which would show the token to the network.
    InsecureAddress,
    /// The base address is `https`, and no feature brings TLS.
    NoTls,
    /// The feature `rustls-no-provider` is on, and the program has set no provider of cryptography.
    NoCryptoProvider,
    /// The HTTP library could not start. Mostly it found no TLS certificates on the system.
    Http(HttpError),
}

/// The HTTP library could not start. The [source](error::Error::source) of a [`SetupError`] tells why.
#[derive(Debug)]
pub struct HttpError(pub(super) reqwest::Error);

impl fmt::Display for SetupError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::EmptyToken => "the access token is empty",
            Self::MalformedToken => {
                "the access token holds a blank, a line break or another character that no token has"
            }
            Self::EmptyPhoneNumberId => "the phone number id is empty",
            Self::MalformedPhoneNumberId => {
                "the phone number id may hold only ASCII letters, digits, `-`, `_`, `.` and `~`"
            }
            Self::MalformedVersion => "the API version must look like `v23.0`",
            Self::MalformedAddress => {
                "the base address must be an https address without user, query and fragment"
            }
            Self::VersionInAddress => {
                "the base address ends with a version, which is added to it: leave it out there, and \
                 give it as `api_version`"
            }
            Self::InsecureAddress => {
                "the base address must be an https address, because http is for loopback alone"
            }
            Self::NoTls => {
                "the base address is https, which needs the feature `rustls` or `native-tls` of \
                 `wa-message`"
            }
            Self::NoCryptoProvider => {
                "rustls has no provider of cryptography: call `install_default` of one before the client \
                 is built, or turn on the feature `rustls` of `wa-message`"
            }
            Self::Http(_) => "the HTTP library could not start",
        })
    }
}

impl error::Error for SetupError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Self::Http(HttpError(error)) => Some(error),
            _ => None,
        }
    }
}
