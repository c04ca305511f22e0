//! The sandbox on the network.

use std::{collections::HashMap, future, pin::pin, sync::Arc, task::Poll, time::Duration};

use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::{
    Request, Response, StatusCode, Uri,
    body::{Body, Bytes, Incoming},
    header::{ALLOW, CONTENT_LENGTH, CONTENT_TYPE, HeaderValue, WWW_AUTHENTICATE},
    server::conn::http1,
    service::service_fn,
};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore},
    time,
};

use crate::{
    account::{judge, versioned},
    body::{AnswerBody, Broken},
    control,
    decide::{Decision, Ending, decide},
    log, media,
    received::Received,
    refusal::Refusal,
    socket::{Reset, Socket},
    state::State,
    templates,
};

/// How long a body may be, in bytes. The longest message that the rules allow is much shorter.
const BODY_AT_MOST: usize = 1024 * 1024;
/// How long the head of a request may be, in bytes.
const HEAD_AT_MOST: usize = 16 * 1024;
/// How much a connection reads ahead, in bytes.
const BUFFER_AT_MOST: usize = 64 * 1024;
/// How many connections there are at once. Others wait until one of them ends.
const CONNECTIONS_AT_MOST: usize = 512;
/// How long a head, or a body, may take to arrive. A connection that is idle for as long ends.
const READING_AT_MOST: Duration = Duration::from_secs(30);

/// How long an answer waits for the first status on command.
const STATUS_WITHIN: Duration = Duration::from_secs(5);

/// Serves until it is told to stop or aborted. Open requests are finished then, and who tells it to stop
/// can wait for them.
pub(crate) async fn serve(listener: TcpListener, state: Arc<State>) {
    // When this is dropped, each connection ends after its current request.
    let shutdown = GracefulShutdown::new();
    let connections = Arc::new(Semaphore::new(CONNECTIONS_AT_MOST));
    while let Some((stream, permit)) = accept(&listener, &connections, &state).await {
        // A small answer should not wait for more to come. Without it, all is just slower.
        let _ = stream.set_nodelay(true);
        let state = Arc::clone(&state);
        let reset = Reset::default();
        let io = TokioIo::new(Socket::new(stream, reset.clone()));
        let service = service_fn(move |request| {
            let (state, reset) = (Arc::clone(&state), reset.clone());
            async move { respond(request, &state, &reset).await }
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(READING_AT_MOST)
            .max_header_size(HEAD_AT_MOST)
            .max_buf_size(BUFFER_AT_MOST)
            .serve_connection(io, service);
        let connection = shutdown.watch(connection);
        tokio::spawn(async move {
            // A connection that breaks is the other side's to notice.
            let _ = connection.await;
            drop(permit);
        });
    }
    drop(listener);
    shutdown.shutdown().await;
}

/// Waits for the next connection. There is none when the sandbox stops.
async fn accept(
    listener: &TcpListener,
    connections: &Arc<Semaphore>,
    state: &State,
) -> Option<(TcpStream, OwnedSemaphorePermit)> {
    let mut stop = pin!(state.stopped());
    let mut next = pin!(async {
        // It is never closed.
        let permit = Arc::clone(connections).acquire_owned().await.ok()?;
        loop {
            match listener.accept().await {
                Ok((stream, _)) => return Some((stream, permit)),
                // Too many open files, as a rule. Some will be closed.
                Err(_) => time::sleep(Duration::from_millis(20)).await,
            }
        }
    });
    future::poll_fn(|cx| match stop.as_mut().poll(cx) {
        Poll::Ready(()) => Poll::Ready(None),
        Poll::Pending => next.as_mut().poll(cx),
    })
    .await
}

/// The error breaks the connection.
async fn respond(
    request: Request<Incoming>,
    state: &Arc<State>,
    reset: &Reset,
) -> Result<Response<AnswerBody>, Broken> {
    #[cfg(feature = "page")]
    if crate::page::is_for(request.method(), request.uri().path()) {
        let (method, uri) = (request.method(), request.uri());
        return Ok(crate::page::answer(method, uri, request.headers(), state));
    }
    if is_under(request.uri().path(), control::PREFIX) {
        return Ok(control::answer(request, state).await);
    }
    let path = request.uri().path();
    if let Some(route) = templates::Route::of(versioned(path), request.method(), state) {
        return Ok(templates::answer(route, request, state).await);
    }
    if let Some(route) = media::Route::of(path, versioned(path)) {
        return Ok(media::answer(route, request, state).await);
    }
    let (head, body) = request.into_parts();
    let received = match state.account.admit(&head.method, &head.uri, &head.headers) {
        Ok(phone_number_id) => receive(phone_number_id, body, state).await,
        Err(refusal) => {
            #[cfg(feature = "page")]
            note_stranger(&head, &refusal, state);
            Err(refusal)
        }
    };
    let decision = received.and_then(|received| {
        let decision = decide(&received, state);
        #[cfg(feature = "page")]
        if let Err(refusal) = &decision {
            let (id, body) = (received.phone_number_id(), received.body());
            let kind = Some(received.kind());
            note_refused(state, id.to_owned(), body.clone(), kind, refusal);
        }
        let decision = decision?;
        (state.log)(&log::of_decision(&received, &decision));
        #[cfg(feature = "page")]
        note(state, received, &decision);
        Ok(decision)
    });
    match decision {
        Ok(Decision { ending, .. }) => end(ending, state, reset).await,
        Err(refusal) => {
            (state.log)(&log::of_refusal(&head.method, &head.uri, &refusal));
            Ok(refused(&refusal, state))
        }
    }
}

/// The answer to a request that is refused.
pub(crate) fn refused(refusal: &Refusal, state: &State) -> Response<AnswerBody> {
    let json = refusal.to_json(&state.ids.trace());
    let mut response = response(refusal.status(), AnswerBody::whole(json.to_string()));
    if !refusal.methods().is_empty()
        && let Ok(allow) = HeaderValue::try_from(refusal.methods().join(", "))
    {
        response.headers_mut().insert(ALLOW, allow);
    }
    response
}

/// The query of an address. Of a name that comes twice, the last counts.
pub(crate) fn query(uri: &Uri) -> HashMap<String, String> {
    form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes()).into_owned().collect()
}

/// Whether a path is this one, or lies under it.
fn is_under(path: &str, prefix: &str) -> bool {
    path.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

async fn end(ending: Ending, state: &State, reset: &Reset) -> Result<Response<AnswerBody>, Broken> {
    match ending {
        Ending::Json(status, json) => Ok(response(status, AnswerBody::whole(json))),
        Ending::Html(status, html) => {
            let mut response = response(status, AnswerBody::whole(html));
            let html = HeaderValue::from_static("text/html; charset=UTF-8");
            response.headers_mut().insert(CONTENT_TYPE, html);
            Ok(response)
        }
        Ending::Late(wait, json) => {
            time::sleep(wait).await;
            Ok(response(StatusCode::OK, AnswerBody::whole(json)))
        }
        Ending::AfterStatus(hears, json) => {
            if let Some(hears) = hears {
                // That nobody tells any more ends it too.
                let _ = time::timeout(STATUS_WITHIN, hears).await;
            }
            Ok(response(StatusCode::OK, AnswerBody::whole(json)))
        }
        Ending::Cut(json) => {
            let json = Bytes::from(json);
            let mut response = response(StatusCode::OK, AnswerBody::half_of(&json));
            response.headers_mut().insert(CONTENT_LENGTH, json.len().into());
            Ok(response)
        }
        // It ends when the sender closes the connection, or the sandbox stops.
        Ending::Stall => {
            state.stopped().await;
            Err(Broken)
        }
        Ending::Reset => {
            reset.order();
            Err(Broken)
        }
    }
}

async fn receive(id: String, body: Incoming, state: &State) -> Result<Received, Refusal> {
    let (body, received) = match read(body).await {
        Ok(body) => {
            let received = judge(id.clone(), &body, &state.ids).and_then(|received| {
                if let Some(message) = received.message() {
                    templates::check(message, &state.templates)?;
                }
                Ok(received)
            });
            (body, received)
        }
        Err(refusal) => (Bytes::new(), Err(refusal)),
    };
    if let Err(refusal) = &received {
        note_unread(state, id, &body, refusal);
    }
    received
}

/// Notes a request that was refused for the page. One that cannot be read is seen too, for that is what somebody looks for.
#[cfg(feature = "page")]
fn note_unread(state: &State, phone_number_id: String, body: &[u8], refusal: &Refusal) {
    let body = serde_json::from_slice(body).unwrap_or_default();
    note_refused(state, phone_number_id, body, None, refusal);
}

/// Without the page, nobody sees it.
#[cfg(not(feature = "page"))]
fn note_unread(_: &State, _: String, _: &[u8], _: &Refusal) {}

/// Notes a request that was refused for the page.
#[cfg(feature = "page")]
fn note_refused(
    state: &State,
    phone_number_id: String,
    body: serde_json::Value,
    kind: Option<&'static str>,
    refusal: &Refusal,
) {
    state.journal.add(crate::page::Happened::Refused {
        body,
        kind,
        phone_number_id,
        code: refusal.code(),
        details: refusal.details().to_owned(),
    });
}

/// Notes a request whose token or path is another for the page, unless a web site has sent it.
#[cfg(feature = "page")]
fn note_stranger(head: &hyper::http::request::Parts, refusal: &Refusal, state: &State) {
    if head.method == hyper::Method::POST
        && !control::is_from_elsewhere(&head.uri, &head.headers, state)
    {
        note_refused(state, String::new(), serde_json::Value::Null, None, refusal);
    }
}

/// Notes what became of a request for the page.
#[cfg(feature = "page")]
fn note(state: &State, received: Received, decision: &Decision) {
    let fault = decision.fault.as_ref().map(ToString::to_string);
    let told = crate::page::Outcome::by(decision.fault.as_ref());
    let accepted = decision.accepted;
    state.journal.add(crate::page::Happened::Sent { received, accepted, fault, told });
    state.tell_armed();
}

/// Whether a body says of itself that it is longer, before any of it is read.
pub(crate) fn announces_more<B: Body>(body: &B, most: usize) -> bool {
    body.size_hint().lower() > most as u64
}

/// Reads a body in one piece.
pub(crate) async fn read(body: Incoming) -> Result<Bytes, Refusal> {
    if announces_more(&body, BODY_AT_MOST) {
        return Err(Refusal::too_large(BODY_AT_MOST));
    }
    let body = Limited::new(body, BODY_AT_MOST).collect();
    let Ok(body) = time::timeout(READING_AT_MOST, body).await else {
        return Err(Refusal::late_body(READING_AT_MOST));
    };
    match body {
        Ok(body) => Ok(body.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(Refusal::too_large(BODY_AT_MOST)),
        Err(_) => Err(Refusal::broken_body()),
    }
}

pub(crate) fn response(status: StatusCode, body: AnswerBody) -> Response<AnswerBody> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json; charset=UTF-8"));
    if status == StatusCode::UNAUTHORIZED {
        headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    response
}
