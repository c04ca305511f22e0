//! Requests that the sandbox refuses, and that the client would not make.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{post, raw};
use serde_json::json;
use wa_sandbox::Sandbox;

#[tokio::test]
async fn mistakes_have_codes_and_paths() {
    let sandbox = Sandbox::start().await.unwrap();
    let button = |title: &str| json!({ "type": "reply", "reply": { "id": "1", "title": title } });
    let buttons = json!({
        "messaging_product": "whatsapp", "to": "+15550100", "type": "interactive",
        "interactive": {
            "type": "button", "body": { "text": "Well?" },
            "action": { "buttons": [button("Yes, and a table for four")] },
        },
    });
    let text = |text: serde_json::Value| json!({ "messaging_product": "whatsapp", "to": "+15550100", "text": text });
    for (body, code, path) in [
        (buttons, 131_009, "interactive.action.buttons[0].reply.title"),
        (text(json!({})), 131_008, "text.body"),
        (text(json!({ "body": "" })), 131_009, "text.body"),
        (text(json!({ "body": 7 })), 100, "text.body"),
        (text(json!({ "body": "a", "bdy": "b" })), 100, "text.bdy"),
        (
            json!({ "messaging_product": "whatsapp", "to": "1", "image": {}, "type": "image" }),
            131_008,
            "image",
        ),
        (
            json!({ "messaging_product": "sms", "to": "1", "text": { "body": "a" } }),
            131_009,
            "messaging_product",
        ),
        (json!({ "messaging_product": "whatsapp", "status": "read" }), 131_008, "message_id"),
        (
            json!({ "messaging_product": "whatsapp", "status": "sent", "message_id": "w" }),
            131_009,
            "status",
        ),
    ] {
        let answer = post(&sandbox, body.to_string().as_bytes()).await;
        assert_eq!(answer.status, 400, "{body}");
        assert_eq!(answer.code(), code, "{body}: {}", answer.details());
        assert!(answer.details().contains(&format!("(at `{path}`)")), "{}", answer.details());
        let error = &answer.body["error"];
        assert_eq!(error["type"], "OAuthException");
        assert_eq!(error["error_data"]["messaging_product"], "whatsapp");
        assert!(error["message"].as_str().unwrap().starts_with(&format!("(#{code}) ")));
        assert!(error["fbtrace_id"].as_str().is_some_and(|id| id.len() > 8));
        assert!(answer.head.contains("content-type: application/json"));
    }
    assert!(sandbox.received().is_empty());
}

#[tokio::test]
async fn all_mistakes_are_named_at_once() {
    let sandbox = Sandbox::start().await.unwrap();
    let body = json!({ "messaging_product": "whatsapp", "text": { "colour": "a" } });
    let answer = post(&sandbox, body.to_string().as_bytes()).await;
    for path in ["needs `to` or `recipient`", "(at `text.body`)", "(at `text.colour`)"] {
        assert!(answer.details().contains(path), "{}", answer.details());
    }
}

#[tokio::test]
async fn what_is_no_message_is_refused() {
    let sandbox = Sandbox::start().await.unwrap();
    let deep = "[".repeat(100_000);
    let nested = format!("{}{}", "[".repeat(100), "]".repeat(100));
    for body in [
        "",
        "{",
        "null",
        "[]",
        "7",
        "\"text\"",
        "{}",
        "[{}]",
        "{\"status\":null}",
        "\u{0}",
        &deep,
        &nested,
    ] {
        let answer = post(&sandbox, body.as_bytes()).await;
        assert_eq!(answer.status, 400, "{body:.20}");
        assert!(!answer.details().is_empty());
    }
    let answer = post(&sandbox, b"{\"to\": \"\xff\"}").await;
    assert_eq!((answer.status, answer.code()), (400, 100));
    let answer = post(&sandbox, b"{ to").await;
    assert_eq!((answer.status, answer.code()), (400, 100));
}

#[tokio::test]
async fn a_body_of_mistakes_gets_a_short_answer() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut body = json!({ "messaging_product": "whatsapp", "to": "1", "text": { "body": "a" } });
    for index in 0..5000 {
        body[format!("ü{index}")] = json!(1);
    }
    body["ü".repeat(100_000)] = json!(1);
    let answer = post(&sandbox, body.to_string().as_bytes()).await;
    assert_eq!((answer.status, answer.code()), (400, 100));
    assert!(answer.details().len() < 20_000);
    let more =
        answer.details().rsplit_once("; and ").and_then(|(_, more)| more.strip_suffix(" more"));
    let more = more.and_then(|more| more.parse::<usize>().ok());
    assert!(more.is_some_and(|more| (4_900..5_001).contains(&more)), "{}", answer.details());

    let body = json!({ "messaging_product": "whatsapp", "to": "1", "type": "ü".repeat(300_000) });
    let answer = post(&sandbox, body.to_string().as_bytes()).await;
    assert_eq!(answer.status, 400);
    assert!(answer.details().len() < 20_000);
}

#[tokio::test]
async fn a_body_has_a_limit() {
    let sandbox = Sandbox::start().await.unwrap();
    let answer = post(&sandbox, &vec![b' '; 1024 * 1024 + 1]).await;
    assert_eq!((answer.status, answer.code()), (413, 100));
}

#[tokio::test]
async fn only_post_to_messages_is_served() {
    let sandbox = Sandbox::start().await.unwrap();
    let request = |line: &str| {
        let token = sandbox.token();
        format!(
            "{line} HTTP/1.1\r\nhost: sandbox\r\nconnection: close\r\nauthorization: Bearer {token}\r\n\r\n"
        )
    };
    for path in ["/", "/v23.0/1/posts", "/messages", "/v23.0/1/messages/2", "/v23.0//messages"] {
        let answer = raw(&sandbox, request(&format!("POST {path}")).as_bytes()).await;
        assert_eq!((answer.status, answer.code()), (404, 100), "{path}");
    }
    for method in ["GET", "PUT", "DELETE", "PATCH"] {
        let answer =
            raw(&sandbox, request(&format!("{method} /v23.0/1/messages")).as_bytes()).await;
        assert_eq!((answer.status, answer.code()), (405, 100), "{method}");
        assert!(answer.head.contains("allow: post"));
    }
    let answer = raw(&sandbox, request("POST /v23.0/1/messages").as_bytes()).await;
    assert_eq!((answer.status, answer.code()), (400, 100));
    assert!(answer.details().contains("content type"));
}

#[tokio::test]
async fn a_token_is_asked_for() {
    let sandbox = Sandbox::start().await.unwrap();
    for (header, code) in [
        ("x-nothing: 1", 0),
        ("authorization: sandbox-token", 0),
        ("authorization: Basic c2FuZGJveA==", 0),
        ("authorization: Bearer", 0),
        ("authorization: Bearer sandbox-toke", 190),
        ("authorization: Bearer sandbox-token2", 190),
        ("authorization: Bearer \u{e9}", 190),
    ] {
        let request = format!(
            "POST /v23.0/1/messages HTTP/1.1\r\nhost: sandbox\r\nconnection: close\r\n{header}\r\n\
             content-type: application/json\r\ncontent-length: 2\r\n\r\n{{}}"
        );
        let answer = raw(&sandbox, request.as_bytes()).await;
        assert_eq!((answer.status, answer.code()), (401, code), "{header}");
        assert!(answer.head.contains("www-authenticate: bearer"));
    }
}

#[tokio::test]
async fn noise_does_no_harm() {
    let sandbox = Sandbox::start().await.unwrap();
    for noise in
        [&b"\x16\x03\x01\x02\x00"[..], b"\r\n\r\n\r\n", b"POST \xff HTTP/1.1\r\n\r\n", &[0; 5000]]
    {
        let address = sandbox.base_url().replace("http://", "");
        let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
        let _ = tokio::io::AsyncWriteExt::write_all(&mut stream, noise).await;
    }
    let body = common::text().to_json();
    assert_eq!(post(&sandbox, body.as_bytes()).await.status, 200);
}
