//! Events that are handled, fail, take too long, and come again.

use std::{convert::Infallible, future::pending, io, time::Duration};

use tokio::{sync::Notify, time::sleep};

use super::*;
use crate::{Claim, Outcomes, Seen, types::IncomingMessage};

/// A handler of messages that writes down their ids, and does as these say.
fn by_id(
    notes: &Notes,
) -> impl Fn(IncomingMessage<'static>, About) -> BoxFuture<'static, io::Result<()>> + use<> {
    let notes = notes.clone();
    move |message, _| {
        notes.note(&message.id);
        Box::pin(async move {
            match &*message.id {
                "fails" => Err(io::Error::other("the secret of the handler")),
                "panics" => panic!("as planned"),
                "hangs" => pending().await,
                "slow" => {
                    sleep(Duration::from_secs(3)).await;
                    Ok(())
                }
                _ => Ok(()),
            }
        })
    }
}

#[tokio::test]
async fn without_a_memory_each_delivery_is_handled() {
    let notes = Notes::default();
    let service = builder().on_message(by_id(&notes)).build();
    for _ in 0..2 {
        assert_eq!(status(&service, signed(texts(&["a", "b"]))).await, 200);
    }
    assert_eq!(notes.take(), ["a", "b", "a", "b"]);
}

#[tokio::test]
async fn what_fails_comes_again_without_what_was_done() {
    let notes = Notes::default();
    let (service, reports) = reporting(builder().on_message(by_id(&notes)).seen(MemorySeen::new()));
    let body = texts(&["a", "fails", "b", "panics", "a", "c"]);
    assert_eq!(status(&service, signed(body.clone())).await, 500);
    assert_eq!(notes.take(), ["a", "fails", "b", "panics", "c"]);
    let failures =
        ["the handler of an event `message` failed", "the handler of an event `message` panicked"];
    assert_eq!(reports.take(), failures);
    assert_eq!(status(&service, signed(body)).await, 500);
    assert_eq!(notes.take(), ["fails", "panics"]);
    // In another batch, too.
    assert_eq!(status(&service, signed(texts(&["c", "a", "d"]))).await, 200);
    assert_eq!(notes.take(), ["d"]);
}

/// Panics before it gives a future.
fn panics<T>(_: T) -> std::future::Ready<()> {
    panic!("as planned")
}

#[tokio::test]
async fn a_handler_may_panic_before_it_works() {
    for (webhooks, event) in [
        (builder().on_event(panics), "message"),
        (builder().on_other(panics).seen(MemorySeen::new()), "message"),
        (builder().on_message(|message, _| panics(message)), "message"),
        (builder().hand_over(panics), "all"),
    ] {
        let (service, reports) = reporting(webhooks);
        for _ in 0..2 {
            assert_eq!(status(&service, signed(texts(&["a"]))).await, 500);
            assert_eq!(reports.take(), [format!("the handler of an event `{event}` panicked")]);
        }
    }
    let service = builder().on_unreadable(panics).build();
    assert_eq!(status(&service, signed("[]")).await, 500);
}

#[tokio::test]
async fn a_report_has_its_error_as_a_source() {
    let errors = Notes::default();
    let of_service = errors.clone();
    let service = builder()
        .on_message(by_id(&Notes::default()))
        .report(move |report| of_service.note(std::error::Error::source(report).unwrap()))
        .build();
    assert_eq!(status(&service, signed(texts(&["fails"]))).await, 500);
    assert_eq!(errors.take(), ["the secret of the handler"]);
}

#[tokio::test(start_paused = true)]
async fn what_takes_too_long_is_cut_and_comes_again_with_what_is_left() {
    let notes = Notes::default();
    let (service, reports) = reporting(builder().on_message(by_id(&notes)).seen(MemorySeen::new()));
    assert_eq!(status(&service, signed(texts(&["a", "hangs", "b"]))).await, 500);
    assert_eq!(notes.take(), ["a", "hangs"]);
    assert_eq!(reports.take(), ["the time was over before all events were handled"]);
    assert_eq!(status(&service, signed(texts(&["a", "b"]))).await, 200);
    assert_eq!(notes.take(), ["b"]);

    // The limit is one of the whole request.
    assert_eq!(status(&service, signed(texts(&["slow", "slow2", "c"]))).await, 200);
    let service = builder().on_message(by_id(&notes)).build();
    notes.take();
    assert_eq!(status(&service, signed(texts(&["slow", "slow", "c"]))).await, 500);
    assert_eq!(notes.take(), ["slow", "slow"]);

    let unlimited = builder().on_message(by_id(&notes)).within(None).build();
    assert_eq!(status(&unlimited, signed(texts(&["slow", "slow", "c"]))).await, 200);
}

#[tokio::test]
async fn what_is_being_handled_is_not_handled_beside_it() {
    let (notes, begun, end) = (Notes::default(), Arc::new(Notify::new()), Arc::new(Notify::new()));
    let of_handler = (notes.clone(), Arc::clone(&begun), Arc::clone(&end));
    let service = builder()
        .seen(MemorySeen::new())
        .on_message(move |message, _| {
            let (notes, begun, end) = of_handler.clone();
            notes.note(&message.id);
            async move {
                if message.id == "slow" {
                    begun.notify_one();
                    end.notified().await;
                }
            }
        })
        .build();
    let first = status(&service, signed(texts(&["slow", "a"])));
    let second = async {
        begun.notified().await;
        let second = status(&service, signed(texts(&["slow", "b"]))).await;
        end.notify_one();
        second
    };
    assert_eq!(tokio::join!(first, second), (200, 503));
    assert_eq!(notes.take(), ["slow", "b", "a"]);
    assert_eq!(status(&service, signed(texts(&["slow", "b"]))).await, 200);
    assert_eq!(notes.take(), [""; 0]);
}

#[tokio::test]
async fn events_without_a_key_are_handled_each_time() {
    let notes = Notes::default();
    let of_handler = notes.clone();
    let service = builder()
        .seen(MemorySeen::new())
        .on_error(move |error, about| {
            of_handler.note(format!(
                "{} {:?} {:?}",
                error.code,
                about.key,
                about.phone_number_id()
            ));
            async {}
        })
        .build();
    for _ in 0..2 {
        let body = items(NUMBER, "errors", &json!([{ "code": 130_429 }]));
        assert_eq!(status(&service, signed(body)).await, 200);
    }
    assert_eq!(notes.take(), ["130429 None Some(\"700100\")"; 2]);
}

/// A store that does not work.
struct Broken {
    claims: bool,
}

impl Seen for Broken {
    type Error = io::Error;

    async fn claim(&self, _: &str) -> io::Result<Claim> {
        if self.claims { Ok(Claim::New) } else { Err(io::Error::other("the secret of the store")) }
    }

    async fn done(&self, _: &str) -> io::Result<()> {
        Err(io::Error::other("the secret of the store"))
    }

    async fn release(&self, key: &str) -> io::Result<()> {
        self.done(key).await
    }
}

#[tokio::test]
async fn a_store_that_fails_lets_nothing_be_lost() {
    let notes = Notes::default();
    let failure = "the store of what was handled failed";
    let (service, reports) =
        reporting(builder().on_message(by_id(&notes)).seen(Broken { claims: false }));
    assert_eq!(status(&service, signed(texts(&["a"]))).await, 500);
    assert_eq!((notes.take(), reports.take()), (vec![], vec![failure.to_owned()]));

    let (service, reports) =
        reporting(builder().on_message(by_id(&notes)).seen(Broken { claims: true }));
    assert_eq!(status(&service, signed(texts(&["a"]))).await, 200);
    assert_eq!((notes.take(), reports.take()), (vec!["a".to_owned()], vec![failure.to_owned()]));
}

#[tokio::test]
async fn statuses_reach_who_follows_messages() {
    let told = Notes::default();
    let of_outcomes = told.clone();
    let outcomes = Arc::new(Outcomes::new(move |outcome| of_outcomes.note(outcome)));
    outcomes.in_doubt("order-17");
    let service = builder().outcomes(Arc::clone(&outcomes)).build();
    let body = items(
        NUMBER,
        "statuses",
        &json!([
            { "id": "wamid.A", "status": "delivered", "biz_opaque_callback_data": "order-17" },
            { "id": "wamid.A", "status": "sent", "biz_opaque_callback_data": "order-17" },
        ]),
    );
    for _ in 0..2 {
        assert_eq!(status(&service, signed(body.clone())).await, 200);
    }
    assert_eq!(told.take(), ["wamid.A: doubt resolved: accepted", "wamid.A: delivered"]);
    assert_eq!(outcomes.doubts(), [""; 0]);
}

#[test]
fn handlers_give_nothing_or_a_result() {
    let text: Result<(), &str> = Err("no");
    assert_eq!(text.handled().unwrap_err().to_string(), "no");
    assert!(().handled().is_ok());
    assert!(Ok::<_, Infallible>(()).handled().is_ok());
    let boxed: Result<(), Box<dyn Error + Send + Sync>> = Err("no".into());
    assert!(boxed.handled().is_err());
}
