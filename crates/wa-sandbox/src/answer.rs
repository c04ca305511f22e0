//! The answers to requests that are accepted.

use serde_json::{Value, json};
use wa_message_core::{
    Message,
    types::{Content, RecipientType},
};

use crate::received::Received;

pub(crate) fn to_json(received: &Received) -> Value {
    match (received.message(), received.id()) {
        (Some(message), Some(id)) => sent(message, id),
        _ => json!({ "success": true }),
    }
}

fn sent(message: &Message, id: &str) -> Value {
    let mut contact = json!({ "input": message.addressee() });
    let mut answer = json!({ "id": id });
    match message.to() {
        // Who hides the number has no other id than this one.
        None => contact["user_id"] = message.addressee().into(),
        Some(group) if message.recipient_type == Some(RecipientType::Group) => {
            answer["group_id"] = group.into();
        }
        Some(to) => {
            let wa_id: String = to.chars().filter(char::is_ascii_digit).collect();
            contact["wa_id"] = wa_id.into();
        }
    }
    if matches!(message.content, Content::Template { .. }) {
        answer["message_status"] = "accepted".into();
    }
    json!({ "messaging_product": "whatsapp", "contacts": [contact], "messages": [answer] })
}
