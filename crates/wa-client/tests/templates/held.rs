//! Messages that do not fit the definitions of the client are not sent, whichever way.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use futures_util::stream;
use wa_message::{Client, Error, Message, SendEnd, Sending, Templates, Watch, wa_message};
use wa_sandbox::Sandbox;

use crate::common::{client_of, text};

const READY: &str = r#"[
 {"name":"order_ready","language":"en_US","status":"APPROVED","components":[{"type":"BODY","text":"Order {{1}} is ready."}]},
 {"name":"paused","language":"en_US","status":"PAUSED","components":[{"type":"BODY","text":"Hello"}]}]"#;

fn ready(name: &str, language: &str, values: &[&str]) -> Message {
    wa_message! { <template> to: "+15550100", name, language, body: [..values] }.unwrap()
}

fn holding(sandbox: &Sandbox) -> Client {
    client_of(sandbox).with_templates(READY.parse().unwrap())
}

#[tokio::test]
async fn what_does_not_fit_is_not_sent() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = holding(&sandbox);
    for (message, number) in [
        (ready("order_redy", "en_US", &["17"]), 201),
        (ready("order_ready", "en", &["17"]), 202),
        (ready("order_ready", "en_US", &["17", "18"]), 206),
    ] {
        let error = client.send(&message).await.unwrap_err();
        assert!(
            error.is_safe_to_resend() && error.status().is_none() && error.api_error().is_none()
        );
        let Error::Invalid(invalid) = error else { panic!("{error}") };
        assert_eq!(invalid.violations()[0].number(), Some(number));
    }
    assert_eq!(sandbox.received().len(), 0);
    // What fits is sent, and so is what has no template; advice is in nobody's way.
    client.send(&ready("order_ready", "en_US", &["17"])).await.unwrap();
    client
        .send(&wa_message! { <template> to: "+15550100", name: "paused", language: "en_US" })
        .await
        .unwrap();
    client.send(&text()).await.unwrap();
    assert_eq!(sandbox.received().len(), 3);
    // A client that has no definitions sends all of it.
    client_of(&sandbox).send(&ready("order_redy", "en_US", &["17"])).await.unwrap();
}

#[tokio::test]
async fn of_many_messages_those_that_do_not_fit_are_not_sent() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = holding(&sandbox);
    let messages = || {
        let values: [&[&str]; 3] = [&["1"], &["1", "2"], &["3"]];
        values.map(|values| ready("order_ready", "en_US", values)).into_iter().enumerate()
    };
    for way in 0..2 {
        let mut refused = Vec::new();
        let summary = if way == 0 {
            let mut sending = client.send_each(messages());
            while let Some(outcome) = sending.next().await {
                refused.extend(outcome.result.err().map(|error| (outcome.key, error)));
            }
            sending.summary()
        } else {
            let mut sending = client.send_all(stream::iter(messages()));
            while let Some(outcome) = sending.next().await {
                refused.extend(outcome.result.err().map(|error| (outcome.key, error)));
            }
            sending.summary()
        };
        assert!(matches!(refused.as_slice(), [(1, Error::Invalid(_))]), "{refused:?}");
        assert_eq!((summary.sent(), summary.not_sent()), (2, 1));
    }
    assert_eq!(sandbox.received().len(), 4);
}

/// Counts what it is told of.
#[derive(Clone, Default)]
struct Count(Arc<AtomicUsize>);

impl Watch for Count {
    fn begins(&self, _: Sending<'_>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    fn ends(&self, _: Sending<'_>, _: SendEnd<'_>) {}
}

#[tokio::test]
async fn nobody_is_told_of_what_was_never_sent() {
    let sandbox = Sandbox::start().await.unwrap();
    let count = Count::default();
    let client = Client::builder(sandbox.token(), sandbox.phone_number_id())
        .base_url(sandbox.base_url())
        .watch(count.clone())
        .templates(Templates::from_json(READY).unwrap())
        .build()
        .unwrap();
    client.send(&ready("order_ready", "de", &["17"])).await.unwrap_err();
    assert_eq!(count.0.load(Ordering::Relaxed), 0);
    client.send(&ready("order_ready", "en_US", &["17"])).await.unwrap();
    assert_eq!(count.0.load(Ordering::Relaxed), 1);
    assert!(!format!("{client:?}").contains("order_ready"));
}
