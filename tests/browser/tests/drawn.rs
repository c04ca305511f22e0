//! Drawing: each kind of message comes into the page, and nothing that the policy forbids.

use wa_message_browser::{Browser, Page};
use wa_sandbox::Sandbox;

use crate::common::{examples, post, send, text};

#[tokio::test]
async fn each_kind_is_drawn_without_an_error_or_a_report_of_the_policy() {
    let Some(browser) = Browser::start().await else { return };
    let sandbox = Sandbox::start().await.unwrap();
    let page = Page::open(&browser, &sandbox.base_url()).await;
    page.converse("+15550101").await;
    let mut sent = 0;
    for (name, mut body) in examples() {
        // All of them in one conversation. What marks another message is about one that the page does not know.
        if body.get("status").is_some() {
            continue;
        }
        body["to"] = "+15550101".into();
        body.as_object_mut().unwrap().remove("recipient");
        if body.get("recipient_type").is_some() && body["type"] != "pin" {
            body["recipient_type"] = "individual".into();
        }
        let (status, answer) = post(&sandbox, &body).await;
        assert_eq!(status, 200, "{name}: {answer}");
        sent += 1;
        page.messages(sent).await;
        let seen = "const last = document.querySelector('#log > li:last-child article');
            const box = last.getBoundingClientRect();
            return box.width > 30 && box.height > 15 && last.ariaLabel.length > 3 && last.innerText.trim().length > 0";
        assert_eq!(browser.script(seen, &[]).await, true, "{name}");
    }
    assert!(sent >= 30, "{sent}");
    assert_eq!(browser.wrong().await, [""; 0]);
    // Nothing is wider than the conversation.
    let wide =
        "const chat = document.getElementById('chat'); return chat.scrollWidth <= chat.clientWidth";
    assert_eq!(browser.script(wide, &[]).await, true);
}

#[tokio::test]
async fn a_refused_request_is_shown_with_its_mistakes_and_their_places() {
    let Some(browser) = Browser::start().await else { return };
    let sandbox = Sandbox::start().await.unwrap();
    let page = Page::open(&browser, &sandbox.base_url()).await;
    let (status, _) = post(&sandbox, &text("")).await;
    assert_eq!(status, 400);
    page.messages(1).await;
    let wrong =
        browser.until("return document.querySelector('#log .wrong')?.textContent", &[]).await;
    assert!(wrong.as_str().unwrap().starts_with("131009: `body` is empty"), "{wrong}");
    browser.click("#log .meta button").await;
    let place = "return document.querySelector('#entry .problem code')?.textContent";
    assert_eq!(browser.until(place, &[]).await, "text.body");
    assert_eq!(browser.wrong().await, [""; 0]);
}

#[tokio::test]
async fn the_builder_draws_and_checks_what_is_typed() {
    let Some(browser) = Browser::start().await else { return };
    let sandbox = Sandbox::start().await.unwrap();
    let page = Page::open(&browser, &sandbox.base_url()).await;
    page.tool("builder").await;
    browser
        .write(
            "#draft",
            "<button> to: \"+15550101\", body: \"Well?\", buttons: [{ id: \"y\", title: \"Yes\" }]",
        )
        .await;
    let drawn = "return document.querySelector('#drawn [data-id=y]')?.innerText";
    assert_eq!(browser.until(drawn, &[]).await, "Yes");
    browser.write("#draft", ", colour: 1").await;
    browser
        .until(
            "return document.querySelector('#drawn .problem')?.innerText.includes('colour')",
            &[],
        )
        .await;
    assert_eq!(browser.wrong().await, [""; 0]);
    // What is typed is sent to nobody.
    assert!(sandbox.received().is_empty());
    send(&sandbox, &text("Hello")).await;
    page.messages(1).await;
}
