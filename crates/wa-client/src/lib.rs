//! Sends the messages of [`wa-message`](https://docs.rs/wa-message) over HTTP.
//!
//! Programs use it as `wa_message::client`, by the feature `client`, which is on by default. A [`Client`] sends a
//! [`Message`](wa_message_core::Message), and the [`guide`] says what can become of it.
#![cfg_attr(docsrs, feature(doc_cfg))]

mod address;
mod answer;
mod api_error;
mod builder;
pub mod bulk;
#[cfg(any(feature = "media", feature = "templates"))]
mod call;
mod client;
mod deliver;
mod error;
pub mod guide;
#[cfg(any(feature = "media", feature = "templates"))]
mod lenient;
mod limit;
#[cfg(feature = "media")]
#[cfg_attr(docsrs, doc(cfg(feature = "media")))]
pub mod media;
mod observe;
mod retry;
mod sent;
mod setup;
mod slots;
mod stop;
#[cfg(feature = "templates")]
#[cfg_attr(docsrs, doc(cfg(feature = "templates")))]
pub mod templates;
mod tls;
mod token;
mod transport;
mod watch;

pub use self::{
    api_error::ApiError,
    builder::ClientBuilder,
    client::Client,
    error::Error,
    limit::RecipientRate,
    retry::{Attempt, Backoff, Decision, RetryPolicy},
    sent::Sent,
    setup::{HttpError, SetupError},
    transport::{InDoubt, NotSent, Unreadable},
};
/// The HTTP library below, for [`ClientBuilder::configure_http`].
pub use reqwest;
