//! Entries of the journal as the page gets them: drawn, and as JSON.

use std::borrow::Cow;

use hyper::body::Bytes;
use serde_json::{Value, json};
use wa_message_core::{__shared::OneLine, Message, Templates};
use wa_preview::{Html, draw_json, draw_json_with, draw_received};

use super::journal::{Entry, Happened, Outcome};
use crate::{
    hooks::DeliveryState,
    limits::digits,
    received::Received,
    state::State,
    templates::{definition_of, names_template},
};

/// How much is shown of a recipient that was refused, in characters.
const TO_AT_MOST: usize = 160;
/// How long a drawing is at most, in bytes of HTML. A text of 4096 characters has at most a sixth of it.
const DRAWN_AT_MOST: usize = 128 * 1024;
/// What stands in place of a longer one.
const TOO_LONG: &str = "_This message is too long to be drawn. Its details have all of it._";
/// The customer of messages that would have gone to no customer.
const NOBODY: &str = "nobody";

/// Whom a message goes to or comes from, by whom a page sorts, and in whose name it calls.
fn customer(address: &str) -> String {
    let shown = OneLine { text: address, at_most: TO_AT_MOST }.to_string();
    let digits = digits(&shown);
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    if is_number {
        digits
    } else if shown.trim_matches([' ', '.']).is_empty() {
        // Nobody sees a blank one, and in an address dots lead elsewhere.
        NOBODY.to_owned()
    } else {
        shown
    }
}

/// Returns an entry as the page shows it, and whether it always will be shown so.
pub(super) fn drawn(entry: &Entry, state: &State) -> (Bytes, bool) {
    let (event, is_final) = of(entry, state);
    (event.to_string().into(), is_final)
}

fn of(entry: &Entry, state: &State) -> (Value, bool) {
    let mut is_final = true;
    let mut event = match &entry.what {
        Happened::Sent { received, accepted, fault, .. } => {
            let templates = definition_of(received.body(), &state.templates);
            // Its definition may come later.
            is_final = templates.is_some() || !names_template(received.body());
            sent(received, *accepted, fault.as_deref(), templates.as_ref())
        }
        Happened::Refused { body, phone_number_id, code, details, .. } => json!({
            "event": "refused",
            "customer": customer(&addressee(body)),
            "phone_number_id": phone_number_id,
            "code": code,
            "details": details,
            "html": html(draw_json(body)).as_str(),
        }),
        Happened::Came { message, customer, name } => json!({
            "event": "came",
            "customer": self::customer(customer),
            "name": name,
            "id": message.get("id"),
            "html": html(draw_received(message)).as_str(),
        }),
        Happened::Told { id, status } => json!({
            "event": "told",
            "id": **id,
            "status": status.name(),
            "code": status.code(),
        }),
        Happened::Delivery { number, messages, state, end } => json!({
            "event": "delivery",
            "delivery": number,
            "messages": **messages,
            "state": state.name(),
            "says": delivered(*state, *end),
        }),
        Happened::Armed { next, always } => armed(*next, *always),
        Happened::Cleared => json!({ "event": "cleared" }),
    };
    event["number"] = entry.number.into();
    event["time"] = entry.time.into();
    (event, is_final)
}

/// Returns whether it is a line of what became of messages.
pub(super) fn is_outcome(happened: &Happened) -> bool {
    match happened {
        Happened::Sent { received, .. } => received.message().is_some(),
        Happened::Refused { .. } => true,
        _ => false,
    }
}

/// Returns what became of a message, as its sender was told, and whether it was accepted.
pub(super) fn outcome(entry: &Entry) -> Option<Value> {
    let (to, kind, id, accepted, fault, told) = match &entry.what {
        Happened::Sent { received, accepted, fault, told } => {
            let to = Cow::Borrowed(received.message()?.addressee());
            (to, Some(received.kind()), received.id(), *accepted, fault.as_deref(), *told)
        }
        Happened::Refused { body, kind, code, .. } => {
            let to = OneLine { text: &addressee(body), at_most: TO_AT_MOST }.to_string();
            (to.into(), *kind, None, false, None, Outcome::Refused(*code))
        }
        _ => return None,
    };
    let (says, code) = match told {
        Outcome::Accepted => ("accepted", None),
        Outcome::Refused(code) => ("refused", Some(code)),
        Outcome::InDoubt => ("in_doubt", None),
    };
    // Of a message that was not accepted, nobody knows the id.
    let id = id.filter(|_| accepted);
    Some(json!({
        "entry": entry.number,
        "time": entry.time,
        "to": to,
        "kind": kind,
        "outcome": says,
        "accepted": accepted,
        "code": code,
        "fault": fault,
        "id": id,
    }))
}

/// Returns what goes wrong next as the page shows it.
pub(super) fn armed(next: usize, always: bool) -> Value {
    json!({ "event": "armed", "next": next, "always": always })
}

fn sent(
    received: &Received,
    accepted: bool,
    fault: Option<&str>,
    templates: Option<&Templates>,
) -> Value {
    let body = received.body();
    let html = match templates {
        Some(templates) => draw_json_with(body, templates),
        None => draw_json(body),
    };
    json!({
        "event": "sent",
        "customer": received.message().map(|message| customer(message.addressee())),
        "phone_number_id": received.phone_number_id(),
        "kind": received.kind(),
        "id": received.id(),
        "about": received.receipt().map(|receipt| receipt.message_id().to_string()),
        "accepted": accepted,
        "fault": fault,
        "html": self::html(html).as_str(),
    })
}

/// How far a webhook is, in words.
fn delivered(state: DeliveryState, end: Option<Result<u16, &'static str>>) -> String {
    let end = end.map(|end| end.map_or_else(str::to_owned, |status| format!("answered {status}")));
    match (state, end) {
        (DeliveryState::Waiting, Some(end)) => format!("webhook waits once more: {end}"),
        (DeliveryState::Waiting, None) => "webhook waits".to_owned(),
        (DeliveryState::Taken, Some(end)) => format!("webhook {end}"),
        (DeliveryState::Taken, None) => "webhook taken".to_owned(),
        (DeliveryState::Dropped, _) => "webhook dropped".to_owned(),
        (DeliveryState::GivenUp, Some(end)) => format!("webhook failed: {end}"),
        (DeliveryState::GivenUp, None) => "webhook failed".to_owned(),
    }
}

/// The drawing of a message, or a line in its place where a browser would take seconds for it.
fn html(html: Html) -> Html {
    if html.as_str().len() <= DRAWN_AT_MOST {
        return html;
    }
    draw_json(&json!({ "type": "text", "text": { "body": TOO_LONG } }))
}

/// Whom a body that was refused would have gone to.
fn addressee(body: &Value) -> Cow<'_, str> {
    let named = |name: &str| match body.get(name)? {
        Value::String(text) => Some(text.as_str().into()),
        // A number in place of a text is a mistake that is made often.
        Value::Number(number) => Some(number.to_string().into()),
        _ => None,
    };
    named("to").or_else(|| named("recipient")).unwrap_or(NOBODY.into())
}

/// Returns all that is known of an entry.
pub(super) fn details(entry: &Entry, state: &State) -> Value {
    match &entry.what {
        Happened::Sent { received, .. } => {
            let advice = received.lints();
            let advice =
                advice.iter().map(|lint| json!({ "path": lint.path(), "says": lint.to_string() }));
            json!({
                "json": received.body(),
                "macro": received.message().map(Message::to_dsl),
                "advice": advice.collect::<Vec<_>>(),
            })
        }
        Happened::Refused { body, code, details, .. } => json!({
            "json": body,
            "code": code,
            "details": details,
            "problems": if body.is_null() { Vec::new() } else { super::draft::problems(body, state) },
        }),
        Happened::Came { message, .. } => json!({ "json": message }),
        _ => json!({}),
    }
}
