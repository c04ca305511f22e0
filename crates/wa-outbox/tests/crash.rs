//! Processes that end at any point of their work, are killed at random, or are stopped for too long. The ledger of the
//! sandbox is the truth.
//!
//! `WA_OUTBOX_CHAOS=20000 cargo test -p wa-outbox --test crash` is the long form.
#![allow(clippy::cast_precision_loss, clippy::unwrap_used)]

mod common;

use std::time::{Duration, Instant};

use common::{
    Place, account, client, enqueue, places,
    process::{self, Task, quick, signal, stop},
};
use wa_message::outbox::{Outbox, State, sqlite::rusqlite};
use wa_sandbox::{Fault, Faults, Sandbox};

/// The process of a worker. As a test by itself it does nothing.
#[tokio::test]
async fn child() {
    process::run().await;
}

/// The points of the work, and whether an entry may be marked before the first time.
const POINTS: [(&str, bool); 8] = [
    ("BeforeLease", false),
    ("AfterLease", false),
    ("BeforeMark", false),
    ("AfterMark", true),
    ("BeforeRequest", true),
    ("AfterRequest", true),
    ("BeforeSettle", true),
    ("AfterSettle", true),
];

#[tokio::test]
async fn a_process_may_end_at_any_point() {
    let ends = POINTS
        .into_iter()
        .flat_map(|(point, is_marked)| [0, 3].map(|after| (point, after, is_marked || after > 0)));
    let ends: Vec<_> = ends.collect();
    let mut all = Vec::new();
    for (point, after, may_doubt) in ends {
        all.extend(places().await.into_iter().map(|place| end_at(place, point, after, may_doubt)));
    }
    futures_util::future::join_all(all).await;
}

/// No more are in doubt than requests were in flight, and none where nothing was marked.
async fn end_at(place: Place, point: &str, after: u32, may_doubt: bool) {
    let sandbox = Sandbox::start().await.unwrap();
    let outbox = Outbox::open(&place.url).await.unwrap();
    enqueue(&outbox, sandbox.phone_number_id(), 40).await;
    let task =
        Task { point: point.to_owned(), after, concurrency: 8, ..Task::new(&place.url, &sandbox) };
    let status = wait(task.start("child")).await;
    assert!(!status.success(), "{point} was never passed");

    quick(outbox.worker(&client(&sandbox))).rate(10_000).drain().await.unwrap();
    let account = account(&outbox, &sandbox.ledger()).await;
    let doubts = account.of(State::InDoubt);
    assert!(doubts <= if may_doubt { 8 } else { 0 }, "{point}: {doubts} in doubt");
    assert_eq!(account.of(State::Accepted) + doubts, 40, "{point}");
}

async fn wait(mut child: std::process::Child) -> std::process::ExitStatus {
    tokio::task::spawn_blocking(move || child.wait().unwrap()).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn chaos() {
    for place in places().await {
        chaos_at(place).await;
    }
}

async fn chaos_at(place: Place) {
    let messages =
        std::env::var("WA_OUTBOX_CHAOS").ok().and_then(|count| count.parse().ok()).unwrap_or(1_500);
    let seed = std::env::var("WA_OUTBOX_SEED")
        .ok()
        .and_then(|seed| seed.parse().ok())
        .unwrap_or(20_261_129);
    let sandbox = Sandbox::start().await.unwrap();
    // One of ten requests goes wrong, in each of the ways that leave a doubt and in some that do not.
    let faults = [
        Fault::Reset { accepted: true },
        Fault::Reset { accepted: false },
        Fault::Stall { accepted: true },
        Fault::Cut,
        Fault::Code(131_016),
        Fault::Code(131_026),
    ];
    let share = 0.1 / faults.len() as f64;
    sandbox.set_faults(
        faults.into_iter().fold(Faults::none().seed(seed), |all, fault| all.rate(share, fault)),
    );
    let outbox = Outbox::open(&place.url).await.unwrap();
    enqueue(&outbox, sandbox.phone_number_id(), messages).await;

    // Some are never answered.
    let task = Task { rate: 500, patience: 2, ..Task::new(&place.url, &sandbox) };
    let mut chance = seed;
    let mut children: Vec<_> = (0..4).map(|_| task.start("child")).collect();
    let mut kills = 0;
    while outbox.summary().await.unwrap().open() > 0 {
        tokio::time::sleep(Duration::from_millis(200)).await;
        chance =
            chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let at = usize::try_from(chance >> 33).unwrap() % children.len();
        // Towards the end they are left alone, so that there is one.
        if outbox.summary().await.unwrap().of(State::Pending) > messages as u64 / 20 {
            children[at].kill().unwrap();
            kills += 1;
        }
        if children[at].try_wait().unwrap().is_some() {
            children[at] = task.start("child");
        }
    }
    for mut child in children {
        child.kill().unwrap();
        child.wait().unwrap();
    }
    let account = account(&outbox, &sandbox.ledger()).await;
    println!("{messages} messages, {kills} kills: {:?}", account.states);
    assert!(kills > 3, "{kills} kills");
    for state in [State::Pending, State::Leased, State::Sending] {
        assert_eq!(account.of(state), 0, "{state}");
    }
    // The requests in flight of each that was killed, and those that the sandbox left without an answer.
    assert!(account.of(State::InDoubt) <= kills * task.concurrency + messages / 5);
}

#[tokio::test]
async fn a_worker_that_wakes_up_late_sends_nothing_twice() {
    for place in places().await {
        wakes_up_late(place).await;
    }
}

async fn wakes_up_late(place: Place) {
    let sandbox = Sandbox::start().await.unwrap();
    let outbox = Outbox::open(&place.url).await.unwrap();
    enqueue(&outbox, sandbox.phone_number_id(), 300).await;
    // Each request takes a while, so that some are in flight when it is stopped.
    sandbox.set_faults(Faults::none().rate(0.5, Fault::Slow(Duration::from_millis(50))));
    let task = Task { rate: 200, ..Task::new(&place.url, &sandbox) };
    let mut zombie = task.start("child");
    let begun = Instant::now();
    while sandbox.ledger().len() < 20 && begun.elapsed() < Duration::from_secs(20) {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    // A process that is stopped in the middle of a transaction holds the file, and everybody waits for it. Another moment, then.
    let path = if place.url.starts_with("sqlite") {
        place.folder.path().join("outbox.db")
    } else {
        ":memory:".into()
    };
    let file = rusqlite::Connection::open(path).unwrap();
    file.busy_timeout(Duration::from_millis(200)).unwrap();
    loop {
        stop(&zombie);
        if file.execute_batch("begin immediate; rollback").is_ok() {
            break;
        }
        signal(&zombie, "CONT");
        tokio::time::sleep(Duration::from_millis(7)).await;
    }
    // Longer than its lease, and longer than it may be unseen.
    quick(outbox.worker(&client(&sandbox))).rate(200).drain().await.unwrap();
    signal(&zombie, "CONT");
    zombie.wait().unwrap();
    // It says of what it had marked and not sent that it certainly was not, so that it waits again.
    quick(outbox.worker(&client(&sandbox))).rate(200).drain().await.unwrap();
    let account = account(&outbox, &sandbox.ledger()).await;
    assert_eq!(account.of(State::Accepted) + account.of(State::InDoubt), 300);
}
