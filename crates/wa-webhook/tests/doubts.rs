//! Messages are sent through a server that makes mischief, and their statuses come back: in the end nothing is in doubt
//! but what was never accepted.

#![allow(clippy::unwrap_used)]

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex},
};

use axum::http::Request;
use serde_json::{Value, json};
use wa_message::{
    Client, Message,
    client::Backoff,
    wa_message,
    webhook::{
        Outcome, Outcomes, SIGNATURE_HEADER, SendState, Verifier, VerifyToken, WebhookService,
        service,
    },
};
use wa_sandbox::{Fault, Faults, Sandbox};

const MESSAGES: usize = 300;

fn message(number: usize) -> (String, Message) {
    let token = format!("order-{number}");
    let message = wa_message! { <text> to: "+15550101", body: "Your order is ready." };
    (token.clone(), message.with_callback_data(token).unwrap())
}

/// Posts a webhook with these statuses, as the API signs it.
async fn deliver(webhooks: &WebhookService, verifier: &Verifier, statuses: &[Value]) {
    let body = json!({ "object": "whatsapp_business_account", "entry": [{ "id": "900100", "changes": [{
        "field": "messages",
        "value": { "metadata": { "phone_number_id": "700100" }, "statuses": statuses },
    }] }] });
    let body = body.to_string();
    let signature = verifier.sign(body.as_bytes());
    let request = Request::post("/").header(SIGNATURE_HEADER, signature);
    let answer = webhooks.answer(request.body(axum::body::Body::from(body)).unwrap()).await;
    assert_eq!(answer.status(), 200);
}

#[tokio::test]
async fn no_doubt_stays_whose_message_was_accepted() {
    let sandbox = Sandbox::builder().phone_number_id("700100").start().await.unwrap();
    let faults = Faults::none()
        .rate(0.1, Fault::Reset { accepted: true })
        .rate(0.1, Fault::Reset { accepted: false })
        .rate(0.1, Fault::Cut)
        .rate(0.05, Fault::Code(131_026))
        .rate(0.05, Fault::Gateway { status: 502, accepted: true })
        .seed(20_261_129);
    sandbox.set_faults(faults);

    let told = Arc::new(Mutex::new(Vec::new()));
    let of_outcomes = Arc::clone(&told);
    let outcomes = Outcomes::new(move |outcome| of_outcomes.lock().unwrap().push(outcome));
    let outcomes = Arc::new(outcomes);
    let client = Client::builder(sandbox.token(), sandbox.phone_number_id())
        .base_url(sandbox.base_url())
        .retry(Backoff::never())
        .rate(None)
        .recipient_rate(None)
        .watch(Arc::clone(&outcomes))
        .build()
        .unwrap();
    let verifier = Verifier::new(["an-app-secret"]).unwrap();
    let webhooks = service(verifier.clone(), VerifyToken::new("a-verify-token").unwrap())
        .outcomes(Arc::clone(&outcomes))
        .build();

    let mut sending = client.send_each((0..MESSAGES).map(message));
    let (mut doubts, mut answered) = (BTreeSet::new(), BTreeSet::new());
    while let Some(outcome) = sending.next().await {
        match outcome.result {
            Ok(_) => _ = answered.insert(outcome.key),
            Err(error) if error.is_safe_to_resend() => {}
            Err(_) => _ = doubts.insert(outcome.key),
        }
    }
    let in_doubt = || outcomes.doubts().into_iter().collect::<BTreeSet<_>>();
    assert_eq!(in_doubt(), doubts);
    assert!(doubts.len() > 50 && answered.len() > 150, "{}", sending.summary());

    // What was accepted is delivered, and told of in the wrong order, twice, in batches.
    let accepted = sandbox.ledger().accepted();
    let status = |word: &str, id: &str, token: &str| json!({ "id": id, "status": word, "biz_opaque_callback_data": token });
    let statuses = ["delivered", "sent", "delivered"].into_iter().flat_map(|word| {
        accepted.iter().map(move |message| status(word, message.id(), message.data().unwrap()))
    });
    for batch in statuses.collect::<Vec<_>>().chunks(70) {
        deliver(&webhooks, &verifier, batch).await;
    }

    let reached: BTreeSet<_> =
        accepted.iter().map(|message| message.data().unwrap().to_owned()).collect();
    assert_eq!(in_doubt(), &doubts - &reached);
    assert!(!in_doubt().is_empty());
    for message in &accepted {
        let Some(SendState::Accepted(known)) = outcomes.send_state(message.data().unwrap()) else {
            panic!("{message:?}")
        };
        assert_eq!(known.id, message.id());
    }
    check(&told.lock().unwrap(), &doubts, &reached);
}

/// Each doubt that has ended was told once, and each message was delivered once.
fn check(told: &[Outcome], doubts: &BTreeSet<String>, reached: &BTreeSet<String>) {
    let (mut resolved, mut delivered) = (Vec::new(), Vec::new());
    for outcome in told {
        match outcome {
            Outcome::DoubtResolved { token, .. } => resolved.push(token.clone()),
            Outcome::Reached(reached) if reached.to_string() == "delivered" => {
                delivered.extend(reached.token.clone());
            }
            outcome => panic!("{outcome}"),
        }
    }
    for (told, expected) in [(&mut resolved, doubts & reached), (&mut delivered, reached.clone())] {
        told.sort();
        assert_eq!(*told, expected.into_iter().collect::<Vec<_>>());
    }
}
