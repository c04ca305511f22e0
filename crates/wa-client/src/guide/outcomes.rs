//! The outcomes of sending: the meaning of each of them, and what to do about it.
//!
//! | outcome | what is certain | what to do |
//! |---|---|---|
//! | `Ok(`[`Sent`]`)` | accepted | keep [`Sent::id`], and wait for the status webhooks |
//! | [`Error::Invalid`] | there is no message, or none that fits its template | mend what [`InvalidMessage::violations`] names |
//! | [`Error::Refused`] | not accepted | what [`ApiError::advice`] says: see [below](#refused) |
//! | [`Error::Throttled`] | not accepted | send it again after [`Error::retry_after`]; the client slows down by itself |
//! | [`Error::NotSent`] | did not leave this machine | send it again when the network is there, or after [`Error::retry_after`] |
//! | [`Error::InDoubt`] | nothing | do not send it again: see [below](#in-doubt) |
//! | [`Error::Unreadable`] | accepted | do not send it again; show the answer to whoever keeps this library |
//! | [`Error::NotMarked`] | a receipt had no effect | mark it again, or leave it |
//! | `Error::File` (feature `media`) | a file does not fit, or is not the one that was promised | what the sentence says |
//! | `Error::Template` (feature `templates`) | a definition does not fit, or was not understood | what the sentence says |
//!
//! [`Error::Invalid`] comes from building a message, by `?`, and from a client that has definitions of
//! [templates](crate::Client::with_templates).
//! [`Error::is_safe_to_resend`] is the line between the two halves: where it is true, the same message
//! cannot arrive twice. Whether another try helps is another question, which the advice answers.
//!
//! All of these are what is left *after* the client has tried again by itself. So do not wrap
//! [`Client::send`] into a loop of your own.
//!
//! ```
//! use wa_message::{RetryAdvice, Error};
//!
//! /// What becomes of a message in our queue.
//! enum Next {
//!     Done,
//!     Again,
//!     AskSomebody(String),
//!     WaitForWebhook,
//! }
//!
//! fn next(error: &Error) -> Next {
//!     match error {
//!         Error::Refused(refusal) | Error::Throttled(refusal) => match refusal.advice() {
//!             RetryAdvice::Now | RetryAdvice::Wait(_) => Next::Again,
//!             _ => Next::AskSomebody(error.to_string()),
//!         },
//!         Error::NotSent(_) => Next::Again,
//!         Error::InDoubt(_) => Next::WaitForWebhook,
//!         Error::Unreadable(_) => Next::Done,
//!         error => Next::AskSomebody(error.to_string()),
//!     }
//! }
//! ```
//!
//! # Refused
//!
//! An answer with a code is a refusal, and nothing was sent. The code decides, not the HTTP status: two
//! answers with status 500 may be final and passing. [`ErrorCode`] has what is known of
//! each code. A code that this version does not know is kept as it is, and its advice is to leave it.
//!
//! | [`RetryAdvice`] | what to do | for example |
//! |---|---|---|
//! | [`Never`](RetryAdvice::Never) | mend the message, or give it up | 131009, a value is not valid |
//! | [`Now`](RetryAdvice::Now) | send it again; the client has tried several times already | 131016, the service is not there |
//! | [`Wait`](RetryAdvice::Wait) | send it again, no sooner than it says | 131056, too many to this recipient |
//! | [`AfterAction`](RetryAdvice::AfterAction) | let somebody do what [`ErrorCode::action`](ErrorCode::action) says, then send it again | 190, the token has expired |
//!
//! A code that will come for every message, such as 190, is a reason to [stop](crate::bulk::Stop).
//!
//! # In doubt
//!
//! The request went out, and no answer says what became of it: it took too long, the connection broke, or
//! something in front of the API answered in its place. The API has no key by which it would know a message
//! again, so sending it a second time may deliver it twice. Therefore the client does not, and nor should
//! you, until you know.
//!
//! 1. Before you send, put a text of your own into `biz_opaque_callback_data`, different for each message,
//!    and write the message down.
//! 2. When it is in doubt, wait for a status webhook with that text. `sent`, `delivered` and `read` say
//!    that it was accepted. `failed` says that it was accepted and will not arrive.
//! 3. When none has come after as long as you can wait (webhooks are mostly there within seconds, and are
//!    repeated for days when your server is down), it was not accepted. Send it again.
//!
//! The same is true of messages that were under way when your program was killed.
//!
//! # Later
//!
//! A message that was accepted can still fail. Then a `failed` status comes by webhook, with a code as
//! above: 131026 for a recipient without WhatsApp, 131047 for one that wrote more than 24 hours ago. It is
//! final for that id; a message that is sent again is a new one. This library does not receive webhooks,
//! and [`ErrorCode::from`](ErrorCode) reads the code of one.
//!
//! # To an operator
//!
//! `Display` of each error is one line that says what happened and what to do. The token is in none of
//! them. [`Error::fbtrace_id`] is what Meta's support asks for.
#![allow(unused_imports)] // For the documentation.

use wa_message_core::{ErrorCode, InvalidMessage, RetryAdvice};

use crate::{ApiError, Client, Error, Sent};
