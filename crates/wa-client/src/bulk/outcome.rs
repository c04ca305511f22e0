//! The outcome of one message of many.

use wa_message_core::Message;

use crate::{Error, Sent};

/// What became of one message of many.
///
/// Match on it with `..`, because more may come to be told:
///
/// ```
/// use wa_message::{Message, client::bulk::Outcome};
///
/// /// Keeps what may be sent again.
/// fn keep(outcome: Outcome<u64>, again: &mut Vec<(u64, Message)>) {
///     let Outcome { key, message, result, .. } = outcome;
///     if result.is_err_and(|error| error.is_safe_to_resend()) {
///         again.push((key, message));
///     }
/// }
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub struct Outcome<K> {
    /// The key that the message came with.
    pub key: K,
    /// The message, whatever became of it. To send it again can deliver it twice unless
    /// [`Error::is_safe_to_resend`] says that it cannot.
    pub message: Message,
    /// What [`Client::send`](crate::Client::send) gave.
    pub result: Result<Sent, Error>,
}
