//! Stores that are slow, and requests with many events: each delivery has to get further than the one before.

use std::{
    collections::HashMap,
    convert::Infallible,
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use tokio::time::{Instant, sleep};

use super::*;
use crate::{Claim, Seen};

/// A store that takes its time before or after each step, and counts how many it is asked at once.
#[derive(Clone)]
struct Slow {
    memory: Arc<MemorySeen>,
    before: Duration,
    after: Duration,
    now: Arc<AtomicUsize>,
    most: Arc<AtomicUsize>,
}

impl Slow {
    fn new(before: u64, after: u64) -> Self {
        Self {
            memory: Arc::new(MemorySeen::new()),
            before: Duration::from_millis(before),
            after: Duration::from_millis(after),
            now: Arc::default(),
            most: Arc::default(),
        }
    }

    async fn slowly<T>(&self, step: impl Future<Output = T>) -> T {
        let now = 1 + self.now.fetch_add(1, Ordering::SeqCst);
        self.most.fetch_max(now, Ordering::SeqCst);
        sleep(self.before).await;
        let done = step.await;
        sleep(self.after).await;
        self.now.fetch_sub(1, Ordering::SeqCst);
        done
    }
}

impl Seen for Slow {
    type Error = Infallible;

    async fn claim(&self, key: &str) -> Result<Claim, Infallible> {
        self.slowly(self.memory.claim(key)).await
    }

    async fn done(&self, key: &str) -> Result<(), Infallible> {
        self.slowly(self.memory.done(key)).await
    }

    async fn release(&self, key: &str) -> Result<(), Infallible> {
        self.slowly(self.memory.release(key)).await
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Way {
    Handlers,
    Stream,
    Over,
}

/// How often each event was handled.
type Times = Arc<Mutex<HashMap<String, usize>>>;

fn note(times: &Times, event: &crate::Event<'_>) {
    let key = event.key().unwrap().to_string();
    *times.lock().unwrap().entry(key).or_default() += 1;
}

/// A service that handles in one of the ways, each event for so long.
fn way(way: Way, store: Slow, each: Duration) -> (WebhookService, Times) {
    let times = Times::default();
    let of_handler = Arc::clone(&times);
    let webhooks = match way {
        Way::Over => builder().hand_over(move |events| {
            let times = Arc::clone(&of_handler);
            async move {
                sleep(each).await;
                for event in &events {
                    note(&times, event);
                }
            }
        }),
        Way::Handlers => builder().on_event(move |event| {
            let times = Arc::clone(&of_handler);
            async move {
                sleep(each).await;
                note(&times, &event);
            }
        }),
        Way::Stream => {
            let (webhooks, mut deliveries) = builder().stream(8);
            tokio::spawn(async move {
                while let Some(delivery) = deliveries.next().await {
                    sleep(each).await;
                    note(&of_handler, delivery.event());
                    delivery.done();
                }
            });
            webhooks
        }
    };
    (webhooks.seen(store).build(), times)
}

/// Sends the same request until it is taken, and returns how often that was.
async fn deliveries(service: &WebhookService, body: &str) -> usize {
    for delivery in 1..100 {
        let begun = Instant::now();
        let status = status(service, signed(body)).await;
        // The time to handle, and the time to tell the store.
        assert!(begun.elapsed() <= Duration::from_secs(10), "{:?}", begun.elapsed());
        if status == 200 {
            return delivery;
        }
    }
    panic!("it never ends");
}

#[tokio::test(start_paused = true)]
async fn many_events_get_through_a_slow_store() {
    let ids: Vec<_> = (0..1_000).map(|id| id.to_string()).collect();
    let body = texts(&ids.iter().map(String::as_str).collect::<Vec<_>>());
    for (before, after, most) in
        [(6, 0, 1), (0, 6, 1), (50, 0, 1), (0, 50, 1), (400, 0, 12), (0, 2_000, 40)]
    {
        for how in [Way::Handlers, Way::Stream, Way::Over] {
            let store = Slow::new(before, after);
            let (service, times) = way(how, store.clone(), Duration::ZERO);
            let told = || format!("{how:?} {before} {after}");
            let took = deliveries(&service, &body).await;
            assert!(took <= most, "{}: {took}", told());
            let times = times.lock().unwrap();
            assert_eq!(times.len(), 1_000, "{}", told());
            assert!(times.values().all(|times| *times == 1), "{}", told());
            assert!(store.most.load(Ordering::SeqCst) <= 32, "{}", told());
            assert_eq!(
                format!("{:?}", store.memory),
                "MemorySeen { done: 1000, in_flight: 0, .. }"
            );
        }
    }
}

/// Nothing stays claimed, and no delivery is in vain.
#[tokio::test(start_paused = true)]
async fn slow_handlers_get_on_by_each_delivery() {
    let ids: Vec<_> = (0..100).map(|id| id.to_string()).collect();
    let body = texts(&ids.iter().map(String::as_str).collect::<Vec<_>>());
    let store = Slow::new(6, 6);
    let (service, times) = way(Way::Handlers, store.clone(), Duration::from_millis(700));
    let took = deliveries(&service, &body).await;
    assert!((10..=20).contains(&took), "{took}");
    assert_eq!(times.lock().unwrap().len(), 100);
    assert!(times.lock().unwrap().values().all(|times| *times == 1));
    assert_eq!(format!("{:?}", store.memory), "MemorySeen { done: 100, in_flight: 0, .. }");
}

/// An event that stands twice in a request, or many times, is one.
#[tokio::test(start_paused = true)]
async fn what_stands_twice_is_asked_for_once() {
    let body = texts(&["a"; 1_000]);
    for how in [Way::Handlers, Way::Stream, Way::Over] {
        let (service, times) = way(how, Slow::new(50, 50), Duration::ZERO);
        assert_eq!(deliveries(&service, &body).await, 1, "{how:?}");
        assert_eq!(times.lock().unwrap().values().collect::<Vec<_>>(), [&1], "{how:?}");
    }
}

/// The order is that of the request, however long each claim takes.
#[tokio::test(start_paused = true)]
async fn events_are_handled_in_their_order() {
    /// Takes longer for some than for others.
    struct Uneven(MemorySeen);

    impl Seen for Uneven {
        type Error = Infallible;

        async fn claim(&self, key: &str) -> Result<Claim, Infallible> {
            sleep(Duration::from_millis(
                key.len() as u64 * 7 % 5 * u64::from(key.as_bytes()[key.len() - 1]),
            ))
            .await;
            self.0.claim(key).await
        }

        async fn done(&self, key: &str) -> Result<(), Infallible> {
            self.0.done(key).await
        }

        async fn release(&self, key: &str) -> Result<(), Infallible> {
            self.0.release(key).await
        }
    }

    let ids: Vec<_> = (0..100).map(|id| id.to_string()).collect();
    let ids: Vec<_> = ids.iter().map(String::as_str).collect();
    let notes = Notes::default();
    let of_handler = notes.clone();
    let service = builder()
        .seen(Uneven(MemorySeen::new()))
        .on_message(move |message, _| {
            of_handler.note(&message.id);
            async {}
        })
        .build();
    assert_eq!(status(&service, signed(texts(&ids))).await, 200);
    assert_eq!(notes.take(), ids);
}
