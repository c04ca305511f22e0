//! Files of customers, as large as the API takes them.

use serde_json::json;
use wa_message::webhook::{Item, types::MessageContent};
use wa_sandbox::{Sandbox, Webhooks};

use crate::common::{
    Raw, raw,
    receiver::{Receiver, SECRET},
};

const FILES: &str = "/_sandbox/customers/15550101/files";

/// Sends a file, with a type of the content.
async fn send(sandbox: &Sandbox, query: &str, kind: &str, length: usize, bytes: &[u8]) -> Raw {
    let head = format!(
        "POST {FILES}?{query} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\
         content-type: {kind}\r\ncontent-length: {length}\r\n\r\n"
    );
    raw(sandbox, &[head.as_bytes(), bytes].concat()).await
}

#[tokio::test]
async fn a_large_file_comes_whole() {
    let receiver = Receiver::start().await;
    let webhooks = Webhooks::to(&receiver.url, SECRET);
    let sandbox = Sandbox::builder().webhooks(webhooks).start().await.unwrap();
    let mut file = b"%PDF-1.7\n".to_vec();
    file.resize(8 << 20, b' ');
    let query = "mime_type=application/pdf&file_name=large%20one.pdf&caption=Look&name=Ada";
    let done = send(&sandbox, query, "application/octet-stream", file.len(), &file).await;
    assert_eq!(done.status, 200, "{}", done.body);
    sandbox.settled().await;
    let came = receiver.messages().pop().unwrap();
    assert_eq!(came.id, done.body["id"].as_str().unwrap());
    let Item::Known(MessageContent::Document(document)) = came.content else { panic!() };
    assert_eq!(document.filename.as_deref(), Some("large one.pdf"));
    assert_eq!(document.caption.as_deref(), Some("Look"));
    let kept = sandbox.media();
    assert_eq!((kept.len(), kept[0].bytes().len()), (1, 8 << 20));
}

#[tokio::test]
async fn what_is_no_such_file_is_refused_in_words() {
    let receiver = Receiver::start().await;
    let webhooks = Webhooks::to(&receiver.url, SECRET);
    let sandbox = Sandbox::builder().webhooks(webhooks).start().await.unwrap();
    let bytes = "application/octet-stream";
    let says = |answer: &Raw| answer.body["error"]["message"].as_str().unwrap().to_owned();
    // It is refused before any of it is read.
    let large = send(&sandbox, "mime_type=application/pdf", bytes, 101 << 20, b"").await;
    assert_eq!((large.status, says(&large)), (413, "the file is larger than 100 MiB".to_owned()));
    // A web site could send this one.
    let plain = send(&sandbox, "mime_type=text/plain", "text/plain", 5, b"Hello").await;
    assert_eq!(plain.status, 415);
    assert_eq!(says(&plain), "the content type must be `application/octet-stream`");
    let untyped = send(&sandbox, "", bytes, 5, b"Hello").await;
    assert_eq!((untyped.status, says(&untyped)), (400, "`mime_type` is missing".to_owned()));
    let empty = send(&sandbox, "mime_type=text/plain", bytes, 0, b"").await;
    assert_eq!(empty.status, 400);
    assert!(says(&empty).contains("the file is empty"), "{}", says(&empty));
    let other = send(&sandbox, "mime_type=image/png", bytes, 5, b"Hello").await;
    assert_eq!(other.status, 400);
    // A type or a kind of a stranger stands in a line, and is not repeated as a whole.
    let long = "a".repeat(9000);
    for query in [
        "mime_type=a%0Ab%E2%80%AEc".to_owned(),
        format!("mime_type={long}"),
        format!("mime_type=text/plain&kind={long}%0A"),
    ] {
        let strange = send(&sandbox, &query, bytes, 5, b"Hello").await;
        let says = says(&strange);
        assert_eq!(strange.status, 400);
        assert!(says.len() < 200 && !says.contains(['\n', '\u{202e}']), "{says}");
    }
    assert!(sandbox.media().is_empty() && receiver.messages().is_empty());
    assert_eq!(crate::common::call(&sandbox, &format!("GET {FILES}"), "").await.status, 405);
    let answer = crate::common::call(&sandbox, "GET /_sandbox/choices", "").await;
    assert_eq!(answer.body["file_at_most"], json!(100 << 20));
}
