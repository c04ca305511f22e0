//! Pins.

use wa_message::{Message, wa_message};

use crate::documents::same_as_example;

#[test]
fn pins() {
    let message: Message = wa_message! { <pin>
        to: "Y2FwaV9ncm91cDo5OTk",
        recipient_type: "group",
        message_id: "wamid.HBgLMTY1MDUwNzY1MjAVAgARGBI5QTNDQTVCM0Q0Q0Q2RTY3RTcA",
        expiration_days: 7,
    };
    same_as_example(&message, example!("pin"));
    let unpin: Message =
        wa_message! { <unpin> to: "g", recipient_type: "group", message_id: "wamid.A" };
    assert!(unpin.to_json().contains(r#""pin":{"type":"unpin","message_id":"wamid.A"}"#));
}
