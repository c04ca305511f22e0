//! A storm of requests.

use std::sync::atomic::{AtomicU32, Ordering};

use tokio::task::{JoinSet, yield_now};

use super::*;
use crate::types::IncomingMessage;

const EVENTS: usize = 20_000;
const DELIVERIES: usize = 100_000;
const SENDERS: usize = 8;

/// How often each event was handled, and how often it failed before.
struct Handled(Vec<(AtomicU32, AtomicU32)>);

impl Handled {
    async fn handle(&self, message: &IncomingMessage<'_>) -> Result<(), &'static str> {
        let event: usize = message.id.parse().unwrap();
        let (handled, failed) = &self.0[event];
        yield_now().await;
        if event.is_multiple_of(11) && failed.fetch_add(1, Ordering::Relaxed) < 2 {
            return Err("not yet");
        }
        handled.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }
}

/// Requests with 100,000 events of which 20,000 differ, in batches and orders by chance, from 8 senders at a time. Each
/// request comes again until it is answered with 200.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_100_000_deliveries_in_batches_each_event_is_handled_once() {
    let handled: Handled = Handled((0..EVENTS).map(|_| Default::default()).collect());
    let handled = Arc::new(handled);
    let of_handler = Arc::clone(&handled);
    let service = builder()
        .seen(MemorySeen::new())
        .on_message(move |message, _| {
            let handled = Arc::clone(&of_handler);
            async move { handled.handle(&message).await }
        })
        .within(None)
        .build();

    let mut chance = 20_261_129_u64;
    let mut below = move |bound: usize| {
        chance ^= chance << 13;
        chance ^= chance >> 7;
        chance ^= chance << 17;
        usize::try_from(chance % bound as u64).unwrap()
    };
    let mut plan: Vec<usize> =
        (0..EVENTS).chain((EVENTS..DELIVERIES).map(|_| below(EVENTS))).collect();
    for place in (1..plan.len()).rev() {
        plan.swap(place, below(place + 1));
    }
    let mut bodies = vec![Vec::new(); SENDERS];
    let mut rest = &plan[..];
    while !rest.is_empty() {
        let (batch, after) = rest.split_at(rest.len().min(1 + below(60)));
        rest = after;
        let ids: Vec<_> = batch.iter().map(ToString::to_string).collect();
        let body = texts(&ids.iter().map(String::as_str).collect::<Vec<_>>());
        // One in four goes out twice at once.
        let sender = below(SENDERS);
        if below(4) == 0 {
            bodies[(sender + 1) % SENDERS].push(body.clone());
        }
        bodies[sender].push(body);
    }

    let mut senders = JoinSet::new();
    for bodies in bodies {
        let service = service.clone();
        senders.spawn(async move {
            let mut again = 0_usize;
            for body in bodies {
                let signature = verifier().sign(body.as_bytes());
                let headers = [(SIGNATURE_HEADER, &*signature)];
                let post = || request(Method::POST, "/", &headers, body.clone());
                while status(&service, post()).await != 200 {
                    again += 1;
                    yield_now().await;
                }
            }
            again
        });
    }
    let mut again = 0;
    while let Some(sender) = senders.join_next().await {
        again += sender.unwrap();
    }
    assert!(again > 1000, "only {again} requests came again");
    for (event, (times, _)) in handled.0.iter().enumerate() {
        assert_eq!(times.load(Ordering::Relaxed), 1, "event {event}");
    }
}
