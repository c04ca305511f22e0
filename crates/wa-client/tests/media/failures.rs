//! Downloads that go wrong.

use std::time::Duration;

use tokio::{net::TcpListener, time::timeout};
use wa_message::{Error, MediaRef, client::media::FileErrorKind};

use crate::{
    HEX, JPEG,
    server::{STALLS, Server, file, info_at, refusal, reply_with},
    upload::kind,
};

/// What becomes of a file that is looked up, and comes so.
async fn downloaded(reply: Vec<u8>) -> Error {
    let server = Server::start().await;
    let info = server.info_of_any_size(HEX);
    let server = server.replying([info, reply]);
    server.client().media().download("500").bytes().await.unwrap_err()
}

#[tokio::test]
async fn another_file_is_not_taken() {
    let error = downloaded(file(b"another file")).await;
    assert_eq!(kind(&error), FileErrorKind::HashDiffers);
    assert_eq!(
        error.to_string(),
        "what came is not the file that was promised: its hash is another one; do not use it"
    );
    // A page to log in by, with the status of success.
    assert_eq!(kind(&downloaded(file(b"<html>Log in</html>")).await), FileErrorKind::HashDiffers);
}

#[tokio::test]
async fn no_more_comes_than_is_taken() {
    let large = vec![7; 100_000];
    let announced = file(&large);
    let unannounced = [b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n".as_slice(), &large].concat();
    let lies = b"HTTP/1.1 200 OK\r\ncontent-length: 9999999999999\r\n\r\nx".to_vec();
    for (reply, most) in [(announced, 99_999), (unannounced, 99_999), (lies, u64::MAX >> 20)] {
        let server = Server::start().await;
        let info = server.info_of_any_size("");
        let server = server.replying([info, reply]);
        let error =
            server.client().media().download("500").at_most(most).bytes().await.unwrap_err();
        if most == 99_999 {
            assert_eq!(kind(&error), FileErrorKind::OverCap);
        } else {
            // Nothing was set aside for what was announced.
            assert!(matches!(error, Error::InDoubt(_)), "{error:?}");
        }
    }
    let server = Server::start().await;
    let info = server.info_of_any_size("");
    let server = server.replying([info, file(&large)]);
    let bytes = server.client().media().download("500").at_most(100_000).bytes().await.unwrap();
    assert_eq!(bytes.len(), 100_000);
    // The default is what the API keeps at most.
    let over = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", (100 << 20) + 1);
    assert_eq!(kind(&downloaded(over.into_bytes()).await), FileErrorKind::OverCap);
}

#[tokio::test]
async fn a_part_is_no_file() {
    let part = reply_with("206 Partial Content", "content-range: bytes 0-2/100\r\n", b"abc");
    for reply in [part, b"HTTP/1.1 204 No Content\r\n\r\n".to_vec()] {
        let server = Server::start().await;
        let info = server.info_of_any_size("");
        let server = server.replying([info, reply]);
        let error = server.client().media().download("500").bytes().await.unwrap_err();
        assert!(
            matches!(kind(&error), FileErrorKind::NotServed { status: 204 | 206 }),
            "{error:?}"
        );
    }
}

#[tokio::test]
async fn any_time_may_be_waited() {
    let server = Server::start().await;
    let info = server.info(HEX);
    let server = server.replying([info, file(JPEG)]);
    let client = server.builder().timeout(Duration::MAX).build().unwrap();
    assert_eq!(client.media().download("500").bytes().await.unwrap(), JPEG);
}

#[tokio::test]
async fn foreign_hosts_get_nothing() {
    let trap = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = trap.local_addr().unwrap().port();
    for url in [
        format!("http://127.0.0.1.nip.example:{port}/x"),
        format!("https://127.0.0.1:{port}/x"),
        "https://example.com/x".to_owned(),
        format!("http://user:secret@127.0.0.1:{port}/x"),
        "nonsense".to_owned(),
    ] {
        let server = Server::start().await.replying([info_at(&url, HEX), info_at(&url, HEX)]);
        let error = server.client().media().download("500").bytes().await.unwrap_err();
        assert_eq!(kind(&error), FileErrorKind::ForeignAddress, "{url}");
        // An address in a message is passed over, and the id leads on.
        let received = MediaRef::new("500").with_url(&*url);
        let error = server.client().media().download(received).bytes().await.unwrap_err();
        assert_eq!(kind(&error), FileErrorKind::ForeignAddress, "{url}");
        assert_eq!(server.lines(), ["GET /v23.0/500", "GET /v23.0/500"]);
    }
    assert!(timeout(Duration::from_millis(100), trap.accept()).await.is_err());
}

#[tokio::test]
async fn redirects_are_not_followed() {
    let trap = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let to = format!("location: http://{}/\r\n", trap.local_addr().unwrap());
    for status in ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"] {
        let error = downloaded(reply_with(status, &to, b"")).await;
        assert!(
            matches!(kind(&error), FileErrorKind::NotServed { status: 301..=308 }),
            "{error:?}"
        );
    }
    assert!(timeout(Duration::from_millis(100), trap.accept()).await.is_err());
}

#[tokio::test]
async fn what_the_server_says_is_told() {
    let error = downloaded(reply_with("401 Unauthorized", "", b"<html>")).await;
    assert_eq!(kind(&error), FileErrorKind::NotServed { status: 401 });
    assert_eq!(error.status(), Some(401));
    assert_eq!(
        error.to_string(),
        "the server did not give the file (HTTP 401); check the token, or look the file up again"
    );
    let error = downloaded(refusal("401 Unauthorized", r#"{"code":190}"#)).await;
    assert!(matches!(&error, Error::Refused(refusal) if refusal.code() == 190), "{error:?}");
    let error = downloaded(reply_with("502 Bad Gateway", "", b"<html>")).await;
    assert!(matches!(&error, Error::InDoubt(doubt) if doubt.status() == Some(502)), "{error:?}");
    assert_eq!(
        error.to_string(),
        "the answer (HTTP 502) does not say what became of the request, so it is not known what became of the \
         request; it may be repeated: nothing is changed"
    );
}

#[tokio::test]
async fn half_a_file_is_asked_for_again() {
    let half = [b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n", JPEG].concat();
    let error = downloaded(half.clone()).await;
    assert!(matches!(error, Error::InDoubt(_)) && error.is_safe_to_resend(), "{error:?}");

    let server = Server::start().await;
    let info = server.info_of_any_size(HEX);
    let busy = reply_with("503 Service Unavailable", "", b"");
    let server = server.replying([info, half.clone(), busy.clone(), file(JPEG)]);
    assert_eq!(server.patient().media().download("500").bytes().await.unwrap(), JPEG);
    assert_eq!(server.requests().len(), 4);

    // Whoever takes it piece by piece has had some, and is told. Before the first piece there may be more attempts.
    let info = server.info_of_any_size(HEX);
    let server = server.replying([info, busy, half]);
    let mut stream = server.patient().media().download("500").stream().await.unwrap();
    assert_eq!(stream.next().await.unwrap().unwrap(), JPEG);
    assert!(matches!(stream.next().await, Some(Err(Error::InDoubt(_)))));
    assert!(stream.next().await.is_none());
}

#[tokio::test]
async fn a_server_that_stalls_is_left() {
    let begun = [b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n".as_slice(), STALLS].concat();
    for reply in [begun, STALLS.to_vec()] {
        let server = Server::start().await;
        let info = server.info_of_any_size(HEX);
        // It waits in silence before the head of an answer, if there is none.
        let reply = if reply == STALLS {
            [b"HTTP/1.1 200 OK\r\nx: ".as_slice(), STALLS].concat()
        } else {
            reply
        };
        let server = server.replying([info, reply]);
        let client = server
            .builder()
            .timeout(Duration::from_millis(300))
            .retry(wa_message::client::Backoff::never())
            .build()
            .unwrap();
        let error = client.media().download("500").bytes().await.unwrap_err();
        assert!(matches!(&error, Error::InDoubt(doubt) if doubt.is_timeout()), "{error:?}");
        assert!(error.to_string().starts_with("no answer came in time, "));
    }
}
