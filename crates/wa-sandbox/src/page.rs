//! The page: a phone in the browser that shows what customers see, and acts as they do.
//!
//! It is drawn here and shown by a script of a few files. Everything that it does is a call of the control. Any web site that
//! somebody has open can send requests to this machine, so the page has the guard of the control, forbids all that is
//! not its own, and knows neither the access token nor the secret of the app.

mod draft;
mod event;
mod journal;
mod stream;

use std::sync::Arc;

use hyper::{
    HeaderMap, Method, Response, StatusCode, Uri,
    header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, HeaderValue},
};
use serde_json::{Value, json};

pub(crate) use self::{
    draft::drawn as draft,
    journal::{Happened, Journal, Outcome},
};
use crate::{body::AnswerBody, control, server, state::State};

/// What a path gives.
struct File {
    path: &'static str,
    kind: &'static str,
    text: fn() -> String,
}

/// A file of the folder `page`, by its name and its type.
macro_rules! file {
    ($path:expr, $name:literal, $kind:literal) => {
        File { path: $path, kind: $kind, text: || include_str!(concat!("page/", $name)).to_owned() }
    };
    ($name:literal, $kind:literal) => {
        file!(concat!("/_sandbox/", $name), $name, $kind)
    };
}

/// The page, and what it loads. Nothing else is loaded by it.
const FILES: [File; 11] = [
    file!("/", "page.html", "text/html; charset=UTF-8"),
    file!("page.css", "text/css; charset=UTF-8"),
    File {
        path: "/_sandbox/message.css",
        kind: "text/css; charset=UTF-8",
        text: || wa_preview::style_sheet().to_owned(),
    },
    file!("acts.js", "text/javascript; charset=UTF-8"),
    file!("asks.js", "text/javascript; charset=UTF-8"),
    file!("base.js", "text/javascript; charset=UTF-8"),
    file!("ledger.js", "text/javascript; charset=UTF-8"),
    file!("listen.js", "text/javascript; charset=UTF-8"),
    file!("names.js", "text/javascript; charset=UTF-8"),
    file!("page.js", "text/javascript; charset=UTF-8"),
    file!("tools.js", "text/javascript; charset=UTF-8"),
];

/// The path of what happens, as it happens.
const EVENTS: &str = "/_sandbox/events";

/// Nothing but the page's own script, style sheets and calls.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
                      connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Returns whether a request is for the page, or for what it loads.
pub(crate) fn is_for(method: &Method, path: &str) -> bool {
    [Method::GET, Method::HEAD].contains(method)
        && (path == EVENTS || FILES.iter().any(|file| file.path == path))
}

/// Answers such a request. The answer to `HEAD` loses its body on the way.
pub(crate) fn answer(
    method: &Method,
    uri: &Uri,
    headers: &HeaderMap,
    state: &Arc<State>,
) -> Response<AnswerBody> {
    if let Some(refusal) = control::refusal(uri, headers, state) {
        return refusal;
    }
    if uri.path() == EVENTS && *method == Method::HEAD {
        // Nobody listens.
        return answered("text/event-stream", AnswerBody::whole(""));
    }
    if uri.path() == EVENTS {
        let from = headers.get("last-event-id").and_then(|id| id.to_str().ok());
        // A page that has closed its connection itself cannot send the header.
        let mut query = server::query(uri);
        let from = from.map(str::to_owned).or_else(|| query.remove("behind"));
        return match stream::body(state, from.as_deref()) {
            Some(body) => answered("text/event-stream", body),
            None => too_many(),
        };
    }
    match FILES.iter().find(|file| file.path == uri.path()) {
        Some(file) => answered(file.kind, AnswerBody::whole((file.text)())),
        None => Response::new(AnswerBody::whole("")),
    }
}

/// Too many pages are open.
fn too_many() -> Response<AnswerBody> {
    let mut response =
        answered("text/plain; charset=UTF-8", AnswerBody::whole("too many pages are open"));
    *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
    response
}

fn answered(kind: &'static str, body: AnswerBody) -> Response<AnswerBody> {
    let mut response = Response::new(body);
    *response.status_mut() = StatusCode::OK;
    for (name, value) in control::HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    for (name, value) in [
        (CONTENT_TYPE, kind),
        (CONTENT_SECURITY_POLICY, POLICY),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Returns what became of the newest messages, so many at most, and of how many that is known.
pub(crate) fn outcomes(state: &State, most: usize) -> Value {
    let (newest, count) = state.journal.newest(most, event::is_outcome);
    let outcomes: Vec<_> = newest.iter().filter_map(|entry| event::outcome(entry)).collect();
    json!({ "outcomes": outcomes, "count": count })
}

/// Returns all that is known of an entry of the journal: the JSON, the macro, and what is wrong or advised.
pub(crate) fn details(state: &State, number: u64) -> Option<Value> {
    let entry = state.journal.get(number)?;
    Some(event::details(&entry, state))
}
