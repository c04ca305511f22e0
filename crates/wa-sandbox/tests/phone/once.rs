//! An entry is drawn once, for all pages.

use serde_json::json;
use wa_sandbox::Sandbox;

use crate::{
    common::{call, message_from, plain, send},
    listens::Listener,
};

#[tokio::test]
async fn each_page_gets_the_same() {
    let sandbox = Sandbox::start().await.unwrap();
    for _ in 0..3 {
        let answer = crate::common::post(
            &sandbox,
            json!({ "messaging_product": "whatsapp", "to": "+15550101", "type": "text",
                "text": { "body": "Hello" } })
            .to_string()
            .as_bytes(),
        )
        .await;
        assert_eq!(answer.status, 200);
    }
    let third = |event: &serde_json::Value| event["event"] == "sent" && event["number"] == 3;
    let first = Listener::open(&sandbox).await.until(third).await;
    for _ in 0..3 {
        assert_eq!(Listener::open(&sandbox).await.until(third).await, first);
    }
}

#[tokio::test]
async fn a_template_is_filled_in_when_its_definition_comes_later() {
    let sandbox = Sandbox::start().await.unwrap();
    let template = json!({ "name": "menu", "language": { "code": "en_US" } });
    assert_eq!(send(&sandbox, &template).await.status, 200, "{}", message_from(&template));
    let sent = |event: &serde_json::Value| event["event"] == "sent";
    let html = async || {
        let events = Listener::open(&sandbox).await.until(sent).await;
        events.iter().find(|event| sent(event)).unwrap()["html"].as_str().unwrap().to_owned()
    };
    assert!(!html().await.contains("Today there is soup"));
    let definition = plain("menu", "Today there is soup").to_string();
    assert_eq!(call(&sandbox, "POST /_sandbox/templates", &definition).await.status, 200);
    assert!(html().await.contains("Today there is soup"));
}
