//! The message that is proven valid.

use wa_message_spec::tables;

use crate::{Kind, Lint, held::Held, proven::proven, types::MessageObject};

/// A message that keeps every rule of the API.
///
/// [`wa_message!`](crate::wa_message) makes it, and so do [`TryFrom<MessageObject>`](MessageObject) and
/// [`FromStr`](std::str::FromStr), which check the same rules while the program runs.
///
/// Of texts alone the macro makes no more than the JSON. The data are read from it once, when they are
/// asked for first, which takes about as long as reading a message.
///
/// `FromStr` reads numbers exactly as they are written. `Deserialize` gets them from the format, and
/// `serde_json` may miss the last bit of a fraction unless its feature `float_roundtrip` is on.
///
/// ```
/// use wa_message::{Message, types::{MessageObject, Content, TextObject}};
///
/// let object = MessageObject::new("+15550100", Content::Text { text: TextObject::new("Hello") });
/// let message = Message::try_from(object)?;
/// assert_eq!(message.to(), "+15550100");
///
/// let same: Message = message.to_json().parse()?;
/// assert_eq!(message, same);
/// # Ok::<_, wa_message::InvalidMessage>(())
/// ```
#[derive(Clone)]
pub struct Message {
    held: Held<MessageObject>,
}

proven!(Message, MessageObject, tables::MESSAGE_OBJECT);

impl Message {
    /// The kind of message.
    #[must_use]
    pub fn kind(&self) -> Kind {
        (**self).kind()
    }

    /// What is advised against in it, in the order of the description: what the API takes, but what
    /// hardly works as it was meant. Of more than 100 pieces of advice it gives the first 100.
    #[must_use]
    pub fn lints(&self) -> Vec<Lint> {
        crate::body::lints::<MessageObject>(self)
    }

    /// The recipient: a phone number, a WhatsApp id or a group id.
    #[must_use]
    pub fn to(&self) -> &str {
        self.held.word("to").unwrap_or_else(|| &self.held.object().to)
    }
}
