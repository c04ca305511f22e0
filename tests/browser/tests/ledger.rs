//! The ledger in the page: a line for each message, live.

use serde_json::json;
use wa_message_browser::{Browser, Page};
use wa_sandbox::{Fault, Sandbox};

use crate::common::{post, send, text, with_webhooks};

#[tokio::test]
async fn lines_come_as_messages_do_and_lead_to_them() {
    let Some(browser) = Browser::start().await else { return };
    let sandbox = Sandbox::start().await.unwrap();
    send(&sandbox, &text("Before")).await;
    let page = Page::open(&browser, &sandbox.base_url()).await;
    page.tool("ledger").await;
    let lines = "return [...document.querySelectorAll('#ledger-lines tr')].map((row) => [...row.cells].slice(1, 4).map((cell) => cell.firstChild.textContent))";
    browser.until("return document.querySelectorAll('#ledger-lines tr').length === 1", &[]).await;

    sandbox.fail_next(1, Fault::Gateway { status: 502, accepted: true });
    assert_eq!(post(&sandbox, &text("In doubt")).await.0, 502);
    assert_eq!(post(&sandbox, &text("")).await.0, 400);
    browser.until("return document.querySelectorAll('#ledger-lines tr').length === 3", &[]).await;
    let expected = json!([
        ["+15550101", "refused, 131009", "unknown"],
        ["+15550101", "in doubt; accepted all the same; HTTP 502 without JSON", "text"],
        ["+15550101", "accepted", "text"],
    ]);
    assert_eq!(browser.script(lines, &[]).await, expected);

    // The newest is the first, and its time leads to all that is known of it.
    browser.click("#ledger-lines tr:first-child button").await;
    browser.until("return document.querySelector('#entry .problem')", &[]).await;
    assert_eq!(browser.wrong().await, [""; 0]);
}

#[tokio::test]
async fn of_many_the_newest_are_shown() {
    let Some(browser) = Browser::start().await else { return };
    let sandbox = Sandbox::start().await.unwrap();
    for at in 0..103 {
        send(&sandbox, &text(&format!("Message {at}"))).await;
    }
    let page = Page::open(&browser, &sandbox.base_url()).await;
    page.tool("ledger").await;
    let says =
        "return document.getElementById('ledger-count').textContent.startsWith(arguments[0])";
    browser.until(says, &[json!("The newest 100 of 103 messages")]).await;
    browser.click("#ledger-more").await;
    browser.until(says, &[json!("103 messages")]).await;
    assert_eq!(
        browser.script("return document.getElementById('ledger-more').hidden", &[]).await,
        json!(true)
    );
    assert_eq!(browser.wrong().await, [""; 0]);
}

#[tokio::test]
async fn a_webhook_that_is_read_stays_open_while_others_come() {
    let Some(browser) = Browser::start().await else { return };
    let sandbox = with_webhooks().await;
    let page = Page::open(&browser, &sandbox.base_url()).await;
    sandbox.customer("+15550101").says("First").unwrap();
    page.shows("First").await;
    sandbox.settled().await;
    page.tool("webhooks").await;
    browser.click("#webhook-list summary").await;
    browser.until("return document.querySelector('#webhook-list details').open", &[]).await;
    sandbox.customer("+15550101").says("Second").unwrap();
    let two = "return document.querySelectorAll('#webhook-list li').length === 2";
    browser.until(two, &[]).await;
    let state = "return [...document.querySelectorAll('#webhook-list details')].map((each) => each.open && each.innerText.includes('First'))";
    assert_eq!(browser.script(state, &[]).await, json!([false, true]));
    let focused = "return document.activeElement.localName === 'summary' && document.activeElement.closest('li').dataset.number === '0'";
    assert_eq!(browser.script(focused, &[]).await, true);
    // It has the focus also when it was pressed.
    browser.click("#webhook-list li:last-child button").await;
    let again = "return document.querySelector('#webhook-list li:last-child').textContent.startsWith('0: taken (200, 2 times)')";
    browser.until(again, &[]).await;
    let focused = "return document.activeElement.textContent === 'Post again'";
    assert_eq!(browser.script(focused, &[]).await, true);
    assert_eq!(browser.wrong().await, [""; 0]);
}
