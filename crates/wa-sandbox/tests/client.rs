//! Answers of the sandbox, as the client understands them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::{
    fs,
    path::Path,
    sync::{Arc, Mutex},
    time::Duration,
};

use common::{client_of, post, receipt, text};
use serde_json::{Value, json};
use wa_message::{Error, Kind, Message, types::MessageStatus};
use wa_sandbox::Sandbox;

#[tokio::test]
async fn a_text_is_sent() {
    let sandbox = Sandbox::start().await.unwrap();
    let message = text();
    let sent = client_of(&sandbox).send(&message).await.unwrap();

    assert!(sent.id().starts_with("wamid."));
    assert!(sent.id().len() <= 128);
    assert_eq!(sent.input(), Some("+1 555 0100"));
    assert_eq!(sent.wa_id(), Some("15550100"));
    assert_eq!(sent.message_status(), None);
    assert_eq!(sent.group_id(), None);
    assert_eq!(sent.answer().messaging_product.as_deref(), Some("whatsapp"));

    let received = sandbox.received();
    assert_eq!(received.len(), 1);
    assert_eq!(received[0].kind(), "text");
    assert_eq!(received[0].id(), Some(sent.id()));
    assert_eq!(received[0].phone_number_id(), sandbox.phone_number_id());
    assert_eq!(received[0].message(), Some(&message));
    assert_eq!(received[0].receipt(), None);
    let body: Value = serde_json::from_str(&message.to_json()).unwrap();
    assert_eq!(received[0].body(), &body);

    sandbox.clear();
    assert!(sandbox.received().is_empty());
}

#[tokio::test]
async fn all_examples_are_accepted() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = client_of(&sandbox);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/examples");
    let mut ids = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        if let Ok(receipt) = text.parse() {
            client.mark_read(&receipt).await.unwrap();
            assert_eq!(sandbox.received().last().unwrap().receipt(), Some(&receipt));
            continue;
        }
        let message: Message = text.parse().unwrap();
        let sent = client.send(&message).await.unwrap();
        let received = sandbox.received().pop().unwrap();
        assert_eq!(received.kind(), message.kind().as_str(), "{}", path.display());
        assert_eq!(received.message(), Some(&message), "{}", path.display());
        let status = (message.kind() == Kind::Template).then_some(&MessageStatus::Accepted);
        assert_eq!(sent.message_status(), status, "{}", path.display());
        ids.push(sent.id().to_owned());
    }
    let count = ids.len();
    assert!(count > 10);
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), count);
}

#[tokio::test]
async fn who_hides_the_number_has_a_user_id() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = client_of(&sandbox);
    let user = "US.13491208655302741918";
    let message = |to: &str| {
        let text = format!(
            r#"{{ "messaging_product": "whatsapp", {to}"recipient": "{user}", "text": {{ "body": "Hello" }} }}"#
        );
        text.parse::<Message>().unwrap()
    };
    let sent = client.send(&message("")).await.unwrap();
    assert_eq!((sent.input(), sent.user_id(), sent.wa_id()), (Some(user), Some(user), None));
    // Of both, the API takes the phone number.
    let sent = client.send(&message(r#""to": "+1 555 0100", "#)).await.unwrap();
    assert_eq!((sent.input(), sent.user_id()), (Some("+1 555 0100"), None));
    assert_eq!(sent.wa_id(), Some("15550100"));
    let to: Vec<_> = sandbox.ledger().accepted().iter().map(|line| line.to().to_owned()).collect();
    assert_eq!(to, [user, "+1 555 0100"]);
}

#[tokio::test]
async fn a_group_has_no_wa_id() {
    let sandbox = Sandbox::start().await.unwrap();
    let message = r#"{
        "messaging_product": "whatsapp", "recipient_type": "group", "to": "Y2FwaV9ncm91cA",
        "text": { "body": "Hello" }
    }"#;
    let sent = client_of(&sandbox).send(&message.parse().unwrap()).await.unwrap();
    assert_eq!(sent.wa_id(), None);
    assert_eq!(sent.group_id(), Some("Y2FwaV9ncm91cA"));
    assert_eq!(sent.input(), Some("Y2FwaV9ncm91cA"));
}

/// A group is named beside the id of the message. Nobody's number is.
#[tokio::test]
async fn the_answer_to_a_group_names_the_group() {
    let sandbox = Sandbox::start().await.unwrap();
    let group = "Y2FwaV9ncm91cA";
    for (mut message, status) in [
        (json!({ "type": "text", "text": { "body": "Hello" } }), None),
        (json!({ "type": "pin", "pin": { "type": "unpin", "message_id": "wamid.A" } }), None),
        (
            json!({ "type": "template", "template": { "name": "hi", "language": { "code": "en" } } }),
            Some("accepted"),
        ),
    ] {
        message["messaging_product"] = "whatsapp".into();
        message["recipient_type"] = "group".into();
        message["to"] = group.into();
        let answer = post(&sandbox, message.to_string().as_bytes()).await;
        let mut sent = json!({ "id": answer.body["messages"][0]["id"], "group_id": group });
        if let Some(status) = status {
            sent["message_status"] = status.into();
        }
        let wanted = json!({
            "messaging_product": "whatsapp", "contacts": [{ "input": group }], "messages": [sent],
        });
        assert_eq!((answer.status, answer.body), (200, wanted));
    }
}

#[tokio::test]
async fn a_message_is_marked_as_read() {
    let sandbox = Sandbox::start().await.unwrap();
    client_of(&sandbox).mark_read(&receipt()).await.unwrap();
    let received = sandbox.received();
    assert_eq!(received[0].kind(), "read");
    assert_eq!(received[0].id(), None);
    assert_eq!(received[0].message(), None);
    assert_eq!(received[0].receipt(), Some(&receipt()));
}

#[tokio::test]
async fn a_wrong_token_is_refused() {
    let sandbox = Sandbox::builder().token("the-right-token").start().await.unwrap();
    let client = client_of(&sandbox);
    client.send(&text()).await.unwrap();

    let error = client.with_token("the-wrong-token").unwrap().send(&text()).await.unwrap_err();
    assert!(error.is_safe_to_resend());
    assert!(!format!("{error} {error:?}").contains("the-wrong-token"));
    let Error::Refused(refusal) = error else { panic!("{error:?}") };
    assert_eq!((refusal.status(), refusal.code()), (401, 190));
    assert_eq!(refusal.error_type(), Some("OAuthException"));
    assert!(refusal.details().unwrap().contains("token"));
    assert!(refusal.fbtrace_id().is_some());
    assert!(!refusal.is_transient());
    assert_eq!(sandbox.received().len(), 1);
}

#[tokio::test]
async fn a_phone_number_id_may_be_asked_for() {
    let sandbox = Sandbox::builder().phone_number_id("100200300").start().await.unwrap();
    let client = client_of(&sandbox);
    client.send(&text()).await.unwrap();

    let other = client.for_number("100200301").unwrap();
    assert_eq!(other.phone_number_id(), "100200301");
    let Err(Error::Refused(refusal)) = other.send(&text()).await else { panic!() };
    assert_eq!((refusal.status(), refusal.code()), (400, 33));
}

#[tokio::test]
async fn each_request_gives_a_line() {
    let lines = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&lines);
    let sandbox = Sandbox::builder()
        .log(move |line| log.lock().unwrap().push(line.to_owned()))
        .start()
        .await
        .unwrap();
    let client = client_of(&sandbox);
    let sent = client.send(&text()).await.unwrap();
    client.mark_read(&receipt()).await.unwrap();
    client.with_token("x").unwrap().send(&text()).await.unwrap_err();

    let lines = lines.lock().unwrap();
    assert_eq!(lines[0], format!("accepted text to +1 555 0100 as {}", sent.id()));
    assert_eq!(lines[1], "accepted read of wamid.HBgL");
    assert!(lines[2].starts_with("refused POST /v23.0/"));
    assert!(lines[2].contains("with HTTP 401, code 190: "));
    assert_eq!(lines.len(), 3);
}

#[tokio::test]
async fn a_sandbox_ends_when_it_is_dropped() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = client_of(&sandbox);
    client.send(&text()).await.unwrap();
    drop(sandbox);
    for _ in 0..100 {
        if let Err(Error::NotSent(_)) = client.send(&text()).await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("the sandbox still listens");
}

#[tokio::test]
async fn many_messages_go_at_once() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = client_of(&sandbox);
    let tasks: Vec<_> = (0..50)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.send(&text()).await.unwrap().id().to_owned() })
        })
        .collect();
    let mut ids = Vec::new();
    for task in tasks {
        ids.push(task.await.unwrap());
    }
    let mut received: Vec<_> =
        sandbox.received().iter().map(|received| received.id().unwrap().to_owned()).collect();
    ids.sort();
    received.sort();
    assert_eq!(ids, received);
}
