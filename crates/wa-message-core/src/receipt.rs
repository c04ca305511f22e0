//! The read receipt that is proven valid.

use wa_message_spec::tables;

use crate::{
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
