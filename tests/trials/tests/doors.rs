//! The rule table through every door that reads JSON, also under features of `serde_json` that any crate
//! of a program can turn on: `cargo test -p wa-message-trials --features switches --test doors`.
#![allow(missing_docs)]

#[allow(dead_code, unreachable_pub)] // It is a part of another package.
#[path = "../../src/table.rs"]
mod table;

use std::collections::BTreeSet;

use serde_json::Value;
use table::cases;
use wa_message::{InvalidMessage, Message, ReadReceipt, types::MessageObject};

type Verdict = Result<Message, BTreeSet<String>>;

fn paths(invalid: &InvalidMessage) -> BTreeSet<String> {
    invalid.violations().iter().map(|violation| violation.path().to_owned()).collect()
}

fn verdict(outcome: Result<Message, InvalidMessage>) -> Verdict {
    outcome.map_err(|invalid| paths(&invalid))
}

/// Asks all doors about a text, and whether what is valid is what its own text says.
fn agreed(text: &str) -> Verdict {
    let read = verdict(text.parse());
    let Ok(value) = serde_json::from_str::<Value>(text) else {
        assert!(read.is_err(), "{text}");
        return read;
    };
    assert_eq!(verdict(Message::try_from(&value)), read, "{text}");
    let by_serde: Result<Message, _> = serde_json::from_str(text);
    assert_eq!(by_serde.is_ok(), read.is_ok(), "{text}");
    if let Ok(object) = serde_json::from_str::<MessageObject>(text) {
        assert_eq!(verdict(Message::try_from(object)).is_ok(), read.is_ok(), "{text}");
    }
    if let Ok(message) = &read {
        assert_eq!(by_serde.ok().as_ref(), Some(message), "{text}");
        let written = message.to_json();
        assert_eq!(written.parse::<Message>().ok().as_ref(), Some(message), "{text}: {written}");
        assert_eq!(serde_json::to_string(message).ok().as_ref(), Some(&written), "{text}");
        let as_value = serde_json::to_value(message).unwrap_or_default();
        assert_eq!(Message::try_from(&as_value).ok().as_ref(), Some(message), "{text}");
    }
    read
}

#[test]
fn every_door_reads_the_table() {
    let mut count = 0;
    for case in cases() {
        let text = case.message.to_string();
        let expected: BTreeSet<_> = case.paths.iter().cloned().collect();
        let found = if case.is_receipt() {
            text.parse::<ReadReceipt>().err().map(|invalid| paths(&invalid)).unwrap_or_default()
        } else {
            agreed(&text).err().unwrap_or_default()
        };
        assert_eq!(found, expected, "{}", case.name);
        count += 1;
    }
    assert!(count > 1_000, "only {count} cases were read");
}

#[test]
fn numbers_are_read_alike() {
    let index = |number: &str| {
        format!(
            r#"{{"messaging_product":"whatsapp","to":"+15550100","type":"template","template":{{"name":"t","language":{{"code":"en"}},"components":[{{"type":"button","sub_type":"quick_reply","index":{number},"parameters":[{{"type":"payload","payload":"P"}}]}}]}}}}"#
        )
    };
    let place = |number: &str| {
        format!(
            r#"{{"messaging_product":"whatsapp","to":"+15550100","type":"location","location":{{"latitude":{number},"longitude":1}}}}"#
        )
    };
    for (number, is_index, is_place) in [
        ("0", true, true),
        ("1", true, true),
        ("\"1\"", true, true),
        ("-0", false, true),
        ("-0.0", false, true),
        ("1.0", false, true),
        ("1e0", false, true),
        ("1.50", false, true),
        ("-1", false, true),
        ("0.1000000000000000055511151231257827", false, true),
        ("18446744073709551616", false, false),
        ("123456789012345678901234567890", false, false),
        ("1e999", false, false),
        ("\"NaN\"", false, false),
        ("null", false, false),
    ] {
        assert_eq!(agreed(&index(number)).is_ok(), is_index, "{number}");
        assert_eq!(agreed(&place(number)).is_ok(), is_place, "{number}");
    }
}
