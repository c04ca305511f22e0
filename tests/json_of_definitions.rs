//! The reader of definitions takes what the parser takes that everybody uses, and finds the same values.
#![allow(clippy::unwrap_used)]

use serde_json::Value;
use wa_message_rules::{Node as _, json::Document};

const PIECES: [&str; 38] = [
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"a\"",
    "\"\"",
    "\"é\"",
    "\"\\n\"",
    "\"\\\\\"",
    "\"\\\"\"",
    "\"\\\\\\\"\"",
    "\"\\u00e9\"",
    "\"\\ud83c\\udf72\"",
    "\"\\x\"",
    "\"\\u00g0\"",
    "\"\n\"",
    "\"\\\n\"",
    "\"\\\"",
    "\"",
    "\\",
    "0",
    "-0",
    "01",
    "1.5",
    "1.",
    "1e5",
    "1e",
    "-",
    "+1",
    "true",
    "nul",
    "null",
    " ",
    "\n",
    "{\"a\":1}",
    "[1,\"b\"]",
];

/// What both say of a text. Returns whether it is JSON.
fn compare(text: &str) -> bool {
    let is_json = serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok();
    // A number may be too large for a value, and is JSON.
    let expected = serde_json::from_str::<Value>(text);
    let found = Document::new(text);
    assert_eq!(found.is_ok(), is_json, "{text:?}");
    if let (Ok(found), Ok(expected)) = (&found, &expected) {
        let root = found.root();
        assert_eq!(root.raw(), text.trim());
        for name in ["a", "é", ""] {
            let member =
                root.member(name).map(|member| serde_json::from_str(member.raw()).unwrap());
            assert_eq!(member.as_ref(), expected.get(name), "{text:?}");
        }
        assert_eq!(root.text().as_deref(), expected.as_str(), "{text:?}");
    }
    found.is_ok()
}

#[test]
fn what_is_json_is_what_serde_takes() {
    let mut count = 0;
    for first in PIECES {
        for (second, third) in PIECES.iter().flat_map(|piece| PIECES.map(|last| (piece, last))) {
            let three = format!("{first}{second}{third}");
            count += usize::from(compare(&format!("[{three}]")));
            count += usize::from(compare(&format!("{{\"a\":{first}{second}{third}}}")));
            count += usize::from(compare(&format!("{{{first}:{second},{third}:0}}")));
            count += usize::from(compare(&three));
        }
    }
    assert!(count > 2_000, "only {count} are JSON");
}
