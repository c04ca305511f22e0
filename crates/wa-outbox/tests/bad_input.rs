//! URLs of other kinds, files that are none of ours, disks that take nothing: clear, and nothing is lost.
#![allow(clippy::unwrap_used)]

mod common;

use std::{error::Error, fs};

use common::{enqueue, message, sqlite, url_of};
use wa_message::outbox::{EntryId, NewEntry, Obstacle, Outbox, OutboxError, sqlite::rusqlite};

async fn error(url: &str) -> OutboxError {
    Outbox::open(url).await.unwrap_err()
}

fn obstacle(error: &OutboxError) -> Option<Obstacle> {
    match error {
        OutboxError::Store(error) => Some(error.obstacle()),
        _ => None,
    }
}

#[tokio::test]
async fn a_url_of_another_kind_is_refused_and_not_shown() {
    for url in ["", "outbox.db", "mysql://root:secret@db/outbox", "redis://:secret@db"] {
        let error = error(url).await;
        assert!(matches!(error, OutboxError::Url(_)), "{url}");
        assert_eq!(
            error.to_string(),
            "the URL of an outbox begins with `sqlite:` or `postgres://`, such as `sqlite:outbox.db`"
        );
        assert!(!format!("{error:?}").contains("secret"));
    }
    for url in ["sqlite:", "sqlite://", "sqlite:folder/"] {
        assert_eq!(error(url).await.to_string(), "the URL names no file; write `sqlite:outbox.db`");
    }
    for url in ["sqlite::memory:", "sqlite://:memory:"] {
        assert_eq!(
            error(url).await.to_string(),
            "an outbox in memory would keep nothing; write the name of a file, as in `sqlite:outbox.db`"
        );
    }
    assert_eq!(
        error("sqlite:nowhere/outbox.db?mode=rwc").await.to_string(),
        "the URL of a file takes no parameters, and no question mark; write `sqlite:outbox.db`"
    );
}

#[tokio::test]
async fn a_file_that_is_no_database_is_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("letter.txt");
    let text = "Dear Ada, ".repeat(1_000);
    fs::write(&file, &text).unwrap();
    let error = error(&url_of(&file)).await;
    assert_eq!(obstacle(&error), Some(Obstacle::NotADatabase));
    assert_eq!(error.to_string(), "the file of the outbox is no database of SQLite");
    assert!(error.source().is_some());
    assert_eq!(fs::read_to_string(&file).unwrap(), text);
}

#[tokio::test]
async fn a_folder_that_is_not_there_and_one_in_place_of_a_file_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    for file in [folder.path().join("nowhere/outbox.db"), folder.path().to_owned()] {
        let error = error(&url_of(&file)).await;
        assert_eq!(obstacle(&error), Some(Obstacle::Unreachable), "{error}");
    }
}

#[tokio::test]
async fn a_schema_of_a_later_version_is_refused() {
    let place = sqlite();
    drop(Outbox::open(&place.url).await.unwrap());
    let file = rusqlite::Connection::open(place.folder.path().join("outbox.db")).unwrap();
    file.execute("insert into wa_outbox_schema (version) values (7)", []).unwrap();
    assert_eq!(
        error(&place.url).await.to_string(),
        "the outbox has version 7 of the schema, and this program knows version 2; use a newer program"
    );
}

#[tokio::test]
async fn a_database_of_yours_keeps_its_tables() {
    let place = sqlite();
    let file = rusqlite::Connection::open(place.folder.path().join("outbox.db")).unwrap();
    file.execute_batch("create table orders (id integer); insert into orders values (17)").unwrap();
    let outbox = Outbox::open(&place.url).await.unwrap();
    enqueue(&outbox, "1", 3).await;
    let orders: i64 = file.query_row("select count(*) from orders", [], |row| row.get(0)).unwrap();
    assert_eq!((orders, outbox.summary().await.unwrap().total()), (1, 3));
}

#[tokio::test]
async fn a_full_disk_takes_nothing_and_loses_nothing() {
    let place = sqlite();
    let outbox = Outbox::open(&place.url).await.unwrap();
    enqueue(&outbox, "1", 3).await;
    // A limit of pages is what a full disk is to SQLite. It holds for the connection, so the file is opened by a raw one.
    let file = rusqlite::Connection::open(place.folder.path().join("outbox.db")).unwrap();
    let pages: i64 = file.query_row("pragma page_count", [], |row| row.get(0)).unwrap();
    file.pragma_update(None, "max_page_count", pages).unwrap();
    let mut file = file;
    let transaction = file.transaction().unwrap();
    let big = NewEntry::new("1", &message(9)).data("x".repeat(100_000));
    let error = wa_message::outbox::sqlite::enqueue(&transaction, &big).unwrap_err();
    assert_eq!(obstacle(&error), Some(Obstacle::Full), "{error}");
    assert_eq!(error.to_string(), "there is no room on the disk of the outbox");
    drop(transaction);
    assert_eq!(outbox.summary().await.unwrap().total(), 3);
}

#[tokio::test]
async fn a_file_that_others_hold_is_waited_for() {
    let place = sqlite();
    let outbox = Outbox::open(&place.url).await.unwrap();
    let mut file = rusqlite::Connection::open(place.folder.path().join("outbox.db")).unwrap();
    let writing = tokio::spawn({
        let outbox = outbox.clone();
        async move { outbox.enqueue(NewEntry::new("1", &message(1))).await }
    });
    let transaction =
        file.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate).unwrap();
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    drop(transaction);
    assert!(writing.await.unwrap().unwrap().is_new);
}

#[tokio::test]
async fn entries_that_cannot_be_taken_say_why() {
    let place = sqlite();
    let outbox = Outbox::open(&place.url).await.unwrap();
    let entry = || NewEntry::new("1", &message(1));
    for (entry, why) in [
        (
            NewEntry::new("", &message(1)),
            "the id of the business phone number is empty or has a null character",
        ),
        (entry().key(""), "a key of an entry has 1 to 512 bytes, none of them null"),
        (entry().key("k".repeat(513)), "a key of an entry has 1 to 512 bytes, none of them null"),
        (entry().data("\0"), "the data of an entry have a null character"),
        (entry().priority(10), "the priority of an entry is a number from 0 to 9"),
    ] {
        assert_eq!(outbox.enqueue(entry).await.unwrap_err().to_string(), why);
    }
    let nobody = "01936f2e-7c00-7000-8000-000000000001".parse::<EntryId>().unwrap();
    assert_eq!(
        outbox.show(nobody).await.unwrap_err().to_string(),
        "there is no such entry in the outbox"
    );
    assert!("17".parse::<EntryId>().is_err());
}

/// With a store for PostgreSQL the URL leads to it.
#[cfg(not(feature = "postgres"))]
#[tokio::test]
async fn a_store_that_was_not_built_in_says_which_feature_turns_it_on() {
    let error = error("postgres://user:secret@db/outbox").await;
    assert_eq!(
        error.to_string(),
        "this program was built without the feature `postgres` of the outbox; turn on `outbox-postgres` of `wa-message`"
    );
}

/// The folder is named, because it may not be the one that was thought of.
#[tokio::test]
async fn a_folder_that_is_missing_is_named() {
    for (url, folder) in
        [("sqlite:~/outbox.db", "\"~\""), ("sqlite:no\nwhere/outbox.db", "\"no\\nwhere\"")]
    {
        let error = error(url).await;
        assert_eq!(error.source().unwrap().to_string(), format!("there is no folder {folder}"));
    }
}
