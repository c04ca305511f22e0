//! Messages drawn as a phone shows them, as HTML.
//!
//! [`draw`] makes a bubble of a [`Message`]: its text with the formatting of WhatsApp, files as placeholders, buttons,
//! lists, products, places, contacts and cards. [`draw_with`] fills templates in from their definitions.
//!
//! ```
//! use wa_message::{preview::draw, wa_message};
//!
//! let message = wa_message! { <button>
//!     to: "+15550100",
//!     body: "Keep the table at *eight*?",
//!     buttons: [{ id: "keep", title: "Keep it" }, { id: "cancel", title: "Cancel it" }],
//! };
//! let html = draw(&message);
//! assert!(html.as_str().contains("<strong>eight</strong>"));
//! std::fs::write(std::env::temp_dir().join("message.html"), html.page().as_str())?;
//! # Ok::<_, std::io::Error>(())
//! ```
//!
//! # What is drawn
//!
//! It looks like a messenger, and not exactly like any: fonts, distances and icons are our own. Nothing is fetched. Of a
//! file one sees its address or id, of a product its id, and a map is a drawing. The words on some buttons, such as
//! those that send a location, are those of an app in English.
//!
//! How a member is shown says the description of the API, by the keyword `x-shown`, so that a new kind of message is
//! drawn without a change here.
//!
//! # In a page
//!
//! What was drawn has no script, no inline style, no event handler and no resource, so that it works under
//! `default-src 'none'; style-src 'self'` with [`style_sheet`] as a file. Everything from a message is escaped, and has
//! a direction of its own (`dir="auto"`). Links lead to `http` and `https` alone.
//!
//! What can be tapped is a `button` with attributes that a page may act on:
//!
//! | attribute | says |
//! |---|---|
//! | `data-answer` | what the customer does who taps it, as the sandbox calls it: `taps`, `chooses`, `orders`, `answers-flow`, `shares` |
//! | `data-id` | the id that comes back |
//! | `data-title` | the text on it |
//! | `data-code` | the code that it copies |
//!
//! A list opens as `details`, without a script.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod blocks;
mod bubble;
mod buttons;
mod filled;
mod html;
mod icons;
mod media;
mod nodes;
mod orders;
mod text;
mod words;

use serde_json::Value;
use wa_message_core::{Message, ReadReceipt, Templates};
use wa_message_spec::shown::{Role, received, sent};

use crate::{
    bubble::Side,
    filled::Sent,
    nodes::{Node, Parts},
};

pub use crate::html::{Html, style_sheet};

/// Draws a message.
///
/// A template is drawn as its name, its language and the values that are given, because its text is not in the message.
/// [`draw_with`] knows the text.
///
/// ```
/// use wa_message::{preview::draw, wa_message};
///
/// let message = wa_message! { <text> to: "+15550100", body: "<b>*Hello*</b>" };
/// assert!(draw(&message).as_str().contains("&lt;b&gt;<strong>Hello</strong>&lt;/b&gt;"));
/// ```
#[must_use]
pub fn draw(message: &Message) -> Html {
    draw_json(&json(&message.to_json()))
}

/// Draws a message, which is filled in if it is made from one of these templates.
///
/// ```
/// use wa_message::{Templates, preview::draw_with, wa_message};
///
/// let templates: Templates = r#"{
///     "name": "order_ready", "language": "en_US",
///     "components": [{ "type": "BODY", "text": "Hi {{1}}, order {{2}} is ready." }]
/// }"#
/// .parse()?;
/// let name = "order_ready".to_owned();
/// let message =
///     wa_message! { <template> to: "+15550100", name, language: "en_US", body: ["Ada", "17"] }?;
/// assert!(draw_with(&message, &templates).as_str().contains("Hi Ada, order 17 is ready."));
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn draw_with(message: &Message, templates: &Templates) -> Html {
    draw_json_with(&json(&message.to_json()), templates)
}

/// Draws a read receipt: a line in the middle.
///
/// ```
/// use wa_message::{preview::draw_receipt, wa_message};
///
/// let receipt = wa_message! { <read> message_id: "wamid.1" };
/// assert!(draw_receipt(&receipt).as_str().contains("Read"));
/// ```
#[must_use]
pub fn draw_receipt(receipt: &ReadReceipt) -> Html {
    draw_json(&json(&receipt.to_json()))
}

/// Draws the body of a request as far as it is understood, also one that is no valid message.
///
/// ```
/// use wa_message::preview::draw_json;
///
/// let body = serde_json::json!({ "type": "text", "text": { "body": "Hello", "colour": "red" } });
/// assert!(draw_json(&body).as_str().contains("Hello"));
/// ```
#[must_use]
pub fn draw_json(body: &Value) -> Html {
    drawn(&nodes::read(body, sent::MESSAGES), Side::Business)
}

/// Draws the body of a request as [`draw_json`] does, and fills templates in as [`draw_with`] does.
#[must_use]
pub fn draw_json_with(body: &Value, templates: &Templates) -> Html {
    let mut parts = nodes::read(body, sent::MESSAGES);
    let definition =
        Sent::of(body).and_then(|sent| Some((templates.get(sent.name, sent.language)?, sent)));
    if let Some((definition, sent)) = definition {
        let is_template = |node: &Node<'_>| node.role() == Role::Template;
        if let Some(at) = parts.nodes.iter().position(is_template) {
            parts.nodes.splice(at..=at, sent.filled(definition));
        }
    }
    drawn(&parts, Side::Business)
}

/// Draws a message of a customer from its JSON, as it stands in `messages` of a webhook.
///
/// ```
/// use wa_message::preview::draw_received;
///
/// let message = serde_json::json!({ "id": "wamid.1", "type": "text", "text": { "body": "Hello" } });
/// assert!(draw_received(&message).as_str().contains("Hello"));
/// ```
#[must_use]
pub fn draw_received(message: &Value) -> Html {
    drawn(&nodes::read(message, received::MESSAGES), Side::Customer)
}

/// What was written as JSON, read again: the order of its members is that of the tables.
fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_default()
}

fn drawn(parts: &Parts<'_>, side: Side) -> Html {
    Html::of(bubble::drawn(parts, side))
}
