//! WhatsApp Cloud API messages, proven valid by the compiler.
//!
//! [`wa_message!`] turns a few lines into a [`Message`]. Everything that can be known while the program
//! is compiled is checked then, at the token that is wrong. Everything else is checked when the message
//! is built, before anything goes over the network.
//!
//! ```
//! use wa_message::wa_message;
//!
//! let message = wa_message! { <button>
//!     to: "+15550100",
//!     body: "Keep the table at eight?",
//!     buttons: [{ id: "keep", title: "Keep it" }, { id: "cancel", title: "Cancel it" }],
//! };
//! assert_eq!(message.kind().as_str(), "button");
//! ```
//!
//! A message of literals is a [`Message`]. As soon as another expression takes part, the macro is a
//! `Result<Message, InvalidMessage>`:
//!
//! ```
//! # use wa_message::{InvalidMessage, Message, wa_message};
//! fn menu(to: &str, specials: &[(String, String)]) -> Result<Message, InvalidMessage> {
//!     wa_message! { <list>
//!         to,
//!         header: "Tonight",
//!         body: "Pick a dish",
//!         button: "See dishes",
//!         sections: [
//!             { title: "Mains", rows: [
//!                 { id: "m1", title: "Feijoada", description: "With rice" },
//!                 for (id, title) in specials { id, title },
//!             ] },
//!         ],
//!     }
//! }
//!
//! let specials = [("m2".to_owned(), "A dish with a very long name".to_owned())];
//! let invalid = menu("+15550100", &specials).unwrap_err();
//! assert_eq!(invalid.violations()[0].path(), "interactive.action.sections[0].rows[1].title");
//! ```
//!
//! The [manual] has a page for the language, for each kind with all fields and limits, for what the compiler
//! prints, and for all rules.
//!
//! `Client` sends it, with the feature `client`, which is on by default. The crate `wa-sandbox` is a
//! stand-in of the API for tests.
#![cfg_attr(docsrs, feature(doc_cfg))]

#[doc(hidden)]
pub mod __private;
mod bare;
mod body;
#[cfg(feature = "client")]
pub mod client;
mod code;
mod depth;
#[cfg(feature = "dsl")]
mod dsl;
#[allow(clippy::all, clippy::pedantic)]
#[rustfmt::skip] // The generator formats it.
mod generated;
mod held;
mod holds;
mod invalid;
mod json;
mod lint;
mod list;
#[cfg(any(doc, doctest))]
#[path = "generated/manual/mod.rs"]
#[rustfmt::skip] // The generator formats it.
pub mod manual;
mod mend;
mod message;
mod proven;
mod read;
mod receipt;
mod shown;
mod strict;
mod text;
pub mod value;
mod write;

#[cfg(feature = "client")]
pub use client::{ApiError, Client, ClientBuilder, Error, Sent, SetupError};
pub use code::{RetryAdvice, ThrottleScope};
#[cfg(feature = "dsl")]
pub use dsl::to_dsl;
#[doc(hidden)]
pub use generated::fields as field;
pub use generated::{ErrorClass, ErrorCode, Kind};
pub use invalid::{InvalidMessage, Violation};
pub use lint::Lint;
pub use list::{List, ListIntoIter};
pub use message::Message;
pub use receipt::ReadReceipt;
pub use text::Text;
pub use wa_message_rules::{Problem, ProblemKind};

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
    pub use wa_message_rules::{Circumstance, Label, Range, Subject, ValueType};
}

/// The generated types: what a message is made of, and what the API answers.
///
/// They are plain data. `new` takes what is required, `with_..` sets the rest, an enum has a function for each
/// of its variants, and nothing is checked until a [`MessageObject`](types::MessageObject) becomes a
/// [`Message`]. A member that is always the same is no member here: it is written, and asked for.
///
/// `Debug` shows a value as its JSON, on several lines with `{:#?}`. Two values are equal when they are
/// the same JSON: `0.0` and `-0.0` are, and the order of free members does not matter. To compare and to show
/// values, and to refuse them, takes no more of the stack if free JSON in them is nested deep. To clone and
/// to drop such JSON is a matter of `serde_json`, which calls itself once a level.
///
/// ```
/// use wa_message::types::{BodyParameter, Row};
///
/// let row = Row::new("vegetarian", "Vegetarian");
/// assert_eq!(format!("{row:?}"), r#"Row({"id":"vegetarian","title":"Vegetarian"})"#);
///
/// let name = BodyParameter::named("first_name", "Ada");
/// assert_eq!(
///     format!("{name:?}"),
///     r#"BodyParameter({"type":"text","parameter_name":"first_name","text":"Ada"})"#
/// );
/// ```
///
/// # By kind
///
/// The types of each kind of message, outermost first.
///
#[doc = include_str!("generated/types.md")]
pub mod types {
    pub use crate::generated::{open::*, wire::*};
}

/// Writes a WhatsApp message that the compiler has checked.
///
/// `wa_message! { <kind> field: value, .. }` is the short form; the kinds are the names of the API,
/// and [`Kind`] lists them. `<read>` makes a [`ReadReceipt`]. `wa_message!({ .. })` takes the JSON of the
/// API as it is.
///
/// A value is a literal, an object in braces, an array in brackets, a `const { .. }` block, or any Rust
/// expression; a Rust block needs parentheses. A field without a value takes the variable of its name.
/// An array also takes `..iterator`, `for pattern in iterator { .. }` and `if condition { .. } else { .. }`.
/// [`value`] says what an expression may be. The literals that its branches end in are checked like any
/// literal, and so is the least length of a `format!`.
///
/// The result is a [`Message`] when the message consists of literals and `const` blocks, and a
/// `Result<Message, InvalidMessage>` when another expression takes part.
///
/// ```
/// use wa_message::{InvalidMessage, Message, wa_message};
///
/// let proven: Message = wa_message! { <text> to: "+15550100", body: "The bread is ready." };
///
/// let order = 17;
/// let checked: Result<Message, InvalidMessage> =
///     wa_message! { <text> to: "+15550100", body: format!("Order {order} is ready.") };
/// assert!(checked.is_ok());
///
/// let pasted: Message = wa_message!({
///     "messaging_product": "whatsapp",
///     "to": "+15550100",
///     "type": "text",
///     "text": { "body": "The bread is ready." }
/// });
/// assert_eq!(proven, pasted);
/// ```
///
/// A title that is too long does not compile:
///
/// ```compile_fail
/// # use wa_message::wa_message;
/// wa_message! { <button>
///     to: "+15550100",
///     body: "Keep the table at eight?",
///     buttons: [{ id: "keep", title: "Keep the table at eight" }],
/// };
/// ```
#[macro_export]
macro_rules! wa_message {
    ($($message:tt)*) => {
        $crate::__private::expand!([$crate] $($message)*)
    };
}
