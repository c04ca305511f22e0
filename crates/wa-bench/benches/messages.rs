//! Build, check and encode a list message with four rows, a recipient and one title that are known
//! only while the program runs.
#![allow(missing_docs, clippy::unwrap_used)]

use std::hint::black_box;

use serde_json::{Value, json};
use wa_bench::{Side, compare};
use wa_message::{Message, wa_message};

fn with_macro(to: &str, title: &str) -> Vec<u8> {
    let message = wa_message! { <list>
        to: to,
        header: "Tonight",
        body: "Pick a dish",
        footer: "Kitchen closes at ten",
        button: "See dishes",
        sections: [
            { title: "Mains", rows: [
                { id: "m1", title: "Feijoada", description: "With rice" },
                { id: "m2", title: title, description: "What the market had" },
            ] },
            { title: "Sweets", rows: [
                { id: "s1", title: "Pudim" },
                { id: "s2", title: "Quindim", description: "With coconut" },
            ] },
        ],
    };
    message.unwrap().into_json_bytes()
}

fn document(to: &str, title: &str) -> Value {
    json!({
        "messaging_product": "whatsapp",
        "to": to,
        "type": "interactive",
        "interactive": {
            "type": "list",
            "header": { "type": "text", "text": "Tonight" },
            "body": { "text": "Pick a dish" },
            "footer": { "text": "Kitchen closes at ten" },
            "action": {
                "button": "See dishes",
                "sections": [
                    { "title": "Mains", "rows": [
                        { "id": "m1", "title": "Feijoada", "description": "With rice" },
                        { "id": "m2", "title": title, "description": "What the market had" },
                    ] },
                    { "title": "Sweets", "rows": [
                        { "id": "s1", "title": "Pudim" },
                        { "id": "s2", "title": "Quindim", "description": "With coconut" },
                    ] },
                ],
            },
        },
    })
}

fn with_json(to: &str, title: &str) -> Vec<u8> {
    serde_json::to_vec(&document(to, title)).unwrap()
}

/// The floor: the document as it is, with two holes.
fn with_segments(to: &str, title: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(640);
    out.extend_from_slice(br#"{"type":"interactive","interactive":{"type":"list","action":{"button":"See dishes","sections":[{"rows":[{"description":"With rice","id":"m1","title":"Feijoada"},{"description":"What the market had","id":"m2","title":"#);
    serde_json::to_writer(&mut out, title).unwrap();
    out.extend_from_slice(br#"}],"title":"Mains"},{"rows":[{"id":"s1","title":"Pudim"},{"description":"With coconut","id":"s2","title":"Quindim"}],"title":"Sweets"}]},"body":{"text":"Pick a dish"},"footer":{"text":"Kitchen closes at ten"},"header":{"type":"text","text":"Tonight"}},"messaging_product":"whatsapp","to":"#);
    serde_json::to_writer(&mut out, to).unwrap();
    out.push(b'}');
    out
}

fn main() {
    let (to, title) = (black_box("+5521999990000"), black_box("Moqueca \"da casa\""));
    let same = |bytes: &[u8]| serde_json::from_slice::<Value>(bytes).unwrap();
    assert_eq!(same(&with_macro(to, title)), document(to, title));
    assert_eq!(same(&with_segments(to, title)), document(to, title));
    compare(
        "build, check and encode a list message",
        &[
            Side { name: "wa_message! and into_json_bytes", run: &|| with_macro(to, title) },
            Side { name: "json! and to_vec (nothing is checked)", run: &|| with_json(to, title) },
            Side {
                name: "fixed segments (the floor, nothing checked)",
                run: &|| with_segments(to, title),
            },
        ],
    );
    let text = document(to, title).to_string();
    compare(
        "read a list message",
        &[
            Side {
                name: "serde_json::from_str into the bare types",
                run: &|| {
                    black_box(
                        serde_json::from_str::<wa_message::types::MessageObject>(&text).unwrap(),
                    );
                    Vec::new()
                },
            },
            Side {
                name: "Message::from_str with all checks",
                run: &|| {
                    black_box(text.parse::<Message>().unwrap());
                    Vec::new()
                },
            },
        ],
    );
}
