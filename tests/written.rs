//! The macro writes the JSON of what it knows while compiling: it is what serde writes.
#![allow(missing_docs)]

use proc_macro2::{TokenStream, TokenTree};
use serde::Serialize;
use wa_message::{
    InvalidMessage, Message, ReadReceipt,
    types::{Body, Footer, RecipientType, Row},
    wa_message,
};
use wa_message_tests::{cases, invocation};

#[test]
fn documents_of_literals() {
    let mut count = 0;
    for case in cases().iter().filter(|case| case.paths.is_empty()) {
        let by_serde = if case.is_receipt() {
            json(&ReadReceipt::try_from(&case.message))
        } else {
            json(&Message::try_from(&case.message))
        };
        let Some(known) = known(wa_message_dsl::expand(invocation(&case.message))) else {
            continue;
        };
        assert_eq!(known, by_serde, "{}", case.name);
        count += 1;
    }
    assert!(count > 300, "only {count} messages are known all through");
}

fn json<T: Serialize>(proven: &Result<T, InvalidMessage>) -> String {
    let proven = proven.as_ref().unwrap_or_else(|invalid| panic!("{invalid}"));
    serde_json::to_string(proven).unwrap_or_else(|error| panic!("{error}"))
}

/// The JSON that stands behind the object in an expansion of literals.
fn known(tokens: TokenStream) -> Option<String> {
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match (token, tokens.peek()) {
            (TokenTree::Ident(name), Some(TokenTree::Group(arguments))) if name == "__fixed" => {
                let Some(TokenTree::Group(json)) = arguments.stream().into_iter().last() else {
                    return None;
                };
                return syn::parse2::<syn::LitStr>(json.stream()).ok().map(|text| text.value());
            }
            (TokenTree::Group(group), _) => {
                let found = known(group.stream());
                if found.is_some() {
                    return found;
                }
            }
            _ => {}
        }
    }
    None
}

#[track_caller]
fn holds(message: &Result<Message, InvalidMessage>, part: &str) {
    let by_serde = json(message);
    let written = message.as_ref().map(Message::to_json).unwrap_or_default();
    assert_eq!(written, by_serde);
    let moved =
        message.as_ref().map(|message| message.clone().into_json_bytes()).unwrap_or_default();
    assert_eq!(moved, by_serde.as_bytes());
    assert!(written.contains(part), "{written} has no {part}");
    // The data alone comes to the same.
    let again =
        message.as_ref().ok().map(|message| Message::try_from(message.clone().into_inner()));
    assert_eq!(again.map(|again| json(&again)), Some(by_serde));
}

#[test]
fn texts() {
    let to = "\u{1}\u{7f} \"é\" \\ \n/";
    let message = wa_message! { <text> recipient_type: "group", to, body: "Hello \"you\"\n" };
    holds(&message, r#""to":"\u0001\u007f \"é\" \\ \n/""#.replace("\\u007f", "\u{7f}").as_str());
}

#[test]
fn members_that_may_be_absent() {
    let (some, none) = (Some("data \"x\""), None::<&str>);
    let message = wa_message! { <text> to: "1", body: "b", biz_opaque_callback_data: some };
    holds(&message, r#"{"biz_opaque_callback_data":"data \"x\"","type":"text""#);
    let message = wa_message! { <text> to: "1", body: "b", biz_opaque_callback_data: none };
    holds(&message, r#"{"type":"text""#);
    let message =
        wa_message! { <document> to: "1", link: "https://a.b/c", filename: some, caption: none };
    holds(&message, r#""document":{"filename":"data \"x\"","link":"#);
    let message = wa_message! { <contacts> to: "1", contacts: [
        { name: { formatted_name: "A", first_name: "A" }, org: { company: some, title: none } },
    ] };
    holds(&message, r#""org":{"company":"data \"x\""}"#);
    let message =
        wa_message! { <text> to: "1", body: "b", recipient_type: Some(RecipientType::Individual) };
    holds(&message, r#""recipient_type":"individual","to":"1"}"#);
}

#[test]
fn objects_and_arrays() {
    let (body, footer) = (Body::new("b"), Some(Footer::new("f")));
    let more = vec![Row::new("2", "Two")];
    let message = wa_message! { <list>
        to: "1", body, footer, button: "B",
        sections: [{ title: "S", rows: [{ id: "1", title: "One" }, ..more.clone()] }],
    };
    holds(&message, r#""rows":[{"id":"1","title":"One"},{"id":"2","title":"Two"}],"title":"S""#);
    let message = wa_message! { <list>
        to: "1", body: "b", button: "B", sections: [{ rows: more }],
    };
    holds(&message, r#"[{"rows":[{"id":"2","title":"Two"}]}]"#);
}

#[test]
fn numbers_and_words() {
    let (latitude, preview, payload) = (1e-7, true, "x");
    let message = wa_message! { <location> to: "1", latitude, longitude: 12 };
    holds(&message, r#"{"latitude":1e-7,"longitude":12.0}"#);
    let message = wa_message! { <text> to: "1", body: "http://a.b", preview_url: preview };
    holds(&message, r#""preview_url":true"#);
    let message = wa_message! { <template>
        to: "1", name: "n", language: { code: "en", policy: "deterministic" },
        body: ["Ada", { currency: { fallback_value: "1", code: "USD", amount_1000: 12_500 } }],
        buttons: [{ quick_reply: payload }],
    };
    holds(&message, r#""language":{"code":"en","policy":"deterministic"}"#);
}

#[test]
fn free_json() {
    let value = 1;
    let message = wa_message! { <flow>
        to: "1", body: "b", flow_id: "1", flow_cta: "Go",
        flow_action: "navigate", flow_action_payload: { screen: "A", data: { value: value } },
    };
    holds(&message, r#""data":{"value":1}"#);
}

#[test]
fn a_constant_is_written_while_compiling() {
    const MESSAGE: Message = wa_message! { <text> to: "1", body: "b" };
    assert_eq!(MESSAGE.to_json().parse::<Message>().ok(), Some(MESSAGE));
}

/// What the compiler could not see is looked at while the program runs.
#[test]
fn texts_that_are_too_long() {
    let row = |title: &str| {
        wa_message! { <list>
            to: "1", body: "b", button: "B",
            sections: [{ rows: [{ id: "1", title: "One" }, { id: "2", title }] }],
        }
    };
    holds(&row("Two"), r#"{"id":"2","title":"Two"}"#);
    let paths = |row: Result<Message, InvalidMessage>| {
        let invalid = row.err();
        let violations = invalid.iter().flat_map(InvalidMessage::violations);
        violations.map(|violation| violation.path().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(paths(row(&"x".repeat(25))), ["interactive.action.sections[0].rows[1].title"]);
    assert_eq!(paths(row("")), ["interactive.action.sections[0].rows[1].title"]);
    let id = |id: &str| {
        wa_message! { <list>
            to: "1", body: "b", button: "B",
            sections: [{ rows: [{ id: "1", title: "One" }, { id, title: "Two" }] }],
        }
    };
    holds(&id("2"), r#"{"id":"2","title":"Two"}"#);
    assert_eq!(paths(id("1")), ["interactive.action.sections[0].rows[1].id"]);
}

/// A message stands in an enum beside small values, and is moved from place to place.
#[test]
fn messages_are_small() {
    assert!(size_of::<Message>() <= 4 * size_of::<usize>());
    assert!(size_of::<ReadReceipt>() <= 4 * size_of::<usize>());
}
