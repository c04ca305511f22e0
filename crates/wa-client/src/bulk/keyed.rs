//! Messages with keys.

use wa_message_core::Message;

/// An iterator of messages, each behind its key: what [`Client::send_each`](crate::Client::send_each)
/// takes.
///
/// Every iterator of `(key, Message)` is one.
#[diagnostic::on_unimplemented(
    message = "each message needs a key, by which its outcome is told",
    label = "expected an iterator of `(key, Message)`",
    note = "the position is a key: `messages.into_iter().enumerate()`",
    note = "where `wa_message!` gives a `Result`, it is taken apart before, as by `?`"
)]
pub trait Keyed<K>: IntoIterator<Item = (K, Message)> {}

#[diagnostic::do_not_recommend]
impl<K, I: IntoIterator<Item = (K, Message)>> Keyed<K> for I {}
