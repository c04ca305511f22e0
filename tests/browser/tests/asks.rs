//! Sheets: what a tap asks the customer for, changed and sent; and by the keyboard.

use serde_json::{Value, json};
use wa_message::webhook::{
    Item, What, parse,
    types::{IncomingMessage, MessageContent},
};
use wa_message_browser::{Browser, Page};
use wa_sandbox::Sandbox;

use crate::common::{send, with_webhooks};

/// The newest message of a customer that was posted.
async fn newest(sandbox: &Sandbox) -> IncomingMessage<'static> {
    sandbox.settled().await;
    let messages = sandbox.deliveries().into_iter().rev().find_map(|delivery| {
        let body = delivery.body().to_vec();
        let payload = parse(&body).unwrap();
        let mut events = payload.events();
        events.find_map(|event| match event.what {
            What::Message(message) => Some(message.into_owned()),
            _ => None,
        })
    });
    messages.unwrap()
}

fn interactive(interactive: &Value) -> Value {
    json!({ "messaging_product": "whatsapp", "to": "+15550101", "type": "interactive", "interactive": interactive })
}

const FIELDS: &str = "return [...document.querySelectorAll('#asks-fields label')].map((label) => label.innerText.trim())";

#[tokio::test]
async fn a_location_is_sent_as_it_was_changed() {
    let Some(browser) = Browser::start().await else { return };
    let sandbox = with_webhooks().await;
    let request = json!({ "type": "location_request_message", "body": { "text": "Where are you?" },
        "action": { "name": "send_location" } });
    send(&sandbox, &interactive(&request)).await;
    let page = Page::open(&browser, &sandbox.base_url()).await;
    page.shows("Where are you?").await;
    browser.click("#log button[data-answer=shares]").await;
    browser.until("return document.getElementById('asks').open", &[]).await;
    let fields = browser.script(FIELDS, &[]).await;
    assert_eq!(fields, json!(["address", "latitude", "longitude", "name"]));
    // In a field, and in the JSON.
    browser.script("document.querySelectorAll('#asks-fields input')[3].value = ''", &[]).await;
    browser.write("#asks-fields label:nth-child(4) input", "The pier").await;
    browser.click("#asks-more summary").await;
    let json = "return JSON.parse(document.getElementById('asks-json').value).name";
    assert_eq!(browser.script(json, &[]).await, "The pier");
    // What is refused stays, to be changed.
    for (json, says) in [
        ("{", None),
        ("[]", None),
        ("{\"name\": \"Nowhere\"}", Some("this is no content of a message")),
    ] {
        browser.script("document.getElementById('asks-json').value = ''", &[]).await;
        browser.write("#asks-json", json).await;
        browser.click("#asks-form > button").await;
        match says {
            None => {
                let valid = "return document.getElementById('asks-json').validity.valid";
                assert_eq!(browser.script(valid, &[]).await, false, "{json}");
            }
            Some(says) => {
                let told = "return document.getElementById('told').open && document.getElementById('told-text').textContent.includes(arguments[0])";
                browser.until(told, &[json!(says)]).await;
                browser.press("\u{e00c}").await;
            }
        }
        assert_eq!(browser.script("return document.getElementById('asks').open", &[]).await, true);
    }
    browser.script("document.getElementById('asks-json').value = ''", &[]).await;
    browser.write("#asks-json", "{\"latitude\": 12.5, \"longitude\": 1, \"name\": \"Here\"}").await;
    let fields = browser.script(FIELDS, &[]).await;
    assert_eq!(fields, json!(["latitude", "longitude", "name"]));
    browser.click("#asks-form > button").await;
    page.shows("Here").await;
    browser.until("return !document.getElementById('asks').open", &[]).await;
    let message = newest(&sandbox).await;
    let Item::Known(MessageContent::Location(place)) = message.content else { panic!() };
    assert_eq!((place.latitude, place.name.as_deref()), (12.5, Some("Here")));
    assert!(message.context.is_some());
    // The browser tells of each answer that is none.
    let wrong = browser.wrong().await;
    assert!(wrong.iter().all(|line| line.contains("400 (Bad Request)")), "{wrong:?}");
}

#[tokio::test]
async fn a_contact_and_an_order_are_sent_and_escape_sends_nothing() {
    let Some(browser) = Browser::start().await else { return };
    let sandbox = with_webhooks().await;
    let request = json!({ "type": "request_contact_info", "body": { "text": "Who are you?" },
        "action": { "name": "request_contact_info" } });
    send(&sandbox, &interactive(&request)).await;
    let page = Page::open(&browser, &sandbox.base_url()).await;
    page.shows("Who are you?").await;
    let open = "return document.getElementById('asks').open === arguments[0]";
    browser.script("document.querySelector('#log button[data-answer=shares]').focus()", &[]).await;
    browser.press("\u{e007}").await;
    browser.until(open, &[json!(true)]).await;
    browser.press("\u{e00c}").await;
    browser.until(open, &[json!(false)]).await;
    // The focus is where it was.
    let focus = "return document.activeElement.dataset.answer";
    assert_eq!(browser.script(focus, &[]).await, "shares");
    assert!(sandbox.deliveries().iter().all(|delivery| delivery.messages().is_empty()));
    browser.press("\u{e007}").await;
    browser.until(open, &[json!(true)]).await;
    browser.click("#asks-form > button").await;
    page.messages(2).await;
    let came = newest(&sandbox).await;
    assert!(matches!(came.content, Item::Known(MessageContent::Contacts(_))));

    let product = json!({ "type": "product", "body": { "text": "Bread" },
        "action": { "catalog_id": "367025965434465", "product_retailer_id": "rye" } });
    send(&sandbox, &interactive(&product)).await;
    page.shows("Bread").await;
    browser.click("#log button[data-answer=orders]").await;
    browser.until(open, &[json!(true)]).await;
    browser.click("#asks-form > button").await;
    page.messages(4).await;
    let came = newest(&sandbox).await;
    let Item::Known(MessageContent::Order(order)) = came.content else { panic!() };
    assert_eq!(order.catalog_id.as_deref(), Some("367025965434465"));
    assert_eq!(browser.wrong().await, [""; 0]);
}
