//! Choices, the clock, and the head of the page.

use serde_json::json;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use wa_sandbox::Sandbox;

use crate::common::call;

#[tokio::test]
async fn the_clock_goes_ahead_by_a_year_at_most() {
    let sandbox = Sandbox::start().await.unwrap();
    let forward = async |seconds: u64| {
        let body = json!({ "seconds": seconds }).to_string();
        call(&sandbox, "POST /_sandbox/clock", &body).await
    };
    let refused = forward(31_536_001).await;
    assert_eq!(refused.status, 400);
    let says = refused.body["error"]["message"].as_str().unwrap();
    assert_eq!(
        says,
        "the clock can go ahead by 31536000 seconds in all, and `seconds` is 31536001 where 31536000 \
         are left; for instance {\"seconds\":86400}"
    );
    assert_eq!(forward(31_000_000).await.status, 200);
    assert_eq!(forward(600_000).await.status, 400);
    assert_eq!(forward(536_000).await.status, 200);
    assert_eq!(forward(0).await.status, 200);
    assert_eq!(forward(1).await.status, 400);
    assert_eq!(call(&sandbox, "POST /_sandbox/reset", "{}").await.status, 200);
    assert_eq!(forward(1).await.status, 200);
}

#[tokio::test]
async fn the_head_of_the_page_is_that_of_the_page() {
    let sandbox = Sandbox::start().await.unwrap();
    for path in ["/", "/_sandbox/page.js", "/_sandbox/events"] {
        let mut stream = TcpStream::connect(&sandbox.base_url()["http://".len()..]).await.unwrap();
        let request =
            format!("HEAD {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 200"), "{path}: {answer}");
        assert!(answer.ends_with("\r\n\r\n") && answer.matches("\r\n\r\n").count() == 1, "{path}");
        assert!(answer.contains("content-security-policy"), "{path}");
    }
}

#[tokio::test]
async fn statuses_and_codes_can_be_chosen() {
    let sandbox = Sandbox::start().await.unwrap();
    let choices = call(&sandbox, "GET /_sandbox/choices", "").await.body;
    let statuses = choices["statuses"].as_array().unwrap();
    assert!(statuses.contains(&json!({ "status": "read", "takes_code": false })), "{statuses:?}");
    assert!(statuses.contains(&json!({ "status": "failed", "takes_code": true })), "{statuses:?}");
    let codes = choices["codes"].as_array().unwrap();
    assert!(codes.iter().any(|code| code["code"] == 131_026 && code["says"].is_string()));
}
