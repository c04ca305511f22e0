//! The sandbox as a door. Every document is a request, so it sees fewer of them.

use std::io;

use serde_json::Value;
use wa_message::{Client, Message, ProblemKind, ReadReceipt, client::reqwest};
use wa_sandbox::Sandbox;

use crate::{Generator, sample, table::is_receipt};

/// A client for requests that the library would not make.
///
/// # Errors
///
/// When the HTTP library does not start.
pub fn http() -> io::Result<reqwest::Client> {
    // Whoever built the tests may have left `reqwest` without a provider of cryptography. This sets one.
    Client::builder("no-token", "1")
        .base_url("http://127.0.0.1")
        .build()
        .map_err(io::Error::other)?;
    reqwest::Client::builder().no_proxy().build().map_err(io::Error::other)
}

/// What the sandbox says in answer to so many documents of a seed, compared with the library.
///
/// # Errors
///
/// When the sandbox cannot be started or does not answer.
pub fn compare_with_sandbox(seed: u64, documents: u64) -> io::Result<Vec<String>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(compare(seed, documents))
}

async fn compare(seed: u64, documents: u64) -> io::Result<Vec<String>> {
    let sandbox = Sandbox::start().await?;
    let address = format!("{}/v23.0/{}/messages", sandbox.base_url(), sandbox.phone_number_id());
    let client = http()?;
    let mut generator = Generator::default();
    let mut wrong = Vec::new();
    for index in 0..documents {
        let document = sample(&mut generator, seed, index).document;
        let body = document.to_string();
        let request = client.post(&address).bearer_auth(sandbox.token());
        let request = request.header("content-type", "application/json").body(body.clone());
        let answer = request.send().await.map_err(io::Error::other)?;
        let status = answer.status().as_u16();
        let answer = answer.bytes().await.map_err(io::Error::other)?;
        let answer: Value = serde_json::from_slice(&answer)?;
        let found = answer["error"]["error_data"]["details"].as_str().unwrap_or_default();
        let (expected_status, expected) = expected(&document, &body);
        // Details of many mistakes are cut.
        let same = found.strip_suffix(" ...").map_or(found == expected, |beginning| {
            found.len() > 10_000 && expected.starts_with(beginning)
        });
        if status != expected_status || !same {
            wrong.push(format!(
                "seed {seed}, document {index}: {body}\n  the sandbox: {status} {found}\n  \
                 the library: {expected_status} {expected}"
            ));
        }
    }
    Ok(wrong)
}

/// The status and the details that the library leads to.
fn expected(document: &Value, body: &str) -> (u16, String) {
    let invalid = if is_receipt(document) {
        body.parse::<ReadReceipt>().err()
    } else {
        body.parse::<Message>().err()
    };
    let Some(invalid) = invalid else { return (200, String::new()) };
    if let ProblemKind::NotJson { because, line, column } = invalid.violations()[0].problem().kind()
    {
        return (400, format!("the body is not JSON: {because} at line {line} column {column}"));
    }
    let sentences = invalid.violations().iter().map(|violation| {
        let path = if violation.path().is_empty() { "the body" } else { violation.path() };
        format!("{violation} (at `{path}`)")
    });
    (400, sentences.collect::<Vec<_>>().join("; "))
}
