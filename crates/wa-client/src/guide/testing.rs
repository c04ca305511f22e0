//! Testing your application with the sandbox.
//!
//! The crate `wa-sandbox` stands in for the API on this machine. It checks each request by the rules of
//! this library, keeps what it accepted, and misbehaves when it is told to. Its documentation has all of
//! it; this page has what a test of an application looks like.
//!
//! Let your application take a [`Client`], and a test give it one for a sandbox:
//!
//! ```
//! use wa_message::{Client, Error, Sent, wa_message};
//! use wa_sandbox::{Fault, Sandbox};
//!
//! // Your application.
//! async fn confirm(client: &Client, to: &str, order: u32) -> Result<Sent, Error> {
//!     let message = wa_message! { <text>
//!         to,
//!         body: format!("Order {order} is on its way."),
//!         biz_opaque_callback_data: format!("order-{order}"),
//!     }?;
//!     client.send(&message).await
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! // Each test has a sandbox of its own: that is cheap.
//! let sandbox = Sandbox::start().await?;
//! let client = Client::builder(sandbox.token(), sandbox.phone_number_id())
//!     .base_url(sandbox.base_url())
//!     .build()?;
//!
//! // What arrived.
//! confirm(&client, "+15550100", 17).await?;
//! assert_eq!(sandbox.received()[0].message().and_then(|message| message.to()), Some("+15550100"));
//!
//! // What is refused.
//! sandbox.fail_next(1, Fault::Code(131_009));
//! let error = confirm(&client, "+15550100", 18).await.unwrap_err();
//! assert!(matches!(error, Error::Refused(_)), "{error}");
//! assert!(sandbox.ledger().with_data("order-18").is_empty());
//!
//! // What is in doubt: the connection breaks after the message was accepted.
//! sandbox.fail_next(1, Fault::Reset { accepted: true });
//! let error = confirm(&client, "+15550100", 19).await.unwrap_err();
//! assert!(matches!(error, Error::InDoubt(_)), "{error}");
//! assert_eq!(sandbox.ledger().with_data("order-19").len(), 1);
//! # Ok(())
//! # }
//! ```
//!
//! - Test what your application does with a message [in doubt](super::outcomes#in-doubt): it is the case
//!   that is easily got wrong, and does not happen on the machine of a developer.
//! - The client tries again after pauses of seconds. A test of what it gives up on is faster with
//!   [`Backoff::never`], or with a first pause of some milliseconds.
//! - Pace and limits are kept with Tokio's clock, which a test can pause.
//! - A bot is tested with a customer: give the sandbox the address of its webhooks and the secret of the app, and
//!   `sandbox.customer("+15550100")` writes, taps and chooses. Statuses come by themselves.
//! - The program `wa-sandbox` does the same for a test in another language:
//!   `wa-sandbox --port 8080 --faults faults.toml --forward-to http://localhost:3000/webhook`, and all of it is JSON over
//!   HTTP under `/_sandbox`.
#![allow(unused_imports)] // For the documentation.

use crate::{Backoff, Client};
