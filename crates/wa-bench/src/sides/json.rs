//! `json!`: nothing is checked.

use serde_json::{Value, json};

/// A list message with four rows, one without a description.
#[must_use]
pub fn list(to: &str, title: &str) -> Value {
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

/// The same list message with a recipient type and four descriptions.
#[must_use]
pub fn list_in_full(to: &str, title: &str) -> Value {
    json!({
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
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
                        { "id": "s1", "title": "Pudim", "description": "With caramel" },
                        { "id": "s2", "title": "Quindim", "description": "With coconut" },
                    ] },
                ],
            },
        },
    })
}

/// A message with two reply buttons.
#[must_use]
pub fn button(to: &str, title: &str) -> Value {
    json!({
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": to,
        "type": "interactive",
        "interactive": {
            "type": "button",
            "body": { "text": "Keep the table at eight?" },
            "footer": { "text": "We hold it for 15 minutes" },
            "action": { "buttons": [
                { "type": "reply", "reply": { "id": "keep", "title": title } },
                { "type": "reply", "reply": { "id": "cancel", "title": "Cancel it" } },
            ] },
        },
    })
}

/// A text message.
#[must_use]
pub fn text(to: &str, body: &str) -> Value {
    json!({
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": to,
        "type": "text",
        "text": { "body": body },
    })
}

/// A template message with a document, three parameters and a button.
#[must_use]
pub fn template(to: &str, name: &str) -> Value {
    json!({
        "messaging_product": "whatsapp",
        "to": to,
        "type": "template",
        "template": {
            "name": "order_ready",
            "language": { "code": "en_US" },
            "components": [
                { "type": "header", "parameters": [
                    { "type": "document", "document": {
                        "link": "https://example.org/invoice.pdf",
                        "filename": "invoice.pdf",
                    } },
                ] },
                { "type": "body", "parameters": [
                    { "type": "text", "text": name },
                    { "type": "currency", "currency": {
                        "fallback_value": "$12.50",
                        "code": "USD",
                        "amount_1000": 12500,
                    } },
                    { "type": "date_time", "date_time": { "fallback_value": "3 May 2026" } },
                ] },
                { "type": "button", "sub_type": "url", "index": "0", "parameters": [
                    { "type": "text", "text": "orders/17" },
                ] },
            ],
        },
    })
}
