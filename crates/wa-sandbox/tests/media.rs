//! Files of the sandbox: uploaded, looked up, downloaded, deleted, sent by customers, and in parts.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::time::Duration;

use common::{
    Raw, raw,
    receiver::{Receiver, SECRET, check_bodies},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use wa_message::webhook::{
    Item,
    types::{CaptionedMedia, MessageContent},
};
use wa_sandbox::{Attachment, Sandbox};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01";

/// A request with the token.
fn request(sandbox: &Sandbox, line: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "{line} HTTP/1.1\r\nhost: sandbox\r\nconnection: close\r\n{headers}content-length: {}\r\n\r\n",
        body.len()
    );
    let head = head.replace("TOKEN", sandbox.token());
    [head.as_bytes(), body].concat()
}

async fn call(sandbox: &Sandbox, line: &str) -> Raw {
    raw(sandbox, &request(sandbox, line, "authorization: Bearer TOKEN\r\n", b"")).await
}

/// A form with these fields: a name, what stands behind it in its head, and its value.
fn form(fields: &[(&str, &str, &[u8])]) -> Vec<u8> {
    let mut form = Vec::new();
    for (name, more, value) in fields {
        let head =
            format!("--edge\r\ncontent-disposition: form-data; name=\"{name}\"{more}\r\n\r\n");
        form.extend_from_slice(head.as_bytes());
        form.extend_from_slice(value);
        form.extend_from_slice(b"\r\n");
    }
    form.extend_from_slice(b"--edge--\r\n");
    form
}

const TYPED: &str = "; filename=\"a.png\"\r\ncontent-type: image/png";

async fn upload(sandbox: &Sandbox, fields: &[(&str, &str, &[u8])]) -> Raw {
    let line = format!("POST /v23.0/{}/media", sandbox.phone_number_id());
    let headers =
        "authorization: Bearer TOKEN\r\ncontent-type: multipart/form-data; boundary=edge\r\n";
    raw(sandbox, &request(sandbox, &line, headers, &form(fields))).await
}

/// Downloads, and returns the status and the body.
async fn download(sandbox: &Sandbox, url: &str, headers: &str) -> (u16, Vec<u8>) {
    let path = url.strip_prefix(&sandbox.base_url()).unwrap();
    let request = request(sandbox, &format!("GET {path}"), headers, b"");
    let mut stream = TcpStream::connect(&sandbox.base_url()["http://".len()..]).await.unwrap();
    stream.write_all(&request).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    let at = answer.windows(4).position(|window| window == b"\r\n\r\n").unwrap();
    let status = String::from_utf8_lossy(&answer[9..12]).parse().unwrap();
    (status, answer[at + 4..].to_vec())
}

const WITH_ALL: &str = "authorization: Bearer TOKEN\r\nuser-agent: test\r\n";

#[tokio::test]
async fn a_file_goes_up_and_down_and_away() {
    let sandbox = Sandbox::start().await.unwrap();
    let fields = [
        ("messaging_product", "", &b"whatsapp"[..]),
        ("type", "", b"image/png"),
        ("file", TYPED, PNG),
    ];
    let answer = upload(&sandbox, &fields).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let id = answer.body["id"].as_str().unwrap().to_owned();
    assert!(id.bytes().all(|byte| byte.is_ascii_digit()));
    let kept = sandbox.media().remove(0);
    assert_eq!((kept.id(), kept.mime_type(), kept.name()), (&*id, "image/png", Some("a.png")));
    assert_eq!(kept.bytes(), PNG);

    let found = call(&sandbox, &format!("GET /v23.0/{id}")).await;
    assert_eq!((found.status, &found.body["id"]), (200, &id.clone().into()));
    assert_eq!(found.body["mime_type"], "image/png");
    assert_eq!(found.body["file_size"], PNG.len());
    assert_eq!(found.body["sha256"].as_str().unwrap().len(), 64);
    let url = found.body["url"].as_str().unwrap();
    assert_eq!(download(&sandbox, url, WITH_ALL).await, (200, PNG.to_vec()));

    let deleted = call(&sandbox, &format!("DELETE /v23.0/{id}")).await;
    assert_eq!(deleted.body["success"], true);
    for line in ["GET", "DELETE"] {
        let gone = call(&sandbox, &format!("{line} /v23.0/{id}")).await;
        let error = &gone.body["error"];
        assert_eq!((gone.status, gone.code(), &error["error_subcode"]), (400, 100, &33.into()));
        assert_eq!(error["type"], "GraphMethodException");
    }
    assert_eq!(download(&sandbox, url, WITH_ALL).await.0, 404);
}

#[tokio::test]
async fn a_download_needs_the_token_and_a_user_agent() {
    let builder = Sandbox::builder().media_addresses_live(Duration::from_millis(150));
    let sandbox = builder.start().await.unwrap();
    let fields = [("messaging_product", "", &b"whatsapp"[..]), ("file", TYPED, PNG)];
    let id = upload(&sandbox, &fields).await.body["id"].as_str().unwrap().to_owned();
    let found = call(&sandbox, &format!("GET /v23.0/{id}")).await;
    let url = found.body["url"].as_str().unwrap();
    for (headers, status) in [
        ("user-agent: test\r\n", 401),
        ("authorization: Bearer wrong\r\nuser-agent: test\r\n", 401),
        ("authorization: Bearer TOKEN\r\n", 400),
        ("authorization: Bearer TOKEN\r\nuser-agent: a\r\nuser-agent: b\r\n", 400),
    ] {
        assert_eq!(download(&sandbox, url, headers).await.0, status, "{headers}");
    }
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert_eq!(download(&sandbox, url, WITH_ALL).await.0, 404);
    let again = call(&sandbox, &format!("GET /v23.0/{id}")).await;
    let url = again.body["url"].as_str().unwrap();
    assert_eq!(download(&sandbox, url, WITH_ALL).await.0, 200);
}

#[tokio::test]
async fn files_of_other_numbers_are_not_known() {
    let sandbox = Sandbox::start().await.unwrap();
    let fields = [("messaging_product", "", &b"whatsapp"[..]), ("file", TYPED, PNG)];
    let id = upload(&sandbox, &fields).await.body["id"].as_str().unwrap().to_owned();
    let line = format!("GET /v23.0/{id}?phone_number_id=");
    let number = sandbox.phone_number_id();
    assert_eq!(call(&sandbox, &format!("{line}{number}")).await.status, 200);
    assert_eq!(call(&sandbox, &format!("{line}{number}1")).await.code(), 100);
    let sandbox = Sandbox::builder().phone_number_id("700100").start().await.unwrap();
    let head =
        "authorization: Bearer TOKEN\r\ncontent-type: multipart/form-data; boundary=edge\r\n";
    let request = request(&sandbox, "POST /v23.0/1/media", head, &form(&fields));
    assert_eq!(raw(&sandbox, &request).await.code(), 33);
}

#[tokio::test]
async fn what_is_wrong_with_an_upload_is_said() {
    let sandbox = Sandbox::start().await.unwrap();
    let product = ("messaging_product", "", &b"whatsapp"[..]);
    let large = [PNG, &vec![0; 5 << 20]].concat();
    for (fields, code, says) in [
        (vec![("file", TYPED, PNG)], 100, "`messaging_product`"),
        (vec![product], 100, "no `file`"),
        (vec![product, ("file", "", PNG)], 100, "no `type`"),
        (
            vec![product, ("file", TYPED, PNG), ("type", "", b"image/jpeg")],
            100,
            "the part of the file is `image/png`",
        ),
        (vec![product, ("file", "", PNG), ("type", "", b"image/jpg")], 100, "write `image/jpeg`"),
        (vec![product, ("file", "", PNG), ("type", "", b"image/gif")], 100, "none of the types"),
        (
            vec![product, ("file", "", PNG), ("type", "", b"image/jpeg")],
            131_053,
            "the content is image/png",
        ),
        (vec![product, ("file", TYPED, &large)], 131_053, "`image` takes 5242880"),
        (vec![product, ("file", TYPED, b"")], 131_053, "empty"),
        (vec![product, ("file", TYPED, PNG), ("ttl_minutes", "", b"5")], 100, "`ttl_minutes`"),
        (vec![product, ("file", TYPED, PNG), ("type", "", b"\xff")], 100, "no text"),
    ] {
        let answer = upload(&sandbox, &fields).await;
        assert_eq!(answer.code(), code, "{}", answer.body);
        assert!(answer.details().contains(says), "{}", answer.details());
    }
    let line = format!("POST /v23.0/{}/media", sandbox.phone_number_id());
    let json = "authorization: Bearer TOKEN\r\ncontent-type: application/json\r\n";
    assert_eq!(raw(&sandbox, &request(&sandbox, &line, json, b"{}")).await.code(), 100);
    let none = "content-type: multipart/form-data; boundary=edge\r\n";
    assert_eq!(raw(&sandbox, &request(&sandbox, &line, none, b"")).await.status, 401);
    let torn =
        "authorization: Bearer TOKEN\r\ncontent-type: multipart/form-data; boundary=edge\r\n";
    assert_eq!(raw(&sandbox, &request(&sandbox, &line, torn, b"--edge\r\n")).await.code(), 100);
    let answer = call(&sandbox, &format!("PUT /v23.0/{}/media", sandbox.phone_number_id())).await;
    assert_eq!(answer.status, 405);
    assert!(answer.head.contains("allow: post"), "{}", answer.head);
    assert!(sandbox.media().is_empty());
}

/// A request that says how long its body is, of which nothing comes.
async fn announced(sandbox: &Sandbox, line: &str, headers: &str, length: &str) -> Raw {
    let head = format!("{line} HTTP/1.1\r\nhost: sandbox\r\n{headers}{length}\r\n\r\n");
    let head = head.replace("TOKEN", sandbox.token());
    let mut stream = TcpStream::connect(&sandbox.base_url()["http://".len()..]).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    // It hangs up, because what would come next is no request.
    let mut answer = Vec::new();
    let read = stream.read_to_end(&mut answer);
    tokio::time::timeout(Duration::from_secs(10), read).await.expect("an answer").unwrap();
    let answer = String::from_utf8(answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Raw { status, head: head.to_owned(), body: serde_json::from_str(body).unwrap() }
}

#[tokio::test]
async fn what_is_announced_as_too_long_is_refused_at_once() {
    let sandbox = Sandbox::start().await.unwrap();
    let line = format!("POST /v23.0/{}/media", sandbox.phone_number_id());
    let form =
        "authorization: Bearer TOKEN\r\ncontent-type: multipart/form-data; boundary=edge\r\n";
    // The most that a file has, what may stand beside it, and one more.
    let over = (100 << 20) + (1 << 20) + 1;
    for length in ["99999999999", &over.to_string(), "18446744073709551613"] {
        for more in ["", "expect: 100-continue\r\n"] {
            let length = format!("{more}content-length: {length}");
            let answer = announced(&sandbox, &line, form, &length).await;
            assert_eq!((answer.status, answer.code()), (413, 100), "{}", answer.head);
            assert!(answer.details().contains("105906176 bytes"), "{}", answer.details());
        }
    }
    // Who may not upload learns that first.
    let wrong = form.replace("TOKEN", "wrong");
    let answer = announced(&sandbox, &line, &wrong, "content-length: 99999999999").await;
    assert_eq!(answer.status, 401);

    // A part of a sample is not longer than what is missing of it, and an upload that got too much goes on as before.
    let begin = "POST /v23.0/17/uploads?file_length=33&file_type=image/png";
    let id = call(&sandbox, begin).await.body["id"].as_str().unwrap().to_owned();
    let oauth = "authorization: OAuth TOKEN\r\nfile_offset: 0\r\n";
    let line = format!("POST /v23.0/{id}");
    for length in ["34", "99999999999"] {
        let length = format!("content-length: {length}");
        let answer = announced(&sandbox, &line, oauth, &length).await;
        assert_eq!(answer.status, 413, "{}", answer.head);
        assert!(answer.details().contains("33 bytes"), "{}", answer.details());
    }
    // Without a length, as soon as there is too much.
    let chunk = "transfer-encoding: chunked\r\n\r\n22\r\n0123456789012345678901234567890123";
    assert_eq!(announced(&sandbox, &line, oauth, chunk).await.status, 413);
    let get = request(&sandbox, &format!("GET /v23.0/{id}"), oauth, b"");
    assert_eq!(raw(&sandbox, &get).await.body["file_offset"], 0);
    let whole = [PNG, &[0; 40]].concat();
    let whole = request(&sandbox, &line, oauth, &whole[..33]);
    assert!(raw(&sandbox, &whole).await.body["h"].is_string());
    assert!(sandbox.media().is_empty());
}

#[tokio::test]
async fn a_sample_goes_up_in_parts() {
    let sandbox = Sandbox::start().await.unwrap();
    let begin = |query: &str| format!("POST /v23.0/17/uploads?{query}");
    let length = PNG.len();
    let begun = call(
        &sandbox,
        &begin(&format!("file_name=a.png&file_length={length}&file_type=image/png")),
    )
    .await;
    let id = begun.body["id"].as_str().unwrap().to_owned();
    assert!(id.starts_with("upload:") && id.contains("?sig="));
    let oauth = |offset: &str| format!("authorization: OAuth TOKEN\r\n{offset}");
    let get = request(&sandbox, &format!("GET /v23.0/{id}"), &oauth(""), b"");
    assert_eq!(raw(&sandbox, &get).await.body["file_offset"], 0);

    // The connection breaks, and what has arrived is there.
    let line = format!("POST /v23.0/{id}");
    let whole = request(&sandbox, &line, &oauth("file_offset: 0\r\n"), PNG);
    let mut stream = TcpStream::connect(&sandbox.base_url()["http://".len()..]).await.unwrap();
    stream.write_all(&whole[..whole.len() - 5]).await.unwrap();
    stream.shutdown().await.unwrap();
    let _ = stream.read_to_end(&mut Vec::new()).await;
    assert_eq!(raw(&sandbox, &get).await.body["file_offset"], length - 5);

    let again = request(&sandbox, &line, &oauth("file_offset: 0\r\n"), PNG);
    assert_eq!(raw(&sandbox, &again).await.code(), 100);
    let offset = format!("file_offset: {}\r\n", length - 5);
    let rest = request(&sandbox, &line, &oauth(&offset), &PNG[length - 5..]);
    assert!(raw(&sandbox, &rest).await.body["h"].as_str().unwrap().starts_with("4:"));

    for query in [
        "file_length=1",
        "file_type=image/png",
        "file_length=1&file_type=image/webp",
        "file_length=0&file_type=image/png",
        "file_length=x&file_type=image/png",
    ] {
        assert!(call(&sandbox, &begin(query)).await.status == 400, "{query}");
    }
    let bearer = call(&sandbox, &format!("GET /v23.0/{id}")).await;
    assert_eq!((bearer.status, bearer.code()), (401, 0));
    let wrong = request(&sandbox, "GET /v23.0/upload:QQ", &oauth(""), b"");
    assert_eq!(raw(&sandbox, &wrong).await.code(), 100);
}

#[tokio::test]
async fn a_customer_sends_files() {
    let receiver = Receiver::start().await;
    let sandbox = Sandbox::builder().webhook(&receiver.url, SECRET).start().await.unwrap();
    let customer = sandbox.customer("+15550100");
    customer.sends_image(PNG).unwrap();
    sandbox.settled().await;
    let message = receiver.messages().remove(0);
    let Item::Known(MessageContent::Image(image)) = message.content else { panic!() };
    assert_eq!(image.mime_type.as_deref(), Some("image/png"));
    is_there(&sandbox, &image).await;

    for (attachment, kind) in [
        (
            Attachment::new("video/mp4", &b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom"[..])
                .caption("Look"),
            "video",
        ),
        (
            Attachment::new("audio/ogg; codecs=opus", &b"OggS\0\x02\0\0\0\0\0\0\0\0"[..]).voice(),
            "audio",
        ),
        (Attachment::new("image/webp", &b"RIFF\x1a\0\0\0WEBPVP8 "[..]), "sticker"),
        (Attachment::new("application/pdf", PDF).named("../a.pdf").caption("For you"), "document"),
        (Attachment::new("text/csv", &b"bread,2"[..]), "document"),
        (Attachment::new("image/gif", &b"GIF89a"[..]).kind("document"), "document"),
        (Attachment::new("image/png", PNG).kind("document").named("a.png"), "document"),
    ] {
        customer.sends(attachment).unwrap();
        sandbox.settled().await;
        let message = receiver.messages().pop().unwrap();
        assert_eq!(message.content.known().unwrap().name(), kind);
    }
    check_bodies(&sandbox);
    let before = sandbox.media().len();
    for wrong in [
        Attachment::new("audio/ogg", PNG).caption("A sound has none"),
        Attachment::new("image/jpg", PNG),
        // What they say they are, they are not.
        Attachment::new("image/jpeg", PDF),
        Attachment::new("image/jpeg", PDF).kind("document"),
        Attachment::new("application/pdf", PNG),
        Attachment::new("image/png", &b""[..]),
        Attachment::new("application/x-own", &b""[..]).kind("document"),
        Attachment::new("application/pdf", PDF).named(""),
        Attachment::new("application/pdf", PDF).named("a\0.pdf"),
        Attachment::new("image/png", PNG).kind("picture"),
        Attachment::new("image/png", PNG).voice(),
    ] {
        let error = customer.sends(wrong).unwrap_err();
        assert!(error.to_string().starts_with("the file cannot be sent: "), "{error}");
    }
    for wrong in [PDF, b""] {
        let error = customer.sends_image(wrong).unwrap_err();
        assert!(error.is_unfit(), "{error}");
    }
    assert_eq!(sandbox.media().len(), before);
}

const PDF: &[u8] = b"%PDF-1.7";

/// The file of a webhook is found by its id and by its address.
async fn is_there(sandbox: &Sandbox, image: &CaptionedMedia<'_>) {
    let url = image.url.as_deref().unwrap();
    assert!(url.contains("source=webhook"));
    assert_eq!(download(sandbox, url, WITH_ALL).await, (200, PNG.to_vec()));
    assert!(image.sha256.as_deref().unwrap().ends_with('='));
    let found = call(sandbox, &format!("GET /v23.0/{}", image.id)).await;
    assert_eq!((found.status, &found.body["mime_type"]), (200, &"image/png".into()));
}
