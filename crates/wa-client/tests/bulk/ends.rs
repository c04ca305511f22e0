//! Coming to an end early.

use std::collections::BTreeSet;

use futures_util::{StreamExt, stream};
use wa_message::{Error, Message};
use wa_sandbox::{Fault, Sandbox};

use crate::{
    api::{Api, Request, numbered},
    common::client_of,
    recipients::{patient_client, to_each},
};

#[tokio::test]
async fn after_a_stop_running_requests_are_finished_and_the_rest_comes_back() {
    let mut api = Api::start().await;
    let mut sending = api.client.send_each(numbered(10)).concurrency(2);
    let stop = sending.stop_handle();
    let requests = tokio::select! {
        requests = api.take(2) => requests,
        _ = sending.next() => panic!("nothing was answered"),
    };
    assert!(!stop.is_stopped());
    stop.stop();
    assert!(stop.is_stopped());

    requests.into_iter().for_each(Request::accept);
    let mut keys = BTreeSet::new();
    while let Some(outcome) = sending.next().await {
        outcome.result.unwrap();
        keys.insert(outcome.key);
    }
    assert_eq!(keys, BTreeSet::from([0, 1]));
    assert_eq!(sending.summary().total(), 2);
    let rest: Vec<_> = sending.into_input().map(|(key, _)| key).collect().await;
    assert_eq!(rest, [2, 3, 4, 5, 6, 7, 8, 9]);
}

#[tokio::test]
async fn an_abort_cuts_what_runs_and_keeps_what_is_known() {
    let mut api = Api::start().await;
    let mut sending = api.client.send_each(numbered(10)).concurrency(3);
    let stop = sending.stop_handle();
    let mut requests = tokio::select! {
        requests = api.take(3) => requests,
        _ = sending.next() => panic!("nothing was answered"),
    };
    requests.remove(1).accept();
    assert_eq!(sending.next().await.unwrap().key, 1);
    stop.abort();
    stop.stop();

    let mut keys = BTreeSet::new();
    while let Some(outcome) = sending.next().await {
        let error = outcome.result.unwrap_err();
        assert!(matches!(error, Error::InDoubt(_)), "{error}");
        assert!(!error.is_safe_to_resend());
        keys.insert(outcome.key);
    }
    assert_eq!(keys, BTreeSet::from([0, 2]));
    assert_eq!((sending.summary().sent(), sending.summary().in_doubt()), (1, 2));
}

#[tokio::test]
async fn a_stop_wakes_who_waits_for_a_message() {
    let api = Api::start().await;
    let mut sending = api.client.send_all(stream::pending::<((), Message)>());
    let stop = sending.stop_handle();
    let waiting = tokio::spawn(async move { sending.next().await.is_none() });
    tokio::task::yield_now().await;
    stop.stop();
    assert!(waiting.await.unwrap());
}

#[tokio::test]
async fn after_a_stop_nothing_begins() {
    let sandbox = Sandbox::start().await.unwrap();
    for is_abort in [false, true] {
        let mut sending = client_of(&sandbox).send_each(numbered(3));
        let stop = sending.stop_handle();
        if is_abort {
            stop.abort();
        } else {
            stop.stop();
        }
        assert!(sending.next().await.is_none());
        assert_eq!(sending.into_input().count().await, 3);
    }
    assert!(sandbox.ledger().is_empty());
}

/// One message waits for its turn, and one for another try.
#[tokio::test]
async fn what_waits_is_not_sent_after_an_abort() {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.fail_next(1, Fault::Code(131_016));
    let mut sending = patient_client(&sandbox).send_each(to_each(&[
        "+15550100",
        "+15550101",
        "+15550101",
        "+15550102",
    ]));
    let stop = sending.stop_handle();
    let mut sent = BTreeSet::new();
    for _ in 0..2 {
        sent.insert(sending.next().await.unwrap().key);
    }
    // One of the two to the same waits, and so does the one that was to be sent again.
    assert_eq!((sending.in_flight().len(), sandbox.ledger().len()), (2, 2));
    stop.abort();
    while let Some(outcome) = sending.next().await {
        let error = outcome.result.unwrap_err();
        assert!(matches!(error, Error::NotSent(_)), "{error}");
        assert!(error.is_safe_to_resend() && sent.insert(outcome.key));
    }
    assert_eq!((sent.len(), sending.summary().not_sent(), sending.summary().sent()), (4, 2, 2));
    assert_eq!(sandbox.ledger().len(), 2);
}

#[tokio::test]
async fn an_abort_needs_nobody_who_waits_for_outcomes() {
    let mut api = Api::start().await;
    let mut sending = api.client.send_each(numbered(3)).concurrency(2);
    let stop = sending.stop_handle();
    let requests = tokio::select! {
        requests = api.take(2) => requests,
        _ = sending.next() => panic!("nothing was answered"),
    };
    stop.abort();
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
    // They are cut by now, so these answers come too late.
    requests.into_iter().for_each(Request::accept);
    for _ in 0..2 {
        let outcome = sending.next().await.unwrap();
        assert!(matches!(outcome.result, Err(Error::InDoubt(_))));
    }
    assert!(sending.next().await.is_none());
}

#[tokio::test]
async fn a_handle_may_outlive_the_sending() {
    let mut api = Api::start().await;
    let mut sending = api.client.send_each(numbered(2));
    let stop = sending.stop_handle();
    let _requests = tokio::select! {
        requests = api.take(2) => requests,
        _ = sending.next() => panic!("nothing was answered"),
    };
    drop(sending);
    stop.abort();
    assert!(stop.is_stopped());
}
