//! Uploads: what goes over the line, and what becomes of it.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use bytes::Bytes;
use futures_util::stream;
use wa_message::{
    Error, Message,
    client::media::{FileErrorKind, Media, MediaSource, Uploaded},
    wa_message,
};

use crate::{
    JPEG,
    server::{Server, is_as_always, json, refusal, reply_with},
};

const ACCEPTED: &str = r#"{"id":"500100"}"#;

/// A file in a folder of its own.
fn file_of(bytes: &[u8]) -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("Grüße \"1\".jpg");
    std::fs::write(&path, bytes).unwrap();
    (folder, path)
}

pub(crate) fn kind(error: &Error) -> FileErrorKind {
    match error {
        Error::File(error) => error.kind(),
        error => panic!("{error:?}"),
    }
}

async fn uploaded(media: Media) -> (Result<Uploaded, Error>, Server) {
    let server = Server::start().await.replying([json(ACCEPTED)]);
    (server.client().media().upload(media).await, server)
}

#[tokio::test]
async fn a_form_goes_to_the_number() {
    let (_folder, path) = file_of(JPEG);
    let (uploaded, server) = uploaded(Media::image(&path)).await;
    assert_eq!(uploaded.unwrap().id(), "500100");

    let [request] = &server.requests()[..] else { panic!("{:?}", server.lines()) };
    assert_eq!(request.line(), "POST /v23.0/100200300/media");
    assert!(is_as_always(request), "{}", request.head);
    assert_eq!(request.header("content-length"), [request.body.len().to_string()]);
    let boundary = request.header("content-type")[0].strip_prefix("multipart/form-data; boundary=");
    let boundary = boundary.unwrap();
    let mut expected = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"messaging_product\"\r\n\r\nwhatsapp\r\n\
         --{boundary}\r\nContent-Disposition: form-data; name=\"type\"\r\n\r\nimage/jpeg\r\n\
         --{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"Grüße %221%22.jpg\"\r\n\
         Content-Type: image/jpeg\r\n\r\n"
    )
    .into_bytes();
    expected.extend_from_slice(JPEG);
    expected.extend_from_slice(format!("\r\n--{boundary}--\r\n").as_bytes());
    assert_eq!(request.body, expected);
}

#[tokio::test]
async fn bytes_and_streams_go_as_files_do() {
    let pieces = [&JPEG[..3], &JPEG[3..9], b"", &JPEG[9..]];
    let pieces = pieces.map(|piece| Ok::<_, std::io::Error>(Bytes::copy_from_slice(piece)));
    let sources = [
        MediaSource::from(JPEG.to_vec()),
        Bytes::from_static(JPEG).into(),
        MediaSource::stream(JPEG.len() as u64, stream::iter(pieces)),
    ];
    for source in sources {
        let (uploaded, server) = uploaded(Media::image(source)).await;
        assert_eq!(uploaded.unwrap().id(), "500100");
        let body = server.requests()[0].text();
        assert!(
            body.contains("filename=\"file.jpg\"") && body.contains("JFIF\0 a picture\r\n--"),
            "{body}"
        );
    }
}

#[tokio::test]
async fn a_large_file_goes_in_pieces_and_progress_is_told() {
    let mut bytes = JPEG.to_vec();
    bytes.resize(300_000, 7);
    let (_folder, path) = file_of(&bytes);
    for source in [MediaSource::from(&path), bytes.clone().into()] {
        let server = Server::start().await.replying([json(ACCEPTED)]);
        let told = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&told);
        let client = server.client();
        client
            .media()
            .upload(Media::image(source))
            .on_progress(move |progress| seen.lock().unwrap().push((progress.done, progress.total)))
            .await
            .unwrap();
        let told = told.lock().unwrap();
        assert!(told.len() >= 4, "{told:?}");
        assert!(
            told.is_sorted() && told.iter().all(|(_, total)| *total == Some(300_000)),
            "{told:?}"
        );
        assert_eq!(told.last(), Some(&(300_000, Some(300_000))));
        assert!(server.requests()[0].body.windows(1000).any(|part| part == &bytes[299_000..]));
    }
}

#[tokio::test]
async fn a_panic_of_who_is_told_ends_nothing() {
    let server = Server::start().await.replying([json(ACCEPTED)]);
    let client = server.client();
    let upload = client.media().upload(Media::image(JPEG.to_vec()));
    upload.on_progress(|_| panic!("the bar is broken")).await.unwrap();
}

#[tokio::test]
async fn what_is_in_doubt_is_tried_again() {
    let (_folder, path) = file_of(JPEG);
    let replies = || {
        [
            reply_with("503 Service Unavailable", "", b"<html>"),
            Vec::new(),
            refusal("500 Oh", r#"{"code":131016}"#),
            json(ACCEPTED),
        ]
    };
    for source in [MediaSource::from(&path), JPEG.to_vec().into()] {
        let server = Server::start().await.replying(replies());
        let uploaded = server.patient().media().upload(Media::image(source)).await.unwrap();
        assert_eq!(uploaded.id(), "500100");
        let requests = server.requests();
        assert_eq!(requests.len(), 4);
        // All of the file went each time.
        assert!(requests.iter().all(|request| request.text().contains("a picture")));
    }
}

#[tokio::test]
async fn a_stream_is_tried_once() {
    let server =
        Server::start().await.replying([reply_with("503 Oh", "", b"<html>"), json(ACCEPTED)]);
    let once = stream::iter([Ok::<_, std::io::Error>(Bytes::from_static(JPEG))]);
    let media = Media::image(MediaSource::stream(JPEG.len() as u64, once));
    let error = server.patient().media().upload(media).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "the answer (HTTP 503) does not say what became of the request, so it is not known what became of the \
         request; it may be repeated: a repeated upload makes a second file, which expires like the first"
    );
    assert!(error.is_safe_to_resend());
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_refusal_is_one() {
    let server = Server::start().await.replying([refusal("400 Bad Request", r#"{"code":100}"#)]);
    let error = server.patient().media().upload(Media::image(JPEG.to_vec())).await.unwrap_err();
    let Error::Refused(refusal) = error else { panic!("{error:?}") };
    assert_eq!((refusal.code(), refusal.status()), (100, 400));
    assert_eq!(server.requests().len(), 1);

    for answer in ["{}", r#"{"id":""}"#, r#"{"id":{}}"#, "<html>"] {
        let server = Server::start().await.replying([json(answer)]);
        let error = server.client().media().upload(Media::image(JPEG.to_vec())).await.unwrap_err();
        assert!(matches!(error, Error::Unreadable(_)), "{error:?}");
        assert!(error.is_safe_to_resend());
        assert_eq!(
            error.to_string(),
            "the request was accepted, but the answer was not understood; it may be repeated: a repeated upload \
             makes a second file, which expires like the first"
        );
    }
}

#[tokio::test]
async fn what_does_not_fit_is_not_sent() {
    let (_folder, path) = file_of(b"no picture");
    let failing = stream::iter([Err::<Bytes, _>(std::io::Error::other("the disk is gone"))]);
    for (media, reason) in [
        (Media::image(&path), FileErrorKind::ContentDiffers),
        (Media::image("nowhere/photo.jpg"), FileErrorKind::Unread),
        (Media::image(path.parent().unwrap()), FileErrorKind::Unread),
        (Media::image(Vec::new()), FileErrorKind::Empty),
        (
            Media::image(MediaSource::stream(
                1 << 40,
                stream::empty::<Result<_, std::io::Error>>(),
            )),
            FileErrorKind::TooLarge,
        ),
        (Media::image(MediaSource::stream(9, failing)), FileErrorKind::Unread),
    ] {
        let (uploaded, server) = uploaded(media).await;
        assert_eq!(kind(&uploaded.unwrap_err()), reason);
        assert!(server.requests().is_empty());
    }
    let server = Server::start().await;
    for minutes in [0, 59, 43_201] {
        let error = server
            .client()
            .media()
            .upload(Media::image(JPEG.to_vec()))
            .kept_for(Duration::from_secs(60 * minutes))
            .await;
        let error = error.unwrap_err();
        assert_eq!(kind(&error), FileErrorKind::TimeOutOfRange);
        assert_eq!(
            error.to_string(),
            "a file cannot be kept for this time: it is from 60 to 43200 minutes"
        );
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_file_that_changes_on_its_way_is_an_error_of_the_file() {
    for (said, pieces) in
        [(JPEG.len() + 1, vec![JPEG]), (JPEG.len() - 1, vec![JPEG]), (100_000, vec![JPEG])]
    {
        let pieces =
            pieces.into_iter().map(|piece| Ok::<_, std::io::Error>(Bytes::from_static(piece)));
        let media = Media::image(MediaSource::stream(said as u64, stream::iter(pieces)));
        let (uploaded, _server) = uploaded(media).await;
        assert_eq!(kind(&uploaded.unwrap_err()), FileErrorKind::SizeDiffers, "{said}");
    }
    let mut bytes = JPEG.to_vec();
    bytes.resize(20_000, 7);
    let broken =
        stream::iter([Ok(Bytes::from(bytes)), Err(std::io::Error::other("the disk is gone"))]);
    let (uploaded, _server) = uploaded(Media::image(MediaSource::stream(30_000, broken))).await;
    let error = uploaded.unwrap_err();
    assert_eq!(kind(&error), FileErrorKind::Unread);
    assert_eq!(std::error::Error::source(&error).unwrap().to_string(), "the disk is gone");
}

#[tokio::test]
async fn the_time_to_keep_it_goes_with_the_form() {
    let server = Server::start().await.replying([json(ACCEPTED)]);
    server
        .client()
        .media()
        .upload(Media::image(JPEG.to_vec()))
        .kept_for(Duration::from_secs(3600))
        .await
        .unwrap();
    assert!(server.requests()[0].text().contains("name=\"ttl_minutes\"\r\n\r\n60\r\n"));
}

#[tokio::test]
async fn what_an_upload_gives_stands_in_a_message() {
    let (uploaded, _server) = uploaded(Media::image(JPEG.to_vec())).await;
    let photo = uploaded.unwrap();
    let message: Message = wa_message! { <image> to: "+15550100", id: &photo }.unwrap();
    assert!(message.to_json().contains(r#""id":"500100""#), "{}", message.to_json());
    let moved = wa_message! { <image> to: "+15550100", id: photo, caption: "Today" }.unwrap();
    assert!(moved.to_json().contains(r#""id":"500100""#));
}

#[tokio::test]
async fn files_do_not_wait_for_the_turn_of_messages() {
    let server = Server::start().await.replying(vec![json(r#"{"success":true}"#); 5]);
    let client = server.builder().rate(1).deadline(Duration::from_millis(1)).build().unwrap();
    for _ in 0..5 {
        client.media().delete("500").await.unwrap();
    }
}
