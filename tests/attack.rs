//! Bodies that are made to take long, to make a long report, or to overflow the stack.
#![allow(clippy::unwrap_used, missing_docs)]

use serde_json::{Map, Value, json};
use wa_message::{
    InvalidMessage, Message,
    types::{Content, FlowActionPayload, Location, MessageObject},
    wa_message,
};

/// How long the words of a report may be, in bytes.
const WORDS_AT_MOST: usize = 60_000;

fn list(rows: &Value) -> Value {
    json!({
        "messaging_product": "whatsapp", "to": "+15550100", "type": "interactive",
        "interactive": {
            "type": "list", "body": { "text": "B" },
            "action": { "button": "See", "sections": [{ "rows": rows }] },
        },
    })
}

fn flow(data: &Value) -> Value {
    json!({
        "messaging_product": "whatsapp", "to": "+15550100", "type": "interactive",
        "interactive": {
            "type": "flow", "body": { "text": "B" },
            "action": { "name": "flow", "parameters": {
                "flow_message_version": "3", "flow_id": "1", "flow_cta": "Go",
                "flow_action": "navigate", "flow_action_payload": { "screen": "A", "data": data },
            } },
        },
    })
}

const DATA: &str = "interactive.action.parameters.flow_action_payload.data";

/// What every road over JSON says of a body that is not valid.
fn on_every_road(body: &Value) -> Vec<InvalidMessage> {
    let by_serde = serde_json::from_value::<Message>(body.clone()).unwrap_err().to_string();
    let text = body.to_string().parse::<Message>().unwrap_err();
    assert_eq!(by_serde, text.to_string());
    let mut found = vec![text, Message::try_from(body).unwrap_err()];
    if let Ok(object) = serde_json::from_value::<MessageObject>(body.clone()) {
        found.push(Message::try_from(object).unwrap_err());
    }
    found
}

#[test]
fn reports_are_short_and_know_how_many_there_are() {
    let few = list(&json!([{}, {}]));
    let few = Message::try_from(&few).unwrap_err();
    assert_eq!((few.violations().len(), few.count()), (4, 4));
    for count in [49, 50, 5_000] {
        let many = list(&Value::Array(vec![json!({}); count]));
        for invalid in on_every_road(&many) {
            // Two a row, and that there are too many.
            let all = 2 * count + 1;
            assert_eq!((invalid.violations().len(), invalid.count()), (all.min(100), all));
            let words = invalid.to_string();
            assert!(words.len() < WORDS_AT_MOST && format!("{invalid:?}").len() < WORDS_AT_MOST);
            assert_eq!(words.contains(" more"), all > 100, "{words}");
            // The order is that of the description.
            assert_eq!(invalid.violations()[..4], *few.violations());
        }
    }
    // Each id but the first is also one that was there before.
    let rows = vec![json!({ "id": "", "title": "" }); 100_000];
    let invalid = Message::try_from(&list(&rows.into())).unwrap_err();
    assert_eq!(invalid.count(), 300_000);
    assert!(invalid.to_string().ends_with("; and 299,900 more"));
}

#[test]
fn reports_are_short_of_what_the_macro_and_the_types_hold() {
    let titles = vec![""; 5_000];
    let invalid = wa_message! { <list>
        to: "+15550100", body: "B", button: "See",
        sections: [{ title: "S", rows: [for title in titles { id: title, title }] }],
    };
    let invalid = invalid.unwrap_err();
    assert_eq!(invalid.violations().len(), 100);
    assert!(invalid.count() > 10_000 && invalid.to_string().len() < WORDS_AT_MOST);
}

#[test]
fn a_hundred_unknown_members_are_named_and_the_rest_counted() {
    let members: Map<String, Value> =
        (0..40_000).map(|number| (format!("a{number}"), json!(1))).collect();
    for invalid in on_every_road(&Value::Object(members)) {
        assert_eq!(invalid.violations().len(), 100);
        assert!(invalid.count() >= 40_000);
        assert!(invalid.to_string().len() < WORDS_AT_MOST);
    }
}

#[test]
fn long_names_and_values_are_cut() {
    let long = "x".repeat(1_000_000);
    let mut member = json!({ "messaging_product": "whatsapp", "to": "1", "text": { "body": "B" } });
    member[&long] = json!(1);
    let text = |member: &str| {
        let mut body = json!({
            "messaging_product": "whatsapp", "to": "1", "type": "text", "text": { "body": "B" }
        });
        body[member] = json!(long);
        body
    };
    let row = json!({ "id": long, "title": "T" });
    for body in [
        member,
        text("type"),
        text("recipient_type"),
        text("messaging_product"),
        list(&json!([row, row])),
        list(&json!([{ "id": "1", "title": "T", (long.as_str()): 1 }])),
    ] {
        for invalid in on_every_road(&body) {
            assert!(invalid.to_string().len() < 2_000, "{} bytes", invalid.to_string().len());
            assert!(format!("{invalid:?}").len() < 4_000);
            assert!(invalid.violations().iter().all(|violation| violation.path().len() < 400));
        }
    }
}

#[test]
fn a_name_writes_no_second_line() {
    let mut body = json!({ "messaging_product": "whatsapp", "to": "1", "text": { "body": "B" } });
    body["a\nb\u{202E}\u{1b}[31m"] = json!(1);
    for invalid in on_every_road(&body) {
        let words = format!("{invalid} {}", invalid.violations()[0].path());
        assert!(
            !words.contains(|letter: char| letter.is_control() || letter == '\u{202E}'),
            "{words}"
        );
    }
}

/// So many arrays inside each other.
fn nested(depth: usize) -> Value {
    (1..depth).fold(json!([]), |inner, _| Value::Array(vec![inner]))
}

/// Takes a value apart. To drop it would take as much of the stack as it is deep, which is a matter of
/// `serde_json`.
fn dismantle(value: Value) {
    let mut open = vec![value];
    while let Some(value) = open.pop() {
        match value {
            Value::Array(items) => open.extend(items),
            Value::Object(members) => open.extend(members.into_iter().map(|(_, value)| value)),
            _ => {}
        }
    }
}

#[test]
fn free_json_is_as_deep_as_it_can_be_read_again() {
    let read = Message::try_from(&flow(&json!({ "a": nested(99) }))).unwrap();
    let json = read.to_json();
    assert_eq!(json.parse::<Message>().unwrap(), read);
    assert_eq!(serde_json::from_str::<Message>(&json).unwrap(), read);
    assert_eq!(serde_json::to_string(&read).unwrap(), json);

    for depth in [100, 105, 110] {
        let body = flow(&json!({ "a": nested(depth) }));
        let roads = on_every_road(&body);
        assert_eq!(roads.len(), 3);
        for invalid in roads {
            assert_eq!(invalid.violations()[0].path(), DATA);
            let words = "`data` is nested deeper than 100 levels, and could not be read again";
            assert_eq!(invalid.violations()[0].to_string(), words);
        }
    }
    // Where the object with free JSON in it lies in an array.
    let button = |depth| {
        json!({
            "messaging_product": "whatsapp", "to": "1", "type": "template", "template": {
                "name": "t", "language": { "code": "en" }, "components": [
                    { "type": "button", "sub_type": "flow", "index": "0", "parameters": [
                        { "type": "action", "action": { "flow_action_data": { "a": nested(depth) } } },
                    ] },
                ],
            },
        })
    };
    assert!(Message::try_from(&button(99)).is_ok());
    let roads = on_every_road(&button(100));
    assert_eq!(roads.len(), 3);
    for invalid in roads {
        let path = "template.components[0].parameters[0].action.flow_action_data";
        assert_eq!(invalid.violations()[0].path(), path);
    }
    let deep = nested(2_000);
    let invalid = wa_message! { <flow>
        to: "+15550100", body: "B", flow_id: "1", flow_cta: "Go",
        flow_action_payload: { screen: "A", data: { a: deep } },
    };
    assert_eq!(invalid.unwrap_err().violations()[0].path(), DATA);
}

#[test]
fn the_stack_suffices_at_any_depth() {
    let mut body = flow(&Value::Null);
    body["interactive"]["action"]["parameters"]["flow_action_payload"]["data"] =
        json!({ "a": nested(1) });
    let place = body.pointer_mut("/interactive/action/parameters/flow_action_payload/data/a");
    *place.unwrap() = nested(200_000);
    let invalid = Message::try_from(&body).unwrap_err();
    assert_eq!(invalid.violations()[0].path(), DATA);
    dismantle(body);

    // Where it is in the place of something else, or nothing belongs.
    for name in ["text", "to", "a"] {
        let mut body =
            json!({ "messaging_product": "whatsapp", "to": "1", "text": { "body": "B" } });
        body[name] = nested(200_000);
        let invalid = Message::try_from(&body).unwrap_err();
        assert!(invalid.violations().iter().any(|violation| violation.path() == name), "{invalid}");
        dismantle(body);
    }

    let payload = |depth, last: Value| {
        let mut data = Map::new();
        data.insert("a".to_owned(), nested(depth));
        data.insert("b".to_owned(), last);
        FlowActionPayload::new("A").with_data(data)
    };
    let [one, same, other] = [0.0, -0.0, 1.5].map(|last| payload(200_000, json!(last)));
    assert!(one == same && one != other);
    assert!(format!("{one:?}").len() > 400_000 && format!("{one:#?}").len() > 400_000);
    assert!(serde_json::to_string(&one).unwrap_err().to_string().contains("deeper"));
    for payload in [one, same, other] {
        dismantle(Value::Object(payload.data.unwrap()));
    }
}

#[test]
fn numbers_that_are_not_finite_are_named() {
    for (number, name) in [(f64::NAN, "NaN"), (f64::INFINITY, "inf"), (f64::NEG_INFINITY, "-inf")] {
        let built = Message::try_from(MessageObject::new(
            "1",
            Content::Location { location: Location::new(number, 0.0) },
        ));
        let written = wa_message! { <location> to: "1", latitude: number, longitude: 0 };
        let value = json!({
            "messaging_product": "whatsapp", "to": "1", "type": "location",
            "location": { "latitude": name, "longitude": 0 },
        });
        for invalid in [built, written, Message::try_from(&value), value.to_string().parse()] {
            let invalid = invalid.unwrap_err();
            assert_eq!(invalid.violations()[0].path(), "location.latitude");
            let words = format!("`latitude` is {name}, and must be a finite number");
            assert_eq!(invalid.violations()[0].to_string(), words);
        }
    }
}

/// `null` is a member that is left out, where there is such a member.
#[test]
fn an_unknown_member_is_unknown_whatever_it_holds() {
    let body = |name: &str| {
        let mut body = json!({
            "messaging_product": "whatsapp", "to": "1", "type": "text", "text": { "body": "B" },
        });
        body[name] = Value::Null;
        body
    };
    for name in ["a", "image", "body"] {
        let body = body(name);
        assert_eq!(on_every_road(&body).len(), 2, "the types took `{name}`");
        let error = serde_json::from_value::<MessageObject>(body).unwrap_err().to_string();
        assert!(error.contains(&format!("`{name}`")), "{error}");
    }
    for name in ["context", "recipient_type", "biz_opaque_callback_data"] {
        let body = body(name);
        assert!(Message::try_from(&body).is_ok() && body.to_string().parse::<Message>().is_ok());
        assert!(serde_json::from_value::<MessageObject>(body).is_ok());
    }
}
