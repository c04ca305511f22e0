//! The read receipt that is proven valid.

use std::{fmt, ops::Deref, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use serde_json::Value;
use wa_message_spec::{table::Object, tables};

use crate::{
    body::{self, Body},
    invalid::InvalidMessage,
    message::into_text,
    types::ReadReceiptObject,
};

/// A read receipt that keeps every rule of the API: it marks a received message as read.
///
/// ```
/// use wa_message::wa_message;
///
/// let receipt = wa_message! { <read> message_id: "wamid.HBgLMTU1NTAxMDA", typing_indicator: "text" };
/// assert_eq!(receipt.message_id(), "wamid.HBgLMTU1NTAxMDA");
/// ```
#[derive(Clone, PartialEq)]
pub struct ReadReceipt(ReadReceiptObject);

impl Body for ReadReceiptObject {
    const TABLE: &'static Object = &tables::READ_RECEIPT_OBJECT;

    fn is_valid(&self) -> bool {
        self.holds() && self.free_members_hold()
    }
}

impl ReadReceipt {
    /// A receipt that the macro has proven.
    #[doc(hidden)]
    #[must_use]
    pub const fn __proven(object: ReadReceiptObject) -> Self {
        Self(object)
    }

    /// Whether constants of the macro keep the rules.
    #[doc(hidden)]
    #[must_use]
    pub const fn __holds(object: &ReadReceiptObject) -> bool {
        object.holds()
    }

    /// Checks what the macro has made.
    #[doc(hidden)]
    pub fn __check(object: ReadReceiptObject) -> Result<Self, InvalidMessage> {
        body::prove(object).map(Self)
    }

    /// The message that was read.
    #[must_use]
    pub fn message_id(&self) -> &str {
        &self.0.message_id
    }

    /// The receipt as the API takes it.
    #[must_use]
    pub fn to_json(&self) -> String {
        into_text(self.to_json_bytes())
    }

    /// The receipt as the API takes it, in bytes.
    #[must_use]
    pub fn to_json_bytes(&self) -> Vec<u8> {
        body::to_json(&self.0)
    }

    /// The data, without the proof.
    #[must_use]
    pub fn into_inner(self) -> ReadReceiptObject {
        self.0
    }
}

impl Deref for ReadReceipt {
    type Target = ReadReceiptObject;

    fn deref(&self) -> &ReadReceiptObject {
        &self.0
    }
}

impl fmt::Debug for ReadReceipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ReadReceipt").field(&self.0).finish()
    }
}

impl From<ReadReceipt> for ReadReceiptObject {
    fn from(receipt: ReadReceipt) -> Self {
        receipt.0
    }
}

impl TryFrom<ReadReceiptObject> for ReadReceipt {
    type Error = InvalidMessage;

    fn try_from(object: ReadReceiptObject) -> Result<Self, InvalidMessage> {
        body::prove(object).map(Self)
    }
}

impl TryFrom<&Value> for ReadReceipt {
    type Error = InvalidMessage;

    fn try_from(value: &Value) -> Result<Self, InvalidMessage> {
        body::from_value(value).map(Self)
    }
}

impl FromStr for ReadReceipt {
    type Err = InvalidMessage;

    fn from_str(text: &str) -> Result<Self, InvalidMessage> {
        body::parse(text.as_bytes()).map(Self)
    }
}

impl Serialize for ReadReceipt {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for ReadReceipt {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        Self::try_from(&value).map_err(de::Error::custom)
    }
}
