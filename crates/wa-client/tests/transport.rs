//! The client before servers that are not the API.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::{error::Error as _, time::Duration};

use common::{TOKEN, answer, answering, client_at, read_request, receipt, text};
use tokio::{io::AsyncWriteExt, net::TcpListener, time::timeout};
use wa_message::{
    Client, Error, ErrorCode, RetryAdvice, SetupError, ThrottleScope,
    client::{Backoff, InDoubt, Unreadable, reqwest::Proxy},
};

async fn in_doubt(status: &str, body: &str) -> InDoubt {
    match sent(answer(status, body)).await {
        Error::InDoubt(error) => error,
        error => panic!("{error:?}"),
    }
}

async fn unreadable(body: &str) -> Unreadable {
    match sent(answer("200 OK", body)).await {
        Error::Unreadable(error) => error,
        error => panic!("{error:?}"),
    }
}

/// The error of a message that is answered with these bytes.
async fn sent(answer: impl Into<Vec<u8>>) -> Error {
    let (address, server) = answering(answer).await;
    let error = client_at(address).send(&text()).await.unwrap_err();
    server.await.unwrap();
    error
}

/// An error with all its sources, as a log would show it.
fn chain(error: &Error) -> String {
    let mut texts = vec![format!("{error} {error:?} {error:#?}")];
    let mut source = error.source();
    while let Some(error) = source {
        texts.push(format!("{error} {error:?}"));
        source = error.source();
    }
    texts.join(" ")
}

#[tokio::test]
async fn a_request_has_the_form_of_the_api() {
    let (address, server) = answering(answer("200 OK", r#"{"messages":[{"id":"wamid.A"}]}"#)).await;
    let client = Client::builder(TOKEN, "100200300")
        .base_url(format!("http://{address}/gateway/"))
        .api_version("v25.0")
        .build()
        .unwrap();
    let message = text();
    assert_eq!(client.send(&message).await.unwrap().id(), "wamid.A");

    let request = server.await.unwrap();
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("POST /gateway/v25.0/100200300/messages HTTP/1.1\r\n"), "{head}");
    assert!(head.contains(&format!("authorization: Bearer {TOKEN}\r\n")), "{head}");
    assert!(head.contains("content-type: application/json"), "{head}");
    assert!(head.contains("user-agent: wa-message/"), "{head}");
    assert_eq!(body, message.to_json());
}

#[tokio::test]
async fn nothing_is_sent_without_a_connection() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let error = client_at(address).send(&text()).await.unwrap_err();
    assert!(matches!(&error, Error::NotSent(_)), "{error:?}");
    assert!(error.is_safe_to_resend());
    assert_eq!(
        error.to_string(),
        "no connection to the API was made, so nothing was sent; check the address and the network, \
         and try again"
    );
    assert!(error.source().is_some());
}

#[tokio::test]
async fn nothing_is_sent_without_tls() {
    let (address, server) = answering("not TLS at all").await;
    let client = Client::builder(TOKEN, "1")
        .base_url(format!("https://{address}"))
        .configure_http(|http| http.tls_certs_only([]))
        .timeout(Duration::from_secs(5))
        .retry(Backoff::never())
        .build()
        .unwrap();
    // The server waits for a request and gets a handshake: end it from this side.
    let close = tokio::spawn(async move {
        tokio::time::sleep(Duration::from_millis(200)).await;
        server.abort();
    });
    let error = client.send(&text()).await.unwrap_err();
    close.await.unwrap();
    assert!(matches!(&error, Error::NotSent(_)), "{error:?}");
}

#[tokio::test]
async fn a_connection_that_breaks_leaves_doubt() {
    let error = sent("").await;
    assert!(!error.is_safe_to_resend());
    assert!(error.source().is_some());
    let Error::InDoubt(error) = error else { panic!("{error:?}") };
    assert_eq!((error.status(), error.body(), error.is_timeout()), (None, None, false));
    assert_eq!(
        error.to_string(),
        "the connection broke before an answer came, so the request may or may not have been accepted; \
         wait for its webhooks before you send it again"
    );

    // Half of a head, and something that is not HTTP.
    for answer in ["HTTP/1.1 200 OK\r\ncontent-", "SSH-2.0-OpenSSH\r\n"] {
        let error = sent(answer).await;
        assert!(matches!(error, Error::InDoubt(_)), "{error:?}");
    }
}

#[tokio::test]
async fn answers_that_are_not_of_the_api_leave_doubt() {
    let error = in_doubt("500 Internal Server Error", "<html>Sorry</html>").await;
    assert_eq!((error.status(), error.body()), (Some(500), Some("<html>Sorry</html>")));
    assert_eq!(
        error.to_string(),
        "the answer (HTTP 500) does not say what became of the request, so the request may or may \
         not have been accepted; wait for its webhooks before you send it again"
    );
    for (status, body) in [
        ("502 Bad Gateway", ""),
        ("503 Service Unavailable", "{}"),
        ("400 Bad Request", r#"{"error":"no"}"#),
        ("400 Bad Request", r#"{"error":{"message":"no code"}}"#),
        ("404 Not Found", "[]"),
        ("302 Found", ""),
    ] {
        assert_eq!(in_doubt(status, body).await.body(), Some(body));
    }
    // An answer to keep is cut.
    let long = "ü".repeat(100_000);
    assert!(in_doubt("500 Oh", &long).await.body().unwrap().len() <= 8 * 1024);
}

#[tokio::test]
async fn an_accepted_message_stays_accepted() {
    let error = unreadable("<html>Welcome</html>").await;
    assert_eq!((error.status(), error.body()), (200, "<html>Welcome</html>"));
    assert!(error.source().is_some());
    assert_eq!(
        error.to_string(),
        "the request was accepted, but the answer was not understood; do not send it again"
    );
    assert!(!Error::Unreadable(error).is_safe_to_resend());

    for body in
        ["", "{}", r#"{"messages":[]}"#, r#"{"messages":[{"id":7}]}"#, r#"{"success":true}"#]
    {
        assert_eq!(unreadable(body).await.body(), body);
    }
    // More than is read, and less than was promised.
    assert!(unreadable(&" ".repeat(3 * 1024 * 1024)).await.body().len() <= 8 * 1024);
    let error = sent("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"messages\":").await;
    let Error::Unreadable(error) = error else { panic!("{error:?}") };
    assert_eq!(error.body(), "{\"messages\":");
}

#[tokio::test]
async fn a_refusal_is_one_with_any_status() {
    for status in ["200 OK", "400 Bad Request", "503 Service Unavailable"] {
        let body =
            r#"{"error":{"message":"(#130429) Too fast","code":130429,"error_data":"slow down"}}"#;
        let Error::Throttled(error) = sent(answer(status, body)).await else { panic!("{status}") };
        assert_eq!((error.code(), error.details()), (130_429, Some("slow down")));
        assert_eq!(error.scope(), Some(ThrottleScope::Number));
        assert!(error.is_transient());
        let body = r#"{"error":{"code":131009}}"#;
        let Error::Refused(error) = sent(answer(status, body)).await else { panic!("{status}") };
        assert_eq!(
            (error.error_code(), error.advice()),
            (ErrorCode::ParameterValueInvalid, RetryAdvice::Never)
        );
    }
}

#[tokio::test]
async fn a_receipt_that_marks_nothing_is_an_error() {
    let (address, _server) = answering(answer("200 OK", r#"{"success":false}"#)).await;
    let error = client_at(address).mark_read(&receipt()).await.unwrap_err();
    assert!(matches!(error, Error::NotMarked));

    let (address, _server) = answering(answer("200 OK", "{}")).await;
    let error = client_at(address).mark_read(&receipt()).await.unwrap_err();
    assert!(matches!(error, Error::Unreadable(_)));
}

#[tokio::test]
async fn a_server_that_stalls_leaves_doubt() {
    for beginning in [
        "",
        "HTTP/1.1 500 Oh\r\ncontent-length: 9\r\n\r\n",
        "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n",
    ] {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let server = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            read_request(&mut stream).await;
            stream.write_all(beginning.as_bytes()).await.unwrap();
            tokio::time::sleep(Duration::from_secs(60)).await;
        });
        let client = Client::builder(TOKEN, "1")
            .base_url(format!("http://{address}"))
            .timeout(Duration::from_millis(300))
            .build()
            .unwrap();
        let error = client.send(&text()).await.unwrap_err();
        match error {
            // The head of the answer has said it.
            Error::Unreadable(_) => assert!(beginning.contains("200")),
            Error::InDoubt(error) => {
                assert!(error.is_timeout(), "{error:?}");
                assert!(error.to_string().starts_with("no answer came in time, "));
            }
            error => panic!("{error:?}"),
        }
        server.abort();
    }
}

#[tokio::test]
async fn redirects_are_not_followed() {
    let trap = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let elsewhere = trap.local_addr().unwrap();
    for status in ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"] {
        let redirect = format!(
            "HTTP/1.1 {status}\r\nlocation: http://{elsewhere}/\r\ncontent-length: 0\r\n\r\n"
        );
        let Error::InDoubt(error) = sent(redirect).await else { panic!("{status}") };
        assert_eq!(error.status().map(|status| status / 100), Some(3));
    }
    assert!(timeout(Duration::from_millis(100), trap.accept()).await.is_err());
}

#[tokio::test]
async fn loopback_needs_no_proxy() {
    let trap = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let proxy = Proxy::all(format!("http://{}", trap.local_addr().unwrap())).unwrap();
    let (address, _server) =
        answering(answer("200 OK", r#"{"messages":[{"id":"wamid.A"}]}"#)).await;
    let client = Client::builder(TOKEN, "1")
        .base_url(format!("http://{address}"))
        .configure_http(|http| http.proxy(proxy))
        .build()
        .unwrap();
    client.send(&text()).await.unwrap();
    assert!(timeout(Duration::from_millis(100), trap.accept()).await.is_err());
}

#[tokio::test]
async fn the_token_is_in_no_error() {
    for echo in [
        answer(
            "400 Bad",
            &format!(r#"{{"error":{{"code":190,"message":"Malformed access token {TOKEN}"}}}}"#),
        ),
        answer("500 Oh", &format!("<p>{TOKEN}</p>")),
        answer("200 OK", &format!("<p>{TOKEN}</p>")),
        answer("302 Found", TOKEN),
        String::new(),
    ] {
        let error = sent(echo.clone()).await;
        let shown = chain(&error);
        assert!(!shown.contains(TOKEN), "{shown}");
    }
}

#[test]
fn a_client_that_cannot_work_is_not_made() {
    assert!(matches!(Client::new("", "1"), Err(SetupError::EmptyToken)));
    assert!(matches!(Client::new("secret\n", "1"), Err(SetupError::MalformedToken)));
    assert!(matches!(Client::new("secret", ""), Err(SetupError::EmptyPhoneNumberId)));
    assert!(matches!(Client::new("secret", "1/2"), Err(SetupError::MalformedPhoneNumberId)));
    let at = |base_url: &str| Client::builder("secret", "1").base_url(base_url).build();
    assert!(matches!(at("graph.facebook.com"), Err(SetupError::MalformedAddress)));
    assert!(matches!(at("http://graph.facebook.com"), Err(SetupError::InsecureAddress)));
    let version = Client::builder("secret", "1").api_version("").build();
    assert!(matches!(version, Err(SetupError::MalformedVersion)));
}

#[test]
fn a_client_is_shared_and_shows_no_token() {
    fn shared<T: Clone + Send + Sync + 'static>(_: &T) {}
    fn sent<T: Send>(_: T) {}

    let client = Client::new("EAAG-secret", "100200300").unwrap();
    shared(&client);
    let message = text();
    let receipt = receipt();
    sent(client.send(&message));
    sent(client.mark_read(&receipt));
    let shown = format!("{client:?} {client:#?}");
    assert!(!shown.contains("secret"), "{shown}");
    assert!(shown.contains("https://graph.facebook.com/v23.0/100200300/messages"), "{shown}");

    let builder = Client::builder("EAAG-secret", "100200300");
    assert!(!format!("{builder:?}").contains("secret"));
}
