//! Descriptions that could be read in two ways are refused.
#![allow(clippy::unwrap_used, missing_docs)]

use std::{fs, path::Path};

use xtask::codegen;

/// Generates from the description with one edit, which has to be refused in these words.
fn assert_refused(from: &str, to: &str, words: &str) {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    let text = fs::read_to_string(root.join(codegen::DESCRIPTION)).unwrap();
    assert!(text.contains(from), "the description has no {from:?}");
    let message = match codegen::generate(&text.replacen(from, to, 1)) {
        Ok(_) => panic!("it was generated from"),
        Err(error) => error.to_string(),
    };
    assert!(message.contains(words), "{message:?} does not say {words:?}");
}

/// Tags and values are read in any case, so that nothing tells these apart.
#[test]
fn what_differs_in_case_alone() {
    assert_refused(
        "const: unpin,",
        "const: Pin,",
        "the arms of a `oneOf` need a member with another `const` in each",
    );
    assert_refused(
        "enum: [draft, published]",
        "enum: [draft, Draft]",
        "`draft` and `Draft` cannot be told apart",
    );
    assert_refused(
        "x-lenient: {partially_shipped: partially-shipped}",
        "x-lenient: {SHIPPED: shipped}",
        "`SHIPPED` and `shipped` cannot be told apart",
    );
    assert_refused(
        "{rule: 64, unique: 'cards[].card_index'}",
        "{rule: 64, unique: 'cards[].type'}",
        "words that are read in any case",
    );
}

#[test]
fn what_is_ignored_and_something_else() {
    let ignored = "x-ignored: [calendar,";
    assert_refused(
        ignored,
        "x-ignored: [fallback_value,",
        "`fallback_value` is ignored, and a member or refused at once",
    );
    assert_refused(
        ignored,
        "x-refused: {year: {because: it is old}}\n      x-ignored: [year, calendar,",
        "`year` is ignored, and a member or refused at once",
    );
}

#[test]
fn what_is_given_instead_is_a_member() {
    assert_refused("instead: [template]", "instead: [templates]", "there is no member `templates`");
}
