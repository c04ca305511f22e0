//! Follows sends through `ClientBuilder::watch`.

#![allow(clippy::unwrap_used)]

mod common;

use std::sync::{Arc, Mutex};

use futures_util::stream;
use tokio::{net::TcpListener, task::JoinSet};
use wa_message::{Client, Message, SendEnd, Sending, Watch, client::Backoff};
use wa_sandbox::{Fault, Sandbox};

use common::{answer, answering, builder_at, read_request, text};

/// Writes down what it is told.
#[derive(Clone, Default)]
struct Notes(Arc<Mutex<Vec<String>>>);

impl Notes {
    fn note(&self, sending: Sending<'_>, what: &str) {
        let token = sending.callback_data.unwrap_or("-");
        self.0.lock().unwrap().push(format!("{} {token} {what}", sending.phone_number_id));
    }

    fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

impl Watch for Notes {
    fn begins(&self, sending: Sending<'_>) {
        self.note(sending, "begins");
    }

    fn ends(&self, sending: Sending<'_>, end: SendEnd<'_>) {
        self.note(sending, &format!("{end:?}"));
    }
}

fn marked(token: &str) -> Message {
    text().with_callback_data(token).unwrap()
}

fn watched(sandbox: &Sandbox) -> (Client, Notes) {
    let notes = Notes::default();
    let client = Client::builder(sandbox.token(), "100")
        .base_url(sandbox.base_url())
        .retry(Backoff::never())
        .rate(None)
        .recipient_rate(None)
        .watch(notes.clone())
        .build()
        .unwrap();
    (client, notes)
}

#[tokio::test]
async fn each_end_is_told() {
    let sandbox = Sandbox::builder().phone_number_id("100").start().await.unwrap();
    let (client, notes) = watched(&sandbox);

    let sent = client.send(&marked("a")).await.unwrap();
    let accepted = format!("100 a Accepted {{ id: {:?} }}", sent.id());
    assert_eq!(notes.take(), ["100 a begins".to_owned(), accepted]);

    sandbox.fail_next(1, Fault::Code(131_056));
    client.send(&text()).await.unwrap_err();
    assert_eq!(notes.take(), ["100 - begins", "100 - NotAccepted"]);

    sandbox.fail_next(1, Fault::Reset { accepted: true });
    client.for_number("100").unwrap().send(&marked("b")).await.unwrap_err();
    assert_eq!(notes.take(), ["100 b begins", "100 b InDoubt"]);

    client.mark_read(&common::receipt()).await.unwrap();
    assert_eq!(notes.take(), [""; 0]);
}

#[tokio::test]
async fn an_answer_without_an_id_leaves_a_doubt_and_no_connection_leaves_none() {
    let notes = Notes::default();
    let client =
        |address| builder_at(address).retry(Backoff::never()).watch(notes.clone()).build().unwrap();

    let (address, task) = answering(answer("200 OK", "{}")).await;
    client(address).send(&marked("a")).await.unwrap_err();
    task.await.unwrap();
    // Nobody listens there any more.
    client(address).send(&marked("b")).await.unwrap_err();
    let number = "100200300";
    assert_eq!(
        notes.take(),
        [
            format!("{number} a begins"),
            format!("{number} a InDoubt"),
            format!("{number} b begins"),
            format!("{number} b NotAccepted"),
        ]
    );
}

#[tokio::test]
async fn a_message_that_is_dropped_on_its_way_is_in_doubt() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let notes = Notes::default();
    let client =
        builder_at(listener.local_addr().unwrap()).watch(Arc::new(notes.clone())).build().unwrap();
    let message = marked("a");
    let received = async {
        let (mut stream, _) = listener.accept().await.unwrap();
        read_request(&mut stream).await;
    };
    tokio::select! {
        _ = client.send(&message) => panic!("nothing was answered"),
        () = received => {}
    }
    assert_eq!(notes.take(), ["100200300 a begins", "100200300 a InDoubt"]);
    // A future that nobody polls does nothing.
    drop(client.send(&message));
    assert_eq!(notes.take(), [""; 0]);
}

#[tokio::test]
async fn messages_of_a_batch_are_told_too() {
    let sandbox = Sandbox::builder().phone_number_id("100").start().await.unwrap();
    sandbox.fail_next(3, Fault::Reset { accepted: false });
    let (client, notes) = watched(&sandbox);
    let messages = stream::iter((0..10).map(|key| (key, marked(&format!("t{key}")))));
    let mut sending = client.send_all(messages);
    let mut doubts = 0;
    while let Some(outcome) = sending.next().await {
        doubts += usize::from(outcome.result.is_err());
    }
    let notes = notes.take();
    let count = |what: &str| notes.iter().filter(|note| note.contains(what)).count();
    assert_eq!((doubts, count("begins"), count("InDoubt"), count("Accepted")), (3, 10, 3, 7));
}

/// Panics whenever it is told something.
struct Panics;

impl Watch for Panics {
    fn begins(&self, _: Sending<'_>) {
        panic!("the watch is broken");
    }

    fn ends(&self, _: Sending<'_>, _: SendEnd<'_>) {
        panic!("the watch is broken");
    }
}

#[tokio::test]
async fn a_panic_of_who_watches_loses_no_outcome() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = Client::builder(sandbox.token(), sandbox.phone_number_id())
        .base_url(sandbox.base_url())
        .watch(Panics)
        .build()
        .unwrap();
    let mut sends = JoinSet::new();
    sends.spawn(async move { client.send(&text()).await });
    assert!(sends.join_next().await.unwrap().unwrap().is_ok());
    assert_eq!(sandbox.ledger().len(), 1);
}
