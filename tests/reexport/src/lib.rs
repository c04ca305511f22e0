//! Hands `wa_message!` on, by itself, under another name and inside a macro of its own.
//!
//! Those who use this crate have no crate of the name `wa_message`.
#![deny(warnings)]
#![forbid(unsafe_code)]

pub use whatsapp::{InvalidMessage, Message, wa_message, wa_message as message};

/// A text to one recipient.
#[macro_export]
macro_rules! text {
    ($body:expr) => {
        $crate::wa_message! { <text> to: "+15550100", body: $body }
    };
}

/// A text that is made here, with a value of the caller.
///
/// # Errors
///
/// When the text is empty or too long.
pub fn text(body: &str) -> Result<Message, InvalidMessage> {
    wa_message! { <text> to: "+15550100", body }
}
