//! The customer: what is tapped, chosen and written in the page comes to the bot, and its answer comes back.

use serde_json::json;
use wa_message::webhook::{Verifier, What, parse};
use wa_message_browser::{Browser, Page};

use crate::common::{Bot, send};

#[tokio::test]
async fn a_tap_reaches_the_bot_as_a_signed_webhook_and_its_answer_appears() {
    let Some(browser) = Browser::start().await else { return };
    let bot = Bot::start().await;
    let page = Page::open(&browser, &bot.sandbox.base_url()).await;
    let question = json!({ "messaging_product": "whatsapp", "to": "+15550101", "type": "interactive",
        "interactive": { "type": "button", "body": { "text": "Which one?" }, "action": { "buttons": [
            { "type": "reply", "reply": { "id": "dish-\"pudim\"", "title": "Pudim" } } ] } } });
    send(&bot.sandbox, &question).await;
    page.shows("Which one?").await;
    browser.click("#log button[data-answer=taps]").await;
    page.shows("A good choice. When shall it be ready?").await;
    // It is about what was tapped, in its words, and that has been read.
    let about = "return [...document.querySelectorAll('#log .wa-quote .wa-source')].map((each) => each.textContent)";
    assert_eq!(browser.script(about, &[]).await, json!(["Which one?", "Pudim"]));
    browser
        .until("return document.querySelector('#log .in .status')?.textContent === 'read'", &[])
        .await;
    page.messages(3).await;

    // It was signed, or else the bot would not have answered. The bytes say what was tapped.
    let deliveries = bot.sandbox.deliveries();
    let verifier = Verifier::new(["an-app-secret"]).unwrap();
    let tapped = deliveries.iter().find(|delivery| {
        let signature = verifier.sign(delivery.body());
        verifier.verify(Some(signature.as_bytes()), delivery.body()).unwrap();
        let payload = parse(delivery.body()).unwrap();
        payload.events().any(|event| match event.what {
            What::Message(message) => message.choice() == Some("dish-\"pudim\""),
            _ => false,
        })
    });
    assert!(tapped.is_some());
    assert_eq!(browser.wrong().await, [""; 0]);
}

#[tokio::test]
async fn a_row_a_text_a_reaction_and_a_file_reach_the_bot() {
    let Some(browser) = Browser::start().await else { return };
    let bot = Bot::start().await;
    let page = Page::open(&browser, &bot.sandbox.base_url()).await;
    page.converse("+15550101").await;
    browser.write("#composer input[name=text]", "Hello").await;
    browser.click("#composer > button").await;
    page.shows("What may it be?").await;

    browser.click("#log .wa-sheet > summary").await;
    browser.click("#list[open] button[data-id=dish-moqueca]").await;
    page.shows("A good choice.").await;
    browser.click("#log button[data-id=address]").await;
    page.shows("Where do you live?").await;
    browser.click("#log button[data-answer=answers-flow]").await;
    browser.click("#asks[open] #asks-form > button").await;
    page.shows("Thank you, noted:").await;

    let file = std::env::temp_dir().join(format!("wa-browser-{}.png", std::process::id()));
    std::fs::write(&file, PICTURE).unwrap();
    browser.write("#composer input[type=file]", file.to_str().unwrap()).await;
    browser.click("#composer > button").await;
    page.shows(&format!("A picture of {} bytes.", PICTURE.len())).await;
    std::fs::remove_file(&file).unwrap();

    browser.click("#log .out .meta button[aria-label='React with a thumb']").await;
    page.shows("I cannot read that.").await;
    assert_eq!(browser.wrong().await, [""; 0]);
}

/// The smallest picture: a PNG of one pixel.
const PICTURE: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0:~\x9bU\0\0\0\nIDATx\x9cc`\0\0\0\x02\0\x01H\xaf\xa4q\0\0\0\0IEND\xaeB`\x82";
