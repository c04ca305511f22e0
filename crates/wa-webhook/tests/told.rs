//! Members without their form are told of, and told once.
#![allow(clippy::unwrap_used, missing_docs)]

mod common;

use std::sync::{Arc, Mutex};

use common::{payloads, value};
use serde_json::{Value, json};
use wa_message::webhook::{
    SIGNATURE_HEADER, Verifier, VerifyToken, WebhookService, parse, service,
};

/// A service, and what it reports.
struct Told {
    service: WebhookService,
    verifier: Verifier,
    reports: Arc<Mutex<Vec<String>>>,
    runtime: tokio::runtime::Runtime,
}

impl Told {
    fn new() -> Self {
        let reports = Arc::<Mutex<Vec<String>>>::default();
        let verifier = Verifier::new(["a-secret"]).unwrap();
        let of_service = Arc::clone(&reports);
        let service = service(verifier.clone(), VerifyToken::new("a-token").unwrap())
            .report(move |report| of_service.lock().unwrap().push(report.to_string()))
            .on_event(|_| async {})
            .build();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        Self { service, verifier, reports, runtime }
    }

    /// What is reported of a body.
    fn of(&self, body: &Value) -> Vec<String> {
        let body = body.to_string();
        let request = axum::http::Request::post("/")
            .header(SIGNATURE_HEADER, self.verifier.sign(body.as_bytes()))
            .body(axum::body::Body::from(body))
            .unwrap();
        assert_eq!(self.runtime.block_on(self.service.answer(request)).status().as_u16(), 200);
        std::mem::take(&mut *self.reports.lock().unwrap())
    }
}

/// The pointers to all members and items of a value.
fn places(value: &Value, way: &str, found: &mut Vec<String>) {
    let inner: Vec<(String, &Value)> = match value {
        Value::Object(members) => {
            members.iter().map(|(name, value)| (format!("{way}/{name}"), value)).collect()
        }
        Value::Array(items) => {
            items.iter().enumerate().map(|(at, value)| (format!("{way}/{at}"), value)).collect()
        }
        _ => return,
    };
    for (way, value) in inner {
        places(value, &way, found);
        found.push(way);
    }
}

/// One member that does not have its form is one report, wherever it stands: on what cannot be read, on what is left out, or on
/// what is not known any more. Without a report, nothing has become of it but that it is kept as it is.
#[test]
fn each_member_without_its_form_is_told_of_once() {
    let (told, mut count) = (Told::new(), 0);
    for (name, text) in payloads() {
        let whole = value(&text);
        if name == "batch" || !told.of(&whole).is_empty() {
            continue;
        }
        let kinds = |body: &Value| -> Vec<_> {
            parse(body.to_string().as_bytes())
                .unwrap()
                .events()
                .map(|event| event.what.name())
                .collect()
        };
        let before = kinds(&whole);
        let mut all = Vec::new();
        places(&whole, "", &mut all);
        for (way, put) in all.iter().flat_map(|way| [(way, json!([[]])), (way, json!("x"))]) {
            let mut changed = whole.clone();
            *changed.pointer_mut(way).unwrap() = put.clone();
            let reports = told.of(&changed);
            let said = || format!("{name}: {put} at {way}: {reports:?}");
            assert!(reports.len() <= 1, "{}", said());
            assert!(!reports.is_empty() || kinds(&changed) == before, "{}", said());
            count += reports.len();
        }
    }
    assert!(count > 1_000, "{count}");
}
