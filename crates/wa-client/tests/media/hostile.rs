//! Downloads from a server that wants the token, or wants to keep somebody busy.

use std::time::Duration;

use tokio::{net::TcpListener, time::timeout};
use wa_message::{Error, MediaRef, client::media::FileErrorKind};

use crate::{
    HEX, JPEG,
    common::TOKEN,
    server::{ENDLESS, Server, file, info_at, info_of, reply_with},
    shown::everything_of,
    upload::kind,
};

#[tokio::test]
async fn addresses_that_only_look_right_get_nothing() {
    let trap = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = trap.local_addr().unwrap().port();
    let server = Server::start().await;
    let here = server.address;
    let client = server.client();
    for url in [
        // Other ports of this machine, by all its names.
        format!("http://127.0.0.1:{port}/x"),
        format!("http://localhost:{port}/x"),
        format!("http://[::1]:{port}/x"),
        format!("http://[::ffff:127.0.0.1]:{port}/x"),
        format!("http://2130706433:{port}/x"),
        format!("http://0x7f.1:{port}/x"),
        format!("http://127.0.0.1.:{port}/x"),
        "http://127.0.0.1/x".to_owned(),
        // Somebody in front of the host, and the right host in front of another.
        format!("http://user@{here}/x"),
        format!("http://:secret@{here}/x"),
        format!("http://{here}@127.0.0.1:{port}/x"),
        format!("https://lookaside.fbsbx.com@127.0.0.1:{port}/x"),
        // Hosts that begin, end or look like one of the API.
        "https://lookaside.fbsbx.com.evil.example/x".to_owned(),
        "https://evil-lookaside.fbsbx.com/x".to_owned(),
        "https://lookaside.fbsbx.com./x".to_owned(),
        "https://lookaside.fbsbx.com%2eevil.example/x".to_owned(),
        "https://lооkaside.fbsbx.com/x".to_owned(),
        "https://xn--lkaside-3fgb.fbsbx.com/x".to_owned(),
        "https://graph.facebook.com:444/x".to_owned(),
        "http://graph.facebook.com/x".to_owned(),
        format!("https://{here}/x"),
        "https://[::1]/x".to_owned(),
        "file:///etc/passwd".to_owned(),
        "data:image/jpeg;base64,AAAA".to_owned(),
        "javascript:0".to_owned(),
        "/x".to_owned(),
    ] {
        let before = server.requests().len();
        server.will_reply([info_at(&url, HEX), info_at(&url, HEX)]);
        let error = client.media().download("500").bytes().await.unwrap_err();
        assert_eq!(kind(&error), FileErrorKind::ForeignAddress, "{url}");
        assert!(!everything_of(&error).contains(TOKEN), "{error:?}");
        // An address in a message is passed over, and the id leads on.
        let received = MediaRef::new("500").with_url(&*url);
        let error = client.media().download(received).bytes().await.unwrap_err();
        assert_eq!(kind(&error), FileErrorKind::ForeignAddress, "{url}");
        assert_eq!(server.lines()[before..], ["GET /v23.0/500", "GET /v23.0/500"], "{url}");
    }
    assert!(timeout(Duration::from_millis(100), trap.accept()).await.is_err());
}

#[tokio::test]
async fn the_own_port_may_have_any_name_of_this_machine() {
    let server = Server::start().await;
    let port = server.address.port();
    for host in ["127.0.0.1", "localhost"] {
        server.will_reply([info_at(&format!("http://{host}:{port}/x"), HEX), file(JPEG)]);
        assert_eq!(server.client().media().download("500").bytes().await.unwrap(), JPEG, "{host}");
    }
}

#[tokio::test]
async fn the_error_says_which_port_was_meant() {
    let server = Server::start().await;
    server.will_reply([info_at("http://127.0.0.1:9/secret?token=x", HEX)]);
    let error = server.client().media().download("500").bytes().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "the address of the file is not one of the API, so nothing was asked of it: its host is `127.0.0.1:9`"
    );
}

#[tokio::test]
async fn a_redirect_to_the_same_server_is_not_followed_either() {
    let server = Server::start().await;
    for (status, to) in
        [("302 Found", "/other"), ("301 Moved", ""), ("308 Permanent", "//127.0.0.1")]
    {
        let before = server.requests().len();
        server.will_reply([
            server.info(HEX),
            reply_with(status, &format!("location: {to}\r\nrefresh: 0; url={to}\r\n"), b""),
        ]);
        let error = server.client().media().download("500").bytes().await.unwrap_err();
        assert!(matches!(kind(&error), FileErrorKind::NotServed { .. }), "{error:?}");
        assert_eq!(server.requests().len(), before + 2);
    }
}

/// A body without an end.
fn endless(head: &str) -> Vec<u8> {
    [format!("HTTP/1.1 {head}\r\n\r\n").as_bytes(), ENDLESS].concat()
}

#[tokio::test]
async fn a_body_without_an_end_is_left_at_the_cap() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start().await;
    let client = server.client();
    for head in ["200 OK\r\ntransfer-encoding: chunked", "200 OK"] {
        for most in [0, 1000, 100_000] {
            server.will_reply([info_of(&server.url(), "", "null"), endless(head)]);
            let download = client.media().download("500").at_most(most);
            let error = download.save(folder.path().join("photo.jpg")).await.unwrap_err();
            assert_eq!(kind(&error), FileErrorKind::OverCap, "{head}");
            assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
        }
    }
    // Also one that is no file, and one of more than the size that was announced.
    for (head, reason) in [
        ("404 Not Found\r\ntransfer-encoding: chunked", Some(FileErrorKind::Gone)),
        ("200 OK\r\ntransfer-encoding: chunked", Some(FileErrorKind::SizeDiffers)),
        ("400 Bad\r\ntransfer-encoding: chunked", Some(FileErrorKind::NotServed { status: 400 })),
        ("503 Busy\r\ntransfer-encoding: chunked", None),
    ] {
        let info = info_of(&server.url(), "", "21");
        server.forget();
        server.will_reply([info.clone(), endless(head), info, endless(head)]);
        let error = client.media().download("500").bytes().await.unwrap_err();
        match reason {
            Some(reason) => assert_eq!(kind(&error), reason, "{head}"),
            None => assert!(matches!(error, Error::InDoubt(_)), "{error:?}"),
        }
    }
}

#[tokio::test]
async fn a_look_up_without_an_end_is_none() {
    let server = Server::start().await;
    server.will_reply([endless("200 OK\r\ntransfer-encoding: chunked")]);
    let error = server.client().media().download("500").bytes().await.unwrap_err();
    assert!(matches!(error, Error::Unreadable(_)), "{error:?}");
}

#[tokio::test]
async fn any_cap_may_be_set() {
    let server = Server::start().await;
    server.will_reply([server.info(HEX), file(JPEG)]);
    let client = server.client();
    let download = client.media().download("500").at_most(u64::MAX);
    assert_eq!(download.bytes().await.unwrap(), JPEG);
}
