//! The access token, which is never shown.

use std::{borrow::Cow, fmt};

use reqwest::header::HeaderValue;

use super::setup::SetupError;

/// What stands where a token stood.
const HIDDEN: &str = "[token]";

/// An access token. It shows nothing of itself.
#[derive(Clone)]
pub(super) struct Token(String);

impl Token {
    pub(super) fn new(token: String) -> Self {
        Self(token)
    }

    /// The value of the `authorization` header.
    pub(super) fn authorization(&self) -> Result<HeaderValue, SetupError> {
        if self.0.is_empty() {
            return Err(SetupError::EmptyToken);
        }
        // A blank would be fine for a header, but not in a bearer token (RFC 6750).
        if !self.0.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(SetupError::MalformedToken);
        }
        let mut value = HeaderValue::try_from(format!("Bearer {}", self.0))
            .map_err(|_| SetupError::MalformedToken)?;
        value.set_sensitive(true);
        Ok(value)
    }

    /// Takes the token out of a text. The API quotes a token that it cannot read.
    pub(super) fn hide_in(&self, text: &mut String) {
        for token in [Cow::Borrowed(self.0.as_str()), Cow::Owned(self.0.replace('/', r"\/"))] {
            if text.contains(&*token) {
                *text = text.replace(&*token, HIDDEN);
            }
        }
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(HIDDEN)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_header_takes_what_a_bearer_token_may_hold() {
        let header = Token::new("EAAG~x/y+z=".into()).authorization().unwrap();
        assert_eq!(header.as_bytes(), b"Bearer EAAG~x/y+z=");
        assert!(header.is_sensitive());
    }

    #[test]
    fn other_tokens_are_refused_without_being_shown() {
        for token in ["abc\n", "abc\r\nx: y", " abc", "Bearer abc", "abc\0", "abç"] {
            let error = Token::new(token.into()).authorization().unwrap_err();
            assert!(matches!(error, SetupError::MalformedToken), "{token:?}");
            assert!(!error.to_string().contains("abc"));
            assert!(!format!("{error:?}").contains("abc"));
        }
        assert!(matches!(Token::new(String::new()).authorization(), Err(SetupError::EmptyToken)));
    }

    #[test]
    fn a_token_is_hidden_in_a_text() {
        let token = Token::new("EAAG/x".into());
        let mut text = String::from(r#"{"message":"Malformed access token EAAG\/x or EAAG/x"}"#);
        token.hide_in(&mut text);
        assert_eq!(text, r#"{"message":"Malformed access token [token] or [token]"}"#);
        assert_eq!(format!("{token:?}"), "[token]");
    }
}
