//! What the API says when it refuses a request.

use std::{
    error,
    fmt::{self, Write as _},
};

use serde_json::Value;

use super::token::Token;
use crate::types::ErrorBody;

/// The API refused a request. Nothing was sent to the recipient.
///
/// Branch on [`code`](Self::code), and show [`details`](Self::details) to whoever has to mend it: the
/// other texts are titles.
#[derive(Debug, Clone, PartialEq)]
pub struct ApiError(Box<Refusal>);

#[derive(Debug, Clone, PartialEq)]
struct Refusal {
    status: u16,
    body: ErrorBody,
}

impl ApiError {
    /// An error without the token, which the API quotes at times.
    pub(super) fn new(status: u16, mut body: ErrorBody, token: &Token) -> Self {
        let texts = [&mut body.message, &mut body.error_user_title, &mut body.error_user_msg];
        for text in texts.into_iter().flatten() {
            token.hide_in(text);
        }
        if let Some(data) = &mut body.error_data {
            hide_in(data, token);
        }
        Self(Box::new(Refusal { status, body }))
    }

    /// The HTTP status of the answer.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.0.status
    }

    /// The code of the error: 131009 for a value that is not valid, 190 for a token that is not.
    #[must_use]
    pub fn code(&self) -> i64 {
        self.0.body.code
    }

    /// The subcode of the error. The API hardly gives one any more.
    #[must_use]
    pub fn subcode(&self) -> Option<i64> {
        self.0.body.error_subcode
    }

    /// The title of the error, as a rule with the code in front: `(#131009) Parameter value is not
    /// valid`.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.0.body.message.as_deref()
    }

    /// What exactly was wrong.
    #[must_use]
    pub fn details(&self) -> Option<&str> {
        let data = self.0.body.error_data.as_ref()?;
        // Mostly an object; at times the text stands alone.
        data.get("details").unwrap_or(data).as_str()
    }

    /// The type of the error. Mostly `OAuthException`, which has no meaning.
    #[must_use]
    pub fn error_type(&self) -> Option<&str> {
        self.0.body.type_.as_deref()
    }

    /// The id of the request. Support asks for it.
    #[must_use]
    pub fn fbtrace_id(&self) -> Option<&str> {
        self.0.body.fbtrace_id.as_deref()
    }

    /// The whole error.
    #[must_use]
    pub fn body(&self) -> &ErrorBody {
        &self.0.body
    }

    /// Whether the same request may be accepted later, without a change to anything: the API says so,
    /// or the code is that of a limit or of an outage.
    ///
    /// Wait before the next try, and longer from try to try. The API's advice is 4 to the power of the
    /// number of tries, in seconds.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        self.0.body.is_transient == Some(true) || is_transient(self.code())
    }
}

fn is_transient(code: i64) -> bool {
    matches!(
        code,
        // The API is not available, or does not know what happened.
        1 | 2 | 131_000 | 131_016 | 133_004
            // The account is being changed.
            | 131_057 | 133_015 | 134_101
            // Too much at a time: of the app, the account, the number, to one recipient or group, of a Flow.
            | 4 | 80_007 | 130_429 | 131_048 | 131_056 | 131_064 | 131_208 | 132_069
    )
}

/// Takes the token out of all texts.
fn hide_in(value: &mut Value, token: &Token) {
    match value {
        Value::String(text) => token.hide_in(text),
        Value::Array(items) => items.iter_mut().for_each(|item| hide_in(item, token)),
        Value::Object(members) => members.values_mut().for_each(|member| hide_in(member, token)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let code = self.code();
        write!(f, "the API refused the request (HTTP {}, code {code})", self.status())?;
        let title = self
            .message()
            .map(|message| message.strip_prefix(&format!("(#{code})")).unwrap_or(message).trim());
        let texts = [title, self.details()];
        for text in texts.into_iter().flatten().filter(|text| !text.is_empty()) {
            f.write_str(": ")?;
            // A line break would end the line of a log.
            for character in text.trim_end_matches('.').chars() {
                f.write_char(if character.is_control() { ' ' } else { character })?;
            }
        }
        Ok(())
    }
}

impl error::Error for ApiError {}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn refusal(json: &str) -> ApiError {
        let token = Token::new("EAAG-secret".into());
        ApiError::new(400, serde_json::from_str(json).unwrap(), &token)
    }

    #[test]
    fn details_are_an_object_or_a_text() {
        let object = refusal(
            r#"{
                "message": "(#131009) Parameter value is not valid",
                "type": "OAuthException",
                "code": 131009,
                "error_data": { "messaging_product": "whatsapp", "details": "The title is\ntoo long." },
                "error_subcode": 2494010,
                "fbtrace_id": "Axyz",
                "news": 1
            }"#,
        );
        assert_eq!(object.code(), 131_009);
        assert_eq!(object.subcode(), Some(2_494_010));
        assert_eq!(object.error_type(), Some("OAuthException"));
        assert_eq!(object.fbtrace_id(), Some("Axyz"));
        assert_eq!(object.details(), Some("The title is\ntoo long."));
        assert_eq!(
            object.to_string(),
            "the API refused the request (HTTP 400, code 131009): Parameter value is not valid: \
             The title is too long"
        );

        let text = refusal(r#"{ "code": 100, "error_data": "not so" }"#);
        assert_eq!(text.details(), Some("not so"));
        assert_eq!(text.to_string(), "the API refused the request (HTTP 400, code 100): not so");

        for data in ["null", "{}", "[]", "7", r#"{ "details": { "a": 1 } }"#] {
            let none = refusal(&format!(r#"{{ "code": 1, "error_data": {data} }}"#));
            assert_eq!(none.details(), None, "{data}");
        }
    }

    #[test]
    fn the_token_is_taken_out() {
        let error = refusal(
            r#"{
                "code": 190,
                "message": "Malformed access token EAAG-secret",
                "error_user_msg": "EAAG-secret",
                "error_data": { "details": ["EAAG-secret", { "deep": "EAAG-secret" }] }
            }"#,
        );
        assert!(!format!("{error} {error:?}").contains("secret"));
        assert_eq!(error.message(), Some("Malformed access token [token]"));
    }

    #[test]
    fn limits_and_outages_pass() {
        for (json, transient) in [
            (r#"{ "code": 130429 }"#, true),
            (r#"{ "code": 131009 }"#, false),
            (r#"{ "code": 131049 }"#, false),
            (r#"{ "code": 131009, "is_transient": true }"#, true),
        ] {
            assert_eq!(refusal(json).is_transient(), transient, "{json}");
        }
    }
}
