//! Secrets that cannot be used.

use std::{error, fmt};

/// A secret cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SecretError {
    /// There is no secret at all.
    Missing,
    /// A secret is empty, or has nothing but white space.
    Blank,
}

impl fmt::Display for SecretError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Missing => "there is no secret",
            Self::Blank => "a secret is empty or has nothing but white space",
        })
    }
}

impl error::Error for SecretError {}

/// Whether a secret is none.
pub(crate) fn is_blank(secret: &[u8]) -> bool {
    secret.trim_ascii().is_empty()
}
