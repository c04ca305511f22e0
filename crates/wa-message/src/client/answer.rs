//! Reading what the API answers.

use reqwest::Response;
use serde::de::DeserializeOwned;

use super::{
    api_error::ApiError,
    error::Error,
    token::Token,
    transport::{Cause, InDoubt, Unreadable},
};
use crate::types::ErrorAnswer;

/// How much of an answer is read, in bytes. A real one has some hundred.
const READ_AT_MOST: usize = 1024 * 1024;
/// How much of an answer is kept that was not understood, in bytes.
const KEPT_AT_MOST: usize = 8 * 1024;

/// An answer as it came.
pub(super) struct Answer {
    status: u16,
    body: Vec<u8>,
    /// Why the body is not whole.
    broken: Option<Cause>,
}

impl Answer {
    pub(super) async fn read(mut response: Response) -> Self {
        let status = response.status().as_u16();
        let mut body = Vec::new();
        let broken = loop {
            match response.chunk().await {
                Ok(Some(chunk)) if chunk.len() > READ_AT_MOST - body.len() => {
                    body.extend_from_slice(&chunk[..READ_AT_MOST - body.len()]);
                    break Some(Cause::TooLong);
                }
                Ok(Some(chunk)) => body.extend_from_slice(&chunk),
                Ok(None) => break None,
                Err(error) => break Some(Cause::Transport(error.without_url())),
            }
        };
        Self { status, body, broken }
    }

    /// What the API answers to a request that it accepts.
    ///
    /// `make` gives nothing when the answer lacks what it has to say.
    pub(super) fn accepted<A: DeserializeOwned, T>(
        self,
        token: &Token,
        make: impl FnOnce(A) -> Option<T>,
    ) -> Result<T, Error> {
        let is_success = (200..300).contains(&self.status);
        let mut cause = self.broken;
        if cause.is_none() {
            if is_success {
                match serde_json::from_slice(&self.body).map(make) {
                    Ok(Some(done)) => return Ok(done),
                    Ok(None) => {}
                    Err(error) => cause = Some(Cause::NotUnderstood(error)),
                }
            }
            // An answer that names the code of an error is a refusal, whatever its status.
            if let Ok(refusal) = serde_json::from_slice::<ErrorAnswer>(&self.body) {
                return Err(Error::Refused(ApiError::new(self.status, refusal.error, token)));
            }
        }

        let body = text(&self.body, token);
        Err(if is_success {
            Error::Unreadable(Unreadable { status: self.status, body, cause })
        } else {
            Error::InDoubt(InDoubt { status: Some(self.status), body: Some(body), cause })
        })
    }
}

/// The text of a body, or its beginning.
fn text(body: &[u8], token: &Token) -> String {
    let mut text = String::from_utf8_lossy(body).into_owned();
    // First the token, then the cut: a part of a token would not be found.
    token.hide_in(&mut text);
    let mut end = text.len().min(KEPT_AT_MOST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.truncate(end);
    text
}
