//! Updates, and the body of a request that has some of them.

use std::{
    collections::HashSet,
    time::{SystemTime, UNIX_EPOCH},
};

use serde_json::Value;
use tokio::sync::oneshot;
use wa_message_core::{ErrorCode, types::RecipientType};
use wa_webhook::types::{
    Change, Entry, IncomingMessage, MessagesValue, Metadata, StatusUpdate, Webhook, WebhookContact,
};

use crate::{generated::customer::Status, ledger::Accepted, limits::digits, recipe::fill};

/// Something to tell the receiver.
pub(crate) enum Update {
    /// A message of a customer, with who that is.
    Message {
        phone_number_id: String,
        contact: Box<WebhookContact<'static>>,
        message: Box<IncomingMessage<'static>>,
    },
    /// What became of a message. `told` hears when it was posted for the first time.
    Status {
        accepted: Accepted,
        status: Status,
        /// It comes by itself, as long as nobody tells how the message has ended.
        by_itself: bool,
        told: Option<oneshot::Sender<()>>,
    },
    /// Anything else, in its field.
    Change(Box<Change<'static>>),
}

impl Update {
    pub(crate) fn status(accepted: &Accepted, status: Status) -> Self {
        Self::Status { accepted: accepted.clone(), status, by_itself: false, told: None }
    }

    pub(crate) fn by_itself(accepted: &Accepted, status: Status) -> Self {
        Self::Status { accepted: accepted.clone(), status, by_itself: true, told: None }
    }

    /// The message that it is about, if it comes by itself.
    pub(super) fn is_of(&self) -> Option<&Accepted> {
        match self {
            Self::Status { accepted, by_itself: true, .. } => Some(accepted),
            _ => None,
        }
    }

    /// The id of the message of a customer.
    pub(super) fn message(&self) -> Option<String> {
        match self {
            Self::Message { message, .. } => Some(message.id.clone().into_owned()),
            _ => None,
        }
    }

    /// What a customer did, for the page.
    #[cfg(feature = "page")]
    pub(super) fn came(&self) -> Option<crate::page::Happened> {
        let Self::Message { contact, message, .. } = self else { return None };
        let id = contact.wa_id.as_deref().or(contact.user_id.as_deref());
        let name = contact.profile.as_ref().and_then(|profile| profile.name.as_deref());
        Some(crate::page::Happened::Came {
            message: serde_json::from_str(&message.to_json()).unwrap_or_default(),
            customer: id.unwrap_or_default().to_owned(),
            name: name.unwrap_or_default().to_owned(),
        })
    }

    /// The memory that it takes, roughly and in bytes.
    pub(super) fn bytes(&self) -> usize {
        match self {
            Self::Message { message, .. } => 2048 + 2 * message.to_json().len(),
            Self::Status { .. } => 384,
            Self::Change(change) => 1024 + 2 * change.to_json().len(),
        }
    }
}

/// Seconds since 1970.
pub(crate) fn now() -> i64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(now.as_secs()).unwrap_or(i64::MAX)
}

/// Whom updates are about.
pub(super) struct Business<'s> {
    pub(super) account: &'s str,
    pub(super) display_phone_number: &'s str,
}

/// Writes the body of a request with these updates, those of one number together and in their order.
pub(super) fn body(
    business: &Business<'_>,
    updates: Vec<Update>,
) -> (String, Vec<oneshot::Sender<()>>) {
    let mut told = Vec::new();
    let mut numbers: Vec<Number> = Vec::new();
    let mut others = Vec::new();
    for update in updates {
        match update {
            Update::Message { phone_number_id, contact, message } => {
                let number = number(&mut numbers, &phone_number_id, business);
                number.add_contact(*contact);
                number.value.messages.push((*message).into());
            }
            Update::Status { accepted, status, told: teller, .. } => {
                told.extend(teller);
                if let Some(status) = status_update(&accepted, status) {
                    let number = number(&mut numbers, accepted.phone_number_id(), business);
                    number.value.statuses.push(status.into());
                }
            }
            Update::Change(change) => others.push(*change),
        }
    }
    let changes = numbers.into_iter().map(|number| Change::Messages(number.value)).chain(others);
    let mut entry = Entry::default();
    entry.id = Some(business.account.to_owned().into());
    entry.changes = changes.map(Into::into).collect();
    (Webhook::WhatsappBusinessAccount(vec![entry.into()]).to_body(), told)
}

/// Writes the body of a request with one update.
#[cfg(feature = "program")]
pub(crate) fn alone(account: &str, display_phone_number: &str, update: Update) -> String {
    body(&Business { account, display_phone_number }, vec![update]).0
}

/// The updates of a business number.
struct Number {
    id: String,
    value: MessagesValue<'static>,
    /// Who is among the contacts.
    people: HashSet<String>,
}

impl Number {
    /// Each person stands among the contacts once.
    fn add_contact(&mut self, contact: WebhookContact<'static>) {
        let person = contact.user_id.as_deref().or(contact.wa_id.as_deref());
        if self.people.insert(person.unwrap_or_default().to_owned()) {
            self.value.contacts.push(contact.into());
        }
    }
}

/// A batch is about a few numbers, so they are searched.
fn number<'n>(numbers: &'n mut Vec<Number>, id: &str, business: &Business<'_>) -> &'n mut Number {
    let at = numbers.iter().position(|number| number.id == id).unwrap_or_else(|| {
        let mut metadata = Metadata::default();
        metadata.display_phone_number = Some(business.display_phone_number.to_owned().into());
        metadata.phone_number_id = Some(id.to_owned().into());
        let mut value = MessagesValue::default();
        value.messaging_product = Some("whatsapp".into());
        value.metadata = Some(metadata);
        numbers.push(Number { id: id.to_owned(), value, people: HashSet::new() });
        numbers.len() - 1
    });
    &mut numbers[at]
}

fn status_update(accepted: &Accepted, status: Status) -> Option<StatusUpdate<'static>> {
    let code = status.code().unwrap_or_default();
    let mut json = fill(status.gives(), |hole| match hole {
        "code" => Some(code.into()),
        "title" => Some(ErrorCode::from(i64::from(code)).title().into()),
        "details" => Some("the sandbox was told to fail it with this code".into()),
        _ => None,
    });
    json["id"] = accepted.id().into();
    let json = json.to_string();
    let mut update = StatusUpdate::from_json(&json).ok()?.into_known()?.into_owned();
    update.timestamp = Some(now());
    let to = accepted.to();
    match Recipient::of(to) {
        Recipient::Number(digits) => update.recipient_id = Some(digits.into()),
        Recipient::User => update.recipient_user_id = Some(to.to_owned().into()),
        Recipient::Group => {
            update.recipient_id = Some(to.to_owned().into());
            update.recipient_type = Some(RecipientType::Group.to_string().into());
        }
    }
    update.biz_opaque_callback_data = accepted.data().map(|data| data.to_owned().into());
    Some(update)
}

/// Whom a message goes to.
pub(crate) enum Recipient {
    Number(String),
    /// A business-scoped user id: the code of a country, a dot and letters and digits.
    User,
    Group,
}

impl Recipient {
    pub(crate) fn of(to: &str) -> Self {
        let is_user = to.as_bytes().get(2) == Some(&b'.')
            && to.bytes().take(2).all(|byte| byte.is_ascii_uppercase());
        let digits = digits(to);
        if is_user {
            Self::User
        } else if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
            Self::Number(digits)
        } else {
            Self::Group
        }
    }
}

/// Whether JSON is read as a change of a known field.
pub(crate) fn change(json: &Value) -> Result<Change<'static>, String> {
    let json = json.to_string();
    let change = Change::from_json(&json).map_err(|error| error.to_string())?;
    match change {
        wa_webhook::Item::Known(change) => Ok(change.into_owned()),
        wa_webhook::Item::Invalid { why, .. } => Err(why.to_string()),
        _ => Err("`field` is none of those that are known".to_owned()),
    }
}
