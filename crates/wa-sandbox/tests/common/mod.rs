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
