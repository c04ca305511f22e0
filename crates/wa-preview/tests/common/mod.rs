//! Messages of every kind, from the tables that other tests of the workspace use.
#![allow(dead_code, unreachable_pub)] // No test uses all of it.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use serde_json::{Value, json};
use wa_message::Templates;

pub fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests")
}

fn files(folder: &str) -> Vec<(String, Value)> {
    let files = fs::read_dir(tests().join(folder)).unwrap().map(|file| file.unwrap().path());
    let mut files: Vec<_> =
        files.filter(|path| path.extension().is_some_and(|end| end == "json")).collect();
    files.sort();
    let read = |path: &PathBuf| {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        (name, serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap())
    };
    files.iter().map(read).collect()
}

/// An example of each kind that is sent, by name.
pub fn sent() -> Vec<(String, Value)> {
    let mut all = files("examples");
    let unpin = json!({
        "messaging_product": "whatsapp", "recipient_type": "group", "to": "Y2FwaV9ncm91cDo5OTk",
        "type": "pin", "pin": { "type": "unpin", "message_id": "wamid.1" },
    });
    all.push(("unpin".to_owned(), unpin));
    all
}

/// Messages that look different from the examples, by name.
pub fn special() -> Vec<(String, Value)> {
    let text =
        |body: &str| json!({ "type": "text", "text": { "body": body, "preview_url": true } });
    let all = [
        (
            "formatted",
            text(
                "*Bold*, _italic_, ~struck~, `code` and *_both_*\n- one\n- two\n\n1. first\n2. second\n> a quote\n```let x = 1;\nlet y = 2;```\nSee https://example.org/a_b?c=d.",
            ),
        ),
        (
            "right_to_left",
            text("שלום! הטבלה שלך *מוכנה* בשעה 8.\nمرحبا، طاولتك جاهزة.\nHello at the end."),
        ),
        (
            "long_words",
            text(&format!(
                "{} https://example.org/{}",
                "Donaudampfschiff".repeat(12),
                "a/".repeat(90)
            )),
        ),
        ("emoji", text("👩🏽‍🚀👨‍👩‍👧‍👦🏳️‍🌈🇧🇷 0️⃣ ☎️ Zażółć gęślą jaźń")),
        ("lines", text("a\n\nb\n\n\nc   with   blanks")),
        ("voice", json!({ "type": "audio", "audio": { "id": "1013859600285442", "voice": true } })),
        (
            "quoted",
            json!({ "type": "text", "context": { "message_id": "wamid.1" }, "text": { "body": "Yes, it is." } }),
        ),
        (
            "all_of_a_button",
            json!({ "type": "interactive", "interactive": { "type": "button",
            "header": { "type": "video", "video": { "link": "https://example.org/oven.mp4" } },
            "body": { "text": "Shall we keep the *table at eight* for you? We hold it for ten minutes." },
            "footer": { "text": "Harbour Bakery" },
            "action": { "buttons": [
                { "type": "reply", "reply": { "id": "keep", "title": "Keep it" } },
                { "type": "reply", "reply": { "id": "later", "title": "An hour later" } },
                { "type": "reply", "reply": { "id": "cancel", "title": "Cancel it" } } ] } } }),
        ),
        (
            "cards_to_answer",
            json!({ "type": "interactive", "interactive": { "type": "carousel", "body": { "text": "Pick one" },
            "action": { "cards": (0..4).map(|at| json!({ "card_index": at, "type": "cta_url",
                "header": { "type": "image", "image": { "id": "12" } }, "body": { "text": format!("Bread *{at}*") },
                "action": { "buttons": [{ "type": "quick_reply", "quick_reply": { "id": format!("bread-{at}"), "title": "Choose" } }] }
            })).collect::<Vec<_>>() } } }),
        ),
        (
            "typing",
            json!({ "status": "read", "message_id": "wamid.1", "typing_indicator": { "type": "text" } }),
        ),
    ];
    all.map(|(name, json)| (name.to_owned(), json)).into()
}

/// An example of each type of message that comes back, by name.
pub fn received() -> Vec<(String, Value)> {
    let is_message = |name: &str| name.starts_with("message-") || name.starts_with("interactive-");
    let payloads = files("webhooks").into_iter().filter(|(name, _)| is_message(name));
    let messages = payloads.filter_map(|(name, payload)| {
        let value = &payload["entry"][0]["changes"][0]["value"];
        Some((name, value["messages"].as_array()?.first()?.clone()))
    });
    messages.collect()
}

pub fn templates() -> Templates {
    Templates::load(tests().join("templates/definitions")).unwrap()
}

/// The first message without a mistake that is made from each template.
pub fn filled() -> Vec<(String, Value)> {
    let text = fs::read_to_string(tests().join("templates/cases/cases.json")).unwrap();
    let cases: Vec<Value> = serde_json::from_str(&text).unwrap();
    let mut found = BTreeMap::new();
    for case in cases.iter().filter(|case| case.get("errors").is_none()) {
        let mut message =
            json!({ "messaging_product": "whatsapp", "to": "+15550100", "type": "template" });
        message["template"] = case["template"].clone();
        let name = case["template"]["name"].as_str().unwrap().to_owned();
        let components =
            |message: &Value| message["template"]["components"].as_array().map_or(0, Vec::len);
        // The one that says most.
        let best = found.entry(name).or_insert_with(|| message.clone());
        if components(&message) > components(best) {
            *best = message;
        }
    }
    found.into_iter().collect()
}
