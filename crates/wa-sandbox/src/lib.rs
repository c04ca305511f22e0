//! A local stand-in of the Cloud API of `WhatsApp`, for tests and development.
//!
//! [`Sandbox::start`] serves messages and files on this machine. It checks each request by the rules of `wa-message`,
//! answers as the API does, with its codes of errors, and keeps what it accepted. It [posts webhooks](#webhooks) to your
//! program, and plays the customer. Nothing is sent to anyone.
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
//! # Testing your application with the sandbox
//!
//! Give your application the address of a sandbox as the base address of the API, and let it run. A
//! sandbox is cheap, so each test can have its own. By itself it is polite: it answers at once, accepts
//! what keeps the rules, and has no limits. The rest happens on command.
//!
//! **What arrived.** [`Sandbox::received`] has the newest requests in full, messages and read receipts: 10,000
//! of them, or as many as fit into 64 MiB. [`Sandbox::ledger`] has a few words on each message that was ever
//! accepted, and finds the messages of some `biz_opaque_callback_data` at once.
//!
//! **What goes wrong** is a [`Fault`]: an error code, an error without JSON, no answer, a reset
//! connection, half an answer, a late one. [`Faults`] puts them in an order, or leaves them to chance
//! that a seed repeats; [`Sandbox::fail_next`] and [`Sandbox::set_faults`] change them in the middle of
//! a test.
//!
//! ```
//! use std::time::Duration;
//! use wa_message::{Client, Error, wa_message};
//! use wa_sandbox::{Fault, Sandbox};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let sandbox = Sandbox::start().await?;
//! let client = Client::builder(sandbox.token(), sandbox.phone_number_id())
//!     .base_url(sandbox.base_url())
//!     .timeout(Duration::from_millis(500))
//!     .build()?;
//! let order = wa_message! { <text>
//!     to: "+15550100",
//!     body: "Your order is on its way.",
//!     biz_opaque_callback_data: "order-17",
//! };
//!
//! // The template is not there: the application should tell a person.
//! sandbox.fail_next(1, Fault::Code(132_001));
//! assert!(matches!(client.send(&order).await, Err(Error::Refused(_))));
//! assert!(sandbox.ledger().with_data("order-17").is_empty());
//!
//! // The message arrived, and the answer did not: the application must not send it again.
//! sandbox.fail_next(1, Fault::Stall { accepted: true });
//! assert!(matches!(client.send(&order).await, Err(Error::InDoubt(_))));
//! assert_eq!(sandbox.ledger().with_data("order-17").len(), 1);
//! # Ok(())
//! # }
//! ```
//!
//! **How much, and to whom** is limited by [`Limits`]: messages a second, the rate to one recipient, the
//! 24 hours after a customer wrote, the recipients of a test number. Time is Tokio's, so a test that
//! pauses it (`start_paused`) need not wait.
//!
//! ```
//! use wa_message::{Client, Error, wa_message};
//! use wa_sandbox::{Limits, Sandbox};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let limits = Limits::of_the_api().customer_service_window();
//! let sandbox = Sandbox::builder().limits(limits).start().await?;
//! let client = Client::builder(sandbox.token(), sandbox.phone_number_id())
//!     .base_url(sandbox.base_url())
//!     .build()?;
//! let hello = wa_message! { <text> to: "+15550100", body: "Hello" };
//!
//! assert!(matches!(client.send(&hello).await, Err(Error::Refused(error)) if error.code() == 131_047));
//! sandbox.customer_wrote("+15550100");
//! client.send(&hello).await?;
//! # Ok(())
//! # }
//! ```
//!
//! A request goes through these in turn: the token and the path; the rules; its template; the faults that accept
//! nothing; the limits; the file of the ledger, if there is one; the ledger; the answer, or what goes
//! wrong with it. What breaks a rule is refused whatever the faults say.
//!
//! # Webhooks
//!
//! With [an address](SandboxBuilder::webhook) the sandbox posts webhooks there, signed and escaped as those of the API. Each
//! message that is accepted gets its statuses, also where the answer was lost. A [`Customer`] writes, taps buttons,
//! chooses rows, fills in Flows, reacts, orders and sends files; [`Sandbox::status`] tells what became of a message.
//!
//! ```no_run
//! use wa_sandbox::{Sandbox, Status};
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let sandbox = Sandbox::builder()
//!     .webhook("http://127.0.0.1:3000/webhook", "an-app-secret")
//!     .start()
//!     .await?;
//! let robin = sandbox.customer("+15550100").named("Robin");
//! robin.says("What is there today?")?;
//! let list = robin.gets().await?;
//! robin.chooses("rye")?;
//! sandbox.status(list.id().unwrap_or_default(), Status::Failed(131_026))?;
//! // All of it is taken.
//! sandbox.settled().await;
//! # Ok(())
//! # }
//! ```
//!
//! A delivery comes again until it is answered with 200. [`WebhookFaults`] repeat, reorder, delay, drop and cut deliveries,
//! and lose their answers; [`Webhooks::batches`] makes one of many updates; [`Fault::StatusFirst`] tells of a message
//! before the answer to it is sent. [`Sandbox::deliveries`] says what the receiver took.
//!
//! # Files
//!
//! Files are uploaded, looked up, downloaded and deleted as those of the API, and samples go up in parts. Types, sizes and
//! content are checked by the description of the API. An address lives for 5 minutes, and a download needs the token and a
//! `User-Agent`. What a [customer sends](Customer::sends) lies there too. [`Sandbox::media`] has them all.
//!
//! # Templates
//!
//! With [definitions](SandboxBuilder::templates), which are those of the list of the API or what creates them, a message
//! that does not fit its template is refused with the code and the details of the API. Templates are listed, created,
//! edited and deleted over HTTP as there. What is created waits until it is [approved](StoredTemplates::approve),
//! rejected, or [some time has passed](SandboxBuilder::approve_templates_after); templates are paused, disabled and
//! rated on command, and each change is told by its webhook.
//!
//! ```
//! use wa_message::{Client, Error, wa_message};
//! use wa_sandbox::Sandbox;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let menu = r#"{
//!     "name": "menu", "language": "en_US", "category": "MARKETING",
//!     "components": [
//!         { "type": "HEADER", "format": "IMAGE" },
//!         { "type": "BODY", "text": "This is what we bake today." }
//!     ]
//! }"#;
//! let sandbox = Sandbox::builder().templates(menu).start().await?;
//! let client = Client::builder(sandbox.token(), sandbox.phone_number_id())
//!     .base_url(sandbox.base_url())
//!     .build()?;
//!
//! // The picture is forgotten.
//! let message = wa_message! { <template> to: "+15550100", name: "menu", language: "en_US" };
//! let Err(Error::Refused(refusal)) = client.send(&message).await else { panic!() };
//! assert_eq!(refusal.code(), 132_012);
//! assert_eq!(
//!     refusal.details(),
//!     Some("header: Format mismatch, expected IMAGE, received UNKNOWN"),
//! );
//! # Ok(())
//! # }
//! ```
//!
//! # Control over HTTP
//!
//! All of this is there for other languages under `/_sandbox`, as JSON: `GET /_sandbox` lists the paths with bodies that they take, and
//! `openapi/sandbox.yaml` in the repository describes them.
//! It takes requests of this machine alone, under its own names and from no web site but its own. With a
//! [password](SandboxBuilder::password), other machines may call it too.
//!
//! ```text
//! curl -H 'content-type: application/json' -d '{"action":{"says":"Hello"}}' \\
//!     http://127.0.0.1:8080/_sandbox/customers/+15550100
//! ```
//!
//! # The program
//!
//! `wa-sandbox` does the same for other languages, and for a process that is to be killed in a test:
//! `wa-sandbox --port 8080 --faults faults.toml --forward-to http://localhost:3000/webhook`. `--help` explains it,
//! `Setup` the file of faults, and [`SandboxBuilder::ledger_file`] that of the ledger. Both are there
//! with the feature `program`, which is on by default; without it the crate needs no TOML.
//!
//! # What it does not do
//!
//! It delivers nothing to anyone. It does not know which products and Flows exist, nor whether a message names
//! a file that does. Of a template that a customer taps, the payload of a quick reply stands in for its text. No
//! template is rejected by itself. Of the limits of the API it has those above, and [rates of templates](Limits::template_rates). Groups have no members, so each of their messages gets one status of a kind.

mod account;
mod answer;
mod body;
mod builder;
mod control;
mod customer;
mod decide;
mod faults;
#[allow(clippy::unreadable_literal)] // Nobody reads it.
#[rustfmt::skip] // The generator formats it.
mod generated;
mod hooks;
mod id;
mod kept;
mod ledger;
mod limits;
mod log;
mod media;
#[cfg(feature = "page")]
mod page;
#[cfg(feature = "program")]
#[cfg_attr(docsrs, doc(cfg(feature = "program")))]
pub mod program;
mod received;
mod recipe;
mod refusal;
mod sandbox;
mod server;
mod socket;
mod state;
mod status;
mod templates;

pub use builder::SandboxBuilder;
pub use customer::{ActionError, Attachment, Customer, OrderedItem};
pub use faults::{Fault, Faults};
#[cfg(feature = "program")]
pub use faults::{FaultsError, Setup};
pub use generated::customer::Status;
pub use hooks::{Attempt, Delivery, DeliveryState, WebhookFault, WebhookFaults, Webhooks};
pub use ledger::{Accepted, Ledger};
pub use limits::Limits;
pub use media::StoredMedia;
pub use received::Received;
pub use sandbox::Sandbox;
pub use templates::{StoredTemplate, StoredTemplates};
