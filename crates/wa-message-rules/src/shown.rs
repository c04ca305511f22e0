//! Texts from outside, as sentences and paths show them.

use std::borrow::Cow;

/// The greatest number of characters that are shown of a name or a value.
const SHOWN_AT_MOST: usize = 80;

/// A text as a sentence shows it. A long one is cut, so that nobody decides how long a report is, and
/// what does not show, or would show in a misleading order, is escaped.
#[must_use]
pub fn shown(text: &str) -> Cow<'_, str> {
    if text.len() <= SHOWN_AT_MOST && !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut letters = text.chars();
    let mut out = String::new();
    for letter in letters.by_ref().take(SHOWN_AT_MOST) {
        if is_hidden(letter) {
            out.extend(letter.escape_unicode());
        } else {
            out.push(letter);
        }
    }
    if !letters.as_str().is_empty() {
        out.push('…');
    }
    Cow::Owned(out)
}

/// The same between the quotes in which sentences put names and values.
#[must_use]
pub fn quoted(text: &str) -> String {
    format!("`{}`", shown(text))
}

/// Control characters, line separators, marks of direction (which the compiler refuses in literals), and
/// other characters without a width. Joiners and selectors belong to emoji and show.
pub(crate) fn is_hidden(letter: char) -> bool {
    letter.is_control()
        || matches!(
            letter,
            '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}'
        )
}

#[cfg(test)]
mod tests {
    use super::{SHOWN_AT_MOST, shown};

    #[test]
    fn what_is_shown_is_short_and_on_one_line() {
        for text in ["", "body", "größe", "👩‍👩‍👧‍👦"] {
            assert_eq!(shown(text), text);
        }
        assert_eq!(shown("a\nb\u{202E}c"), "a\\u{a}b\\u{202e}c");
        let exact = "é".repeat(SHOWN_AT_MOST);
        assert_eq!(shown(&exact), exact);
        assert_eq!(shown(&format!("{exact}é")), format!("{exact}…"));
        assert!(shown(&"\0".repeat(1_000_000)).len() < 1_000);
    }
}
