//! Whatever comes, nothing fails but what is wrong.
//!
//! A fast part runs with the other tests. All of it:
//!
//! ```text
//! WA_WEBHOOK_CASES=200000 cargo test --release -p wa-webhook --test properties
//! ```
#![allow(clippy::unwrap_used, missing_docs)]

mod common;

use common::{payloads, value};
use fastrand::Rng;
use serde_json::{Value, json};
use wa_message::webhook::{Event, What, parse, types::MessageContent};

/// The way to a value.
type Way = Vec<String>;

fn cases() -> usize {
    let said = std::env::var("WA_WEBHOOK_CASES").ok();
    said.and_then(|said| said.parse().ok()).unwrap_or(5_000)
}

/// Any JSON.
fn any(rng: &mut Rng, depth: u8) -> Value {
    const TEXTS: [&str; 14] = [
        "",
        "1",
        "text",
        "unsupported",
        "messages",
        "SENT",
        "true",
        "-1.5e3",
        "1790000000",
        "a/b~c",
        "\u{0}\n\"\\",
        "😀ä",
        "whatsapp_business_account",
        "99999999999999999999",
    ];
    match rng.u8(0..if depth == 0 { 8 } else { 10 }) {
        0 => Value::Null,
        1 => rng.bool().into(),
        2 => rng.i64(..).into(),
        3 => rng.f64().into(),
        4 => json!(-1),
        5..=7 => rng.choice(TEXTS).unwrap().into(),
        8 => (0..rng.usize(0..3)).map(|_| any(rng, depth - 1)).collect(),
        _ => {
            let names = ["id", "type", "body", "text", "field", "value", "x"];
            let members = (0..rng.usize(0..4))
                .map(|_| ((*rng.choice(&names).unwrap()).to_owned(), any(rng, depth - 1)));
            Value::Object(members.collect())
        }
    }
}

/// All ways to members and items.
fn ways(value: &Value, way: &Way, found: &mut Vec<Way>) {
    let inner: Vec<(String, &Value)> = match value {
        Value::Object(members) => {
            members.iter().map(|(name, value)| (name.clone(), value)).collect()
        }
        Value::Array(items) => {
            items.iter().enumerate().map(|(at, value)| (at.to_string(), value)).collect()
        }
        _ => return,
    };
    for (step, value) in inner {
        let mut way = way.clone();
        way.push(step);
        ways(value, &way, found);
        found.push(way);
    }
}

fn at<'v>(value: &'v mut Value, way: &[String]) -> &'v mut Value {
    way.iter().fold(value, |value, step| match value {
        Value::Array(items) => &mut items[step.parse::<usize>().unwrap()],
        value => &mut value[step],
    })
}

fn events(text: &str) -> Vec<Event<'static>> {
    parse(text.as_bytes()).unwrap().events().map(Event::into_owned).collect()
}

/// The events of each change by itself.
fn apart(webhook: &Value) -> Option<Vec<Event<'static>>> {
    if webhook.get("object").is_some_and(|object| object != "whatsapp_business_account") {
        return None;
    }
    let mut all = Vec::new();
    for entry in webhook["entry"].as_array()? {
        let changes = entry.get("changes").and_then(Value::as_array).cloned();
        for change in changes? {
            let mut entry = entry.clone();
            entry["changes"] = json!([change]);
            all.extend(events(
                &json!({ "object": "whatsapp_business_account", "entry": [entry] }).to_string(),
            ));
        }
    }
    Some(all)
}

/// Any JSON in the place of any member fails no more than its item.
#[test]
fn nothing_fails_but_its_item() {
    let payloads: Vec<_> =
        payloads().into_iter().map(|(name, text)| (name, value(&text))).collect();
    let mut rng = Rng::with_seed(1);
    let (mut inside, mut invalid, mut decorations) = (0, 0, 0);
    for case in 0..cases() {
        let (name, whole) = rng.choice(&payloads).unwrap();
        let mut found = Vec::new();
        ways(whole, &Vec::new(), &mut found);
        let way = rng.choice(&found).unwrap();
        let mut changed = whole.clone();
        let put = any(&mut rng, 2);
        *at(&mut changed, way) = put.clone();
        let text = changed.to_string();
        let after = events(&text);
        let told = || format!("case {case}, {name}: {put} at {}", way.join("."));
        // Each event can be kept and read again.
        for event in &after {
            assert_eq!(
                events(&event.to_json()).as_slice(),
                std::slice::from_ref(event),
                "{}",
                told()
            );
            let _ = event.key();
            invalid += usize::from(matches!(event.what, What::Invalid { .. }));
        }
        // Changes and entries stand by themselves, as long as there are any.
        if way.len() > 3
            && let Some(apart) = apart(&changed)
        {
            assert_eq!(after, apart, "{}", told());
        }
        let before = events(&whole.to_string());
        // An item that is `null` is none.
        if let Some(fails) = fails(way).filter(|fails| !(*fails && put.is_null())) {
            let kinds = |events: &[Event<'_>]| -> Vec<_> {
                events.iter().map(|event| event.what.name()).collect()
            };
            decorations += usize::from(!fails);
            let (before, after) = (kinds(&before), kinds(&after));
            let wrong = before.iter().zip(&after).filter(|(before, after)| before != after).count();
            assert_eq!(before.len(), after.len(), "{}", told());
            assert!(wrong <= usize::from(fails), "{}: {after:?}", told());
        }
        // So do items. `entry 0 changes 0 value messages 0 ..`
        if way.len() > 6
            && way[4] == "value"
            && way[5] != "contacts"
            && way[6].parse::<usize>().is_ok()
        {
            inside += 1;
            let same = before.iter().filter(|event| after.contains(event)).count();
            assert!(same + 1 >= before.len(), "{}: {before:#?}\n{after:#?}", told());
            assert!(after.len() <= before.len() + 1, "{}", told());
        }
    }
    assert!(inside * 4 > cases(), "{inside} items");
    assert!(decorations * 3 > cases(), "{decorations} decorations");
    assert!(invalid * 100 > cases(), "{invalid} invalid");
}

/// Whether an item may fail that has any JSON in this place, or nothing where other rules hold. No item fails for what stands
/// around it, and none for a member that may be missing, unless it makes it another event that it does.
fn fails(way: &[String]) -> Option<bool> {
    const LISTS: [&str; 8] = [
        "messages",
        "statuses",
        "errors",
        "user_actions",
        "calls",
        "message_echoes",
        "field",
        "changes",
    ];
    const ESSENTIAL: [&str; 8] = [
        "id",
        "status",
        "code",
        "event",
        "recipient_participant_id",
        "participant_recipient_id",
        "recipient_participant_user_id",
        "payment",
    ];
    let step = |at: usize| way.get(at).map(String::as_str);
    if step(0) != Some("entry") {
        return None;
    }
    match (step(2)?, step(4), step(5), step(6), step(7)) {
        ("id" | "time", ..) => Some(false),
        // A list of events, or nothing that is a change.
        (_, Some("value"), Some(list), None, _) if LISTS.contains(&list) => None,
        (_, Some("value"), Some(list), Some(_), None) => Some(LISTS.contains(&list)),
        (_, Some("value"), Some(list), Some(_), Some(name)) => {
            Some(LISTS.contains(&list) && way.len() == 8 && ESSENTIAL.contains(&name))
        }
        (_, Some("value"), Some(_), None, _) => Some(false),
        _ => None,
    }
}

fn shuffled(value: &Value, rng: &mut Rng) -> String {
    match value {
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            rng.shuffle(&mut members);
            let members = members.into_iter();
            let members =
                members.map(|(name, value)| format!("{}:{}", json!(name), shuffled(value, rng)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(","))
        }
        Value::Array(items) => {
            let items = items.iter().map(|item| shuffled(item, rng));
            format!("[{}]", items.collect::<Vec<_>>().join(","))
        }
        value => value.to_string(),
    }
}

/// The letters of all that an event says. JSON that is kept has its own order, and the same letters.
fn letters(event: &Event<'_>) -> Vec<char> {
    let said =
        format!("{:?} {:?} {:?} {:?}", event.what, event.contact, event.number, event.person());
    let mut letters: Vec<_> = said.chars().collect();
    letters.sort_unstable();
    letters
}

#[test]
fn the_order_of_members_does_not_matter() {
    let mut rng = Rng::with_seed(2);
    for (name, text) in payloads() {
        let plain = value(&text);
        let before: Vec<_> = events(&plain.to_string()).iter().map(letters).collect();
        for _ in 0..20 {
            let text = shuffled(&plain, &mut rng);
            let after: Vec<_> = events(&text).iter().map(letters).collect();
            assert!(after == before, "{name}: {text}");
        }
    }
}

/// Two webhooks in one have the events of both.
#[test]
fn batches_have_the_events_of_all() {
    let payloads: Vec<_> = payloads().into_iter().map(|(_, text)| value(&text)).collect();
    let known: Vec<_> = payloads.iter().filter(|webhook| webhook["object"] != "page").collect();
    let mut rng = Rng::with_seed(3);
    for _ in 0..200 {
        let chosen: Vec<_> = (0..rng.usize(1..6)).map(|_| *rng.choice(&known).unwrap()).collect();
        let entries =
            chosen.iter().flat_map(|webhook| webhook["entry"].as_array().unwrap().clone());
        let batch =
            json!({ "object": "whatsapp_business_account", "entry": entries.collect::<Value>() });
        let expected: Vec<_> =
            chosen.iter().flat_map(|webhook| events(&webhook.to_string())).collect();
        assert_eq!(events(&batch.to_string()), expected);
    }
}

/// Members are found by other names, `null` is nothing, and the last of two counts.
#[test]
fn what_is_odd_is_read() {
    let message = |members: &str| {
        let text = format!(
            r#"{{"entry":[{{"changes":[{{"field":"messages","value":{{"messages":[{{{members}}}]}}}}]}}]}}"#
        );
        events(&text).remove(0)
    };
    let What::Message(read) =
        message(r#""id":1,"id":null,"i\u0064":"2","from":null,"type":"TEXT","text":{"body":"a"}"#)
            .what
    else {
        panic!()
    };
    assert_eq!(
        (&*read.id, read.from, read.content.known().map(MessageContent::name)),
        ("2", None, Some("text"))
    );
    let deep = format!(
        r#""id":"1",{}"type":"text","text":{{"body":"a"}}{}"#,
        r#""type":"edit","edit":{"original_message_id":"2","message":{"#.repeat(50),
        "}}".repeat(50)
    );
    assert_eq!(message(&deep).key().unwrap().as_str(), "message/1");
    let text = r#"{"entry":[{"changes":[{"field":"messages","value":{"statuses":[{"id":"1","status":"x","parent_user_id":"c","parent_recipient_user_id":"b"}]}}]}]}"#;
    let What::Status(status) = events(text).remove(0).what else { panic!() };
    assert_eq!(status.recipient_parent_user_id.as_deref(), Some("b"));
}

/// What stands around a thousand events is no more than a thousand times as much.
#[test]
fn what_each_event_gets_is_short() {
    let long = "1".repeat(100_000);
    let webhook = |account: &str, number: &str, name: &str| {
        let messages: Vec<_> =
            (0..100).map(|id| json!({ "id": id.to_string(), "from": "1" })).collect();
        let contacts = json!([{ "wa_id": "1", "profile": { "name": name } }]);
        let value = json!({ "metadata": { "phone_number_id": number }, "contacts": contacts, "messages": messages });
        let changes = json!([{ "field": "messages", "value": value }]);
        events(&json!({ "entry": [{ "id": account, "changes": changes }] }).to_string())
    };
    assert_eq!(webhook("1", "2", "Alex").len(), 100);
    for (account, number) in [(&*long, "2"), ("1", &*long)] {
        let [event] = &webhook(account, number, "Alex")[..] else { panic!() };
        let What::Invalid { why, .. } = &event.what else { panic!() };
        assert_eq!(why.to_string(), "it is longer than 1024 bytes");
    }
    let all = webhook("1", "2", &long);
    assert!(all.len() == 100 && all.iter().all(|event| event.contact.is_none()));
}

#[test]
fn what_is_no_object_is_refused() {
    for body in ["", " ", "1", "[]", "[{}]", "\"a\"", "{", "{}{}", "{\"a\":}", "nul"] {
        assert!(parse(body.as_bytes()).is_err(), "{body}");
    }
    assert_eq!(
        parse(b"{\"a\":\xff}").unwrap_err().to_string(),
        "the body is no JSON object from byte 5 on"
    );
    assert_eq!(parse(b" {} ").unwrap().events().count(), 0);
}
