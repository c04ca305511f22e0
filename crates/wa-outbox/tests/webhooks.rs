//! Statuses that come late, twice, in any order and before the answer: afterwards the doubts are exactly the messages that
//! never were accepted.
#![allow(clippy::unwrap_used)]

mod common;

use std::{net::Ipv4Addr, time::Duration};

use common::{Place, account, client, enqueue, places, process::quick};
use tokio::net::TcpListener;
use wa_message::{
    outbox::{Outbox, OutboxError, State},
    webhook::{Verifier, VerifyToken, service},
};
use wa_sandbox::{Fault, Faults, Sandbox, Status, WebhookFaults, Webhooks};

const SECRET: &str = "an-app-secret";

/// A receiver that tells statuses to an outbox. If the outbox fails, the webhook comes again.
async fn receive(outbox: &Outbox, listener: TcpListener) {
    let outbox = outbox.clone();
    let verifier = Verifier::new([SECRET]).unwrap();
    let routes: axum::Router = service(verifier, VerifyToken::new("a-verify-token").unwrap())
        .on_status(move |status, _| {
            let outbox = outbox.clone();
            async move { outbox.status(&status).await.map(drop) as Result<(), OutboxError> }
        })
        .build()
        .route("/webhook");
    axum::serve(listener, routes).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn doubts_end_by_statuses_and_what_stays_was_never_accepted() {
    for place in places().await {
        statuses_come_in_any_order(place).await;
    }
}

async fn statuses_come_in_any_order(place: Place) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let url = format!("http://{}/webhook", listener.local_addr().unwrap());
    let steps = [Status::Sent, Status::Delivered, Status::Read]
        .map(|status| (Duration::from_millis(5), status));
    let webhooks = Webhooks::to(url, SECRET)
        .statuses(steps)
        .retries(Duration::from_millis(20), 20)
        .faults(WebhookFaults::every_kind(0.3).seed(7));
    let sandbox = Sandbox::builder().webhooks(webhooks).start().await.unwrap();
    let faults = [
        Fault::Reset { accepted: true },
        Fault::Reset { accepted: false },
        Fault::Cut,
        Fault::StatusFirst,
        Fault::Gateway { status: 502, accepted: true },
        Fault::Gateway { status: 502, accepted: false },
    ];
    sandbox.set_faults(
        faults.into_iter().fold(Faults::none().seed(7), |all, fault| all.rate(0.05, fault)),
    );

    let outbox = Outbox::open(&place.url).await.unwrap();
    enqueue(&outbox, sandbox.phone_number_id(), 1_000).await;
    let receiver = outbox.clone();
    tokio::spawn(async move { receive(&receiver, listener).await });
    quick(outbox.worker(&client(&sandbox))).rate(100_000).drain().await.unwrap();
    sandbox.settled().await;

    let account = account(&outbox, &sandbox.ledger()).await;
    assert_eq!(account.accepted_doubts, 0);
    assert!(account.other_doubts > 20, "{}", account.other_doubts);
    assert_eq!(account.of(State::Accepted) + account.other_doubts, 1_000);
    for entry in common::all(&outbox).await.iter().filter(|entry| entry.state == State::Accepted) {
        assert_eq!(entry.status.as_deref(), Some("read"));
        assert!(entry.wamid.is_some());
    }
}
