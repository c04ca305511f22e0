//! Reads the inside of a JSON string.

use std::borrow::Cow;

/// The place of the next quote, backslash or control character, or the end of the text. Most texts are short, so that
/// a call would cost more than the search.
#[inline(always)]
#[allow(clippy::inline_always)]
pub(super) fn first_special(bytes: &[u8], at: usize) -> usize {
    if let Some(words) = bytes.get(at..).and_then(|rest| rest.first_chunk::<16>()) {
        for from in [0, 8] {
            let word = words[from..].first_chunk::<8>().copied().unwrap_or_default();
            let found = special(u64::from_le_bytes(word));
            if found != 0 {
                return at + from + (found.trailing_zeros() / 8) as usize;
            }
        }
        return next_special(bytes, at + 16);
    }
    next_special(bytes, at)
}

/// The same, of a text that may be long.
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
    // Of a byte below 0x80, the highest bit is set by a subtraction if it was too small. With this bit turned around, control
    // characters are control characters still, and the quote is the one that follows them.
    let control_or_quote = (word ^ (ONES * 0x02)).wrapping_sub(ONES * 0x21);
    let backslash = (word ^ (ONES * 0x5C)).wrapping_sub(ONES);
    (control_or_quote | backslash) & !word & (ONES * 0x80)
}

/// The first eight bytes of a name, with zeros behind a shorter one.
#[inline]
pub(super) fn first(bytes: &[u8], start: usize, end: usize) -> u64 {
    let length = end - start;
    match bytes.get(start..).and_then(|rest| rest.first_chunk::<8>()) {
        Some(word) if length >= 8 => u64::from_le_bytes(*word),
        Some(word) => u64::from_le_bytes(*word) & !(u64::MAX << (8 * length)),
        None => first_of(&bytes[start..end]),
    }
}

/// The place behind a name of plain bytes, and the first eight of them.
#[inline]
#[allow(clippy::cast_possible_truncation)] // It is about the lowest byte.
pub(super) fn plain_name(bytes: &[u8], start: usize) -> Option<(usize, u64)> {
    let word = u64::from_le_bytes(*bytes.get(start..)?.first_chunk::<8>()?);
    let found = special(word);
    if found == 0 {
        let end = first_special(bytes, start + 8);
        return (bytes.get(end) == Some(&b'"')).then_some((end + 1, word));
    }
    let bits = found.trailing_zeros() & !7;
    if (word >> bits) as u8 != b'"' {
        return None;
    }
    Some((start + (bits / 8) as usize + 1, word & !(u64::MAX << bits)))
}

/// The same first bytes, of a whole text.
pub(crate) const fn first_of(name: &[u8]) -> u64 {
    let (mut word, mut at) = (0, 0);
    while at < name.len() && at < 8 {
        word |= (name[at] as u64) << (8 * at);
        at += 1;
    }
    word
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
    use super::{first, first_of, first_special, plain_name, unescaped};

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
    fn a_name_has_one_beginning() {
        for name in ["", "a", "id", "wa_id", "profile", "metadata", "recipient_participant_id"] {
            for behind in ["", "\"", "\":\"1234567890\""] {
                let text = format!("\"{name}{behind}");
                let found = first(text.as_bytes(), 1, 1 + name.len());
                assert_eq!(found, first_of(name.as_bytes()), "{text}");
                if let Some(plain) = plain_name(text.as_bytes(), 1) {
                    assert_eq!(plain, (2 + name.len(), found), "{text}");
                }
            }
        }
    }

    #[test]
    fn what_is_special_is_found_everywhere() {
        for length in 0..20 {
            for at in 0..length {
                for special in [b'"', b'\\', 0, 0x1f] {
                    let mut bytes = vec![b'~'; length];
                    bytes[at] = special;
                    assert_eq!(first_special(&bytes, 0), at, "{length} {special}");
                }
            }
            assert_eq!(first_special(&vec![0xC3; length], 0), length);
        }
        // Each byte beside each other one, so that none of them is taken for another.
        for (one, other) in
            (0..=u8::MAX).flat_map(|one| (0..=u8::MAX).map(move |other| (one, other)))
        {
            let bytes = [b'~', one, other, b'~', one, one, other, other, b'~', b'~'];
            let is_special = |byte: &u8| matches!(byte, b'"' | b'\\' | ..b' ');
            let expected = bytes.iter().position(is_special).unwrap_or(bytes.len());
            assert_eq!(first_special(&bytes, 0), expected, "{one} {other}");
        }
    }
}
