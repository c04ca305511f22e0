//! The codes of errors: what is refused with its place, and what a change means for users.
#![allow(clippy::unwrap_used, missing_docs)]

use std::{fs, path::Path};

use xtask::{codegen, diff::Changes, face::Face};

fn description() -> String {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    fs::read_to_string(root.join(codegen::DESCRIPTION)).unwrap()
}

/// The description with one edit, which has to apply.
fn edited(from: &str, to: &str) -> String {
    let text = description();
    assert!(text.contains(from), "the description has no {from:?}");
    text.replacen(from, to, 1)
}

/// The description with one more code.
fn with(entry: &str) -> String {
    edited("\n    codes:\n", &format!("\n    codes:\n      - {{{entry}}}\n"))
}

#[track_caller]
fn assert_refused(description: &str, parts: &[&str]) {
    let message = match codegen::generate(description) {
        Ok(_) => panic!("it was generated from"),
        Err(error) => error.to_string(),
    };
    for part in parts {
        assert!(message.contains(part), "{message:?} does not say {part:?}");
    }
    assert!(message.contains("line "), "{message}");
}

#[test]
fn what_cannot_be_is_refused_with_its_place() {
    let codes = "components/x-error-codes/codes/";
    for (entry, parts) in [
        ("code: 1", &["`name` is missing"][..]),
        ("code: 9, name: Nine, title: nine, class: request", &["`advice` is missing"]),
        ("code: 9, name: nine, title: t, class: request, advice: now", &["/0/name", "variant"]),
        ("code: 9, name: Unknown, title: t, class: request, advice: now", &["/0/name"]),
        ("code: x, name: Nine, title: t, class: request, advice: now", &["/0/code", "200-299"]),
        ("code: 9-9, name: Nine, title: t, class: request, advice: now", &["/0/code"]),
        ("code: 9-8, name: Nine, title: t, class: request, advice: now", &["/0/code"]),
        ("code: [], name: Nine, title: t, class: request, advice: now", &["a code is missing"]),
        ("code: [9, 8-10], name: Nine, title: t, class: request, advice: now", &["the code 9"]),
        ("code: 9, name: Nine, title: t., class: request, advice: now", &["/0/title"]),
        ("code: 9, name: Nine, title: t, class: reqest, advice: now", &["/0/class", "`reqest`"]),
        ("code: 9, name: Nine, title: t, class: request, advice: nevr", &["/0/advice", "`nevr`"]),
        ("code: 9, name: Nine, title: t, class: request, advice: wait 1", &["/0/advice", "5 min"]),
        ("code: 9, name: Nine, title: t, class: request, advice: wait 0 s", &["/0/advice"]),
        ("code: 9, name: Nine, title: t, class: request, advice: wait 1 d", &["/0/advice"]),
        ("code: 9, name: Nine, title: t, class: request, advice: after_action", &["`action`"]),
        (
            "code: 9, name: Nine, title: t, class: request, advice: now, throttles: number",
            &["/0/throttles", "wait"],
        ),
        (
            "code: 9, name: Nine, title: t, class: request, advice: wait 1 s, throttles: nubmer",
            &["/0/throttles", "`nubmer`"],
        ),
        ("code: 9, name: Nine, title: t, class: request, advice: now, status: 200", &["/0/status"]),
        (
            "code: 9, name: Nine, title: t, class: request, advice: now, retry: true",
            &["/0/retry", "does not carry"],
        ),
    ] {
        let parts: Vec<_> = parts.iter().copied().chain([codes]).collect();
        assert_refused(&with(entry), &parts);
    }
}

#[test]
fn doubled_codes_and_names_are_refused_at_the_second() {
    let text = with("code: 131056, name: Nine, title: nine, class: request, advice: now");
    assert_refused(&text, &["the code 131056 belongs to `Nine` already"]);
    let text = with("code: 250, name: Nine, title: nine, class: request, advice: now");
    assert_refused(&text, &["the code 250 belongs to `Nine` already"]);
    let text = with("code: 9, name: PairRateLimit, title: nine, class: request, advice: now");
    assert_refused(&text, &["two codes are called `PairRateLimit`"]);
    let text = edited("\n    codes:\n", "\n      unknown: One that is not known.\n    codes:\n");
    assert_refused(&text, &["classes/unknown"]);
}

#[test]
fn a_misspelt_keyword_of_the_components_is_refused() {
    let text = edited("x-error-codes:", "x-error-code:");
    assert_refused(&text, &["/components/x-error-code", "does not carry"]);
}

/// The changes from the description to an edit of it: whether each breaks users, and its words.
fn changes(new: &str) -> Vec<(bool, String)> {
    let old = Face::read(&description()).unwrap();
    let new = Face::read(new).unwrap();
    // And the same by way of the snapshot.
    let snapshot = Face::read(&new.to_text()).unwrap();
    let list = |new: &Face| -> Vec<_> {
        let changes = Changes::between(&old, new).changes;
        changes.iter().map(|change| (change.breaks, change.to_string())).collect()
    };
    assert_eq!(list(&new), list(&snapshot));
    list(&new)
}

#[test]
fn a_new_code_breaks_nobody_and_one_that_goes_does() {
    let text = with("code: 9, name: Nine, title: nine, class: request, advice: now");
    assert_eq!(changes(&text), [(false, "`ErrorCode::Nine`: added".to_owned())]);
    let text = edited("name: PairRateLimit", "name: RecipientRateLimit");
    let renamed = "`ErrorCode::PairRateLimit`: renamed to `RecipientRateLimit`";
    assert_eq!(changes(&text), [(true, renamed.to_owned())]);
    let all = description();
    let line = all.lines().find(|line| line.contains("PairRateLimit")).unwrap();
    let removed = (true, "`ErrorCode::PairRateLimit`: removed".to_owned());
    assert_eq!(changes(&all.replacen(&format!("{line}\n"), "", 1)), [removed]);
}

#[test]
fn what_is_said_of_a_code_breaks_only_who_matches_on_it() {
    let text =
        edited("advice: wait 1 s, throttles: recipient", "advice: wait 6 s, throttles: recipient");
    let [(false, said)] = &changes(&text)[..] else { panic!() };
    assert!(said.starts_with("`ErrorCode::PairRateLimit`: `advice` was "), "{said}");
    // From a variant without a number to one with it.
    let [(true, said)] = &changes(&edited("code: 131057,", "code: [131057, 131099],"))[..] else {
        panic!()
    };
    assert!(said.contains("`code`"), "{said}");
    let text = edited("\n    codes:\n", "\n      weather: The weather.\n    codes:\n");
    assert_eq!(changes(&text), [(false, "`ErrorClass`: weather added".to_owned())]);
}

#[test]
fn words_change_nothing() {
    let text = edited("title: the API is down or overloaded", "title: the API is out");
    assert_eq!(changes(&text), []);
}
