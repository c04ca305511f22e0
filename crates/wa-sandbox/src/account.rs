//! The account: its token and its number, and the rules, which are those of `wa-message`.

use hyper::{
    Method, Uri,
    header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap},
};
use serde_json::Value;
use wa_message_core::{Message, ReadReceipt};

use crate::{id::Ids, received::Received, refusal::Refusal};

/// What the sandbox takes.
pub(crate) struct Account {
    pub(crate) token: String,
    /// Without one, any phone number id is taken.
    pub(crate) phone_number_id: Option<String>,
}

impl Account {
    /// Judges all but the body. Gives the phone number id.
    pub(crate) fn admit(
        &self,
        method: &Method,
        uri: &Uri,
        headers: &HeaderMap,
    ) -> Result<String, Refusal> {
        let id = phone_number_id(uri.path()).ok_or_else(|| Refusal::unknown_path(uri.path()))?;
        if method != Method::POST {
            return Err(Refusal::wrong_method(method, &["POST"]));
        }
        self.authorize(headers, "Bearer")?;
        self.owns(id)?;
        if !is_json(headers) {
            return Err(Refusal::wrong_content_type());
        }
        Ok(id.to_owned())
    }

    /// Refuses a request without the token behind this word.
    pub(crate) fn authorize(&self, headers: &HeaderMap, word: &'static str) -> Result<(), Refusal> {
        match token(headers, word) {
            None => Err(Refusal::no_token(word)),
            Some(token) if token == self.token.as_bytes() => Ok(()),
            Some(_) => Err(Refusal::wrong_token()),
        }
    }

    /// Refuses a phone number id that is not there.
    pub(crate) fn owns(&self, id: &str) -> Result<(), Refusal> {
        match self.phone_number_id.as_deref() {
            Some(known) if known != id => Err(Refusal::unknown_phone_number(id)),
            _ => Ok(()),
        }
    }
}

/// What stands behind the version of the API in a path, with the slash before it.
pub(crate) fn versioned(path: &str) -> Option<&str> {
    let (version, _) = path.strip_prefix('/')?.split_once('/')?;
    is_version(version).then(|| &path[1 + version.len()..])
}

/// Judges a body.
pub(crate) fn judge(phone_number_id: String, body: &[u8], ids: &Ids) -> Result<Received, Refusal> {
    let body: Value = serde_json::from_slice(body).map_err(|error| Refusal::not_json(&error))?;
    if body.get("status").is_some() {
        let receipt = ReadReceipt::try_from(&body).map_err(|error| Refusal::invalid(&error))?;
        Ok(Received::receipt_of(phone_number_id, body, receipt))
    } else {
        let message = Message::try_from(&body).map_err(|error| Refusal::invalid(&error))?;
        Ok(Received::message_of(phone_number_id, body, message, ids.wamid()))
    }
}

/// The id in `/v23.0/{id}/messages`.
fn phone_number_id(path: &str) -> Option<&str> {
    let (id, messages) = versioned(path)?.strip_prefix('/')?.split_once('/')?;
    (!id.is_empty() && messages == "messages").then_some(id)
}

/// `v23.0` and its like.
fn is_version(text: &str) -> bool {
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    text.strip_prefix('v')
        .and_then(|numbers| numbers.split_once('.'))
        .is_some_and(|(major, minor)| is_number(major) && is_number(minor))
}

/// The token behind a word and a blank.
fn token<'h>(headers: &'h HeaderMap, word: &str) -> Option<&'h [u8]> {
    let (scheme, token) = headers.get(AUTHORIZATION)?.as_bytes().split_at_checked(word.len())?;
    let is_it = scheme.eq_ignore_ascii_case(word.as_bytes());
    token.strip_prefix(b" ").filter(|_| is_it).map(<[u8]>::trim_ascii)
}

pub(crate) fn is_json(headers: &HeaderMap) -> bool {
    let Some(Ok(value)) = headers.get(CONTENT_TYPE).map(|value| value.to_str()) else {
        return false;
    };
    let essence = value.split(';').next().unwrap_or_default();
    essence.trim().eq_ignore_ascii_case("application/json")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_lead_to_a_phone_number() {
        assert_eq!(phone_number_id("/v23.0/1002/messages"), Some("1002"));
        for path in [
            "",
            "/",
            "/messages",
            "/v23.0/messages",
            "/v23.0//messages",
            "/23.0/1002/messages",
            "/v23/1002/messages",
            "/v.0/1002/messages",
            "/v23.0/1002/messages/",
            "/v23.0/1002/media",
            "//1002/messages",
        ] {
            assert_eq!(phone_number_id(path), None, "{path}");
        }
    }
}
