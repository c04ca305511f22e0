//! Nobody handles an event beside somebody else, wherever a request is dropped.

use std::{
    collections::HashMap,
    future::poll_fn,
    pin::Pin,
    task::{Context, Poll},
};

use tokio::task::yield_now;

use super::{waiting::Waiting, *};

/// How many handlers are at work for each event, how many there have been, and whether there were two at once.
#[derive(Default)]
struct Work {
    now: HashMap<String, usize>,
    begun: usize,
    twice: Vec<String>,
}

/// A handler at work, until it is dropped.
struct AtWork(Arc<Mutex<Work>>, String);

impl AtWork {
    fn new(work: &Arc<Mutex<Work>>, key: String) -> Self {
        let mut all = work.lock().unwrap();
        all.begun += 1;
        let now = all.now.entry(key.clone()).or_default();
        *now += 1;
        if *now > 1 {
            all.twice.push(key.clone());
        }
        Self(Arc::clone(work), key)
    }
}

impl Drop for AtWork {
    fn drop(&mut self) {
        *self.0.lock().unwrap().now.get_mut(&self.1).unwrap() -= 1;
    }
}

/// The first handlers fail at once, the others take long.
async fn handle(
    work: Arc<Mutex<Work>>,
    keys: Vec<String>,
    fails: usize,
) -> Result<(), &'static str> {
    let at_work: Vec<_> = keys.into_iter().map(|key| AtWork::new(&work, key)).collect();
    if work.lock().unwrap().begun <= fails {
        return Err("as planned");
    }
    for _ in 0..40 {
        yield_now().await;
    }
    drop(at_work);
    Ok(())
}

type Answer<'s> = Pin<Box<dyn Future<Output = u16> + 's>>;

/// Polls a request so many times, unless it comes to its end before.
async fn polled(answer: &mut Answer<'_>, mut times: usize) -> bool {
    poll_fn(|context: &mut Context<'_>| {
        while times > 0 {
            times -= 1;
            if answer.as_mut().poll(context).is_ready() {
                return Poll::Ready(true);
            }
        }
        Poll::Ready(false)
    })
    .await
}

/// A request fails and is dropped somewhere on the way; a second one has begun with what the first has given back, and a
/// third one comes then.
#[tokio::test]
async fn never_two_handlers_are_at_work_for_an_event() {
    let both = texts(&["a", "b", "c"]);
    let mut overlaps = 0;
    for over in [false, true] {
        for (before, after) in [(0, 0), (0, 1), (1, 0), (1, 1), (0, 3), (3, 2)] {
            for (first, second) in
                (1..24).flat_map(|first| (0..12).map(move |second| (first, second)))
            {
                let work = Arc::<Mutex<Work>>::default();
                let of_handler = Arc::clone(&work);
                let fails = if over { 3 } else { 1 };
                let store = Waiting::new(before, after);
                let webhooks = builder().seen(store);
                let service = if over {
                    webhooks.hand_over(move |events| {
                        let keys = events.iter().map(|event| event.key().unwrap().to_string());
                        handle(Arc::clone(&of_handler), keys.collect(), fails)
                    })
                } else {
                    webhooks.on_event(move |event| {
                        let keys = vec![event.key().unwrap().to_string()];
                        handle(Arc::clone(&of_handler), keys, fails)
                    })
                };
                let service = service.report(|_| {}).build();
                let answer =
                    |body: &str| -> Answer<'_> { Box::pin(status(&service, signed(body))) };
                let mut one = answer(&both);
                if polled(&mut one, first).await {
                    break;
                }
                // It has begun with whatever is free now, and is at work.
                let mut two = answer(&texts(&["a"]));
                let is_over = polled(&mut two, second).await;
                drop(one);
                let mut three = answer(&both);
                polled(&mut three, 30).await;
                overlaps += usize::from(!is_over && work.lock().unwrap().begun > fails);
                let mut four = answer(&texts(&["c", "a", "b"]));
                polled(&mut four, 30).await;
                drop((two, three, four));
                let twice = &work.lock().unwrap().twice;
                assert!(twice.is_empty(), "{over} {before} {after} {first} {second}: {twice:?}");
            }
        }
    }
    assert!(overlaps > 500, "only {overlaps}");
}
