//! Requests, their answers, and who handles what.

#![allow(clippy::unwrap_used)]

mod beside;
mod bodies;
mod chaos;
mod gone;
mod handled;
mod hostile;
mod odd;
mod refused;
mod slow;
mod storm;
mod waiting;
mod ways;

use std::{
    future::poll_fn,
    pin::pin,
    sync::{Arc, Mutex},
    task::Poll,
};

use bytes::Bytes;
use http::{Method, Request, Response};
use http_body_util::Full;
use serde_json::{Value, json};

use super::*;
use crate::{MemorySeen, SIGNATURE_HEADER};

const SECRET: &str = "hook-test-secret";
const TOKEN: &str = "verify-test-token";
const NUMBER: &str = "700100";

/// Lines that were written down.
#[derive(Clone, Default)]
struct Notes(Arc<Mutex<Vec<String>>>);

impl Notes {
    #[allow(clippy::needless_pass_by_value)] // So that it takes whatever is at hand.
    fn note(&self, line: impl ToString) {
        self.0.lock().unwrap().push(line.to_string());
    }

    fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

fn verifier() -> Verifier {
    Verifier::new([SECRET]).unwrap()
}

fn builder() -> WebhookBuilder {
    service(verifier(), VerifyToken::new(TOKEN).unwrap())
}

/// A service that writes down what it reports.
fn reporting(builder: WebhookBuilder) -> (WebhookService, Notes) {
    let reports = Notes::default();
    let of_service = reports.clone();
    (builder.report(move |report| of_service.note(report)).build(), reports)
}

/// The request with this body, signed.
fn signed(body: impl Into<Vec<u8>>) -> Request<Full<Bytes>> {
    let body = body.into();
    let signature = verifier().sign(&body);
    request(Method::POST, "/webhook", &[(SIGNATURE_HEADER, &signature)], body)
}

fn request(
    method: Method,
    uri: &str,
    headers: &[(&str, &str)],
    body: impl Into<Bytes>,
) -> Request<Full<Bytes>> {
    let mut request = Request::builder().method(method).uri(uri);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(Full::new(body.into())).unwrap()
}

async fn status<B>(service: &WebhookService, request: Request<B>) -> u16
where
    B: http_body::Body<Error: Into<BoxError>> + Send,
{
    answer(service, request).await.status().as_u16()
}

/// The status, unless the caller hangs up after so many polls.
async fn status_within(
    mut polls: usize,
    service: &WebhookService,
    request: Request<Full<Bytes>>,
) -> Option<u16> {
    let mut answer = pin!(service.answer(request));
    poll_fn(|context| {
        polls -= 1;
        match answer.as_mut().poll(context) {
            Poll::Ready(answer) => Poll::Ready(Some(answer.status().as_u16())),
            Poll::Pending if polls == 0 => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        }
    })
    .await
}

async fn answer<B>(service: &WebhookService, request: Request<B>) -> Response<Full<Bytes>>
where
    B: http_body::Body<Error: Into<BoxError>> + Send,
{
    service.answer(request).await
}

/// A webhook with one change in this field.
fn change(field: &str, value: &Value) -> String {
    json!({ "object": "whatsapp_business_account", "entry": [{ "id": "900100", "changes": [
        { "field": field, "value": value },
    ] }] })
    .to_string()
}

/// A webhook with these items in a list of the field `messages`.
fn items(number: &str, list: &str, items: &Value) -> String {
    change("messages", &json!({ "metadata": { "phone_number_id": number }, list: items }))
}

fn text(id: &str) -> Value {
    json!({ "id": id, "from": "15550101", "timestamp": "1790000000", "type": "text", "text": { "body": "Hello" } })
}

fn texts(ids: &[&str]) -> String {
    items(NUMBER, "messages", &ids.iter().map(|id| text(id)).collect())
}

#[test]
fn a_service_is_shared_and_shows_no_secret() {
    fn shared<T: Clone + Send + Sync + 'static>(_: &T) {}
    fn sent<T: Send>(_: T) {}
    let shown = format!("{:?} {:?}", builder(), Handlers::new());
    let service = builder().build();
    shared(&service);
    sent(service.answer(signed("{}")));
    let shown = format!("{shown} {service:?}");
    assert!(!shown.contains(SECRET) && !shown.contains(TOKEN), "{shown}");
}

/// The future of a request is moved several times over, and its memory is had faster if it is small.
#[test]
fn the_future_of_a_request_is_small() {
    use tower_service::Service;

    let mut service = builder().build();
    let size = size_of_val(&*service.call(signed("{}")));
    assert!(size <= 1280, "{size}");
}
