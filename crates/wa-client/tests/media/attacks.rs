//! Resumable uploads to a server that lies, and with files that are not the ones they were.

use wa_message::{
    Error,
    client::media::{FileErrorKind, Media, Upload},
};

use crate::{
    HEX, JPEG,
    common::TOKEN,
    server::{Server, json, refusal, reply_with},
    shown::everything_of,
    upload::kind,
};

const SESSION: &str = "upload:MTphdH/0+YQ==?sig=AR%2Bx";

fn stored() -> Upload {
    serde_json::from_str(&format!(r#"{{"id":"{SESSION}","offset":0}}"#)).unwrap()
}

fn picture() -> Media {
    Media::sample(JPEG.to_vec())
}

/// The errors of an upload that goes on where a server says so, which is asked once for each.
async fn goes_on_at(answers: impl IntoIterator<Item = String>) -> Vec<(String, Error)> {
    let server = Server::start().await;
    let client = server.patient();
    let mut errors = Vec::new();
    for answer in answers {
        server.forget();
        server.will_reply([json(&answer), json(r#"{"h":"h"}"#)]);
        let result = client.media().continue_upload(&mut stored(), picture()).await;
        assert_eq!(server.lines(), ["GET /v23.0/upload:MTphdH/0+YQ==?sig=AR%2Bx"], "{answer}");
        errors.push((answer, result.unwrap_err()));
    }
    errors
}

fn at_offset(offset: &str) -> String {
    format!(r#"{{"file_offset":{offset}}}"#)
}

#[tokio::test]
async fn an_offset_that_is_none_ends_it() {
    let beyond = ["22", "999999999999", "9223372036854775807", r#""22""#];
    for (answer, error) in goes_on_at(beyond.map(at_offset)).await {
        assert_eq!(kind(&error), FileErrorKind::SizeDiffers, "{answer}");
    }
    let none = [
        "-1",
        r#""-1""#,
        "-9223372036854775808",
        "9223372036854775808",
        "1e400",
        "1.5",
        r#""""#,
        r#""0x5""#,
        "[5]",
        r#"{"file_offset":5}"#,
        "null",
        "true",
    ];
    for (answer, error) in goes_on_at(none.map(at_offset)).await {
        assert!(matches!(error, Error::Unreadable(_)), "{answer}: {error:?}");
    }
}

#[tokio::test]
async fn an_answer_for_another_upload_is_none() {
    let others = ["upload:b3RoZXI=", "upload:MTphdH/0+YQ=", "upload:", "upload:?sig=AR%2Bx"];
    let others = others.map(|id| format!(r#"{{"id":"{id}","file_offset":3}}"#));
    for (answer, error) in goes_on_at(others).await {
        assert!(matches!(error, Error::Unreadable(_)), "{answer}: {error:?}");
    }
    // The signature may be left away, and the name of the id.
    for id in ["upload:MTphdH/0+YQ==", SESSION, "MTphdH/0+YQ=="] {
        let offset = json(&format!(r#"{{"id":"{id}","file_offset":3}}"#));
        let server = Server::start().await.replying([offset, json(r#"{"h":"h"}"#)]);
        server.client().media().continue_upload(&mut stored(), picture()).await.unwrap();
        assert_eq!(server.requests()[1].body, &JPEG[3..]);
    }
}

#[tokio::test]
async fn a_server_that_goes_backwards_is_left_after_some_tries() {
    let server = Server::start().await;
    for offset in (0..20).rev() {
        // The bytes are taken, and nothing is answered.
        server.will_reply([json(&format!(r#"{{"file_offset":{offset}}}"#)), Vec::new()]);
    }
    let mut upload = stored();
    let error = server.patient().media().continue_upload(&mut upload, picture()).await.unwrap_err();
    assert!(matches!(error, Error::InDoubt(_)) && error.is_safe_to_resend(), "{error:?}");
    assert_eq!((server.requests().len(), upload.offset()), (8, 16));

    // And it may go on with it later.
    let server =
        Server::start().await.replying([json(r#"{"file_offset":1}"#), json(r#"{"h":"h"}"#)]);
    server.client().media().continue_upload(&mut upload, picture()).await.unwrap();
    assert_eq!(server.requests()[1].body, &JPEG[1..]);
}

#[tokio::test]
async fn an_id_that_leads_elsewhere_is_not_followed() {
    let server = Server::start().await;
    let client = server.client();
    for id in [
        "upload:..",
        "upload:../me",
        "upload:a/../../me/messages",
        "upload:a/..",
        "upload:./a",
        "upload:%2e%2e/me",
        "upload:a b",
        "upload: ",
        "upload:a#b",
        "upload:a\\\\..\\\\b",
        "upload:a\\nb",
        "upload:ü",
        "upload:?sig=x",
        "upload:a?sig=x\\r\\nX: y",
        "Upload:a",
        " upload:a",
        "//evil.example/upload:a",
        "https://evil.example/upload:a",
        "500",
    ] {
        // What a server says at the beginning.
        server.forget();
        server.will_reply([json(&format!(r#"{{"id":"{id}"}}"#))]);
        let begun = client.media().begin_upload("700", &mut picture()).await;
        let error = begun.expect_err(id);
        assert!(matches!(error, Error::Unreadable(_)), "{id}: {error:?}");

        // What somebody stored.
        let mut upload: Upload = serde_json::from_str(&format!(r#"{{"id":"{id}"}}"#)).unwrap();
        let error = client.media().continue_upload(&mut upload, picture()).await;
        assert_eq!(kind(&error.unwrap_err()), FileErrorKind::MalformedId, "{id}");
        assert_eq!(server.requests().len(), 1);
    }
    for app in ["", "..", "7/0", "7?x", "7 0", "7#", "%37"] {
        let error = client.media().begin_upload(app, &mut picture()).await.unwrap_err();
        assert_eq!(kind(&error), FileErrorKind::MalformedId, "{app}");
    }
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_query_stays_in_its_place() {
    for (query, sent) in [
        ("sig=a?b", "sig=a?b"),
        ("sig=a#b", "sig=a%23b"),
        ("sig=a b", "sig=a%20b"),
        ("sig=/../x", "sig=/../x"),
        ("sig=ü", "sig=%C3%BC"),
        ("", ""),
    ] {
        let server = Server::start().await.replying([json(r#"{"file_offset":0}"#)]);
        let json = format!(r#"{{"id":"upload:a?{query}"}}"#);
        let mut upload: Upload = serde_json::from_str(&json).unwrap();
        server.client().media().continue_upload(&mut upload, picture()).await.unwrap_err();
        let line = server.lines().remove(0);
        assert_eq!(line, format!("GET /v23.0/upload:a?{sent}"), "{query}");
    }
    // An id that is longer than an address may be.
    let long = format!(r#"{{"id":"upload:{}"}}"#, "a".repeat(200_000));
    let server = Server::start().await.replying([json(&long)]);
    let client = server.client();
    let mut upload = client.media().begin_upload("700", &mut picture()).await.unwrap();
    client.media().continue_upload(&mut upload, picture()).await.unwrap_err();
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn another_file_does_not_go_on_in_its_place() {
    let begun = || json(&format!(r#"{{"id":"{SESSION}"}}"#));
    let longer = [JPEG, b"more"].concat();
    for other in [&JPEG[..15], &longer] {
        let there = other.len();
        let server = Server::start().await.replying([begun()]);
        let client = server.client();
        let mut upload = client.media().begin_upload("700", &mut picture()).await.unwrap();
        let text = serde_json::to_string(&upload).unwrap();
        let file = format!(r#""size":21,"sha256":"{HEX}","sha256_of":21"#);
        assert_eq!(text, format!(r#"{{"id":"{SESSION}","offset":0,{file}}}"#));
        let mut stored: Upload = serde_json::from_str(&text).unwrap();
        assert_eq!(stored, upload);
        for upload in [&mut upload, &mut stored] {
            let other = Media::sample(other.to_vec());
            let error = client.media().continue_upload(upload, other).await.unwrap_err();
            let says = format!(
                "the file has another size than was said, or changed on its way: the upload began with 21 bytes, and \
                 there are {there}"
            );
            assert_eq!(error.to_string(), says);
        }
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn a_file_that_shrinks_between_two_runs_is_not_sent_cut_off() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("photo.jpg");
    std::fs::write(&path, JPEG).unwrap();
    let begun = json(&format!(r#"{{"id":"{SESSION}"}}"#));
    let server = Server::start().await.replying([begun, Vec::new()]);
    let client = server.client();
    let mut sample = Media::sample(&path);
    let mut upload = client.media().begin_upload("700", &mut sample).await.unwrap();
    let error = client.media().continue_upload(&mut upload, sample).await.unwrap_err();
    assert!(matches!(error, Error::InDoubt(_)), "{error:?}");
    std::fs::write(&path, &JPEG[..15]).unwrap();
    for mut upload in
        [upload.clone(), serde_json::from_str(&serde_json::to_string(&upload).unwrap()).unwrap()]
    {
        let error = client.media().continue_upload(&mut upload, Media::sample(&path)).await;
        assert_eq!(kind(&error.unwrap_err()), FileErrorKind::SizeDiffers);
    }
    std::fs::remove_file(&path).unwrap();
    let error = client.media().continue_upload(&mut upload, Media::sample(&path)).await;
    assert_eq!(kind(&error.unwrap_err()), FileErrorKind::Unread);
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn what_is_stored_may_be_anything() {
    for json in ["{}", "[]", "null", r#"{"id":null}"#, r#"{"id":{}}"#, r#""upload:a""#] {
        assert!(serde_json::from_str::<Upload>(json).is_err(), "{json}");
    }
    for json in [
        r#"{"id":"upload:a","offset":-1,"size":-1}"#,
        r#"{"id":"upload:a","offset":"x","size":"y","more":[]}"#,
        r#"{"id":"upload:a","offset":1e300,"size":null}"#,
    ] {
        let upload: Upload = serde_json::from_str(json).unwrap();
        assert_eq!((upload.id(), upload.offset()), ("upload:a", 0), "{json}");
    }
}

#[tokio::test]
async fn no_answer_to_an_upload_in_parts_shows_the_token() {
    let server = Server::start().await;
    let client = server.client();
    let page = format!("<p>{TOKEN}</p>");
    for echo in [
        reply_with("500 Oh", "", page.as_bytes()),
        reply_with("401 Oh", &format!("x-fb-trace-id: {TOKEN}\r\n"), page.as_bytes()),
        refusal("400 Bad", &format!(r#"{{"code":190,"message":"Malformed token {TOKEN}"}}"#)),
        json(&format!(r#"{{"id":{{"a":"{TOKEN}"}},"h":{{"{TOKEN}":1}},"file_offset":"{TOKEN}"}}"#)),
        json(&format!(r#"{{"id":"{TOKEN}"}}"#)),
        json(&page),
    ] {
        server.forget();
        server.will_reply([echo.clone(), echo.clone(), json(r#"{"file_offset":0}"#), echo]);
        let shows_nothing = |error: &Error| {
            let shown = everything_of(error);
            assert!(!shown.contains(TOKEN), "{shown}");
        };
        shows_nothing(&client.media().begin_upload("700", &mut picture()).await.unwrap_err());
        for _ in 0..2 {
            let mut upload = stored();
            let error = client.media().continue_upload(&mut upload, picture()).await;
            shows_nothing(&error.unwrap_err());
        }
    }
}
