//! The handshake by which an address for webhooks is confirmed.

use std::{error, fmt};

use form_urlencoded::parse;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::secret::{SecretError, is_blank};

/// Answers the API when it asks for the first time whether an address takes webhooks.
///
/// The API sends `GET ?hub.mode=subscribe&hub.challenge=..&hub.verify_token=..` each time an address or its token is
/// entered. Who knows the token is answered with the challenge.
///
/// The token is compared in a time that does not tell how much of it is right, and `Debug` does not show it.
///
/// ```
/// use wa_message::webhook::{HandshakeError, VerifyToken};
///
/// let token = VerifyToken::new("a-verify-token")?;
///
/// let query = "hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=a-verify-token";
/// assert_eq!(token.answer(query).unwrap().as_str(), "1158201444");
///
/// let query = "hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=a-guess";
/// assert_eq!(token.answer(query), Err(HandshakeError::WrongToken));
/// # Ok::<_, wa_message::webhook::SecretError>(())
/// ```
#[derive(Clone)]
pub struct VerifyToken {
    /// The digest of the token. Two digests have the same length, so that comparing them tells nothing.
    digest: [u8; 32],
}

impl VerifyToken {
    /// The token that was entered beside the address.
    ///
    /// # Errors
    ///
    /// When it is empty or has nothing but white space: anybody could say it.
    pub fn new(token: impl AsRef<str>) -> Result<Self, SecretError> {
        let token = token.as_ref().as_bytes();
        if is_blank(token) {
            return Err(SecretError::Blank);
        }
        Ok(Self { digest: digest(token).finalize().into_bytes().into() })
    }

    /// Answers the query of a `GET`: the part of the address behind `?`.
    ///
    /// # Errors
    ///
    /// When the query is no handshake, has another token, or asks for nothing to be said back.
    pub fn answer(&self, query: &str) -> Result<Challenge, HandshakeError> {
        let mut handshake = Handshake::default();
        for (name, value) in parse(query.as_bytes()) {
            let place = match &*name {
                "hub.mode" => &mut handshake.mode,
                "hub.verify_token" => &mut handshake.token,
                "hub.challenge" => &mut handshake.challenge,
                _ => continue,
            };
            place.get_or_insert_with(|| value.into_owned());
        }
        if handshake.mode.as_deref() != Some("subscribe") {
            return Err(HandshakeError::NotAHandshake);
        }
        let token = handshake.token.unwrap_or_default();
        if digest(token.as_bytes()).verify_slice(&self.digest).is_err() {
            return Err(HandshakeError::WrongToken);
        }
        let challenge = handshake.challenge.filter(|challenge| !challenge.is_empty());
        challenge.map(Challenge).ok_or(HandshakeError::NoChallenge)
    }
}

/// What a handshake says, as it was said first.
#[derive(Default)]
struct Handshake {
    mode: Option<String>,
    token: Option<String>,
    challenge: Option<String>,
}

/// The digest of a token, to be finished or compared. It is no secret what it is keyed with.
fn digest(token: &[u8]) -> Hmac<Sha256> {
    #[allow(clippy::expect_used)]
    // It hashes keys that are longer than a block, and pads the others.
    let keyed: Hmac<Sha256> =
        Hmac::new_from_slice(b"hub.verify_token").expect("HMAC takes keys of any length");
    keyed.chain_update(token)
}

impl fmt::Debug for VerifyToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VerifyToken").finish_non_exhaustive()
    }
}

/// A text that the API wants to be told back, as the whole body of the answer.
///
/// It is whatever the caller has sent. So send it as `text/plain`, with `X-Content-Type-Options: nosniff` and
/// `Cache-Control: no-store`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Challenge(String);

impl Challenge {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0
    }
}

/// A handshake is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum HandshakeError {
    /// The query does not ask for a subscription.
    NotAHandshake,
    /// The token is missing or another one.
    WrongToken,
    /// There is nothing to be told back.
    NoChallenge,
}

impl fmt::Display for HandshakeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotAHandshake => "the query has no `hub.mode=subscribe`",
            Self::WrongToken => "the query has another `hub.verify_token`",
            Self::NoChallenge => "the query has no `hub.challenge`",
        })
    }
}

impl error::Error for HandshakeError {}

#[cfg(test)]
mod tests;
