//! Templates: of messages that are held against them, and of an account before servers that answer as they are told to.
#![allow(clippy::unwrap_used, clippy::panic)]

mod change;
#[path = "../common/mod.rs"]
mod common;
mod held;
mod list;
mod pull;
#[path = "../media/server.rs"]
#[allow(dead_code)] // Those of files are not needed.
mod server;

/// A page of the list. The address of the next one has the token in it, as the API may write it.
fn page(names: &[&str], after: Option<&str>, total: usize) -> Vec<u8> {
    let data: Vec<_> = names.iter().map(|name| definition(name, "en_US")).collect();
    let paging = match after {
        Some(after) => format!(
            r#"{{"cursors":{{"before":"b","after":"{after}"}},"next":"https://graph.facebook.com/v23.0/9/x?access_token={}&after=wrong"}}"#,
            common::TOKEN
        ),
        None => r#"{"cursors":{"before":"b","after":"last"}}"#.to_owned(),
    };
    server::json(&format!(
        r#"{{"data":[{}],"paging":{paging},"summary":{{"total_count":{total}}}}}"#,
        data.join(",")
    ))
}

fn definition(name: &str, language: &str) -> String {
    format!(
        r#"{{"name":"{name}","parameter_format":"POSITIONAL","components":[{{"type":"BODY","text":"Hi {{{{1}}}}."}}],
        "language":"{language}","status":"APPROVED","category":"UTILITY","id":"7{name}","new_member":[1]}}"#
    )
}
