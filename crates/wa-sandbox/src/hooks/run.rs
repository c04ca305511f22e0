//! The task that posts.

use std::{sync::Arc, time::Duration};

use tokio::{
    task::JoinSet,
    time::{self, Instant},
};

use super::{
    Hooks,
    deliveries::{Attempt, Delivery, DeliveryState},
    fault::{REPEATS_AT_MOST, WebhookFault},
    post::Signed,
    queue::{Parcel, Step},
    update::{Update, body},
};

/// How long what is being posted may take when the sandbox stops.
pub(crate) const GRACE: Duration = Duration::from_secs(5);
/// The longest pause between two attempts.
const PAUSE_AT_MOST: Duration = Duration::from_secs(10);

/// Posts until it is told to stop. Then it waits for what is being posted, for 5 seconds at most.
pub(crate) async fn run(hooks: Arc<Hooks>) {
    // When this is dropped, what is being posted is cut off.
    let mut posts = JoinSet::new();
    loop {
        while posts.try_join_next().is_some() {}
        let step = hooks.queue().step(Instant::now(), hooks.rhythm);
        match step {
            Step::Post(parcel) => {
                let hooks = Arc::clone(&hooks);
                posts.spawn(async move { post(&hooks, *parcel).await });
            }
            Step::Make(updates) => make(&hooks, updates),
            Step::Wait(until) => {
                let news = hooks.wake.notified();
                match until {
                    // That the time is over is news too.
                    Some(until) => _ = time::timeout_at(until, news).await,
                    None => news.await,
                }
            }
            Step::Stop => break,
        }
    }
    let _ = time::timeout(GRACE, async { while posts.join_next().await.is_some() {} }).await;
    hooks.settled.notify_waiters();
}

/// Makes a delivery of updates, and decides what goes wrong with it.
fn make(hooks: &Hooks, updates: Vec<Update>) {
    let count = updates.len();
    let messages = updates.iter().filter_map(Update::message).collect();
    #[cfg(feature = "page")]
    note_statuses(hooks, &updates);
    let (body, told) = body(&hooks.business(), updates);
    let signature = hooks.verifier.sign(body.as_bytes());
    let signed = Signed { body: body.into(), signature };
    let now = Instant::now();
    let mut queue = hooks.queue();
    let fault = queue.plan.draw();
    let number = queue.book.next();
    let state = match fault {
        Some(WebhookFault::Drop) => DeliveryState::Dropped,
        _ => DeliveryState::Waiting,
    };
    queue.book.add(Delivery {
        number,
        updates: count,
        messages,
        body: signed.body.clone(),
        attempts: Vec::new(),
        state,
        fault: fault.clone(),
    });
    let is_posted = state == DeliveryState::Waiting;
    queue.made(if is_posted { signed.body.len() } else { 0 });
    if is_posted {
        let repeats = match fault {
            Some(WebhookFault::Repeat(times)) => times.min(REPEATS_AT_MOST),
            _ => 0,
        };
        let age = queue.age;
        let parcel =
            Parcel { number, signed, fault: fault.clone(), repeats, attempts: 0, told, age };
        match fault {
            Some(WebhookFault::Behind(others)) => queue.hold_back(others, now, parcel),
            Some(WebhookFault::Delay(time)) => queue.post_at(later(now, time), parcel),
            _ => queue.post_at(now, parcel),
        }
    }
    #[cfg(feature = "page")]
    hooks.note(&queue, number);
    let is_settled = queue.is_settled();
    drop(queue);
    if is_settled {
        hooks.settled.notify_waiters();
    }
}

/// Notes what became of messages. What customers do is noted as soon as it is told.
#[cfg(feature = "page")]
fn note_statuses(hooks: &Hooks, updates: &[Update]) {
    for update in updates {
        if let Update::Status { accepted, status, .. } = update {
            let id = accepted.shared_id();
            hooks.journal.add(crate::page::Happened::Told { id, status: *status });
        }
    }
}

/// Longer than anybody waits.
pub(super) const AGES: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// A time that a clock can reach.
pub(super) fn later(now: Instant, time: Duration) -> Instant {
    now + time.min(AGES)
}

async fn post(hooks: &Hooks, mut parcel: Parcel) {
    let start = Instant::now();
    let mut is_taken = false;
    // What goes wrong on command goes wrong once.
    let end = match parcel.fault.take() {
        Some(WebhookFault::Cut) => {
            hooks.poster.cut(&parcel.signed, hooks.answer_within).await;
            Err("cut on command")
        }
        fault => {
            let end = hooks.poster.post(&parcel.signed, hooks.answer_within).await;
            if fault == Some(WebhookFault::LoseAnswer) {
                Err("the answer was lost on command")
            } else {
                is_taken = end == Ok(200);
                end
            }
        }
    };
    for told in parcel.told.drain(..) {
        // Who asked may have gone.
        let _ = told.send(());
    }
    let (number, attempt) = (parcel.number, Attempt { end, took: start.elapsed() });
    let next = finish(hooks, parcel, attempt, is_taken);
    let end = end.map_or_else(str::to_owned, |status| status.to_string());
    (hooks.log)(&format!("webhook {number}: {end}{next}"));
}

/// Decides whether a delivery is over. Returns what is to be said of that.
fn finish(hooks: &Hooks, mut parcel: Parcel, attempt: Attempt, is_taken: bool) -> String {
    let mut next = String::new();
    let now = Instant::now();
    #[cfg(feature = "page")]
    let number = parcel.number;
    let mut queue = hooks.queue();
    queue.posted(parcel.number);
    queue.book.tried(parcel.number, attempt);
    if parcel.age != queue.age {
        // It was forgotten meanwhile.
        queue.over(parcel.signed.body.len());
    } else if is_taken && parcel.repeats > 0 {
        (parcel.repeats, parcel.attempts) = (parcel.repeats - 1, 0);
        queue.post_at(now, parcel);
    } else if is_taken {
        queue.book.set(parcel.number, DeliveryState::Taken);
        queue.over(parcel.signed.body.len());
    } else {
        parcel.attempts += 1;
        if parcel.attempts < hooks.attempts {
            let doublings = (parcel.attempts - 1).min(16);
            let pause =
                hooks.pause.saturating_mul(1 << doublings).min(PAUSE_AT_MOST.max(hooks.pause));
            next = format!("; again in {pause:?}");
            queue.post_at(later(now, pause), parcel);
        } else {
            next.push_str("; given up");
            queue.book.set(parcel.number, DeliveryState::GivenUp);
            queue.over(parcel.signed.body.len());
        }
    }
    #[cfg(feature = "page")]
    hooks.note(&queue, number);
    let is_settled = queue.is_settled();
    drop(queue);
    hooks.wake.notify_one();
    if is_settled {
        hooks.settled.notify_waiters();
    }
    next
}
