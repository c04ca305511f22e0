//! The longest times and the highest rates that can be said.
#![allow(clippy::unwrap_used)]

mod common;

use std::{
    panic,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use common::text;
use tokio::time::{sleep, timeout};
use wa_message::{Client, client::RecipientRate};
use wa_sandbox::Sandbox;

#[tokio::test]
async fn the_longest_times_are_times() {
    // The pool of connections has a task of its own, and nobody would hear of its panic.
    let has_panicked = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&has_panicked);
    panic::set_hook(Box::new(move |_| seen.store(true, Ordering::SeqCst)));

    let sandbox = Sandbox::start().await.unwrap();
    let client = Client::builder(sandbox.token(), sandbox.phone_number_id())
        .base_url(sandbox.base_url())
        .timeout(Duration::MAX)
        .connect_timeout(Duration::MAX)
        .pool_idle_timeout(Duration::MAX)
        .deadline(Duration::MAX)
        .rate(u32::MAX)
        .recipient_rate(RecipientRate::new(1, Duration::MAX))
        .build()
        .unwrap();
    client.send(&text()).await.unwrap();
    sleep(Duration::from_millis(100)).await;
    // The recipient has had what there is, for ages.
    assert!(timeout(Duration::from_millis(100), client.send(&text())).await.is_err());
    client.mark_read(&common::receipt()).await.unwrap();
    assert_eq!(sandbox.received().len(), 2);
    assert!(!has_panicked.load(Ordering::SeqCst));
}
