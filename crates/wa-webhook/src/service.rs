//! Webhooks as a service for an HTTP server.

mod aloud;
mod answer;
#[cfg(feature = "axum")]
mod axum;
mod batch;
mod builder;
mod caught;
mod delivery;
mod handlers;
mod many;
mod noticed;
mod report;
mod store;
mod stream;
mod ticket;
mod underway;

use std::{error::Error, future::Future, pin::Pin};

pub(crate) use self::handlers::{Handle, Handling, boxed, handlers, owned};
pub use self::{
    answer::WebhookService,
    builder::WebhookBuilder,
    handlers::{About, Handled, Handlers},
    report::Report,
    stream::{Deliveries, Delivery},
};
use crate::{Verifier, VerifyToken};

/// Any error.
type BoxError = Box<dyn Error + Send + Sync>;

/// A future in a box.
type BoxFuture<'f, T> = Pin<Box<dyn Future<Output = T> + Send + 'f>>;

/// Makes a service that takes webhooks: it answers handshakes, checks signatures, reads what came, and hands each event to
/// whoever handles it.
///
/// It is a [`tower::Service`](https://docs.rs/tower-service) over `http` types, for any server that has these, and an axum
/// router with the feature `axum`.
///
/// ```
/// use wa_message::webhook::{MemorySeen, VerifyToken, Verifier, service};
///
/// # fn example() -> Result<(), wa_message::webhook::SecretError> {
/// let webhooks = service(Verifier::new(["an-app-secret"])?, VerifyToken::new("a-verify-token")?)
///     .seen(MemorySeen::new())
///     .on_message(|message, about| async move {
///         println!("{:?} wrote {}", about.contact, message.id);
///     })
///     .on_status(|status, _| async move { println!("{} is {}", status.id, status.status.as_str()) })
///     .build();
/// # Ok(())
/// # }
/// ```
///
/// # When to answer
///
/// The API takes nothing but 200, within a few seconds, for taken. Anything else comes again, for up to 7 days. So an event
/// must be kept or handled before the answer, and there are two ways:
///
/// - **Hand over first.** [`hand_over`](WebhookBuilder::hand_over) gets all events of a request at once and puts them where
///   they stay: into a table or a queue. The work is done afterwards, by somebody else, and takes the time that it needs. Do
///   this where work takes long or must not be lost. [`Event::to_json`](crate::Event::to_json) is what to keep, and
///   [`Event::key`](crate::Event::key) is what to keep it under.
/// - **Work inside.** The handlers work while the API waits: [`on_message`](WebhookBuilder::on_message) and the others, or a
///   [`stream`](WebhookBuilder::stream). Then [`seen`](WebhookBuilder::seen) keeps what is done from being done again when the
///   request comes once more, and [`within`](WebhookBuilder::within) cuts what takes too long.
///
/// Whoever starts a task and answers at once loses messages whenever the process ends.
///
/// Servers drop the work on a request whose caller hangs up, and with it a handler at its next `await`. That is
/// [reported](Report::HungUp), and the event is handled from its beginning when the request comes again; so what must not be
/// half done is handed over first. With [`seen`](WebhookBuilder::seen) its claim is given back, without waiting: where a
/// request is dropped, nothing can wait. [`MemorySeen`](crate::MemorySeen) needs no waiting. Of a store that does, everything
/// up to its first wait in [`release`](crate::Seen::release) is done, and the claim may stay until its lease ends. It always
/// stays if the store is just being asked for it, and if the event was handled and the store is just being told.
///
/// The events of one request are handled one after the other, in their order. When one fails, the others are handled all the
/// same. One that stands twice in a request is handled once.
///
/// A store is asked for up to 32 claims of a request at once, and while handlers are at work. When its time is over, what is
/// claimed by then is handled or handed over, and the answer is 500 for the rest, so that each delivery gets further: half of
/// the time of a [`hand_over`](WebhookBuilder::hand_over) is for claims, and what was done of a request that was cut is known
/// without the store when it comes again.
///
/// # What it answers
///
/// | what came | answer |
/// |---|---|
/// | events that were handled now or before, or that nobody handles | 200 |
/// | a signed body that cannot be read; it is [reported](WebhookBuilder::report) | 200 |
/// | a handshake with the right token | 200 with the challenge |
/// | another handshake | 403 |
/// | no signature, or a wrong one | 401 |
/// | a method other than `GET` and `POST` | 405 |
/// | a body that breaks off; nobody may be there to read this | 400 |
/// | a body that does not come in [time](WebhookBuilder::within) | 408 |
/// | a body that is [too long](WebhookBuilder::limit) | 413 |
/// | an event whose handler failed, panicked or took too long | 500 |
/// | an event that is being handled for another request | 503 |
///
/// The signature's header is looked at before the body is read.
pub fn service(verifier: Verifier, token: VerifyToken) -> WebhookBuilder {
    WebhookBuilder::new(verifier, token)
}

#[cfg(test)]
mod tests;
