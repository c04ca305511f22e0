//! Claims, leases and bounds, and a storm of deliveries.

#![allow(clippy::unwrap_used)]

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
};

use tokio::{
    task::{JoinSet, yield_now},
    time::advance,
};

use super::*;

async fn claim(seen: &MemorySeen, key: &str) -> Claim {
    seen.claim(key).await.unwrap()
}

#[tokio::test]
async fn a_claim_is_new_until_it_is_done_or_released() {
    let seen = MemorySeen::new();
    assert_eq!(claim(&seen, "a").await, Claim::New);
    assert_eq!(claim(&seen, "a").await, Claim::InFlight);
    assert_eq!(claim(&seen, "b").await, Claim::New);
    seen.release("a").await.unwrap();
    assert_eq!(claim(&seen, "a").await, Claim::New);
    seen.done("a").await.unwrap();
    assert_eq!(claim(&seen, "a").await, Claim::Done);
    // What is done stays so, whoever comes late.
    seen.release("a").await.unwrap();
    assert_eq!(claim(&seen, "a").await, Claim::Done);
    // Nobody has to claim what he is done with.
    seen.done("c").await.unwrap();
    assert_eq!(claim(&seen, "c").await, Claim::Done);
    assert_eq!(claim(&seen, "b").await, Claim::InFlight);
}

#[tokio::test(start_paused = true)]
async fn a_claim_ends_with_its_lease() {
    let seen = MemorySeen::new().lease(Duration::from_secs(10));
    assert_eq!(claim(&seen, "a").await, Claim::New);
    advance(Duration::from_secs(9)).await;
    assert_eq!(claim(&seen, "a").await, Claim::InFlight);
    advance(Duration::from_millis(1001)).await;
    assert_eq!(claim(&seen, "a").await, Claim::New);
    // The lease is that of the second claim.
    advance(Duration::from_secs(9)).await;
    assert_eq!(claim(&seen, "a").await, Claim::InFlight);
}

#[tokio::test(start_paused = true)]
async fn what_is_done_is_forgotten_after_its_time() {
    let seen = MemorySeen::new();
    seen.done("a").await.unwrap();
    advance(KEEP.saturating_sub(Duration::from_secs(1))).await;
    assert_eq!(claim(&seen, "a").await, Claim::Done);
    advance(Duration::from_millis(1001)).await;
    assert_eq!(claim(&seen, "a").await, Claim::New);
}

#[tokio::test(start_paused = true)]
async fn the_memory_is_bounded() {
    let seen = MemorySeen::new().most(3);
    for key in ["a", "b", "c", "d"] {
        seen.done(key).await.unwrap();
    }
    assert_eq!(claim(&seen, "b").await, Claim::Done);
    assert_eq!(claim(&seen, "a").await, Claim::New);
    // A claim is never forgotten for another one.
    assert_eq!(claim(&seen, "e").await, Claim::New);
    assert_eq!(claim(&seen, "f").await, Claim::New);
    assert_eq!(claim(&seen, "g").await, Claim::InFlight);
    assert_eq!(claim(&seen, "a").await, Claim::InFlight);
    seen.release("f").await.unwrap();
    assert_eq!(claim(&seen, "g").await, Claim::New);
    advance(LEASE + Duration::from_millis(1)).await;
    assert_eq!(claim(&seen, "h").await, Claim::New);
    assert_eq!(format!("{seen:?}"), "MemorySeen { done: 3, in_flight: 1, .. }");

    let one = MemorySeen::new().most(0);
    assert_eq!(claim(&one, "a").await, Claim::New);
}

#[test]
fn the_work_grows_as_the_number_of_events_does() {
    let steps = |events: u64| {
        let mut tables = Tables {
            in_flight: Bounded::new(1000, LEASE),
            done: Bounded::new(10_000, Duration::from_secs(100)),
        };
        let start = Instant::now();
        for event in 0..events {
            // Leases end, and what is done is forgotten for its age and for its number.
            let now = start + Duration::from_millis(event * 3);
            assert_eq!(tables.claim([event, 0], now), Claim::New);
            tables.claim([event, 0], now);
            if event % 3 == 0 {
                tables.in_flight.remove(&[event, 0]);
            } else if event % 50 != 1 {
                tables.done([event, 0], now);
            }
        }
        tables.in_flight.steps + tables.done.steps
    };
    let (once, twice) = (steps(50_000), steps(100_000));
    assert!(twice <= once * 22 / 10, "{once} {twice}");
}

/// What the handler of the storm knows of one event.
#[derive(Default)]
struct Handled {
    times: AtomicU32,
    is_being_handled: AtomicBool,
}

/// Deliveries of 40,000 events: 100,000 in all, in an order by chance, 8 at a time. Each event comes again
/// until it is answered with 200, and then as often as the plan says.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_100_000_deliveries_each_event_is_handled_once() {
    const EVENTS: usize = 40_000;
    const DELIVERIES: usize = 100_000;
    let mut random = Random(20_261_129);
    let mut plan: Vec<usize> = (0..EVENTS).collect();
    plan.extend((EVENTS..DELIVERIES).map(|_| random.below(EVENTS)));
    for place in (1..plan.len()).rev() {
        plan.swap(place, random.below(place + 1));
    }
    // Some come twice in a row, and so at the same time.
    let plan: Vec<usize> = plan
        .chunks(2)
        .flat_map(|two| [two[0], if two[0] % 7 == 0 { two[0] } else { two[1] }])
        .collect();

    let seen = Arc::new(MemorySeen::new());
    let handled: Arc<Vec<Handled>> = Arc::new((0..EVENTS).map(|_| Handled::default()).collect());
    let mut deliverers = JoinSet::new();
    for first in 0..8 {
        let (seen, handled) = (Arc::clone(&seen), Arc::clone(&handled));
        let mine: Vec<usize> = plan.iter().copied().skip(first).step_by(8).collect();
        deliverers.spawn(async move {
            let mut failures = HashMap::new();
            for event in mine {
                while !deliver(&seen, &handled[event], event, &mut failures).await {
                    yield_now().await;
                }
            }
        });
    }
    while let Some(end) = deliverers.join_next().await {
        end.unwrap();
    }
    for event in plan {
        assert_eq!(handled[event].times.load(Ordering::Relaxed), 1, "event {event}");
    }
    assert_eq!(seen.tables().in_flight.len(), 0);
}

/// One delivery, and whether it was answered with 200. Handling fails once in a while.
async fn deliver(
    seen: &MemorySeen,
    handled: &Handled,
    event: usize,
    failures: &mut HashMap<usize, u32>,
) -> bool {
    let key = format!("700100/message/wamid.{event}");
    match claim(seen, &key).await {
        Claim::Done => return true,
        Claim::InFlight => return false,
        Claim::New => {}
    }
    assert!(
        !handled.is_being_handled.swap(true, Ordering::AcqRel),
        "{key} is handled twice at once"
    );
    yield_now().await;
    let failed = failures.entry(event).or_default();
    let fails = event.is_multiple_of(5) && *failed < 2;
    *failed += 1;
    if !fails {
        handled.times.fetch_add(1, Ordering::Relaxed);
    }
    handled.is_being_handled.store(false, Ordering::Release);
    if fails { seen.release(&key).await } else { seen.done(&key).await }.unwrap();
    !fails
}

/// Chance that is the same in each run.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % bound as u64).unwrap_or(0)
    }
}
