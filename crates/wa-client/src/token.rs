//! The access token, which is never shown.

mod pieces;

use std::{borrow::Cow, fmt, sync::Arc};

use reqwest::header::HeaderValue;
use serde_json::{Map, Value};

use self::pieces::Pieces;
use super::setup::SetupError;

/// What stands where a token stood.
const HIDDEN: &str = "[token]";

/// An access token. It shows nothing of itself, and takes itself and its pieces out of what comes from
/// outside: the API quotes a token that it cannot read, and a gateway may quote the whole request.
#[derive(Clone)]
pub(super) struct Token {
    text: Arc<str>,
    pieces: Arc<Pieces>,
}

impl Token {
    pub(super) fn new(token: &str) -> Self {
        Self { text: token.into(), pieces: Arc::new(Pieces::of(token.as_bytes())) }
    }

    /// The value of the `authorization` header.
    pub(super) fn authorization(&self) -> Result<HeaderValue, SetupError> {
        self.authorization_as("Bearer")
    }

    /// The value of the `authorization` header, with this word before the token.
    pub(super) fn authorization_as(&self, word: &str) -> Result<HeaderValue, SetupError> {
        if self.text.is_empty() {
            return Err(SetupError::EmptyToken);
        }
        // A blank would be fine for a header, but not in a bearer token (RFC 6750).
        if !self.text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(SetupError::MalformedToken);
        }
        let mut value = HeaderValue::try_from(format!("{word} {}", self.text))
            .map_err(|_| SetupError::MalformedToken)?;
        value.set_sensitive(true);
        Ok(value)
    }

    /// Whether a JSON text certainly shows nothing of the token. It is told fast, because it is asked of
    /// each answer.
    pub(super) fn is_surely_absent(&self, json: &[u8]) -> bool {
        self.pieces.are_surely_absent(json)
    }

    /// Takes the token out of a text, however its characters are escaped.
    pub(super) fn hide_in(&self, text: &mut String) {
        if let Cow::Owned(hidden) = self.pieces.replaced(text, HIDDEN) {
            *text = hidden;
        }
    }

    /// Takes the token out of a JSON value. Names are left as they are, if they are not to be kept.
    pub(super) fn hide_in_values(&self, value: &mut Value) {
        self.hide_within(value, false);
    }

    /// Takes the token out of a JSON value that is kept, names and all.
    pub(super) fn hide_in_all(&self, value: &mut Value) {
        self.hide_within(value, true);
    }

    fn hide_within(&self, value: &mut Value, names: bool) {
        match value {
            Value::String(text) => self.hide_in(text),
            Value::Number(number) => {
                // Digits may be a piece of it.
                if let Cow::Owned(hidden) = self.pieces.replaced(&number.to_string(), HIDDEN) {
                    *value = Value::String(hidden);
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.hide_within(item, names)),
            Value::Object(members) => {
                members.values_mut().for_each(|member| self.hide_within(member, names));
                if names {
                    self.hide_in_names(members);
                }
            }
            Value::Null | Value::Bool(_) => {}
        }
    }

    fn hide_in_names(&self, members: &mut Map<String, Value>) {
        if members.keys().all(|name| matches!(self.pieces.replaced(name, HIDDEN), Cow::Borrowed(_)))
        {
            return;
        }
        *members = std::mem::take(members)
            .into_iter()
            .map(|(mut name, member)| {
                self.hide_in(&mut name);
                (name, member)
            })
            .collect();
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
        let header = Token::new("EAAG~x/y+z=").authorization().unwrap();
        assert_eq!(header.as_bytes(), b"Bearer EAAG~x/y+z=");
        assert!(header.is_sensitive());
    }

    #[test]
    fn other_tokens_are_refused_without_being_shown() {
        for token in ["abc\n", "abc\r\nx: y", " abc", "Bearer abc", "abc\0", "abç"] {
            let error = Token::new(token).authorization().unwrap_err();
            assert!(matches!(error, SetupError::MalformedToken), "{token:?}");
            assert!(!error.to_string().contains("abc"));
            assert!(!format!("{error:?}").contains("abc"));
        }
        assert!(matches!(Token::new("").authorization(), Err(SetupError::EmptyToken)));
    }

    #[test]
    fn a_token_is_hidden_in_a_text() {
        let token = Token::new("EAAG/x");
        let mut text = String::from(r#"{"message":"Malformed access token EAAG\/x or EAAG/x"}"#);
        token.hide_in(&mut text);
        assert_eq!(text, r#"{"message":"Malformed access token [token] or [token]"}"#);
        assert_eq!(format!("{token:?}"), "[token]");
    }

    #[test]
    fn pieces_are_hidden_too_and_however_they_are_escaped() {
        let token = Token::new("EAAGm0PX4ZCpsBAO12345678");
        let hidden = |text: &str| {
            let mut text = text.to_owned();
            token.hide_in(&mut text);
            text
        };
        for (text, expected) in [
            ("EAAGm0PX4ZCpsBAO12345678", "[token]"),
            ("<EAAGm0PX4ZCpsBAO12345678EAAGm0PX4ZCpsBAO12345678>", "<[token]>"),
            ("cut: EAAGm0PX", "cut: [token]"),
            ("seven: EAAGm0P, Z4X", "seven: EAAGm0P, Z4X"),
            ("middle: xx0PX4ZCpsByy", "middle: xx[token]yy"),
            (r"\u0045AAGm0P\u00584ZC", "[token]"),
            (r"\\u0045\\u0041AGm0P\\u00584ZC", "[token]"),
            ("12345678", "[token]"),
            ("ü€EAAGm0PXü", "ü€[token]ü"),
            ("EAAGm0P\u{fffd}X4ZCpsBAO", "EAAGm0P\u{fffd}[token]"),
            (r"\u00e4\n\\", r"\u00e4\n\\"),
            (r"\u", r"\u"),
            ("", ""),
        ] {
            assert_eq!(hidden(text), expected, "{text}");
        }
    }

    #[test]
    fn a_short_token_is_hidden_where_it_stands_alone() {
        let mut text = String::from("abc abcd wamid.abc (abc) xabc");
        Token::new("abc").hide_in(&mut text);
        assert_eq!(text, "[token] abcd wamid.[token] ([token]) xabc");
    }

    #[test]
    fn names_and_numbers_are_texts_too() {
        let token = Token::new("EAAGm0PX4ZCpsBAO12345678");
        let json =
            r#"{"xEAAGm0PXx":[{"a":12345678,"b":-1234567,"EAAGm0PX4ZC":null}],"c":"EAAGm0PX"}"#;
        let mut value: Value = serde_json::from_str(json).unwrap();
        token.hide_in_all(&mut value);
        let expected =
            r#"{"c":"[token]","x[token]x":[{"[token]":null,"a":"[token]","b":-1234567}]}"#;
        let expected: Value = serde_json::from_str(expected).unwrap();
        assert_eq!(value, expected);
    }

    #[test]
    fn the_fast_answer_is_never_wrong() {
        let text = "EAAGm0PX4ZCpsBAO12345678";
        let token = Token::new(text);
        for start in 0..text.len() {
            for end in start + 8..=text.len() {
                for before in 0..9 {
                    let json = format!("{}{}!", "x".repeat(before), &text[start..end]);
                    assert!(!token.is_surely_absent(json.as_bytes()), "{json}");
                }
            }
        }
        assert!(token.is_surely_absent(br#"{"messages":[{"id":"wamid.HBgLMTU1NTAxMDA="}]}"#));
        // Parts that say nothing, wherever they lie, do not make the answer slow.
        for before in 0..9 {
            let json = format!("{}EAAGm0P1234567!0PX4ZCp12345", "x".repeat(before));
            assert!(token.is_surely_absent(json.as_bytes()), "{json}");
        }
        // What has escapes is looked at more closely, and so is everything if the token is short.
        assert!(!token.is_surely_absent(br"\u0041"));
        assert!(!Token::new("a-token").is_surely_absent(b"{}"));
    }
}
