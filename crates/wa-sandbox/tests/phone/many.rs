//! Many pages, and much that is told to them.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};
use wa_sandbox::Sandbox;

use crate::common::{call, post};

async fn open(sandbox: &Sandbox, behind: &str) -> TcpStream {
    let mut stream = TcpStream::connect(&sandbox.base_url()["http://".len()..]).await.unwrap();
    let request = format!("GET /_sandbox/events{behind} HTTP/1.1\r\nhost: localhost\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    stream
}

#[tokio::test]
async fn pages_that_were_closed_make_room_at_once() {
    let sandbox = Sandbox::start().await.unwrap();
    // More than can be open together, while nothing happens.
    for _ in 0..300 {
        let mut start = [0; 12];
        open(&sandbox, "").await.read_exact(&mut start).await.unwrap();
        assert_eq!(&start, b"HTTP/1.1 200");
    }
}

/// A text that is too long, or empty.
fn text(length: usize) -> String {
    let text = json!({ "body": "a ".repeat(length / 2) });
    json!({ "messaging_product": "whatsapp", "to": "+15550101", "text": text }).to_string()
}

#[tokio::test]
async fn what_a_browser_takes_seconds_for_is_not_drawn() {
    let sandbox = Sandbox::start().await.unwrap();
    assert_eq!(post(&sandbox, text(1_000_000).as_bytes()).await.status, 400);
    let told = told(&sandbox, "").await;
    assert!(told.len() < 2_000 && told.contains("too long to be drawn"), "{told}");
    let details = call(&sandbox, "GET /_sandbox/entries/1", "").await;
    assert_eq!(details.body["json"]["text"]["body"].as_str().unwrap().len(), 1_000_000);
}

#[tokio::test]
async fn what_is_long_comes_as_a_whole() {
    let sandbox = Sandbox::start().await.unwrap();
    // Short ones are sent together, long ones are not copied, and of very long ones few are drawn at a time.
    for length in [0, 5_000, 30_000, 90_000].into_iter().cycle().take(120) {
        assert_eq!(post(&sandbox, text(length).as_bytes()).await.status, 400);
    }
    let text = told(&sandbox, "").await;
    assert_eq!(numbers(&text), (1..=120).collect::<Vec<_>>());
    assert!(text.len() > 30 * (5_000 + 30_000 + 90_000), "{}", text.len());

    // A page that was not seen for a while says in the address where it goes on.
    let id = |number: &str| {
        let is_this = |id: &&str| id.starts_with(number);
        text.lines().filter_map(|line| line.strip_prefix("id: ")).find(is_this).unwrap()
    };
    let text = told(&sandbox, &format!("?behind={}", id("118-"))).await;
    assert_eq!(numbers(&text), [119, 120]);
    assert!(!text.contains("cleared"), "{text}");
    for strange in ["?behind=118-1", "?behind=", "?behind=%ff", "?behind=118-1&behind=-"] {
        let text = told(&sandbox, strange).await;
        assert!(text.contains("{\"event\":\"cleared\"}"), "{strange}");
        assert_eq!(numbers(&text).len(), 120, "{strange}");
    }
}

/// What a page is told until it has all that was there.
async fn told(sandbox: &Sandbox, behind: &str) -> String {
    let mut stream = open(sandbox, behind).await;
    let read = async {
        let mut bytes = Vec::new();
        while !bytes.ends_with(b"event: whole\ndata: {}\n\n\r\n") {
            assert!(stream.read_buf(&mut bytes).await.unwrap() > 0, "the stream has ended");
        }
        bytes
    };
    let bytes = timeout(Duration::from_secs(20), read).await.unwrap();
    String::from_utf8(unchunked(&bytes)).unwrap()
}

/// The numbers of what is told.
fn numbers(text: &str) -> Vec<u64> {
    let events = text.lines().filter_map(|line| line.strip_prefix("data: "));
    let events = events.map(|event| serde_json::from_str(event).unwrap());
    events.filter_map(|event: Value| event["number"].as_u64()).collect()
}

#[tokio::test]
async fn a_page_hears_that_the_sandbox_is_dropped() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut stream = open(&sandbox, "").await;
    stream.read_exact(&mut [0; 12]).await.unwrap();
    drop(sandbox);
    let mut rest = Vec::new();
    let ends = timeout(Duration::from_secs(20), stream.read_to_end(&mut rest)).await;
    assert!(ends.unwrap().is_ok(), "it ends in order");
}

/// The text of an answer in chunks.
fn unchunked(answer: &[u8]) -> Vec<u8> {
    let end_of = |bytes: &[u8], mark: &[u8]| {
        bytes.windows(mark.len()).position(|here| here == mark).map(|at| at + mark.len())
    };
    let mut left = &answer[end_of(answer, b"\r\n\r\n").unwrap()..];
    let mut text = Vec::new();
    while let Some(end) = end_of(left, b"\r\n") {
        let length = std::str::from_utf8(&left[..end - 2]).unwrap();
        let length = usize::from_str_radix(length, 16).unwrap();
        text.extend_from_slice(&left[end..end + length]);
        left = &left[end + length + 2..];
    }
    text
}
