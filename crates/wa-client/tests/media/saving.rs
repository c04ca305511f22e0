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
    let info = server.info(HEX);
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
