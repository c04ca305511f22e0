//! Bad input is a clear error and never a panic.
#![allow(clippy::unwrap_used, missing_docs)]

use std::error::Error;

use wa_message::{
    Client, Message, ReadReceipt,
    types::{Content, Location, MessageObject, Reaction, TextObject},
    wa_message,
};

fn refusal(text: &str) -> String {
    let invalid = text.parse::<Message>().unwrap_err();
    let source = invalid.source().map(ToString::to_string).unwrap_or_default();
    format!("{invalid} {source}")
}

#[test]
fn json_that_is_none() {
    for text in [
        "",
        "{",
        r#"{"to":"#,
        r#"{"to": "1", "text": {"bo"#,
        "nonsense",
        "{]",
        "\u{0}",
        "{\"to\": 1e999}",
    ] {
        let message = refusal(text);
        assert!(message.contains("not valid JSON"), "{text:?}: {message}");
        assert!(message.contains("line 1"), "{text:?}: {message}");
    }
}

#[test]
fn json_of_another_shape() {
    for text in ["null", "1", "\"text\"", "[]", "[[]]", "true"] {
        let message = refusal(text);
        assert!(message.contains("must be an object"), "{text:?}: {message}");
        assert!(text.parse::<ReadReceipt>().is_err());
    }
    assert!(refusal("{}").contains("needs `to`"));
    let deep = "[".repeat(100_000);
    assert!(refusal(&deep).contains("not valid JSON"));
}

#[test]
fn a_long_body() {
    let built = wa_message! { <text> to: "1", body: "x".repeat(5_000) };
    let message = built.unwrap_err().to_string();
    assert!(message.contains("`body` is 5000 characters long"), "{message}");
    let object =
        MessageObject::new("1", Content::Text { text: TextObject::new("x".repeat(5_000)) });
    assert_eq!(Message::try_from(object).unwrap_err().violations()[0].path(), "text.body");
}

#[test]
fn two_emoji() {
    for emoji in ["👍👍", "👍👎🏽", "🇳🇴🇸🇪", "👍 ", "ok", "1"] {
        let built = wa_message! { <reaction> to: "1", message_id: "wamid.1", emoji: emoji };
        let message = built.unwrap_err().to_string();
        assert!(message.contains("`emoji` must be one emoji"), "{emoji}: {message}");
        let content = Content::Reaction { reaction: Reaction::new("wamid.1", emoji) };
        assert!(Message::try_from(MessageObject::new("1", content)).is_err());
    }
    assert!(
        wa_message! { <reaction> to: "1", message_id: "wamid.1", emoji: "👩‍👩‍👧‍👦".to_owned() }.is_ok()
    );
}

#[test]
fn numbers_that_are_none() {
    for latitude in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 90.000_001] {
        let content = Content::Location { location: Location::new(latitude, 0.0) };
        assert!(Message::try_from(MessageObject::new("1", content)).is_err(), "{latitude}");
        assert!(wa_message! { <location> to: "1", latitude: latitude, longitude: 0 }.is_err());
    }
}

#[test]
fn tokens_that_no_header_takes() {
    for token in ["q\nz", "q\r\nX-Other: 1", "", " ", "q z", "tök", "q\u{0}"] {
        let error = Client::new(token, "1234").unwrap_err().to_string();
        assert!(error.contains("token"), "{token:?}: {error}");
        assert!(token.trim().is_empty() || !error.contains(token), "{error}");
    }
    for id in ["", "../1", "1/2", "a?b", "\n"] {
        assert!(Client::new("token", id).is_err(), "{id:?}");
    }
}
