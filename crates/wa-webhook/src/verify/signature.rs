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
    let (pairs, rest) = digits.as_chunks::<2>();
    let mut bytes = [0; BYTES];
    if pairs.len() != BYTES || !rest.is_empty() {
        return None;
    }
    // Whether all were digits is asked once. The signature of a request is no secret: its sender knows it.
    let mut all = 0;
    for (byte, &[high, low]) in bytes.iter_mut().zip(pairs) {
        let (high, low) = (DIGITS[usize::from(high)], DIGITS[usize::from(low)]);
        all |= high | low;
        *byte = high << 4 | low;
    }
    (all <= 0xF).then_some(bytes)
}

/// What each byte stands for as a digit, and more than a digit can be for those that are none.
const DIGITS: [u8; 256] = {
    let (mut digits, mut value) = ([u8::MAX; 256], 0);
    while value < 16 {
        let digit = b"0123456789abcdef"[value];
        #[allow(clippy::cast_possible_truncation)] // It is below 16.
        let value_of_digit = value as u8;
        digits[digit as usize] = value_of_digit;
        digits[digit.to_ascii_uppercase() as usize] = value_of_digit;
        value += 1;
    }
    digits
};

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
