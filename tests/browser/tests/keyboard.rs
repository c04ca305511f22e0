//! The keyboard: everything that a customer does goes without a mouse.

use serde_json::json;
use wa_message_browser::{Browser, Page};

use crate::common::{send, with_webhooks};

const TAB: &str = "\u{e004}";
const ENTER: &str = "\u{e007}";
const RIGHT: &str = "\u{e014}";

/// Goes on with the tabulator until the focus is at what a selector names.
async fn walk_to(browser: &Browser, selector: &str) {
    for _ in 0..60 {
        browser.press(TAB).await;
        let script = "return document.activeElement.matches(arguments[0])";
        if browser.script(script, &[json!(selector)]).await == true {
            // One sees where it is.
            let seen = "const style = getComputedStyle(document.activeElement); return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2";
            assert_eq!(browser.script(seen, &[]).await, true, "{selector}");
            return;
        }
    }
    panic!("the keyboard does not come to {selector}");
}

#[tokio::test]
async fn a_reply_is_chosen_and_a_text_is_sent_by_keys_alone() {
    let Some(browser) = Browser::start().await else { return };
    let sandbox = with_webhooks().await;
    let list = json!({ "messaging_product": "whatsapp", "to": "+15550101", "type": "interactive",
        "interactive": { "type": "list", "body": { "text": "Which one?" }, "action": { "button": "See them", "sections": [
            { "title": "Bread", "rows": [{ "id": "rye", "title": "Rye" }, { "id": "oat", "title": "Oat" }] } ] } } });
    send(&sandbox, &list).await;
    let button = json!({ "messaging_product": "whatsapp", "to": "+15550101", "type": "interactive",
        "interactive": { "type": "button", "body": { "text": "Sure?" },
            "action": { "buttons": [{ "type": "reply", "reply": { "id": "yes", "title": "Yes" } }] } } });
    send(&sandbox, &button).await;
    let page = Page::open(&browser, &sandbox.base_url()).await;
    page.messages(2).await;

    walk_to(&browser, "#log summary").await;
    browser.press(ENTER).await;
    walk_to(&browser, "#list[open] [data-id=oat]").await;
    browser.press(ENTER).await;
    page.messages(3).await;
    walk_to(&browser, "#log [data-id=yes]").await;
    browser.press(" ").await;
    page.messages(4).await;
    walk_to(&browser, "#composer [name=text]").await;
    browser.keys("Thank you").await;
    browser.press(ENTER).await;
    page.messages(5).await;
    // One goes on writing.
    assert_eq!(browser.script("return document.activeElement.name", &[]).await, "text");

    walk_to(&browser, "#tab-entry").await;
    for expected in ["faults", "requests", "ledger", "webhooks", "builder", "entry"] {
        browser.press(RIGHT).await;
        let script = "return document.activeElement.getAttribute('aria-controls') + !document.getElementById(arguments[0]).hidden";
        assert_eq!(browser.script(script, &[json!(expected)]).await, format!("{expected}true"));
    }
    let texts = page.texts().await;
    assert!(
        texts[2].contains("Oat") && texts[3].contains("Yes") && texts[4].contains("Thank you"),
        "{texts:?}"
    );
    assert_eq!(browser.wrong().await, [""; 0]);
}
