//! The ways that events can take: to handlers by kind and by number, to a stream, and handed over at once.

use std::io;

use super::*;
use crate::Event;

/// A webhook with an event of several kinds.
fn mixed() -> String {
    json!({ "object": "whatsapp_business_account", "entry": [
        { "id": "900100", "time": 1_790_000_000, "changes": [
            { "field": "account_review_update", "value": { "decision": "APPROVED" } },
            { "field": "tomorrow", "value": {} },
            { "field": "messages", "value": {
                "metadata": { "phone_number_id": NUMBER },
                "contacts": [{ "profile": { "name": "Alex" }, "wa_id": "15550101" }],
                "messages": [text("wamid.in"), { "id": [] }],
                "statuses": [{ "id": "wamid.out", "status": "sent" }],
            } },
        ] },
    ] })
    .to_string()
}

/// A handler of any event, which writes its name down.
fn name(
    notes: &Notes,
    way: &'static str,
) -> impl Fn(Event<'static>) -> std::future::Ready<()> + use<> {
    let notes = notes.clone();
    move |event| {
        notes.note(format!("{way}: {}", event.what.name()));
        std::future::ready(())
    }
}

#[tokio::test]
async fn each_kind_goes_to_its_handler_and_the_rest_to_another() {
    let notes = Notes::default();
    let [of_message, of_status, of_change] = [(); 3].map(|()| notes.clone());
    let service = builder()
        .seen(MemorySeen::new())
        .on_message(move |message, about| {
            let name = about.contact.and_then(|contact| contact.profile?.name);
            of_message.note(format!("{} by {} to {}", message.id, name.unwrap(), about.account));
            async {}
        })
        .on_status(move |status, about| {
            of_status.note(format!("{} {}", status.status.as_str(), about.key.unwrap()));
            async {}
        })
        .on_change(move |change, about| {
            of_change.note(format!("{} at {}", change.name(), about.time.unwrap()));
            async {}
        })
        .on_other(name(&notes, "other"))
        .build();
    assert_eq!(status(&service, signed(mixed())).await, 200);
    assert_eq!(
        notes.take(),
        [
            "account_review_update at 1790000000",
            "other: unknown",
            "wamid.in by Alex to 900100",
            "other: invalid",
            "sent 700100/status/wamid.out/sent",
        ]
    );
}

#[tokio::test]
async fn one_handler_may_take_all() {
    let notes = Notes::default();
    let service = builder().on_other(name(&notes, "other")).on_event(name(&notes, "event")).build();
    assert_eq!(status(&service, signed(mixed())).await, 200);
    let all =
        ["change", "unknown", "message", "invalid", "status"].map(|name| format!("event: {name}"));
    assert_eq!(notes.take(), all);

    let nobody = builder().build();
    assert_eq!(status(&nobody, signed(mixed())).await, 200);
}

#[tokio::test]
async fn numbers_have_their_own_handlers() {
    let notes = Notes::default();
    let service = builder()
        .number("700101", Handlers::new().on_event(name(&notes, "one")))
        .number("700102", Handlers::new())
        .on_event(name(&notes, "all"))
        .build();
    for number in ["700101", "700102", "700103"] {
        let body = items(number, "messages", &json!([text("wamid.in")]));
        assert_eq!(status(&service, signed(body)).await, 200);
    }
    let body = change("account_review_update", &json!({ "decision": "APPROVED" }));
    assert_eq!(status(&service, signed(body)).await, 200);
    assert_eq!(notes.take(), ["one: message", "all: message", "all: change"]);
}

#[tokio::test]
async fn events_are_handed_over_all_at_once() {
    let notes = Notes::default();
    let of_handler = notes.clone();
    let service = builder()
        .on_event(name(&notes, "event"))
        .hand_over(move |events| {
            let ids: Vec<_> =
                events.iter().filter_map(Event::key).map(|key| key.to_string()).collect();
            of_handler.note(ids.join(" "));
            std::future::ready(if ids.len() > 2 { Err("the table is full") } else { Ok(()) })
        })
        .seen(MemorySeen::new())
        .build();
    let key = |ids: &[&str]| {
        let keys: Vec<_> = ids.iter().map(|id| format!("700100/message/{id}")).collect();
        keys.join(" ")
    };
    for (ids, expected) in [
        (&["a", "b", "c"][..], 500),
        (&["a", "b", "a"], 200),
        (&["a", "c", "b"], 200),
        (&["b", "a"], 200),
        (&["d"], 200),
    ] {
        assert_eq!(status(&service, signed(texts(ids))).await, expected, "{ids:?}");
    }
    assert_eq!(notes.take(), [key(&["a", "b", "c"]), key(&["a", "b"]), key(&["c"]), key(&["d"])]);
    // What was handed over can be read again.
    let kept = Notes::default();
    let of_handler = kept.clone();
    let service = builder()
        .hand_over(move |events| {
            let events = events.iter().map(Event::to_json);
            events.for_each(|event| of_handler.note(event));
            async { Ok::<_, io::Error>(()) }
        })
        .build();
    assert_eq!(status(&service, signed(mixed())).await, 200);
    let kept = kept.take();
    let notes = Notes::default();
    let again = builder().on_event(name(&notes, "again")).build();
    for event in kept {
        assert_eq!(status(&again, signed(event)).await, 200);
    }
    let all =
        ["change", "unknown", "message", "invalid", "status"].map(|name| format!("again: {name}"));
    assert_eq!(notes.take(), all);
}

#[tokio::test]
async fn a_stream_has_all_events_and_is_waited_for() {
    let (webhooks, mut deliveries) = builder().seen(MemorySeen::new()).stream(1);
    let service = webhooks.build();
    let requests = tokio::spawn(async move {
        let mut answers = Vec::new();
        for ids in [&["a", "b"][..], &["a", "b"], &["c"]] {
            answers.push(status(&service, signed(texts(ids))).await);
        }
        answers
    });
    let mut seen = Vec::new();
    while let Some(delivery) = deliveries.next().await {
        let id = delivery.event().key().unwrap().to_string();
        if id.ends_with('b') && seen.len() < 2 {
            drop(delivery);
        } else {
            delivery.done();
        }
        seen.push(id.rsplit('/').next().unwrap().to_owned());
    }
    assert_eq!(seen, ["a", "b", "b", "c"]);
    assert_eq!(requests.await.unwrap(), [500, 200, 200]);

    let (webhooks, deliveries) = builder().stream(0);
    drop(deliveries);
    assert_eq!(status(&webhooks.build(), signed(texts(&["a"]))).await, 500);
}
