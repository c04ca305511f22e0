//! Messages as invocations of the macro.

use crate::{
    Message, ReadReceipt,
    body::{self, Body},
    read::JsonNode,
};

/// Writes a message as an invocation of [`wa_message!`](https://docs.rs/wa-message/latest/wa_message/macro.wa_message.html).
///
/// So a document that was found elsewhere becomes the short form. What only the wire form can say (an
/// empty object in a place that the short form leaves out) is written in the wire form. The result
/// compiles to an equal message. A line holds at most 100 characters, unless a text is longer.
///
/// ```
/// use wa_message::{Message, to_dsl};
///
/// let message: Message = r#"{
///     "messaging_product": "whatsapp", "to": "+15550100", "type": "interactive",
///     "interactive": {
///         "type": "button",
///         "body": { "text": "Keep the table?" },
///         "action": { "buttons": [{ "type": "reply", "reply": { "id": "keep", "title": "Keep it" } }] }
///     }
/// }"#.parse()?;
/// assert_eq!(to_dsl(&message), r#"wa_message! { <button>
///     to: "+15550100",
///     body: "Keep the table?",
///     buttons: [{ id: "keep", title: "Keep it" }],
/// }"#);
/// # Ok::<_, wa_message::InvalidMessage>(())
/// ```
#[cfg_attr(docsrs, doc(cfg(feature = "dsl")))]
#[must_use]
pub fn to_dsl(message: &Message) -> String {
    message.to_dsl()
}

impl Message {
    /// The message as an invocation of the macro, which [`to_dsl`] describes.
    #[cfg_attr(docsrs, doc(cfg(feature = "dsl")))]
    #[must_use]
    pub fn to_dsl(&self) -> String {
        write(&**self)
    }
}

impl ReadReceipt {
    /// The receipt as an invocation of the macro.
    ///
    /// ```
    /// let receipt = wa_message::wa_message! { <read> message_id: "wamid.HBgLMTU1NTAxMDA" };
    /// assert_eq!(receipt.to_dsl(), r#"wa_message! { <read> message_id: "wamid.HBgLMTU1NTAxMDA" }"#);
    /// ```
    #[cfg_attr(docsrs, doc(cfg(feature = "dsl")))]
    #[must_use]
    pub fn to_dsl(&self) -> String {
        write(&**self)
    }
}

fn write<B: Body>(body: &B) -> String {
    // What is proven can be written as JSON.
    let value = body::to_value(body).unwrap_or_default();
    wa_message_rules::to_dsl(B::TABLE, wa_message_spec::tables::KINDS, JsonNode(&value))
}
