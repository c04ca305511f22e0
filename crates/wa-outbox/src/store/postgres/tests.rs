//! Things that only a server can do: end connections, lose answers, and count in SQL.
#![allow(clippy::unwrap_used)]

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    time::sleep,
};
use tokio_postgres::{Client, NoTls};
use uuid::Uuid;

use super::before;
use crate::store::tests::server::database;
use crate::{
    Decision, EntryId, Failure, Filter, NewEntry, Obstacle, OutboxError, State, Step,
    pace::Slice,
    store::{Held, Hold, Learned, LeaseRequest, Settlement, Store, Verdict},
    time::Millis,
};

const NUMBER: &str = "100200300";
const LONG: Millis = 600_000;
const ME: Uuid = Uuid::from_u128(1);
const TABLES: &str = "wa_outbox.entries, wa_outbox.workers, wa_outbox.numbers, wa_outbox.recipients, wa_outbox.holds, \
                      wa_outbox.arrivals, wa_outbox.identity";

fn entry() -> NewEntry {
    let message =
        "{\"messaging_product\":\"whatsapp\",\"to\":\"+15550100\",\"text\":{\"body\":\"Hello\"}}";
    NewEntry::new(NUMBER, &message.parse::<wa_message_core::Message>().unwrap())
}

async fn client(url: &str) -> Client {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.unwrap();
    tokio::spawn(connection);
    client
}

fn request() -> LeaseRequest {
    LeaseRequest {
        worker: ME,
        number: NUMBER.to_owned(),
        most: 64,
        time: LONG,
        ahead: LONG,
        pair: None,
    }
}

/// One of the operations, by its number, on an entry that is leased. Tells whether it only reads.
async fn operate(store: &Store, at: usize, held: Held) -> Option<Result<bool, OutboxError>> {
    let id = held.id;
    let failure = Failure::new("refused", "a failure");
    let put_off = Verdict::PutOff {
        failure: failure.clone(),
        pause: 1,
        hold: Hold::Number { number: NUMBER.to_owned() },
    };
    let learned = Learned { id: EntryId::new(), wamid: None, status: None, failure: Some(failure) };
    Some(match at {
        0 => store.enqueue(vec![entry().key("a-key")]).await.map(|_| false),
        1 => store.lease(request()).await.map(|_| false),
        2 => store.take_one(ME, EntryId::new(), LONG, true).await.map(|_| false),
        3 => store.mark(ME, vec![held]).await.map(|_| false),
        4 => store.settle(ME, vec![Settlement { held, verdict: put_off }]).await.map(|_| false),
        5 => store.give_back(ME, vec![held]).await.map(|()| false),
        6 => store.beat(ME).await.map(|()| false),
        7 => store.leave(ME).await.map(|()| false),
        8 => store.sweep(LONG).await.map(|_| false),
        9 => store.learn(vec![learned]).await.map(|_| false),
        10 => store.set_rate(NUMBER.to_owned(), 75).await.map(|()| false),
        11 => store.get(id).await.map(|_| true),
        12 => store.find(NUMBER.to_owned(), "a-key".to_owned()).await.map(|_| true),
        13 => store.list(Filter::new()).await.map(|_| true),
        14 => store.summary().await.map(|_| true),
        15 => store.has_open(NUMBER.to_owned()).await.map(|_| true),
        16 => store.purge(0, vec![State::Accepted], 10).await.map(|_| false),
        17 => store.hold(Some(EntryId(Uuid::max())), 10).await.map(|_| false),
        18 => store.take_in(Vec::new(), ME).await.map(|_| false),
        19 => store.let_go(Vec::new(), ME).await.map(|_| false),
        20 => store.arrived(Vec::new(), ME).await.map(|()| false),
        21 => store.old_doubts(0).await.map(|_| true),
        22 => store.identity().await.map(|_| true),
        23 => match store.decide(id, Decision::Cancel, "somebody".to_owned()).await {
            Err(OutboxError::WrongState { .. }) => Ok(false),
            decided => decided.map(|_| false),
        },
        _ => return None,
    })
}

/// Each statement waits for a lock when the server ends its connection.
#[tokio::test]
async fn a_connection_that_is_ended_is_an_error_and_comes_back() {
    let Some(url) = database().await else { return };
    let store = Store::open(&url).await.unwrap();
    let mut blocker = client(&url).await;
    let killer = client(&url).await;
    for at in 0.. {
        let id = store.enqueue(vec![entry()]).await.unwrap()[0].id;
        let held = store.take_one(ME, id, LONG, true).await.unwrap().unwrap().held;
        let lock = blocker.transaction().await.unwrap();
        lock.batch_execute(&format!("lock table {TABLES} in access exclusive mode")).await.unwrap();
        let (ended, ()) = tokio::join!(operate(&store, at, held), async {
            kill_what_waits(&killer).await;
            lock.rollback().await.unwrap();
        });
        match ended {
            None => return,
            // What only reads is asked again.
            Some(Ok(true)) => {}
            Some(Ok(false)) => panic!("operation {at} was done without an answer"),
            Some(Err(OutboxError::Store(error))) => {
                assert_eq!(
                    (error.obstacle(), error.is_unclear()),
                    (Obstacle::Unreachable, true),
                    "operation {at}: {error:?}"
                );
            }
            Some(Err(error)) => panic!("operation {at}: {error:?}"),
        }
        assert!(operate(&store, at, held).await.unwrap().is_ok(), "operation {at}");
    }
}

async fn kill_what_waits(killer: &Client) {
    for _ in 0..200 {
        let killed = killer
            .query_one(
                "select count(pg_terminate_backend(pid)) from pg_stat_activity \
                 where datname = current_database() and application_name = 'wa-outbox' and wait_event_type = 'Lock'",
                &[],
            )
            .await
            .unwrap();
        if killed.get::<_, i64>(0) > 0 {
            return;
        }
        sleep(Duration::from_millis(10)).await;
    }
}

/// Stands before a server, and loses its answers when it is told to.
struct Proxy {
    url: String,
    loses: Arc<AtomicBool>,
}

impl Proxy {
    /// With patience it never ends a connection whose answer it has lost.
    async fn before(url: &str, is_patient: bool) -> Self {
        let config: tokio_postgres::Config = url.parse().unwrap();
        let server = config.get_ports()[0];
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = url.replace(
            &format!(":{server}/"),
            &format!(":{}/", listener.local_addr().unwrap().port()),
        );
        let loses = Arc::new(AtomicBool::new(false));
        let told = Arc::clone(&loses);
        tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                let far = TcpStream::connect(("127.0.0.1", server)).await.unwrap();
                tokio::spawn(carry(near, far, Arc::clone(&told), is_patient));
            }
        });
        Self { url, loses }
    }
}

async fn carry(near: TcpStream, far: TcpStream, loses: Arc<AtomicBool>, is_patient: bool) {
    let (mut from_near, mut to_near) = near.into_split();
    let (mut from_far, mut to_far) = far.into_split();
    let there = tokio::spawn(async move { tokio::io::copy(&mut from_near, &mut to_far).await });
    let mut answer = vec![0; 65_536];
    while let Ok(length @ 1..) = from_far.read(&mut answer).await {
        if loses.load(Ordering::Relaxed) {
            if is_patient {
                continue;
            }
            break;
        }
        if to_near.write_all(&answer[..length]).await.is_err() {
            break;
        }
    }
    there.abort();
}

async fn a_lost_answer(is_patient: bool, obstacle: Obstacle) {
    let Some(url) = database().await else { return };
    let proxy = Proxy::before(&url, is_patient).await;
    let (store, direct) =
        (Store::open(&proxy.url).await.unwrap(), Store::open(&url).await.unwrap());
    store.enqueue(vec![entry()]).await.unwrap();
    let held = store.lease(request()).await.unwrap().taken[0].held;

    proxy.loses.store(true, Ordering::Relaxed);
    let error = store.mark(ME, vec![held]).await.unwrap_err();
    let OutboxError::Store(error) = error else { panic!("{error:?}") };
    assert_eq!((error.obstacle(), error.is_unclear()), (obstacle, true), "{error:?}");
    // It was written, and nobody was told. So it is not sent, and it is certain that it was not.
    assert_eq!(direct.get(held.id).await.unwrap().state, State::Sending);
    proxy.loses.store(false, Ordering::Relaxed);
    store.give_back(ME, vec![held]).await.unwrap();
    let entry = direct.get(held.id).await.unwrap();
    assert_eq!((entry.state, entry.tries), (State::Pending, 0));
    assert_eq!(store.lease(request()).await.unwrap().taken.len(), 1);
}

#[tokio::test]
async fn a_mark_whose_answer_is_cut_off_is_given_back() {
    a_lost_answer(false, Obstacle::Unreachable).await;
}

#[tokio::test]
async fn a_mark_whose_answer_is_swallowed_is_given_back() {
    a_lost_answer(true, Obstacle::Busy).await;
}

/// A mark that is still being written when it is given back: the one waits for the other.
#[tokio::test]
async fn a_mark_that_is_late_is_found_by_who_gives_it_back() {
    let Some(url) = database().await else { return };
    let store = Store::open(&url).await.unwrap();
    let other = Store::open(&url).await.unwrap();
    let mut late = client(&url).await;
    store.enqueue(vec![entry()]).await.unwrap();
    let held = store.lease(request()).await.unwrap().taken[0].held;
    let mark = late.transaction().await.unwrap();
    mark.execute("update wa_outbox.entries set state = 'sending', tries = 1", &[]).await.unwrap();
    let (given_back, ()) = tokio::join!(other.give_back(ME, vec![held]), async {
        sleep(Duration::from_millis(200)).await;
        mark.commit().await.unwrap();
    });
    given_back.unwrap();
    let entry = store.get(held.id).await.unwrap();
    assert_eq!((entry.state, entry.tries), (State::Pending, 0));
    assert_eq!(store.mark(ME, vec![held]).await.unwrap(), []);
}

/// A lease takes what the machine lets it, of whatever is written there.
#[tokio::test]
async fn the_function_that_leases_has_the_states_of_the_machine() {
    let Some(url) = database().await else { return };
    let (store, client) = (Store::open(&url).await.unwrap(), client(&url).await);
    for state in State::ALL {
        client.batch_execute("delete from wa_outbox.entries").await.unwrap();
        store.enqueue(vec![entry()]).await.unwrap();
        client
            .execute("update wa_outbox.entries set state = $1", &[&state.as_str()])
            .await
            .unwrap();
        let taken = store.lease(request()).await.unwrap().taken;
        assert_eq!(taken.len() == 1, state.after(Step::Lease).is_some(), "{state}");
        let now = store.list(Filter::new()).await.unwrap()[0].state;
        assert_eq!(now, state.after(Step::Lease).unwrap_or(state));
    }
    assert_eq!(before(&[Step::Mark, Step::Doubt]), "('leased', 'sending')");
}

/// The arithmetic of the pace in SQL is that of `pace.rs`.
#[tokio::test]
async fn the_function_that_leases_counts_as_the_pace_does() {
    let Some(url) = database().await else { return };
    let (store, client) = (Store::open(&url).await.unwrap(), client(&url).await);
    for (per_second, ahead, ago) in [
        (80, 250, 1_000),
        (1_000, 100, 1_000),
        (1, 250, 60_000),
        (1_000_000, 1, 1_000),
        (7, 900, 1),
    ] {
        client.batch_execute("delete from wa_outbox.entries").await.unwrap();
        store.enqueue(vec![entry(); 1_200]).await.unwrap();
        store.set_rate(NUMBER.to_owned(), per_second).await.unwrap();
        let sql =
            "update wa_outbox.numbers set tat = clock_timestamp() - $1 * interval '1 millisecond'";
        client.execute(sql, &[&f64::from(ago)]).await.unwrap();
        let lease = store.lease(LeaseRequest { ahead, most: 5_000, ..request() }).await.unwrap();
        let slice = Slice { per_second, ahead: ahead * 1_000 };
        let room = slice.room(0, 1_000_000);
        assert_eq!(lease.taken.len(), room as usize, "{per_second}");
        assert_eq!(
            lease.wait,
            Some(slice.wait(slice.after(0, 1_000_000, room), 1_000_000)),
            "{per_second}"
        );
        for (at, taken) in lease.taken.iter().enumerate() {
            assert_eq!(taken.turn, slice.turn(0, 1_000_000, at));
        }
    }
}

/// Two workers that lease at once never get the same, and neither waits for the other.
#[tokio::test]
async fn workers_that_lease_at_once_share() {
    let Some(url) = database().await else { return };
    let stores = [
        Store::open(&url).await.unwrap(),
        Store::open(&url).await.unwrap(),
        Store::open(&url).await.unwrap(),
    ];
    stores[0].enqueue(vec![entry(); 300]).await.unwrap();
    stores[0].set_rate(NUMBER.to_owned(), 1_000_000).await.unwrap();
    let lease = |at: usize| {
        let store = stores[at].clone();
        async move {
            let mut all = Vec::new();
            let worker = Uuid::from_u128(at as u128 + 1);
            while all.len() < 300 {
                let lease =
                    store.lease(LeaseRequest { worker, most: 7, ..request() }).await.unwrap();
                if lease.taken.is_empty() && lease.wait.is_none() {
                    break;
                }
                all.extend(lease.taken.iter().map(|taken| taken.held.id));
            }
            all
        }
    };
    let (first, second, third) = tokio::join!(lease(0), lease(1), lease(2));
    let mut all = [first, second, third].concat();
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 300);
}

/// A worker that was stopped in the middle of whatever it did keeps no other from anything.
#[tokio::test]
async fn no_connection_is_left_in_a_transaction() {
    let Some(url) = database().await else { return };
    let (store, watcher) = (Store::open(&url).await.unwrap(), client(&url).await);
    store.enqueue(vec![entry()]).await.unwrap();
    let held = store.lease(request()).await.unwrap().taken[0].held;
    store.mark(ME, vec![held]).await.unwrap();
    let sql = "select count(*) from pg_stat_activity where datname = current_database() and state like 'idle in%'";
    assert_eq!(watcher.query_one(sql, &[]).await.unwrap().get::<_, i64>(0), 0);
}
