//! Webhooks that are made without a sandbox: something that a customer does, or what became of a message.

use std::{collections::BTreeMap, error, fmt};

use serde_json::Value;
use wa_message_spec::media::KINDS;
use wa_webhook::types::{IncomingContext, IncomingMessage, Profile, WebhookContact};

use crate::{
    customer::read_message,
    generated::customer::{
        ANSWERS_FLOW, CHOOSES, ORDER_ITEM, ORDERS, REACTS, SAYS, SENDS, Status, TAPS,
    },
    hooks::{Recipient, Update, alone, now},
    id::Ids,
    ledger::{Accepted, Line},
    recipe::{Made, fill},
};

/// The beginning of the kinds that are statuses.
const STATUS: &str = "status:";
/// The end of the kinds that are statuses with an error.
const CODE: &str = "=<code>";
/// The business that it is about, unless it is said.
const ACCOUNT: &str = "100000000000002";
const PHONE_NUMBER_ID: &str = "100000000000001";
const DISPLAY_PHONE_NUMBER: &str = "15550199";

/// A webhook to be made: what happens, who does it, and to whom.
///
/// ```
/// use wa_sandbox::program::Trigger;
///
/// let body = Trigger::new("text").from("+15550100").with("body", "Good morning").body()?;
/// assert!(body.contains("Good morning"));
/// let body = Trigger::new("status:failed=131026").about("wamid.HBgA").body()?;
/// assert!(body.contains("131026"));
/// # Ok::<(), wa_sandbox::program::TriggerError>(())
/// ```
#[derive(Debug, Clone)]
#[must_use = "`body` makes it"]
pub struct Trigger {
    kind: String,
    from: String,
    phone_number_id: String,
    account: String,
    about: Option<String>,
    data: Option<String>,
    given: BTreeMap<String, String>,
}

impl Trigger {
    /// Something of this kind, which is one of [`kinds`](Self::kinds). A status that has a code takes one:
    /// `status:failed=131026`.
    pub fn new(kind: impl Into<String>) -> Self {
        Self {
            kind: kind.into(),
            from: "+15550100".to_owned(),
            phone_number_id: PHONE_NUMBER_ID.to_owned(),
            account: ACCOUNT.to_owned(),
            about: None,
            data: None,
            given: BTreeMap::new(),
        }
    }

    /// Lists what there is: what customers do, named by the message that they answer or write, and statuses, some of them
    /// with the `<code>` of an error.
    #[must_use]
    pub fn kinds() -> Vec<String> {
        let mut kinds = Vec::new();
        for (kind, ..) in recipes() {
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
        kinds.extend(Status::NAMES.iter().map(|name| {
            let code = if Status::named(name, None).is_none() { CODE } else { "" };
            format!("{STATUS}{name}{code}")
        }));
        kinds
    }

    /// The customer. Defaults to `+15550100`.
    pub fn from(self, customer: impl Into<String>) -> Self {
        Self { from: customer.into(), ..self }
    }

    /// The id of the business phone number.
    pub fn phone_number_id(self, id: impl Into<String>) -> Self {
        Self { phone_number_id: id.into(), ..self }
    }

    /// The id of the WhatsApp Business account.
    pub fn account(self, id: impl Into<String>) -> Self {
        Self { account: id.into(), ..self }
    }

    /// The id of the message that it is about: the one that is answered, or that has the status. Defaults to a fresh one.
    pub fn about(self, id: impl Into<String>) -> Self {
        Self { about: Some(id.into()), ..self }
    }

    /// The callback data of the message that has the status.
    pub fn data(self, data: impl Into<String>) -> Self {
        Self { data: Some(data.into()), ..self }
    }

    /// Sets a part of what the customer does, such as the `body` of a text or the `title` of a button.
    pub fn with(mut self, part: impl Into<String>, value: impl Into<String>) -> Self {
        self.given.insert(part.into(), value.into());
        self
    }

    /// Makes the body of the webhook, as the API writes it.
    ///
    /// # Errors
    ///
    /// When there is no such kind or part, or the customer is none.
    pub fn body(&self) -> Result<String, TriggerError> {
        let update = match self.kind.strip_prefix(STATUS) {
            Some(status) => self.status(status)?,
            None => self.message()?,
        };
        Ok(alone(&self.account, DISPLAY_PHONE_NUMBER, update))
    }

    fn status(&self, status: &str) -> Result<Update, TriggerError> {
        let (name, code) = match status.split_once('=') {
            Some((name, code)) => (name, Some(code)),
            None => (status, None),
        };
        let code = match code.map(str::parse) {
            None => None,
            Some(Ok(code)) => Some(code),
            Some(Err(_)) => return Err(TriggerError::of("the code of an error is a number")),
        };
        let Some(status) = Status::named(name, code) else {
            return Err(match (code, Status::NAMES.contains(&name)) {
                (None, true) => TriggerError(format!(
                    "`{name}` needs the code of an error: `{STATUS}{name}=131026`"
                )),
                (Some(_), true) => TriggerError(format!("`{name}` has no code")),
                (_, false) => self.no_such_kind(),
            });
        };
        if let Some(part) = self.given.keys().next() {
            return Err(TriggerError(format!("a status has no part `{part}`")));
        }
        let accepted = Accepted::new(Line {
            id: self.subject().into(),
            phone_number_id: self.phone_number_id.as_str().into(),
            to: self.from.as_str().into(),
            kind: "".into(),
            data: self.data.as_deref().map(Into::into),
            fault: None,
        });
        Ok(Update::status(&accepted, status))
    }

    fn message(&self) -> Result<Update, TriggerError> {
        let found = recipes().find(|(kind, ..)| *kind == self.kind);
        let Some((_, made, file_kind)) = found else { return Err(self.no_such_kind()) };
        let holes = holes(made.gives);
        if let Some(part) = self.given.keys().find(|part| !holes.contains(*part)) {
            return Err(TriggerError(format!(
                "`{}` has no part `{part}`; it has {}",
                self.kind,
                listed(&holes)
            )));
        }
        let json = fill(made.gives, |hole| self.part(hole, file_kind));
        let mut message = read_message(&json)
            .map_err(|error| TriggerError(format!("that is no message: {error}")))?;
        message.id = Ids::new().wamid().into();
        message.timestamp = Some(now());
        if !made.at.is_empty() {
            let mut context = IncomingContext::default();
            context.from = Some(DISPLAY_PHONE_NUMBER.into());
            context.id = Some(self.subject().into());
            message.context = Some(Box::new(context));
        }
        let contact = self.contact(&mut message)?;
        Ok(Update::Message {
            phone_number_id: self.phone_number_id.clone(),
            contact: Box::new(contact),
            message: Box::new(message),
        })
    }

    /// Says who it is in the message and beside it.
    fn contact(
        &self,
        message: &mut IncomingMessage<'static>,
    ) -> Result<WebhookContact<'static>, TriggerError> {
        let mut profile = Profile::default();
        profile.name = Some("Customer".into());
        let mut contact = WebhookContact::default();
        contact.profile = Some(profile);
        match Recipient::of(&self.from) {
            Recipient::Number(digits) => {
                message.from = Some(digits.clone().into());
                contact.wa_id = Some(digits.into());
            }
            Recipient::User => {
                message.from_user_id = Some(self.from.clone().into());
                contact.user_id = Some(self.from.clone().into());
            }
            Recipient::Group => {
                let why = "a customer has a phone number, such as +15550100, or a business-scoped user id";
                return Err(TriggerError::of(why));
            }
        }
        Ok(contact)
    }

    /// A part as it was given, or a sample of it.
    fn part(&self, part: &str, file_kind: Option<&'static str>) -> Option<Value> {
        if let Some(given) = self.given.get(part) {
            // What is no text is written as JSON.
            let sample = sample(part, file_kind);
            let is_text = sample.as_ref().is_none_or(Value::is_string);
            let json = (!is_text).then(|| serde_json::from_str(given).ok()).flatten();
            return Some(json.unwrap_or_else(|| given.as_str().into()));
        }
        match part {
            "message_id" => Some(self.subject().into()),
            part => sample(part, file_kind),
        }
    }

    fn subject(&self) -> String {
        self.about.clone().unwrap_or_else(|| Ids::new().wamid())
    }

    fn no_such_kind(&self) -> TriggerError {
        TriggerError(format!("there is no `{}`; there are {}", self.kind, listed(&Self::kinds())))
    }
}

/// Each recipe by the kind of the message that it answers or makes, with the kind of its file if it has one.
fn recipes() -> impl Iterator<Item = (String, &'static Made, Option<&'static str>)> {
    let plain = [SAYS, REACTS, ORDERS, TAPS, CHOOSES, ANSWERS_FLOW].into_iter().flatten();
    let plain = plain.map(|made| (kind(made), made, None));
    let files = SENDS.iter().flat_map(|made| {
        KINDS.iter().map(move |kind| (kind.name.to_owned(), made, Some(kind.name)))
    });
    plain.chain(files)
}

/// The kind of the message that is answered, which stands in the way to what is answered in it, or that of the message.
fn kind(made: &Made) -> String {
    if let Some((_, filter)) = made.at.split_once('=') {
        return filter.split(']').next().unwrap_or_default().to_owned();
    }
    let json: Value = serde_json::from_str(made.gives).unwrap_or_default();
    json.get("type").and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// The names of the holes of a recipe.
fn holes(gives: &str) -> Vec<String> {
    let texts = gives.split('"').skip(1).step_by(2);
    let mut holes: Vec<String> =
        texts.filter_map(|text| text.strip_prefix('$')).map(str::to_owned).collect();
    holes.retain(|hole| hole != "kind");
    holes.sort();
    holes.dedup();
    holes
}

/// A sample of a part. It may be left out where there is none.
fn sample(part: &str, file_kind: Option<&'static str>) -> Option<Value> {
    Some(match part {
        "kind" => file_kind?.into(),
        "mime_type" => {
            let kind = KINDS.iter().find(|kind| Some(kind.name) == file_kind)?;
            kind.types.first()?.name.into()
        }
        "id" => "1000000000000001".into(),
        "sha256" => "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=".into(),
        "body" => "Hello".into(),
        "emoji" => "\u{1F44D}".into(),
        "title" | "payload" => "Yes".into(),
        "json" => "{}".into(),
        "text" => "".into(),
        "catalog_id" => "1000000000000002".into(),
        "product_items" => {
            let item = ORDER_ITEM.first()?;
            vec![fill(item.gives, ordered)].into()
        }
        _ => return None,
    })
}

/// A sample of a part of an item of an order.
fn ordered(part: &str) -> Option<Value> {
    Some(match part {
        "id" => "product-1".into(),
        "quantity" => 1.into(),
        "price" => 10.into(),
        "money" => "USD".into(),
        _ => return None,
    })
}

/// Names in a sentence.
fn listed(names: &[String]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// A webhook cannot be made. `Display` says why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TriggerError(String);

impl TriggerError {
    fn of(why: &str) -> Self {
        Self(why.to_owned())
    }
}

impl fmt::Display for TriggerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl error::Error for TriggerError {}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use wa_webhook::{Item, What, parse};

    use super::*;

    #[test]
    fn each_kind_is_a_webhook_that_is_known() {
        let kinds = Trigger::kinds();
        assert!(kinds.len() > 12, "{kinds:?}");
        for kind in kinds {
            let kind = kind.replace("<code>", "131026");
            let trigger = Trigger::new(&kind).body().unwrap();
            let webhook = parse(trigger.as_bytes()).unwrap();
            let events: Vec<_> = webhook.events().collect();
            assert_eq!(events.len(), 1, "{kind}");
            match &events[0].what {
                What::Message(message) => {
                    assert!(matches!(message.content, Item::Known(_)), "{kind}: {trigger}");
                }
                What::Status(_) => {}
                other => panic!("{kind}: {other:?}"),
            }
        }
    }

    #[test]
    fn parts_are_set_and_mistakes_are_named() {
        let body = Trigger::new("list").with("title", "Rye").about("wamid.A").body().unwrap();
        assert!(body.contains("Rye") && body.contains("wamid.A"), "{body}");
        let error = |trigger: Trigger| trigger.body().unwrap_err().to_string();
        assert!(error(Trigger::new("txet")).starts_with("there is no `txet`; there are `text`, "));
        assert_eq!(
            error(Trigger::new("text").with("title", "Rye")),
            "`text` has no part `title`; it has `body`"
        );
        assert_eq!(
            error(Trigger::new("status:failed")),
            "`failed` needs the code of an error: `status:failed=131026`"
        );
        assert_eq!(error(Trigger::new("status:read=1")), "`read` has no code");
        assert_eq!(error(Trigger::new("status:failed=x")), "the code of an error is a number");
    }
}
