//! Drawing: each kind of message comes into the page, and nothing that the policy forbids.

use serde_json::json;
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

#[tokio::test]
async fn nothing_is_cut_in_a_narrow_window() {
    let Some(browser) = Browser::start().await else { return };
    let sandbox = Sandbox::start().await.unwrap();
    for (_, mut body) in examples() {
        body["to"] = "+15550101".into();
        body.as_object_mut().unwrap().remove("recipient");
        post(&sandbox, &body).await;
    }
    let page = Page::open(&browser, &sandbox.base_url()).await;
    page.converse("+15550101").await;
    for width in [320, 400, 800, 1100, 1920] {
        let size =
            json!({ "width": width, "height": 800, "deviceScaleFactor": 1, "mobile": false });
        browser.tools("Emulation.setDeviceMetricsOverride", size).await;
        for tool in ["entry", "faults", "requests", "webhooks", "builder"] {
            page.tool(tool).await;
            let wide = "return [document.documentElement, document.getElementById('chat'), document.querySelector('.people'), document.querySelector('.side')]
                .filter((each) => each.scrollWidth > each.clientWidth).map((each) => `${each.tagName} ${each.scrollWidth} > ${each.clientWidth}`)";
            assert_eq!(browser.script(wide, &[]).await, json!([]), "{width}, {tool}");
        }
        let text = "return document.querySelector('#composer [name=text]').getBoundingClientRect().width > 150";
        assert_eq!(browser.script(text, &[]).await, true, "{width}");
    }
}

#[tokio::test]
async fn a_template_that_does_not_fit_is_shown_with_its_mistake() {
    let Some(browser) = Browser::start().await else { return };
    let definition = r#"{ "name": "menu", "language": "en_US", "category": "MARKETING",
        "components": [{ "type": "BODY", "text": "Hi {{1}}.", "example": { "body_text": [["Ada"]] } }] }"#;
    let sandbox = Sandbox::builder().templates(definition).start().await.unwrap();
    let page = Page::open(&browser, &sandbox.base_url()).await;
    let sent = |values: serde_json::Value| {
        json!({ "messaging_product": "whatsapp", "to": "+15550101", "type": "template",
            "template": { "name": "menu", "language": { "code": "en_US" }, "components": [{ "type": "body", "parameters": values }] } })
    };
    send(&sandbox, &sent(json!([{ "type": "text", "text": "Robin" }]))).await;
    page.shows("Hi Robin.").await;
    let two = json!([{ "type": "text", "text": "Robin" }, { "type": "text", "text": "Ada" }]);
    assert_eq!(post(&sandbox, &sent(two)).await.0, 400);
    page.messages(2).await;
    browser.click("#log .refused .meta button").await;
    let place = "return document.querySelector('#entry .problem code')?.textContent";
    let place = browser.until(place, &[]).await;
    assert!(place.as_str().unwrap().starts_with("template.components[0]"), "{place}");
}

#[tokio::test]
async fn lists_have_their_marks_and_links_lead_out_of_the_page() {
    let Some(browser) = Browser::start().await else { return };
    let sandbox = Sandbox::start().await.unwrap();
    send(&sandbox, &text("- one\n- two\n\n1. first\n2. second\nhttps://example.org/")).await;
    let page = Page::open(&browser, &sandbox.base_url()).await;
    page.messages(1).await;
    let marks = "return [...document.querySelectorAll('#log li li')].map((each) => getComputedStyle(each).listStyleType)";
    assert_eq!(browser.script(marks, &[]).await, json!(["disc", "disc", "decimal", "decimal"]));
    let link = "const link = document.querySelector('#log a'); return [link.target, link.rel]";
    assert_eq!(browser.script(link, &[]).await, json!(["_blank", "noopener noreferrer"]));
}
