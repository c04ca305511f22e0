//! The signature of one request.

use std::{error, fmt};

/// How many bytes a signature has.
const BYTES: usize = 32;

/// A signature that has the right form, and is not checked yet.
///
/// A server looks at the header before it reads a body that nobody has signed:
///
/// ```
/// use wa_message::webhook::{Signature, SignatureError};
///
/// assert_eq!(Signature::from_header(Some(b"sha256=0123")), Err(SignatureError::Malformed));
/// assert_eq!(Signature::from_header(None), Err(SignatureError::Missing));
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Signature([u8; BYTES]);

impl Signature {
    const PREFIX: &'static str = "sha256=";

    /// Reads the value of [`SIGNATURE_HEADER`](super::SIGNATURE_HEADER): `sha256=` and 64 hexadecimal digits, in either
    /// case.
    ///
    /// # Errors
    ///
    /// When there is no header, or when it has another form.
    pub fn from_header(header: Option<&[u8]>) -> Result<Self, SignatureError> {
        let header = header.ok_or(SignatureError::Missing)?;
        let digits = header.strip_prefix(Self::PREFIX.as_bytes());
        digits.and_then(bytes).map(Self).ok_or(SignatureError::Malformed)
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Writes the header for these bytes.
    pub(super) fn header(bytes: &[u8]) -> String {
        let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 0xf]);
        let digits = digits.filter_map(|digit| char::from_digit(digit.into(), 16));
        Self::PREFIX.chars().chain(digits).collect()
    }
}

/// The bytes of 64 digits.
fn bytes(digits: &[u8]) -> Option<[u8; BYTES]> {
    let digit =
        |digit: u8| char::from(digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let (pairs, rest) = digits.as_chunks::<2>();
    let mut bytes = [0; BYTES];
    if pairs.len() != BYTES || !rest.is_empty() {
        return None;
    }
    for (byte, &[high, low]) in bytes.iter_mut().zip(pairs) {
        *byte = digit(high)? << 4 | digit(low)?;
    }
    Some(bytes)
}

impl fmt::Debug for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signature").finish_non_exhaustive()
    }
}

/// A request is not from the API, or it was changed on its way.
///
/// It never says which signature would have been right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SignatureError {
    /// The request has no signature.
    Missing,
    /// The request has several signatures, where the API sends one.
    Several,
    /// The signature has another form.
    Malformed,
    /// None of the secrets gives this signature.
    Mismatch,
}

impl fmt::Display for SignatureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Missing => "the request has no header `X-Hub-Signature-256`",
            Self::Several => "the request has several headers `X-Hub-Signature-256`",
            Self::Malformed => "the signature is not `sha256=` and 64 hexadecimal digits",
            Self::Mismatch => {
                "the signature does not fit: another secret has signed, or the body is not what was received, byte \
                 for byte"
            }
        })
    }
}

impl error::Error for SignatureError {}
