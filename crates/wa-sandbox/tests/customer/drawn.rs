//! Taps what a drawing of a message says can be tapped.

use std::{fs, path::Path};

use serde_json::json;
use wa_message::{Message, preview::draw};

use crate::{common::receiver::Receiver, send, start};

/// What can be tapped: the answer that it is, and its id.
fn tappable(html: &str) -> Vec<(String, Option<String>)> {
    let attribute = |tag: &str, name: &str| {
        let (_, rest) = tag.split_once(&format!(" data-{name}=\""))?;
        Some(rest.split_once('"')?.0.to_owned())
    };
    let tags = html.split("<button").skip(1).filter_map(|rest| rest.split_once('>'));
    tags.filter_map(|(tag, _)| Some((attribute(tag, "answer")?, attribute(tag, "id")))).collect()
}

#[tokio::test]
async fn what_is_drawn_as_a_button_can_be_tapped() {
    let receiver = Receiver::start().await;
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/examples");
    let mut tapped = Vec::new();
    for file in fs::read_dir(examples).unwrap() {
        let text = fs::read_to_string(file.unwrap().path()).unwrap();
        let Ok(message) = text.parse::<Message>() else { continue };
        let found = tappable(draw(&message).as_str());
        if found.is_empty() {
            continue;
        }
        let sandbox = start(&receiver).await;
        send(&sandbox, &message).await;
        let customer = sandbox.customer(message.addressee());
        for (answer, id) in found {
            let id = id.unwrap_or_default();
            let done = match answer.as_str() {
                "taps" => customer.taps(&id),
                "chooses" => customer.chooses(&id),
                "answers-flow" => customer.answers_flow(json!({})),
                "shares" => customer.shares(shared(message.kind().as_str())),
                // The customer orders what is chosen, and not what was tapped last.
                "orders" => Ok(String::new()),
                other => panic!("customers do not do `{other}`"),
            };
            assert!(done.is_ok(), "{answer} {id}: {done:?}");
            tapped.push(answer);
        }
    }
    for answer in ["taps", "chooses", "answers-flow", "orders", "shares"] {
        assert!(tapped.iter().any(|tapped| tapped == answer), "{answer}");
    }
}

/// What a kind of message asks for.
fn shared(kind: &str) -> serde_json::Value {
    match kind {
        "location_request_message" => json!({ "latitude": 12.5, "longitude": -7.25 }),
        "call_permission_request" => json!({ "response": "accept" }),
        _ => json!({ "name": { "formatted_name": "Ada", "first_name": "Ada" } }),
    }
}
