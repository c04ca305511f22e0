//! Webhooks that the sandbox posts, as the library receives them: statuses, misbehaviour, and what the ledger of deliveries
//! says.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::{sync::atomic::Ordering, time::Duration};

use common::{
    client_of,
    receiver::{Receiver, SECRET, check_bodies},
    text,
};
use wa_message::{Message, wa_message, webhook::types::DeliveryStatus};
use wa_sandbox::{DeliveryState, Fault, Sandbox, Status, WebhookFault, WebhookFaults, Webhooks};

/// Fast, so that a test does not wait.
fn fast(receiver: &Receiver) -> Webhooks {
    let soon = Duration::from_millis(1);
    let statuses = [Status::Sent, Status::Delivered, Status::Read].map(|status| (soon, status));
    Webhooks::to(&receiver.url, SECRET).statuses(statuses).retries(Duration::from_millis(5), 10)
}

async fn start(receiver: &Receiver) -> Sandbox {
    Sandbox::builder().webhooks(fast(receiver)).start().await.unwrap()
}

const ALL: [DeliveryStatus; 3] =
    [DeliveryStatus::Sent, DeliveryStatus::Delivered, DeliveryStatus::Read];

#[tokio::test]
async fn an_accepted_message_gets_statuses() {
    let receiver = Receiver::start().await;
    let sandbox = start(&receiver).await;
    let message = text().with_callback_data("order/17 \u{e4}@home").unwrap();
    let sent = client_of(&sandbox).send(&message).await.unwrap();
    sandbox.settled().await;

    assert_eq!(receiver.words(sent.id()), ALL);
    for status in receiver.statuses() {
        assert_eq!(status.recipient_id.as_deref(), Some("15550100"));
        assert_eq!(status.biz_opaque_callback_data.as_deref(), Some("order/17 \u{e4}@home"));
        assert!(status.timestamp.unwrap() > 1_600_000_000);
    }
    for event in receiver.events() {
        let number = event.number.unwrap();
        assert_eq!(number.phone_number_id.as_deref(), Some(sandbox.phone_number_id()));
    }
    check_bodies(&sandbox);
    let deliveries = sandbox.deliveries();
    assert_eq!(deliveries.len(), 3);
    for delivery in deliveries {
        assert_eq!((delivery.state(), delivery.updates()), (DeliveryState::Taken, 1));
        assert_eq!(delivery.attempts()[0].status(), Some(200));
    }
}

#[tokio::test]
async fn a_user_without_number_and_a_group_have_their_ids() {
    let receiver = Receiver::start().await;
    let sandbox = start(&receiver).await;
    let client = client_of(&sandbox);
    let user = "US.13491208655302741918";
    let message = text().with_recipient(user).unwrap();
    let sent = client.send(&message).await.unwrap();
    let group: Message =
        r#"{ "messaging_product": "whatsapp", "recipient_type": "group", "to": "Y2FwdGFpbg",
        "text": { "body": "Hello" } }"#
            .parse()
            .unwrap();
    let to_group = client.send(&group).await.unwrap();
    sandbox.settled().await;
    for status in receiver.statuses() {
        if status.id == sent.id() {
            assert_eq!(
                (status.recipient_id.as_deref(), status.recipient_user_id.as_deref()),
                (None, Some(user))
            );
        } else {
            assert_eq!(status.id, to_group.id());
            assert_eq!(status.recipient_id.as_deref(), Some("Y2FwdGFpbg"));
            assert_eq!(status.recipient_type.as_deref(), Some("group"));
        }
    }
    assert_eq!((receiver.words(sent.id()).len(), receiver.words(to_group.id()).len()), (3, 3));
}

#[tokio::test]
async fn a_reaction_gets_one_status_and_a_receipt_none() {
    let receiver = Receiver::start().await;
    let sandbox = start(&receiver).await;
    let client = client_of(&sandbox);
    let reaction =
        wa_message! { <reaction> to: "+15550100", message_id: "wamid.HBgL", emoji: "\u{1f44d}" };
    let sent = client.send(&reaction).await.unwrap();
    client.mark_read(&common::receipt()).await.unwrap();
    sandbox.settled().await;
    assert_eq!(receiver.words(sent.id()), [DeliveryStatus::Sent]);
    assert_eq!(receiver.events().len(), 1);
}

#[tokio::test]
async fn a_status_comes_on_command() {
    let receiver = Receiver::start().await;
    let webhooks = fast(&receiver).without_statuses();
    let sandbox = Sandbox::builder().webhooks(webhooks).start().await.unwrap();
    let sent = client_of(&sandbox).send(&text()).await.unwrap();
    sandbox.status(sent.id(), Status::Failed(131_026)).unwrap();
    sandbox.settled().await;
    let statuses = receiver.statuses();
    assert_eq!((statuses.len(), &statuses[0].status), (1, &DeliveryStatus::Failed));
    assert_eq!(statuses[0].errors[0].code, 131_026);
    assert!(statuses[0].errors[0].title.as_deref().is_some_and(|title| !title.is_empty()));

    let error = sandbox.status("wamid.unknown", Status::Read).unwrap_err();
    assert!(error.is_not_there());
    assert_eq!(error.to_string(), "no message has the id `wamid.unknown`");

    sandbox.set_statuses([(Duration::ZERO, Status::Played)]);
    let sent = client_of(&sandbox).send(&text()).await.unwrap();
    sandbox.settled().await;
    assert_eq!(receiver.words(sent.id()), [DeliveryStatus::Played]);
}

#[tokio::test]
async fn a_message_whose_answer_was_lost_gets_statuses_too() {
    let receiver = Receiver::start().await;
    let sandbox = start(&receiver).await;
    sandbox.fail_next(1, Fault::Reset { accepted: true });
    sandbox.fail_next(1, Fault::Reset { accepted: false });
    let client = client_of(&sandbox);
    for _ in 0..2 {
        assert!(client.send(&text()).await.is_err());
    }
    sandbox.settled().await;
    assert_eq!(receiver.words(sandbox.ledger().accepted()[0].id()), ALL);
    assert_eq!(receiver.statuses().len(), 3);
}

#[tokio::test]
async fn a_status_may_come_before_the_answer() {
    let receiver = Receiver::start().await;
    let webhooks = fast(&receiver).statuses([(Duration::from_secs(3600), Status::Sent)]);
    let sandbox = Sandbox::builder().webhooks(webhooks).start().await.unwrap();
    sandbox.fail_next(1, Fault::StatusFirst);
    let sent = client_of(&sandbox).send(&text()).await.unwrap();
    // It has been posted when the answer is here.
    assert_eq!(receiver.words(sent.id()), [DeliveryStatus::Sent]);

    // Without webhooks, there is nothing to wait for.
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.fail_next(1, Fault::StatusFirst);
    client_of(&sandbox).send(&text()).await.unwrap();
}

#[tokio::test]
async fn what_is_not_taken_comes_again() {
    let receiver = Receiver::start().await;
    let sandbox = start(&receiver).await;
    receiver.fail(3);
    sandbox.customer("+15550100").says("Hello").unwrap();
    sandbox.settled().await;
    assert_eq!(receiver.texts(), ["Hello"]);
    let delivery = sandbox.deliveries().remove(0);
    let statuses: Vec<_> = delivery.attempts().iter().map(|one| one.status().unwrap()).collect();
    assert_eq!((statuses, delivery.state()), (vec![503, 503, 503, 200], DeliveryState::Taken));

    receiver.fail(usize::MAX);
    sandbox.customer("+15550100").says("Hello?").unwrap();
    sandbox.settled().await;
    let delivery = sandbox.deliveries().remove(1);
    assert_eq!((delivery.attempts().len(), delivery.state()), (10, DeliveryState::GivenUp));
}

#[tokio::test]
async fn nobody_listens() {
    // Nothing listens on this port any more.
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let webhooks = Webhooks::to(url, SECRET).retries(Duration::from_millis(1), 3);
    let sandbox = Sandbox::builder().webhooks(webhooks).start().await.unwrap();
    sandbox.customer("+15550100").says("Hello").unwrap();
    sandbox.settled().await;
    let delivery = sandbox.deliveries().remove(0);
    assert_eq!((delivery.attempts().len(), delivery.state()), (3, DeliveryState::GivenUp));
    assert_eq!(delivery.attempts()[0].failure(), Some("no connection"));
}

#[tokio::test]
async fn each_fault_comes_on_command() {
    let receiver = Receiver::start().await;
    let webhooks = fast(&receiver).at_once(1);
    let sandbox = Sandbox::builder().webhooks(webhooks).start().await.unwrap();
    let customer = sandbox.customer("+15550100");
    let says = |text: &str| _ = customer.says(text).unwrap();

    sandbox.fault_webhooks(1, WebhookFault::Repeat(2));
    says("a");
    sandbox.settled().await;
    assert_eq!(receiver.texts(), ["a", "a", "a"]);

    sandbox.fault_webhooks(1, WebhookFault::Behind(2));
    ["b", "c", "d", "e"].into_iter().for_each(says);
    sandbox.settled().await;
    assert_eq!(receiver.texts()[3..], ["c", "d", "b", "e"]);

    sandbox.fault_webhooks(1, WebhookFault::Delay(Duration::from_millis(200)));
    ["f", "g"].into_iter().for_each(says);
    sandbox.settled().await;
    assert_eq!(receiver.texts()[7..], ["g", "f"]);

    sandbox.fault_webhooks(1, WebhookFault::Drop);
    ["h", "i"].into_iter().for_each(says);
    sandbox.settled().await;
    assert_eq!(receiver.texts()[9..], ["i"]);

    sandbox.fault_webhooks(1, WebhookFault::LoseAnswer);
    says("j");
    sandbox.settled().await;
    assert_eq!(receiver.texts()[10..], ["j", "j"]);

    let before = receiver.log.requests.load(Ordering::SeqCst);
    sandbox.fault_webhooks(1, WebhookFault::Cut);
    says("k");
    sandbox.settled().await;
    assert_eq!(receiver.texts()[12..], ["k"]);
    assert_eq!(receiver.log.requests.load(Ordering::SeqCst), before + 2);

    let states: Vec<_> = sandbox.deliveries().iter().map(wa_sandbox::Delivery::state).collect();
    assert_eq!(states.iter().filter(|state| **state == DeliveryState::Dropped).count(), 1);
    assert_eq!(states.iter().filter(|state| **state == DeliveryState::Taken).count(), 10);
    check_bodies(&sandbox);
}

#[tokio::test(flavor = "multi_thread")]
async fn chance_loses_nothing_but_what_it_drops() {
    let receiver = Receiver::start().await;
    let faults = WebhookFaults::every_kind(0.5).seed(20_261_129);
    let webhooks = fast(&receiver).faults(faults);
    let sandbox = Sandbox::builder().webhooks(webhooks).start().await.unwrap();
    let client = client_of(&sandbox);
    let mut ids = Vec::new();
    for _ in 0..100 {
        ids.push(client.send(&text()).await.unwrap().id().to_owned());
    }
    sandbox.settled().await;
    for id in &ids {
        let mut words = receiver.words(id);
        words.dedup();
        assert_eq!(words, ALL);
    }
    assert!(receiver.statuses().len() > 350, "{}", receiver.statuses().len());
    assert!(sandbox.deliveries().iter().all(|one| one.state() == DeliveryState::Taken));
    check_bodies(&sandbox);
}

#[tokio::test(flavor = "multi_thread")]
async fn updates_come_in_batches() {
    let receiver = Receiver::start().await;
    let webhooks = fast(&receiver).batches(5000, Duration::from_millis(500));
    let sandbox = Sandbox::builder().webhooks(webhooks).start().await.unwrap();
    for number in 0..1100 {
        let customer = sandbox.customer(format!("+1555{:04}", number % 10));
        customer.says(format!("{number}")).unwrap();
    }
    sandbox.settled().await;
    let updates: Vec<_> = sandbox.deliveries().iter().map(wa_sandbox::Delivery::updates).collect();
    assert_eq!((updates[0], updates.iter().sum::<usize>()), (1000, 1100));
    let mut texts: Vec<usize> = receiver.texts().iter().map(|text| text.parse().unwrap()).collect();
    texts.sort_unstable();
    assert_eq!(texts, (0..1100).collect::<Vec<_>>());
    // The person of each is found among the ten that stand in the request once.
    for event in receiver.events() {
        let person = event.person().unwrap();
        assert!(person.number().is_some_and(|number| number.starts_with("1555")));
        assert!(event.contact.is_some());
    }
    check_bodies(&sandbox);
}

#[tokio::test]
async fn what_cannot_be_posted_to_is_refused_at_the_start() {
    for (url, secret, says) in [
        ("http://192.0.2.1/", SECRET, "not on this machine"),
        ("https://localhost/", SECRET, "`http://`"),
        ("localhost", SECRET, "`http://`"),
        ("http://localhost/", " ", "the secret of the app"),
    ] {
        let error = Sandbox::builder().webhook(url, secret).start().await.unwrap_err();
        assert!(error.to_string().contains(says), "{error}");
        assert!(!error.to_string().contains(SECRET));
    }
    let webhooks = Webhooks::to("http://192.0.2.1/", SECRET).beyond_loopback();
    assert!(!format!("{webhooks:?}").contains(SECRET));
    Sandbox::builder().webhooks(webhooks).start().await.unwrap();
}

#[tokio::test]
async fn all_of_it_can_be_forgotten() {
    let receiver = Receiver::start().await;
    let sandbox = start(&receiver).await;
    sandbox.fault_webhooks(1, WebhookFault::Delay(Duration::from_secs(3600)));
    sandbox.customer("+15550100").says("Hello").unwrap();
    while sandbox.deliveries().is_empty() {
        tokio::task::yield_now().await;
    }
    sandbox.clear();
    sandbox.settled().await;
    assert!(receiver.events().is_empty() && sandbox.deliveries().is_empty());
}

/// A receiver that never answers holds nobody up for long.
#[tokio::test]
async fn shutdown_waits_for_what_is_being_posted() {
    let receiver = Receiver::start().await;
    let sandbox = start(&receiver).await;
    sandbox.customer("+15550100").says("Hello").unwrap();
    while receiver.log.requests.load(Ordering::SeqCst) == 0 {
        tokio::task::yield_now().await;
    }
    sandbox.shutdown().await.unwrap();
    assert_eq!(receiver.texts(), ["Hello"]);

    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", silent.local_addr().unwrap());
    let sandbox = Sandbox::builder().webhook(url, SECRET).start().await.unwrap();
    sandbox.customer("+15550100").says("Hello").unwrap();
    let (_stream, _) = silent.accept().await.unwrap();
    let start = std::time::Instant::now();
    sandbox.shutdown().await.unwrap();
    assert!(start.elapsed() < Duration::from_secs(9));
}

/// Nothing is heard of a message that has failed, but what is on its way.
#[tokio::test]
async fn a_failure_ends_what_comes_by_itself() {
    let receiver = Receiver::start().await;
    let hour = Duration::from_secs(3600);
    let statuses =
        [(Duration::ZERO, Status::Sent), (hour, Status::Delivered), (hour, Status::Read)];
    let webhooks = Webhooks::to(&receiver.url, SECRET).statuses(statuses);
    let sandbox = Sandbox::builder().webhooks(webhooks).start().await.unwrap();
    let client = client_of(&sandbox);
    let failed = client.send(&text()).await.unwrap();
    while receiver.words(failed.id()).is_empty() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    sandbox.status(failed.id(), Status::Failed(131_026)).unwrap();
    let settled = tokio::time::timeout(Duration::from_secs(30), sandbox.settled()).await;
    settled.expect("nothing is left to be posted");
    assert_eq!(receiver.words(failed.id()), [DeliveryStatus::Sent, DeliveryStatus::Failed]);
    // What is told on command still is.
    sandbox.status(failed.id(), Status::Delivered).unwrap();
    sandbox.settled().await;
    assert_eq!(receiver.words(failed.id()).len(), 3);

    // A status that is no end changes nothing, and neither does the end of another message.
    let soon = Duration::from_millis(300);
    sandbox.set_statuses([(soon, Status::Sent), (soon, Status::Delivered), (soon, Status::Read)]);
    let (told, other) = (client.send(&text()).await.unwrap(), client.send(&text()).await.unwrap());
    sandbox.status(told.id(), Status::Sent).unwrap();
    sandbox.status(failed.id(), Status::Failed(131_026)).unwrap();
    sandbox.settled().await;
    assert_eq!(receiver.words(told.id()).len(), 4);
    assert_eq!(receiver.words(other.id()), ALL);
    // Statuses that come by themselves may have a failure among them.
    let soon = Duration::from_millis(1);
    sandbox.set_statuses([(soon, Status::Failed(131_026)), (soon, Status::Delivered)]);
    let late = client.send(&text()).await.unwrap();
    sandbox.settled().await;
    assert_eq!(receiver.words(late.id()), [DeliveryStatus::Failed, DeliveryStatus::Delivered]);
}
