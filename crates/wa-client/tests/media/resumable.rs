//! Uploads in several parts.

use bytes::Bytes;
use futures_util::stream;
use wa_message::{
    Error,
    client::media::{FileErrorKind, Media, MediaSource, Upload},
};

use crate::{
    HEX, JPEG,
    common::TOKEN,
    server::{Server, is_as_always, json, refusal, reply_with},
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

/// Another picture of the same size.
fn other() -> Vec<u8> {
    let mut other = JPEG.to_vec();
    *other.last_mut().unwrap() = b'!';
    other
}

fn streamed(bytes: Vec<u8>) -> Media {
    let size = bytes.len() as u64;
    let pieces = stream::iter([Ok::<_, std::io::Error>(Bytes::from(bytes))]);
    Media::sample(MediaSource::stream(size, pieces))
}

#[tokio::test]
async fn an_upload_goes_on_with_the_file_that_it_began_with() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        Media::sample(path)
    };
    let server = Server::start().await;
    let client = server.client();
    for mut begun in [
        Media::sample(JPEG.to_vec()).named("a.jpg"),
        path("first.jpg", JPEG),
        streamed(JPEG.to_vec()).named("a.jpg"),
    ] {
        server.will_reply([json(&format!(r#"{{"id":"{SESSION}"}}"#))]);
        let upload = client.media().begin_upload("700", &mut begun).await.unwrap();
        let text = serde_json::to_string(&upload).unwrap();
        let hash = format!(r#","size":21,"sha256":"{HEX}","sha256_of":21}}"#);
        assert!(text.ends_with(&hash), "{text}");
        let stored = || serde_json::from_str::<Upload>(&text).unwrap();
        assert_eq!(serde_json::to_string(&stored()).unwrap(), text);

        let asked = server.requests().len();
        for mut upload in [upload.clone(), stored()] {
            for another in [Media::sample(other()), path("other.jpg", &other()), streamed(other())]
            {
                let error = client.media().continue_upload(&mut upload, another).await.unwrap_err();
                assert_eq!(kind(&error), FileErrorKind::AnotherFile);
            }
        }
        assert_eq!(server.requests().len(), asked);
        // The same content is the same file, under another name and from elsewhere.
        for (same, there) in [
            (Media::sample(JPEG.to_vec()).named("b.jpg"), 9),
            (path("moved.jpg", JPEG), 9),
            (streamed(JPEG.to_vec()), 0),
        ] {
            let offset = json(&format!(r#"{{"file_offset":{there}}}"#));
            server.will_reply([offset, json(r#"{"h":"h"}"#)]);
            client.media().continue_upload(&mut stored(), same).await.unwrap();
        }
    }
}

#[tokio::test]
async fn a_long_file_is_told_by_all_of_it_and_a_stream_by_its_beginning() {
    let mut long = JPEG.to_vec();
    long.resize(300_000, 7);
    let mut other = long.clone();
    other[200_000] = 8;
    let server = Server::start().await;
    let client = server.client();
    server.will_reply([json(&format!(r#"{{"id":"{SESSION}"}}"#))]);
    let mut upload =
        client.media().begin_upload("700", &mut Media::sample(long.clone())).await.unwrap();
    let error =
        client.media().continue_upload(&mut upload, Media::sample(other)).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "the upload began with another file of this size; go on with that one, or begin anew with this one"
    );
    // Of a stream, so much is looked at before it goes, and no more is told by it.
    let pieces: Vec<_> = long
        .chunks(1000)
        .map(|piece| Ok::<_, std::io::Error>(Bytes::copy_from_slice(piece)))
        .collect();
    let mut streamed = Media::sample(MediaSource::stream(300_000, stream::iter(pieces)));
    server.will_reply([json(&format!(r#"{{"id":"{SESSION}"}}"#))]);
    let upload = client.media().begin_upload("700", &mut streamed).await.unwrap();
    let stored: serde_json::Value = serde_json::to_value(&upload).unwrap();
    assert_eq!(stored["sha256_of"], 8192);
}

#[test]
fn what_is_stored_without_a_hash_is_read_and_an_odd_hash_is_not() {
    let read = |hash: &str| {
        serde_json::from_str::<Upload>(&format!(
            r#"{{"id":"{SESSION}","offset":5,"size":21{hash}}}"#
        ))
    };
    for fine in ["", r#","sha256":null"#, r#","new":[]"#] {
        read(fine).unwrap();
    }
    for odd in [
        r#","sha256":"none","sha256_of":21"#.to_owned(),
        r#","sha256":[],"sha256_of":21"#.to_owned(),
        format!(r#","sha256":"{HEX}""#),
        format!(r#","sha256":"{HEX}","sha256_of":-1"#),
    ] {
        let error = read(&odd).unwrap_err().to_string();
        assert!(error.starts_with("`sha256` and `sha256_of` are no hash"), "{odd}: {error}");
    }
}

#[tokio::test]
async fn a_handle_is_what_can_be_seen() {
    let server = Server::start().await;
    let client = server.client();
    // One of a file that went in parts has a line for each.
    for handle in ["4::aGFuZGxl:ARa:e:1", "4::aGFu:ARa\\n4::ZGxl:ARb", "a b"] {
        let h = json(&format!(r#"{{"h":"{handle}"}}"#));
        server.will_reply([json(r#"{"file_offset":0}"#), h]);
        let sample = Media::sample(JPEG.to_vec());
        let came = client.media().continue_upload(&mut stored(0), sample).await.unwrap();
        assert_eq!(came.as_str(), handle.replace("\\n", "\n"));
    }
    for handle in [
        "",
        "\\n",
        "a\\n",
        "\\na",
        "a\\n\\nb",
        "a\\r\\nb",
        "a\\u0000b",
        "a\\tb",
        "\\u001b[2Ja",
        "a\\u0085",
    ] {
        let h = json(&format!(r#"{{"h":"{handle}"}}"#));
        server.will_reply([json(r#"{"file_offset":0}"#), h]);
        let sample = Media::sample(JPEG.to_vec());
        let error = client.media().continue_upload(&mut stored(0), sample).await.unwrap_err();
        assert!(matches!(error, Error::Unreadable(_)), "{handle}: {error:?}");
    }
}

#[tokio::test]
async fn an_upload_that_is_gone_is_not_asked_for_again() {
    for status in ["404 Not Found", "410 Gone"] {
        let gone = || reply_with(status, "", b"");
        for replies in [vec![gone()], vec![json(r#"{"file_offset":5}"#), gone()]] {
            let asked = replies.len();
            let server = Server::start().await.replying(replies);
            let sample = Media::sample(JPEG.to_vec());
            let client = server.patient();
            let error = client.media().continue_upload(&mut stored(0), sample).await.unwrap_err();
            assert_eq!(kind(&error), FileErrorKind::UploadGone);
            assert_eq!(server.requests().len(), asked);
            assert_eq!(
                error.to_string(),
                "the API does not know this upload any more; begin it anew"
            );
        }
        // A code says more.
        let refused = refusal(status, r#"{"code":190,"message":"No"}"#);
        let server = Server::start().await.replying([refused]);
        let sample = Media::sample(JPEG.to_vec());
        let error = server.patient().media().continue_upload(&mut stored(0), sample).await;
        assert!(matches!(error, Err(Error::Refused(_))), "{error:?}");
    }
}
