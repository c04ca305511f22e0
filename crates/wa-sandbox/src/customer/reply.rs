//! Answers to messages: what stands in a message to be answered, and what the answer is.

use serde_json::Value;
use wa_webhook::{
    Item,
    types::{IncomingContext, IncomingMessage},
};

use super::{
    ActionError, Reason,
    error::{Offer, shown},
};
use crate::{
    generated::customer::{ASKING, CHOOSES, TAPS},
    limits::digits,
    received::Received,
    recipe::{Made, at, fill},
};

/// The message that is answered.
pub(super) struct Answered {
    id: String,
    pub(super) phone_number_id: String,
}

impl Answered {
    pub(super) fn context(&self, from: &str) -> IncomingContext<'static> {
        let mut context = IncomingContext::default();
        context.from = Some(from.to_owned().into());
        context.id = Some(self.id.clone().into());
        context
    }
}

/// What is chosen or filled in.
pub(super) struct Choice<'c> {
    pub(super) id: Option<&'c str>,
    /// The JSON of an answer that is filled in.
    pub(super) answer: &'c Value,
}

impl Choice<'_> {
    /// The answer to a message, if it has what is chosen.
    pub(super) fn of(&self, made: &[Made], received: &Received) -> Option<(Value, Answered)> {
        let id = received.id()?.to_owned();
        // Tags and values stand there as the API writes them, however the message was written.
        let body: Value = serde_json::from_str(&received.message()?.to_json()).ok()?;
        let json = made.iter().find_map(|made| self.json(made, &body))?;
        let phone_number_id = received.phone_number_id().to_owned();
        Some((json, Answered { id, phone_number_id }))
    }

    fn json(&self, made: &Made, body: &Value) -> Option<Value> {
        let chosen = at(body, made.at).into_iter().find(|there| match self.id {
            None => true,
            Some(id) => there.get(made.by).and_then(Value::as_str) == Some(id),
        })?;
        Some(fill(made.gives, |hole| match hole {
            "json" => Some(self.filled_in(made, chosen).into()),
            "answer" => Some(self.answer.clone()),
            hole => chosen.get(hole).cloned(),
        }))
    }

    /// The JSON that is filled in, as a text, with what it keeps of the message.
    fn filled_in(&self, made: &Made, chosen: &Value) -> String {
        let mut answer = self.answer.clone();
        if let (Some(members), Some(kept)) = (answer.as_object_mut(), chosen.get(made.keeps)) {
            members.entry(made.keeps).or_insert_with(|| kept.clone());
        }
        answer.to_string()
    }
}

/// What an action of this name asks for that answers a message: an example. `id` is that of what was tapped.
pub(super) fn asked(action: &str, received: &Received, id: &str) -> Option<Value> {
    let message = received.message()?;
    let body: Value = serde_json::from_str(&message.to_json()).ok()?;
    let (_, made) = ASKING.iter().find(|(name, _)| *name == action)?;
    // One that answers nothing in particular answers each message.
    let fits = |made: &&Made| made.at.is_empty() || !at(&body, made.at).is_empty();
    let made = made.iter().filter(|made| !made.asks.is_empty()).find(fits)?;
    Some(fill(made.asks, |hole| {
        let found = match hole {
            "id" => Some(id.into()),
            "number" => Some(digits(message.addressee()).into()),
            hole => named(&body, hole),
        };
        Some(found.unwrap_or_else(|| "".into()))
    }))
}

/// The first text or number of this name, wherever it stands.
fn named(value: &Value, name: &str) -> Option<Value> {
    match value {
        Value::Object(members) => {
            let here = members.get(name).filter(|value| value.is_string() || value.is_number());
            here.cloned().or_else(|| members.values().find_map(|value| named(value, name)))
        }
        Value::Array(items) => items.iter().find_map(|value| named(value, name)),
        _ => None,
    }
}

/// The buttons and rows of a message, if it has any.
pub(super) fn offer(received: &Received) -> Option<Offer> {
    let body: Value = serde_json::from_str(&received.message()?.to_json()).ok()?;
    let text = |value: &Value, name| value.get(name).and_then(Value::as_str).map(str::to_owned);
    let choices = TAPS.iter().chain(CHOOSES).flat_map(|made| {
        let there = at(&body, made.at).into_iter();
        there.filter_map(|there| Some((text(there, made.by)?, text(there, "title"))))
    });
    let choices: Vec<_> = choices.collect();
    (!choices.is_empty()).then(|| Offer { kind: received.kind(), choices })
}

/// Reads a message. One without an id is as good as one with.
pub(crate) fn message(json: &Value) -> Result<IncomingMessage<'static>, ActionError> {
    let error = |why: String| ActionError(Reason::Content(why));
    let mut json = json.clone();
    let Some(members) = json.as_object_mut() else {
        return Err(error("it is no JSON object".to_owned()));
    };
    members.entry("id").or_insert_with(|| "".into());
    let json = json.to_string();
    let message = IncomingMessage::from_json(&json).map_err(|why| error(why.to_string()))?;
    let message = match message {
        Item::Known(message) => message.into_owned(),
        Item::Invalid { why, .. } => return Err(error(why.to_string())),
        _ => return Err(error("it is no message".to_owned())),
    };
    let wrong = |content: &Item<'_, _>| match content {
        Item::Known(_) => None,
        Item::Invalid { why, .. } => Some(why.to_string()),
        _ => Some("its type is not known".to_owned()),
    };
    match wrong(&message.content) {
        None => Ok(message),
        Some(why) => Err(error(why)),
    }
}

/// What a message lacks of the JSON that it was made of, because its type has no such member.
pub(super) fn lost(json: &Value, message: &IncomingMessage<'_>) -> Option<String> {
    let written = serde_json::from_str(&message.to_json()).unwrap_or_default();
    lacks(&written, json).map(|way| way.trim_start_matches('.').to_owned())
}

/// The way to what a value lacks of another one.
fn lacks(value: &Value, other: &Value) -> Option<String> {
    match other {
        Value::Object(members) => members.iter().find_map(|(name, other)| {
            let inside = value.get(name).map_or(Some(String::new()), |value| lacks(value, other));
            inside.map(|inside| format!(".{}{inside}", shown(name)))
        }),
        Value::Array(items) => items.iter().enumerate().find_map(|(index, other)| {
            let inside = value.get(index).map_or(Some(String::new()), |value| lacks(value, other));
            inside.map(|inside| format!("[{index}]{inside}"))
        }),
        // A whole number may be written with or without a fraction.
        Value::Number(_) => (value.as_f64() != other.as_f64()).then(String::new),
        other => (value != other).then(String::new),
    }
}
