//! Uploads in several parts.

use bytes::Bytes;
use futures_util::stream;
use wa_message::{
    Error,
    client::media::{FileErrorKind, Media, MediaSource, Upload},
};

use crate::{
    JPEG,
    common::TOKEN,
    server::{Server, is_as_always, json, refusal},
    upload::kind,
};

const SESSION: &str = "upload:MTphdH/0+YQ==?sig=AR%2Bx";

fn stored(offset: u64) -> Upload {
    serde_json::from_str(&format!(r#"{{"id":"{SESSION}","offset":{offset}}}"#)).unwrap()
}

#[tokio::test]
async fn an_upload_begins_and_goes_on() {
    let begun = json(&format!(r#"{{"id":"{SESSION}"}}"#));
    let server = Server::start().await.replying([begun, json(r#"{"h":"4:aGFuZGxl"}"#)]);
    let client = server.client();
    let mut sample = Media::sample(JPEG.to_vec()).named("a b.jpg");
    let mut upload = client.media().begin_upload("700", &mut sample).await.unwrap();
    assert_eq!((upload.id(), upload.offset()), (SESSION, 0));
    let handle = client.media().continue_upload(&mut upload, sample).await.unwrap();
    assert_eq!((handle.as_str(), &*handle.to_string()), ("4:aGFuZGxl", "4:aGFuZGxl"));
    assert_eq!(upload.offset(), JPEG.len() as u64);

    let requests = server.requests();
    assert_eq!(
        server.lines(),
        [
            format!(
                "POST /v23.0/700/uploads?file_name=a+b.jpg&file_length={}&file_type=image%2Fjpeg",
                JPEG.len()
            ),
            "POST /v23.0/upload:MTphdH/0+YQ==?sig=AR%2Bx".to_owned(),
        ]
    );
    assert!(is_as_always(&requests[0]), "{}", requests[0].head);
    assert_eq!(requests[1].header("authorization"), [format!("OAuth {TOKEN}")]);
    assert_eq!(requests[1].header("user-agent").len(), 1);
    assert_eq!(requests[1].header("file_offset"), ["0"]);
    assert_eq!(
        (&requests[1].body[..], requests[1].header("content-type")),
        (JPEG, vec!["application/octet-stream"])
    );
}

#[tokio::test]
async fn an_upload_is_stored_and_continued_from_where_the_server_is() {
    let upload = stored(5);
    let text = serde_json::to_string(&upload).unwrap();
    assert_eq!(text, format!(r#"{{"id":"{SESSION}","offset":5}}"#));
    assert_eq!(serde_json::from_str::<Upload>(&text).unwrap(), upload);
    assert!(serde_json::from_str::<Upload>("{}").is_err());

    for there in ["7", r#""7""#] {
        let offset = json(&format!(r#"{{"id":"{SESSION}","file_offset":{there}}}"#));
        let server = Server::start().await.replying([offset, json(r#"{"h":"h"}"#)]);
        let mut upload = stored(5);
        let media = Media::sample(JPEG.to_vec());
        server.client().media().continue_upload(&mut upload, media).await.unwrap();
        let requests = server.requests();
        assert_eq!(requests[0].line(), "GET /v23.0/upload:MTphdH/0+YQ==?sig=AR%2Bx");
        assert_eq!(requests[0].header("authorization"), [format!("OAuth {TOKEN}")]);
        assert_eq!(requests[1].header("file_offset"), ["7"]);
        assert_eq!(requests[1].body, &JPEG[7..]);
    }
}

#[tokio::test]
async fn a_broken_connection_is_followed_by_a_question() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sample.jpg");
    std::fs::write(&path, JPEG).unwrap();
    for source in [MediaSource::from(&path), JPEG.to_vec().into()] {
        let server = Server::start().await.replying([
            json(&format!(r#"{{"id":"{SESSION}"}}"#)),
            // The bytes arrive, and the answer does not.
            Vec::new(),
            json(r#"{"file_offset":9}"#),
            Vec::new(),
            json(&format!(r#"{{"file_offset":{}}}"#, JPEG.len())),
            json(r#"{"h":"h"}"#),
        ]);
        let client = server.patient();
        let mut media = Media::sample(source);
        let mut upload = client.media().begin_upload("700", &mut media).await.unwrap();
        let handle = client.media().continue_upload(&mut upload, media).await.unwrap();
        assert_eq!(handle.as_ref(), "h");
        let requests = server.requests();
        let offsets: Vec<_> =
            requests.iter().flat_map(|request| request.header("file_offset")).collect();
        assert_eq!(offsets, ["0", "9", &JPEG.len().to_string()]);
        assert_eq!(requests[3].body, &JPEG[9..]);
        assert!(requests[5].body.is_empty());
    }
}

#[tokio::test]
async fn a_stream_goes_from_the_beginning_alone() {
    let streamed = || {
        let pieces = stream::iter([Ok::<_, std::io::Error>(Bytes::from_static(JPEG))]);
        Media::sample(MediaSource::stream(JPEG.len() as u64, pieces))
    };
    let server =
        Server::start().await.replying([json(r#"{"file_offset":0}"#), json(r#"{"h":"h"}"#)]);
    server.client().media().continue_upload(&mut stored(0), streamed()).await.unwrap();
    assert_eq!(server.requests()[1].body, JPEG);

    let server = server.replying([json(r#"{"file_offset":3}"#)]);
    let error =
        server.client().media().continue_upload(&mut stored(0), streamed()).await.unwrap_err();
    assert_eq!(kind(&error), FileErrorKind::UsedUp);
}

#[tokio::test]
async fn what_is_wrong_is_told() {
    let server = Server::start().await.replying([json(r#"{"file_offset":999}"#)]);
    let client = server.client();
    let picture = || Media::sample(JPEG.to_vec());
    let error = client.media().continue_upload(&mut stored(0), picture()).await.unwrap_err();
    assert_eq!(kind(&error), FileErrorKind::SizeDiffers);

    for id in ["500", "upload:", "upload:a/../../b", "upload:a#b", "messages"] {
        let mut upload: Upload = serde_json::from_str(&format!(r#"{{"id":"{id}"}}"#)).unwrap();
        let error = client.media().continue_upload(&mut upload, picture()).await.unwrap_err();
        assert_eq!(kind(&error), FileErrorKind::MalformedId, "{id}");
    }
    let text = Media::sample(b"Hello".to_vec()).named("a.txt");
    let error = client.media().continue_upload(&mut stored(0), text).await.unwrap_err();
    assert_eq!(kind(&error), FileErrorKind::TypeNotKnown);
    assert_eq!(server.requests().len(), 1);

    // An id that leads elsewhere is no beginning of an upload.
    for answer in ["{}", r#"{"id":"500"}"#, r#"{"id":""}"#] {
        let server = Server::start().await.replying([json(answer)]);
        let error = server.client().media().begin_upload("700", &mut picture()).await.unwrap_err();
        assert!(matches!(error, Error::Unreadable(_)), "{error:?}");
    }
    let server = Server::start().await.replying([refusal("400 Bad", r#"{"code":100}"#)]);
    let error = server.client().media().begin_upload("700", &mut picture()).await.unwrap_err();
    assert!(matches!(error, Error::Refused(_)), "{error:?}");
    assert_eq!(
        kind(&server.client().media().begin_upload("7/0", &mut picture()).await.unwrap_err()),
        FileErrorKind::MalformedId
    );
}
