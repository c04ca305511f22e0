//! `WhatsApp` Cloud API messages, proven valid by the compiler.
#![cfg_attr(docsrs, feature(doc_cfg))]

#[doc(hidden)]
pub mod __private;
mod body;
#[cfg(feature = "client")]
pub mod client;
#[allow(clippy::all, clippy::pedantic)]
#[rustfmt::skip] // The generator formats it.
mod generated;
mod invalid;
mod list;
mod message;
mod read;
mod receipt;
mod text;
pub mod value;
mod write;

#[cfg(feature = "client")]
pub use client::{ApiError, Client, ClientBuilder, Error, Sent, SetupError};
pub use generated::Kind;
pub use invalid::{InvalidMessage, Violation};
pub use list::List;
pub use message::Message;
pub use receipt::ReadReceipt;
pub use text::{LengthError, Text};
pub use wa_message_spec::Problem;

/// The generated types: what a message is made of, and what the API answers.
///
/// They are plain data. `new` takes what is required, `with_..` sets the rest, and nothing is checked
/// until a [`MessageObject`](types::MessageObject) becomes a [`Message`].
pub mod types {
    pub use crate::generated::{open::*, wire::*};
}

/// Writes a `WhatsApp` message that the compiler has checked.
#[macro_export]
macro_rules! wa_message {
    ($($message:tt)*) => {
        $crate::__private::expand!([$crate] $($message)*)
    };
}
