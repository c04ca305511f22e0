//! The token, and the names of files, are shown nowhere.

use std::sync::{Arc, Mutex};

use wa_message::{Error, client::media::Media};

use crate::{
    HEX, JPEG,
    common::TOKEN,
    server::{Server, json, refusal, reply_with},
    shown::{Log, everything_of},
};

/// Answers that quote the token.
fn echoes() -> Vec<Vec<u8>> {
    let page = format!("<p>{TOKEN}</p>");
    vec![
        reply_with("500 Oh", "", page.as_bytes()),
        reply_with("401 Oh", &format!("x-fb-trace-id: {TOKEN}\r\n"), page.as_bytes()),
        refusal(
            "400 Bad",
            &format!(r#"{{"code":190,"message":"Malformed access token {TOKEN}"}}"#),
        ),
        json(&format!(r#"{{"id":{{"a":"{TOKEN}"}},"url":{{"{TOKEN}":1}},"success":"{TOKEN}"}}"#)),
        json(&page),
    ]
}

fn shows_nothing(error: &Error) {
    let shown = everything_of(error);
    assert!(!shown.contains(TOKEN), "{shown}");
}

#[tokio::test]
async fn no_answer_shows_the_token() {
    for echo in echoes() {
        let server = Server::start().await.replying(vec![echo.clone(); 3]);
        let client = server.client();
        shows_nothing(&client.media().upload(Media::image(JPEG.to_vec())).await.unwrap_err());
        shows_nothing(&client.media().look_up("500").await.unwrap_err());
        shows_nothing(&client.media().delete("500").await.unwrap_err());

        let server = Server::start().await;
        let info = server.info(HEX);
        let server = server.replying([info, echo]);
        shows_nothing(&server.client().media().download("500").bytes().await.unwrap_err());
    }
    // An address with the token in it is one of a foreign host, with another token.
    let server = Server::start()
        .await
        .replying([json(&format!(r#"{{"url":"https://{TOKEN}.example.com/{TOKEN}"}}"#))]);
    shows_nothing(&server.client().media().download("500").bytes().await.unwrap_err());

    let server = Server::start().await;
    let info = server.info("");
    let typed = reply_with("200 OK", &format!("content-type: x/{TOKEN}\r\n"), JPEG);
    let server = server.replying([info, typed]);
    let stream = server.client().media().download("500").stream().await.unwrap();
    assert!(!format!("{stream:?} {:?}", stream.mime_type()).contains(TOKEN));
}

#[test]
fn spans_name_the_call_and_no_file() {
    let log = Log(Arc::new(Mutex::new(String::new())));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    tracing::subscriber::with_default(log.clone(), || {
        metrics::with_local_recorder(&log, || {
            runtime.block_on(async {
                let server = Server::start().await;
                let info = server.info(HEX);
                let server =
                    server.replying([json(r#"{"id":"500"}"#), info, reply_with("401 Oh", "", b"")]);
                let client = server.client();
                let media = Media::image(JPEG.to_vec()).named("passport-of-ada.jpg");
                client.media().upload(media).await.unwrap();
                client.media().download("500").bytes().await.unwrap_err();
            });
        });
    });
    let shown = log.0.lock().unwrap().clone();
    for part in
        ["uploadMedia", "lookUpMedia", "downloadMedia", "wa_message_attempts_total", "\"file\""]
    {
        assert!(shown.contains(part), "{part} is not in {shown}");
    }
    for part in ["passport", TOKEN, "aGFzaA"] {
        assert!(!shown.contains(part), "{part} is in {shown}");
    }
}
