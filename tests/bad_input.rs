//! Bad input is a clear error and never a panic.
#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

use wa_message::{
    Client, Message, ProblemKind, ReadReceipt,
    types::{Content, Location, MessageObject, Reaction, TextObject},
    wa_message,
};

fn refusal(text: &str) -> String {
    text.parse::<Message>().unwrap_err().to_string()
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
        let invalid = text.parse::<Message>().unwrap_err();
        let [violation] = invalid.violations() else { panic!("{invalid:?}") };
        assert_eq!((violation.path(), violation.number()), ("", None));
        let ProblemKind::NotJson { because, line: 1, column } = violation.problem().kind() else {
            panic!("{violation:?}");
        };
        assert_eq!(
            violation.to_string(),
            format!("the text is not valid JSON: {because} at line 1 column {column}")
        );
    }
}

#[test]
fn violations_stand_in_one_line_or_in_one_each() {
    let says = |text: &str| {
        let invalid = text.parse::<Message>().unwrap_err();
        (invalid.to_string(), format!("{invalid:#}"))
    };
    let one = r#"{ "messaging_product": "whatsapp", "to": "+15550100", "text": { "body": "" } }"#;
    let line = "the message is not valid: `body` is empty, and `<text>` needs at least 1 character \
                there (at `text.body`)";
    assert_eq!(says(one), (line.to_owned(), line.to_owned()));
    let two = r#"{ "messaging_product": "whatsapp", "text": { "body": "" } }"#;
    let (line, lines) = says(two);
    assert_eq!(line.lines().count(), 1);
    let lines: Vec<_> = lines.lines().collect();
    assert_eq!(lines.len(), 3, "{lines:?}");
    assert_eq!(line, format!("{} {}; {}", lines[0], lines[1], lines[2]));
    assert_eq!(lines[0], "the message is not valid in 2 places:");
}

#[test]
fn one_error_for_building_and_for_sending() {
    fn build(to: &str, body: String) -> Result<Message, wa_message::Error> {
        Ok(wa_message! { <text> to, body }?)
    }
    let error = build("+15550100", String::new()).unwrap_err();
    assert!(error.is_safe_to_resend());
    assert_eq!((error.status(), error.retry_after(), error.fbtrace_id()), (None, None, None));
    let wa_message::Error::Invalid(invalid) = &error else { panic!("{error:?}") };
    assert_eq!(invalid.violations().len(), 1);
    assert_eq!(
        (error.to_string(), format!("{error:#}")),
        (invalid.to_string(), format!("{invalid:#}"))
    );
}

#[test]
fn a_whole_body_in_a_text_is_no_body() {
    // JSON is read in the texts of members alone.
    let message = r#"{"messaging_product":"whatsapp","to":"+15550100","text":{"body":"Hello"}}"#;
    let receipt = r#"{"messaging_product":"whatsapp","status":"read","message_id":"wamid.1"}"#;
    let in_text = |json: &str| serde_json::to_string(json).unwrap();
    assert!(message.parse::<Message>().is_ok() && receipt.parse::<ReadReceipt>().is_ok());
    assert!(in_text(message).parse::<Message>().is_err());
    assert!(Message::lint_json(&in_text(message)).is_err());
    assert!(serde_json::from_str::<MessageObject>(&in_text(message)).is_err());
    assert!(in_text(receipt).parse::<ReadReceipt>().is_err());
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
