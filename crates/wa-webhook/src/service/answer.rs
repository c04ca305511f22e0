//! From a request to its answer.

use std::{
    convert::Infallible,
    fmt,
    future::{Future, poll_fn},
    pin::{Pin, pin},
    sync::Arc,
    task::{Context, Poll},
};

use bytes::Bytes;
use http::{
    HeaderValue, Method, Request, Response, StatusCode,
    header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, HeaderMap, HeaderName, X_CONTENT_TYPE_OPTIONS},
};
use http_body::Body;
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use tokio::time::{Instant, timeout_at};
use tower_service::Service;

use super::{BoxError, BoxFuture, Report, builder::Settings, caught::shielded};
use crate::{SIGNATURE_HEADER, Signature, SignatureError};

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
        self.0.answer(self.0.look(request)).await
    }
}

/// What is to be done with a request, as far as its head says.
enum Looked<B> {
    Answered(Answer),
    /// It is taken if this is the signature of the body.
    Taken(Signature, B),
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
            Err(error) => self.refuse(&Report::Handshake(error)),
        }
    }

    /// Looks at the head of a request: at the method, the signature and the length, each before the next.
    fn look<B: Body>(&self, request: Request<B>) -> Looked<B> {
        match *request.method() {
            Method::GET => {
                Looked::Answered(self.shake_hands(request.uri().query().unwrap_or_default()))
            }
            Method::POST => match signature(request.headers()) {
                Err(report) => Looked::Answered(self.refuse(&report)),
                Ok(_) if self.is_too_long(request.body()) => {
                    Looked::Answered(self.refuse(&Report::LongBody(self.limit)))
                }
                Ok(signature) => Looked::Taken(signature, request.into_body()),
            },
            _ => {
                let mut answer = self.refuse(&Report::Method);
                answer.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, POST"));
                Looked::Answered(answer)
            }
        }
    }

    /// Reads the body of a request that was looked at, and answers.
    async fn answer<B>(&self, looked: Looked<B>) -> Answer
    where
        B: Body<Error: Into<BoxError>> + Send,
    {
        let (signature, body) = match looked {
            Looked::Answered(answer) => return answer,
            Looked::Taken(signature, body) => (signature, body),
        };
        let body = match self.body(body).await {
            Ok(body) => body,
            Err(report) => return self.refuse(&report),
        };
        match self.verifier.matches(&signature, &body) {
            Ok(()) => only(self.deliver(body).await),
            Err(error) => self.refuse(&Report::Signature(error)),
        }
    }

    fn refuse(&self, report: &Report) -> Answer {
        self.report(report);
        only(status(report))
    }

    fn is_too_long<B: Body>(&self, body: &B) -> bool {
        usize::try_from(body.size_hint().lower()).map_or(true, |length| length > self.limit)
    }

    async fn body<B>(&self, body: B) -> Result<Bytes, Report>
    where
        B: Body<Error: Into<BoxError>> + Send,
    {
        let body = pin!(Limited::new(body, self.limit).collect());
        let body = in_time(|| self.deadline(), body).await;
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

    pub(super) fn report(&self, report: &Report) {
        #[cfg(feature = "tracing")]
        report.log();
        match (&self.report, &self.aloud) {
            (Some(tell), _) => shielded(|| tell(report)),
            (None, Some(aloud)) if !is_logged() => shielded(|| aloud.say(report)),
            _ => {}
        }
    }
}

/// Whether somebody reads the log.
fn is_logged() -> bool {
    #[cfg(feature = "tracing")]
    return tracing::dispatcher::has_been_set();
    #[cfg(not(feature = "tracing"))]
    false
}

/// Waits for a future, and gives nothing if the time is over first.
pub(super) async fn in_time<T>(
    deadline: impl FnOnce() -> Option<Instant>,
    mut future: Pin<&mut impl Future<Output = T>>,
) -> Option<T> {
    // Mostly all is there, and nobody has to look at the clock.
    let now = poll_fn(|context| {
        Poll::Ready(match future.as_mut().poll(context) {
            Poll::Ready(value) => Some(value),
            Poll::Pending => None,
        })
    });
    if let Some(value) = now.await {
        return Some(value);
    }
    match deadline() {
        None => Some(future.await),
        // In a box, which makes every future smaller that may wait for one.
        Some(deadline) => Box::pin(timeout_at(deadline, future)).await.ok(),
    }
}

/// The header with the signature, ready to be looked for.
static SIGNATURE: HeaderName = HeaderName::from_static(SIGNATURE_HEADER);

/// The signature that a request claims to have. The API sends one, so of several somebody else has added some, and nobody
/// can say which one a proxy before us has looked at.
fn signature(headers: &HeaderMap) -> Result<Signature, Report> {
    let mut all = headers.get_all(&SIGNATURE).iter().map(HeaderValue::as_bytes);
    let header = all.next();
    if all.next().is_some() {
        return Err(Report::Signature(SignatureError::Several));
    }
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
        Report::Unreadable(_)
        | Report::Unknown { .. }
        | Report::Invalid { .. }
        | Report::LeftOut { .. }
        | Report::More { .. } => StatusCode::OK,
        Report::Failed { .. }
        | Report::Panicked { .. }
        | Report::TookTooLong
        | Report::HungUp { .. }
        | Report::Seen(_) => StatusCode::INTERNAL_SERVER_ERROR,
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
        let settings = Arc::clone(&self.0);
        let looked = settings.look(request);
        Box::pin(async move { Ok(settings.answer(looked).await) })
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
