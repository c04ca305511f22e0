//! From an action to the webhook that is posted.

use std::{sync::atomic::Ordering, time::Duration};

use serde_json::Value;
use tokio::time::Instant;
use wa_message_core::Message;
use wa_webhook::types::{IncomingMessage, Profile, WebhookContact};

use super::{
    ActionError, Customer, Reason,
    reply::{self, Answered, Choice},
};
use crate::{
    hooks::{Recipient, Update, now},
    received::Received,
    recipe::{Made, fill},
};

impl Customer {
    /// Makes a message of a recipe.
    pub(super) fn makes(
        &self,
        made: &[Made],
        hole: impl Fn(&str) -> Option<Value>,
    ) -> Result<String, ActionError> {
        let gives = made.first().map(|made| made.gives).unwrap_or_default();
        let json = fill(gives, hole);
        let message = reply::message(&json)?;
        known(&json, &message)?;
        self.post(message, None)
    }

    /// Answers the newest message that has what is chosen.
    pub(super) fn answers(
        &self,
        made: &[Made],
        id: Option<&str>,
        answer: &Value,
    ) -> Result<String, ActionError> {
        let choice = Choice { id, answer };
        let mut messages = self.messages();
        if let Some(about) = &self.about {
            messages.retain(|message| message.id() == Some(about));
            if messages.is_empty() {
                return Err(ActionError(Reason::UnknownMessage(about.clone())));
            }
        }
        let found = messages.into_iter().find_map(|message| choice.of(made, &message));
        let (json, answered) = found.ok_or_else(|| self.nothing_there(id))?;
        let message = reply::message(&json)?;
        known(&json, &message)?;
        self.post(message, Some(answered))
    }

    pub(super) fn nothing_there(&self, id: Option<&str>) -> ActionError {
        let (to, id) = (self.address.clone(), id.map(str::to_owned));
        let offer = id.is_some().then(|| self.messages().iter().find_map(reply::offer)).flatten();
        ActionError(Reason::NothingThere { to, id, offer })
    }

    /// What to say when no message has come, with those that went to somebody else.
    pub(super) fn nothing_came(&self, within: Duration) -> ActionError {
        let behind = self.seen.load(Ordering::Relaxed);
        let others = self.state.kept().behind(behind).into_iter().filter_map(|received| {
            let to = received.message()?.addressee().to_owned();
            Some((received.kind(), to))
        });
        let (to, others) = (self.address.clone(), others.collect());
        ActionError(Reason::NothingCame { to, seconds: within.as_secs(), others })
    }

    /// The id of the newest message to the customer.
    pub(super) fn newest(&self) -> Option<String> {
        self.messages().into_iter().next()?.id().map(str::to_owned)
    }

    /// The messages to the customer, the newest first.
    fn messages(&self) -> Vec<Received> {
        let mut messages = self.state.kept().all();
        messages.retain(|received| self.is_mine(received));
        messages.reverse();
        messages
    }

    /// Whether it is a message to the customer, from the number that they write to if that was said.
    pub(super) fn is_mine(&self, received: &Received) -> bool {
        let Some(to) = received.message().map(Message::addressee) else { return false };
        let is_to_me = match Recipient::of(to) {
            Recipient::Number(digits) => self.number.as_ref() == Some(&digits),
            Recipient::User => self.user_id.as_deref() == Some(to),
            Recipient::Group => false,
        };
        let number = received.phone_number_id();
        is_to_me && self.phone_number_id.as_deref().is_none_or(|mine| mine == number)
    }

    /// Posts a message, with what is known of its sender.
    pub(super) fn post(
        &self,
        mut message: IncomingMessage<'static>,
        answered: Option<Answered>,
    ) -> Result<String, ActionError> {
        if let Some(raw) = message.content.raw() {
            return Err(ActionError(Reason::Content(format!(
                "{} bytes that are not known",
                raw.as_str().len()
            ))));
        }
        self.check()?;
        let hooks = self.state.hooks()?;
        if message.id.is_empty() {
            message.id = self.state.ids.wamid().into();
        }
        message.from = message.from.or_else(|| self.number.clone().map(Into::into));
        message.from_user_id =
            message.from_user_id.or_else(|| self.user_id.clone().map(Into::into));
        message.timestamp = message.timestamp.or_else(|| Some(now()));
        let mut phone_number_id = self.phone_number_id();
        if let Some(answered) = answered {
            message.context = Some(Box::new(answered.context(hooks.display_phone_number())));
            phone_number_id = answered.phone_number_id;
        } else {
            self.quotes(&mut message, hooks.display_phone_number());
        }
        let id = message.id.clone().into_owned();
        self.opens_window();
        let update = Update::Message {
            phone_number_id,
            contact: Box::new(self.contact()),
            message: Box::new(message),
        };
        self.seen.store(self.state.kept().count(), Ordering::Relaxed);
        hooks.tell(update).map_err(|_| ActionError(Reason::Full))?;
        Ok(id)
    }

    /// Says what a message is an answer to, and who has sent that.
    fn quotes(&self, message: &mut IncomingMessage<'static>, business: &str) {
        if let Some(about) = &self.about {
            let context = message.context.get_or_insert_default();
            context.id.get_or_insert_with(|| about.clone().into());
        }
        if let Some(context) = &mut message.context
            && context.from.is_none()
            && context.id.as_deref().is_some_and(|id| self.state.ledger.with_id(id).is_some())
        {
            context.from = Some(business.to_owned().into());
        }
    }

    /// Checks that the customer is somebody.
    pub(crate) fn check(&self) -> Result<(), ActionError> {
        let error = |why: &str| Err(ActionError(Reason::Customer(why.to_owned())));
        if has_control(&self.address) || self.number.is_none() && self.user_id.is_none() {
            return error("there is neither a phone number nor a business-scoped user id");
        }
        if self.number.as_deref().is_some_and(|number| !is_number(number)) {
            return error(
                "a phone number has 7 to 15 digits with the country code, which does not begin with 0: +15550100",
            );
        }
        if self.user_id.as_deref().is_some_and(|id| !is_user_id(id)) {
            return error(
                "a business-scoped user id has two capital letters, a dot, and 1 to 128 letters and digits: US.1349",
            );
        }
        let others = [&self.username, &self.phone_number_id];
        let others = others.into_iter().flatten().chain([&self.name]);
        for text in others {
            if text.trim().is_empty() || has_control(text) {
                return error(
                    "`name`, `username` or `writes_to` is blank, or has a control character",
                );
            }
        }
        Ok(())
    }

    /// The business number that the customer writes to.
    pub(super) fn phone_number_id(&self) -> String {
        let mine = self.phone_number_id.as_deref();
        mine.unwrap_or_else(|| self.state.phone_number_id()).to_owned()
    }

    fn opens_window(&self) {
        let now = Instant::now();
        for known in self.number.iter().chain(&self.user_id) {
            self.state.gate().customer_wrote(known, now);
        }
    }

    fn contact(&self) -> WebhookContact<'static> {
        let mut profile = Profile::default();
        profile.name = Some(self.name.clone().into());
        profile.username = self.username.clone().map(Into::into);
        let mut contact = WebhookContact::default();
        contact.profile = Some(profile);
        contact.wa_id = self.number.clone().map(Into::into);
        contact.user_id = self.user_id.clone().map(Into::into);
        contact
    }
}

/// Refuses JSON with more than its message has.
fn known(json: &Value, message: &IncomingMessage<'_>) -> Result<(), ActionError> {
    let Some(lost) = reply::lost(json, message) else { return Ok(()) };
    let why = format!("`{lost}` is no member that the API has, or no value of it");
    Err(ActionError(Reason::Content(why)))
}

/// Whether digits are those of a phone number: the country code comes first, and no plan of numbers has more.
fn is_number(digits: &str) -> bool {
    (7..=15).contains(&digits.len()) && !digits.starts_with('0')
}

/// Whether a text has the form of a business-scoped user id.
fn is_user_id(id: &str) -> bool {
    let Some((country, rest)) = id.split_once('.') else { return false };
    let rest = rest.strip_prefix("ENT.").unwrap_or(rest);
    country.len() == 2
        && country.bytes().all(|byte| byte.is_ascii_uppercase())
        && (1..=128).contains(&rest.len())
        && rest.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// Whether a text has what nobody can type.
fn has_control(text: &str) -> bool {
    text.contains(char::is_control)
}
