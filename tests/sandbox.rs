//! The rule table, sent to the sandbox over HTTP.
#![allow(clippy::unwrap_used, missing_docs)]

use serde_json::Value;
use wa_message_tests::cases;
use wa_sandbox::Sandbox;

#[tokio::test]
async fn the_sandbox_judges_as_the_library_does() {
    let sandbox = Sandbox::start().await.unwrap();
    let address = format!("{}/v23.0/{}/messages", sandbox.base_url(), sandbox.phone_number_id());
    let client = wa_message_tests::http().unwrap();
    let mut wrong = Vec::new();
    for case in cases() {
        let request = client.post(&address).bearer_auth(sandbox.token());
        let request = request.header("content-type", "application/json");
        let answer = request.body(case.message.to_string()).send().await.unwrap();
        let status = answer.status().as_u16();
        let body: Value = serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap();
        let details = body["error"]["error_data"]["details"].as_str().unwrap_or_default();
        let told = |path: &String| {
            path.is_empty()
                || details.contains(&format!("(at {path})"))
                || details.contains(&format!("(at `{path}`)"))
        };
        let expected = if case.paths.is_empty() { 200 } else { 400 };
        if status != expected || !case.paths.iter().all(told) {
            wrong.push(format!("{}: {status} {body}", case.name));
        }
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}
