//! The message that is proven valid.

use std::{fmt, ops::Deref, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use serde_json::Value;
use wa_message_spec::{table::Object, tables};

use crate::{
    Kind,
    body::{self, Body},
    invalid::InvalidMessage,
    types::MessageObject,
};

/// A message that keeps every rule of the API.
///
/// [`wa_message!`](crate::wa_message) makes it, and so do [`TryFrom<MessageObject>`](MessageObject) and
/// [`FromStr`], which check the same rules while the program runs.
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
#[derive(Clone, PartialEq)]
pub struct Message(MessageObject);

impl Body for MessageObject {
    const TABLE: &'static Object = &tables::MESSAGE_OBJECT;

    fn is_valid(&self) -> bool {
        self.holds() && self.free_members_hold()
    }
}

impl Message {
    /// A message that the macro has proven.
    #[doc(hidden)]
    #[must_use]
    pub const fn __proven(object: MessageObject) -> Self {
        Self(object)
    }

    /// Whether constants of the macro keep the rules.
    #[doc(hidden)]
    #[must_use]
    pub const fn __holds(object: &MessageObject) -> bool {
        object.holds()
    }

    /// Checks what the macro has made.
    #[doc(hidden)]
    pub fn __check(object: MessageObject) -> Result<Self, InvalidMessage> {
        body::prove(object).map(Self)
    }

    /// The kind of message.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.0.kind()
    }

    /// The recipient: a phone number, a `WhatsApp` id or a group id.
    #[must_use]
    pub fn to(&self) -> &str {
        &self.0.to
    }

    /// The message as the API takes it.
    #[must_use]
    pub fn to_json(&self) -> String {
        into_text(self.to_json_bytes())
    }

    /// The message as the API takes it, in bytes.
    #[must_use]
    pub fn to_json_bytes(&self) -> Vec<u8> {
        body::to_json(&self.0)
    }

    /// The data, without the proof.
    #[must_use]
    pub fn into_inner(self) -> MessageObject {
        self.0
    }
}

/// JSON bytes of ours are always UTF-8.
pub(crate) fn into_text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

impl Deref for Message {
    type Target = MessageObject;

    fn deref(&self) -> &MessageObject {
        &self.0
    }
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Message").field(&self.0).finish()
    }
}

impl From<Message> for MessageObject {
    fn from(message: Message) -> Self {
        message.0
    }
}

impl TryFrom<MessageObject> for Message {
    type Error = InvalidMessage;

    fn try_from(object: MessageObject) -> Result<Self, InvalidMessage> {
        body::prove(object).map(Self)
    }
}

impl TryFrom<&Value> for Message {
    type Error = InvalidMessage;

    fn try_from(value: &Value) -> Result<Self, InvalidMessage> {
        body::from_value(value).map(Self)
    }
}

impl FromStr for Message {
    type Err = InvalidMessage;

    fn from_str(text: &str) -> Result<Self, InvalidMessage> {
        body::parse(text.as_bytes()).map(Self)
    }
}

impl Serialize for Message {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Message {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        Self::try_from(&value).map_err(de::Error::custom)
    }
}
