//! Callers that hang up: the server drops the future of their request wherever it waits.

use std::{
    future::poll_fn,
    pin::pin,
    sync::atomic::{AtomicUsize, Ordering},
    task::{Context, Poll, Waker},
};

use tokio::task::yield_now;

use super::{waiting::Waiting, *};
use crate::{Claim, Seen as _};

/// Waits a few times, and then writes the event down.
async fn handle(notes: Notes, id: String) {
    for _ in 0..3 {
        yield_now().await;
    }
    notes.note(id);
}

fn ids(events: &[crate::Event<'_>]) -> String {
    let keys = events.iter().map(|event| event.key().unwrap().to_string());
    keys.map(|key| key.rsplit('/').next().unwrap().to_owned()).collect::<Vec<_>>().join(" ")
}

/// A service that handles in one of the ways, its notes, and its reports.
fn way(over: bool, store: Waiting) -> (WebhookService, Notes, Notes) {
    let notes = Notes::default();
    let of_handler = notes.clone();
    let webhooks = if over {
        builder().hand_over(move |events| handle(of_handler.clone(), ids(&events)))
    } else {
        builder().on_message(move |message, _| handle(of_handler.clone(), message.id.into_owned()))
    };
    let (service, reports) = reporting(webhooks.seen(store));
    (service, notes, reports)
}

/// Polls a future so many times. Returns true if it came to its end.
fn polled<F: Future>(future: F, times: usize) -> bool {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    (0..times).any(|_| future.as_mut().poll(&mut context).is_ready())
}

#[tokio::test]
async fn wherever_a_request_is_dropped_nothing_stays_claimed() {
    const GONE: &str = "the caller hung up before an event";
    for (over, event) in [(false, "message"), (true, "all")] {
        for dropped in 1.. {
            let store = Waiting::new(0, 0);
            let (service, notes, reports) = way(over, store);
            if polled(service.answer(signed(texts(&["a", "b"]))), dropped) {
                assert!(dropped > 2);
                assert_eq!(reports.take(), [""; 0]);
                break;
            }
            assert_eq!(reports.take(), [format!("{GONE} `{event}` was handled")]);
            let before = notes.take();
            // At once, and without what was done.
            assert_eq!(status(&service, signed(texts(&["a", "b"]))).await, 200, "{dropped}");
            let all = [before, notes.take()].concat().join(" ");
            assert_eq!(all, "a b", "{dropped}");
            assert_eq!(reports.take(), [""; 0]);
        }
    }
}

/// A store that waits may keep a claim, and then it is told.
#[tokio::test]
async fn a_claim_that_stays_is_told_of() {
    const STAYS: &str = "; it stays claimed until its lease is over";
    for (before, after) in [(1, 0), (0, 1), (2, 2)] {
        for over in [false, true] {
            for dropped in 1.. {
                let store = Waiting::new(before, after);
                let (service, notes, reports) = way(over, store.clone());
                if polled(service.answer(signed(texts(&["a", "b"]))), dropped) {
                    break;
                }
                let told = reports.take();
                assert_eq!(told.len(), 1, "{told:?}");
                let in_flight = format!("{:?}", store.memory).contains("in_flight: 0");
                assert!(in_flight || told[0].ends_with(STAYS), "{told:?} {:?}", store.memory);
                // Nobody handles it beside somebody else.
                let before = notes.take().join(" ");
                let again = status(&service, signed(texts(&["a", "b"]))).await;
                assert!(matches!(again, 200 | 503), "{again}");
                let all = format!("{before} {}", notes.take().join(" "));
                for id in ["a", "b"] {
                    assert!(all.matches(id).count() <= 1, "{all}");
                }
            }
        }
    }
}

/// What the store does before it waits is done.
#[tokio::test]
async fn a_store_that_hands_on_before_it_waits_gets_its_claim_back() {
    let store = Waiting::new(0, 1);
    let (service, _, reports) = way(false, store.clone());
    // The claim, which waits, and then the handler.
    assert!(!polled(service.answer(signed(texts(&["a"]))), 2));
    assert!(format!("{:?}", store.memory).contains("in_flight: 0"));
    assert_eq!(reports.take().len(), 1);
}

/// A claim of somebody else is not given back.
#[tokio::test]
async fn what_somebody_else_has_claimed_stays_theirs() {
    let store = Waiting::new(1, 1);
    let (service, notes, _) = way(false, store.clone());
    assert_eq!(store.memory.claim("700100/message/a").await, Ok(Claim::New));
    for dropped in 1..4 {
        polled(service.answer(signed(texts(&["a"]))), dropped);
        assert_eq!(store.memory.claim("700100/message/a").await, Ok(Claim::InFlight));
    }
    assert_eq!(notes.take(), [""; 0]);
}

#[tokio::test]
async fn without_a_store_it_is_told_all_the_same() {
    for webhooks in [
        builder().on_event(|_| std::future::pending::<()>()),
        builder().hand_over(|_| std::future::pending::<()>()),
    ] {
        let (service, reports) = reporting(webhooks);
        assert!(!polled(service.answer(signed(texts(&["a"]))), 1));
        assert!(reports.take().concat().ends_with(" was handled"));
    }
    let (service, reports) = reporting(builder().on_unreadable(|_| std::future::pending::<()>()));
    assert!(!polled(service.answer(signed("[]")), 1));
    let expected = "the caller hung up before an event `unreadable` was handled";
    assert_eq!(reports.take()[1..], [expected]);
}

/// Panics where it is dropped.
struct Bomb;

impl Drop for Bomb {
    fn drop(&mut self) {
        panic!("as planned");
    }
}

#[tokio::test]
async fn a_handler_may_panic_where_it_is_dropped() {
    let (service, reports) = reporting(
        builder()
            .on_event(|_| {
                let bomb = Bomb;
                async move {
                    let _bomb = bomb;
                    std::future::pending::<()>().await;
                }
            })
            .seen(MemorySeen::new()),
    );
    for _ in 0..2 {
        assert!(!polled(service.answer(signed(texts(&["a"]))), 1));
        assert_eq!(reports.take(), ["the caller hung up before an event `message` was handled"]);
    }
}

async fn hung_up(service: &WebhookService, body: &str) {
    let mut answer = pin!(service.answer(signed(body)));
    poll_fn(|context| {
        assert!(answer.as_mut().poll(context).is_pending());
        Poll::Ready(())
    })
    .await;
}

/// Whoever has an event of a stream handles it, and nobody beside them.
#[tokio::test]
async fn an_event_in_hand_stays_so_when_its_caller_hangs_up() {
    let body = texts(&["a"]);
    let (webhooks, mut deliveries) = builder().seen(MemorySeen::new()).stream(4);
    let (service, reports) = reporting(webhooks);

    // Nobody had it yet, so it is not there any more.
    hung_up(&service, &body).await;
    assert_eq!(reports.take(), ["the caller hung up before an event `message` was handled"]);
    let next = async {
        let delivery = deliveries.next().await.unwrap();
        delivery.done();
    };
    assert_eq!(tokio::join!(status(&service, signed(texts(&["b"]))), next).0, 200);

    for is_done in [false, true] {
        let delivery = {
            let mut answer = pin!(service.answer(signed(body.clone())));
            assert!(
                poll_fn(|context| Poll::Ready(answer.as_mut().poll(context))).await.is_pending()
            );
            deliveries.next().await.unwrap()
        };
        assert!(reports.take().concat().ends_with("until its lease is over"));
        // It comes again while somebody has it.
        assert_eq!(status(&service, signed(body.clone())).await, 503);
        if is_done {
            delivery.done();
            assert_eq!(status(&service, signed(body.clone())).await, 200);
        } else {
            drop(delivery);
        }
    }

    // It was done, and the request did not hear of it.
    let body = texts(&["c"]);
    {
        let mut answer = pin!(service.answer(signed(body.clone())));
        assert!(poll_fn(|context| Poll::Ready(answer.as_mut().poll(context))).await.is_pending());
        deliveries.next().await.unwrap().done();
    }
    assert_eq!(status(&service, signed(body)).await, 200);
}

#[tokio::test(start_paused = true)]
async fn an_event_in_hand_stays_so_when_its_time_is_over() {
    let body = texts(&["a"]);
    let (webhooks, mut deliveries) = builder().seen(MemorySeen::new()).stream(4);
    let service = webhooks.build();
    let (first, delivery) = tokio::join!(status(&service, signed(body.clone())), deliveries.next());
    assert_eq!(first, 500);
    assert_eq!(status(&service, signed(body.clone())).await, 503);
    delivery.unwrap().done();
    assert_eq!(status(&service, signed(body.clone())).await, 200);
    // One that nobody takes out is not there any more.
    let body = texts(&["b"]);
    assert_eq!(status(&service, signed(body.clone())).await, 500);
    let again = async { deliveries.next().await.unwrap().done() };
    assert_eq!(tokio::join!(status(&service, signed(body)), again).0, 200);
    drop(service);
    assert!(deliveries.next().await.is_none());
}

/// Many requests, each of which is dropped somewhere, until all is answered.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_requests_that_break_off_each_event_is_handled_once() {
    const EVENTS: usize = 200;
    let handled: Arc<Vec<AtomicUsize>> =
        Arc::new((0..EVENTS).map(|_| AtomicUsize::new(0)).collect());
    let (webhooks, mut deliveries) = builder().seen(MemorySeen::new()).within(None).stream(8);
    let service = webhooks.build();
    let of_worker = Arc::clone(&handled);
    let worker = tokio::spawn(async move {
        while let Some(delivery) = deliveries.next().await {
            yield_now().await;
            let key = delivery.event().key().unwrap().to_string();
            let event: usize = key.rsplit('/').next().unwrap().parse().unwrap();
            if event.is_multiple_of(7)
                && of_worker[event].load(Ordering::SeqCst) == 0
                && fastrand::bool()
            {
                continue;
            }
            of_worker[event].fetch_add(1, Ordering::SeqCst);
            delivery.done();
        }
    });
    let mut senders = tokio::task::JoinSet::new();
    for sender in 0..8 {
        let service = service.clone();
        senders.spawn(async move {
            let ids: Vec<_> = (0..EVENTS).map(|id| ((id + sender) % EVENTS).to_string()).collect();
            let body = texts(&ids.iter().map(String::as_str).collect::<Vec<_>>());
            let mut round = 0;
            loop {
                round += 1;
                if status_within(5 * round, &service, signed(body.clone())).await == Some(200) {
                    break;
                }
                yield_now().await;
            }
        });
    }
    while let Some(sender) = senders.join_next().await {
        sender.unwrap();
    }
    drop(service);
    worker.await.unwrap();
    for (event, times) in handled.iter().enumerate() {
        assert_eq!(times.load(Ordering::SeqCst), 1, "event {event}");
    }
}
