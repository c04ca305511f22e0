//! Messages are taken while there are slots, and wait in them for nobody.

use std::{
    cell::Cell,
    collections::BTreeSet,
    rc::Rc,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use futures_util::{StreamExt, stream};
use tokio::sync::mpsc;
use wa_sandbox::Sandbox;

use crate::{
    api::{Api, Request, message, numbered},
    common::client_of,
};

#[tokio::test]
async fn messages_are_taken_only_when_there_is_room() {
    let mut api = Api::start().await;
    let taken = Cell::new(0);
    let messages = numbered(100).inspect(|_| taken.set(taken.get() + 1));
    let mut sending = api.client.send_each(messages).concurrency(4);
    assert_eq!(taken.get(), 0, "nobody waits for an outcome yet");

    let mut requests = tokio::select! {
        requests = api.take(4) => requests,
        _ = sending.next() => panic!("nothing was answered"),
    };
    assert_eq!(taken.get(), 4);
    assert_eq!(sending.in_flight().copied().collect::<BTreeSet<_>>(), (0..4).collect());

    // Two answers, and one outcome taken: there is room for one, when the next is waited for.
    requests.pop().unwrap().accept();
    requests.pop().unwrap().accept();
    sending.next().await.unwrap();
    assert_eq!((taken.get(), sending.in_flight().len()), (4, 3));
    sending.next().await.unwrap();
    assert_eq!((taken.get(), sending.in_flight().len()), (5, 3));

    assert_eq!(sending.summary().sent(), 2);
    assert_eq!(sending.summary().in_flight(), 3);
    drop(sending);
    assert_eq!(taken.get(), 5);
}

#[tokio::test]
async fn requests_go_on_while_nobody_waits() {
    let mut api = Api::start().await;
    let mut sending = api.client.send_each(numbered(2));
    let requests = tokio::select! {
        requests = api.take(2) => requests,
        _ = sending.next() => panic!("nothing was answered"),
    };
    requests.into_iter().for_each(Request::accept);
    for _ in 0..2 {
        api.closed.recv().await.unwrap();
    }
    // The answers are read. Now whoever waits for them takes notice.
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
    // Longer than a request may take.
    tokio::time::pause();
    tokio::time::advance(Duration::from_secs(3600)).await;
    tokio::time::resume();
    while let Some(outcome) = sending.next().await {
        outcome.result.unwrap();
    }
    assert_eq!(sending.summary().sent(), 2);
}

#[tokio::test]
async fn nothing_is_kept_but_what_is_under_way() {
    let sandbox = Sandbox::start().await.unwrap();
    let alive = Arc::new(());
    let most = Arc::new(AtomicUsize::new(0));
    let keys = Arc::clone(&alive);
    let counted = Arc::clone(&most);
    let messages = numbered(300).map(move |(_, message)| {
        let key = Arc::clone(&keys);
        counted.fetch_max(Arc::strong_count(&key), Ordering::Relaxed);
        (key, message)
    });
    let mut sending = client_of(&sandbox).send_each(messages).concurrency(8);
    while let Some(outcome) = sending.next().await {
        outcome.result.unwrap();
    }
    assert_eq!(sending.summary().total(), 300);
    // The eight keys, the one here and the one that makes them.
    assert_eq!(most.load(Ordering::Relaxed), 8 + 2);
    assert_eq!(sandbox.received().len(), 300);
}

#[tokio::test]
async fn no_room_is_taken_as_room_for_one() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut sending = client_of(&sandbox).send_each(numbered(3)).concurrency(0);
    let mut keys = Vec::new();
    while let Some(outcome) = sending.next().await {
        keys.push(outcome.key);
    }
    assert_eq!(keys, [0, 1, 2]);
}

#[tokio::test]
async fn a_stream_may_come_slowly() {
    let sandbox = Sandbox::start().await.unwrap();
    let (sender, mut receiver) = mpsc::channel(1);
    let messages = stream::poll_fn(move |context| receiver.poll_recv(context));
    let mut sending = client_of(&sandbox).send_all(messages);
    for item in numbered(3) {
        sender.send(item).await.unwrap();
        assert!(sending.next().await.unwrap().result.is_ok());
    }
    drop(sender);
    assert!(sending.next().await.is_none());
}

#[tokio::test]
async fn a_key_may_be_anything() {
    let sandbox = Sandbox::start().await.unwrap();
    let key = Rc::new(String::from("neither sent nor shared between threads"));
    let sending = client_of(&sandbox).send_all(stream::iter([(Rc::clone(&key), message("Hello"))]));
    let outcomes: Vec<_> = sending.collect().await;
    assert!(Rc::ptr_eq(&outcomes[0].key, &key));
}

#[tokio::test]
async fn the_sending_can_be_moved_to_a_task() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut sending = client_of(&sandbox).send_all(stream::iter(numbered(2)));
    let summary = tokio::spawn(async move {
        while sending.next().await.is_some() {}
        sending.summary()
    });
    assert_eq!(summary.await.unwrap().sent(), 2);
}
