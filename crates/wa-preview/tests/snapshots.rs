//! What is drawn of each kind of message. `INSTA_UPDATE=always` writes it anew.
#![allow(clippy::unwrap_used, missing_docs)]

mod common;

use std::collections::BTreeSet;

use wa_message::{
    Message, ReadReceipt,
    preview::{Html, draw, draw_json, draw_json_with, draw_receipt, draw_received, draw_with},
};
use wa_message_spec::tables::KINDS;

/// With a line for each element, so that a difference can be read.
fn matches(folder: &str, name: &str, html: &Html) {
    let lines = html.as_str().replace("><", ">\n<");
    insta::with_settings!({
        snapshot_path => format!("snapshots/{folder}"),
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!(name, lines);
    });
}

#[test]
fn each_kind_is_drawn() {
    let mut kinds = BTreeSet::new();
    for (name, json) in common::sent() {
        let text = json.to_string();
        let html = match text.parse::<Message>() {
            Ok(message) => {
                kinds.insert(message.kind().as_str().to_owned());
                draw(&message)
            }
            Err(_) => {
                kinds.insert("read".to_owned());
                draw_receipt(&text.parse::<ReadReceipt>().unwrap())
            }
        };
        assert_eq!(html, draw_json(&json), "{name}");
        matches("sent", &name, &html);
    }
    let all: BTreeSet<_> = KINDS.iter().map(|kind| kind.name.to_owned()).collect();
    assert_eq!(kinds, all);
}

#[test]
fn what_customers_send_is_drawn() {
    let messages = common::received();
    assert!(messages.len() > 40, "{}", messages.len());
    for (name, json) in messages {
        matches("received", &name, &draw_received(&json));
    }
}

#[test]
fn templates_are_filled_in() {
    let templates = common::templates();
    let messages = common::filled();
    assert!(messages.len() > 15, "{}", messages.len());
    for (name, json) in messages {
        let message: Message = json.to_string().parse().unwrap();
        let html = draw_with(&message, &templates);
        assert_eq!(html, draw_json_with(&json, &templates), "{name}");
        matches("filled", &name, &html);
    }
}

#[test]
fn a_template_that_is_not_there_is_drawn_plainly() {
    let (_, json) =
        common::sent().into_iter().find(|(name, _)| name == "template_buttons").unwrap();
    assert_eq!(draw_json_with(&json, &common::templates()), draw_json(&json));
}

#[test]
fn what_is_no_message_is_drawn_as_nothing_known() {
    for json in ["null", "[]", "1", "{}", r#"{"type":"hologram"}"#, r#"{"type":"text","text":7}"#] {
        let json = serde_json::from_str(json).unwrap();
        for html in [draw_json(&json), draw_received(&json)] {
            assert!(html.as_str().starts_with("<article"), "{html}");
        }
    }
}
