//! Files before the stand-in of the API, which keeps them.

use std::time::Duration;

use wa_message::{
    Client, Error,
    client::{
        Backoff,
        media::{FileErrorKind, Media, Upload},
    },
    wa_message,
    webhook::{Item, What, parse, types::MessageContent},
};
use wa_sandbox::Sandbox;

use crate::{
    HEX, JPEG,
    server::{Server, json},
    upload::kind,
};

fn client_of(sandbox: &Sandbox) -> Client {
    Client::builder(sandbox.token(), sandbox.phone_number_id())
        .base_url(sandbox.base_url())
        .retry(Backoff::never())
        .build()
        .unwrap()
}

#[tokio::test]
async fn a_file_goes_up_and_comes_down_and_is_deleted() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = client_of(&sandbox);
    let media = client.media();
    let photo = media.upload(Media::image(JPEG.to_vec())).await.unwrap();
    client.send(&wa_message! { <image> to: "+15550100", id: &photo }.unwrap()).await.unwrap();

    let info = media.look_up(&photo).await.unwrap();
    assert_eq!(
        (info.mime_type(), info.sha256(), info.size()),
        (Some("image/jpeg"), Some(HEX), Some(JPEG.len() as u64))
    );
    let stream = media.download(&photo).stream().await.unwrap();
    assert!(stream.is_checked());
    assert_eq!(media.download(&info).bytes().await.unwrap(), JPEG);
    assert_eq!(media.download(photo.id()).bytes().await.unwrap(), JPEG);

    media.delete(&photo).await.unwrap();
    for error in [
        media.look_up(&photo).await.unwrap_err(),
        media.delete(&photo).await.unwrap_err(),
        media.download(&info).bytes().await.unwrap_err(),
    ] {
        let refusal = error.api_error().expect("a refusal");
        assert_eq!((refusal.code(), refusal.subcode()), (100, Some(33)), "{error}");
    }
}

#[tokio::test]
async fn each_kind_of_file_is_taken() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = client_of(&sandbox);
    let webp = b"RIFF\x10\0\0\0WEBPVP8 and so on";
    let mp4 = b"\0\0\0\x18ftypisom\0\0\x02\0 and so on";
    for media in [
        Media::image(JPEG.to_vec()),
        Media::sticker(webp.to_vec()),
        Media::audio(b"#!AMR\nand so on and on".to_vec()),
        Media::video(mp4.to_vec()),
        Media::document(b"%PDF-1.7 and so on".to_vec()).named("Grüße \"1\".pdf"),
        Media::document(b"a;b".to_vec()).named("table.csv").typed("text/csv"),
    ] {
        let shown = format!("{media:?}");
        let uploaded = client.media().upload(media).await;
        assert!(uploaded.is_ok(), "{shown}: {}", uploaded.unwrap_err());
    }
    assert_eq!(sandbox.media().len(), 6);
}

#[tokio::test]
async fn an_address_that_has_expired_is_looked_up_again() {
    let builder = Sandbox::builder().media_addresses_live(Duration::from_millis(200));
    let sandbox = builder.start().await.unwrap();
    let client = client_of(&sandbox);
    let photo = client.media().upload(Media::image(JPEG.to_vec())).await.unwrap();
    let info = client.media().look_up(&photo).await.unwrap();
    tokio::time::sleep(Duration::from_millis(250)).await;
    assert_eq!(client.media().download(&info).bytes().await.unwrap(), JPEG);

    let sandbox = Sandbox::builder().media_addresses_live(Duration::ZERO).start().await.unwrap();
    let client = client_of(&sandbox);
    let photo = client.media().upload(Media::image(JPEG.to_vec())).await.unwrap();
    let error = client.media().download(&photo).bytes().await.unwrap_err();
    assert_eq!(kind(&error), FileErrorKind::Gone);
}

/// What a bot does with a picture of a customer.
#[tokio::test]
async fn a_picture_of_a_customer_is_downloaded() {
    let receiver = Server::start().await.replying([json("")]);
    let url = format!("http://{}/webhook", receiver.address);
    let sandbox = Sandbox::builder().webhook(url, "an-app-secret").start().await.unwrap();
    let client = client_of(&sandbox);
    sandbox.customer("+15550101").sends_image(JPEG.to_vec()).unwrap();
    sandbox.settled().await;

    let requests = receiver.requests();
    let webhook = parse(&requests[0].body).unwrap();
    let mut pictures = 0;
    for event in webhook.events() {
        let What::Message(message) = event.what else { panic!("no message") };
        let Item::Known(MessageContent::Image(image)) = message.content else {
            panic!("no picture")
        };
        assert_eq!(client.media().download(&image).bytes().await.unwrap(), JPEG);
        assert!(client.media().download(&image).stream().await.unwrap().is_checked());
        pictures += 1;
    }
    assert_eq!(pictures, 1);
}

#[tokio::test]
async fn a_sample_goes_up_and_another_run_may_go_on() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = client_of(&sandbox);
    let mut sample = Media::sample(JPEG.to_vec());
    let upload = client.media().begin_upload("700100", &mut sample).await.unwrap();
    let stored = serde_json::to_string(&upload).unwrap();
    let mut upload: Upload = serde_json::from_str(&stored).unwrap();
    let handle = client.media().continue_upload(&mut upload, sample).await.unwrap();
    assert!(!handle.as_str().is_empty());

    let mut other: Upload = serde_json::from_str(r#"{"id":"upload:b3RoZXI=?sig=x"}"#).unwrap();
    let error =
        client.media().continue_upload(&mut other, Media::sample(JPEG.to_vec())).await.unwrap_err();
    assert!(matches!(error, Error::Refused(_)), "{error:?}");
}

#[tokio::test]
async fn another_token_and_another_number_get_nothing() {
    let sandbox = Sandbox::builder().phone_number_id("100").start().await.unwrap();
    let client = client_of(&sandbox);
    let photo = client.media().upload(Media::image(JPEG.to_vec())).await.unwrap();
    let info = client.media().look_up(&photo).await.unwrap();

    let stranger = client.with_token("another-token").unwrap();
    for error in [
        stranger.media().look_up(&photo).await.unwrap_err(),
        stranger.media().download(&info).bytes().await.unwrap_err(),
        stranger.media().upload(Media::image(JPEG.to_vec())).await.unwrap_err(),
        stranger.media().delete(&photo).await.unwrap_err(),
    ] {
        assert!(matches!(error, Error::Refused(_)) || error.status() == Some(401), "{error:?}");
    }
    let other = client.for_number("1").unwrap();
    let error = other.media().upload(Media::image(JPEG.to_vec())).await.unwrap_err();
    assert!(matches!(error, Error::Refused(_)), "{error:?}");
}
