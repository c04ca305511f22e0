//! Actions that cannot be done.

use std::{error, fmt};

/// Something that a customer cannot do, or that cannot be told of a message or a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionError(pub(crate) Reason);

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Reason {
    NoWebhook,
    Full,
    /// No message to this customer has what is asked for.
    NothingThere {
        to: String,
        id: Option<String>,
    },
    UnknownMessage(String),
    UnknownTemplate {
        name: String,
        language: String,
    },
    Definitions(String),
    Content(String),
    NotJson(String),
    Media(String),
}

impl ActionError {
    /// Returns true if the sandbox has no address for webhooks.
    #[must_use]
    pub fn is_without_webhook(&self) -> bool {
        self.0 == Reason::NoWebhook
    }

    /// Returns true if what is to be sent, or added, is nothing that can be.
    #[must_use]
    pub fn is_unfit(&self) -> bool {
        matches!(
            self.0,
            Reason::Content(_) | Reason::NotJson(_) | Reason::Media(_) | Reason::Definitions(_)
        )
    }

    /// Returns true if there is no such message, button, row or template.
    #[must_use]
    pub fn is_not_there(&self) -> bool {
        matches!(
            self.0,
            Reason::NothingThere { .. }
                | Reason::UnknownMessage(_)
                | Reason::UnknownTemplate { .. }
        )
    }
}

impl fmt::Display for ActionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Reason::NoWebhook => f.write_str(
                "the sandbox has no address for webhooks; `SandboxBuilder::webhook` gives it one",
            ),
            Reason::Full => f.write_str("too many updates wait for the receiver of the webhooks"),
            Reason::NothingThere { to, id: Some(id) } => {
                write!(f, "no message that was sent to {to} has `{id}` to choose")
            }
            Reason::NothingThere { to, id: None } => {
                write!(f, "no message that was sent to {to} can be answered like this")
            }
            Reason::UnknownMessage(id) => write!(f, "no message has the id `{id}`"),
            Reason::UnknownTemplate { name, language } => {
                write!(f, "there is no template `{name}` in `{language}`")
            }
            Reason::Definitions(why) => write!(f, "the definitions cannot be taken: {why}"),
            Reason::Content(why) => write!(f, "this is no content of a message: {why}"),
            Reason::NotJson(why) => write!(f, "the answer is no JSON object: {why}"),
            Reason::Media(why) => write!(f, "the file cannot be sent: {why}"),
        }
    }
}

impl error::Error for ActionError {}
