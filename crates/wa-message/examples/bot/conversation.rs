//! A conversation with the bot, as the API would carry it.

use std::{error::Error, time::Duration};

use serde_json::{Value, json};
use wa_message::{
    Message,
    client::reqwest,
    types::{Content, Interactive},
};
use wa_sandbox::Sandbox;

use crate::webhook::{SIGNATURE, Webhooks};

/// Writes to the bot, and prints what is said.
pub(crate) async fn hold(
    address: &str,
    webhooks: &Webhooks,
    sandbox: &Sandbox,
) -> Result<(), Box<dyn Error>> {
    let said = [
        json!({ "type": "text", "text": { "body": "Hello, I am hungry" } }),
        json!({ "type": "interactive", "interactive": {
            "type": "list_reply",
            "list_reply": { "id": "dish-feijoada", "title": "Feijoada", "description": "With rice" },
        } }),
        json!({ "type": "interactive", "interactive": {
            "type": "button_reply",
            "button_reply": { "id": "at-eight", "title": "At eight" },
        } }),
        json!({ "type": "text", "text": { "body": "Thank you" } }),
        json!({ "type": "sticker", "sticker": { "id": "1166846181421424", "mime_type": "image/webp" } }),
    ];
    for (number, mut message) in said.into_iter().enumerate() {
        message["from"] = "15550100".into();
        message["id"] = format!("wamid.guest-{number}").into();
        message["timestamp"] = "1790000000".into();
        println!("guest  {}", in_short(&message));
        let before = sandbox.received().len();
        post(address, webhooks, message).await?;
        // A read receipt and an answer. Elsewhere the guest would just see them come.
        while sandbox.received().len() < before + 2 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        for received in sandbox.received().iter().skip(before) {
            match received.message() {
                Some(message) => println!("  bot  {}", what_was_sent(message)),
                None => println!("  bot  (marks it as read, and is writing)"),
            }
        }
    }
    Ok(())
}

async fn post(address: &str, webhooks: &Webhooks, message: Value) -> Result<(), Box<dyn Error>> {
    let webhook = json!({
        "object": "whatsapp_business_account",
        "entry": [{ "id": "102290129340398", "changes": [{ "field": "messages", "value": {
            "messaging_product": "whatsapp",
            "metadata": { "display_phone_number": "15550199", "phone_number_id": "100000000000001" },
            "contacts": [{ "profile": { "name": "Guest" }, "wa_id": message["from"] }],
            "messages": [message],
        } }] }],
    });
    let body = webhook.to_string();
    let http = reqwest::Client::builder().no_proxy().build()?;
    let request = http.post(address).header(SIGNATURE, webhooks.signature(body.as_bytes()));
    request.body(body).send().await?.error_for_status()?;
    Ok(())
}

fn in_short(message: &Value) -> String {
    let interactive = &message["interactive"];
    let texts = [
        &message["text"]["body"],
        &interactive["list_reply"]["title"],
        &interactive["button_reply"]["title"],
    ];
    match texts.into_iter().find_map(Value::as_str) {
        Some(text) => text.to_owned(),
        None => format!("({})", message["type"].as_str().unwrap_or("nothing")),
    }
}

/// What the guest sees.
fn what_was_sent(message: &Message) -> String {
    match &message.content {
        Content::Text { text } => text.body.to_string(),
        Content::Reaction { reaction } => format!("{} on the message", reaction.emoji),
        Content::Interactive { interactive: Interactive::Button(button) } => {
            let titles = button.action.buttons.iter().map(|button| button.reply.title.to_string());
            format!("{}  [{}]", button.body.text, titles.collect::<Vec<_>>().join("] ["))
        }
        Content::Interactive { interactive: Interactive::List(list) } => {
            let rows = list.action.sections.iter().flat_map(|section| section.rows.iter());
            let rows: String = rows.map(|row| row.title.as_str()).map(line).collect();
            format!("{}  [{}]{rows}", list.body.text, list.action.button)
        }
        _ => format!("({})", message.kind()),
    }
}

fn line(title: &str) -> String {
    format!("\n         - {title}")
}
