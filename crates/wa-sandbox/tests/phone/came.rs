//! Deeds of customers, which appear at once, whatever the receiver of the webhooks does.

use std::time::Duration;

use tokio::net::TcpListener;
use wa_sandbox::{Sandbox, Webhooks};

use crate::{
    common::receiver::{Receiver, SECRET},
    listens::Listener,
};

#[tokio::test]
async fn what_a_customer_does_is_told_at_once_and_its_delivery_follows() {
    // It takes connections, and never answers.
    let hangs = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/webhook", hangs.local_addr().unwrap());
    let webhooks = Webhooks::to(url, SECRET)
        .without_statuses()
        .at_once(1)
        .answer_within(Duration::from_secs(2))
        .retries(Duration::ZERO, 1);
    let sandbox = Sandbox::builder().webhooks(webhooks).start().await.unwrap();
    let mut page = Listener::open(&sandbox).await;
    let customer = sandbox.customer("+15550101").named("Ada");
    let ids: Vec<_> = (0..5).map(|at| customer.says(format!("Number {at}")).unwrap()).collect();

    // All of them before the first one is given up.
    let events = page.until(|event| event["id"] == ids[4].as_str()).await;
    let came: Vec<_> = events.iter().filter(|event| event["event"] == "came").collect();
    let shown: Vec<_> = came.iter().map(|event| event["id"].as_str().unwrap()).collect();
    assert_eq!(shown, ids);
    assert!(!events.iter().any(|event| event["state"] == "given_up"), "{events:?}");

    let is_over = |event: &serde_json::Value| {
        event["state"] == "given_up" && event["messages"][0] == ids[0].as_str()
    };
    let events = page.until(is_over).await;
    let over = events.iter().find(|event| is_over(event)).unwrap();
    assert_eq!(over["says"], "webhook failed: no answer in time");
}

#[tokio::test]
async fn a_delivery_names_its_messages_and_says_how_it_ended() {
    let receiver = Receiver::start().await;
    receiver.fail(1);
    let webhooks = Webhooks::to(&receiver.url, SECRET).retries(Duration::from_millis(1), 3);
    let sandbox = Sandbox::builder().webhooks(webhooks).start().await.unwrap();
    let mut page = Listener::open(&sandbox).await;
    let id = sandbox.customer("+15550101").says("Hello").unwrap();
    let is_taken = |event: &serde_json::Value| event["state"] == "taken";
    let events = page.until(is_taken).await;
    let says: Vec<_> = events
        .iter()
        .filter(|event| event["event"] == "delivery")
        .map(|event| {
            assert_eq!(event["messages"][0], id.as_str());
            event["says"].as_str().unwrap()
        })
        .collect();
    let expected =
        ["webhook waits", "webhook waits once more: answered 503", "webhook answered 200"];
    assert_eq!(says, expected);
    assert_eq!(sandbox.deliveries()[0].messages(), [id]);
}
