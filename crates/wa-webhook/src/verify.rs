//! Signatures of webhooks.

mod signature;

use std::{fmt, sync::Arc};

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

pub use self::signature::{Signature, SignatureError};
use crate::secret::{SecretError, is_blank};

/// The name of the header that has the signature.
pub const SIGNATURE_HEADER: &str = "x-hub-signature-256";

/// Checks who a webhook is from.
///
/// The API signs each request with the secret of the app, over the body byte for byte as it goes over the network. So
/// give it the bytes that were received: a body that was parsed and written again does not verify as soon as it
/// holds an accent, an emoji, `/` or `@`, because the API escapes these and other writers do not.
///
/// There may be several secrets: while a secret is being changed, and where several apps send to one address. `Debug`
/// shows how many there are, and no more.
///
/// The signature is over the body alone. Who records a request can send it again, and it verifies again:
/// [`Seen`](crate::Seen) is what keeps it from being handled twice.
///
/// ```
/// use wa_message::webhook::{SignatureError, Verifier};
///
/// let verifier = Verifier::new(["an-app-secret"])?;
/// let body = br#"{"object":"whatsapp_business_account","entry":[]}"#;
///
/// let header = verifier.sign(body);
/// assert_eq!(verifier.verify(Some(header.as_bytes()), body), Ok(()));
/// assert_eq!(verifier.verify(Some(header.as_bytes()), b"{}"), Err(SignatureError::Mismatch));
/// assert_eq!(verifier.verify(None, body), Err(SignatureError::Missing));
/// # Ok::<_, wa_message::webhook::SecretError>(())
/// ```
#[derive(Clone)]
pub struct Verifier(Arc<[Hmac<Sha256>]>);

impl Verifier {
    /// A verifier that takes what is signed with any of the secrets.
    ///
    /// A secret is the text that the app's dashboard shows, as it is.
    ///
    /// # Errors
    ///
    /// When there is no secret, or when one of them is empty or has nothing but white space: anybody could sign with it.
    pub fn new<S: AsRef<[u8]>>(secrets: impl IntoIterator<Item = S>) -> Result<Self, SecretError> {
        let keys: Arc<[_]> = secrets
            .into_iter()
            .map(|secret| match secret.as_ref() {
                secret if is_blank(secret) => Err(SecretError::Blank),
                secret => Ok(keyed(secret)),
            })
            .collect::<Result<_, _>>()?;
        if keys.is_empty() { Err(SecretError::Missing) } else { Ok(Self(keys)) }
    }

    /// Checks the signature of a body. `header` is the value of [`SIGNATURE_HEADER`], if the request has it.
    ///
    /// # Errors
    ///
    /// When there is no header, when it has another form than a signature, or when none of the secrets gives this
    /// signature.
    pub fn verify(&self, header: Option<&[u8]>, body: &[u8]) -> Result<(), SignatureError> {
        self.matches(&Signature::from_header(header)?, body)
    }

    /// Checks a signature that was read before the body was.
    ///
    /// # Errors
    ///
    /// When none of the secrets gives this signature.
    pub fn matches(&self, signature: &Signature, body: &[u8]) -> Result<(), SignatureError> {
        // Each comparison takes the same time, however much of the signature is right. Which of the secrets is
        // the right one is no secret, so the first that fits will do.
        let fits = |key: &Hmac<Sha256>| {
            key.clone().chain_update(body).verify_slice(signature.as_bytes()).is_ok()
        };
        if self.0.iter().any(fits) { Ok(()) } else { Err(SignatureError::Mismatch) }
    }

    /// Returns the header that the API would send with a body, signed with the first of the secrets: for tests, and for
    /// what imitates the API.
    #[must_use]
    pub fn sign(&self, body: &[u8]) -> String {
        let key = self.0.first().cloned();
        let tag = key.map(|key| key.chain_update(body).finalize().into_bytes());
        Signature::header(tag.as_deref().unwrap_or_default())
    }
}

/// HMAC with this key.
fn keyed(secret: &[u8]) -> Hmac<Sha256> {
    #[allow(clippy::expect_used)]
    // It hashes keys that are longer than a block, and pads the others.
    Hmac::new_from_slice(secret).expect("HMAC takes keys of any length")
}

impl fmt::Debug for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verifier").field("secrets", &self.0.len()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
