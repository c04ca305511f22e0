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

/// Returns whether a character does not show, or turns the direction of what is read.
///
/// They are control characters, line separators, marks of direction (which the compiler refuses in literals), and other
/// characters without a width. Joiners, selectors and tags belong to letters and emoji, and show.
#[must_use]
pub fn is_hidden(letter: char) -> bool {
    letter.is_control()
        || matches!(
            letter,
            '\u{AD}'
                | '\u{61C}'
                | '\u{180E}'
                | '\u{200B}'
                | '\u{200E}'
                | '\u{200F}'
                | '\u{2028}'..='\u{202E}'
                | '\u{2060}'..='\u{206F}'
                | '\u{FEFF}'
                | '\u{FFF9}'..='\u{FFFB}'
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
        // Names in scripts that run from right to left, and letters that are not joined in them.
        for text in ["נועה", "مريم", "می\u{200C}خواهم"] {
            assert_eq!(shown(text), text);
        }
        assert_eq!(shown("מ\u{200F}\u{61C}"), "מ\\u{200f}\\u{61c}");
        let exact = "é".repeat(SHOWN_AT_MOST);
        assert_eq!(shown(&exact), exact);
        assert_eq!(shown(&format!("{exact}é")), format!("{exact}…"));
        assert!(shown(&"\0".repeat(1_000_000)).len() < 1_000);
    }
}
