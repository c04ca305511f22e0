//! Every payload, read into the events that are meant.
#![allow(clippy::unwrap_used, missing_docs)]

mod common;

use std::fmt::Write as _;

use common::{payloads, value};
use wa_message::webhook::{Event, Item, What, parse};

/// Payloads with something that is not known, or has not its form.
const ODD: [&str; 10] = [
    "batch",
    "interactive-unknown-type",
    "message-unknown-type",
    "odd-message-without-id",
    "odd-new-list",
    "odd-no-object-in-interactive",
    "odd-no-type",
    "odd-nothing-in-value",
    "odd-other-object",
    "odd-text-without-body",
];

/// What an event is, in one line.
fn line(event: &Event<'_>) -> String {
    let mut line = format!("{} {}", event.field(), event.what.name());
    let content = match &event.what {
        What::Message(message) => Some(&message.content),
        What::Echo(echo) => Some(&echo.content),
        _ => None,
    };
    match content {
        Some(Item::Known(content)) => _ = write!(line, " {}", content.name()),
        Some(Item::Unknown { name, .. }) => _ = write!(line, " unknown `{name}`"),
        Some(Item::Invalid { name, why, .. }) => _ = write!(line, " invalid `{name}` ({why})"),
        _ => {}
    }
    match &event.what {
        What::Status(status) => _ = write!(line, " {}", status.status),
        What::Unknown { name, .. } => _ = write!(line, " `{name}`"),
        What::Invalid { name, why, .. } => _ = write!(line, " `{name}` ({why})"),
        _ => {}
    }
    if let Some(person) = event.person() {
        _ = write!(
            line,
            ", {} {}",
            person.user_id().unwrap_or("-"),
            person.number().unwrap_or("-")
        );
    }
    if event.contact.is_some() {
        line.push_str(", contact");
    }
    if event.conversation.is_some() {
        line.push_str(", conversation");
    }
    let key = event.key();
    _ = write!(line, ", {}", key.as_ref().map_or("no key", |key| key.as_str()));
    line
}

#[test]
fn every_payload_is_read_into_its_events() {
    let mut lines = String::new();
    for (name, text) in payloads() {
        _ = writeln!(lines, "{name}");
        for event in parse(text.as_bytes()).unwrap() {
            _ = writeln!(lines, "    {}", line(&event));
        }
    }
    insta::assert_snapshot!(lines);
}

#[test]
fn all_but_the_odd_ones_are_known() {
    for (name, text) in payloads() {
        let is_odd = parse(text.as_bytes()).unwrap().into_iter().any(|event| match event.what {
            What::Message(message) => {
                let content = format!("{:?}", message.content);
                content.contains("Unknown {") || content.contains("Invalid {")
            }
            What::Unknown { .. } | What::Invalid { .. } => true,
            what => format!("{what:?}").contains("Unknown {"),
        });
        assert_eq!(is_odd, ODD.contains(&&*name), "{name}");
    }
}

/// The whole as a tree has nothing that the events have not.
#[test]
fn the_whole_is_read_as_the_events_are() {
    for (name, text) in payloads() {
        let webhook = parse(text.as_bytes()).unwrap();
        let whole = format!("{:?}", webhook.read());
        for event in webhook.events() {
            let what = format!("{:?}", event.what);
            let inner = what.split_once('(').map_or(&*what, |(_, inner)| inner);
            let inner = inner.trim_end_matches(')');
            assert!(
                whole.contains(inner) || matches!(event.what, What::Unknown { .. }),
                "{name}: {what}"
            );
        }
    }
}

#[test]
fn an_event_is_written_and_read_again() {
    for (name, text) in payloads() {
        for event in parse(text.as_bytes()).unwrap() {
            let json = event.to_json();
            value(&json);
            let read: Vec<_> = parse(json.as_bytes()).unwrap().events().collect();
            assert_eq!(read, std::slice::from_ref(&event), "{name}: {json}");
            assert_eq!(read[0].key(), event.key());
            assert_eq!(event.clone().into_owned(), event);
        }
    }
}

#[test]
fn members_that_are_not_known_are_kept() {
    let (_, text) = payloads().into_iter().find(|(name, _)| name == "odd-new-member").unwrap();
    let event = parse(text.as_bytes()).unwrap().events().next().unwrap();
    assert_eq!(event.raw().parse::<serde_json::Value>().unwrap()["mood"], "good");
}
