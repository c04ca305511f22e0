//! Downloads of which more was said than is kept: sizes, hashes, types.

use std::error::Error as _;

use bytes::Bytes;
use wa_message::{
    AsMediaRef as _, Client, Error, MediaRef,
    client::media::{FileErrorKind, Media},
};

use crate::{
    BASE64, HEX, JPEG,
    server::{Server, file, info_of, json, reply_with},
    upload::kind,
};

/// A server, and a client for all that is asked of it.
struct Line {
    server: Server,
    client: Client,
}

impl Line {
    async fn start() -> Self {
        let server = Server::start().await;
        let client = server.client();
        Self { server, client }
    }

    /// What becomes of a file that is looked up with these words, and comes so.
    async fn downloaded(&self, sha256: &str, size: &str, reply: Vec<u8>) -> Result<Bytes, Error> {
        self.server.forget();
        self.server.will_reply([info_of(&self.server.url(), sha256, size), reply]);
        self.client.media().download("500").bytes().await
    }
}

/// A body that ends with the connection.
fn unannounced(body: &[u8]) -> Vec<u8> {
    [b"HTTP/1.1 200 OK\r\ncontent-type: image/jpeg\r\nconnection: close\r\n\r\n", body].concat()
}

#[tokio::test]
async fn a_file_has_the_size_that_was_announced() {
    let line = Line::start().await;
    for size in ["21", r#""21""#, r#"" 21 ""#] {
        assert_eq!(line.downloaded("", size, file(JPEG)).await.unwrap(), JPEG, "{size}");
        assert_eq!(line.downloaded("", size, unannounced(JPEG)).await.unwrap(), JPEG, "{size}");
    }
    for size in ["0", "20", "22", "99999", r#""9223372036854775807""#] {
        for reply in [file(JPEG), unannounced(JPEG)] {
            let error = line.downloaded("", size, reply).await.unwrap_err();
            let large = size.len() > 10;
            let expected = if large { FileErrorKind::OverCap } else { FileErrorKind::SizeDiffers };
            assert_eq!(kind(&error), expected, "{size}");
        }
    }
    // Cut off, where nothing else tells.
    let error = line.downloaded("", "21", unannounced(&JPEG[..9])).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "the file has another size than was said, or changed on its way: 21 bytes were announced, and 9 came"
    );
    let error = line.downloaded(HEX, "21", file(&[JPEG, b"more"].concat())).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "the file has another size than was said, or changed on its way: 21 bytes were announced, and 25 came"
    );
    assert_eq!(line.downloaded("", "null", file(JPEG)).await.unwrap(), JPEG);
}

/// A file is checked by what a look-up says, so what cannot be read there is not taken for nothing.
#[tokio::test]
async fn a_look_up_that_has_not_its_form_is_an_error() {
    let line = Line::start().await;
    let whole = |odd: &str| format!(r#"{{"url":"{}",{odd}}}"#, line.server.url());
    for (odd, says) in [
        (r#""file_size":{}"#, "`file_size` has another type"),
        (r#""file_size":"12x""#, "`file_size` has another type"),
        (r#""file_size":"""#, "`file_size` has another type"),
        (r#""file_size":1.5"#, "`file_size` has another type"),
        (r#""file_size":18446744073709551615"#, "`file_size` has another type"),
        (r#""file_size":-1"#, "`file_size` is less than 0"),
        (r#""file_size":"-1""#, "`file_size` is less than 0"),
        (r#""sha256":[]"#, "`sha256` has another type"),
        (r#""sha256":{"a-secret":1}"#, "`sha256` has another type"),
        (r#""mime_type":["a-secret"]"#, "`mime_type` has another type"),
        (r#""id":"501""#, "`id` is that of another file"),
        (r#""id":"""#, "`id` is that of another file"),
        (r#""id":["500"]"#, "`id` has another type"),
    ] {
        for downloads in [false, true] {
            line.server.forget();
            line.server.will_reply([json(&whole(odd)), file(JPEG)]);
            let media = line.client.media();
            let error = if downloads {
                media.download("500").bytes().await.unwrap_err()
            } else {
                media.look_up("500").await.unwrap_err()
            };
            assert!(matches!(error, Error::Unreadable(_)), "{odd}: {error:?}");
            let why = error.source().unwrap().to_string();
            assert!(why.starts_with(says) && !why.contains("a-secret"), "{odd}: {why}");
            assert_eq!(line.server.lines(), ["GET /v23.0/500"], "{odd}");
        }
    }
    // Null is absent, and a number stands for its text.
    for fine in [r#""file_size":null,"sha256":null,"id":null"#, r#""id":500"#, r#""new":[]"#] {
        line.server.forget();
        line.server.will_reply([json(&whole(fine)), file(JPEG)]);
        assert_eq!(line.client.media().download("500").bytes().await.unwrap(), JPEG, "{fine}");
    }
}

#[tokio::test]
async fn more_than_is_taken_is_not_asked_for() {
    let line = Line::start().await;
    let error = line.downloaded("", "104857601", file(JPEG)).await.unwrap_err();
    assert_eq!(kind(&error), FileErrorKind::OverCap);
    assert_eq!(line.server.lines(), ["GET /v23.0/500"]);
}

#[tokio::test]
async fn a_look_up_that_is_kept_announces_the_size_too() {
    let server = Server::start().await;
    let info = server.info("");
    let server = server.replying([info, file(&JPEG[..9])]);
    let client = server.client();
    let info = client.media().look_up("500").await.unwrap();
    assert_eq!(info.as_media_ref().size(), Some(21));
    let error = client.media().download(&info).bytes().await.unwrap_err();
    assert_eq!(kind(&error), FileErrorKind::SizeDiffers);

    let url = server.url();
    let server = server.replying([file(JPEG), file(JPEG)]);
    let image = MediaRef::new("500").with_url(&*url);
    assert_eq!(client.media().download(image.with_size(21)).bytes().await.unwrap(), JPEG);
    let error = client.media().download(image.with_size(20)).bytes().await.unwrap_err();
    assert_eq!(kind(&error), FileErrorKind::SizeDiffers);
    assert_eq!(server.lines().len(), 4);
}

#[tokio::test]
async fn a_hash_that_cannot_be_read_is_an_error_and_none_is_not() {
    let line = Line::start().await;
    let odd =
        ["none", "AAECAwQ=", &HEX[1..], &format!("{HEX}00"), &"ü".repeat(32), &"z".repeat(64)];
    for hash in odd {
        let error = line.downloaded(hash, "21", file(JPEG)).await.unwrap_err();
        assert_eq!(kind(&error), FileErrorKind::MalformedHash, "{hash}");
        assert!(!error.to_string().contains(hash), "{error}");
        assert_eq!(line.server.lines(), ["GET /v23.0/500"], "{hash}");

        // That of a message too, before anything is asked for.
        let url = line.server.url();
        let image = MediaRef::new("500").with_url(&*url).with_sha256(hash);
        let error = line.client.media().download(image).bytes().await.unwrap_err();
        assert_eq!((kind(&error), line.server.lines().len()), (FileErrorKind::MalformedHash, 1));
    }
    for hash in ["", " ", HEX, BASE64, &BASE64[..43]] {
        assert_eq!(line.downloaded(hash, "21", file(JPEG)).await.unwrap(), JPEG, "{hash}");
    }
    // A newer one goes before it.
    line.server.forget();
    line.server.will_reply([line.server.info(HEX), file(JPEG)]);
    let image = MediaRef::new("500").with_sha256("none");
    assert_eq!(line.client.media().download(image).bytes().await.unwrap(), JPEG);
}

#[tokio::test]
async fn what_was_packed_is_no_file() {
    let line = Line::start().await;
    for headers in [
        "content-encoding: gzip\r\n",
        "content-encoding: br\r\n",
        "content-encoding: identity\r\ncontent-encoding: deflate\r\n",
        "content-encoding: identity, zstd\r\n",
        "content-encoding: \u{fc}\r\n",
    ] {
        let packed = reply_with("200 OK", headers, b"\x1f\x8b\x08 packed");
        for (sha256, size) in [("", "null"), (HEX, "21")] {
            let error = line.downloaded(sha256, size, packed.clone()).await.unwrap_err();
            assert_eq!(kind(&error), FileErrorKind::Packed, "{headers}");
            assert_eq!(line.server.requests()[1].header("accept-encoding"), ["identity"]);
        }
    }
    let chunked = b"HTTP/1.1 200 OK\r\ntransfer-encoding: gzip, chunked\r\n\r\n1\r\na\r\n0\r\n\r\n";
    let error = line.downloaded("", "null", chunked.to_vec()).await.unwrap_err();
    assert_eq!(kind(&error), FileErrorKind::Packed);
    for headers in ["content-encoding: identity\r\n", "content-encoding: \r\n", ""] {
        let reply = reply_with("200 OK", headers, JPEG);
        assert_eq!(line.downloaded(HEX, "21", reply).await.unwrap(), JPEG, "{headers}");
    }
}

#[tokio::test]
async fn a_page_is_not_taken_for_a_picture() {
    let line = Line::start().await;
    let page = |headers: &str| reply_with("200 OK", headers, b"<html>Log in</html>");
    for headers in ["content-type: text/html\r\n", "content-type: TEXT/HTML; charset=\"utf-8\"\r\n"]
    {
        let error = line.downloaded("", "null", page(headers)).await.unwrap_err();
        assert_eq!(
            error.to_string(),
            "the content of the file is of another type than was said: a web page came"
        );
        // With a hash, that says what is right.
        let error = line.downloaded(HEX, "null", page(headers)).await.unwrap_err();
        assert_eq!(kind(&error), FileErrorKind::HashDiffers);
        let whole = reply_with("200 OK", headers, JPEG);
        assert_eq!(line.downloaded(HEX, "21", whole).await.unwrap(), JPEG);
    }
    // What servers call a file is no more than a word.
    for headers in ["content-type: application/octet-stream\r\n", "content-type: image/jpg\r\n", ""]
    {
        assert_eq!(
            line.downloaded("", "21", reply_with("200 OK", headers, JPEG)).await.unwrap(),
            JPEG
        );
    }
    // A page that was promised comes, and one of which nothing was said.
    let page = page("content-type: text/html\r\n");
    line.server.will_reply([page.clone(), page]);
    let (url, client) = (line.server.url(), &line.client);
    let document = MediaRef::new("500").with_url(&*url);
    client.media().download(document).bytes().await.unwrap();
    client.media().download(document.with_mime_type("text/html")).bytes().await.unwrap();
}

#[tokio::test]
async fn a_name_is_not_blank_and_another_ending_is_advice() {
    for name in ["", " ", "\t\n"] {
        let error = Media::image(JPEG.to_vec()).named(name).check().await.unwrap_err();
        assert_eq!(kind(&error), FileErrorKind::MalformedName);
        assert_eq!(
            error.to_string(),
            "the name of the file is blank; leave it out, or give one by `named`"
        );
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("photo.exe");
    std::fs::write(&path, JPEG).unwrap();
    let checked = Media::image(&path).check().await.unwrap();
    assert_eq!(checked.mime_type(), "image/jpeg");
    assert_eq!(
        checked.advice(),
        [
            "the name ends in `.exe`, and the file goes as `image/jpeg`: the API goes by the type, and whoever gets the \
          file may go by the name"
        ]
    );
}
