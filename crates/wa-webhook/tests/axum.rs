//! The service in a router of axum, over a socket.
#![cfg(feature = "axum")]
#![allow(clippy::unwrap_used)]

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use axum::{Router, routing::get};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};
use wa_message::webhook::{MemorySeen, SIGNATURE_HEADER, Verifier, VerifyToken, service};

const SECRET: &str = "hook-test-secret";

fn verifier() -> Verifier {
    Verifier::new([SECRET]).unwrap()
}

/// A server with the service at `/webhook`, and the ids of the messages that it has handled.
async fn serve() -> (SocketAddr, Arc<Mutex<Vec<String>>>) {
    let handled = Arc::new(Mutex::new(Vec::new()));
    let of_handler = Arc::clone(&handled);
    let webhooks = service(verifier(), VerifyToken::new("a-verify-token").unwrap())
        .seen(MemorySeen::new())
        .on_message(move |message, _| {
            of_handler.lock().unwrap().push(message.id.into_owned());
            async {}
        })
        .build();
    let health = Router::new().route("/health", get(|| async { "well" }));
    let app = health.merge(webhooks.route("/webhook"));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, app).await });
    (address, handled)
}

/// A webhook with a text that is as long as it is said, as the API writes it.
fn body(id: &str, length: usize) -> String {
    let text = "\\u00e4".repeat(length / 6);
    format!(
        r#"{{"object":"whatsapp_business_account","entry":[{{"id":"900100","changes":[{{"field":"messages","value":{{
        "metadata":{{"phone_number_id":"700100"}},
        "messages":[{{"id":"{id}","from":"15550101","type":"text","text":{{"body":"{text}"}}}}]}}}}]}}]}}"#
    )
}

/// Makes a request, and gives the status and the body of the answer.
async fn request(address: SocketAddr, line: &str, head: &str, body: &str) -> (u16, String) {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let length = body.len();
    let head = format!(
        "{line} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-length: {length}\r\n{head}\r\n"
    );
    stream.write_all(&[head.as_bytes(), body.as_bytes()].concat()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head[9..12].parse().unwrap(), body.to_owned())
}

async fn post(address: SocketAddr, body: &str) -> u16 {
    let signature = verifier().sign(body.as_bytes());
    let head = format!("{SIGNATURE_HEADER}: {signature}\r\n");
    request(address, "POST /webhook", &head, body).await.0
}

#[tokio::test]
async fn messages_come_through_the_router() {
    let (address, handled) = serve().await;
    assert_eq!(post(address, &body("wamid.A", 600)).await, 200);
    assert_eq!(post(address, &body("wamid.A", 600)).await, 200);
    // More than axum takes by itself.
    assert_eq!(post(address, &body("wamid.B", 2_900_000)).await, 200);
    assert_eq!(*handled.lock().unwrap(), ["wamid.A", "wamid.B"]);

    assert_eq!(request(address, "GET /health", "", "").await, (200, "well".to_owned()));
    let query = "hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=a-verify-token";
    let handshake = request(address, &format!("GET /webhook?{query}"), "", "").await;
    assert_eq!(handshake, (200, "1158201444".to_owned()));
    assert_eq!(request(address, "GET /webhook", "", "").await, (403, String::new()));
    assert_eq!(request(address, "PUT /webhook", "", "{}").await.0, 405);
}

/// Writes a head and some of the body, and reads the status of the answer.
async fn half(address: SocketAddr, head: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let request = format!("POST /webhook HTTP/1.1\r\nhost: localhost\r\n{head}\r\n\r\n{{");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = [0; 12];
    stream.read_exact(&mut answer).await.unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn who_has_no_signature_or_says_too_much_is_answered_before_the_body_comes() {
    let (address, handled) = serve().await;
    assert_eq!(half(address, "content-length: 1000").await, "HTTP/1.1 401");
    let signature = format!("{SIGNATURE_HEADER}: sha256={}", "0".repeat(64));
    let long = format!("{signature}\r\ncontent-length: 4194304");
    assert_eq!(half(address, &long).await, "HTTP/1.1 413");
    assert!(handled.lock().unwrap().is_empty());
}

/// Callers that reset their connections, at a hundred moments, and then one that waits.
#[tokio::test]
async fn a_caller_that_hangs_up_keeps_nothing_claimed() {
    for over in [true, false] {
        let reports = Arc::new(Mutex::new(Vec::new()));
        let of_service = Arc::clone(&reports);
        let webhooks = service(verifier(), VerifyToken::new("a-verify-token").unwrap())
            .seen(MemorySeen::new())
            .report(move |report| of_service.lock().unwrap().push(report.to_string()));
        let pause = || tokio::time::sleep(std::time::Duration::from_millis(20));
        let webhooks = if over {
            webhooks.hand_over(move |_| pause())
        } else {
            let (webhooks, mut deliveries) = webhooks.stream(4);
            tokio::spawn(async move {
                while let Some(delivery) = deliveries.next().await {
                    pause().await;
                    delivery.done();
                }
            });
            webhooks
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let app = webhooks.build().route("/webhook");
        tokio::spawn(async move { axum::serve(listener, app).await });
        for run in 0..100_u64 {
            let body = body(&(run / 4).to_string(), 60);
            let (signature, length) = (verifier().sign(body.as_bytes()), body.len());
            let head = format!(
                "POST /webhook HTTP/1.1\r\nhost: a\r\ncontent-length: {length}\r\n{SIGNATURE_HEADER}: {signature}\r\n\r\n"
            );
            let mut stream = TcpStream::connect(address).await.unwrap();
            stream.write_all(&[head.as_bytes(), body.as_bytes()].concat()).await.unwrap();
            tokio::time::sleep(std::time::Duration::from_millis(run % 10)).await;
            stream.set_zero_linger().unwrap();
        }
        // Whatever is at work comes to its end.
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
        for id in 0..25 {
            let body = body(&id.to_string(), 60);
            let head = format!("{SIGNATURE_HEADER}: {}\r\n", verifier().sign(body.as_bytes()));
            assert_eq!(request(address, "POST /webhook", &head, &body).await.0, 200, "{over} {id}");
        }
        assert!(!reports.lock().unwrap().is_empty());
    }
}
