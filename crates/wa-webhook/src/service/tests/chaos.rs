//! Everything at once, by chance: a store that is slow and fails, handlers that fail, panic and take long, callers who hang up,
//! and the same events over many connections.

use std::{collections::HashMap, convert::Infallible, io, time::Duration};

use fastrand::Rng;
use tokio::{task::JoinSet, time::sleep};

use super::*;
use crate::{Claim, Seen};

/// A store that takes some time, and fails now and then, before what it is asked for or after it.
struct Unsure {
    memory: MemorySeen,
    rng: Mutex<Rng>,
}

impl Unsure {
    fn chance(&self, below: u64) -> u64 {
        self.rng.lock().unwrap().u64(0..below)
    }

    async fn unsure<T>(
        &self,
        step: impl Future<Output = Result<T, Infallible>>,
    ) -> Result<T, io::Error> {
        let failed = || io::Error::other("as planned");
        sleep(Duration::from_millis(self.chance(20))).await;
        if self.chance(25) == 0 {
            return Err(failed());
        }
        assert_ne!(self.chance(60), 0, "as planned");
        let Ok(done) = step.await;
        sleep(Duration::from_millis(self.chance(20))).await;
        if self.chance(25) == 0 { Err(failed()) } else { Ok(done) }
    }
}

impl Seen for Unsure {
    type Error = io::Error;

    async fn claim(&self, key: &str) -> Result<Claim, io::Error> {
        self.unsure(self.memory.claim(key)).await
    }

    async fn done(&self, key: &str) -> Result<(), io::Error> {
        self.unsure(self.memory.done(key)).await
    }

    async fn release(&self, key: &str) -> Result<(), io::Error> {
        self.unsure(self.memory.release(key)).await
    }
}

/// What handlers do with each event.
#[derive(Default)]
struct Work {
    /// How many are at work.
    now: Mutex<HashMap<String, usize>>,
    /// How often it was handled.
    handled: Mutex<HashMap<String, usize>>,
    /// Those that two handlers were at work with at once.
    twice: Mutex<Vec<String>>,
}

struct AtWork(Arc<Work>, String);

impl AtWork {
    fn new(work: &Arc<Work>, key: String) -> Self {
        let mut all = work.now.lock().unwrap();
        let now = all.entry(key.clone()).or_default();
        *now += 1;
        if *now > 1 {
            work.twice.lock().unwrap().push(key.clone());
        }
        drop(all);
        Self(Arc::clone(work), key)
    }

    fn done(&self) {
        *self.0.handled.lock().unwrap().entry(self.1.clone()).or_default() += 1;
    }
}

impl Drop for AtWork {
    fn drop(&mut self) {
        *self.0.now.lock().unwrap().get_mut(&self.1).unwrap() -= 1;
    }
}

/// Handles events, unless it is 0 to 2 that chance has it.
async fn handle(
    work: Arc<Work>,
    keys: Vec<String>,
    chance: u64,
    wait: u64,
) -> Result<(), &'static str> {
    let at_work: Vec<_> = keys.into_iter().map(|key| AtWork::new(&work, key)).collect();
    sleep(Duration::from_millis(wait)).await;
    match chance {
        0 => return Err("as planned"),
        1 => panic!("as planned"),
        2 => sleep(Duration::from_secs(30)).await,
        _ => {}
    }
    at_work.iter().for_each(AtWork::done);
    Ok(())
}

const EVENTS: usize = 40;

/// Sends all events in some order and batches, again and again until each is taken, and hangs up on one request in three.
async fn send(service: WebhookService, mut rng: Rng) {
    let mut ids: Vec<_> = (0..EVENTS).map(|id| id.to_string()).collect();
    rng.shuffle(&mut ids);
    for some in ids.chunks(rng.usize(1..EVENTS)) {
        let body = texts(&some.iter().map(String::as_str).collect::<Vec<_>>());
        loop {
            let polls = if rng.u8(0..3) == 0 { rng.usize(1..60) } else { usize::MAX };
            if status_within(polls, &service, signed(body.clone())).await == Some(200) {
                break;
            }
            sleep(Duration::from_secs(rng.u64(1..20))).await;
        }
    }
}

/// Each event is handled, and by nobody beside somebody else.
#[tokio::test(start_paused = true)]
async fn each_event_is_handled_whatever_happens() {
    for (seed, over) in (1..7).flat_map(|seed| [(seed, false), (seed, true)]) {
        let work = Arc::<Work>::default();
        let of_handler = Arc::clone(&work);
        let rng = Mutex::new(Rng::with_seed(seed));
        let store = Unsure { memory: MemorySeen::new(), rng: Mutex::new(Rng::with_seed(seed)) };
        let handle = move |events: Vec<crate::Event<'_>>| {
            let keys = events.iter().map(|event| event.key().unwrap().to_string()).collect();
            let mut rng = rng.lock().unwrap();
            let chance = rng.u64(0..if over { 12 } else { 200 });
            handle(Arc::clone(&of_handler), keys, chance, rng.u64(0..40))
        };
        let webhooks = builder().seen(store).report(|_| {});
        let webhooks = if over {
            webhooks.hand_over(handle)
        } else {
            webhooks.on_event(move |event| handle(vec![event]))
        };
        let service = webhooks.build();
        let mut senders = JoinSet::new();
        for sender in 0..4 {
            senders.spawn(send(service.clone(), Rng::with_seed(sender)));
        }
        while let Some(sender) = senders.join_next().await {
            sender.unwrap();
        }
        assert_eq!(work.handled.lock().unwrap().len(), EVENTS, "{over}");
        assert_eq!(*work.twice.lock().unwrap(), [""; 0], "{over}");
        assert!(work.now.lock().unwrap().values().all(|now| *now == 0), "{over}");
    }
}
