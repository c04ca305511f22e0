//! How often templates are created and edited, and what their list is filtered by.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::time::Duration;

use common::{call, create, get, plain};
use serde_json::json;
use tokio::time::advance;
use wa_sandbox::{Limits, Sandbox};

const HOUR: Duration = Duration::from_secs(3600);

#[tokio::test(start_paused = true)]
async fn a_hundred_templates_are_created_in_an_hour() {
    let limits = Limits::none().template_rates();
    let sandbox = Sandbox::builder().limits(limits).start().await.unwrap();
    for number in 0..100 {
        let created = create(&sandbox, &plain(&format!("t{number}"), "Hello")).await;
        assert_eq!(created.status, 200, "{number}: {}", created.body);
        // What is refused is not counted.
        let again = create(&sandbox, &plain("t0", "Hello")).await;
        assert_eq!(again.status, 400, "{number}");
    }
    let refused = create(&sandbox, &plain("more", "Hello")).await;
    assert_eq!((refused.status, refused.code()), (400, 80_008), "{}", refused.body);
    advance(HOUR).await;
    assert_eq!(create(&sandbox, &plain("more", "Hello")).await.status, 200);
    // Without the limit, there is none.
    sandbox.set_limits(Limits::none());
    for number in 0..101 {
        let created = create(&sandbox, &plain(&format!("u{number}"), "Hello")).await;
        assert_eq!(created.status, 200, "{number}: {}", created.body);
    }
}

#[tokio::test(start_paused = true)]
async fn an_approved_template_is_edited_once_a_day_and_ten_times_in_thirty() {
    let limits = Limits::none().template_rates();
    let sandbox = Sandbox::builder().limits(limits).start().await.unwrap();
    let created = create(&sandbox, &plain("menu", "Hello")).await;
    let line = format!("POST /v23.0/{}", created.body["id"].as_str().unwrap());
    let edits = async |number: usize| {
        let body = json!({ "components": [{ "type": "BODY", "text": format!("Hello {number}") }] });
        let answer = call(&sandbox, &line, &body.to_string()).await;
        (answer.status, answer.body["error"]["code"].as_u64())
    };
    let approve = || sandbox.templates().approve("menu", "en_US").unwrap();
    let refused = (400, Some(80_008));
    for number in 0..10 {
        approve();
        assert_eq!(edits(number).await, (200, None), "{number}");
        approve();
        assert_eq!(edits(number).await, refused, "{number}");
        advance(24 * HOUR).await;
    }
    assert_eq!(edits(11).await, refused);
    // One that was refused is edited as often as anybody likes.
    sandbox.templates().reject("menu", "en_US", "INVALID_FORMAT").unwrap();
    assert_eq!(edits(11).await, (200, None));
    approve();
    advance(20 * 24 * HOUR).await;
    assert_eq!(edits(12).await, (200, None));
}

#[tokio::test]
async fn the_list_is_filtered_by_each_member_of_the_query() {
    let definitions = json!([
        { "name": "menu", "language": "en_US", "status": "APPROVED", "category": "MARKETING",
          "quality_score": { "score": "GREEN" },
          "components": [{ "type": "BODY", "text": "Fresh bread today" }] },
        { "name": "bread_offer", "language": "de", "status": "PAUSED", "category": "MARKETING",
          "quality_score": { "score": "RED" },
          "components": [{ "type": "BODY", "text": "Heute" }, { "type": "FOOTER", "text": "Nord" }] },
        { "name": "cards", "language": "pt_BR", "status": "APPROVED", "category": "UTILITY",
          "components": [{ "type": "BODY", "text": "Escolha" }, { "type": "CAROUSEL", "cards": [
              { "components": [{ "type": "BODY", "text": "Um bread" }] },
          ] }] },
    ]);
    let builder = Sandbox::builder().templates(definitions.to_string());
    let sandbox = builder.start().await.unwrap();
    // A list of a file comes in the order of the names.
    for (query, names) in [
        ("content=bread", vec!["cards", "menu"]),
        ("content=Nord", vec!["bread_offer"]),
        ("name=bread", vec!["bread_offer"]),
        ("name_or_content=bread", vec!["bread_offer", "cards", "menu"]),
        ("name_or_content=Heute", vec!["bread_offer"]),
        ("content=nothing", vec![]),
        ("quality_score=GREEN", vec!["menu"]),
        ("quality_score=%5B%22red%22%2C%22GREEN%22%5D", vec!["bread_offer", "menu"]),
        ("quality_score=UNKNOWN", vec!["cards"]),
        ("quality_score=YELLOW", vec![]),
        ("language=%5B%22pt-BR%22%5D", vec!["cards"]),
        ("status=approved&category=utility", vec!["cards"]),
    ] {
        let page = get(&sandbox, &format!("500100/message_templates?{query}")).await;
        let found = page["data"].as_array().unwrap().iter();
        let found: Vec<_> = found.filter_map(|one| one["name"].as_str()).collect();
        assert_eq!(found, names, "{query}");
    }
}
