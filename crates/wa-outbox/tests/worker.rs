//! A worker against the sandbox: what becomes of entries in each case.
#![allow(clippy::cast_precision_loss, clippy::unwrap_used)]

mod common;

use std::time::{Duration, SystemTime};

use common::{Place, account, client, client_at, enqueue, message, places, sqlite};
use wa_message::{
    outbox::{Decision, Failure, NewEntry, Outbox, OutboxError, Point, State, sqlite::rusqlite},
    wa_message,
    webhook::{Event, What, parse},
};
use wa_sandbox::{Fault, Faults, Limits, Sandbox};

#[tokio::test]
async fn many_are_sent_once_each() {
    for place in places().await {
        are_sent_once_each(place).await;
    }
}

async fn are_sent_once_each(place: Place) {
    let sandbox = Sandbox::start().await.unwrap();
    let outbox = Outbox::open(&place.url).await.unwrap();
    enqueue(&outbox, sandbox.phone_number_id(), 300).await;
    let workers = [(); 2].map(|()| outbox.worker(&client(&sandbox)).rate(100_000).drain());
    let [first, second] = futures_util::future::join_all(workers).await.try_into().unwrap();
    assert_eq!(first.unwrap().of(State::Accepted) + second.unwrap().of(State::Accepted), 300);
    assert_eq!(account(&outbox, &sandbox.ledger()).await.of(State::Accepted), 300);
    assert_eq!(outbox.summary().await.unwrap().to_string(), "300 accepted");
}

#[tokio::test]
async fn an_entry_knows_what_became_of_it() {
    let (place, sandbox) = (sqlite(), Sandbox::start().await.unwrap());
    let outbox = Outbox::open(&place.url).await.unwrap();
    let mut events = outbox.events();
    let own = message(1).with_callback_data("mine").unwrap();
    let enqueued =
        outbox.enqueue(NewEntry::new(sandbox.phone_number_id(), &own).key("a")).await.unwrap();
    outbox.worker(&client(&sandbox)).drain().await.unwrap();

    let entry = outbox.show(enqueued.id).await.unwrap();
    assert_eq!((entry.state, entry.tries, entry.failure), (State::Accepted, 1, None));
    assert_eq!(entry.data.as_deref(), Some("mine"));
    let accepted = &sandbox.ledger().accepted()[0];
    assert_eq!(accepted.data(), Some(&*enqueued.id.callback_data()));
    assert_eq!(entry.wamid.as_deref(), Some(accepted.id()));
    let moved = events.next().await.unwrap();
    assert_eq!(
        (moved.id, moved.key.as_deref(), moved.state),
        (enqueued.id, Some("a"), State::Accepted)
    );
}

#[tokio::test]
async fn each_outcome_has_its_state() {
    let cases: [(Fault, State, &str, u32); 7] = [
        (Fault::Code(131_026), State::Refused, "refused", 1),
        (Fault::Code(131_016), State::Accepted, "", 2),
        (Fault::Code(130_429), State::Accepted, "", 2),
        (Fault::Reset { accepted: true }, State::InDoubt, "in_doubt", 1),
        (Fault::Reset { accepted: false }, State::InDoubt, "in_doubt", 1),
        (Fault::Cut, State::Accepted, "unreadable", 1),
        (Fault::Gateway { status: 502, accepted: true }, State::InDoubt, "in_doubt", 1),
    ];
    for (fault, state, kind, tries) in cases {
        for place in places().await {
            has_its_state(&place, fault.clone(), (state, kind, tries)).await;
        }
    }
}

async fn has_its_state(place: &Place, fault: Fault, (state, kind, tries): (State, &str, u32)) {
    let sandbox = Sandbox::start().await.unwrap();
    let outbox = Outbox::open(&place.url).await.unwrap();
    let id = enqueue(&outbox, sandbox.phone_number_id(), 1).await[0];
    sandbox.fail_next(1, fault.clone());
    outbox.worker(&client(&sandbox)).drain().await.unwrap();
    let entry = outbox.show(id).await.unwrap();
    assert_eq!((entry.state, entry.tries), (state, tries), "{fault}");
    assert_eq!(entry.failure.map(|failure| failure.kind).unwrap_or_default(), kind, "{fault}");
    account(&outbox, &sandbox.ledger()).await;
}

#[tokio::test]
async fn what_the_api_refuses_for_a_moment_is_refused_for_good_after_four_times() {
    let (place, sandbox) = (sqlite(), Sandbox::start().await.unwrap());
    let outbox = Outbox::open(&place.url).await.unwrap();
    let id = enqueue(&outbox, sandbox.phone_number_id(), 1).await[0];
    sandbox.fail_next(4, Fault::Code(131_016));
    outbox.worker(&client(&sandbox)).attempts(2).drain().await.unwrap();
    let entry = outbox.show(id).await.unwrap();
    assert_eq!((entry.state, entry.tries), (State::Refused, 2));
    let failure = entry.failure.unwrap();
    assert_eq!((failure.code, failure.status), (Some(131_016), Some(500)));
}

#[tokio::test]
async fn a_body_from_elsewhere_is_checked_and_kept() {
    let (place, sandbox) = (sqlite(), Sandbox::start().await.unwrap());
    let outbox = Outbox::open(&place.url).await.unwrap();
    let good = NewEntry::new(sandbox.phone_number_id(), &message(1));
    let id = outbox.enqueue(good).await.unwrap().id;
    let file = rusqlite::Connection::open(place.folder.path().join("outbox.db")).unwrap();
    for (body, count) in
        [(r#"{"to":"+15550100","type":"text","text":{"body":""}}"#, 2), ("not JSON", 1)]
    {
        file.execute("update wa_outbox_entries set body = ?1, state = 'pending'", [body]).unwrap();
        outbox.worker(&client(&sandbox)).drain().await.unwrap();
        let entry = outbox.show(id).await.unwrap();
        assert_eq!((entry.state, entry.body.as_str(), entry.tries), (State::Invalid, body, 0));
        let Failure { kind, violations, .. } = entry.failure.unwrap();
        assert_eq!((kind.as_str(), violations.len()), ("invalid", count), "{violations:?}");
    }
    assert!(sandbox.ledger().is_empty());
}

#[tokio::test]
async fn a_key_is_taken_once() {
    let place = sqlite();
    let outbox = Outbox::open(&place.url).await.unwrap();
    let entry = NewEntry::new("1", &message(1)).key("order-17");
    let first = outbox.enqueue(entry.clone()).await.unwrap();
    let second = outbox.enqueue(entry.clone()).await.unwrap();
    assert!(first.is_new && !second.is_new);
    assert_eq!(first.id, second.id);
    let elsewhere = outbox.enqueue(NewEntry::new("2", &message(1)).key("order-17")).await.unwrap();
    assert!(elsewhere.is_new);
    assert_eq!(outbox.find("2", "order-17").await.unwrap().unwrap().id, elsewhere.id);
    // None of a list is put in if one of them cannot be.
    let bad = [NewEntry::new("1", &message(2)), NewEntry::new("1", &message(3)).priority(10)];
    assert!(matches!(outbox.enqueue_all(bad).await, Err(OutboxError::Entry(_))));
    assert_eq!(outbox.summary().await.unwrap().total(), 2);
}

#[tokio::test]
async fn priority_and_time_decide_whose_turn_it_is() {
    let (place, sandbox) = (sqlite(), Sandbox::start().await.unwrap());
    let outbox = Outbox::open(&place.url).await.unwrap();
    let number = sandbox.phone_number_id();
    let now = SystemTime::now();
    let entry = |at: usize| NewEntry::new(number, &message(at));
    let entries = [
        entry(1).due(now - Duration::from_secs(1)),
        entry(2).due(now - Duration::from_secs(2)),
        entry(3).priority(5),
        entry(4).priority(9).due(now + Duration::from_millis(600)),
        entry(5).expires(now - Duration::from_secs(1)),
        entry(6).due(now + Duration::from_secs(3600)),
    ];
    let ids = outbox.enqueue_all(entries).await.unwrap();
    outbox.decide(ids[5].id, Decision::Cancel, "the shop").await.unwrap();
    outbox.worker(&client(&sandbox)).concurrency(1).drain().await.unwrap();

    let order: Vec<_> =
        sandbox.ledger().accepted().iter().map(|accepted| accepted.to().to_owned()).collect();
    assert_eq!(order, ["+15550000003", "+15550000002", "+15550000001", "+15550000004"]);
    assert_eq!(outbox.show(ids[4].id).await.unwrap().state, State::Expired);
    let cancelled = outbox.show(ids[5].id).await.unwrap();
    assert_eq!(
        (cancelled.state, cancelled.decisions[0].by.as_str()),
        (State::Cancelled, "the shop")
    );
}

#[tokio::test]
async fn a_status_ends_a_doubt_and_a_person_may() {
    let (place, sandbox) = (sqlite(), Sandbox::start().await.unwrap());
    let outbox = Outbox::open(&place.url).await.unwrap();
    let ids = enqueue(&outbox, sandbox.phone_number_id(), 4).await;
    sandbox.set_faults(Faults::none().then(4, Fault::Reset { accepted: true }));
    outbox.worker(&client(&sandbox)).concurrency(1).drain().await.unwrap();
    assert_eq!(outbox.summary().await.unwrap().of(State::InDoubt), 4);
    assert!(outbox.summary().await.unwrap().oldest_doubt.is_some());

    let body = status(&ids[0].callback_data(), "wamid.A", "read");
    for _ in 0..2 {
        for event in parse(body.as_bytes()).unwrap().events() {
            learn(&outbox, &event).await;
        }
    }
    let entry = outbox.show(ids[0]).await.unwrap();
    assert_eq!(
        (entry.state, entry.wamid.as_deref(), entry.status.as_deref()),
        (State::Accepted, Some("wamid.A"), Some("read"))
    );
    // One that comes late takes nothing back.
    let body = status(&ids[0].callback_data(), "wamid.A", "delivered");
    learn(&outbox, &parse(body.as_bytes()).unwrap().events().next().unwrap()).await;
    assert_eq!(outbox.show(ids[0]).await.unwrap().status.as_deref(), Some("read"));

    assert!(matches!(
        outbox.decide(ids[1], Decision::Accepted, " ").await,
        Err(OutboxError::Entry(_))
    ));
    outbox.decide(ids[1], Decision::Accepted, "Ada").await.unwrap();
    outbox.decide(ids[2], Decision::NotAccepted, "Ada").await.unwrap();
    outbox.decide(ids[3], Decision::SendAgain, "Ada").await.unwrap();
    let again = outbox.decide(ids[3], Decision::Accepted, "Ada").await.unwrap_err();
    assert_eq!(again.to_string(), format!("entry {} is pending, so this cannot be done", ids[3]));
    outbox.worker(&client(&sandbox)).drain().await.unwrap();
    let states = futures_util::future::join_all(ids[1..].iter().map(|id| outbox.show(*id))).await;
    let states: Vec<_> = states.into_iter().map(|entry| entry.unwrap().state).collect();
    assert_eq!(states, [State::Accepted, State::Refused, State::Accepted]);
    assert_eq!(sandbox.ledger().with_data(&ids[3].callback_data()).len(), 2);
}

async fn learn(outbox: &Outbox, event: &Event<'_>) {
    assert!(matches!(event.what, What::Status(_)));
    outbox.learn(event).await.unwrap();
}

fn status(data: &str, id: &str, name: &str) -> String {
    format!(
        r#"{{ "object": "whatsapp_business_account", "entry": [{{ "id": "9", "changes": [{{ "field": "messages",
            "value": {{ "messaging_product": "whatsapp", "metadata": {{ "phone_number_id": "1" }},
            "statuses": [{{ "id": "{id}", "status": "{name}", "timestamp": "1790000000", "recipient_id": "15550100",
                "biz_opaque_callback_data": "{data}" }}] }} }}] }}] }}"#
    )
}

#[tokio::test]
async fn a_job_that_runs_again_sends_once() {
    let (place, sandbox) = (sqlite(), Sandbox::start().await.unwrap());
    let outbox = Outbox::open(&place.url).await.unwrap();
    let client = client(&sandbox);
    for _ in 0..3 {
        let entry = outbox.send_now(&client, "job-1", &message(1)).await.unwrap();
        assert_eq!((entry.state, entry.tries), (State::Accepted, 1));
    }
    sandbox.fail_next(1, Fault::Stall { accepted: true });
    let client = client_at(&sandbox.base_url(), sandbox.token(), sandbox.phone_number_id(), 1);
    for _ in 0..2 {
        let entry = outbox.send_now(&client, "job-2", &message(2)).await.unwrap();
        assert_eq!((entry.state, entry.tries), (State::InDoubt, 1));
    }
    assert_eq!(sandbox.ledger().len(), 2);
}

#[tokio::test]
async fn jobs_at_the_same_time_send_once() {
    let (place, sandbox) = (sqlite(), Sandbox::start().await.unwrap());
    let outbox = Outbox::open(&place.url).await.unwrap();
    let client = client(&sandbox);
    let message = message(1);
    let jobs = (0..10).map(|_| outbox.send_now(&client, "job", &message));
    for entry in futures_util::future::join_all(jobs).await {
        assert!(!matches!(entry.unwrap().state, State::InDoubt | State::Refused));
    }
    assert_eq!(sandbox.ledger().len(), 1);
}

#[tokio::test]
async fn a_worker_that_ends_finishes_what_it_has_begun() {
    let (place, sandbox) = (sqlite(), Sandbox::start().await.unwrap());
    let outbox = Outbox::open(&place.url).await.unwrap();
    enqueue(&outbox, sandbox.phone_number_id(), 200).await;
    sandbox.set_faults(Faults::none().rate(1.0, Fault::Slow(Duration::from_millis(100))));
    let stop = tokio::time::sleep(Duration::from_millis(250));
    let tally = outbox
        .worker(&client(&sandbox))
        .rate(10_000)
        .concurrency(20)
        .run_until(stop)
        .await
        .unwrap();
    let account = account(&outbox, &sandbox.ledger()).await;
    assert!(tally.of(State::Accepted) >= 20, "{tally}");
    assert_eq!(account.of(State::Accepted) as u64, tally.of(State::Accepted));
    assert_eq!(account.of(State::Pending), 200 - account.of(State::Accepted));
}

#[tokio::test]
async fn the_pace_of_a_number_is_kept_by_all_workers_together() {
    let (place, sandbox) = (sqlite(), Sandbox::start().await.unwrap());
    let outbox = Outbox::open(&place.url).await.unwrap();
    enqueue(&outbox, sandbox.phone_number_id(), 400).await;
    let begun = std::time::Instant::now();
    let workers = (0..4).map(|_| {
        let stop = tokio::time::sleep(Duration::from_secs(2));
        outbox.worker(&client(&sandbox)).rate(80).run_until(stop)
    });
    futures_util::future::join_all(workers).await;
    let (sent, time) = (sandbox.ledger().len() as f64, begun.elapsed().as_secs_f64());
    // 2 seconds of 80, and the slice ahead. That it is no less is for a benchmark.
    assert!(sent <= 80.0 * time + 21.0, "{sent} in {time} s");
    assert!(sent >= 80.0, "{sent} in {time} s");
}

#[tokio::test]
async fn a_recipient_gets_a_burst_and_then_waits_without_holding_up_others() {
    let sandbox = Sandbox::builder()
        .limits(Limits::none().pair_rate(Duration::from_secs(6), 45))
        .start()
        .await
        .unwrap();
    let place = sqlite();
    let outbox = Outbox::open(&place.url).await.unwrap();
    let number = sandbox.phone_number_id();
    let one = wa_message! { <text> to: "+15550100", body: "Again." };
    let busy = (0..100).map(|_| NewEntry::new(number, &one));
    outbox
        .enqueue_all(busy.chain((0..50).map(|at| NewEntry::new(number, &message(at)))))
        .await
        .unwrap();
    let stop = tokio::time::sleep(Duration::from_secs(3));
    let tally = outbox.worker(&client(&sandbox)).rate(1_000).run_until(stop).await.unwrap();
    assert_eq!(tally.of(State::Pending), 0, "131056: {tally}");
    assert_eq!(sandbox.ledger().len(), 45 + 50);
}

/// A token that is not accepted says nothing of the messages: they wait until there is another.
#[tokio::test]
async fn a_token_that_is_not_accepted_uses_up_no_message() {
    for place in places().await {
        let sandbox = Sandbox::start().await.unwrap();
        let outbox = Outbox::open(&place.url).await.unwrap();
        let number = sandbox.phone_number_id();
        enqueue(&outbox, number, 200).await;
        let expired = common::client_at(&sandbox.base_url(), "expired", number, 30);
        let stop = tokio::time::sleep(Duration::from_secs(2));
        outbox.worker(&expired).concurrency(8).run_until(stop).await.unwrap();
        let summary = outbox.summary().await.unwrap();
        assert_eq!(summary.to_string(), "200 pending");
        // Those of a slice, and then the number waits.
        let tried: Vec<_> = common::all(&outbox).await;
        let tries: u32 = tried.iter().map(|entry| entry.tries).sum();
        assert!((1..=60).contains(&tries), "{tries}");
        let tried = tried.into_iter().find_map(|entry| entry.failure).unwrap();
        assert_eq!((tried.kind.as_str(), tried.code), ("refused", Some(190)));
        // One that was tried so often is refused, so that a drain comes to its end.
        let id = outbox.enqueue(NewEntry::new("7", &message(1))).await.unwrap().id;
        let expired = common::client_at(&sandbox.base_url(), "expired", "7", 30);
        outbox.worker(&expired).attempts(1).drain().await.unwrap();
        assert_eq!(outbox.show(id).await.unwrap().state, State::Refused);
    }
}

static WAS_STOPPED: std::sync::atomic::AtomicBool = std::sync::atomic::AtomicBool::new(false);

/// "A worker that was stopped for longer sends nothing of what it holds", also of what it has marked.
#[tokio::test(flavor = "multi_thread")]
async fn a_worker_that_was_stopped_after_the_mark_sends_nothing_of_it() {
    let (place, sandbox) = (sqlite(), Sandbox::start().await.unwrap());
    let outbox = Outbox::open(&place.url).await.unwrap();
    let id = enqueue(&outbox, sandbox.phone_number_id(), 1).await[0];
    let mut events = outbox.events();
    let worker =
        outbox.worker(&client(&sandbox)).lease(Duration::from_millis(500)).probe(|point| {
            let is_first = point == Point::BeforeRequest
                && !WAS_STOPPED.swap(true, std::sync::atomic::Ordering::SeqCst);
            if is_first {
                std::thread::sleep(Duration::from_secs(2));
            }
        });
    worker.drain().await.unwrap();
    let moved = events.next().await.unwrap();
    assert_eq!((moved.state, moved.failure.unwrap().kind.as_str()), (State::Pending, "not_sent"));
    assert_eq!(outbox.show(id).await.unwrap().state, State::Accepted);
    assert_eq!((sandbox.received().len(), sandbox.ledger().len()), (1, 1));
}
