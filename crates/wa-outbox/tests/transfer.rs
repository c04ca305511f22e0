//! Entries that move from one outbox to another: none is lost, and none is sent by both.
#![allow(clippy::unwrap_used)]

mod common;

use common::{account, all, client, enqueue, message, sqlite};
use wa_message::outbox::{Decision, NewEntry, Outbox, State, sqlite::rusqlite};
use wa_sandbox::{Fault, Sandbox};

#[tokio::test]
async fn all_that_is_known_of_an_entry_goes_with_it() {
    let (old, new, sandbox) = (sqlite(), sqlite(), Sandbox::start().await.unwrap());
    let (from, to) = (Outbox::open(&old.url).await.unwrap(), Outbox::open(&new.url).await.unwrap());
    let ids = enqueue(&from, sandbox.phone_number_id(), 3).await;
    sandbox.fail_next(1, Fault::Reset { accepted: true });
    from.worker(&client(&sandbox)).concurrency(1).drain().await.unwrap();
    from.decide(ids[0], Decision::NotAccepted, "Ada").await.unwrap();
    from.decide(ids[0], Decision::Retry, "Ada").await.unwrap();
    from.decide(ids[0], Decision::Cancel, "Ada").await.unwrap();
    let late = NewEntry::new("7", &message(9)).key("late").data("mine").priority(3);
    from.enqueue(late).await.unwrap();

    let before = all(&from).await;
    assert_eq!(from.move_to(&to).await.unwrap().to_string(), "4 moved, 0 stayed");
    assert_eq!(all(&to).await, before);
    assert_eq!(from.summary().await.unwrap().to_string(), "empty");
}

#[tokio::test]
async fn what_was_interrupted_goes_on_and_is_sent_once() {
    let (old, new, sandbox) = (sqlite(), sqlite(), Sandbox::start().await.unwrap());
    let (from, to) = (Outbox::open(&old.url).await.unwrap(), Outbox::open(&new.url).await.unwrap());
    enqueue(&from, sandbox.phone_number_id(), 20).await;
    // Half is in both, as after a crash between the two transactions; workers of both run meanwhile.
    from.move_to(&to).await.unwrap();
    let (file, copy) = (open(&old), open(&new));
    let rows: Vec<(String, String)> = copy
        .prepare("select id, body from wa_outbox_entries order by id limit 10")
        .unwrap()
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    for (id, body) in &rows {
        file.execute(
            "insert into wa_outbox_entries (id, number, recipient, body, created, due, changed, state, worker, nonce) \
             values (?1, ?2, 'x', ?3, 1, 1, 1, 'sending', '00000000-0000-0000-0000-000000000000', 1)",
            [id, sandbox.phone_number_id(), body],
        ).unwrap();
    }
    for outbox in [&from, &to] {
        common::process::quick(outbox.worker(&client(&sandbox)))
            .rate(10_000)
            .drain()
            .await
            .unwrap();
    }
    assert_eq!(from.summary().await.unwrap().of(State::InDoubt), 10);
    assert_eq!(from.move_to(&to).await.unwrap().to_string(), "10 moved, 0 stayed");
    assert_eq!(account(&to, &sandbox.ledger()).await.of(State::Accepted), 20);
}

#[tokio::test]
async fn what_others_hold_and_what_the_key_forbids_stays() {
    let (old, new) = (sqlite(), sqlite());
    let (from, to) = (Outbox::open(&old.url).await.unwrap(), Outbox::open(&new.url).await.unwrap());
    enqueue(&from, "1", 3).await;
    to.enqueue(NewEntry::new("1", &message(5)).key("order-1")).await.unwrap();
    open(&old)
        .execute("update wa_outbox_entries set state = 'leased', worker = 'w', lease = 1 where key = 'order-2'", [])
        .unwrap();
    assert_eq!(from.move_to(&to).await.unwrap().to_string(), "1 moved, 2 stayed");
    let stayed: Vec<_> =
        all(&from).await.into_iter().map(|entry| (entry.key.unwrap(), entry.state)).collect();
    assert_eq!(
        stayed,
        [("order-1".to_owned(), State::Pending), ("order-2".to_owned(), State::Leased)]
    );
}

fn open(place: &common::Place) -> rusqlite::Connection {
    rusqlite::Connection::open(place.folder.path().join("outbox.db")).unwrap()
}
