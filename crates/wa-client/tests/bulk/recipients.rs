//! A message that waits for its recipient holds up no other.

use std::{cell::Cell, collections::BTreeSet, time::Duration};

use futures_util::FutureExt;
use serde_json::json;
use wa_message::{
    Client, Error, Message,
    client::{Backoff, RecipientRate},
};
use wa_sandbox::{Fault, Sandbox};

/// A message to each of these, with its number as the key. With letters, it is the id of a user.
pub(crate) fn to_each(recipients: &[&str]) -> Vec<(usize, Message)> {
    let message = |to: &&str| {
        let member = if to.starts_with('+') { "to" } else { "recipient" };
        json!({ "messaging_product": "whatsapp", member: to, "text": { "body": "Hello" } })
            .to_string()
            .parse()
            .unwrap()
    };
    recipients.iter().map(message).enumerate().collect()
}

/// A client that writes to each recipient once, and then waits for longer than a test takes.
pub(crate) fn patient_client(sandbox: &Sandbox) -> Client {
    Client::builder(sandbox.token(), sandbox.phone_number_id())
        .base_url(sandbox.base_url())
        .recipient_rate(RecipientRate::new(1, Duration::from_secs(3600)))
        .retry(Backoff::new().first_pause(Duration::from_secs(3600)))
        .deadline(None)
        .build()
        .unwrap()
}

#[tokio::test]
async fn a_busy_recipient_holds_up_nobody_else() {
    let sandbox = Sandbox::start().await.unwrap();
    // A user without a number has a pace too, and another one than a number of the same digits.
    for (busy, other) in [("+15550100", "+15550101"), ("US.15550100", "+15550100")] {
        holds_up_nobody_else(&sandbox, busy, other).await;
        sandbox.ledger().clear();
    }
}

async fn holds_up_nobody_else(sandbox: &Sandbox, busy: &str, other: &str) {
    let messages = to_each(&[busy, busy, busy, other, "+15550102"]);
    let mut sending = patient_client(sandbox).send_each(messages).concurrency(2);
    let mut sent = BTreeSet::new();
    for _ in 0..3 {
        let outcome = sending.next().await.unwrap();
        outcome.result.unwrap();
        sent.insert(outcome.key);
    }
    // Which of the three to the busy one was the first is of no matter.
    assert!(sent.is_superset(&BTreeSet::from([3, 4])), "{sent:?}");
    assert_eq!(sending.in_flight().len(), 2);

    sending.stop_handle().stop();
    while let Some(outcome) = sending.next().await {
        assert!(matches!(outcome.result, Err(Error::NotSent(_))));
    }
    assert_eq!((sending.summary().sent(), sending.summary().not_sent()), (3, 2));
    assert_eq!(sandbox.ledger().len(), 3);
}

#[tokio::test]
async fn not_everybody_waits_aside() {
    let sandbox = Sandbox::start().await.unwrap();
    let taken = Cell::new(0);
    let messages = to_each(&["+15550100"; 9]).into_iter().inspect(|_| taken.set(taken.get() + 1));
    let mut sending = patient_client(&sandbox).send_each(messages).concurrency(2).held_back(3);
    sending.next().await.unwrap().result.unwrap();
    for _ in 0..100 {
        tokio::task::yield_now().await;
        assert!(sending.next().now_or_never().is_none());
    }
    // The one that is sent, room for two requests, and three aside.
    assert_eq!(taken.get(), 1 + 2 + 3);
}

#[tokio::test]
async fn a_recipient_that_the_api_holds_back_holds_up_nobody_else() {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.fail_next(1, Fault::Code(131_056));
    let messages = to_each(&["+15550100", "+15550101", "+15550102"]);
    let mut sending = patient_client(&sandbox).send_each(messages).concurrency(1);
    for key in [1, 2] {
        let outcome = sending.next().await.unwrap();
        assert_eq!(outcome.key, key);
        outcome.result.unwrap();
    }
    // It waits for its second try. When there is to be none, what the API said stands.
    sending.stop_handle().stop();
    let outcome = sending.next().await.unwrap();
    assert_eq!(outcome.key, 0);
    let error = outcome.result.unwrap_err();
    assert!(matches!(&error, Error::Throttled(error) if error.code() == 131_056), "{error}");
    assert!(sending.next().await.is_none());
    assert_eq!((sending.summary().sent(), sending.summary().throttled()), (2, 1));
    assert_eq!(sending.summary().total(), 3);
}
