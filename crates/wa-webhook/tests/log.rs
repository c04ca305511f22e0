//! Reads the log of whoever runs the service.
#![cfg(feature = "tracing")]
#![allow(clippy::unwrap_used)]

use std::{
    fmt::{self, Write as _},
    sync::{Arc, Mutex},
};

use tracing::{
    Event, Metadata, Subscriber,
    field::{Field, Visit},
    span::{Attributes, Id, Record},
    subscriber::with_default,
};
use wa_message::webhook::{Report, Verifier, VerifyToken, service};

/// The events, a line each, with all fields.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        let name = if field.name() == "message" { "" } else { field.name() };
        let _ = write!(self.0, " {name}{value:?}");
    }
}

impl Subscriber for Log {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "wa_message"
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut line = Line(event.metadata().level().to_string());
        event.record(&mut line);
        self.0.lock().unwrap().push(line.0);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// A request, signed or not.
fn post(body: &str, signature: Option<String>) -> axum::http::Request<axum::body::Body> {
    let mut request = axum::http::Request::post("/");
    if let Some(signature) = signature {
        request = request.header(wa_message::webhook::SIGNATURE_HEADER, signature);
    }
    request.body(axum::body::Body::from(body.to_owned())).unwrap()
}

/// An error with a source.
#[derive(Debug)]
struct Outer(std::io::Error);

impl fmt::Display for Outer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the answer was not sent")
    }
}

impl std::error::Error for Outer {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0)
    }
}

/// The log says what a report says, and so no more of people. What a handler has said stands beside it.
#[test]
fn the_log_has_each_report_in_a_line() {
    const BODY: &str = r#"{ "object": "whatsapp_business_account", "entry": [{ "changes": [
        { "field": "messages", "value": { "messages": [{ "id": "wamid.A", "from": "15550101", "type": "text",
            "text": { "body": "Hello" } }, { "id": [] }] } },
        { "field": "to\nmorrow", "value": {} }
    ] }] }"#;
    let verifier = Verifier::new(["an-app-secret"]).unwrap();
    let reports = Arc::new(Mutex::new(Vec::new()));
    let of_service = Arc::clone(&reports);
    let webhooks = service(verifier.clone(), VerifyToken::new("a-verify-token").unwrap())
        .on_message(|_, _| async { Err(Outer(std::io::Error::other("the host\nis gone"))) })
        .report(move |report: &Report| of_service.lock().unwrap().push(report.to_string()))
        .build();
    let log = Log::default();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    with_default(log.clone(), || {
        runtime.block_on(async {
            let signature = Some(verifier.sign(BODY.as_bytes()));
            let answers = [
                webhooks.answer(post(BODY, None)).await.status().as_u16(),
                webhooks.answer(post(BODY, signature)).await.status().as_u16(),
            ];
            assert_eq!(answers, [401, 500]);
        });
    });
    let lines = std::mem::take(&mut *log.0.lock().unwrap());
    let reports = std::mem::take(&mut *reports.lock().unwrap());
    let levels = ["WARN", "ERROR", "WARN", "INFO"];
    let mut expected: Vec<_> =
        levels.iter().zip(&reports).map(|(level, report)| format!("{level} {report}")).collect();
    // The whole chain, in the same line.
    expected[1] += " errorthe answer was not sent: the host is gone";
    assert_eq!(lines, expected);
    let shown = lines.join("\n");
    assert_eq!(shown.lines().count(), 4, "{shown}");
    for personal in ["15550101", "Hello", "wamid"] {
        assert!(!shown.contains(personal), "{shown}");
    }
}
