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
//! [`Client`] sends it, and `?` takes what is wrong with a message beside what is wrong with sending:
//!
//! ```no_run
//! # #[cfg(feature = "client")]
//! # mod sending {
//! use wa_message::{Client, Error, wa_message};
//!
//! async fn confirm(client: &Client, order: u32) -> Result<String, Error> {
//!     let message = wa_message! { <text>
//!         to: "+15550100",
//!         body: format!("Order {order} is ready."),
//!     }?;
//!     Ok(client.send(&message).await?.id().to_owned())
//! }
//! # }
//! ```
//!
//! # Where to go next
//!
//! - [`manual::kinds`]: every kind of message with its fields, limits and examples.
//! - [`manual::language`]: all that may be written in [`wa_message!`].
//! - [`manual::templates`]: templates that the compiler knows, by definitions beside the code.
//! - [`manual::errors`]: what the compiler prints for a mistake.
//! - [`client`][sending]: sending, what can go wrong, many messages at once, and testing against the crate `wa-sandbox`.
//! - [`types`]: messages as Rust types, for building one without the macro or changing one.
//! - [`value`]: what an expression in the macro may be.
//!
//! # Features
//!
//! | feature | default | what it adds |
//! |---|---|---|
//! | `client` | yes | [`Client`], which sends over HTTP; to loopback alone without a feature for TLS |
//! | `rustls` | yes | TLS by rustls, with the provider that is recommended: ring |
//! | `rustls-ring` | yes | TLS by rustls with ring |
//! | `rustls-aws-lc-rs` | no | TLS by rustls with aws-lc-rs, which has post-quantum key exchange |
//! | `rustls-no-provider` | yes | TLS by rustls with the provider that the program sets; the others turn it on |
//! | `native-tls` | no | TLS by the library of the system |
//! | `media` | no | `client.media()`: files up to the API and down from it |
//! | `templates` | no | `client.templates(account)`: definitions of templates, in the account and in files |
//! | `tracing` | no | spans and events of each attempt, and of webhooks that are refused |
//! | `metrics` | no | counters of attempts and errors, and how long attempts take |
//! | `webhook` | no | `webhook`, which reads what comes back |
//! | `axum` | no | webhooks as a router of axum |
//! | `outbox` | no | `outbox`, which keeps messages in a file until it is certain what became of them |
//! | `outbox-postgres` | no | the outbox in PostgreSQL too, for workers on many machines |
//! | `preview` | no | `preview`, which draws messages as a phone shows them, as HTML |
//! | `lints` | no | advice on each message while compiling, as warnings at the token |
//! | `dsl` | no | `to_dsl`, which writes a message as an invocation of the macro |
//!
//! # Minimum supported Rust version
//!
//! Rust 1.88.
//!
// Without the feature there is nothing here to link to.
#![cfg_attr(feature = "client", doc = "[`Client`]: crate::Client\n[sending]: crate::client")]
#![cfg_attr(
    not(feature = "client"),
    doc = "[`Client`]: https://docs.rs/wa-message/latest/wa_message/struct.Client.html\n\
           [sending]: https://docs.rs/wa-message/latest/wa_message/client/index.html"
)]
#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(any(doc, doctest))]
#[path = "generated/manual/mod.rs"]
#[rustfmt::skip] // The generator formats it.
pub mod manual;

/// Items that the expansion of the macro names. Not part of the public face.
#[doc(hidden)]
pub mod __private {
    #[cfg(not(any(rust_analyzer, feature = "lints")))]
    pub use wa_message_macros::expand;
    // With advice, which somebody has asked for.
    #[cfg(all(feature = "lints", not(rust_analyzer)))]
    pub use wa_message_macros::expand_with_advice as expand;
    pub use wa_message_macros::{expand_with_advice, include, typed};
    // An editor is shown what was written, and not what it becomes.
    #[cfg(rust_analyzer)]
    pub use wa_message_macros::expand_in_editor as expand;

    pub use wa_message_core::__private::*;
}

#[cfg(feature = "client")]
#[cfg_attr(docsrs, doc(cfg(feature = "client")))]
#[doc(inline)]
pub use wa_client::{ApiError, Client, ClientBuilder, Error, Sent, SetupError};
#[doc(hidden)]
pub use wa_message_core::field;
#[cfg(feature = "dsl")]
#[cfg_attr(docsrs, doc(cfg(feature = "dsl")))]
#[doc(inline)]
pub use wa_message_core::to_dsl;
#[doc(inline)]
pub use wa_message_core::{
    AsMediaRef, ErrorClass, ErrorCode, InvalidMessage, Kind, Lint, List, ListIntoIter, MediaRef,
    Message, Problem, ProblemKind, ReadReceipt, RetryAdvice, SendEnd, Sending, Templates, Text,
    ThrottleScope, ToReceipt, Violation, Watch, problem, templates, types, value,
};

#[cfg(feature = "webhook")]
#[cfg_attr(docsrs, doc(cfg(feature = "webhook")))]
#[doc(inline)]
pub use wa_webhook as webhook;

#[cfg(feature = "outbox")]
#[cfg_attr(docsrs, doc(cfg(feature = "outbox")))]
#[doc(inline)]
pub use wa_outbox as outbox;

#[cfg(feature = "preview")]
#[cfg_attr(docsrs, doc(cfg(feature = "preview")))]
#[doc(inline)]
pub use wa_preview as preview;

#[cfg(feature = "client")]
#[cfg_attr(docsrs, doc(cfg(feature = "client")))]
pub mod client {
    //! Sending messages over HTTP.
    //!
    //! [`Client`] sends a [`Message`](crate::Message) and gets a [`Sent`] back, or an [`Error`] that says what is known of
    //! the message: the API refused it, nothing was sent, it may or may not have been accepted, or it was
    //! accepted and the answer could not be read.
    //!
    //! The API has no idempotency key, so a message that is sent twice may arrive twice. The client tries
    //! again only what cannot, and [`Error::is_safe_to_resend`] says when you may.
    //!
    //! The [`guide`] has more: [sending](guide::sending), [what can go wrong](guide::outcomes), and
    //! [testing](guide::testing). Many messages at once are in [`bulk`].

    #[cfg(feature = "media")]
    #[cfg_attr(docsrs, doc(cfg(feature = "media")))]
    #[doc(inline)]
    pub use wa_client::media;
    #[cfg(feature = "templates")]
    #[cfg_attr(docsrs, doc(cfg(feature = "templates")))]
    #[doc(inline)]
    pub use wa_client::templates;
    #[doc(inline)]
    pub use wa_client::{
        ApiError, Attempt, Backoff, Client, ClientBuilder, Decision, Error, HttpError, InDoubt,
        NotSent, RecipientRate, RetryPolicy, Sent, SetupError, Unreadable, bulk, guide,
    };
    // Items by their names: a glob or the whole crate would bring all documentation of `reqwest` with it.
    #[doc(no_inline)]
    pub use wa_client::reqwest;
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

/// Makes a module with a function for each template, from the definitions beside the manifest.
///
/// The functions are named after template and language: `templates::order_ready::en_us(to, "Ada", "17")`. Their
/// arguments are what the definition asks for: the variables, the file of the header, and the values of buttons that
/// need one. Variables that have names are the fields of a struct, which is the argument behind `to`; those that have
/// numbers are arguments (`body_1`, `body_2`). When a definition changes, each call that no longer fits does not compile.
///
/// ```ignore
/// wa_message::templates! {
///     /// The templates of this account.
///     pub mod templates;
/// }
///
/// let message = templates::order_ready::en_us("+15550100", "Ada", "17")?;
///
/// // With names: `Hi {{first_name}}, it waits for you until {{hour}}.`
/// let values = templates::pick_up::EnUs { first_name: "Ada", hour: "eight" };
/// let message = templates::pick_up::en_us("+15550100", values)?;
/// ```
///
/// Quick replies keep their texts as answers; what the functions leave out can be written with [`wa_message!`]. A file
/// that is new in the folder is seen when the crate is compiled the next time.
#[macro_export]
macro_rules! templates {
    ($($module:tt)*) => {
        $crate::__private::typed! { [$crate] $($module)* }
    };
}

/// Returns the definitions of templates that lie beside the manifest, for a program that runs without these files.
///
/// What is wrong with a file is an error of the compiler.
///
/// ```ignore
/// let templates: wa_message::Templates = wa_message::include_templates!();
/// let client = wa_message::Client::builder(token, phone_number_id).templates(templates).build()?;
/// ```
#[macro_export]
macro_rules! include_templates {
    () => {
        $crate::__private::include!([$crate])
    };
}
