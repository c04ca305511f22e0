//! `wa_message!`: everything is checked.

use wa_message::{InvalidMessage, Message, wa_message};

/// A list message with four rows, one without a description.
///
/// # Errors
///
/// When a value breaks a rule.
pub fn list(to: &str, title: &str) -> Result<Message, InvalidMessage> {
    wa_message! { <list>
        to: to,
        header: "Tonight",
        body: "Pick a dish",
        footer: "Kitchen closes at ten",
        button: "See dishes",
        sections: [
            { title: "Mains", rows: [
                { id: "m1", title: "Feijoada", description: "With rice" },
                { id: "m2", title: title, description: "What the market had" },
            ] },
            { title: "Sweets", rows: [
                { id: "s1", title: "Pudim" },
                { id: "s2", title: "Quindim", description: "With coconut" },
            ] },
        ],
    }
}

/// The same list message with a recipient type and four descriptions.
///
/// # Errors
///
/// When a value breaks a rule.
pub fn list_in_full(to: &str, title: &str) -> Result<Message, InvalidMessage> {
    wa_message! { <list>
        to: to,
        recipient_type: "individual",
        header: "Tonight",
        body: "Pick a dish",
        footer: "Kitchen closes at ten",
        button: "See dishes",
        sections: [
            { title: "Mains", rows: [
                { id: "m1", title: "Feijoada", description: "With rice" },
                { id: "m2", title: title, description: "What the market had" },
            ] },
            { title: "Sweets", rows: [
                { id: "s1", title: "Pudim", description: "With caramel" },
                { id: "s2", title: "Quindim", description: "With coconut" },
            ] },
        ],
    }
}

/// A message with two reply buttons.
///
/// # Errors
///
/// When a value breaks a rule.
pub fn button(to: &str, title: &str) -> Result<Message, InvalidMessage> {
    wa_message! { <button>
        to: to,
        recipient_type: "individual",
        body: "Keep the table at eight?",
        footer: "We hold it for 15 minutes",
        buttons: [{ id: "keep", title: title }, { id: "cancel", title: "Cancel it" }],
    }
}

/// A text message.
///
/// # Errors
///
/// When a value breaks a rule.
pub fn text(to: &str, body: &str) -> Result<Message, InvalidMessage> {
    wa_message! { <text> to: to, recipient_type: "individual", body: body }
}

/// A template message with a document, three parameters and a button.
///
/// # Errors
///
/// When a value breaks a rule.
pub fn template(to: &str, name: &str) -> Result<Message, InvalidMessage> {
    wa_message! { <template>
        to: to,
        name: "order_ready",
        language: "en_US",
        header: { document: { link: "https://example.org/invoice.pdf", filename: "invoice.pdf" } },
        body: [
            name,
            { currency: { fallback_value: "$12.50", code: "USD", amount_1000: 12500 } },
            { date_time: "3 May 2026" },
        ],
        buttons: [{ url: "orders/17" }],
    }
}
