//! Helpers that the tests share.
#![allow(dead_code, unused_imports)] // Each test uses a part.

use serde_json::Value;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use wa_sandbox::Sandbox;

pub(crate) mod receiver;
#[path = "../../../wa-client/tests/common/small.rs"]
mod small;

pub(crate) use small::{client_of, receipt, text};

/// The answer to a request that the client would not make.
pub(crate) struct Raw {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: Value,
}

impl Raw {
    pub(crate) fn code(&self) -> i64 {
        self.body["error"]["code"].as_i64().unwrap()
    }

    pub(crate) fn details(&self) -> &str {
        self.body["error"]["error_data"]["details"].as_str().unwrap()
    }
}

/// Sends bytes, and reads until the other side closes.
pub(crate) async fn raw(sandbox: &Sandbox, request: &[u8]) -> Raw {
    let mut stream = TcpStream::connect(&sandbox.base_url()["http://".len()..]).await.unwrap();
    // A server may answer and close before it has read everything.
    let _ = stream.write_all(request).await;
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    let answer = String::from_utf8(answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    Raw {
        status: head.split(' ').nth(1).unwrap().parse().unwrap(),
        head: head.to_ascii_lowercase(),
        body: serde_json::from_str(body).unwrap_or_default(),
    }
}

/// Sends a body as the client does.
pub(crate) async fn post(sandbox: &Sandbox, body: &[u8]) -> Raw {
    let mut request = format!(
        "POST /v23.0/{}/messages HTTP/1.1\r\nhost: sandbox\r\nconnection: close\r\n\
         authorization: Bearer {}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
        sandbox.phone_number_id(),
        sandbox.token(),
        body.len()
    )
    .into_bytes();
    request.extend_from_slice(body);
    raw(sandbox, &request).await
}

/// A request with the token, and JSON as its body.
pub(crate) async fn call(sandbox: &Sandbox, line: &str, body: &str) -> Raw {
    let head = format!(
        "{line} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\nauthorization: Bearer {}\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n",
        sandbox.token(),
        body.len()
    );
    raw(sandbox, &[head.as_bytes(), body.as_bytes()].concat()).await
}

/// What a path behind the version of the API has.
pub(crate) async fn get(sandbox: &Sandbox, path: &str) -> Value {
    let answer = call(sandbox, &format!("GET /v23.0/{path}"), "").await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    answer.body
}

/// Creates a template.
pub(crate) async fn create(sandbox: &Sandbox, body: &Value) -> Raw {
    call(sandbox, "POST /v23.0/500100/message_templates", &body.to_string()).await
}

/// A message from a template.
pub(crate) fn message_from(template: &Value) -> Value {
    serde_json::json!({
        "messaging_product": "whatsapp", "to": "+15550100", "type": "template", "template": template,
    })
}

/// Sends a message from a template.
pub(crate) async fn send(sandbox: &Sandbox, template: &Value) -> Raw {
    post(sandbox, message_from(template).to_string().as_bytes()).await
}

/// A definition with nothing but a text.
pub(crate) fn plain(name: &str, text: &str) -> Value {
    serde_json::json!({
        "name": name, "language": "en_US", "category": "UTILITY",
        "components": [{ "type": "BODY", "text": text }],
    })
}
