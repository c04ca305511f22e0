//! Watching what becomes of messages while they are sent.

use std::sync::Arc;

/// Is told of each message that a client sends, when it begins and when it ends.
///
/// It is how a client and what follows a message afterwards know of each other: by the callback data of the message,
/// which its statuses carry, and by the id that the answer gives.
///
/// The calls stand in the way of the message, so they should be short.
///
/// ```
/// use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
/// use wa_message::{SendEnd, Sending, Watch};
///
/// /// Counts what is in doubt.
/// #[derive(Default)]
/// struct Doubts(AtomicU64);
///
/// impl Watch for Doubts {
///     fn begins(&self, _: Sending<'_>) {}
///
///     fn ends(&self, _: Sending<'_>, end: SendEnd<'_>) {
///         if end == SendEnd::InDoubt {
///             self.0.fetch_add(1, Relaxed);
///         }
///     }
/// }
/// ```
pub trait Watch: Send + Sync {
    /// A message is about to be sent. Nothing has gone out yet.
    fn begins(&self, sending: Sending<'_>);

    /// No more is done to send it. This comes once after each [`begins`](Self::begins), also when whoever sent the
    /// message has dropped it on its way.
    fn ends(&self, sending: Sending<'_>, end: SendEnd<'_>);
}

/// A message that is being sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Sending<'s> {
    /// The id of the business phone number that sends it.
    pub phone_number_id: &'s str,
    /// The `biz_opaque_callback_data` of the message, if it has any. Its statuses carry the same.
    pub callback_data: Option<&'s str>,
}

impl<'s> Sending<'s> {
    /// A message of this number, with this callback data.
    #[must_use]
    pub fn new(phone_number_id: &'s str, callback_data: Option<&'s str>) -> Self {
        Self { phone_number_id, callback_data }
    }
}

/// What the sender knows of a message in the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SendEnd<'s> {
    /// It was accepted.
    Accepted {
        /// The WAMID, the id of the message: its statuses name it.
        id: &'s str,
    },
    /// It was certainly not accepted.
    NotAccepted,
    /// It may have been accepted, or it was, and its id is not known. Its statuses tell.
    InDoubt,
}

impl<W: Watch + ?Sized> Watch for Arc<W> {
    fn begins(&self, sending: Sending<'_>) {
        W::begins(self, sending);
    }

    fn ends(&self, sending: Sending<'_>, end: SendEnd<'_>) {
        W::ends(self, sending, end);
    }
}
