//! Names and texts as tokens of Rust.

use std::fmt::Write;

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
            hidden if hidden.is_control() || is_invisible(hidden) => {
                // Writing to a text does not fail.
                let _ = write!(out, "\\u{{{:x}}}", u32::from(hidden));
            }
            other => out.push(other),
        }
    }
    out.push('"');
    out
}

/// Line separators, marks of direction (which the compiler refuses in literals), and other characters
/// without a width. Joiners and selectors belong to emoji and stay.
fn is_invisible(char: char) -> bool {
    matches!(
        char,
        '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}'
    )
}
