//! The messages of [`wa-message`](https://docs.rs/wa-message): their types, the [`Message`] that is proven valid,
//! reading and writing, and what is known of the [codes](ErrorCode) that the API refuses with.
//!
//! Programs use `wa-message`, which has all of it under its own name, together with the macro and the client.
//! This crate is for libraries that take messages and send none.
#![cfg_attr(docsrs, feature(doc_cfg))]

#[doc(hidden)]
pub mod __private;
#[doc(hidden)]
pub mod __shared;
mod body;
mod code;
mod depth;
#[cfg(feature = "dsl")]
mod dsl;
#[allow(clippy::all, clippy::pedantic)]
#[rustfmt::skip] // The generator formats it.
mod generated;
mod holds;
mod invalid;
mod json;
mod lint;
mod list;
mod media;
mod mend;
mod message;
mod read;
mod receipt;
pub mod templates;
mod text;
pub mod types;
pub mod value;
mod watch;
mod write;

pub use code::{RetryAdvice, ThrottleScope};
#[cfg(feature = "dsl")]
pub use dsl::to_dsl;
#[doc(hidden)]
pub use generated::fields as field;
pub use generated::{ErrorClass, ErrorCode, Kind};
pub use invalid::{InvalidMessage, Violation};
pub use lint::Lint;
pub use list::{List, ListIntoIter};
pub use media::{AsMediaRef, MediaRef};
pub use message::Message;
pub use receipt::{ReadReceipt, ToReceipt};
pub use templates::Templates;
pub use text::Text;
#[doc(inline)]
pub use wa_message_rules::{Problem, ProblemKind};
pub use watch::{SendEnd, Sending, Watch};

/// What the data of a [`Problem`] are made of.
///
/// ```
/// use wa_message::{Message, ProblemKind, problem::Label};
///
/// let text = r#"{ "messaging_product": "whatsapp", "to": "+15550100", "text": { "body": "" } }"#;
/// let invalid = text.parse::<Message>().unwrap_err();
/// let problem = invalid.violations()[0].problem();
/// assert_eq!(problem.subject().owner(), Label::Kind("text"));
/// assert_eq!(problem.subject().member(), Some("body"));
/// assert!(matches!(problem.kind(), ProblemKind::TooShort { length: 0, min: 1 }));
/// ```
pub mod problem {
    #[doc(inline)]
    pub use wa_message_rules::definition::{Mismatch, MismatchKind, Of};
    #[doc(inline)]
    pub use wa_message_rules::{Circumstance, Label, Range, Subject, ValueType};
}
