//! The sandbox on the network.

use std::{convert::Infallible, sync::Arc, time::Duration};

use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::{
    Request, Response, StatusCode,
    body::{Bytes, Incoming},
    header::{ALLOW, CONTENT_TYPE, HeaderValue, WWW_AUTHENTICATE},
    server::conn::http1,
    service::service_fn,
};
use hyper_util::{rt::TokioIo, server::graceful::GracefulShutdown};
use tokio::{net::TcpListener, time};

use crate::{account::judge, answer, log, received::Received, refusal::Refusal, sandbox::State};

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
        let service = service_fn(move |request| {
            let state = Arc::clone(&state);
            async move { Ok::<_, Infallible>(respond(request, &state).await) }
        });
        let connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
        // A connection that breaks is the other side's to notice.
        tokio::spawn(shutdown.watch(connection));
    }
}

async fn respond(request: Request<Incoming>, state: &State) -> Response<Full<Bytes>> {
    let (head, body) = request.into_parts();
    let outcome = match state.account.admit(&head.method, &head.uri, &head.headers) {
        Ok(phone_number_id) => receive(phone_number_id, body, state).await,
        Err(refusal) => Err(refusal),
    };
    (state.log)(&log::line(&head.method, &head.uri, &outcome));
    match outcome {
        Ok(received) => {
            let json = answer::to_json(&received);
            state.keep(received);
            response(StatusCode::OK, json.to_string())
        }
        Err(refusal) => {
            let json = refusal.to_json(&state.ids.trace());
            response(refusal.status(), json.to_string())
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

fn response(status: StatusCode, json: String) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::from(json));
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
