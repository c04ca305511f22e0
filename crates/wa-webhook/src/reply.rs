//! Answers to messages that were received: whom they go to, and what they quote.

use wa_message_core::{
    InvalidMessage, ReadReceipt, ToReceipt,
    types::{Context, ReadReceiptObject},
    value::{Addressee, IntoAddressee, IntoField},
};

use crate::{Person, person::Known as _, types::IncomingMessage};

/// The group that the message was sent to, or whoever sent it.
impl IntoAddressee for &IncomingMessage<'_> {
    fn into_addressee(self) -> Addressee {
        match self.group_id.known() {
            Some(group) => Addressee::group(group),
            None => self.person().into_addressee(),
        }
    }
}

/// By the number where it is known, because more kinds of message go to a number.
impl IntoAddressee for Person<'_> {
    fn into_addressee(self) -> Addressee {
        match (self.number(), self.user_id()) {
            (None, Some(user_id)) => Addressee::recipient(user_id),
            (number, _) => Addressee::to(number.unwrap_or_default()),
        }
    }
}

impl IntoAddressee for &Person<'_> {
    fn into_addressee(self) -> Addressee {
        (*self).into_addressee()
    }
}

/// A reply quotes it.
#[diagnostic::do_not_recommend]
impl IntoField<Context> for &IncomingMessage<'_> {
    fn into_field(self) -> Context {
        Context::new(&*self.id)
    }
}

#[diagnostic::do_not_recommend]
impl IntoField<Option<Context>> for &IncomingMessage<'_> {
    fn into_field(self) -> Option<Context> {
        Some(self.into_field())
    }
}

/// Marks it as read.
impl ToReceipt for IncomingMessage<'_> {
    fn to_receipt(&self) -> Result<ReadReceipt, InvalidMessage> {
        ReadReceipt::try_from(ReadReceiptObject::new(&*self.id))
    }
}
