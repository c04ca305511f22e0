//! Faults: what is switched on in the page meets the client, and the page says so as long as it lasts.

use std::time::Duration;

use serde_json::json;
use wa_message::{Client, Error, Message, client::Backoff};
use wa_message_browser::{Browser, Page};
use wa_sandbox::Sandbox;

use crate::common::{client_of, text};

async fn arm(browser: &Browser, says: &str, button: &str) {
    let choose = "const fault = document.getElementById('fault');
        fault.value = [...fault.options].find((option) => option.text.includes(arguments[0])).value";
    browser.script(choose, &[json!(says)]).await;
    browser.click(button).await;
}

async fn badge(browser: &Browser, expected: &str) {
    let script = "const armed = document.getElementById('armed'); return (armed.hidden ? '' : armed.textContent) === arguments[0]";
    browser.until(script, &[json!(expected)]).await;
}

#[tokio::test]
async fn a_fault_of_the_page_is_an_outcome_of_the_client() {
    let Some(browser) = Browser::start().await else { return };
    let sandbox = Sandbox::start().await.unwrap();
    let client = Client::builder(sandbox.token(), sandbox.phone_number_id())
        .base_url(sandbox.base_url())
        .timeout(Duration::from_millis(500))
        .retry(Backoff::never())
        .build()
        .unwrap();
    let message: Message = text("Hello").to_string().parse().unwrap();
    let page = Page::open(&browser, &sandbox.base_url()).await;
    page.tool("faults").await;

    arm(&browser, "code 190", "#fault-form button:not([type])").await;
    badge(&browser, "The next request goes wrong").await;
    let Err(Error::Refused(refusal)) = client.send(&message).await else { panic!() };
    assert_eq!(refusal.code(), 190);
    badge(&browser, "").await;

    arm(&browser, "no answer, accepted", "#fault-form button:not([type])").await;
    badge(&browser, "The next request goes wrong").await;
    assert!(matches!(client.send(&message).await, Err(Error::InDoubt(_))));
    assert_eq!(sandbox.ledger().len(), 1);
    // The customer has it, whatever the sender knows.
    page.shows("Hello").await;
    badge(&browser, "").await;

    arm(&browser, "131056", "#always").await;
    badge(&browser, "Faults from now on").await;
    for _ in 0..2 {
        assert!(matches!(client.send(&message).await, Err(Error::Throttled(_))));
    }
    badge(&browser, "Faults from now on").await;
    browser.click("#never").await;
    badge(&browser, "").await;
    client_of(&sandbox).send(&message).await.unwrap();
    assert_eq!(browser.wrong().await, [""; 0]);
}

#[tokio::test]
async fn several_faults_are_counted_down() {
    let Some(browser) = Browser::start().await else { return };
    let sandbox = Sandbox::start().await.unwrap();
    let page = Page::open(&browser, &sandbox.base_url()).await;
    page.tool("faults").await;
    browser.script("document.querySelector('#fault-form [name=times]').value = 2", &[]).await;
    arm(&browser, "131016", "#fault-form button:not([type])").await;
    badge(&browser, "The next 2 requests go wrong").await;
    assert_eq!(crate::common::post(&sandbox, &text("Hello")).await.0, 500);
    badge(&browser, "The next request goes wrong").await;
    assert_eq!(crate::common::post(&sandbox, &text("Hello")).await.0, 500);
    badge(&browser, "").await;
}
