//! From a request to its answer.

use std::{
    convert::Infallible,
    fmt,
    future::Future,
    sync::Arc,
    task::{Context, Poll},
};

use bytes::Bytes;
use http::{
    HeaderValue, Method, Request, Response, StatusCode,
    header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, HeaderMap, X_CONTENT_TYPE_OPTIONS},
};
use http_body::Body;
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use tokio::time::{Instant, timeout_at};
use tower_service::Service;

use super::{BoxError, BoxFuture, Report, builder::Settings};
use crate::{SIGNATURE_HEADER, Signature};

/// Takes webhooks. [`service`](super::service()) makes it.
///
/// A clone is cheap, and is the same service.
#[derive(Clone)]
pub struct WebhookService(Arc<Settings>);

/// The answer to a request.
type Answer = Response<Full<Bytes>>;

impl WebhookService {
    pub(super) fn new(settings: Settings) -> Self {
        Self(Arc::new(settings))
    }

    /// Answers a request: what a server without `tower` calls.
    pub async fn answer<B>(&self, request: Request<B>) -> Response<Full<Bytes>>
    where
        B: Body<Error: Into<BoxError>> + Send,
    {
        let settings = &*self.0;
        match *request.method() {
            Method::GET => settings.shake_hands(request.uri().query().unwrap_or_default()),
            Method::POST => settings.take(request).await.unwrap_or_else(|report| {
                let status = status(&report);
                settings.report(&report);
                only(status)
            }),
            _ => {
                settings.report(&Report::Method);
                let mut answer = only(StatusCode::METHOD_NOT_ALLOWED);
                answer.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, POST"));
                answer
            }
        }
    }
}

impl Settings {
    fn shake_hands(&self, query: &str) -> Answer {
        match self.token.answer(query) {
            Ok(challenge) => {
                let mut answer = Response::new(Full::from(challenge.into_string()));
                // The text is the caller's.
                for (name, value) in [
                    (CONTENT_TYPE, "text/plain; charset=utf-8"),
                    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
                    (CACHE_CONTROL, "no-store"),
                ] {
                    answer.headers_mut().insert(name, HeaderValue::from_static(value));
                }
                answer
            }
            Err(error) => {
                let report = Report::Handshake(error);
                self.report(&report);
                only(status(&report))
            }
        }
    }

    /// Takes a request, from its header over its length and its body to its signature. Each is looked at before the next.
    async fn take<B>(&self, request: Request<B>) -> Result<Answer, Report>
    where
        B: Body<Error: Into<BoxError>> + Send,
    {
        let signature = signature(request.headers())?;
        let body = self.body(request.into_body()).await?;
        self.verifier.matches(&signature, &body).map_err(Report::Signature)?;
        Ok(only(self.deliver(body).await))
    }

    async fn body<B>(&self, body: B) -> Result<Bytes, Report>
    where
        B: Body<Error: Into<BoxError>> + Send,
    {
        let at_least = body.size_hint().lower();
        if usize::try_from(at_least).map_or(true, |length| length > self.limit) {
            return Err(Report::LongBody(self.limit));
        }
        let body = self.in_time(self.deadline(), Limited::new(body, self.limit).collect()).await;
        match body.ok_or(Report::SlowBody)? {
            Ok(body) => Ok(body.to_bytes()),
            Err(error) if error.is::<LengthLimitError>() => Err(Report::LongBody(self.limit)),
            Err(_) => Err(Report::BrokenBody),
        }
    }

    /// When the time is over that begins now.
    pub(super) fn deadline(&self) -> Option<Instant> {
        self.within.and_then(|time| Instant::now().checked_add(time))
    }

    /// Waits for a future, and gives nothing if the time is over first.
    pub(super) async fn in_time<T>(
        &self,
        deadline: Option<Instant>,
        future: impl Future<Output = T>,
    ) -> Option<T> {
        match deadline {
            None => Some(future.await),
            Some(deadline) => timeout_at(deadline, future).await.ok(),
        }
    }

    pub(super) fn report(&self, report: &Report) {
        #[cfg(feature = "tracing")]
        report.log();
        if let Some(tell) = &self.report {
            tell(report);
        }
    }
}

/// The signature that a request claims to have.
fn signature(headers: &HeaderMap) -> Result<Signature, Report> {
    let header = headers.get(SIGNATURE_HEADER).map(HeaderValue::as_bytes);
    Signature::from_header(header).map_err(Report::Signature)
}

/// The answer to what a report is about.
fn status(report: &Report) -> StatusCode {
    match report {
        Report::Signature(_) => StatusCode::UNAUTHORIZED,
        Report::Handshake(_) => StatusCode::FORBIDDEN,
        Report::Method => StatusCode::METHOD_NOT_ALLOWED,
        Report::BrokenBody => StatusCode::BAD_REQUEST,
        Report::SlowBody => StatusCode::REQUEST_TIMEOUT,
        Report::LongBody(_) => StatusCode::PAYLOAD_TOO_LARGE,
        Report::Unreadable(_) | Report::Unknown { .. } | Report::Invalid { .. } => StatusCode::OK,
        Report::Failed { .. } | Report::Panicked { .. } | Report::TookTooLong | Report::Seen(_) => {
            StatusCode::INTERNAL_SERVER_ERROR
        }
    }
}

/// An answer without a body.
fn only(status: StatusCode) -> Answer {
    let mut answer = Response::new(Full::default());
    *answer.status_mut() = status;
    answer
}

impl<B> Service<Request<B>> for WebhookService
where
    B: Body<Data: Send, Error: Into<BoxError>> + Send + 'static,
{
    type Response = Response<Full<Bytes>>;
    type Error = Infallible;
    type Future = BoxFuture<'static, Result<Self::Response, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let this = self.clone();
        Box::pin(async move { Ok(this.answer(request).await) })
    }
}

impl fmt::Debug for WebhookService {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebhookService")
            .field("verifier", &self.0.verifier)
            .field("limit", &self.0.limit)
            .field("within", &self.0.within)
            .finish_non_exhaustive()
    }
}
