//! Names and texts as tokens of Rust.

use std::fmt::Write;

use crate::shown::is_hidden;

/// A name as it stands before a colon: bare, or in quotes if it is no identifier.
pub(super) fn name(name: &str) -> String {
    let mut chars = name.chars();
    let bare = chars.next().is_some_and(|first| first.is_ascii_alphabetic())
        && chars.all(|char| char.is_ascii_alphanumeric() || char == '_');
    if bare { name.to_owned() } else { text(name) }
}

/// A text as a literal. What would not show, or would show in a misleading order, is escaped.
pub(super) fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for char in text.chars() {
        match char {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\0' => out.push_str("\\0"),
            hidden if is_hidden(hidden) => {
                // Writing to a text does not fail.
                let _ = write!(out, "\\u{{{:x}}}", u32::from(hidden));
            }
            other => out.push(other),
        }
    }
    out.push('"');
    out
}
