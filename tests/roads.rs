//! A text in its canonical form is read straight into the types, any other one over a JSON value:
//! both have to come to the same.
#![allow(missing_docs, clippy::too_many_lines)]

use serde_json::Value;
use wa_message::{InvalidMessage, Message, Problem, ProblemKind};
use wa_message_tests::cases;

/// Reads a text on the road of `FromStr`, and on the road over a JSON value.
fn on_both_roads(text: &str) -> [Result<Message, String>; 2] {
    let say = |invalid: &InvalidMessage| {
        let violations = invalid.violations().iter();
        let parts = violations.map(|found| (found.path(), found.problem(), found.number()));
        format!("{:?}", parts.collect::<Vec<_>>())
    };
    let over_value = match serde_json::from_str::<Value>(text) {
        Ok(value) => Message::try_from(&value),
        Err(error) => {
            let (line, column) = (error.line(), error.column());
            let because =
                error.to_string().replace(&format!(" at line {line} column {column}"), "");
            let problem = Problem::of_document(ProblemKind::NotJson { because, line, column });
            let said = format!("{:?}", [("", &problem, None::<u16>)]);
            return [text.parse::<Message>().map_err(|invalid| say(&invalid)), Err(said)];
        }
    };
    [text.parse::<Message>(), over_value].map(|read| read.map_err(|invalid| say(&invalid)))
}

/// A value as text, with the members of every object in the opposite order.
fn reversed(value: &Value) -> String {
    match value {
        Value::Object(members) => {
            let members = members.iter().rev().map(|(name, value)| {
                format!("{}: {}", Value::from(name.as_str()), reversed(value))
            });
            format!("{{ {} }}", members.collect::<Vec<_>>().join(" , "))
        }
        Value::Array(items) => {
            format!("[{}]", items.iter().map(reversed).collect::<Vec<_>>().join("\n,"))
        }
        other => other.to_string(),
    }
}

#[test]
fn both_roads_read_the_same() {
    for case in cases().iter().filter(|case| !case.is_receipt()) {
        for text in [case.message.to_string(), reversed(&case.message)] {
            let [short, long] = on_both_roads(&text);
            assert_eq!(short, long, "{}: {text}", case.name);
        }
    }
}

/// Texts that are valid, or nearly, and written in an odd way.
#[test]
fn both_roads_read_odd_texts_the_same() {
    let text = |rest: &str| format!(r#"{{"messaging_product":"whatsapp","to":"+15550100"{rest}}}"#);
    let list = |rows: &str, rest: &str| {
        text(&format!(
            r#","type":"interactive","interactive":{{"type":"list","body":{{"text":"b"}},"action":{{"button":"B","sections":[{{"rows":{rows}}}]}}{rest}}}"#
        ))
    };
    let row = r#"{"id":"1","title":"One"}"#;
    let place = |latitude: &str| {
        text(&format!(r#","location":{{"latitude":{latitude},"longitude":0}},"type":"location""#))
    };
    let flow = |data: &str| {
        text(&format!(
            r#","type":"interactive","interactive":{{"type":"flow","body":{{"text":"b"}},"action":{{"name":"flow","parameters":{{"flow_message_version":"3","flow_id":"1","flow_cta":"Go","flow_action":"navigate","flow_action_payload":{{"screen":"A","data":{data}}}}}}}}}"#
        ))
    };
    let deep = |depth| format!("{{\"a\":{}1{}}}", "[".repeat(depth), "]".repeat(depth));
    let hello = r#","type":"text","text":{"body":"Hello"}"#;
    let mut texts = vec![
        text(hello),
        text(r#","text":{"body":"Hello"},"type":"text""#),
        text(r#","text":{"body":"Hello"}"#),
        text(r#","text":{"body":"Hello"},"type":null"#),
        text(r#","text":{"body":"Hello"},"type":"TEXT""#),
        text(r#","text":{"body":"Hello"},"type":"te\u0078t""#),
        text(r#","t\u0065xt":{"body":"H\u00e9llo\n"},"type":"text""#),
        text(r#","text":{"body":"\ud83c"},"type":"text""#),
        text(r#","text":["Hello"],"type":"text""#),
        text(r#","text":{"body":"Hello","preview_url":null},"type":"text""#),
        text(r#","text":{"body":"Hello","preview_url":"true"},"type":"text""#),
        text(r#","text":{"body":"Hello","body":"Again"},"type":"text""#),
        text(r#","text":{"body":"Hello"},"text":{"body":"Again"},"type":"text""#),
        text(r#","text":{"body":"Hello"},"type":"text","type":"text""#),
        text(r#","text":{"body":"Hello"},"type":"text","to":"2""#),
        text(r#","text":{"body":"Hello"},"image":{"id":"1"},"type":"text""#),
        text(r#","text":{"body":"Hello"},"type":"text","image":null"#),
        text(r#","text":{"body":"Hello"},"type":"image""#),
        text(r#","text":{"body":"Hello"},"type":"text","content":{}"#),
        text(r#","text":{"body":"Hello"},"type":"text","context":{"message_id":null}"#),
        text(r#","text":{"body":"Hello"},"type":"text","context":null"#),
        text(r#","text":{"body":1},"type":"text""#),
        text(r#","text":{"body":"Hello"},"type":"text","#),
        format!("{} ", text(hello)),
        format!("{} x", text(hello)),
        format!("{}{}", text(hello), text(hello)),
        format!("\u{feff}{}", text(hello)),
        format!("[{}]", text(hello)),
        text(&hello.replace('{', "{ \n\t ").replace(':', " :\r\n")),
        list(&format!("[{row}]"), ""),
        list(&format!("[{row},]"), ""),
        list(&format!("[{row},{row}]"), ""),
        list(&format!("[{row},null]"), ""),
        list(r#"[["1","One"]]"#, ""),
        list(r#"[{"id":"1","title":"One","description":null}]"#, ""),
        list(r#"[{"id":"1","title":"One","id":"1"}]"#, ""),
        list(&format!("{{\"0\":{row}}}"), ""),
        list(&format!("[{row}]"), r#","header":{"text":"h","type":"text"}"#),
        list(&format!("[{row}]"), r#","header":{"text":"h"}"#),
        list(&format!("[{row}]"), r#","header":"h""#),
        list(&format!("[{row}]"), r#","footer":null"#),
        list(&format!("[{row}]"), r#","footer":["f"]"#),
        list(&format!("[{row}]"), r#","action":{"button":"B","sections":[]}"#),
        list(&format!("[{row}]"), r#","type":"button""#),
    ];
    for number in [
        "1",
        "-0",
        "-0.0",
        "1.5",
        "90",
        "90.0",
        "9e1",
        "91",
        "1e400",
        "-1e-400",
        "\"1.5\"",
        "\"x\"",
        "01",
        "1.",
        "0.1000000000000000055511151231257827",
        "18446744073709551616",
        "null",
        "[1]",
        "true",
    ] {
        texts.push(place(number));
    }
    for data in [
        "{}",
        "{\"a\":1}",
        "{\"a\":1,\"a\":2}",
        "{\"a\":null}",
        "[]",
        "null",
        "{\"a\":{\"b\":1e2,\"b\":-0}}",
    ] {
        texts.push(flow(data));
    }
    for depth in [1, 60, 64, 70, 110, 120, 121, 122, 123, 124, 125, 126, 127, 128, 129, 200] {
        texts.push(flow(&deep(depth)));
    }
    let mut valid = 0;
    for text in texts {
        let [short, long] = on_both_roads(&text);
        valid += usize::from(short.is_ok());
        assert_eq!(short, long, "{text}");
    }
    assert!(valid > 25, "only {valid} texts are valid");
}
