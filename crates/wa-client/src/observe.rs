//! The traces and metrics of a request.
//!
//! They show neither the token, nor the recipient, nor the body, unless the builder was asked to show one of the
//! latter two. The texts of an answer are not shown either: they may quote the request. Its ids are, in one
//! line and cut.

#![cfg_attr(
    not(all(feature = "tracing", feature = "metrics")),
    allow(unused_variables, clippy::unused_self)
)]

use std::{future::Future, time::Duration};

use tokio::time::Instant;
#[cfg(feature = "tracing")]
use wa_message_core::__shared::OneLine;
use wa_message_core::{Message, ThrottleScope};

use super::{error::Error, sent::Sent};

/// What an accepted request has given.
pub(super) trait Accepted {
    /// The WAMID of the message.
    #[cfg_attr(not(feature = "tracing"), allow(dead_code))]
    fn wamid(&self) -> Option<&str> {
        None
    }
}

impl Accepted for Sent {
    fn wamid(&self) -> Option<&str> {
        Some(self.id())
    }
}

impl Accepted for () {}

/// The kind of a message, where somebody asked for it: of a message that the macro wrote, its data would
/// have to be read.
pub(super) fn kind(message: &Message) -> &'static str {
    if cfg!(any(feature = "tracing", feature = "metrics")) { message.kind().as_str() } else { "" }
}

/// What is shown beyond the usual.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Shown {
    #[cfg(feature = "tracing")]
    pub(super) recipient: bool,
    #[cfg(feature = "tracing")]
    pub(super) body: bool,
}

impl Shown {
    /// Whether spans show the recipient.
    pub(super) fn shows_recipient(self) -> bool {
        #[cfg(feature = "tracing")]
        return self.recipient;
        #[cfg(not(feature = "tracing"))]
        false
    }
}

/// Watches one request.
#[derive(Clone, Copy)]
pub(super) struct Observer<'r> {
    #[cfg_attr(not(any(feature = "tracing", feature = "metrics")), allow(dead_code))]
    kind: &'static str,
    #[cfg(feature = "tracing")]
    span: &'r tracing::Span,
    #[cfg(not(feature = "tracing"))]
    span: std::marker::PhantomData<&'r ()>,
}

/// The span of a request, or nothing where nobody asked for it.
pub(super) struct Span {
    #[cfg(feature = "tracing")]
    span: tracing::Span,
}

impl Span {
    pub(super) fn new(
        kind: &'static str,
        phone_number_id: &str,
        to: Option<&str>,
        body: &dyn Fn() -> Vec<u8>,
        shown: Shown,
    ) -> Self {
        #[cfg(feature = "tracing")]
        {
            use tracing::field::Empty;

            let span = tracing::debug_span!(
                target: "wa_message",
                "send",
                kind,
                phone_number_id,
                to = Empty,
                body = Empty,
            );
            if shown.recipient
                && let Some(to) = to
            {
                span.record("to", to);
            }
            if shown.body && !span.is_disabled() {
                span.record("body", &*String::from_utf8_lossy(&body()));
            }
            Self { span }
        }
        #[cfg(not(feature = "tracing"))]
        Self {}
    }

    /// The observer of the request that the span is about.
    pub(super) fn observer(&self, kind: &'static str) -> Observer<'_> {
        Observer {
            kind,
            #[cfg(feature = "tracing")]
            span: &self.span,
            #[cfg(not(feature = "tracing"))]
            span: std::marker::PhantomData,
        }
    }

    /// The future, with everything in it inside of the span.
    #[cfg(feature = "tracing")]
    pub(super) fn around<F: Future>(&self, future: F) -> impl Future<Output = F::Output> {
        tracing::Instrument::instrument(future, self.span.clone())
    }

    /// The future.
    #[cfg(not(feature = "tracing"))]
    pub(super) fn around<F: Future>(&self, future: F) -> F {
        future
    }
}

impl Observer<'_> {
    /// An attempt has come to its end.
    pub(super) fn attempted<T: Accepted>(
        &self,
        number: u32,
        start: Instant,
        result: &Result<T, Error>,
    ) {
        #[cfg(feature = "metrics")]
        {
            let outcome = outcome(result);
            metrics::counter!("wa_message_attempts_total", "kind" => self.kind, "outcome" => outcome)
                .increment(1);
            metrics::histogram!(
                "wa_message_attempt_duration_seconds",
                "kind" => self.kind,
                "outcome" => outcome
            )
            .record(start.elapsed());
            if let Err(Error::Refused(error) | Error::Throttled(error)) = result {
                metrics::counter!("wa_message_errors_total", "code" => error.code().to_string())
                    .increment(1);
            }
        }
        #[cfg(feature = "tracing")]
        {
            let duration_ms = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
            let (kind, attempt, outcome) = (self.kind, number, outcome(result));
            match result {
                Ok(accepted) => tracing::debug!(
                    target: "wa_message",
                    parent: self.span,
                    kind,
                    attempt,
                    outcome,
                    wamid = accepted.wamid().map(shown),
                    duration_ms,
                    "accepted"
                ),
                Err(error) => tracing::warn!(
                    target: "wa_message",
                    parent: self.span,
                    kind,
                    attempt,
                    outcome,
                    class = error.api_error().map(|refusal| refusal.class().as_str()),
                    code = error.api_error().map(super::ApiError::code),
                    status = error.status(),
                    fbtrace_id = error.fbtrace_id().map(shown),
                    reason = reason(error),
                    duration_ms,
                    "failed"
                ),
            }
        }
    }

    /// There will be another attempt.
    pub(super) fn tries_again(&self, number: u32, pause: Duration) {
        #[cfg(feature = "metrics")]
        metrics::counter!("wa_message_retries_total", "kind" => self.kind).increment(1);
        #[cfg(feature = "tracing")]
        tracing::debug!(
            target: "wa_message",
            parent: self.span,
            kind = self.kind,
            attempt = number,
            pause_ms = u64::try_from(pause.as_millis()).unwrap_or(u64::MAX),
            "tries again"
        );
    }

    /// A limit has left no room in time.
    pub(super) fn held_back(&self, scope: ThrottleScope) {
        #[cfg(feature = "metrics")]
        metrics::counter!(
            "wa_message_held_back_total",
            "kind" => self.kind,
            "scope" => scope.as_str()
        )
        .increment(1);
        #[cfg(feature = "tracing")]
        tracing::warn!(
            target: "wa_message",
            parent: self.span,
            kind = self.kind,
            scope = scope.as_str(),
            "held back"
        );
    }
}

/// A text from outside, as it is shown.
#[cfg(feature = "tracing")]
fn shown(text: &str) -> tracing::field::DisplayValue<OneLine<'_>> {
    tracing::field::display(OneLine { text, at_most: 200 })
}

/// Why an attempt failed, in our words and those of the system. Of what an answer says there is the meaning of
/// its code alone.
#[cfg(feature = "tracing")]
fn reason(error: &Error) -> String {
    use std::error::Error as _;

    if let Some(refusal) = error.api_error() {
        return refusal.error_code().title().to_owned();
    }
    let mut root = error.source().filter(|source| source.is::<reqwest::Error>());
    while let Some(below) = root.and_then(std::error::Error::source) {
        root = Some(below);
    }
    match root {
        None => error.to_string(),
        Some(root) => format!("{error}: {}", OneLine { text: &root.to_string(), at_most: 200 }),
    }
}

/// The name of an outcome.
#[cfg(any(feature = "tracing", feature = "metrics"))]
fn outcome<T>(result: &Result<T, Error>) -> &'static str {
    match result {
        Ok(_) => "accepted",
        Err(Error::Invalid(_)) => "invalid",
        Err(Error::Refused(_)) => "refused",
        Err(Error::Throttled(_)) => "throttled",
        Err(Error::NotSent(_)) => "not_sent",
        Err(Error::InDoubt(_)) => "in_doubt",
        Err(Error::Unreadable(_)) => "unreadable",
        Err(Error::NotMarked) => "not_marked",
        #[cfg(feature = "media")]
        Err(Error::File(_)) => "file",
        #[cfg(feature = "templates")]
        Err(Error::Template(_)) => "definition",
    }
}
