//! Members that may be missing and do not have their form: what they stand in is handed on without them.
#![allow(clippy::unwrap_used, missing_docs)]

use serde_json::{Value, json};
use wa_message::webhook::{Event, Item, What, parse, types::MessageContent};

fn events(value: &Value) -> Vec<Event<'static>> {
    of_entry(json!({ "id": "900100", "changes": [{ "field": "messages", "value": value }] }))
}

fn of_entry(entry: Value) -> Vec<Event<'static>> {
    let entries = Value::Array(vec![entry]);
    let body = json!({ "object": "whatsapp_business_account", "entry": entries }).to_string();
    parse(body.as_bytes()).unwrap().events().map(Event::into_owned).collect()
}

fn left_out(event: &Event<'_>) -> Vec<String> {
    event.left_out().iter().map(ToString::to_string).collect()
}

fn message() -> Value {
    json!({ "id": "a", "from": "15550101", "timestamp": "1", "type": "text", "text": { "body": "x" } })
}

fn status() -> Value {
    json!({ "id": "a", "status": "delivered", "timestamp": "1", "recipient_id": "15550101" })
}

#[test]
fn an_item_is_known_without_its_decorations() {
    let odd =
        [json!([]), json!({ "id": [] }), json!("x"), json!(5), json!(true), json!([1]), json!({})];
    for (list, item, names) in [
        (
            "messages",
            message(),
            &[
                "from",
                "from_user_id",
                "timestamp",
                "context",
                "referral",
                "group_id",
                "errors",
                "identity",
                "origin",
            ][..],
        ),
        (
            "statuses",
            status(),
            &[
                "timestamp",
                "recipient_id",
                "conversation",
                "pricing",
                "errors",
                "biz_opaque_callback_data",
                "type",
                "group_id",
            ],
        ),
    ] {
        let mut count = 0;
        for name in names {
            for value in &odd {
                let mut item = item.clone();
                item[*name] = value.clone();
                let all = events(&json!({ list: [item] }));
                let [event] = &all[..] else { panic!("{name}: {value}") };
                assert!(
                    matches!(event.what, What::Message(_) | What::Status(_)),
                    "{name}: {value}"
                );
                assert_eq!(event.raw().parse::<Value>().unwrap()[*name], *value);
                let told = left_out(event);
                assert!(told.iter().all(|told| told.starts_with(&format!("`{name}"))), "{told:?}");
                count += told.len();
            }
        }
        assert!(count > 30, "{count}");
    }
}

#[test]
fn what_is_left_out_is_told_of_by_place_and_kind() {
    let mut item = status();
    item["timestamp"] = json!("noon");
    item["pricing"] = json!({ "billable": "maybe", "category": "utility" });
    let all = events(&json!({ "statuses": [item] }));
    assert_eq!(
        left_out(&all[0]),
        [
            "`pricing.billable`: a truth value was expected, and there is a text",
            "`timestamp`: a whole number was expected, and there is a text",
        ]
    );
    let What::Status(status) = &all[0].what else { panic!() };
    let pricing = status.pricing.as_ref().unwrap();
    assert_eq!((status.timestamp, pricing.billable), (None, None));
    assert_eq!(pricing.category.as_ref().unwrap().as_str(), "utility");
}

#[test]
fn what_stands_around_costs_no_event() {
    for (name, place) in [
        ("contacts", "value.contacts"),
        ("metadata", "value.metadata"),
        ("messaging_product", "value.messaging_product"),
        ("conversation_context", "value.conversation_context"),
    ] {
        let all = events(&json!({ name: [[]], "messages": [message(), message()] }));
        assert_eq!(all.len(), 2, "{name}");
        assert!(all.iter().all(|event| matches!(event.what, What::Message(_))), "{name}");
        // It is told once.
        let told = left_out(&all[0]);
        assert!(told.len() == 1 && told[0].starts_with(&format!("`{place}")), "{told:?}");
        assert_eq!(left_out(&all[1]), [""; 0]);
    }
    let changes = json!([{ "field": "messages", "value": { "messages": [message()] } }]);
    for (name, value) in [("time", json!({})), ("time", json!("noon")), ("id", json!([]))] {
        let mut entry = json!({ "id": "900100", "time": 1, "changes": changes });
        entry[name] = value;
        let all = of_entry(entry);
        assert!(matches!(all[..], [Event { what: What::Message(_), .. }]), "{name}");
        assert!(left_out(&all[0])[0].starts_with(&format!("`{name}`")));
    }
}

/// A list is no decoration: what stands in its place may be news.
#[test]
fn what_is_no_list_is_an_event_that_cannot_be_read() {
    let odd = json!({ "0": message() });
    let all = events(&json!({ "messages": odd, "errors": 5, "statuses": [status()] }));
    let mut names: Vec<_> = all.iter().map(|event| event.what.name()).collect();
    names.sort_unstable();
    assert_eq!(names, ["invalid", "invalid", "status"]);
    let lost = all.iter().find(|event| event.raw().parse::<Value>().unwrap() == odd).unwrap();
    let What::Invalid { name, why, .. } = &lost.what else { panic!() };
    assert_eq!(name, "messages");
    assert_eq!(why.to_string(), "an array was expected, and there is an object");
    // It can be kept, and read again.
    for event in &all {
        let again = event.to_json();
        let again: Vec<_> = parse(again.as_bytes()).unwrap().events().collect();
        assert_eq!(again.as_slice(), std::slice::from_ref(event));
    }
}

/// That an emoji is missing says that it was taken back, so one that cannot be read is not missing.
#[test]
fn what_means_something_where_it_is_missing_has_to_have_its_form() {
    for (name, content) in [
        ("reaction", json!({ "message_id": "b", "emoji": {} })),
        ("order", json!({ "catalog_id": "1", "product_items": [{ "quantity": [] }] })),
        ("edit", json!({ "original_message_id": "b", "message": 5 })),
        ("text", json!({ "body": [] })),
    ] {
        let mut item = message();
        item["type"] = json!(name);
        item[name] = content;
        let all = events(&json!({ "messages": [item, message()] }));
        let [Event { what: What::Message(first), .. }, Event { what: What::Message(_), .. }] =
            &all[..]
        else {
            panic!("{name}");
        };
        assert!(matches!(&first.content, Item::Invalid { name: of, .. } if of == name), "{name}");
    }
    // What makes two events one has to be there, too: otherwise two members of a group were one.
    for name in ["id", "status", "recipient_participant_id", "payment"] {
        let mut item = status();
        item[name] = json!([]);
        let all = events(&json!({ "statuses": [item] }));
        assert!(matches!(all[..], [Event { what: What::Invalid { .. }, .. }]), "{name}");
    }
}

/// As `serde_json` has it: of a member that comes twice, the last counts, whatever the others are.
#[test]
fn of_two_members_the_last_counts() {
    let read = |value: &str| {
        let body =
            format!(r#"{{"entry":[{{"changes":[{{"field":"messages","value":{value}}}]}}]}}"#);
        parse(body.as_bytes()).unwrap().events().map(Event::into_owned).collect::<Vec<_>>()
    };
    for (members, expected) in [
        (r#""id":[],"id":"a""#, Some("a")),
        (r#""id":[],"id":"b","id":"a""#, Some("a")),
        (r#""id":"a","id":[]"#, None),
        (r#""id":"a","id":null"#, None),
        (r#""id":[],"id":null,"id":"a""#, Some("a")),
        (r#""id":[],"id":"a","id":null"#, None),
    ] {
        let all = read(&format!(r#"{{"messages":[{{{members}}}]}}"#));
        let id = match &all[0].what {
            What::Message(message) => Some(&*message.id),
            _ => None,
        };
        assert_eq!(id, expected, "{members}");
    }
    for (members, expected) in [
        (r#""timestamp":"noon","timestamp":"7""#, (Some(7), 0)),
        (r#""timestamp":"7","timestamp":"noon""#, (None, 1)),
        (r#""timestamp":"noon","timestamp":"noon","timestamp":null"#, (None, 0)),
    ] {
        let all = read(&format!(r#"{{"messages":[{{"id":"a",{members}}}]}}"#));
        let What::Message(message) = &all[0].what else { panic!() };
        assert_eq!((message.timestamp, all[0].left_out().len()), expected, "{members}");
    }
    // Arrays that are not known, too.
    for (value, expected) in [
        (r#"{"news":[1],"other":[3],"news":[2,2]}"#, &["[3]", "[2,2]"][..]),
        (r#"{"news":[1],"other":[3],"n\u0065ws":[2]}"#, &["[3]", "[2]"]),
        (r#"{"news":[1],"other":[3],"news":null}"#, &["[3]"]),
        (r#"{"news":[1],"other":[3],"news":5}"#, &["[3]"]),
        (r#"{"messages":[{"id":"a"}],"messages":[{"id":"b"}]}"#, &[r#"{"id":"b"}"#]),
    ] {
        let all: Vec<_> = read(value).iter().map(|event| event.raw().as_str().to_owned()).collect();
        assert_eq!(all, expected, "{value}");
    }
}

/// However often, and however wrong.
#[test]
fn members_that_come_often_are_looked_for_once() {
    for members in [r#""id":[]"#, r#""timestamp":"noon""#, r#""context":5"#] {
        for last in ["", r#","id":"a""#, r#","timestamp":null"#] {
            let item = format!("{{{}{last}}}", vec![members; 200_000].join(","));
            let body = format!(
                r#"{{"entry":[{{"changes":[{{"field":"messages","value":{{"messages":[{item}]}}}}]}}]}}"#
            );
            assert_eq!(parse(body.as_bytes()).unwrap().events().count(), 1);
        }
    }
}

#[test]
fn a_text_is_found_all_the_same() {
    let mut item = message();
    item["timestamp"] = json!("x");
    item["context"] = json!(5);
    let all = events(&json!({ "messages": [item] }));
    let What::Message(message) = &all[0].what else { panic!() };
    assert_eq!(message.text(), Some("x"));
    assert_eq!(message.content.known().map(MessageContent::name), Some("text"));
}
