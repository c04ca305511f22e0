//! The control over HTTP: what it does, and whom it refuses.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::time::Duration;

use common::{
    Raw, client_of, create, plain, raw,
    receiver::{Receiver, SECRET},
    text,
};
use serde_json::{Value, json};
use wa_message::{Error, webhook::types::DeliveryStatus};
use wa_sandbox::{Fault, Limits, Sandbox, Status, Webhooks};

const JSON: &str = "host: localhost\r\ncontent-type: application/json\r\n";

async fn call_with(sandbox: &Sandbox, line: &str, headers: &str, body: &str) -> Raw {
    let request = format!(
        "{line} HTTP/1.1\r\nconnection: close\r\n{headers}content-length: {}\r\n\r\n{body}",
        body.len()
    );
    raw(sandbox, request.as_bytes()).await
}

async fn call(sandbox: &Sandbox, line: &str, body: &Value) -> Raw {
    call_with(sandbox, line, JSON, &body.to_string()).await
}

async fn get(sandbox: &Sandbox, path: &str) -> Value {
    let answer = call_with(sandbox, &format!("GET {path}"), "host: localhost\r\n", "").await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    answer.body
}

async fn start(receiver: &Receiver) -> Sandbox {
    let webhooks = Webhooks::to(&receiver.url, SECRET).without_statuses();
    Sandbox::builder().webhooks(webhooks).start().await.unwrap()
}

#[tokio::test]
async fn a_test_in_another_language_plays_the_customer() {
    let receiver = Receiver::start().await;
    let sandbox = start(&receiver).await;
    let client = client_of(&sandbox);
    let sent = client.send(&text().with_callback_data("order/17").unwrap()).await.unwrap();

    let received = get(&sandbox, "/_sandbox/received").await;
    assert_eq!(received["received"][0]["id"], sent.id());
    assert_eq!(received["received"][0]["body"]["text"]["body"], "Hello");
    let ledger = get(&sandbox, "/_sandbox/ledger?data=order%2F17").await;
    assert_eq!(ledger["accepted"][0]["id"], sent.id());
    let ledger = get(&sandbox, "/_sandbox/ledger?data=order-18").await;
    assert_eq!((&ledger["accepted"], &ledger["count"]), (&json!([]), &1.into()));

    let says = json!({ "name": "Robin", "action": { "says": "Hello @ all" } });
    let answer = call(&sandbox, "POST /_sandbox/customers/%2B15550100", &says).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let status = json!({ "id": sent.id(), "status": "failed", "code": 131_026 });
    assert_eq!(call(&sandbox, "POST /_sandbox/statuses", &status).await.status, 200);
    assert_eq!(get(&sandbox, "/_sandbox/settled").await, json!({ "settled": true }));
    assert_eq!(receiver.texts(), ["Hello @ all"]);
    assert_eq!(receiver.messages()[0].id, answer.body["id"].as_str().unwrap());
    assert_eq!(receiver.words(sent.id()), [DeliveryStatus::Failed]);

    let deliveries = get(&sandbox, "/_sandbox/deliveries?limit=1").await;
    let deliveries = deliveries["deliveries"].as_array().unwrap();
    assert_eq!((deliveries.len(), &deliveries[0]["state"]), (1, &"taken".into()));
    assert_eq!(deliveries[0]["attempts"][0]["status"], 200);
    let body = deliveries[0]["body"].as_str().unwrap();
    assert_eq!(sandbox.deliveries()[1].body(), body.as_bytes());
}

#[tokio::test]
async fn faults_limits_and_statuses_change() {
    let receiver = Receiver::start().await;
    let sandbox = start(&receiver).await;
    let client = client_of(&sandbox);
    let fault = json!({ "fault": { "code": 131_016 } });
    assert_eq!(call(&sandbox, "POST /_sandbox/faults", &fault).await.status, 200);
    assert!(
        matches!(client.send(&text()).await, Err(Error::Refused(error)) if error.code() == 131_016)
    );
    let faults = json!({ "rate": [{ "share": 1.0, "fault": "cut" }] });
    assert_eq!(call(&sandbox, "PUT /_sandbox/faults", &faults).await.status, 200);
    assert!(client.send(&text()).await.is_err());
    assert_eq!(call(&sandbox, "POST /_sandbox/reset", &json!({})).await.status, 200);
    assert!(sandbox.received().is_empty() && sandbox.ledger().is_empty());
    client.send(&text()).await.unwrap();

    let limits = json!({ "customer_service_window": true });
    assert_eq!(call(&sandbox, "PUT /_sandbox/limits", &limits).await.status, 200);
    assert!(client.send(&text()).await.is_err());
    call(&sandbox, "PUT /_sandbox/limits", &json!({})).await;

    let statuses = json!({ "statuses": [{ "status": "sent" }, { "after": 1, "status": "failed", "code": 131_026 }] });
    assert_eq!(call(&sandbox, "PUT /_sandbox/webhooks/statuses", &statuses).await.status, 200);
    let repeat = json!({ "times": 2, "fault": { "repeat": 1 } });
    assert_eq!(call(&sandbox, "POST /_sandbox/webhooks/faults", &repeat).await.status, 200);
    let sent = client.send(&text()).await.unwrap();
    sandbox.settled().await;
    let (once, twice) = (DeliveryStatus::Sent, DeliveryStatus::Failed);
    assert_eq!(receiver.words(sent.id()), [once.clone(), once, twice.clone(), twice]);

    // Longer than any clock runs.
    let ages = json!({ "statuses": [{ "after": u64::MAX, "status": "read" }, { "after": u64::MAX, "status": "read" }] });
    assert_eq!(call(&sandbox, "PUT /_sandbox/webhooks/statuses", &ages).await.status, 200);
    client.send(&text()).await.unwrap();
    let delay = json!({ "fault": { "delay": u64::MAX } });
    assert_eq!(call(&sandbox, "POST /_sandbox/webhooks/faults", &delay).await.status, 200);
    sandbox.customer("+15550100").says("Never").unwrap();
    while !sandbox.deliveries().iter().any(|delivery| delivery.attempts().is_empty()) {
        tokio::task::yield_now().await;
    }
    call(&sandbox, "POST /_sandbox/reset", &json!({})).await;
    call(&sandbox, "PUT /_sandbox/webhooks/statuses", &statuses).await;

    let drop = json!({ "rate": [{ "share": 1.0, "fault": "drop" }] });
    assert_eq!(call(&sandbox, "PUT /_sandbox/webhooks/faults", &drop).await.status, 200);
    let sent = client.send(&text()).await.unwrap();
    sandbox.settled().await;
    assert!(receiver.words(sent.id()).is_empty());
}

/// What was set over HTTP is gone, and what the sandbox began with is there again.
#[tokio::test]
async fn a_reset_goes_back_to_the_start() {
    let receiver = Receiver::start().await;
    let sent_alone = Webhooks::to(&receiver.url, SECRET).statuses([(Duration::ZERO, Status::Sent)]);
    let limits = Limits::none().recipients(["15550100"]);
    let sandbox = Sandbox::builder().webhooks(sent_alone).limits(limits).start().await.unwrap();
    let client = client_of(&sandbox);
    let templates = async || get(&sandbox, "/_sandbox/templates").await["templates"].clone();
    for (line, body) in [
        ("PUT /_sandbox/webhooks/statuses", json!({ "statuses": [{ "status": "read" }] })),
        ("PUT /_sandbox/limits", json!({ "pair_rate": { "seconds": 60, "burst": 1 } })),
        ("PUT /_sandbox/templates/approval", json!({ "after": 0 })),
    ] {
        assert_eq!(call(&sandbox, line, &body).await.status, 200, "{line}");
    }
    let before = client.send(&text()).await.unwrap();
    sandbox.settled().await;
    assert_eq!(receiver.words(before.id()), [DeliveryStatus::Read]);
    client.send(&text()).await.unwrap_err();
    assert_eq!(call(&sandbox, "POST /_sandbox/reset", &json!({})).await.status, 200);

    // Neither the other rate nor what was sent by it counts.
    for _ in 0..2 {
        let after = client.send(&text()).await.unwrap();
        sandbox.settled().await;
        assert_eq!(receiver.words(after.id()), [DeliveryStatus::Sent]);
    }
    let other = text().with_to("+15550101").unwrap();
    let refused = client.send(&other).await;
    assert!(matches!(refused, Err(Error::Refused(error)) if error.code() == 131_030));
    let menu = plain("menu", "Have a look.");
    let created = create(&sandbox, &menu).await;
    assert_eq!(created.status, 200, "{}", created.body);
    tokio::time::sleep(Duration::from_millis(20)).await;
    assert_eq!(templates().await[0]["status"], "PENDING");
}

/// Another program says no origin. A browser that says its own has to be the page too.
#[tokio::test]
async fn a_browser_changes_something_as_the_page_alone() {
    let sandbox = Sandbox::start().await.unwrap();
    let own = "host: localhost\r\norigin: http://localhost\r\n";
    let page = format!("{own}x-sandbox-page: 1\r\n");
    for (headers, status) in [(own, 403), (&page, 200), ("host: localhost\r\n", 200)] {
        let headers = format!("{headers}content-type: application/json\r\n");
        let answer = call_with(&sandbox, "POST /_sandbox/reset", &headers, "{}").await;
        assert_eq!(answer.status, status, "{headers}: {}", answer.body);
        assert_eq!(call_with(&sandbox, "GET /_sandbox", &headers, "").await.status, 200);
    }
}

#[tokio::test]
async fn who_may_not_is_refused() {
    let sandbox = Sandbox::builder().allow_host("sandbox").start().await.unwrap();
    let port = sandbox.base_url().rsplit(':').next().unwrap().to_owned();
    for (headers, status) in [
        ("host: localhost:PORT\r\n", 200),
        ("host: sandbox:PORT\r\n", 200),
        (
            "host: 127.0.0.1:PORT\r\nsec-fetch-site: same-origin\r\norigin: http://127.0.0.1:PORT\r\n",
            200,
        ),
        ("host: localhost\r\nsec-fetch-site: none\r\n", 200),
        ("host: evil.example\r\n", 403),
        ("host: localhost.evil.example\r\n", 403),
        ("host: localhost\r\nsec-fetch-site: cross-site\r\n", 403),
        ("host: localhost\r\nsec-fetch-site: same-site\r\n", 403),
        ("host: localhost\r\norigin: http://evil.example\r\n", 403),
        ("host: localhost:PORT\r\norigin: http://localhost:1\r\n", 403),
        ("host: localhost\r\norigin: https://localhost\r\n", 403),
        ("host: localhost\r\norigin: null\r\n", 403),
        ("host: localhost\r\nsec-fetch-site: none\r\nsec-fetch-site: cross-site\r\n", 403),
    ] {
        let headers = headers.replace("PORT", &port);
        for line in ["GET /_sandbox", "GET /_sandbox/deliveries", "GET /_sandbox/nothing"] {
            let expected = if line.ends_with("nothing") && status == 200 { 404 } else { status };
            let answer = call_with(&sandbox, line, &headers, "").await;
            assert_eq!(answer.status, expected, "{line} {headers}");
            assert!(!answer.head.contains("access-control"), "{}", answer.head);
            assert!(answer.head.contains("cache-control: no-store"));
            assert!(answer.head.contains("x-content-type-options: nosniff"));
        }
    }
}

/// The first line of a request may name a host too, and another one than `Host`.
#[tokio::test]
async fn a_whole_address_is_looked_at_like_the_host() {
    let sandbox = Sandbox::builder().allow_host("sandbox").start().await.unwrap();
    for (address, status) in [
        ("http://localhost:1/_sandbox", 200),
        ("http://[::1]/_sandbox", 200),
        ("http://sandbox/_sandbox", 200),
        ("http://evil.example/_sandbox", 403),
        ("http://localhost.evil.example/_sandbox", 403),
        ("http://localhost@evil.example/_sandbox", 403),
        ("http://evil.example:80/_sandbox/deliveries", 403),
        ("http://user@localhost/_sandbox", 403),
    ] {
        let answer =
            call_with(&sandbox, &format!("GET {address}"), "host: localhost\r\n", "").await;
        assert_eq!(answer.status, status, "{address}");
    }
}

#[tokio::test]
async fn nobody_is_refused_and_so_is_what_no_file_is() {
    let receiver = Receiver::start().await;
    let sandbox = start(&receiver).await;
    let says = json!({ "action": { "says": "a" } });
    let pdf = "JVBERi0xLjc=";
    for (customer, body) in [
        ("%00", says.clone()),
        ("%20", says.clone()),
        ("+", says.clone()),
        ("Robin", says),
        ("1555%000100", json!({ "action": { "taps": "a" } })),
        ("0", json!({ "action": { "says": "a" } })),
        ("+0", json!({ "action": { "taps": "a" } })),
        ("015550100", json!({ "action": { "says": "a" } })),
        ("155501", json!({ "action": { "says": "a" } })),
        ("1555010012345678", json!({ "action": { "says": "a" } })),
        (&"1".repeat(5000), json!({ "action": { "says": "a" } })),
        ("US.", json!({ "action": { "says": "a" } })),
        ("us.1349", json!({ "action": { "says": "a" } })),
        ("US.13_49", json!({ "action": { "says": "a" } })),
        (&format!("US.{}", "1".repeat(129)), json!({ "action": { "says": "a" } })),
        ("15550100", json!({ "user_id": "1349", "action": { "says": "a" } })),
        ("15550100", json!({ "name": "", "action": { "says": "a" } })),
        ("15550100", json!({ "name": "Robin\0", "action": { "taps": "a" } })),
        ("15550100", json!({ "action": { "sends": { "mime_type": "image/png", "data": "" } } })),
        ("15550100", json!({ "action": { "sends": { "mime_type": "image/jpeg", "data": pdf } } })),
        (
            "15550100",
            json!({ "action": { "sends": { "mime_type": "application/pdf", "data": pdf, "name": "a\0" } } }),
        ),
    ] {
        let answer = call(&sandbox, &format!("POST /_sandbox/customers/{customer}"), &body).await;
        let line = answer.body["error"]["message"].as_str().unwrap_or_default().to_owned();
        assert_eq!(answer.status, 400, "{customer} {body} {line}");
        assert!(
            line.starts_with("this is no customer: ") || line.starts_with("the file "),
            "{line}"
        );
    }
    assert!(sandbox.deliveries().is_empty() && sandbox.media().is_empty());
}

#[tokio::test]
async fn what_does_not_fit_is_refused() {
    let sandbox = Sandbox::start().await.unwrap();
    let long = "a".repeat(1024 * 1024 + 1);
    for (line, headers, body, status) in [
        ("POST /_sandbox/reset", "host: localhost\r\n", "{}", 415),
        ("POST /_sandbox/reset", "host: localhost\r\ncontent-type: text/plain\r\n", "{}", 415),
        ("POST /_sandbox/reset", JSON, &long, 413),
        ("POST /_sandbox/faults", JSON, r#"{"fault":{"gateway":{"status":99}}}"#, 400),
        ("POST /_sandbox/faults", JSON, r#"{"fault":{"gateway":{"status":0}}}"#, 400),
        ("POST /_sandbox/faults", JSON, r#"{"fault":{"gateway":{"status":1000}}}"#, 400),
        ("POST /_sandbox/faults", JSON, r#"{"fault":{"gateway":{"status":100000}}}"#, 400),
        ("POST /_sandbox/faults", JSON, r#"{"fault":{"gateway":{"status":-1}}}"#, 400),
        ("POST /_sandbox/faults", JSON, r#"{"fault":{"gateway":{"status":"502"}}}"#, 400),
        ("POST /_sandbox/faults", JSON, r#"{"fault":{"answer":{"status":199,"body":""}}}"#, 400),
        (
            "PUT /_sandbox/faults",
            JSON,
            r#"{"rate":[{"share":1,"fault":{"gateway":{"status":600}}}]}"#,
            400,
        ),
        ("POST /_sandbox/reset", JSON, "{", 400),
        ("PUT /_sandbox/reset", JSON, "{}", 405),
        ("OPTIONS /_sandbox/reset", JSON, "{}", 405),
        ("POST /_sandbox/customers", JSON, "{}", 404),
        ("POST /_sandbox/customers/a/b", JSON, "{}", 404),
        ("POST /_sandbox/customers/%ff", JSON, "{}", 404),
        ("GET /_sandbox/received?limit=a", JSON, "", 400),
        ("POST /_sandbox/customers/15550100", JSON, r#"{"action":{"says":"a"}}"#, 409),
        ("POST /_sandbox/customers/15550100", JSON, r#"{"action":{"shouts":"a"}}"#, 400),
        ("POST /_sandbox/customers/15550100", JSON, r#"{"action":{"says":"a"},"mood":1}"#, 400),
        (
            "POST /_sandbox/customers/15550100",
            JSON,
            r#"{"action":{"orders":{"catalog_id":"1","product_items":[{"id":"a"}]}}}"#,
            400,
        ),
        ("POST /_sandbox/statuses", JSON, r#"{"id":"a","status":"read"}"#, 404),
        ("POST /_sandbox/statuses", JSON, r#"{"id":"a","status":"gone"}"#, 400),
        ("POST /_sandbox/statuses", JSON, r#"{"id":"a","status":"read","code":1}"#, 400),
        ("POST /_sandbox/statuses", JSON, r#"{"id":"a","status":"failed"}"#, 400),
        ("POST /_sandbox/changes", JSON, r#"{"field":"tomorrow","value":{}}"#, 400),
        ("PUT /_sandbox/faults", JSON, r#"{"rate":[{"share":2,"fault":"cut"}]}"#, 400),
        ("PUT /_sandbox/faults", JSON, r#"{"rates":[]}"#, 400),
        ("PUT /_sandbox/webhooks/faults", JSON, "{}", 409),
        ("POST /_sandbox/templates", JSON, "17", 400),
        ("POST /_sandbox/templates", JSON, "{}", 400),
        (
            "POST /_sandbox/templates/changes",
            JSON,
            r#"{"name":"a","language":"en","change":"approve"}"#,
            404,
        ),
        (
            "POST /_sandbox/templates/changes",
            JSON,
            r#"{"name":"a","language":"en","change":"praise"}"#,
            400,
        ),
        (
            "POST /_sandbox/templates/changes",
            JSON,
            r#"{"name":"a","language":"en","change":"pause","said":"a"}"#,
            400,
        ),
        ("PUT /_sandbox/templates/approval", JSON, r#"{"after":-1}"#, 400),
    ] {
        let answer = call_with(&sandbox, line, headers, body).await;
        assert_eq!(answer.status, status, "{line}: {}", answer.body);
        assert!(answer.body["error"]["message"].is_string());
        assert!(!answer.body.to_string().contains(sandbox.token()));
    }
}

#[tokio::test]
async fn nothing_tells_the_token_or_the_secret() {
    let receiver = Receiver::start().await;
    let builder = Sandbox::builder().token("a-token-of-mine").webhook(&receiver.url, SECRET);
    let sandbox = builder.start().await.unwrap();
    sandbox.fail_next(1, Fault::Slow(Duration::from_millis(1)));
    client_of(&sandbox).send(&text()).await.unwrap();
    sandbox.settled().await;
    for path in ["", "/received", "/ledger", "/deliveries", "/media", "/settled", "/templates"] {
        let answer = get(&sandbox, &format!("/_sandbox{path}")).await.to_string();
        assert!(!answer.contains("a-token-of-mine") && !answer.contains(SECRET), "{answer}");
    }
}
