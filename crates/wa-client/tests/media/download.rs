//! Downloads that go well, and look-ups and deletions.

use std::sync::{Arc, Mutex};

use wa_message::{
    Error, MediaRef,
    webhook::{Item, What, parse, types::MessageContent},
};

use crate::{
    BASE64, HEX, JPEG,
    server::{Server, file, is_as_always, json, refusal, reply_with},
    upload::kind,
};
use wa_message::client::media::FileErrorKind;

#[tokio::test]
async fn an_id_is_looked_up_and_the_file_comes_from_its_address() {
    for hash in [HEX, BASE64, &HEX.to_uppercase(), ""] {
        let server = Server::start().await;
        let info = server.info(hash);
        let server = server.replying([info, file(JPEG)]);
        let bytes = server.client().media().download("500").bytes().await.unwrap();
        assert_eq!(bytes, JPEG);
        let requests = server.requests();
        assert_eq!(server.lines(), ["GET /v23.0/500", "GET /file?mid=500&hash=aGFzaA"]);
        assert!(requests.iter().all(is_as_always), "{}", requests[1].head);
    }
}

/// A webhook with a picture of a customer.
fn webhook(url: &str, sha256: &str) -> String {
    format!(
        r#"{{"object":"whatsapp_business_account","entry":[{{"id":"900","changes":[{{"field":"messages","value":{{
            "messaging_product":"whatsapp","metadata":{{"phone_number_id":"100200300"}},
            "messages":[{{"from":"15550101","id":"wamid.A","timestamp":"1790000000","type":"image",
            "image":{{"id":"500","mime_type":"image/jpeg","sha256":"{sha256}","url":"{url}"}}}}]}}}}]}}]}}"#
    )
}

#[tokio::test]
async fn a_received_picture_comes_without_a_look_up() {
    let server = Server::start().await.replying([file(JPEG)]);
    let body =
        webhook(&format!("http:\\/\\/{}\\/file?mid=500&source=webhook", server.address), BASE64);
    let mut seen = 0;
    for event in parse(body.as_bytes()).unwrap().events() {
        let What::Message(message) = &event.what else { continue };
        let Item::Known(MessageContent::Image(image)) = &message.content else { continue };
        let bytes = server.client().media().download(image).bytes().await.unwrap();
        assert_eq!(bytes, JPEG);
        seen += 1;
    }
    assert_eq!((seen, server.lines()), (1, vec!["GET /file?mid=500&source=webhook".to_owned()]));
}

#[tokio::test]
async fn an_address_that_has_expired_is_looked_up_once() {
    let gone = || reply_with("404 Not Found", "", b"");
    let server = Server::start().await;
    let (info, url) = (server.info(HEX), format!("http://{}/old", server.address));
    let server = server.replying([gone(), info.clone(), file(JPEG)]);
    let image = MediaRef::new("500").with_url(&*url).with_sha256(BASE64);
    let bytes = server.client().media().download(image).bytes().await.unwrap();
    assert_eq!(bytes, JPEG);
    assert_eq!(server.lines(), ["GET /old", "GET /v23.0/500", "GET /file?mid=500&hash=aGFzaA"]);

    let server = server.replying([gone(), info.clone(), gone()]);
    let error = server.client().media().download(image).bytes().await.unwrap_err();
    assert_eq!(kind(&error), FileErrorKind::Gone);
    assert_eq!(server.requests().len(), 6);

    // Without an address to begin with, a look-up that leads nowhere is made once more.
    let server = server.replying([info.clone(), gone(), info.clone(), gone()]);
    let error = server.client().media().download("500").bytes().await.unwrap_err();
    assert_eq!((kind(&error), server.requests().len()), (FileErrorKind::Gone, 10));

    // Of a file that is gone, the look-up says so.
    let unknown = refusal(
        "400 Bad Request",
        r#"{"code":100,"error_subcode":33,"type":"GraphMethodException"}"#,
    );
    let server = server.replying([gone(), unknown]);
    let error = server.client().media().download(image).bytes().await.unwrap_err();
    assert_eq!(error.api_error().map(wa_message::ApiError::subcode), Some(Some(33)));
}

#[tokio::test]
async fn progress_is_told_and_pieces_are_given() {
    let mut bytes = JPEG.to_vec();
    bytes.resize(500_000, 7);
    let server = Server::start().await;
    let info = server.info_of_any_size("");
    let server = server.replying([info, file(&bytes)]);
    let told = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&told);
    let client = server.client();
    let download = client.media().download("500");
    let download = download.on_progress(move |progress| seen.lock().unwrap().push(progress.done));
    let mut stream = download.stream().await.unwrap();
    assert_eq!((stream.mime_type(), stream.size()), (Some("image/jpeg"), Some(500_000)));
    assert!(!stream.is_checked());
    let mut joined = Vec::new();
    while let Some(piece) = stream.next().await {
        joined.extend_from_slice(&piece.unwrap());
    }
    assert_eq!(joined, bytes);
    assert!(stream.next().await.is_none());
    assert_eq!(told.lock().unwrap().last(), Some(&500_000));
}

#[tokio::test]
async fn what_is_known_of_a_file_is_told() {
    let server = Server::start().await;
    let info = server.info(HEX);
    let server = server.replying([info, json(r#"{"url":"https://example.com"}"#), json("{}")]);
    let client = server.client();
    let info = client.media().look_up("500").await.unwrap();
    let size = Some(JPEG.len() as u64);
    assert_eq!((info.id(), info.size(), info.sha256()), ("500", size, Some(HEX)));
    assert_eq!(info.mime_type(), Some("image/jpeg"));
    let info = client.media().look_up(&info).await.unwrap();
    assert_eq!((info.id(), info.url(), info.size()), ("500", "https://example.com", None));
    let error = client.media().look_up("500").await.unwrap_err();
    assert!(matches!(error, Error::Unreadable(_)), "{error:?}");
}

#[tokio::test]
async fn an_id_that_is_none_is_not_asked_for() {
    let server = Server::start().await;
    let client = server.client();
    for id in ["", "..", "1/messages", "1?access_token=x", "1#", "%2e%2e"] {
        assert_eq!(
            kind(&client.media().look_up(id).await.unwrap_err()),
            FileErrorKind::MalformedId
        );
        assert_eq!(kind(&client.media().delete(id).await.unwrap_err()), FileErrorKind::MalformedId);
        let error = client.media().download(id).bytes().await.unwrap_err();
        assert_eq!(kind(&error), FileErrorKind::MalformedId);
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_deletion_says_whether_it_was_one() {
    let server = Server::start().await.replying([
        json(r#"{"success":true}"#),
        json(r#"{"success":"true"}"#),
        json(r#"{"success":false}"#),
        json("{}"),
        reply_with("502 Bad Gateway", "", b""),
        json(r#"{"success":true}"#),
    ]);
    let client = server.patient();
    client.media().delete("500").await.unwrap();
    client.media().delete(MediaRef::new("501")).await.unwrap();
    let error = client.media().delete("500").await.unwrap_err();
    assert_eq!(kind(&error), FileErrorKind::NotDeleted);
    assert!(matches!(client.media().delete("500").await.unwrap_err(), Error::Unreadable(_)));
    client.media().delete("500").await.unwrap();
    let lines = server.lines();
    assert_eq!(
        (lines.len(), &*lines[0], &*lines[1]),
        (6, "DELETE /v23.0/500", "DELETE /v23.0/501")
    );
    assert!(server.requests().iter().all(is_as_always));
}

#[test]
fn futures_can_be_spawned() {
    fn sent<T: Send>(_: T) {}

    let client =
        wa_message::Client::builder("a-token", "1").base_url("http://127.0.0.1:1").build().unwrap();
    let media = client.media();
    sent(media.look_up("1"));
    sent(media.delete("1".to_owned()));
    sent(media.download("1").bytes());
    sent(media.download("1").save("a"));
    sent(media.download("1").stream());
    let mut sample = wa_message::client::media::Media::sample("a");
    sent(media.begin_upload("1", &mut sample));
    let mut upload = serde_json::from_str(r#"{"id":"upload:a"}"#).unwrap();
    sent(std::future::IntoFuture::into_future(media.continue_upload(&mut upload, sample)));
    sent(std::future::IntoFuture::into_future(
        media.upload(wa_message::client::media::Media::image("a")),
    ));
}
