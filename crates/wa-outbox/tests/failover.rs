//! A server of PostgreSQL that is killed under load, one whose standby takes over, connections that break at any moment,
//! and a worker whose clock is wrong. The ledger of the sandbox is the truth.
//!
//! Without PostgreSQL on this machine nothing is tested, and that is said.
#![cfg(feature = "postgres")]
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;
#[path = "common/server.rs"]
mod server;

use std::{
    process::Child,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use common::{
    account, client, enqueue,
    process::{self, Task, quick},
};
use server::Server;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    time::sleep,
};
use wa_message::outbox::{Outbox, State};
use wa_sandbox::Sandbox;

/// The process of a worker. As a test by itself it does nothing.
#[tokio::test]
async fn child() {
    process::run().await;
}

/// Starts a server, or says that there is none.
fn start() -> Option<Server> {
    let server = Server::start();
    if server.is_none() {
        eprintln!("left out: there is no PostgreSQL on this machine");
    }
    server
}

async fn accepted(sandbox: &Sandbox, count: usize) {
    while sandbox.ledger().len() < count {
        sleep(Duration::from_millis(20)).await;
    }
}

fn workers(task: &Task, count: usize) -> Vec<Child> {
    (0..count).map(|_| task.start("child")).collect()
}

async fn join(children: Vec<Child>) {
    for mut child in children {
        let ended = tokio::task::spawn_blocking(move || child.wait()).await.unwrap().unwrap();
        assert!(ended.success());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_may_be_killed_under_load() {
    let Some(mut server) = start() else { return };
    let sandbox = Sandbox::start().await.unwrap();
    let outbox = Outbox::open(&server.url()).await.unwrap();
    enqueue(&outbox, sandbox.phone_number_id(), 1_000).await;
    let children = workers(&Task { rate: 150, ..Task::new(&server.url(), &sandbox) }, 2);
    for kill in 1..=2 {
        accepted(&sandbox, kill * 250).await;
        server.kill();
        sleep(Duration::from_millis(500)).await;
        server = server.begin();
    }
    join(children).await;
    let account = account(&outbox, &sandbox.ledger()).await;
    println!("{:?}", account.states);
    // No process was lost, so what each knew of its requests was written in the end.
    assert_eq!(account.of(State::Accepted), 1_000);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_standby_takes_over() {
    let Some(mut primary) = start() else { return };
    let standby = primary.standby();
    primary.set("synchronous_standby_names", "*");
    while primary.sql("select count(*) from pg_stat_replication where sync_state = 'sync'").trim()
        != "1"
    {
        sleep(Duration::from_millis(100)).await;
    }
    let url = primary.url_with(&standby);
    let sandbox = Sandbox::start().await.unwrap();
    let outbox = Outbox::open(&url).await.unwrap();
    enqueue(&outbox, sandbox.phone_number_id(), 600).await;
    let children = workers(&Task { rate: 150, ..Task::new(&url, &sandbox) }, 2);
    accepted(&sandbox, 200).await;
    primary.kill();
    standby.promote();
    join(children).await;
    let account = account(&outbox, &sandbox.ledger()).await;
    println!("{:?}", account.states);
    assert_eq!(account.of(State::Accepted) + account.of(State::InDoubt), 600);
}

/// Hands bytes on between workers and the server, and breaks each connection after a while: at any moment, also between a
/// statement and its answer.
async fn breaking(port: u16) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let at = listener.local_addr().unwrap().port();
    let chance = Arc::new(AtomicU64::new(7));
    tokio::spawn(async move {
        while let Ok((mut near, _)) = listener.accept().await {
            let chance = Arc::clone(&chance);
            tokio::spawn(async move {
                let mut far = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
                // So many answers go through. The one after them is swallowed, and the statement was carried out.
                let next =
                    |seed: u64| Some(seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1));
                let seed = chance.fetch_update(Ordering::SeqCst, Ordering::SeqCst, next).unwrap();
                let mut answers = 20 + (seed >> 33) % 60;
                let (mut to, mut back) = ([0; 16_384], [0; 16_384]);
                loop {
                    tokio::select! {
                        read = near.read(&mut to) => match read {
                            Ok(1..) => far.write_all(&to[..read.unwrap()]).await.unwrap_or_default(),
                            _ => return,
                        },
                        read = far.read(&mut back) => match read {
                            Ok(1..) if answers > 0 => {
                                answers -= 1;
                                near.write_all(&back[..read.unwrap()]).await.unwrap_or_default();
                            }
                            _ => return,
                        },
                    }
                }
            });
        }
    });
    at
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn answers_may_be_swallowed() {
    let Some(server) = start() else { return };
    let sandbox = Sandbox::start().await.unwrap();
    let outbox = Outbox::open(&server.url()).await.unwrap();
    enqueue(&outbox, sandbox.phone_number_id(), 1_000).await;
    let proxy = breaking(server.port).await;
    let url = server.url().replace(&server.port.to_string(), &proxy.to_string());
    let children = workers(&Task { rate: 200, ..Task::new(&url, &sandbox) }, 2);
    join_any(children).await;
    // Those whose last word was swallowed may have ended with an error. Somebody goes on.
    quick(outbox.worker(&client(&sandbox))).rate(10_000).drain().await.unwrap();
    let account = account(&outbox, &sandbox.ledger()).await;
    println!("{:?}", account.states);
    assert_eq!(account.of(State::Accepted) + account.of(State::InDoubt), 1_000);
    assert!(account.of(State::InDoubt) <= 32);
}

async fn join_any(children: Vec<Child>) {
    for mut child in children {
        let _ = tokio::task::spawn_blocking(move || child.wait()).await.unwrap().unwrap();
    }
}

/// The library that gives a process another time of day.
const FAKETIME: &str = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_clock_that_is_an_hour_off_changes_nothing() {
    let Some(server) = start() else { return };
    if !std::path::Path::new(FAKETIME).exists() {
        eprintln!("left out: there is no libfaketime on this machine");
        return;
    }
    let sandbox = Sandbox::start().await.unwrap();
    let outbox = Outbox::open(&server.url()).await.unwrap();
    enqueue(&outbox, sandbox.phone_number_id(), 400).await;
    let task = Task { rate: 100, ..Task::new(&server.url(), &sandbox) };
    let off = |time: &str| {
        let mut task = task.clone();
        task.environment = vec![
            ("LD_PRELOAD".to_owned(), FAKETIME.to_owned()),
            ("FAKETIME".to_owned(), time.to_owned()),
            ("FAKETIME_DONT_FAKE_MONOTONIC".to_owned(), "1".to_owned()),
        ];
        task.start("child")
    };
    join(vec![off("+1h"), off("-1h"), task.start("child")]).await;
    let account = account(&outbox, &sandbox.ledger()).await;
    assert_eq!(account.of(State::Accepted), 400);
}
