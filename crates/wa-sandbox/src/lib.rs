//! A local stand-in of the Cloud API of `WhatsApp`, for tests and development.
//!
//! [`Sandbox::start`] serves `POST /{version}/{phone_number_id}/messages` on this machine. It checks
//! each request by the rules of `wa-message`, answers as the API does, with its codes of errors, and
//! keeps what it accepted. Nothing is sent to anyone.
//!
//! ```
//! use wa_message::{Client, Message};
//! use wa_sandbox::Sandbox;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let sandbox = Sandbox::start().await?;
//! let client = Client::builder(sandbox.token(), sandbox.phone_number_id())
//!     .base_url(sandbox.base_url())
//!     .build()?;
//!
//! let message: Message = r#"{
//!     "messaging_product": "whatsapp",
//!     "to": "+15550100",
//!     "text": { "body": "The bread is ready." }
//! }"#
//! .parse()?;
//! let sent = client.send(&message).await?;
//!
//! let received = sandbox.received();
//! assert_eq!(received[0].id(), Some(sent.id()));
//! assert_eq!(received[0].message(), Some(&message));
//! # Ok(())
//! # }
//! ```
//!
//! The program `wa-sandbox` does the same for other languages: `wa-sandbox --port 8080`.

mod account;
mod answer;
mod builder;
mod id;
mod log;
mod received;
mod refusal;
mod sandbox;
mod server;

pub use builder::SandboxBuilder;
pub use received::Received;
pub use sandbox::Sandbox;
