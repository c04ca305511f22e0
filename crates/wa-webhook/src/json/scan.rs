//! Reads over a text, token by token.

use super::{
    left_out::LeftOut,
    string::{first, first_special, next_special, plain_name, skip_escape},
};

/// A text and its values, in the order in which they begin. The name of a member comes before its value.
#[derive(Debug, Clone)]
pub(crate) struct Tape<'a> {
    pub(super) text: &'a str,
    pub(super) spans: Vec<Span>,
    pub(super) left_out: LeftOut,
}

/// A value from its first byte to its last. Four numbers, because there is one for every few bytes of a body.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Span {
    pub(super) start: u32,
    pub(super) end: u32,
    /// Of a name, its first eight bytes, or nothing if it has escapes. Of a value, the number of the first one
    /// behind it that is not a part of it, its first byte above that, and [`ESCAPES`] if it is a string with escapes.
    /// While an object or array has not ended, the number is that of the one around it.
    pub(super) more: u64,
}

impl Span {
    /// The number of the value behind this one.
    #[inline]
    #[allow(clippy::cast_possible_truncation)] // The rest is marks.
    pub(super) fn next(&self) -> u32 {
        self.more as u32
    }

    /// The first byte of this value, which says what kind it is.
    #[inline]
    #[allow(clippy::cast_possible_truncation)] // It is the uppermost.
    pub(super) fn kind(&self) -> u8 {
        (self.more >> KIND) as u8
    }
}

/// Where the first byte of a value stands.
pub(super) const KIND: u32 = 56;

/// The mark of a string with escapes.
pub(super) const ESCAPES: u64 = 1 << 32;

/// A text is not JSON from this byte on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NotJson {
    pub(crate) at: usize,
}

type Result<T> = std::result::Result<T, NotJson>;

/// No number of a value.
const NONE: usize = u32::MAX as usize;

impl<'a> Tape<'a> {
    pub(crate) fn new(text: &'a str) -> Result<Self> {
        // Places are counted in 32 bits.
        if u32::try_from(text.len()).is_err() {
            return Err(NotJson { at: 0 });
        }
        let mut spans = Vec::with_capacity(text.len() / 8 + 1);
        scan(text.as_bytes(), &mut spans)?;
        Ok(Self { text, spans, left_out: LeftOut::default() })
    }

    /// How many values there are.
    #[cfg(test)]
    pub(crate) fn len(&self) -> usize {
        self.spans.len()
    }
}

/// The byte at a place. Behind the end it is one that stands nowhere in JSON.
#[inline]
fn byte(bytes: &[u8], at: usize) -> u8 {
    bytes.get(at).copied().unwrap_or_default()
}

/// The place of the next token.
#[inline]
fn token(bytes: &[u8], mut at: usize) -> usize {
    // Nearly always it is here.
    while byte(bytes, at) <= b' ' && matches!(byte(bytes, at), b' ' | b'\n' | b'\t' | b'\r') {
        at += 1;
    }
    at
}

/// Reads over all values.
fn scan(bytes: &[u8], spans: &mut Vec<Span>) -> Result<()> {
    // The number of the object or array that has begun last and not ended, and its bracket.
    let (mut open, mut kind) = (NONE, 0);
    let mut at = token(bytes, 0);
    loop {
        if kind == b'{' {
            at = name(bytes, at, spans)?;
        }
        let first = byte(bytes, at);
        at = match first {
            b'"' => {
                let end = first_special(bytes, at + 1);
                let (end, mark) = close(bytes, end)?;
                leaf(spans, at, end, first, mark)
            }
            b'{' | b'[' => {
                let around = std::mem::replace(&mut open, spans.len());
                spans.push(Span { start: place(at), end: 0, more: more(around, first) });
                kind = first;
                at = token(bytes, at + 1);
                if byte(bytes, at) != first + 2 {
                    continue;
                }
                (open, kind) = end(spans, open, at + 1);
                at + 1
            }
            b'-' | b'0'..=b'9' => leaf(spans, at, number(bytes, at)?, first, 0),
            _ => leaf(spans, at, word(bytes, at)?, first, 0),
        };
        // What stands behind a value, up to the next one.
        loop {
            at = token(bytes, at);
            let next = byte(bytes, at);
            if next == b',' && kind != 0 {
                at = token(bytes, at + 1);
                break;
            }
            if kind == 0 && at == bytes.len() {
                return Ok(());
            }
            // In ASCII the closing bracket is two letters behind the one that opens.
            if kind == 0 || next != kind + 2 {
                return Err(NotJson { at });
            }
            at += 1;
            (open, kind) = end(spans, open, at);
        }
    }
}

/// Reads over the name of a member, up to its value.
#[inline]
fn name(bytes: &[u8], start: usize, spans: &mut Vec<Span>) -> Result<usize> {
    if byte(bytes, start) != b'"' {
        return Err(NotJson { at: start });
    }
    let (end, more) = match plain_name(bytes, start + 1) {
        Some(plain) => plain,
        None => other_name(bytes, start)?,
    };
    spans.push(Span { start: place(start), end: place(end), more });
    let at = token(bytes, end);
    if byte(bytes, at) == b':' { Ok(token(bytes, at + 1)) } else { Err(NotJson { at }) }
}

/// A name with escapes, or at the end of the text.
#[cold]
fn other_name(bytes: &[u8], start: usize) -> Result<(usize, u64)> {
    let (end, mark) = close(bytes, next_special(bytes, start + 1))?;
    Ok((end, if mark == 0 { first(bytes, start + 1, end - 1) } else { 0 }))
}

#[inline]
fn leaf(spans: &mut Vec<Span>, start: usize, end: usize, first: u8, mark: u64) -> usize {
    let more = more(spans.len() + 1, first) | mark;
    spans.push(Span { start: place(start), end: place(end), more });
    end
}

/// What is kept of a value: a number, and its first byte.
#[inline]
fn more(number: usize, first: u8) -> u64 {
    u64::from(place(number)) | u64::from(first) << KIND
}

/// The last object or array ends before this place. Returns the one around it, and its bracket.
#[inline]
fn end(spans: &mut [Span], open: usize, at: usize) -> (usize, u8) {
    let next = spans.len();
    let Some(span) = spans.get_mut(open) else { return (NONE, 0) };
    let around = span.next() as usize;
    span.end = place(at);
    span.more = more(next, span.kind());
    (around, spans.get(around).map_or(0, Span::kind))
}

/// The place behind a string that is plain up to a place, and its mark.
#[inline]
fn close(bytes: &[u8], at: usize) -> Result<(usize, u64)> {
    if byte(bytes, at) == b'"' {
        return Ok((at + 1, 0));
    }
    escaped(bytes, at).map(|end| (end, ESCAPES))
}

/// The place behind a string, from where it is more than plain text.
#[cold]
fn escaped(bytes: &[u8], mut at: usize) -> Result<usize> {
    loop {
        at = match byte(bytes, at) {
            b'"' => return Ok(at + 1),
            b'\\' => skip_escape(bytes, at).ok_or(NotJson { at })?,
            _ => return Err(NotJson { at }),
        };
        at = next_special(bytes, at);
    }
}

/// The place behind a number.
fn number(bytes: &[u8], start: usize) -> Result<usize> {
    let digits = |mut at: usize| {
        let start = at;
        while byte(bytes, at).is_ascii_digit() {
            at += 1;
        }
        if at > start { Ok(at) } else { Err(NotJson { at }) }
    };
    let mut at = start + usize::from(byte(bytes, start) == b'-');
    at = if byte(bytes, at) == b'0' { at + 1 } else { digits(at)? };
    if byte(bytes, at) == b'.' {
        at = digits(at + 1)?;
    }
    if matches!(byte(bytes, at), b'e' | b'E') {
        at = digits(at + 1 + usize::from(matches!(byte(bytes, at + 1), b'+' | b'-')))?;
    }
    Ok(at)
}

/// The place behind `true`, `false` or `null`.
fn word(bytes: &[u8], at: usize) -> Result<usize> {
    let rest = bytes.get(at..).unwrap_or_default();
    let word = [&b"true"[..], b"false", b"null"].into_iter().find(|word| rest.starts_with(word));
    word.map(|word| at + word.len()).ok_or(NotJson { at })
}

/// A place in the text, or the number of a value, of which there are no more than bytes.
#[inline]
#[allow(clippy::cast_possible_truncation)] // The length of the text was looked at.
fn place(at: usize) -> u32 {
    at as u32
}

#[cfg(test)]
mod tests {
    use super::Tape;

    /// What is JSON here is JSON to the parser that everybody uses, and the other way round.
    #[test]
    fn what_is_json_is_what_serde_takes() {
        const PIECES: [&str; 34] = [
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"a\"",
            "\"\"",
            "\"\\n\"",
            "\"\\u00e9\"",
            "\"\\x\"",
            "\"\\u00g0\"",
            "\"\u{1}\"",
            "\"",
            "\\",
            "0",
            "-0",
            "01",
            "1.5",
            "1.",
            "1e5",
            "1e",
            "1E+2",
            "-",
            "+1",
            "true",
            "nul",
            "null",
            "falsey",
            " ",
            "\n",
            "\u{a0}",
            "{\"a\":1}",
            "[1,2]",
        ];
        let mut count = 0;
        for first in PIECES {
            for (second, third) in PIECES.iter().flat_map(|piece| PIECES.map(|last| (piece, last)))
            {
                for text in [format!("{first}{second}{third}"), format!("[{first}{second}{third}]")]
                {
                    let expected =
                        serde_json::from_str::<serde_core::de::IgnoredAny>(&text).is_ok();
                    count += usize::from(expected);
                    assert_eq!(Tape::new(&text).is_ok(), expected, "{text}");
                }
            }
        }
        assert!(count > 800, "only {count} are JSON");
    }

    #[test]
    fn depth_costs_nothing() {
        let text = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        assert_eq!(Tape::new(&text).map(|tape| tape.len()), Ok(100_000));
        assert!(Tape::new(&text[1..]).is_err());
    }
}
