//! Reads the inside of a JSON string.

use super::{NotCanonical, Result};
use crate::write::{ESCAPES, special};

/// The place of the next quote, backslash or control character, or the end of the text.
#[inline]
pub(crate) fn next_special(bytes: &[u8], mut at: usize) -> usize {
    while let Some(word) = bytes.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
        let found = special(u64::from_le_bytes(*word));
        if found != 0 {
            return at + (found.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    while bytes.get(at).is_some_and(|byte| ESCAPES[usize::from(*byte)] == 0) {
        at += 1;
    }
    at.min(bytes.len())
}

/// What the inside of a string stands for.
pub(super) fn unescaped(inside: &str) -> Result<String> {
    let (mut out, mut rest) = (String::with_capacity(inside.len()), inside);
    while let Some((plain, escape)) = rest.split_once('\\') {
        out.push_str(plain);
        let letter = escape.bytes().next().ok_or(NotCanonical)?;
        let (letter, length) = match letter {
            b'"' | b'\\' | b'/' => (char::from(letter), 1),
            b'b' => ('\u{8}', 1),
            b'f' => ('\u{C}', 1),
            b'n' => ('\n', 1),
            b'r' => ('\r', 1),
            b't' => ('\t', 1),
            b'u' => numbered(escape)?,
            _ => return Err(NotCanonical),
        };
        out.push(letter);
        rest = escape.get(length..).ok_or(NotCanonical)?;
    }
    out.push_str(rest);
    Ok(out)
}

/// The letter that numbers stand for, and how long they are. Beyond the first plane it takes two.
fn numbered(escape: &str) -> Result<(char, usize)> {
    let unit = |at: usize| {
        let digits = escape.get(at..at + 4)?;
        let are_digits = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        are_digits.then(|| u16::from_str_radix(digits, 16).ok())?
    };
    let first = unit(1).ok_or(NotCanonical)?;
    if let Some(letter) = char::from_u32(first.into()) {
        return Ok((letter, 5));
    }
    let second =
        unit(7).filter(|_| escape.as_bytes()[5..].starts_with(b"\\u")).ok_or(NotCanonical)?;
    match char::decode_utf16([first, second]).next() {
        Some(Ok(letter)) => Ok((letter, 11)),
        _ => Err(NotCanonical),
    }
}

#[cfg(test)]
mod tests {
    use crate::json::Tree;

    /// A string is read as the parser reads it that everybody uses, or left to it.
    #[test]
    fn strings_are_read_as_serde_does() {
        const PIECES: [&str; 24] = [
            "a",
            "é",
            "🍲",
            "\\",
            "\"",
            "/",
            "u",
            "n",
            "b",
            "0",
            "00e9",
            "00E9",
            "d83c",
            "df72",
            "+0e9",
            "\\u",
            "\\ud83c\\udf72",
            "\\u0000",
            "\\ud83c",
            "\\udf72",
            "\u{1}",
            "\u{7f}",
            "\\\\",
            " ",
        ];
        let mut count = 0;
        for first in PIECES {
            for (second, third) in PIECES.iter().flat_map(|piece| PIECES.map(|last| (piece, last)))
            {
                let text = format!("\"{first}{second}{third}\"");
                let tree = Tree::new(&text, 0).ok();
                let read = tree.as_ref().and_then(|tree| tree.root().string().ok());
                let expected: Option<String> = serde_json::from_str(&text).ok();
                count += usize::from(expected.is_some());
                assert_eq!(read.as_deref(), expected.as_deref(), "{text}");
            }
        }
        assert!(count > 3000, "only {count} are strings");
    }
}
