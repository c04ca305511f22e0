//! Sending: one message, many messages, several numbers.
//!
//! # One message
//!
//! ```no_run
//! use wa_message::{Client, wa_message};
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let client = Client::new(std::env::var("WHATSAPP_TOKEN")?, "100200300400500")?;
//!
//! let message = wa_message! { <text>
//!     to: "+15550100",
//!     body: "The bread is ready.",
//!     biz_opaque_callback_data: "order-17",
//! };
//! let sent = client.send(&message).await?;
//! println!("accepted as {}", sent.id());
//! # Ok(())
//! # }
//! ```
//!
//! [`Client::send`] ends when the API has accepted the message, or when it is known that it will not be:
//! it waits for its turn, and tries again what cannot arrive twice. That the message was accepted does not
//! mean that it was delivered. The status webhooks tell that, and name the message by [`Sent::id`].
//!
//! Give each message a `biz_opaque_callback_data` of its own. The status webhooks carry it, and it is the
//! only way to find out what became of a message [in doubt](super::outcomes#in-doubt).
//!
//! # What the client does by itself
//!
//! | | usually | setting |
//! |---|---|---|
//! | an attempt may take | 30 seconds, 10 of them to connect | [`timeout`], [`connect_timeout`] |
//! | tries again what cannot arrive twice | 4 attempts, after 1, 4 and 16 seconds or what the API asks for | [`retry`] |
//! | keeps the pace of the number | 80 messages a second | [`rate`] |
//! | keeps the pace to each recipient | 45 at once, then one in 6 seconds | [`recipient_rate`] |
//! | gives up | when no attempt can begin within 2 minutes | [`deadline`] |
//!
//! [`timeout`]: ClientBuilder::timeout
//! [`connect_timeout`]: ClientBuilder::connect_timeout
//! [`retry`]: ClientBuilder::retry
//! [`rate`]: ClientBuilder::rate
//! [`recipient_rate`]: ClientBuilder::recipient_rate
//! [`deadline`]: ClientBuilder::deadline
//!
//! When the API says that a number sends too fast, the number slows down. When it says so of one
//! recipient, that recipient waits and the others do not.
//!
//! # Many messages
//!
//! [`Client::send_each`] takes an iterator and [`Client::send_all`] a stream. Each message has a key of
//! yours, which comes back with the outcome. [`bulk`] says more.
//!
//! ```
//! use wa_message::{Client, wa_message};
//! # use wa_sandbox::Sandbox;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let sandbox = Sandbox::start().await?;
//! # let client = Client::builder(sandbox.token(), sandbox.phone_number_id())
//! #     .base_url(sandbox.base_url())
//! #     .build()?;
//! let mut messages = Vec::new();
//! for (order, to) in [(17, "+15550100"), (18, "+15550101")] {
//!     let message = wa_message! { <text>
//!         to,
//!         body: "Your order is ready.",
//!         biz_opaque_callback_data: format!("order-{order}"),
//!     }?;
//!     messages.push((order, message));
//! }
//!
//! let mut sending = client.send_each(messages);
//! while let Some(outcome) = sending.next().await {
//!     if let Err(error) = outcome.result {
//!         println!("order {}: {error}", outcome.key);
//!     }
//! }
//! println!("{}", sending.summary());
//! # assert_eq!(sending.summary().sent(), 2);
//! # Ok(())
//! # }
//! ```
//!
//! # Several numbers
//!
//! [`Client::for_number`] and [`Client::with_token`] make clients that share the connections. The pace of a
//! number is kept over all clients that come from one builder.
//!
//! ```no_run
//! # use wa_message::Client;
//! # fn example(client: &Client) -> Result<(), wa_message::SetupError> {
//! let support = client.for_number("100200300400501")?;
//! let renewed = client.with_token("another-token")?;
//! # Ok(())
//! # }
//! ```
#![allow(unused_imports)] // For the documentation.

use crate::{Client, ClientBuilder, Sent, bulk};
