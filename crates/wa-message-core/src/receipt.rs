//! The read receipt that is proven valid.

use wa_message_spec::tables;

use crate::{
    InvalidMessage,
    body::{Repr, checked_body},
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
#[derive(Clone)]
pub struct ReadReceipt {
    repr: Repr<ReadReceiptObject>,
}

checked_body!(ReadReceipt, ReadReceiptObject, tables::READ_RECEIPT_OBJECT);

impl ReadReceipt {
    /// The message that was read.
    #[must_use]
    pub fn message_id(&self) -> &str {
        &self.message_id
    }
}

/// Something that [`mark_read`](https://docs.rs/wa-message/latest/wa_message/struct.Client.html#method.mark_read) takes: a
/// receipt, or with the feature `webhook` the message that was received.
pub trait ToReceipt {
    /// Returns the receipt.
    ///
    /// # Errors
    ///
    /// If a rule of the API is broken: the message has no id.
    fn to_receipt(&self) -> Result<ReadReceipt, InvalidMessage>;
}

impl ToReceipt for ReadReceipt {
    fn to_receipt(&self) -> Result<ReadReceipt, InvalidMessage> {
        Ok(self.clone())
    }
}
