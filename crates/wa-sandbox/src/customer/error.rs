//! Actions that cannot be done.

use std::{error, fmt};

use wa_message_core::__shared::OneLine;

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
        offer: Option<Offer>,
    },
    /// No message came to this customer in time.
    NothingCame {
        to: String,
        seconds: u64,
        /// The kinds of those to others, and to whom they went.
        others: Vec<(&'static str, String)>,
    },
    /// The customer is nobody.
    Customer(String),
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
            Reason::Content(_)
                | Reason::NotJson(_)
                | Reason::Media(_)
                | Reason::Customer(_)
                | Reason::Definitions(_)
        )
    }

    /// Returns true if there is no such message, button, row or template.
    #[must_use]
    pub fn is_not_there(&self) -> bool {
        matches!(
            self.0,
            Reason::NothingThere { .. }
                | Reason::NothingCame { .. }
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
            Reason::NothingThere { to, id, offer } => {
                write!(f, "no message that was sent to {} ", shown(to))?;
                match id {
                    Some(id) => write!(f, "offers `{}` like this", shown(id))?,
                    None => f.write_str("can be answered like this")?,
                }
                match offer {
                    Some(offer) => offer.fmt(f),
                    None if id.is_some() => f.write_str("; none has a button or a row"),
                    None => Ok(()),
                }
            }
            Reason::NothingCame { to, seconds, others } => {
                write!(f, "no message was sent to {} within {seconds} seconds", shown(to))?;
                let there = others.iter().map(|(kind, to)| format!("`{kind}` to {}", shown(to)));
                list(f, "; there came ", there)
            }
            Reason::Customer(why) => write!(f, "this is no customer: {why}"),
            Reason::UnknownMessage(id) => write!(f, "no message has the id `{}`", shown(id)),
            Reason::UnknownTemplate { name, language } => {
                write!(f, "there is no template `{}` in `{}`", shown(name), shown(language))
            }
            Reason::Definitions(why) => write!(f, "the definitions cannot be taken: {why}"),
            Reason::Content(why) => write!(f, "this is no content of a message: {why}"),
            Reason::NotJson(why) => write!(f, "the answer is no JSON object: {why}"),
            Reason::Media(why) => write!(f, "the file cannot be sent: {why}"),
        }
    }
}

/// What the newest message offers that has buttons or rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Offer {
    pub(crate) kind: &'static str,
    /// The ids, and the titles where there are any.
    pub(crate) choices: Vec<(String, Option<String>)>,
}

impl fmt::Display for Offer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let choices = self.choices.iter().map(|(id, title)| match title {
            Some(title) => format!("`{}` ({})", shown(id), shown(title)),
            None => format!("`{}`", shown(id)),
        });
        list(f, &format!("; the newest that offers something is a `{}` with ", self.kind), choices)
    }
}

/// Writes the first of some texts.
fn list(
    f: &mut fmt::Formatter<'_>,
    before: &str,
    mut texts: impl ExactSizeIterator<Item = String>,
) -> fmt::Result {
    const SHOWN: usize = 10;
    for (number, text) in texts.by_ref().take(SHOWN).enumerate() {
        write!(f, "{}{text}", if number == 0 { before } else { ", " })?;
    }
    match texts.len() {
        0 => Ok(()),
        more => write!(f, " and {more} more"),
    }
}

/// What came from outside, as it may stand in a line.
pub(super) fn shown(text: &str) -> OneLine<'_> {
    const SHOWN: usize = 64;
    OneLine { text, at_most: SHOWN }
}

impl error::Error for ActionError {}
