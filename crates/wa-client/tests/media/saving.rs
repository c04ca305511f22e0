//! Downloads to a path.

use std::{fs, time::Duration};

use wa_message::{Error, client::media::FileErrorKind};

use crate::{
    HEX, JPEG,
    server::{STALLS, Server, file},
    upload::kind,
};

async fn server_with(reply: Vec<u8>) -> Server {
    let server = Server::start().await;
    let info = server.info_of_any_size(HEX);
    server.replying([info, reply])
}

fn names(folder: &tempfile::TempDir) -> Vec<String> {
    let entries = fs::read_dir(folder.path()).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

#[tokio::test]
async fn a_whole_file_takes_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("photo.jpg");
    fs::write(&path, "an older one").unwrap();
    let server = server_with(file(JPEG)).await;
    let saved = server.client().media().download("500").save(&path).await.unwrap();
    assert_eq!((saved.size(), saved.mime_type()), (JPEG.len() as u64, Some("image/jpeg")));
    assert_eq!(
        (fs::read(&path).unwrap(), names(&folder)),
        (JPEG.to_vec(), vec!["photo.jpg".to_owned()])
    );
}

#[tokio::test]
async fn half_of_it_never_does() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("photo.jpg");
    fs::write(&path, "an older one").unwrap();
    let half = [b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n", JPEG].concat();
    for reply in [half, file(b"another file")] {
        let server = server_with(reply).await;
        let error = server.client().media().download("500").save(&path).await.unwrap_err();
        assert!(matches!(error, Error::InDoubt(_) | Error::File(_)), "{error:?}");
        assert_eq!(fs::read(&path).unwrap(), b"an older one");
        assert_eq!(names(&folder), ["photo.jpg"]);
    }
}

#[tokio::test]
async fn nothing_is_left_of_a_download_that_nobody_waits_for() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("photo.jpg");
    let stalls = [b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n", JPEG, STALLS].concat();
    let server = server_with(stalls).await;
    let client = server.client();
    let save = client.media().download("500").save(&path);
    assert!(tokio::time::timeout(Duration::from_millis(300), save).await.is_err());
    // What the system still writes is over in a moment.
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert_eq!(names(&folder), [""; 0]);
}

#[tokio::test]
async fn a_place_that_cannot_be_written_is_an_error_of_the_file() {
    let folder = tempfile::tempdir().unwrap();
    for path in [folder.path().join("nowhere/photo.jpg"), "/".into(), "..".into()] {
        let server = server_with(file(JPEG)).await;
        let error = server.client().media().download("500").save(path).await.unwrap_err();
        assert_eq!(kind(&error), FileErrorKind::Unwritten);
        assert!(std::error::Error::source(&error).is_some());
    }
}

#[tokio::test]
async fn any_name_that_a_file_may_have_is_taken() {
    let folder = tempfile::tempdir().unwrap();
    for length in [1, 200, 232, 233, 255] {
        let name = "a".repeat(length);
        let server = server_with(file(JPEG)).await;
        let client = server.client();
        client.media().download("500").save(folder.path().join(&name)).await.unwrap();
        assert_eq!(fs::read(folder.path().join(&name)).unwrap(), JPEG, "{length}");
        fs::remove_file(folder.path().join(&name)).unwrap();
    }
    // Also one in letters of several bytes.
    let name = "ü".repeat(127);
    let server = server_with(file(JPEG)).await;
    server.client().media().download("500").save(folder.path().join(&name)).await.unwrap();
    assert_eq!(names(&folder), [name]);
}

#[tokio::test]
async fn why_it_cannot_be_written_stands_in_the_line() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("file"), "").unwrap();
    fs::create_dir(folder.path().join("folder")).unwrap();
    for (path, why) in [
        ("nowhere/photo.jpg", "entity not found"),
        ("file/photo.jpg", "not a directory"),
        ("folder", "is a directory"),
        ("folder/..", "the path has no file name"),
    ] {
        let server = server_with(file(JPEG)).await;
        let path = folder.path().join(path);
        let error = server.client().media().download("500").save(&path).await.unwrap_err();
        assert_eq!(error.to_string(), format!("the file could not be written: {why}"));
    }
    let mut media = wa_message::client::media::Media::image(folder.path().join("photo.jpg"));
    let error = media.check().await.unwrap_err();
    assert_eq!(error.to_string(), "the file could not be read: entity not found");
    let mut media = wa_message::client::media::Media::image(folder.path().join("folder"));
    let error = media.check().await.unwrap_err();
    assert_eq!(error.to_string(), "the file could not be read: the path leads to no file");
}
