//! Contents that are not known or do not have their form: told of wherever they stand, and bounded.

use std::{fs, path::Path};

use super::*;
use crate::Event;

/// Sends a body, and gives the answer's status, the reports, and how many events were handed over.
async fn handed_over(body: String) -> (u16, Vec<String>, usize) {
    let count = Arc::new(Mutex::new(0));
    let of_handler = Arc::clone(&count);
    let webhooks = builder().hand_over(move |events: Vec<Event<'_>>| {
        *of_handler.lock().unwrap() += events.len();
        async {}
    });
    let (service, reports) = reporting(webhooks);
    let status = status(&service, signed(body)).await;
    let count = *count.lock().unwrap();
    (status, reports.take(), count)
}

fn messages(items: &[Value]) -> String {
    self::items(NUMBER, "messages", &json!(items))
}

#[tokio::test]
async fn contents_that_cannot_be_read_are_told_of() {
    let message = |content: Value| {
        let mut message = text("wamid.PRIVATE");
        for (name, value) in content.as_object().unwrap() {
            message[name] = value.clone();
        }
        message
    };
    for (content, line) in [
        (
            json!({ "text": { "body": ["my diary"] } }),
            "something in an event `message` of `messages` does not have its form: `text.body`: a text was expected, and \
             there is an array",
        ),
        (
            json!({ "type": "hologram", "hologram": "my diary" }),
            "something in an event `message` of `messages` is of an unknown kind: `hologram`",
        ),
        (
            json!({ "type": "interactive", "interactive": { "type": "wink", "wink": "my diary" } }),
            "something in an event `message` of `messages` is of an unknown kind: `wink`",
        ),
        (
            json!({ "type": "interactive", "interactive": { "type": "button_reply", "button_reply": 15_550_101 } }),
            "something in an event `message` of `messages` does not have its form: `button_reply`: an object was \
             expected, and there is a number",
        ),
        (
            json!({ "type": "edit", "edit": { "original_message_id": "a", "message": { "type": "image", "image": 7 } } }),
            "something in an event `message` of `messages` does not have its form: `image`: an object was expected, and \
             there is a number",
        ),
    ] {
        let told = handed_over(messages(&[message(content)])).await;
        assert_eq!(told, (200, vec![line.to_owned()], 1));
    }
    // In a field without events of its own, too.
    let value = json!({ "metadata": { "phone_number_id": NUMBER }, "user_preferences": [{ "category": [] }] });
    let told = handed_over(change("user_preferences", &value)).await;
    let line = "an event `change` of `user_preferences` was read without what does not have its form: \
                `value.user_preferences[0].category`: a text was expected, and there is an array";
    assert_eq!(told, (200, vec![line.to_owned()], 1));
}

/// What a message can do without costs no message.
#[tokio::test]
async fn what_is_left_out_is_told_of_and_the_rest_is_handled() {
    let mut odd = text("wamid.PRIVATE");
    odd["timestamp"] = json!("my diary");
    odd["context"] = json!(5);
    let value = json!({ "metadata": ["my diary"], "messages": [odd, text("wamid.in")] });
    let read = "an event `message` of `messages` was read without what does not have its form";
    let lines = [
        format!("{read}: `value.metadata`: an object was expected, and there is an array"),
        format!("{read}: `context`: an object was expected, and there is a number"),
        format!("{read}: `timestamp`: a whole number was expected, and there is a text"),
    ];
    let (status, mut told, count) = handed_over(change("messages", &value)).await;
    told[1..].sort();
    assert_eq!((status, told, count), (200, lines.to_vec(), 2));

    // There is an end to what is told, and none to what is handed over.
    let mut odd = text("");
    odd["timestamp"] = json!("noon");
    let all: Vec<_> = (0..3_000)
        .map(|id| {
            odd["id"] = json!(id);
            odd.clone()
        })
        .collect();
    let (status, told, count) = handed_over(messages(&all)).await;
    assert_eq!((status, told.len(), count), (200, 1_001, 3_000));
}

/// What the description names is told of nowhere.
#[tokio::test]
async fn what_is_known_is_not_told_of() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/webhooks");
    let (mut quiet, mut odd) = (0, Vec::new());
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let (_, reports, _) = handed_over(fs::read_to_string(&path).unwrap()).await;
        if reports.is_empty() {
            quiet += 1;
        } else {
            odd.push(path.file_stem().unwrap().to_string_lossy().into_owned());
        }
    }
    odd.sort();
    let expected = [
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
    assert!(quiet > 140, "only {quiet}");
    assert_eq!(odd, expected);
}

/// A broken item is a byte or three in the body, and would be a thousand times as much in memory.
#[tokio::test]
async fn of_what_is_broken_so_much_is_kept_as_the_api_sends() {
    const MANY: usize = 50_000;
    let object = "whatsapp_business_account";
    let numbers = vec!["0"; MANY].join(",");
    let objects = vec!["{}"; MANY].join(",");
    for body in [
        format!(r#"{{"object":"{object}","entry":[{numbers}]}}"#),
        format!(r#"{{"object":"{object}","entry":[{{"changes":[{numbers}]}}]}}"#),
        format!(r#"{{"object":"{object}","entry":[{{"changes":[{objects}]}}]}}"#),
        format!(
            r#"{{"object":"{object}","entry":[{{"changes":[{{"field":"messages","value":{{"messages":[{numbers}]}}}}]}}]}}"#
        ),
        format!(
            r#"{{"object":"{object}","entry":[{{"changes":[{{"field":"messages","value":{{"statuses":[{objects}]}}}}]}}]}}"#
        ),
    ] {
        // Reading it alone loses nothing.
        assert_eq!(crate::parse(body.as_bytes()).unwrap().events().count(), MANY);
        let (status, reports, count) = handed_over(body).await;
        assert_eq!((status, reports.len(), count), (200, 1001, 1000));
        let more = "49000 more parts of a request are of unknown kinds or do not have their form";
        assert_eq!(reports[1000], more);
    }
}

#[tokio::test]
async fn what_can_be_read_is_handed_over_whole_beside_what_is_broken() {
    let mut all: Vec<_> = (0..3000).map(|id| json!({ "type": id })).collect();
    all.extend((0..3000).map(|id| text(&id.to_string())));
    all.push(json!({ "id": "wamid.new", "type": "hologram" }));
    let (status, reports, count) = handed_over(messages(&all)).await;
    assert_eq!((status, reports.len(), count), (200, 1001, 4001));
    let more = "2001 more parts of a request are of unknown kinds or do not have their form";
    assert_eq!(reports[1000], more);
    // Fields that are not known are news.
    let changes: Vec<_> = (0..2000).map(|_| json!({ "field": "tomorrow", "value": {} })).collect();
    let body = json!({ "object": "whatsapp_business_account", "entry": [{ "id": "1", "changes": changes }] });
    assert_eq!(handed_over(body.to_string()).await.2, 2000);
}
