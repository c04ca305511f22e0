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

/// By the number where it is known, because more kinds of message go to a number. It is written with `+`: webhooks have it
/// with its country code, and before a number without `+` the API may put that of the sender.
impl IntoAddressee for Person<'_> {
    fn into_addressee(self) -> Addressee {
        match (self.number(), self.user_id()) {
            (None, Some(user_id)) => Addressee::recipient(user_id),
            (Some(number), _) if is_whole(number) => Addressee::to(format!("+{number}")),
            (number, _) => Addressee::to(number.unwrap_or_default()),
        }
    }
}

/// Whether a text is a number with its country code, of which none begins with 0.
fn is_whole(number: &str) -> bool {
    !number.starts_with('0') && number.bytes().all(|byte| byte.is_ascii_digit())
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
