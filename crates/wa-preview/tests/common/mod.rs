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
