//! Customers: new ones by a click, names, typing, large files, and statuses by hand.

use serde_json::{Value, json};
use wa_message_browser::{Browser, Page};
use wa_sandbox::DeliveryState;

use crate::common::{post, send, text, with_webhooks};

#[tokio::test]
async fn customers_are_made_by_a_click_and_have_names() {
    let Some(browser) = Browser::start().await else { return };
    let sandbox = with_webhooks().await;
    let page = Page::open(&browser, &sandbox.base_url()).await;
    browser.click("#another").await;
    let named = "return document.getElementById('name').textContent === arguments[0]";
    browser.until(named, &[json!("Ada (15550101)")]).await;
    browser.keys("Hello").await;
    browser.click("#composer > button").await;
    page.shows("Hello").await;
    browser.click("#another").await;
    browser.until(named, &[json!("Alex (15550102)")]).await;
    browser.click("#rename").await;
    browser.until("return document.getElementById('naming').open", &[]).await;
    browser.script("document.querySelector('#naming input').value = ''", &[]).await;
    browser.write("#naming input", "Robin\u{e007}").await;
    browser.until(named, &[json!("Robin (15550102)")]).await;
    browser.write("#composer input[name=text]", "From Robin").await;
    browser.click("#composer > button").await;
    page.shows("From Robin").await;
    sandbox.settled().await;
    let names: Vec<_> = sandbox
        .deliveries()
        .iter()
        .map(|delivery| {
            let body: Value = serde_json::from_slice(delivery.body()).unwrap();
            body["entry"][0]["changes"][0]["value"]["contacts"][0]["profile"]["name"].clone()
        })
        .collect();
    assert_eq!(names, ["Ada", "Robin"]);
    // What became of the webhook stands at the message.
    let status =
        "return document.querySelector('#log .in .status').textContent === 'webhook answered 200'";
    browser.until(status, &[]).await;
    assert_eq!(browser.wrong().await, [""; 0]);
}

#[tokio::test]
async fn typing_ends_with_the_next_message() {
    let Some(browser) = Browser::start().await else { return };
    let sandbox = with_webhooks().await;
    let page = Page::open(&browser, &sandbox.base_url()).await;
    let id = sandbox.customer("+15550101").says("Hello").unwrap();
    page.shows("Hello").await;
    let receipt = json!({ "messaging_product": "whatsapp", "status": "read", "message_id": id,
        "typing_indicator": { "type": "text" } });
    let types = "return document.querySelectorAll('#log .wa-typing').length === arguments[0]";
    for _ in 0..2 {
        send(&sandbox, &receipt).await;
        browser.until(types, &[json!(1)]).await;
    }
    send(&sandbox, &text("Here it is")).await;
    page.shows("Here it is").await;
    browser.until(types, &[json!(0)]).await;
    page.messages(2).await;
    // Also for a page that is opened now, and by itself when it takes too long.
    browser.script("", &[]).await;
    browser.reload().await;
    page.connected().await;
    page.messages(2).await;
    browser.script("const real = Date.now; Date.now = () => real() + 24_000", &[]).await;
    send(&sandbox, &receipt).await;
    browser.until(types, &[json!(1)]).await;
    browser.until(types, &[json!(0)]).await;
    assert_eq!(browser.wrong().await, [""; 0]);
}

#[tokio::test]
async fn a_large_file_is_sent_as_it_is() {
    let Some(browser) = Browser::start().await else { return };
    let sandbox = with_webhooks().await;
    let page = Page::open(&browser, &sandbox.base_url()).await;
    page.converse("+15550101").await;
    let path = std::env::temp_dir().join(format!("wa-browser-{}.pdf", std::process::id()));
    let mut file = b"%PDF-1.7\n".to_vec();
    file.resize(3 << 20, b' ');
    std::fs::write(&path, &file).unwrap();
    browser.write("#composer input[type=file]", path.to_str().unwrap()).await;
    browser.write("#composer input[name=text]", "For you").await;
    browser.click("#composer > button").await;
    page.shows("For you").await;
    assert_eq!(sandbox.media()[0].bytes(), file);

    // Too large: nothing is sent.
    std::fs::File::options().write(true).open(&path).unwrap().set_len(101 << 20).unwrap();
    browser.write("#composer input[type=file]", path.to_str().unwrap()).await;
    browser.click("#composer > button").await;
    let says = "return document.getElementById('told').open && document.getElementById('told-text').textContent";
    let says = browser.until(says, &[]).await;
    assert_eq!(says, "A file has at most 100 MiB here, and this one has 101.");
    std::fs::remove_file(&path).unwrap();
    assert_eq!(sandbox.media().len(), 1);
    assert_eq!(browser.wrong().await, [""; 0]);
}

#[tokio::test]
async fn a_status_is_chosen_and_a_failure_has_a_code() {
    let Some(browser) = Browser::start().await else { return };
    let sandbox = with_webhooks().await;
    sandbox.set_statuses([]);
    let page = Page::open(&browser, &sandbox.base_url()).await;
    send(&sandbox, &text("Hello")).await;
    page.shows("Hello").await;
    browser.click("#log .out .meta button").await;
    browser.until("return document.querySelector('#entry select')", &[]).await;
    let hidden = "return document.querySelector('#entry .tells label:nth-of-type(2)').hidden";
    assert_eq!(browser.script(hidden, &[]).await, true);
    browser.write("#entry select", "failed").await;
    assert_eq!(browser.script(hidden, &[]).await, false);
    browser.write("#entry input[name=code]", "131026").await;
    let hint = "return document.querySelector('#entry .tells .soft').textContent";
    assert!(!browser.script(hint, &[]).await.as_str().unwrap().is_empty());
    browser.click("#entry .tells button").await;
    let status = "return document.querySelector('#log .status').textContent === arguments[0]";
    browser.until(status, &[json!("failed (131026)")]).await;
    sandbox.settled().await;
    assert_eq!(sandbox.deliveries().last().unwrap().state(), DeliveryState::Taken);
    assert_eq!(browser.wrong().await, [""; 0]);
}

#[tokio::test]
async fn a_button_of_a_refused_message_does_nothing() {
    let Some(browser) = Browser::start().await else { return };
    let sandbox = with_webhooks().await;
    let page = Page::open(&browser, &sandbox.base_url()).await;
    let question = json!({ "messaging_product": "whatsapp", "to": "+15550101", "type": "interactive",
        "interactive": { "type": "button", "body": { "text": "Which?" }, "action": { "buttons": [
            { "type": "reply", "reply": { "id": "a", "title": "A title that is much too long" } } ] } } });
    assert_eq!(post(&sandbox, &question).await.0, 400);
    page.shows("Which?").await;
    browser.click("#log button[data-answer=taps]").await;
    browser.until("return document.getElementById('told').open", &[]).await;
    assert!(sandbox.deliveries().is_empty());
    assert_eq!(browser.wrong().await, [""; 0]);
}

#[tokio::test]
async fn those_who_are_nobody_can_be_looked_at() {
    let Some(browser) = Browser::start().await else { return };
    let sandbox = with_webhooks().await;
    for to in ["..", ".", "", " ", &"x".repeat(20_000), "__proto__", "a/../b", "\u{202e}evil"] {
        let body =
            json!({ "messaging_product": "whatsapp", "to": to, "text": { "body": "Hello" } });
        assert_eq!(post(&sandbox, &body).await.0, 400);
    }
    sandbox.customer("+999999999999999").named("عمر <b>").says("Hello").unwrap();
    let page = Page::open(&browser, &sandbox.base_url()).await;
    let shown = "return document.querySelectorAll('#people button').length === 6";
    browser.until(shown, &[]).await;
    for customer in 1..=6 {
        // The list is drawn anew all the time.
        let click =
            "document.querySelector(`#people li:nth-child(${arguments[0]}) button`).click()";
        browser.script(click, &[json!(customer)]).await;
        let limits = "return /^The 24-hour window is (closed|open for 24 h)$/.test(document.getElementById('limits').textContent)";
        browser.until(limits, &[]).await;
    }
    assert_eq!(browser.script("return document.getElementById('told').open", &[]).await, false);
    // What is written from right to left does not mix with the number.
    let name =
        "return [...document.getElementById('name').childNodes].map((part) => part.textContent)";
    assert_eq!(browser.script(name, &[]).await, json!(["عمر <b>", " (999999999999999)"]));
    // No number is longer than that one.
    browser.click("#another").await;
    let named = "return /\\(15550101\\)$/.test(document.getElementById('name').textContent)";
    browser.until(named, &[]).await;
    browser.write("#new-customer input", "..").await;
    browser.click("#new-customer button").await;
    let invalid = "return document.querySelector('#new-customer input:invalid') !== null";
    assert_eq!(browser.script(invalid, &[]).await, true);
    browser.until(named, &[]).await;

    // A text that is too long to go with a file is said to be that.
    let path = std::env::temp_dir().join(format!("wa-browser-{}.txt", std::process::id()));
    std::fs::write(&path, "Hello").unwrap();
    browser.write("#composer input[type=file]", path.to_str().unwrap()).await;
    browser
        .script(
            "document.querySelector('#composer input[name=text]').value = 'ü'.repeat(5000)",
            &[],
        )
        .await;
    browser.click("#composer > button").await;
    let says = "return document.getElementById('told').open && document.getElementById('told-text').textContent";
    let says = browser.until(says, &[]).await;
    let long = "The text and the name of the file are too long to go with it. Send the text alone.";
    assert_eq!(says, long);
    std::fs::remove_file(&path).unwrap();
    page.messages(0).await;
    assert_eq!(browser.wrong().await, [""; 0]);
}
