//! Values in the wire form.

use serde_json::json;
use wa_message::{Message, types, wa_message};

use crate::{
    Outcome,
    documents::{document, interactive, same, with},
};

/// Values in the wire form, where objects and arrays may be whole types too.
#[test]
fn values_in_the_wire_form() -> Outcome {
    let wire = interactive(json!({
        "type": "list",
        "header": { "type": "text", "text": "Tonight" },
        "body": { "text": "Pick a dish" },
        "action": {
            "button": "See dishes",
            "sections": [{ "title": "Mains", "rows": [
                { "id": "m1", "title": "Feijoada" }, { "id": "m2", "title": "Moqueca" },
            ] }],
        },
    }));
    let (to, body, dishes) = ("+15550100", types::Body::new("Pick a dish"), [("m2", "Moqueca")]);
    let (header, title) = (types::TextHeader::new("Tonight"), Some("Mains"));
    let first = types::Row::new("m1", "Feijoada");
    let message: Message = wa_message!({
        "messaging_product": "whatsapp",
        "to": to,
        "type": "interactive",
        "interactive": {
            "type": "list",
            "header": header,
            "body": body,
            "action": {
                "button": String::from("See dishes"),
                "sections": [{ "title": title, "rows": [
                    first,
                    for (id, title) in dishes { "id": id, "title": title },
                ] }]
            }
        }
    })?;
    same(&message, &wire);

    let text = types::TextObject::new("Hello").with_preview_url(true);
    let message: Message = wa_message!({
        "messaging_product": "whatsapp", "to": to, "type": "text", "text": text
    })?;
    same(&message, &document("text", &json!({ "body": "Hello", "preview_url": true })));
    // A text needs no type, and `null` leaves a member out.
    let message: Message = wa_message!({
        "messaging_product": "whatsapp", "to": "+15550100", "context": null, "text": { "body": "Hello" }
    });
    same(&message, &document("text", &json!({ "body": "Hello" })));

    let quoted =
        with(document("text", &json!({ "body": "Hello" })), "biz_opaque_callback_data", "17");
    let message: Message = wa_message!({
        messaging_product: "whatsapp", to, type: "text", text: { body: "Hello" }, biz_opaque_callback_data: "17"
    })?;
    same(&message, &quoted);
    Ok(())
}
