//! Read receipts.

use serde_json::json;
use wa_message::{ReadReceipt, types, wa_message};

use crate::{
    Outcome,
    documents::{as_in_the_file, same_receipt},
};

#[test]
fn read() -> Outcome {
    let wire =
        json!({ "messaging_product": "whatsapp", "status": "read", "message_id": "wamid.HBgL" });
    let receipt: ReadReceipt = wa_message! { <read> message_id: "wamid.HBgL" };
    same_receipt(&receipt, &wire);
    let receipt: ReadReceipt = wa_message! { <read>
        messaging_product: "whatsapp",
        status: "read",
        message_id: "wamid.HBgL",
        typing_indicator: null,
    };
    same_receipt(&receipt, &wire);
    let message_id = String::from("wamid.HBgL");
    let receipt: ReadReceipt = wa_message! { <read> message_id: &message_id }?;
    same_receipt(&receipt, &wire);
    let typing: Option<types::TypingIndicator> = None;
    same_receipt(&wa_message! { <read> message_id: &message_id, typing_indicator: typing }?, &wire);

    let mut wire = wire;
    wire["typing_indicator"] = json!({ "type": "text" });
    let receipt: ReadReceipt =
        wa_message! { <read> message_id: "wamid.HBgL", typing_indicator: "text" };
    same_receipt(&receipt, &wire);
    let receipt: ReadReceipt =
        wa_message! { <read> message_id: "wamid.HBgL", typing_indicator: { type: "text" } };
    same_receipt(&receipt, &wire);
    let receipt: ReadReceipt =
        wa_message! { <read> message_id: "wamid.HBgL", typing_indicator: {} };
    same_receipt(&receipt, &wire);
    same_receipt(&wa_message! { <read> message_id, typing_indicator: "text" }?, &wire);
    Ok(())
}

#[test]
fn example_read() {
    let message: ReadReceipt = wa_message!({
      "messaging_product": "whatsapp",
      "status": "read",
      "message_id": "wamid.HBgLMTY1MDUwNzY1MjAVAgARGBI5QTNDQTVCM0Q0Q0Q2RTY3RTcA"
    });
    as_in_the_file(&message.to_json(), example!("read"));
}
