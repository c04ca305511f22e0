//! Statuses of messages, and doubts.
//!
//! A message that was accepted is not delivered yet. What becomes of it comes as statuses, in any order, more than once, and
//! sometimes before the answer to the send: `sent`, `delivered`, `read`, `failed`, and for voice messages `played`.
//! [`Outcomes`](crate::Outcomes) joins them with the sends and tells what is new:
//!
//! ```
//! use std::sync::Arc;
//! use wa_message::{Client, webhook::{Outcome, Outcomes, VerifyToken, Verifier, service}};
//!
//! # fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let outcomes = Arc::new(Outcomes::new(|outcome| match outcome {
//!     Outcome::Reached(reached) => println!("{}: {reached}", reached.message),
//!     Outcome::DoubtResolved { token, message, .. } => println!("{token} was accepted as {message}"),
//!     outcome => println!("{outcome}"),
//! }));
//!
//! // Each send is told of, and each status.
//! let client = Client::builder("a-token", "100200300").watch(Arc::clone(&outcomes)).build()?;
//! let webhooks = service(Verifier::new(["an-app-secret"])?, VerifyToken::new("a-verify-token")?)
//!     .outcomes(outcomes)
//!     .build();
//! # Ok(())
//! # }
//! ```
//!
//! # Doubts
//!
//! When a connection breaks after the request went out, nobody knows whether the message was accepted, and
//! [`send`](https://docs.rs/wa-message/latest/wa_message/struct.Client.html#method.send) says so. To send it again may send it twice. A status settles it: it
//! carries the `biz_opaque_callback_data` of the message, so give each message one of its own, and the doubt ends with the
//! first status that has it, whichever it is. It also tells the id that the lost answer would have told.
//!
//! That nothing comes proves nothing: webhooks are delayed for days. A doubt that stays is for a person to decide.
//! `Error::Refused`, `Error::Throttled` and `Error::NotSent` are no doubts: the message was not accepted.
//!
//! # Which status counts
//!
//! The highest, whatever comes when: `sent`, then `failed`, then `delivered`, then `read`, then `played`. `failed` after
//! `sent` is final for the caller, and yields to a later `delivered`. Messages to groups have a state for each member.
//! A failure says why: its [code](https://docs.rs/wa-message/latest/wa_message/struct.ErrorCode.html) knows whether it makes sense to send again.
//!
//! `sent` may be all that ever comes: who switches read receipts off is never seen to read, and who is offline gets the
//! message up to 30 days later.
//!
//! # Several machines
//!
//! [`Outcomes`](crate::Outcomes) is in memory. Where the webhook comes to another process than the one that sent, keep sends in
//! your database by their callback data, and look there when a status comes.
