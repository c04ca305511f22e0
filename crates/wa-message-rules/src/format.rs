//! Checks of a text that no regular expression of reasonable size can express.

use crate::{generated::emoji, text::code_point};

/// A named check of a text. The description names it with `format` or `x-format`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// Exactly one emoji (one extended grapheme cluster), or nothing.
    EmojiOrEmpty,
    /// No emoji anywhere. Characters that are text unless told otherwise, such as `©`, are taken.
    NoEmoji,
    /// A date of the Gregorian calendar, written `YYYY-MM-DD`.
    Date,
}

impl Format {
    /// Whether a text passes the check.
    #[must_use]
    pub const fn holds(self, text: &str) -> bool {
        match self {
            Self::EmojiOrEmpty => text.is_empty() || is_one_emoji(text),
            Self::NoEmoji => !has_emoji(text),
            Self::Date => is_date(text),
        }
    }
}

const JOINER: u32 = 0x200D;
const EMOJI_STYLE: u32 = 0xFE0F;
const KEYCAP: u32 = 0x20E3;

const fn is_one_emoji(text: &str) -> bool {
    let bytes = text.as_bytes();
    let (first, mut at) = code_point(bytes, 0);
    let mut pictograph = is_pictograph(first);
    if is_flag_letter(first) {
        if at == bytes.len() {
            return false;
        }
        let (second, next) = code_point(bytes, at);
        if !is_flag_letter(second) {
            return false;
        }
        at = next;
    } else if is_keycap_base(first) {
        let mut keycap = false;
        let mut ahead = at;
        while ahead < bytes.len() {
            let (next, after) = code_point(bytes, ahead);
            keycap = keycap || next == KEYCAP;
            ahead = after;
        }
        if !keycap {
            return false;
        }
    } else if !pictograph && !is_skin_tone(first) {
        return false;
    }
    let mut joined = false;
    while at < bytes.len() {
        let (next, after) = code_point(bytes, at);
        if within(&emoji::EXTENDS, next) {
            joined = pictograph && next == JOINER;
        } else if joined && is_pictograph(next) {
            joined = false;
            pictograph = true;
        } else {
            return false;
        }
        at = after;
    }
    true
}

const fn has_emoji(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let (found, next) = code_point(bytes, at);
        let styled = next < bytes.len() && code_point(bytes, next).0 == EMOJI_STYLE;
        if within(&emoji::SHOWN_AS_EMOJI, found)
            || is_flag_letter(found)
            || found == KEYCAP
            || (styled && is_pictograph(found))
        {
            return true;
        }
        at = next;
    }
    false
}

const fn is_pictograph(code: u32) -> bool {
    within(&emoji::PICTOGRAPHS, code)
}

const fn is_flag_letter(code: u32) -> bool {
    0x1F1E6 <= code && code <= 0x1F1FF
}

const fn is_skin_tone(code: u32) -> bool {
    0x1F3FB <= code && code <= 0x1F3FF
}

const fn is_keycap_base(code: u32) -> bool {
    matches!(code, 0x23 | 0x2A | 0x30..=0x39)
}

const fn within(ranges: &[(u32, u32)], code: u32) -> bool {
    let (mut low, mut high) = (0, ranges.len());
    while low < high {
        let middle = low.midpoint(high);
        let (first, last) = ranges[middle];
        if code < first {
            high = middle;
        } else if code > last {
            low = middle + 1;
        } else {
            return true;
        }
    }
    false
}

const fn is_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return false;
    }
    let (Some(year), Some(month), Some(day)) =
        (digits(bytes, 0, 4), digits(bytes, 5, 7), digits(bytes, 8, 10))
    else {
        return false;
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 28 + leap as u32,
        _ => return false,
    };
    1 <= day && day <= days
}

const fn digits(bytes: &[u8], from: usize, to: usize) -> Option<u32> {
    let (mut value, mut at) = (0, from);
    while at < to {
        if !bytes[at].is_ascii_digit() {
            return None;
        }
        value = value * 10 + (bytes[at] - b'0') as u32;
        at += 1;
    }
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::Format;

    #[test]
    fn one_emoji_is_one_cluster() {
        for text in ["", "😀", "👍🏽", "🇳🇴", "👩‍👩‍👧‍👦", "1️⃣", "#⃣", "❤️", "❤", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🏳️‍🌈", "🏽", "©️"]
        {
            assert!(Format::EmojiOrEmpty.holds(text), "{text:?}");
        }
        for text in
            ["a", "1", "😀😀", "😀 ", " 😀", "🇳", "🇳🇴🇸🇪", "👍x", "\u{200D}", "\u{FE0F}", "ü"]
        {
            assert!(!Format::EmojiOrEmpty.holds(text), "{text:?}");
        }
    }

    #[test]
    fn signs_are_no_emoji_unless_styled_so() {
        for text in ["", "Book now", "Acme™", "© 2026", "1 * 2 # 3", "漢字", "❤"] {
            assert!(Format::NoEmoji.holds(text), "{text:?}");
        }
        for text in ["Book 🎉", "❤️", "🇳🇴", "1️⃣", "⌚"] {
            assert!(!Format::NoEmoji.holds(text), "{text:?}");
        }
    }

    #[test]
    fn dates_are_of_the_calendar() {
        for text in ["2000-02-29", "2024-02-29", "1999-12-31", "0001-01-01"] {
            assert!(Format::Date.holds(text), "{text}");
        }
        for text in [
            "1900-02-29",
            "2023-02-29",
            "2024-13-01",
            "2024-00-10",
            "2024-04-31",
            "2024-4-1",
            "",
            "2024-01-00",
            "24-01-010",
        ] {
            assert!(!Format::Date.holds(text), "{text}");
        }
    }
}
