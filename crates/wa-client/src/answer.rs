//! Reading what the API answers. The token is taken out of all of it before anybody sees it.

mod document;

use std::time::Duration;

use bytes::Bytes;
use reqwest::{
    Response,
    header::{HeaderMap, HeaderName, HeaderValue},
};
use serde_json::Value;
use wa_message_core::{__shared as shared, types::ErrorAnswer};

use self::document::Document;
use super::{
    api_error::ApiError,
    error::Error,
    token::Token,
    transport::{Cause, InDoubt, NotUnderstood, Unreadable},
};

/// How much of an answer is read, in bytes. A real one has some hundred.
const READ_AT_MOST: usize = 1024 * 1024;
/// How much of an answer is kept that was not understood, in bytes.
const KEPT_AT_MOST: usize = 8 * 1024;

/// The header with the id of the request.
static TRACE_ID: HeaderName = HeaderName::from_static("x-fb-trace-id");
/// The header that says how much of its calls an account has used up.
static USAGE: HeaderName = HeaderName::from_static("x-business-use-case-usage");

/// An answer as it came.
pub(super) struct Answer {
    status: u16,
    body: Bytes,
    trace_id: Option<HeaderValue>,
    usage: Option<HeaderValue>,
    /// Why the body is not whole.
    broken: Option<Cause>,
}

impl Answer {
    pub(super) async fn read(mut response: Response) -> Self {
        let status = response.status().as_u16();
        let header = |headers: &HeaderMap, name: &HeaderName| headers.get(name).cloned();
        let trace_id = header(response.headers(), &TRACE_ID);
        let usage = header(response.headers(), &USAGE);
        let mut body = Body::default();
        let broken = loop {
            match response.chunk().await {
                Ok(Some(chunk)) if chunk.len() > READ_AT_MOST - body.len() => {
                    body.add(chunk.slice(..READ_AT_MOST - body.len()));
                    break Some(Cause::TooLong);
                }
                Ok(Some(chunk)) => body.add(chunk),
                Ok(None) => break None,
                Err(error) => break Some(Cause::Transport(error.without_url())),
            }
        };
        let body = body.whole();
        Self { status, body, trace_id, usage, broken }
    }

    /// What the API answers to a request that it accepts.
    ///
    /// `make` says what is wrong when the answer lacks what it has to say, in words of ours.
    pub(super) fn accepted<A: shared::Answer, T>(
        self,
        token: &Token,
        make: impl FnOnce(A) -> Result<T, &'static str>,
    ) -> Result<T, Error> {
        let is_success = (200..300).contains(&self.status);
        let mut cause = self.broken;
        if cause.is_none() {
            let document = Document::new(&self.body, token);
            if is_success {
                let read = document.read_as_always::<A>();
                let lacks = |why: &str| NotUnderstood::new(why.to_owned());
                match read.and_then(|answer| make(answer).map_err(lacks)) {
                    Ok(done) => return Ok(done),
                    Err(error) => cause = Some(Cause::NotUnderstood(error)),
                }
            }
            // An answer that names the code of an error is a refusal, whatever its status.
            if let Ok(refusal) = document.read::<ErrorAnswer>() {
                let wait = self.usage.as_ref().and_then(time_to_wait);
                let error = ApiError::new(self.status, refusal.error, token);
                return Err(error
                    .with_headers(wait, trace_id(self.trace_id.as_ref(), token))
                    .into());
            }
        }

        let (status, body) = (self.status, text(&self.body, token));
        let trace_id = trace_id(self.trace_id.as_ref(), token);
        Err(if is_success {
            Error::Unreadable(Unreadable { status, body, trace_id, cause, repeat: None })
        } else {
            let (status, body) = (Some(status), Some(body));
            Error::InDoubt(InDoubt { status, body, trace_id, cause, repeat: None })
        })
    }
}

/// What came of a body. Most come in one piece, which is not copied.
#[derive(Default)]
struct Body {
    first: Bytes,
    /// The first piece and all others, if there are others.
    joined: Vec<u8>,
}

impl Body {
    fn len(&self) -> usize {
        self.first.len().max(self.joined.len())
    }

    fn add(&mut self, chunk: Bytes) {
        if self.first.is_empty() {
            self.first = chunk;
        } else {
            if self.joined.is_empty() {
                self.joined.extend_from_slice(&self.first);
            }
            self.joined.extend_from_slice(&chunk);
        }
    }

    fn whole(self) -> Bytes {
        if self.joined.is_empty() { self.first } else { self.joined.into() }
    }
}

/// The id of the request.
fn trace_id(header: Option<&HeaderValue>, token: &Token) -> Option<String> {
    let mut id = header?.to_str().ok()?.to_owned();
    token.hide_in(&mut id);
    (!id.is_empty()).then_some(id)
}

/// How long it takes until calls are taken again, if they are not.
///
/// The header is JSON: lists of uses by the id of the account, each with minutes.
fn time_to_wait(header: &HeaderValue) -> Option<Duration> {
    /// A day, beyond which no limit goes.
    const MINUTES_AT_MOST: u64 = 24 * 60;
    let usage: Value = serde_json::from_slice(header.as_bytes()).ok()?;
    let uses = usage.as_object()?.values().filter_map(Value::as_array).flatten();
    let minutes = uses.filter_map(|usage| usage.get("estimated_time_to_regain_access")?.as_u64());
    let minutes = minutes.max().filter(|minutes| *minutes > 0)?;
    Some(Duration::from_secs(60 * minutes.min(MINUTES_AT_MOST)))
}

/// The text of a body, or its beginning.
fn text(body: &[u8], token: &Token) -> String {
    // Enough to find the token in, also where it lies over the end of what is kept.
    let beginning = body.get(..2 * KEPT_AT_MOST).unwrap_or(body);
    let mut text = String::from_utf8_lossy(beginning).into_owned();
    token.hide_in(&mut text);
    let mut end = text.len().min(KEPT_AT_MOST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.truncate(end);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_says_how_long_to_wait() {
        for (header, minutes) in [
            (r#"{"1":[{"type":"whatsapp","estimated_time_to_regain_access":7}]}"#, Some(7)),
            (
                r#"{"1":[{"estimated_time_to_regain_access":0},{"estimated_time_to_regain_access":3}],"2":[{}]}"#,
                Some(3),
            ),
            (r#"{"1":[{"estimated_time_to_regain_access":99999999999999}]}"#, Some(24 * 60)),
            (r#"{"1":[{"estimated_time_to_regain_access":0}]}"#, None),
            (r#"{"1":[{"estimated_time_to_regain_access":"7"}]}"#, None),
            (r#"{"1":7}"#, None),
            ("[]", None),
            ("no JSON", None),
        ] {
            let waits = time_to_wait(&HeaderValue::from_static(header));
            assert_eq!(
                waits,
                minutes.map(|minutes: u64| Duration::from_secs(60 * minutes)),
                "{header}"
            );
        }
    }
}
