//! A request that the sandbox has accepted, as tests look at it.

use std::sync::Arc;

use serde_json::Value;
use wa_message_core::{Lint, Message, ReadReceipt};

/// A request that the sandbox has accepted: a message or a read receipt. A clone is cheap.
#[derive(Debug, Clone)]
pub struct Received(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    phone_number_id: String,
    body: Value,
    request: Request,
}

#[derive(Debug)]
enum Request {
    Message { id: String, message: Box<Message> },
    Read(ReadReceipt),
}

impl Received {
    pub(crate) fn message_of(
        phone_number_id: String,
        body: Value,
        message: Message,
        id: String,
    ) -> Self {
        let request = Request::Message { id, message: Box::new(message) };
        Self(Arc::new(Inner { phone_number_id, body, request }))
    }

    pub(crate) fn receipt_of(phone_number_id: String, body: Value, receipt: ReadReceipt) -> Self {
        Self(Arc::new(Inner { phone_number_id, body, request: Request::Read(receipt) }))
    }

    /// The kind of message by its name in `wa_message!`, such as `list`; or `read`.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match &self.0.request {
            Request::Message { message, .. } => message.kind().as_str(),
            Request::Read(_) => "read",
        }
    }

    /// The WAMID that the message was given. A read receipt gets none.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        match &self.0.request {
            Request::Message { id, .. } => Some(id),
            Request::Read(_) => None,
        }
    }

    /// The phone number id that the request was sent to.
    #[must_use]
    pub fn phone_number_id(&self) -> &str {
        &self.0.phone_number_id
    }

    /// The body of the request, as it came.
    #[must_use]
    pub fn body(&self) -> &Value {
        &self.0.body
    }

    /// The message, if it is one.
    #[must_use]
    pub fn message(&self) -> Option<&Message> {
        match &self.0.request {
            Request::Message { message, .. } => Some(message),
            Request::Read(_) => None,
        }
    }

    /// Returns what is advised against in the message, also in how it was written. A read receipt gets no
    /// advice.
    ///
    /// The message itself no longer knows of tags in capitals, members that the API ignores, JSON in a text and
    /// the like.
    #[must_use]
    pub fn lints(&self) -> Vec<Lint> {
        match &self.0.request {
            Request::Message { .. } => Message::lint_value(self.body()).unwrap_or_default(),
            Request::Read(_) => Vec::new(),
        }
    }

    /// The read receipt, if it is one.
    #[must_use]
    pub fn receipt(&self) -> Option<&ReadReceipt> {
        match &self.0.request {
            Request::Message { .. } => None,
            Request::Read(receipt) => Some(receipt),
        }
    }
}
