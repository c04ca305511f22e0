//! The ledger: every message, and what its sender was told.

use serde_json::{Value, json};
use wa_sandbox::{Fault, Faults, Limits, Sandbox};

use crate::{
    common::{call, post},
    listens::Listener,
};

fn text(to: &str) -> String {
    json!({ "messaging_product": "whatsapp", "to": to, "type": "text", "text": { "body": "Hello" } })
        .to_string()
}

async fn outcomes(sandbox: &Sandbox, query: &str) -> Value {
    let answer = call(sandbox, &format!("GET /_sandbox/outcomes{query}"), "").await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.body
}

#[tokio::test]
async fn each_message_has_a_line_also_one_that_was_refused() {
    let faults = Faults::none()
        .then_none(1)
        .then(1, Fault::Reset { accepted: true })
        .then(1, Fault::Gateway { status: 502, accepted: false })
        .then(1, Fault::Code(131_016));
    let limits = Limits::none().recipients(["+15550101"]);
    let sandbox = Sandbox::builder().faults(faults).limits(limits).start().await.unwrap();
    let accepted = post(&sandbox, text("+15550101").as_bytes()).await;
    // It is reset, so there is nothing to read.
    let lost = tokio::net::TcpStream::connect(&sandbox.base_url()["http://".len()..]).await;
    send_and_forget(lost.unwrap(), &sandbox, &text("+15550101")).await;
    for (body, status) in
        [(text("+15550101"), 502), (text("+15550101"), 500), ("{".to_owned(), 400)]
    {
        assert_eq!(post(&sandbox, body.as_bytes()).await.status, status);
    }
    let refused = json!({ "messaging_product": "whatsapp", "to": 15_550_102, "type": "text",
        "text": { "body": "" } });
    assert_eq!(post(&sandbox, refused.to_string().as_bytes()).await.code(), 100);
    // It keeps to the rules, and not to the limits.
    assert_eq!(post(&sandbox, text("+15550199").as_bytes()).await.code(), 131_030);
    let receipt =
        json!({ "messaging_product": "whatsapp", "status": "read", "message_id": "wamid.A" });
    assert_eq!(post(&sandbox, receipt.to_string().as_bytes()).await.status, 200);

    let list = outcomes(&sandbox, "").await;
    let lines: Vec<_> = list["outcomes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| {
            assert!(line["time"].as_u64().unwrap() > 1_600_000_000);
            json!([line["to"], line["kind"], line["outcome"], line["accepted"], line["code"]])
        })
        .collect();
    let expected = [
        json!(["+15550101", "text", "accepted", true, null]),
        json!(["+15550101", "text", "in_doubt", true, null]),
        json!(["+15550101", "text", "in_doubt", false, null]),
        json!(["+15550101", "text", "refused", false, 131_016]),
        json!(["nobody", null, "refused", false, 100]),
        json!(["15550102", null, "refused", false, 100]),
        json!(["+15550199", "text", "refused", false, 131_030]),
    ];
    assert_eq!(lines, expected);
    assert_eq!(list["count"], 7);
    assert_eq!(list["outcomes"][0]["id"], accepted.body["messages"][0]["id"]);
    assert!(list["outcomes"][1]["id"].is_string() && list["outcomes"][2]["id"].is_null());

    let newest = outcomes(&sandbox, "?limit=2").await;
    assert_eq!((&newest["count"], newest["outcomes"].as_array().unwrap().len()), (&7.into(), 2));
    assert_eq!(newest["outcomes"][1], list["outcomes"][6]);
    assert_eq!(call(&sandbox, "POST /_sandbox/reset", "{}").await.status, 200);
    assert_eq!(outcomes(&sandbox, "").await, json!({ "outcomes": [], "count": 0 }));
}

async fn send_and_forget(mut stream: tokio::net::TcpStream, sandbox: &Sandbox, body: &str) {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let head = format!(
        "POST /v23.0/{}/messages HTTP/1.1\r\nhost: sandbox\r\nauthorization: Bearer {}\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        sandbox.phone_number_id(),
        sandbox.token(),
        body.len()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    assert!(stream.read_to_end(&mut answer).await.is_err(), "it is reset");
}

#[tokio::test]
async fn a_recipient_that_is_none_stays_one_short_line() {
    let sandbox = Sandbox::start().await.unwrap();
    let to = format!("a\n\u{1b}[2J{}", "b".repeat(100_000));
    assert_eq!(post(&sandbox, text(&to).as_bytes()).await.status, 400);
    let list = outcomes(&sandbox, "").await;
    let to = list["outcomes"][0]["to"].as_str().unwrap();
    assert!(to.chars().count() < 200 && !to.contains(char::is_control), "{to}");

    // In the list of customers too, and in the address of what a page asks of them.
    for nobody in ["", "  ", ".", "..", "\n"] {
        assert_eq!(post(&sandbox, text(nobody).as_bytes()).await.status, 400);
    }
    let events = Listener::open(&sandbox).await.until(|event| event["number"] == 6).await;
    let refused = events.iter().filter(|event| event["event"] == "refused");
    let customers: Vec<_> = refused.map(|event| event["customer"].as_str().unwrap()).collect();
    assert_eq!((customers[0], &customers[1..]), (to, &["nobody"; 5][..]));
}
