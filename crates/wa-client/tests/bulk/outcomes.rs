//! Each message has an outcome, and the summary counts it.

use std::collections::BTreeSet;

use tokio::net::TcpListener;
use wa_message::{
    Client, Error, Message,
    client::{Attempt, Decision},
};
use wa_sandbox::{Fault, Sandbox};

use crate::{
    api::{Api, numbered},
    common::{self, answer, client_at, client_of},
};

#[tokio::test]
async fn outcomes_come_as_they_become_known_with_their_keys() {
    let mut api = Api::start().await;
    let keys = ["first", "second", "third"];
    let messages: Vec<_> = keys.into_iter().zip(numbered(3).map(|(_, message)| message)).collect();
    let mut sending = api.client.send_each(messages.clone());

    let answers = async {
        let mut requests = api.take(3).await.into_iter();
        (requests.next().unwrap(), requests.next().unwrap(), requests.next().unwrap())
    };
    let (one, two, three) = tokio::select! {
        requests = answers => requests,
        _ = sending.next() => panic!("nothing was answered"),
    };
    for (request, index) in [(two, 1), (one, 0), (three, 2)] {
        request.accept();
        let outcome = sending.next().await.unwrap();
        assert_eq!(outcome.key, keys[index]);
        assert_eq!(outcome.message, messages[index].1);
        assert_eq!(outcome.result.unwrap().id(), format!("wamid.{index}"));
    }
    assert!(sending.next().await.is_none());
    assert!(sending.next().await.is_none(), "the end stays the end");
    assert_eq!(sending.summary().sent(), 3);
}

#[tokio::test]
async fn the_summary_tells_each_outcome_apart() {
    let mut api = Api::start().await;
    let mut sending = api.client.send_each(numbered(5));
    let mut requests = tokio::select! {
        requests = api.take(5) => requests,
        _ = sending.next() => panic!("nothing was answered"),
    };
    requests.pop().unwrap().answer(answer("200 OK", "what"));
    requests.pop().unwrap().answer(answer("502 Bad Gateway", "<h1>Bad Gateway</h1>"));
    requests.pop().unwrap().answer("");
    requests.pop().unwrap().refuse();
    requests.pop().unwrap().accept();
    while sending.next().await.is_some() {}
    let summary = sending.summary();
    assert_eq!(
        (summary.sent(), summary.refused(), summary.in_doubt(), summary.unreadable()),
        (1, 1, 2, 1)
    );
    assert_eq!((summary.not_sent(), summary.total(), summary.in_flight()), (0, 5, 0));
    assert!(summary.rate() > 0.0);
    let line = summary.to_string();
    let counts =
        "1 sent, 1 refused, 2 in doubt, 1 accepted with an answer that was not understood; 5 in ";
    assert!(line.starts_with(counts), "{line}");
}

#[tokio::test]
async fn what_was_not_sent_is_told_apart() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let client = client_at(listener.local_addr().unwrap());
    drop(listener);
    let mut sending = client.send_each(numbered(2));
    while let Some(outcome) = sending.next().await {
        let error = outcome.result.unwrap_err();
        assert!(matches!(error, Error::NotSent(_)), "{error}");
        assert!(error.is_safe_to_resend());
    }
    assert_eq!(sending.summary().not_sent(), 2);
}

#[tokio::test]
async fn nothing_is_nothing() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut sending = client_of(&sandbox).send_each(numbered(0));
    assert!(sending.next().await.is_none());
    let summary = sending.summary();
    assert_eq!((summary.total(), summary.elapsed().is_zero()), (0, true));
    assert_eq!(summary.to_string(), "0 sent; 0 in 0.0 s, 0 a second");
}

#[tokio::test]
async fn a_policy_that_panics_costs_no_outcome() {
    let sandbox = Sandbox::start().await.unwrap();
    let policy = |_: &Attempt, _: &Error| -> Decision { panic!("a mistake in a policy") };
    let client = Client::builder(sandbox.token(), sandbox.phone_number_id())
        .base_url(sandbox.base_url())
        .retry(policy)
        .build()
        .unwrap();
    sandbox.fail_next(2, Fault::Code(131_016));
    let text: Message = common::text();
    let mut sending = client.send_each((0..5).map(|key| (key, text.clone()))).concurrency(1);
    let mut keys = BTreeSet::new();
    let mut refused = 0;
    while let Some(outcome) = sending.next().await {
        keys.insert(outcome.key);
        // The last error is known, so there is no doubt.
        refused += usize::from(matches!(outcome.result, Err(Error::Refused(_))));
    }
    assert_eq!((keys.len(), refused, sending.summary().sent()), (5, 2, 3));
    assert_eq!(sending.in_flight().len(), 0);
}
