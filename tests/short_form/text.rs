//! Texts and reactions.

use serde_json::json;
use wa_message::{Message, wa_message};

use crate::{
    Outcome,
    documents::{as_in_the_file, document, same},
};

#[test]
fn text() -> Outcome {
    let wire = document("text", &json!({ "body": "See https://example.org", "preview_url": true }));
    let message: Message =
        wa_message! { <text> to: "+15550100", body: "See https://example.org", preview_url: true };
    same(&message, &wire);

    let (to, body, preview_url) = ("+15550100", String::from("See https://example.org"), true);
    let message: Message = wa_message! { <text> to, body: &body, preview_url: preview_url }?;
    same(&message, &wire);
    let message: Message = wa_message! { <text> to, body, preview_url: Some(preview_url) }?;
    same(&message, &wire);

    let plain = document("text", &json!({ "body": "Hello" }));
    same(&wa_message! { <text> to: "+15550100", body: "Hello" }, &plain);
    let preview: Option<bool> = None;
    let message = wa_message! { <text> to, body: "Hello", preview_url: preview }?;
    same(&message, &plain);
    let not = document("text", &json!({ "body": "Hello", "preview_url": false }));
    same(&wa_message! { <text> to: "+15550100", body: "Hello", preview_url: false }, &not);
    Ok(())
}

#[test]
fn reaction() -> Outcome {
    let wire = document("reaction", &json!({ "message_id": "wamid.HBgL", "emoji": "😀" }));
    let message: Message =
        wa_message! { <reaction> to: "+15550100", message_id: "wamid.HBgL", emoji: "\u{1F600}" };
    same(&message, &wire);
    let (received, emoji) = (String::from("wamid.HBgL"), '😀');
    let message: Message =
        wa_message! { <reaction> to: "+15550100", message_id: received, emoji: emoji }?;
    same(&message, &wire);

    let taken_back = document("reaction", &json!({ "message_id": "wamid.HBgL", "emoji": "" }));
    same(
        &wa_message! { <reaction> to: "+15550100", message_id: "wamid.HBgL", emoji: "" },
        &taken_back,
    );
    let emoji = String::new();
    let message = wa_message! { <reaction> to: "+15550100", message_id: "wamid.HBgL", emoji }?;
    same(&message, &taken_back);
    Ok(())
}

#[test]
fn example_text() {
    let message: Message = wa_message!({
      "messaging_product": "whatsapp",
      "recipient_type": "individual",
      "to": "+16505551234",
      "type": "text",
      "text": {
        "preview_url": false,
        "body": "The bakery opens at seven tomorrow."
      }
    });
    as_in_the_file(&message.to_json(), example!("text"));
}

#[test]
fn example_reply() {
    let message: Message = wa_message!({
      "messaging_product": "whatsapp",
      "context": {
        "message_id": "wamid.HBgLMTY1MDUwNzY1MjAVAgARGBI5QTNDQTVCM0Q0Q0Q2RTY3RTcA"
      },
      "to": "+16505551234",
      "type": "text",
      "text": {
        "preview_url": false,
        "body": "Yes, the rye bread is back."
      }
    });
    as_in_the_file(&message.to_json(), example!("reply"));
}

#[test]
fn example_reaction() {
    let message: Message = wa_message!({
      "messaging_product": "whatsapp",
      "recipient_type": "individual",
      "to": "+16505551234",
      "type": "reaction",
      "reaction": {
        "message_id": "wamid.HBgLMTY1MDUwNzY1MjAVAgARGBI5QTNDQTVCM0Q0Q0Q2RTY3RTcA",
        "emoji": "😀"
      }
    });
    as_in_the_file(&message.to_json(), example!("reaction"));
}
