//! Events of webhooks, each as an object of JSON.

use std::{
    io::{self, BufWriter, Write as _},
    path::Path,
};

use serde_json::{Value, json};
use wa_message::webhook::{Event, Item, What, parse};

use super::bodies::{self, Bodies};
use crate::{
    error::{Error, Exit},
    terminal,
};

pub(super) fn run(path: &Path) -> Result<Exit, Error> {
    let bytes = bodies::read(path)?;
    let bodies = Bodies::of(&bytes, path)?;
    let mut out = BufWriter::new(io::stdout().lock());
    let mut faulty = Vec::new();
    for (number, body) in (1_usize..).zip(bodies.iter()) {
        match parse(body) {
            Ok(webhook) => {
                let mut has_events = false;
                for event in webhook.events() {
                    has_events = true;
                    writeln!(out, "{}", terminal::shown(&as_json(&event).to_string()))?;
                }
                // Any object is read. One without the list of what happened is something else.
                let has_entry = || {
                    let value = serde_json::from_slice::<Value>(body);
                    value.is_ok_and(|value| value.get("entry").is_some())
                };
                if !has_events && !has_entry() {
                    faulty.push(format!("webhook {number}: it has no `entry`"));
                }
            }
            Err(error) => faulty.push(format!("webhook {number}: {error}")),
        }
    }
    out.flush()?;
    if faulty.is_empty() {
        return Ok(Exit::Done);
    }
    Err(Error::usage(format!("{} of {} are no webhooks", faulty.len(), bodies.len()))
        .note(faulty.join("\n"))
        .with_exit(Exit::Refused))
}

fn as_json(event: &Event<'_>) -> Value {
    let (kind, state, why) = judged(event);
    let raw = event.raw().as_str();
    let mut line = json!({
        "field": event.field(),
        "type": kind,
        "state": state,
        "key": event.key().map(|key| key.to_string()),
        "account": event.account,
        "number": event.number.as_ref().and_then(|number| number.phone_number_id.as_deref()),
        "person": event.person().map(|person| person.key().to_owned()),
        "item": serde_json::from_str::<Value>(raw).unwrap_or_else(|_| raw.into()),
    });
    if let (Some(why), Some(members)) = (why, line.as_object_mut()) {
        members.insert("why".to_owned(), why.into());
    }
    line
}

/// The type of an event, how far it was understood, and what does not fit. A message is understood as far as what it holds.
fn judged<'e>(event: &'e Event<'_>) -> (&'e str, &'static str, Option<String>) {
    let named = |name: &'e str, other: &'e str| if name.is_empty() { other } else { name };
    match &event.what {
        What::Unknown { name, .. } => (named(name, "unknown"), "unknown", None),
        What::Invalid { name, why, .. } => {
            (named(name, "invalid"), "invalid", Some(why.to_string()))
        }
        What::Message(message) => {
            let (state, why) = match &message.content {
                Item::Known(_) => ("known", None),
                Item::Invalid { why, .. } => ("invalid", Some(why.to_string())),
                _ => ("unknown", None),
            };
            (event.what.name(), state, why)
        }
        what => (what.name(), "known", None),
    }
}
