//! Disks that are full, that may not be written, and from which the file is taken away: clear, nothing lost, nothing twice.
//!
//! Each test runs in a process of its own, which mounts a small disk that nobody else sees. Where that is not allowed, it says
//! what was left out.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used)]

mod common;

use std::{
    env, fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::Command,
    sync::{
        OnceLock,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use common::{account, client, enqueue, message, sqlite, url_of};
use wa_message::outbox::{NewEntry, Obstacle, Outbox, OutboxError, Point, State};
use wa_sandbox::{Fault, Sandbox};

const DISK: &str = "WA_OUTBOX_TEST_DISK";

/// Calls this test again in a process that has a disk of its own, or returns the folder of that disk in the process itself.
fn disk(test: &str) -> Option<PathBuf> {
    if let Ok(folder) = env::var(DISK) {
        mount(&["-t", "tmpfs", "-o", "size=8m", "tmpfs", &folder]);
        return Some(folder.into());
    }
    let alone = |command: &mut Command| command.status().is_ok_and(|status| status.success());
    if !alone(Command::new("unshare").args(["-rm", "true"])) {
        eprintln!("left out: {test}, because no disk may be mounted here");
        return None;
    }
    let folder = tempfile::tempdir().unwrap();
    let mut again = Command::new("unshare");
    again.arg("-rm").arg(env::current_exe().unwrap());
    again.args([test, "--exact", "--nocapture"]).env(DISK, folder.path());
    assert!(alone(&mut again), "{test} failed on its disk");
    None
}

fn mount(arguments: &[&str]) {
    assert!(Command::new("mount").args(arguments).status().unwrap().success(), "{arguments:?}");
}

/// Takes all the room there is.
fn fill(disk: &Path) -> PathBuf {
    let path = disk.join("filler");
    let mut file = fs::File::create(&path).unwrap();
    for size in [65_536, 512, 1] {
        while file.write_all(&vec![0; size]).is_ok() {}
    }
    path
}

fn obstacle(error: &OutboxError) -> Option<Obstacle> {
    match error {
        OutboxError::Store(error) => Some(error.obstacle()),
        _ => None,
    }
}

async fn refused(outbox: &Outbox, key: &str) -> OutboxError {
    outbox.enqueue(NewEntry::new("1", &message(1)).key(key)).await.unwrap_err()
}

/// Sends for a time.
async fn send(outbox: &Outbox, sandbox: &Sandbox, time: Duration) {
    let worker = outbox.worker(&client(sandbox)).rate(10_000);
    worker.run_until(tokio::time::sleep(time)).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_takes_nothing_and_loses_nothing() {
    let Some(disk) = disk("a_full_disk_takes_nothing_and_loses_nothing") else { return };
    let sandbox = Sandbox::start().await.unwrap();
    let outbox = Outbox::open(&url_of(&disk.join("outbox.db"))).await.unwrap();
    enqueue(&outbox, sandbox.phone_number_id(), 100).await;
    let filler = fill(&disk);
    // What is in the log may be written over, so there is room for a few.
    let mut kept = 0;
    let error = loop {
        match outbox.enqueue(NewEntry::new("1", &message(1)).data("x".repeat(9_000))).await {
            Ok(_) => kept += 1,
            Err(error) => break error,
        }
    };
    assert_eq!(obstacle(&error), Some(Obstacle::Full), "{error}");
    assert!(error.to_string().starts_with("there is no room on the disk of the outbox"), "{error}");
    assert_eq!(outbox.summary().await.unwrap().total(), 100 + kept);
    // It gets full and empty again while a worker sends.
    fs::remove_file(&filler).unwrap();
    let worker = tokio::spawn({
        let worker = outbox.worker(&client(&sandbox)).rate(150);
        async move { worker.drain().await }
    });
    for _ in 0..4 {
        tokio::time::sleep(Duration::from_millis(150)).await;
        fill(&disk);
        tokio::time::sleep(Duration::from_millis(150)).await;
        fs::remove_file(&filler).unwrap();
    }
    worker.await.unwrap().unwrap();
    assert_eq!(account(&outbox, &sandbox.ledger()).await.of(State::Accepted), 100);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disk_that_may_not_be_written_is_an_error_until_it_may() {
    let Some(disk) = disk("a_disk_that_may_not_be_written_is_an_error_until_it_may") else {
        return;
    };
    let folder = disk.display().to_string();
    let sandbox = Sandbox::start().await.unwrap();
    let url = url_of(&disk.join("outbox.db"));
    let outbox = Outbox::open(&url).await.unwrap();
    enqueue(&outbox, sandbox.phone_number_id(), 10).await;
    drop(outbox);
    tokio::time::sleep(Duration::from_millis(200)).await;

    mount(&["-o", "remount,ro", &folder]);
    for url in [&url, &url_of(&disk.join("another.db"))] {
        let error = Outbox::open(url).await.unwrap_err();
        assert!(
            matches!(obstacle(&error), Some(Obstacle::ReadOnly | Obstacle::Unreachable)),
            "{error:?}"
        );
    }
    mount(&["-o", "remount,rw", &folder]);
    let outbox = Outbox::open(&url).await.unwrap();
    send(&outbox, &sandbox, Duration::from_secs(1)).await;
    assert_eq!(account(&outbox, &sandbox.ledger()).await.of(State::Accepted), 10);
}

/// The name of something that is done to the file of an outbox, and the deed.
type Damage = (&'static str, fn(&Path));

/// What is done to the file of an outbox that is open.
fn damages() -> [Damage; 4] {
    [
        ("removed", |file| fs::remove_file(file).unwrap()),
        ("moved", |file| fs::rename(file, file.with_extension("old")).unwrap()),
        ("replaced", |file| {
            let copy = file.with_extension("copy");
            fs::copy(file, &copy).unwrap();
            fs::rename(&copy, file).unwrap();
        }),
        ("without its log", |file| fs::remove_file(format!("{}-wal", file.display())).unwrap()),
    ]
}

#[tokio::test]
async fn a_file_that_is_taken_away_takes_nothing_any_more() {
    for (what, damage) in damages() {
        let (place, sandbox) = (sqlite(), Sandbox::start().await.unwrap());
        let file = place.folder.path().join("outbox.db");
        let outbox = Outbox::open(&place.url).await.unwrap();
        enqueue(&outbox, sandbox.phone_number_id(), 3).await;
        damage(&file);
        let error = refused(&outbox, "new").await;
        assert_eq!(obstacle(&error), Some(Obstacle::Replaced), "{what}: {error}");
        assert_eq!(
            error.to_string(),
            "the file of the outbox was removed or replaced while it was open; put it back, or start the program again"
        );
        let worker = outbox.worker(&client(&sandbox)).run_until(async {});
        assert!(worker.await.is_err(), "{what}");
        assert_eq!(sandbox.ledger().len(), 0, "{what}");
    }
}

static FILE: OnceLock<PathBuf> = OnceLock::new();
static TAKEN: AtomicBool = AtomicBool::new(false);

/// The worker has leased entries, and marks them in a file that has no name: that mark would end with the process.
#[tokio::test]
async fn a_file_that_is_taken_away_before_the_mark_sends_nothing() {
    let (place, sandbox) = (sqlite(), Sandbox::start().await.unwrap());
    let outbox = Outbox::open(&place.url).await.unwrap();
    enqueue(&outbox, sandbox.phone_number_id(), 3).await;
    FILE.set(place.folder.path().join("outbox.db")).unwrap();
    let away = place.folder.path().join("away.db");
    let worker = outbox.worker(&client(&sandbox)).probe(|point| {
        let file = FILE.get().unwrap();
        if point == Point::BeforeMark && !TAKEN.swap(true, Ordering::SeqCst) {
            fs::rename(file, file.with_file_name("away.db")).unwrap();
        }
    });
    let put_back = async {
        tokio::time::sleep(Duration::from_secs(2)).await;
        assert_eq!(sandbox.ledger().len(), 0);
        fs::rename(&away, FILE.get().unwrap()).unwrap();
    };
    let (sent, ()) =
        tokio::join!(worker.run_until(tokio::time::sleep(Duration::from_secs(3))), put_back);
    sent.unwrap();
    assert_eq!(account(&outbox, &sandbox.ledger()).await.of(State::Accepted), 3);
}

/// The store does not take the outcome of a request that was made at once: it is asked again.
#[tokio::test]
async fn a_message_that_is_sent_at_once_is_settled_once_the_file_is_back() {
    let (place, sandbox) = (sqlite(), Sandbox::start().await.unwrap());
    let file = place.folder.path().join("outbox.db");
    let outbox = Outbox::open(&place.url).await.unwrap();
    let client = client(&sandbox);
    for (key, is_dropped) in [("waits", false), ("is dropped", true)] {
        sandbox.fail_next(1, Fault::Slow(Duration::from_millis(600)));
        let message = message(1);
        let sent = outbox.send_now(&client, key, &message);
        let limit = Duration::from_millis(if is_dropped { 500 } else { 10_000 });
        let sent = tokio::time::timeout(limit, sent);
        let away = async {
            tokio::time::sleep(Duration::from_millis(300)).await;
            fs::rename(&file, file.with_file_name("away.db")).unwrap();
            tokio::time::sleep(Duration::from_millis(1_500)).await;
            fs::rename(file.with_file_name("away.db"), &file).unwrap();
        };
        let (sent, ()) = tokio::join!(sent, away);
        match sent {
            Ok(entry) => assert_eq!((entry.unwrap().state, is_dropped), (State::Accepted, false)),
            Err(_) => tokio::time::sleep(Duration::from_secs(1)).await,
        }
        let entry = outbox.find(sandbox.phone_number_id(), key).await.unwrap().unwrap();
        assert_eq!((entry.state, entry.tries), (State::Accepted, 1), "{key}");
    }
    assert_eq!(sandbox.ledger().len(), 2);
}
