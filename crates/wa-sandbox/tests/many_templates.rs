//! Lists of definitions that somebody made up to keep the sandbox busy.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{call, create, get, plain};
use serde_json::{Value, json};
use wa_sandbox::Sandbox;

const ADD: &str = "POST /_sandbox/templates";

fn named(name: &str, language: &str) -> Value {
    json!({ "name": name, "language": language, "components": [] })
}

#[tokio::test]
async fn too_many_are_refused_as_a_whole() {
    let sandbox = Sandbox::start().await.unwrap();
    let many = |count: usize| {
        (0..count).map(|number| named(&format!("t{number}"), "de")).collect::<Vec<_>>()
    };
    let answer = call(&sandbox, ADD, &json!(many(6001)).to_string()).await;
    assert_eq!(answer.status, 400, "{}", answer.body);
    let message = answer.body["error"]["message"].as_str().unwrap();
    assert!(message.contains("with these 6001 there are more than 6000"), "{message}");
    assert!(sandbox.templates().all().is_empty());
    let answer = call(&sandbox, ADD, &json!(many(6000)).to_string()).await;
    assert_eq!(answer.body, json!({ "added": 6000 }));
    // Those that are there already take no room.
    let answer = call(&sandbox, ADD, &json!(many(6000)).to_string()).await;
    assert_eq!(answer.body, json!({ "added": 6000 }));
    assert_eq!(call(&sandbox, ADD, &named("more", "de").to_string()).await.status, 400);
    let full = create(&sandbox, &plain("more", "Hello")).await;
    assert_eq!(full.body["error"]["error_subcode"], 2_388_019, "{}", full.body);
}

/// All languages of a name are found, listed in their order, and gone at once.
#[tokio::test]
async fn a_name_in_thousands_of_languages_is_one_name() {
    let sandbox = Sandbox::start().await.unwrap();
    let all: Vec<_> = (0..5000).map(|number| named("menu", &format!("l{number:04}"))).collect();
    assert_eq!(call(&sandbox, ADD, &json!(all).to_string()).await.status, 200);
    assert!(sandbox.templates().get("menu", "l4999").is_some());
    let page = get(&sandbox, "1/message_templates?limit=5000").await;
    let page = page["data"].as_array().unwrap();
    assert_eq!((page.len(), &page[17]["language"]), (5000, &"l0017".into()));
    let gone = call(&sandbox, "DELETE /v23.0/1/message_templates?name=menu", "").await;
    assert_eq!(gone.status, 200, "{}", gone.body);
    assert!(
        sandbox.templates().all().is_empty() && sandbox.templates().get("menu", "l0001").is_none()
    );
}

/// What is wrong with them is told in a line, and not in a thousand.
#[tokio::test]
async fn what_no_definitions_are_is_refused_in_few_words() {
    let sandbox = Sandbox::start().await.unwrap();
    let nothing = vec![json!({}); 50_000];
    let deep = format!("{}{}", "[".repeat(200_000), "]".repeat(200_000));
    let inside = format!(
        r#"{{"name":"a","language":"de","components":{}{}}}"#,
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    for body in [json!(nothing).to_string(), deep, inside, "[".repeat(500_000)] {
        let answer = call(&sandbox, ADD, &body).await;
        let message = answer.body["error"]["message"].as_str().unwrap();
        assert_eq!(answer.status, 400, "{message}");
        assert!(message.len() < 1000, "{message}");
    }
    let long = format!("\"{}\"", "a".repeat(10 << 20));
    assert_eq!(call(&sandbox, ADD, &long).await.status, 413);
    assert!(sandbox.templates().all().is_empty());

    // Buttons without end are a definition, if a useless one. Its faults are kept, and not all of them.
    let buttons = vec![json!({ "type": "QUICK" }); 40_000];
    let mut odd = named("odd", "de");
    odd["components"] = json!([{ "type": "BUTTONS", "buttons": buttons }]);
    for _ in 0..2 {
        assert_eq!(call(&sandbox, ADD, &odd.to_string()).await.status, 200);
    }
    assert!(sandbox.templates().warnings().len() <= 1000);
}
