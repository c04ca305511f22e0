//! The sandbox misbehaves when it is told to.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::{collections::HashSet, io::ErrorKind, time::Duration};

use common::{Raw, post, receipt, text};
use serde_json::json;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::{Instant, timeout},
};
use wa_message::ErrorCode;
use wa_sandbox::{Fault, Faults, Limits, Sandbox};

async fn sandbox(faults: Faults) -> Sandbox {
    Sandbox::builder().faults(faults).start().await.unwrap()
}

async fn limited(limits: Limits) -> Sandbox {
    Sandbox::builder().limits(limits).start().await.unwrap()
}

fn message(to: &str, data: &str) -> Vec<u8> {
    json!({
        "messaging_product": "whatsapp", "to": to, "biz_opaque_callback_data": data,
        "text": { "body": "Hello" },
    })
    .to_string()
    .into_bytes()
}

async fn send(sandbox: &Sandbox, to: &str, data: &str) -> Raw {
    post(sandbox, &message(to, data)).await
}

/// Sends a message, and reads to the end of the connection, which may be an error.
async fn exchange(sandbox: &Sandbox, data: &str) -> (Vec<u8>, Option<ErrorKind>) {
    let mut stream = TcpStream::connect(&sandbox.base_url()["http://".len()..]).await.unwrap();
    let body = message("+15550100", data);
    let head = format!(
        "POST /v23.0/1/messages HTTP/1.1\r\nhost: sandbox\r\nauthorization: Bearer {}\r\n\
         content-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        sandbox.token(),
        body.len()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(&body).await.unwrap();
    let mut answer = Vec::new();
    let error = stream.read_to_end(&mut answer).await.err().map(|error| error.kind());
    (answer, error)
}

#[tokio::test]
async fn codes_have_their_status() {
    let sandbox = Sandbox::start().await.unwrap();
    for (code, status) in [
        (0, 401),
        (2, 503),
        (3, 500),
        (10, 403),
        (100, 400),
        (190, 401),
        (130_429, 400),
        (131_000, 500),
        (131_016, 500),
        (131_026, 400),
        (131_056, 400),
        (132_001, 404),
        (133_004, 503),
        // One that is not known.
        (999_999, 400),
    ] {
        sandbox.fail_next(1, Fault::Code(code));
        let answer = send(&sandbox, "+15550100", "a").await;
        assert_eq!((answer.status, answer.code()), (status, code.into()));
        let text = answer.body["error"]["message"].as_str().unwrap();
        assert!(text.starts_with(&format!("(#{code}) ")), "{text}");
    }
    for code in ErrorCode::ALL {
        let number = u32::try_from(code.code()).unwrap();
        sandbox.fail_next(1, Fault::Code(number));
        let answer = send(&sandbox, "+15550100", "a").await;
        assert_eq!(answer.status, code.status().unwrap_or(400), "{code}");
        let text = answer.body["error"]["message"].as_str().unwrap();
        assert_eq!(text, format!("(#{number}) {}", code.title()));
    }
    assert!(sandbox.ledger().is_empty());
    assert!(sandbox.received().is_empty());
    assert_eq!(send(&sandbox, "+15550100", "a").await.status, 200);
    assert_eq!(sandbox.ledger().len(), 1);
}

#[tokio::test]
async fn a_gateway_has_no_json() {
    let sandbox = sandbox(
        Faults::none()
            .then(1, Fault::Gateway { status: 502, accepted: false })
            .then(1, Fault::Gateway { status: 504, accepted: true })
            .then(1, Fault::Gateway { status: 7, accepted: true }),
    )
    .await;
    for (data, status, accepted) in [("a", 502, 0), ("b", 504, 1), ("c", 500, 1)] {
        let answer = send(&sandbox, "+15550100", data).await;
        assert_eq!(answer.status, status);
        assert!(answer.head.contains("content-type: text/html"), "{}", answer.head);
        assert!(answer.body.is_null());
        assert_eq!(sandbox.ledger().with_data(data).len(), accepted, "{data}");
    }
}

#[tokio::test]
async fn any_answer_can_be_given() {
    let body = json!({ "messages": [{ "id": "wamid.X", "message_status": "new" }] }).to_string();
    let answer = Fault::Answer { status: 200, body, accepted: false };
    let sandbox = sandbox(Faults::none().then(1, answer)).await;
    let answer = send(&sandbox, "+15550100", "a").await;
    assert_eq!(answer.body["messages"][0]["message_status"], "new");
    assert!(sandbox.ledger().is_empty());
}

#[tokio::test]
async fn a_reset_is_one() {
    for accepted in [false, true] {
        let sandbox = sandbox(Faults::none().then(1, Fault::Reset { accepted })).await;
        let (answer, error) = exchange(&sandbox, "a").await;
        assert_eq!((answer.as_slice(), error), (&b""[..], Some(ErrorKind::ConnectionReset)));
        assert_eq!(sandbox.ledger().with_data("a").len(), usize::from(accepted));
        // It goes on.
        assert_eq!(send(&sandbox, "+15550100", "b").await.status, 200);
    }
}

#[tokio::test]
async fn a_stall_lasts() {
    for accepted in [false, true] {
        let sandbox = sandbox(Faults::none().then(1, Fault::Stall { accepted })).await;
        let wait = timeout(Duration::from_millis(300), exchange(&sandbox, "a")).await;
        assert!(wait.is_err(), "{wait:?}");
        assert_eq!(sandbox.ledger().len(), usize::from(accepted));
        assert_eq!(send(&sandbox, "+15550100", "b").await.status, 200);
    }
}

#[tokio::test]
async fn half_an_answer_is_cut() {
    let sandbox = sandbox(Faults::none().then(20, Fault::Cut)).await;
    for index in 0..20 {
        let data = format!("data-{index}");
        let (answer, _) = exchange(&sandbox, &data).await;
        let answer = String::from_utf8(answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let head = head.to_ascii_lowercase();
        let length = head.split("content-length: ").nth(1).unwrap().lines().next().unwrap();
        let length: usize = length.parse().unwrap();
        assert!(head.starts_with("http/1.1 200 ok"), "{head}");
        assert_eq!(body.len(), length / 2, "{answer}");
        assert_eq!(sandbox.ledger().with_data(&data).len(), 1);
    }
}

#[tokio::test]
async fn a_slow_answer_comes() {
    let wait = Duration::from_millis(150);
    let sandbox = sandbox(Faults::none().then(1, Fault::Slow(wait))).await;
    let start = Instant::now();
    let answer = send(&sandbox, "+15550100", "a").await;
    assert_eq!(answer.status, 200);
    assert!(start.elapsed() >= wait);
    let accepted = sandbox.ledger().accepted();
    assert_eq!(accepted[0].id(), answer.body["messages"][0]["id"]);
    assert_eq!(accepted[0].fault(), Some("slow"));
}

#[tokio::test]
async fn what_breaks_a_rule_takes_nothing_from_the_script() {
    let sandbox = sandbox(Faults::none().then(1, Fault::Code(131_016))).await;
    assert_eq!(post(&sandbox, b"{}").await.code(), 131_008);
    assert_eq!(send(&sandbox, "+15550100", "a").await.code(), 131_016);
    assert_eq!(send(&sandbox, "+15550100", "a").await.status, 200);
}

#[tokio::test]
async fn receipts_fail_too_and_are_not_in_the_ledger() {
    let sandbox = sandbox(Faults::none().then(1, Fault::Code(2))).await;
    let receipt = receipt().to_json();
    assert_eq!(post(&sandbox, receipt.as_bytes()).await.status, 503);
    assert_eq!(post(&sandbox, receipt.as_bytes()).await.status, 200);
    assert!(sandbox.ledger().is_empty());
    assert_eq!(sandbox.received().len(), 1);
}

#[tokio::test]
async fn faults_change_while_it_runs() {
    let sandbox = sandbox(Faults::none().rate(1.0, Fault::Code(131_016))).await;
    assert_eq!(send(&sandbox, "+15550100", "a").await.status, 500);
    sandbox.set_faults(Faults::none());
    assert_eq!(send(&sandbox, "+15550100", "a").await.status, 200);
}

#[tokio::test]
async fn limits_have_their_codes() {
    let sandbox = limited(Limits::none().messages_per_second(2)).await;
    for _ in 0..2 {
        assert_eq!(send(&sandbox, "+15550100", "a").await.status, 200);
    }
    let answer = send(&sandbox, "+15550100", "a").await;
    assert_eq!((answer.status, answer.code()), (400, 130_429));

    sandbox.set_limits(Limits::none().pair_rate(Duration::from_secs(600), 1));
    assert_eq!(send(&sandbox, "+15550107", "a").await.status, 200);
    assert_eq!(send(&sandbox, "+1 (555) 0107", "a").await.code(), 131_056);
    assert_eq!(send(&sandbox, "+15550108", "a").await.status, 200);

    sandbox.set_limits(Limits::none().recipients(["+15550100"]));
    let answer = send(&sandbox, "+15550101", "a").await;
    assert_eq!((answer.status, answer.code()), (400, 131_030));
    assert_eq!(answer.body["error"]["error_subcode"], 2_655_007);

    sandbox.set_limits(Limits::none().customer_service_window());
    assert_eq!(send(&sandbox, "+15550100", "a").await.code(), 131_047);
    let template = json!({
        "messaging_product": "whatsapp", "to": "+15550100", "type": "template",
        "template": { "name": "order_ready", "language": { "code": "en_US" } },
    });
    assert_eq!(post(&sandbox, template.to_string().as_bytes()).await.status, 200);
    sandbox.customer_wrote("15550100");
    assert_eq!(send(&sandbox, "+15550100", "a").await.status, 200);
    assert_eq!(sandbox.ledger().len(), sandbox.received().len());
}

#[tokio::test]
async fn the_ledger_has_all_and_answers_at_once() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = common::client_of(&sandbox);
    let ledger = sandbox.ledger();
    let sent = client.send(&text()).await.unwrap();
    assert_eq!(ledger.accepted()[0].id(), sent.id());
    assert_eq!(ledger.accepted()[0].data(), None);
    assert_eq!(ledger.accepted()[0].kind(), "text");
    assert_eq!(ledger.accepted()[0].phone_number_id(), sandbox.phone_number_id());
    for _ in 0..2 {
        send(&sandbox, "+15550100", "twice").await;
    }
    let ids: HashSet<String> =
        ledger.with_data("twice").iter().map(|accepted| accepted.id().to_owned()).collect();
    assert_eq!(ids.len(), 2);
    assert!(ledger.with_data("never").is_empty());
    sandbox.clear();
    assert!(ledger.is_empty() && ledger.with_data("twice").is_empty());
}
