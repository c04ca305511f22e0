//! Actions of customers, and what becomes of messages.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde::{Deserialize, de::Error as _};
use serde_json::{Map, Value, json};

use super::{
    Call, Problem,
    wrong::{Wrong, unexpected},
};
use crate::{
    customer::{Attachment, Customer, asked},
    generated::customer::Status,
    hooks::{Update, change as read_change},
};

/// Something that a customer does.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Does {
    name: Option<String>,
    username: Option<String>,
    user_id: Option<String>,
    writes_to: Option<String>,
    message_id: Option<String>,
    action: Action,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum Action {
    Says(String),
    Taps(String),
    Chooses(String),
    AnswersFlow(Map<String, Value>),
    Shares(Map<String, Value>),
    Reacts(Reacts),
    Orders(Orders),
    Sends(Sends),
    SendsMessage(Map<String, Value>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reacts {
    emoji: String,
    message_id: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sends {
    mime_type: String,
    /// In base64.
    data: String,
    kind: Option<String>,
    name: Option<String>,
    caption: Option<String>,
    #[serde(default)]
    voice: bool,
}

impl Sends {
    fn attachment(self) -> Result<Attachment, Problem> {
        let bytes = STANDARD.decode(&self.data);
        let bytes = bytes.map_err(|error| {
            let why = error.to_string();
            let why = why.trim_end_matches('.');
            let wrong = Wrong::custom(format!("`action.sends.data` is no base64: {why}"));
            wrong.in_member("data").in_member("sends").in_member("action")
        })?;
        let Self { mime_type, kind, name, caption, voice, .. } = self;
        let looks = Looks { kind, name, caption, voice };
        Ok(looks.of(Attachment::new(mime_type, bytes)))
    }
}

/// How a file looks in the conversation.
struct Looks {
    kind: Option<String>,
    name: Option<String>,
    caption: Option<String>,
    voice: bool,
}

impl Looks {
    fn of(self, mut attachment: Attachment) -> Attachment {
        if let Some(kind) = self.kind {
            attachment = attachment.kind(kind);
        }
        if let Some(name) = self.name {
            attachment = attachment.named(name);
        }
        if let Some(caption) = self.caption {
            attachment = attachment.caption(caption);
        }
        if self.voice { attachment.voice() } else { attachment }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Orders {
    catalog_id: String,
    /// As webhooks have them.
    product_items: Value,
}

/// What may be said of a customer.
struct Who {
    name: Option<String>,
    username: Option<String>,
    user_id: Option<String>,
    writes_to: Option<String>,
}

impl Who {
    fn customer(self, call: &Call<'_>) -> Customer {
        let mut customer = Customer::new(std::sync::Arc::clone(call.state), call.name.clone());
        if let Some(name) = self.name {
            customer = customer.named(name);
        }
        if let Some(username) = self.username {
            customer = customer.username(username);
        }
        if let Some(user_id) = self.user_id {
            customer = customer.user_id(user_id);
        }
        if let Some(phone_number_id) = self.writes_to {
            customer = customer.writes_to(phone_number_id);
        }
        customer
    }
}

/// What is said of a file whose bytes are the body.
#[derive(Deserialize)]
struct FileOf {
    name: Option<String>,
    username: Option<String>,
    user_id: Option<String>,
    writes_to: Option<String>,
    message_id: Option<String>,
    mime_type: String,
    file_name: Option<String>,
    caption: Option<String>,
    kind: Option<String>,
    voice: Option<String>,
}

/// A customer sends a file, which is the body.
pub(super) fn sends_file(call: &Call<'_>) -> Result<Value, Problem> {
    let file: FileOf = call.read_query()?;
    let FileOf { name, username, user_id, writes_to, .. } = file;
    let mut customer = Who { name, username, user_id, writes_to }.customer(call);
    if let Some(about) = file.message_id {
        customer = customer.about(about);
    }
    let voice = file.voice.is_some_and(|is| is == "true");
    let looks = Looks { kind: file.kind, name: file.file_name, caption: file.caption, voice };
    let id = customer.sends(looks.of(Attachment::new(file.mime_type, call.file.clone())))?;
    Ok(json!({ "id": id }))
}

pub(super) fn customer(call: &Call<'_>) -> Result<Value, Problem> {
    let Does { name, username, user_id, writes_to, message_id, action } = call.read()?;
    let mut customer = Who { name, username, user_id, writes_to }.customer(call);
    let action = match (action, message_id) {
        // It names its message itself.
        (Action::Reacts(Reacts { emoji, message_id }), about) => {
            Action::Reacts(Reacts { emoji, message_id: message_id.or(about) })
        }
        (action, Some(about)) => {
            customer = customer.about(about);
            action
        }
        (action, None) => action,
    };
    // Before anything is looked for that was sent to them.
    customer.check()?;
    let id = match action {
        Action::Says(text) => customer.says(text),
        Action::Taps(id) => customer.taps(id),
        Action::Chooses(row) => customer.chooses(row),
        Action::AnswersFlow(answer) => customer.answers_flow(answer),
        Action::Shares(answer) => customer.shares(answer),
        Action::Reacts(Reacts { emoji, message_id: None }) => customer.reacts(emoji),
        Action::Reacts(Reacts { emoji, message_id: Some(id) }) => customer.reacts_to(id, emoji),
        Action::Orders(orders) => customer.orders_json(&orders.catalog_id, &orders.product_items),
        Action::Sends(file) => customer.sends(file.attachment()?),
        Action::SendsMessage(message) => customer.sends_json(&message.into()),
    }?;
    Ok(json!({ "id": id }))
}

/// A tap on something that asks the customer to fill something in.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asks {
    message_id: String,
    action: String,
    #[serde(default)]
    id: String,
}

/// An example of what is filled in there.
pub(super) fn asks(call: &Call<'_>) -> Result<Value, Problem> {
    let Asks { message_id, action, id } = call.read()?;
    let asks = asked(call.state, &message_id, &action, &id)?;
    Ok(json!({ "asks": asks }))
}

/// What becomes of a message.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Told {
    id: String,
    status: String,
    code: Option<u32>,
}

/// The status of a name, with its code.
pub(super) fn named(name: &str, code: Option<u32>) -> Result<Status, Wrong> {
    let with_code = |code| Status::named(name, code).is_some();
    Status::named(name, code).ok_or_else(|| match code {
        None if with_code(Some(0)) => {
            Wrong::custom(format!("`code` is missing, which `{name}` needs")).in_member("code")
        }
        Some(_) if with_code(None) => Wrong::custom(format!("`{name}` has no `code`")),
        _ => Wrong::unknown_variant(name, Status::NAMES).in_member("status"),
    })
}

pub(super) fn status(call: &Call<'_>) -> Result<Value, Problem> {
    let told: Told = call.read()?;
    call.state.tell_status(&told.id, named(&told.status, told.code)?)?;
    Ok(json!({}))
}

/// Posts a webhook once more.
pub(super) fn redeliver(call: &Call<'_>) -> Result<Value, Problem> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Again {
        delivery: u64,
    }

    let Again { delivery } = call.read()?;
    if call.state.hooks()?.again(delivery) {
        Ok(json!({}))
    } else {
        let says = "there is no such delivery, or it is still going to be posted";
        Err(Wrong::custom(says).in_member("delivery").into())
    }
}

pub(super) fn change(call: &Call<'_>) -> Result<Value, Problem> {
    if !call.body.is_object() {
        return Err(Wrong::invalid_type(unexpected(&call.body), &"a map").into());
    }
    for member in ["field", "value"] {
        if call.body.get(member).is_none() {
            return Err(Wrong::missing_field(member).into());
        }
    }
    let change = read_change(&call.body).map_err(Wrong::custom)?;
    call.state.tell(Update::Change(Box::new(change)))?;
    Ok(json!({}))
}
