//! Code of somebody else that panics, or never comes to its end.

use std::{
    convert::Infallible,
    future::{Ready, pending, ready},
    time::Duration,
};

use super::*;
use crate::{Claim, Outcomes, Seen};

/// What a store does when it is told of an event.
#[derive(Clone, Copy, PartialEq)]
enum Does {
    Well,
    Panics,
    Hangs,
}

impl Does {
    async fn it<T>(self, well: T) -> Result<T, Infallible> {
        match self {
            Self::Well => Ok(well),
            Self::Panics => panic!("as planned"),
            Self::Hangs => pending().await,
        }
    }
}

#[derive(Clone, Copy)]
struct Hostile {
    claim: Does,
    done: Does,
    release: Does,
}

impl Seen for Hostile {
    type Error = Infallible;

    async fn claim(&self, _: &str) -> Result<Claim, Infallible> {
        self.claim.it(Claim::New).await
    }

    async fn done(&self, _: &str) -> Result<(), Infallible> {
        self.done.it(()).await
    }

    async fn release(&self, _: &str) -> Result<(), Infallible> {
        self.release.it(()).await
    }
}

/// A handler that fails if it is told to.
fn end(fails: bool) -> Ready<Result<(), &'static str>> {
    ready(if fails { Err("no") } else { Ok(()) })
}

#[tokio::test(start_paused = true)]
async fn a_store_that_panics_or_hangs_keeps_no_answer() {
    const FAILED: &str = "the store of what was handled failed";
    const LATE: &str = "the time was over before all events were handled";
    let well = Hostile { claim: Does::Well, done: Does::Well, release: Does::Well };
    for (does, report) in [(Does::Panics, FAILED), (Does::Hangs, LATE)] {
        for (store, fails, expected) in [
            (Hostile { claim: does, ..well }, false, 500),
            // It was handled.
            (Hostile { done: does, ..well }, false, 200),
            (Hostile { release: does, ..well }, true, 500),
        ] {
            for webhooks in
                [builder().on_event(move |_| end(fails)), builder().hand_over(move |_| end(fails))]
            {
                let (service, reports) = reporting(webhooks.seen(store));
                assert_eq!(status(&service, signed(texts(&["a"]))).await, expected);
                assert!(reports.take().contains(&report.to_owned()));
            }
        }
    }
}

/// Each of many events has no time of its own.
#[tokio::test(start_paused = true)]
async fn a_store_that_hangs_does_so_once_a_request() {
    let store = Hostile { claim: Does::Well, done: Does::Hangs, release: Does::Hangs };
    let ids: Vec<_> = (0..100).map(|id| id.to_string()).collect();
    let body = texts(&ids.iter().map(String::as_str).collect::<Vec<_>>());
    for (webhooks, expected) in [
        (builder().on_event(|_| async {}), 500),
        (builder().hand_over(|_| async {}), 200),
        (builder().hand_over(|_| pending::<()>()), 500),
    ] {
        let service = webhooks.seen(store).within(Duration::from_secs(5)).build();
        let start = tokio::time::Instant::now();
        assert_eq!(status(&service, signed(body.clone())).await, expected);
        assert!(start.elapsed() < Duration::from_secs(11), "{:?}", start.elapsed());
    }
}

#[tokio::test]
async fn who_is_told_may_panic() {
    let quiet = || builder().report(|_| panic!("as planned"));
    let service = quiet().seen(MemorySeen::new()).on_event(|_| end(true)).build();
    // Each time it can be claimed again.
    for _ in 0..2 {
        assert_eq!(status(&service, signed(texts(&["a"]))).await, 500);
    }
    let outcomes = Arc::new(Outcomes::new(|_| panic!("as planned")));
    outcomes.in_doubt("order-17");
    let notes = Notes::default();
    let of_events = notes.clone();
    let events = quiet().outcomes(outcomes).on_event(move |event| {
        of_events.note(event.what.name());
        async {}
    });
    let status_of_it = json!([
        { "id": "wamid.A", "status": "sent", "biz_opaque_callback_data": "order-17" },
    ]);
    let body = items(NUMBER, "statuses", &status_of_it);
    assert_eq!(status(&events.build(), signed(body)).await, 200);
    assert_eq!(notes.take(), ["status"]);
    // It does not come again.
    assert_eq!(status(&quiet().build(), signed("[]")).await, 200);
}

/// Panics where it is dropped.
struct Bomb;

impl Drop for Bomb {
    fn drop(&mut self) {
        assert!(std::thread::panicking(), "as planned");
    }
}

#[tokio::test(start_paused = true)]
async fn a_handler_may_panic_where_it_is_cut() {
    let handler = |_| {
        let bomb = Bomb;
        async move {
            let _bomb = bomb;
            pending::<()>().await;
        }
    };
    let service = builder().on_event(handler).build();
    assert_eq!(status(&service, signed(texts(&["a"]))).await, 500);
}

#[tokio::test]
async fn a_stream_has_room_for_any_number() {
    for room in [0, usize::MAX] {
        let (webhooks, deliveries) = builder().stream(room);
        drop(deliveries);
        assert_eq!(status(&webhooks.build(), signed(texts(&["a"]))).await, 500);
    }
}
