//! The members around every message.

use serde_json::json;
use wa_message::{Message, types, wa_message};

use crate::{Outcome, documents::same};

#[test]
fn envelope() -> Outcome {
    let wire = json!({
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": "+15550100",
        "context": { "message_id": "wamid.HBgL" },
        "biz_opaque_callback_data": "order 17",
        "type": "text",
        "text": { "body": "Hello" },
    });
    let message: Message = wa_message! { <text>
        recipient_type: "individual",
        to: "+15550100",
        context: "wamid.HBgL",
        biz_opaque_callback_data: "order 17",
        body: "Hello",
    };
    same(&message, &wire);
    let message: Message = wa_message! { <text>
        messaging_product: "whatsapp",
        recipient_type: "individual",
        to: "+15550100",
        context: { message_id: "wamid.HBgL" },
        biz_opaque_callback_data: "order 17",
        type: "text",
        body: "Hello",
    };
    same(&message, &wire);

    let (to, order, quoted) = ("+15550100", 17, String::from("wamid.HBgL"));
    let message: Message = wa_message! { <text>
        recipient_type: types::RecipientType::Individual,
        to,
        context: &quoted,
        biz_opaque_callback_data: format!("order {order}"),
        body: "Hello",
    }?;
    same(&message, &wire);
    let message: Message = wa_message! { <text>
        recipient_type: Some(types::RecipientType::Individual),
        to,
        context: types::Context::new(quoted.as_str()),
        biz_opaque_callback_data: Some("order 17"),
        body: "Hello",
    }?;
    same(&message, &wire);
    let message: Message = wa_message! { <text>
        recipient_type: "individual",
        to,
        context: { message_id: quoted },
        biz_opaque_callback_data: "order 17",
        body: "Hello",
    }?;
    same(&message, &wire);
    Ok(())
}
