//! Calls of the control that the page makes when somebody does something.

use crate::*;

#[tokio::test]
async fn a_draft_is_drawn_and_checked() {
    let sandbox = Sandbox::start().await.unwrap();
    let draft = |text: &str| {
        let body = json!({ "text": text });
        let sandbox = &sandbox;
        async move { control(sandbox, "POST /_sandbox/drafts", &body).await.body }
    };
    let whole = draft(r#"<text> to: "+15550100", body: "*Hello*""#).await;
    assert!(whole["html"].as_str().unwrap().contains("<strong>Hello</strong>"));
    assert_eq!(whole["json"]["messaging_product"], "whatsapp");
    assert_eq!(whole["problems"], json!([]));
    let open = draft(r#"wa_message! { <text> to: guest, body: "Hello" }"#).await;
    assert_eq!(open["json"]["to"], "{{guest}}");
    let wrong = draft(r#"<text> to: "+15550100", boddy: "Hello""#).await;
    assert!(wrong["problems"][0]["says"].as_str().unwrap().contains("no field `boddy`"));
    let json = draft(
        r#"{"messaging_product":"whatsapp","to":"+15550100","type":"text","text":{"body":""}}"#,
    )
    .await;
    assert_eq!(json["problems"][0]["path"], "text.body");
    for text in [
        "",
        "{",
        "<",
        "<text>",
        "'",
        "wa_message!",
        "[1]",
        "null",
        "\"\u{202e}",
        "<text> to: \"\u{0}\"",
    ] {
        assert!(draft(text).await.is_object(), "{text}");
    }
    assert_eq!(draft(&"[".repeat(50_000)).await["problems"].as_array().unwrap().len(), 1);
    // Whoever goes down into each bracket falls.
    let deep = format!("<text> body: {}1{}", "{ a: ".repeat(50_000), " }".repeat(50_000));
    let says = draft(&deep).await["problems"][0]["says"].clone();
    assert_eq!(says, "more than 128 brackets stand inside of each other");
    for part in ["!", "1 + ", "&", "a = ", "if a {} else "] {
        let long = draft(&format!("<text> body: {}1", part.repeat(50_000))).await;
        let says = long["problems"][0]["says"].as_str().unwrap();
        assert_eq!(says, "an expression has more than 256 tokens", "{part}");
        assert!(draft(&format!("<text> body: {}1", part.repeat(50))).await.is_object(), "{part}");
    }
}

#[tokio::test]
async fn a_webhook_is_posted_again_and_time_passes() {
    let receiver = Receiver::start().await;
    let webhooks = Webhooks::to(&receiver.url, SECRET).without_statuses();
    let sandbox = Sandbox::builder().webhooks(webhooks).start().await.unwrap();
    let again = json!({ "delivery": 0 });
    assert_eq!(control(&sandbox, "POST /_sandbox/redeliveries", &again).await.status, 400);
    sandbox.customer("+15550100").says("Hello").unwrap();
    sandbox.settled().await;
    assert_eq!(control(&sandbox, "POST /_sandbox/redeliveries", &again).await.status, 200);
    sandbox.settled().await;
    let deliveries = sandbox.deliveries();
    assert_eq!((deliveries.len(), deliveries[0].attempts().len()), (1, 2));

    assert!(window(&sandbox).await.unwrap() > 80_000);
    let day = json!({ "seconds": 86_400 });
    assert_eq!(control(&sandbox, "POST /_sandbox/clock", &day).await.status, 200);
    assert_eq!(window(&sandbox).await, None);
}

/// How long the window of a customer is open, in seconds.
async fn window(sandbox: &Sandbox) -> Option<u64> {
    let (_, _, body) = get(sandbox, "/_sandbox/customers/15550100", HOST).await;
    serde_json::from_str::<Value>(&body).unwrap()["window_seconds"].as_u64()
}

#[tokio::test]
async fn an_answer_is_about_the_message_that_was_tapped() {
    let receiver = Receiver::start().await;
    let sandbox =
        Sandbox::builder().webhooks(Webhooks::to(&receiver.url, SECRET)).start().await.unwrap();
    let mut ids = Vec::new();
    for body in ["Today?", "Tomorrow?"] {
        let buttons = json!([{ "type": "reply", "reply": { "id": "yes", "title": "Yes" } }]);
        let message = json!({ "messaging_product": "whatsapp", "to": "+15550101", "type": "interactive",
            "interactive": { "type": "button", "body": { "text": body }, "action": { "buttons": buttons } } });
        let answer = post(&sandbox, message.to_string().as_bytes()).await;
        ids.push(answer.body["messages"][0]["id"].as_str().unwrap().to_owned());
    }
    let does =
        async |does: Value| control(&sandbox, "POST /_sandbox/customers/15550101", &does).await;
    let tap = json!({ "taps": "yes" });
    let of_old = json!({ "message_id": ids[0], "action": tap });
    let text = json!({ "message_id": ids[0], "action": { "says": "Yes" } });
    for body in [&of_old, &json!({ "action": tap }), &text] {
        assert_eq!(does(body.clone()).await.status, 200, "{body}");
    }
    assert_eq!(does(json!({ "message_id": "wamid.none", "action": tap })).await.status, 404);
    sandbox.settled().await;
    let contexts = sandbox.deliveries();
    let contexts = contexts.iter().flat_map(|delivery| {
        let body: Value = serde_json::from_slice(delivery.body()).unwrap();
        let messages = body["entry"][0]["changes"][0]["value"]["messages"].as_array().cloned();
        messages.unwrap_or_default().into_iter().map(|message| message["context"].clone())
    });
    let expected = [0, 1, 0].map(|of| json!({ "from": "15550199", "id": ids[of] }));
    assert_eq!(contexts.collect::<Vec<_>>(), expected);
}
