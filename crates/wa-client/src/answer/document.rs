//! The body of an answer as it may be shown: without the token.

use serde_core::de::DeserializeOwned;
use serde_json::Value;
use wa_message_core::__shared::{Answer, OneLine};

use crate::{token::Token, transport::NotUnderstood};

/// How much is quoted of what is wrong with an answer, in characters.
const QUOTED_AT_MOST: usize = 500;

/// The body of an answer.
pub(super) struct Document<'b> {
    body: &'b [u8],
    token: &'b Token,
    /// The values without the token, if it may be in the body. Names stand as they came: those that are known
    /// say nothing, and of those that are kept with a free value, [`ApiError`] takes it out.
    ///
    /// [`ApiError`]: crate::ApiError
    filtered: Option<serde_json::Result<Value>>,
}

impl<'b> Document<'b> {
    pub(super) fn new(body: &'b [u8], token: &'b Token) -> Self {
        let filtered = || {
            let mut value = serde_json::from_slice(body)?;
            token.hide_in_values(&mut value);
            Ok(value)
        };
        let filtered = (!token.is_surely_absent(body)).then(filtered);
        Self { body, token, filtered }
    }

    /// Reads it on the short road, if it is as always.
    pub(super) fn read_as_always<A: Answer>(&self) -> Result<A, NotUnderstood> {
        if self.filtered.is_none()
            && let Some(answer) = A::from_canonical(self.body)
        {
            return Ok(answer);
        }
        self.read()
    }

    /// Reads it with serde, which also says what is wrong.
    pub(super) fn read<A: DeserializeOwned>(&self) -> Result<A, NotUnderstood> {
        match &self.filtered {
            None => serde_json::from_slice(self.body).map_err(|error| self.not_understood(&error)),
            Some(Ok(value)) => A::deserialize(value).map_err(|error| self.not_understood(&error)),
            Some(Err(error)) => Err(self.not_understood(error)),
        }
    }

    fn not_understood(&self, error: &serde_json::Error) -> NotUnderstood {
        let mut text = error.to_string();
        self.token.hide_in(&mut text);
        NotUnderstood::new(OneLine { text: &text, at_most: QUOTED_AT_MOST }.to_string())
    }
}
