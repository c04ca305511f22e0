//! Reads the inside of a JSON string.

use std::borrow::Cow;

/// The place of the next quote, backslash or control character, or the end of the text.
#[inline]
pub(super) fn next_special(bytes: &[u8], mut at: usize) -> usize {
    while let Some(word) = bytes.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
        let found = special(u64::from_le_bytes(*word));
        if found != 0 {
            return at + (found.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    while bytes.get(at).is_some_and(|byte| !matches!(byte, b'"' | b'\\' | ..b' ')) {
        at += 1;
    }
    at.min(bytes.len())
}

/// Marks quotes, backslashes and control characters among eight bytes. Only the lowest mark is sure.
#[inline]
fn special(word: u64) -> u64 {
    const ONES: u64 = u64::MAX / 255;
    let is_zero = |word: u64| word.wrapping_sub(ONES) & !word;
    let is_control = word.wrapping_sub(ONES * 0x20) & !word;
    let quote = is_zero(word ^ (ONES * 0x22));
    let backslash = is_zero(word ^ (ONES * 0x5C));
    (is_control | quote | backslash) & (ONES * 0x80)
}

/// The place behind an escape, if it is one.
pub(super) fn skip_escape(bytes: &[u8], at: usize) -> Option<usize> {
    match bytes.get(at + 1)? {
        b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => Some(at + 2),
        b'u' => {
            let digits = bytes.get(at + 2..at + 6)?;
            digits.iter().all(u8::is_ascii_hexdigit).then_some(at + 6)
        }
        _ => None,
    }
}

/// What the inside of a string stands for. Half of a pair stands for the sign of what cannot be read: it must
/// not cost the text around it.
#[cold]
pub(super) fn unescaped(inside: &str) -> Cow<'_, str> {
    let (mut out, mut rest) = (String::with_capacity(inside.len()), inside);
    while let Some((plain, escape)) = rest.split_once('\\') {
        out.push_str(plain);
        let (letter, length) = match escape.bytes().next() {
            Some(b'b') => ('\u{8}', 1),
            Some(b'f') => ('\u{C}', 1),
            Some(b'n') => ('\n', 1),
            Some(b'r') => ('\r', 1),
            Some(b't') => ('\t', 1),
            Some(b'u') => numbered(escape),
            Some(letter) => (char::from(letter), 1),
            None => break,
        };
        out.push(letter);
        rest = escape.get(length..).unwrap_or_default();
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The letter that numbers stand for, and how long they are. Beyond the first plane it takes two.
fn numbered(escape: &str) -> (char, usize) {
    let unit = |at: usize| u16::from_str_radix(escape.get(at..at + 4)?, 16).ok();
    let Some(first) = unit(1) else { return (char::REPLACEMENT_CHARACTER, escape.len()) };
    if let Some(letter) = char::from_u32(first.into()) {
        return (letter, 5);
    }
    let second = unit(7).filter(|_| escape.as_bytes()[5..].starts_with(b"\\u"));
    match second.map(|second| char::decode_utf16([first, second]).next()) {
        Some(Some(Ok(letter))) => (letter, 11),
        _ => (char::REPLACEMENT_CHARACTER, 5),
    }
}

#[cfg(test)]
mod tests {
    use super::{next_special, unescaped};

    /// A string is read as the parser reads it that everybody uses, where that reads it.
    #[test]
    fn strings_are_read_as_serde_does() {
        const PIECES: [&str; 16] = [
            "a",
            "é",
            "🍲",
            "\\\\",
            "\\\"",
            "\\/",
            "\\b",
            "\\n",
            "\\u00e9",
            "\\u00E9",
            "\\ud83c\\udf72",
            "\\u0000",
            "\\ud83c",
            "\\udf72",
            "\\u",
            "0041",
        ];
        let mut count = 0;
        for first in PIECES {
            for (second, third) in PIECES.iter().flat_map(|piece| PIECES.map(|last| (piece, last)))
            {
                let inside = format!("{first}{second}{third}");
                let read = unescaped(&inside);
                let Ok(expected) = serde_json::from_str::<String>(&format!("\"{inside}\"")) else {
                    continue;
                };
                count += 1;
                assert_eq!(read, expected, "{inside}");
            }
        }
        assert!(count > 1000, "only {count} are strings");
        assert_eq!(unescaped("a\\ud83cb"), "a\u{fffd}b");
        assert_eq!(unescaped("\\ud83c\\u0041"), "\u{fffd}A");
        assert_eq!(unescaped("\\udf72\\ud83c"), "\u{fffd}\u{fffd}");
    }

    #[test]
    fn what_is_special_is_found_everywhere() {
        for length in 0..20 {
            for at in 0..length {
                for special in [b'"', b'\\', 0, 0x1f] {
                    let mut bytes = vec![b'~'; length];
                    bytes[at] = special;
                    assert_eq!(next_special(&bytes, 0), at, "{length} {special}");
                }
            }
            assert_eq!(next_special(&vec![0xC3; length], 0), length);
        }
    }
}
