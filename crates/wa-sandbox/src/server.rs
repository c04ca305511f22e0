//! The sandbox on the network.

use std::{future, sync::Arc, time::Duration};

use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::{
    Request, Response, StatusCode,
    body::{Bytes, Incoming},
    header::{ALLOW, CONTENT_LENGTH, CONTENT_TYPE, HeaderValue, WWW_AUTHENTICATE},
    server::conn::http1,
    service::service_fn,
};
use hyper_util::{rt::TokioIo, server::graceful::GracefulShutdown};
use tokio::{net::TcpListener, time};

use crate::{
    account::judge,
    body::{AnswerBody, Broken},
    fate::{Ending, Fate, decide},
    log,
    received::Received,
    refusal::Refusal,
    sandbox::State,
    socket::{Reset, Socket},
};

/// How long a body may be, in bytes. The longest message that the rules allow is much shorter.
const BODY_AT_MOST: usize = 1024 * 1024;

/// Serves until it is aborted. Open requests are finished then.
pub(crate) async fn serve(listener: TcpListener, state: Arc<State>) {
    // When this is dropped, each connection ends after its current request.
    let shutdown = GracefulShutdown::new();
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // Too many open files, as a rule. Some will be closed.
            time::sleep(Duration::from_millis(20)).await;
            continue;
        };
        // A small answer should not wait for more to come. Without it, all is just slower.
        let _ = stream.set_nodelay(true);
        let state = Arc::clone(&state);
        let reset = Reset::default();
        let io = TokioIo::new(Socket::new(stream, reset.clone()));
        let service = service_fn(move |request| {
            let (state, reset) = (Arc::clone(&state), reset.clone());
            async move { respond(request, &state, &reset).await }
        });
        let connection = http1::Builder::new().serve_connection(io, service);
        // A connection that breaks is the other side's to notice.
        tokio::spawn(shutdown.watch(connection));
    }
}

/// The error breaks the connection.
async fn respond(
    request: Request<Incoming>,
    state: &State,
    reset: &Reset,
) -> Result<Response<AnswerBody>, Broken> {
    let (head, body) = request.into_parts();
    let received = match state.account.admit(&head.method, &head.uri, &head.headers) {
        Ok(phone_number_id) => receive(phone_number_id, body, state).await,
        Err(refusal) => Err(refusal),
    };
    let fate = received.and_then(|received| {
        let fate = decide(&received, state)?;
        (state.log)(&log::of_fate(&received, &fate));
        Ok(fate)
    });
    match fate {
        Ok(Fate { ending, .. }) => end(ending, reset).await,
        Err(refusal) => {
            (state.log)(&log::of_refusal(&head.method, &head.uri, &refusal));
            let json = refusal.to_json(&state.ids.trace());
            Ok(response(refusal.status(), AnswerBody::whole(json.to_string())))
        }
    }
}

async fn end(ending: Ending, reset: &Reset) -> Result<Response<AnswerBody>, Broken> {
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
        Ending::Cut(json) => {
            let json = Bytes::from(json);
            let mut response = response(StatusCode::OK, AnswerBody::half_of(&json));
            response.headers_mut().insert(CONTENT_LENGTH, json.len().into());
            Ok(response)
        }
        // It ends when the sender closes the connection.
        Ending::Stall => future::pending().await,
        Ending::Reset => {
            reset.order();
            Err(Broken)
        }
    }
}

async fn receive(id: String, body: Incoming, state: &State) -> Result<Received, Refusal> {
    match Limited::new(body, BODY_AT_MOST).collect().await {
        Ok(body) => judge(id, &body.to_bytes(), &state.ids),
        Err(error) if error.is::<LengthLimitError>() => Err(Refusal::too_large(BODY_AT_MOST)),
        Err(_) => Err(Refusal::broken_body()),
    }
}

fn response(status: StatusCode, body: AnswerBody) -> Response<AnswerBody> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json; charset=UTF-8"));
    match status {
        StatusCode::UNAUTHORIZED => {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        StatusCode::METHOD_NOT_ALLOWED => {
            headers.insert(ALLOW, HeaderValue::from_static("POST"));
        }
        _ => {}
    }
    response
}
