//! Reads over a text, token by token.

use super::string::{next_special, skip_escape};

/// The values of a text, in the order in which they begin. The name of a member comes before its value.
#[derive(Debug, Clone)]
pub(crate) struct Tape {
    pub(super) spans: Vec<Span>,
}

/// A value from its first byte to its last. Four numbers, because there is one for every few bytes of a body.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Span {
    pub(super) start: u32,
    pub(super) end: u32,
    /// The number of the first value behind it that is not a part of it. While it has not ended, that of the
    /// object or array around it.
    pub(super) next: u32,
    /// Whether it is a string with escapes.
    pub(super) has_escapes: bool,
}

/// A text is not JSON from this byte on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NotJson {
    pub(crate) at: usize,
}

type Result<T> = std::result::Result<T, NotJson>;

/// No number of a value.
const NONE: u32 = u32::MAX;

impl Tape {
    pub(crate) fn new(text: &str) -> Result<Self> {
        // Places are counted in 32 bits.
        if u32::try_from(text.len()).is_err() {
            return Err(NotJson { at: 0 });
        }
        let spans = Vec::with_capacity(text.len() / 8 + 1);
        let mut scanner = Scanner { bytes: text.as_bytes(), at: 0, spans, open: NONE, kind: 0 };
        scanner.all()?;
        Ok(Self { spans: scanner.spans })
    }

    /// How many values there are.
    #[cfg(test)]
    pub(crate) fn len(&self) -> usize {
        self.spans.len()
    }
}

struct Scanner<'t> {
    bytes: &'t [u8],
    at: usize,
    spans: Vec<Span>,
    /// The number of the object or array that has begun last and not ended.
    open: u32,
    /// Its bracket.
    kind: u8,
}

impl Scanner<'_> {
    fn all(&mut self) -> Result<()> {
        loop {
            match self.peek() {
                Some(bracket @ (b'{' | b'[')) => {
                    self.begin(bracket);
                    if self.peek() != Some(bracket + 2) {
                        if bracket == b'{' {
                            self.name()?;
                        }
                        continue;
                    }
                }
                Some(b'"') => self.string()?,
                Some(b'-' | b'0'..=b'9') => self.number()?,
                _ => self.word()?,
            }
            if !self.go_on()? {
                return Ok(());
            }
        }
    }

    /// Reads over what stands behind a value, and says whether another value comes.
    fn go_on(&mut self) -> Result<bool> {
        loop {
            let next = self.peek();
            if self.open == NONE {
                return if next.is_none() { Ok(false) } else { self.bad() };
            }
            match next {
                Some(b',') => {
                    self.at += 1;
                    if self.kind == b'{' {
                        self.name()?;
                    }
                    return Ok(true);
                }
                // In ASCII the closing bracket is two letters behind the one that opens.
                Some(bracket) if bracket == self.kind + 2 => {
                    self.at += 1;
                    self.end();
                }
                _ => return self.bad(),
            }
        }
    }

    fn name(&mut self) -> Result<()> {
        self.peek();
        self.string()?;
        if self.peek() != Some(b':') {
            return self.bad();
        }
        self.at += 1;
        Ok(())
    }

    /// The first byte of the next token.
    #[inline]
    fn peek(&mut self) -> Option<u8> {
        while let Some(byte) = self.bytes.get(self.at) {
            if !matches!(byte, b' ' | b'\n' | b'\t' | b'\r') {
                return Some(*byte);
            }
            self.at += 1;
        }
        None
    }

    fn begin(&mut self, bracket: u8) {
        let number = number(self.spans.len());
        self.spans.push(Span {
            start: number_of(self.at),
            end: 0,
            next: self.open,
            has_escapes: false,
        });
        (self.open, self.kind) = (number, bracket);
        self.at += 1;
    }

    /// The last object or array ends here.
    fn end(&mut self) {
        let (next, end) = (number(self.spans.len()), number_of(self.at));
        if let Some(span) = self.spans.get_mut(self.open as usize) {
            (span.end, self.open, span.next) = (end, span.next, next);
        }
        let around = self.spans.get(self.open as usize);
        self.kind = around.map_or(0, |span| self.bytes[span.start as usize]);
    }

    #[inline]
    fn string(&mut self) -> Result<()> {
        let start = self.at;
        if self.bytes.get(start) != Some(&b'"') {
            return self.bad();
        }
        let at = next_special(self.bytes, start + 1);
        if self.bytes.get(at) == Some(&b'"') {
            self.at = at + 1;
            self.leaf(start, false);
            return Ok(());
        }
        self.escaped(start, at)
    }

    /// The rest of a string, from where it is more than plain text.
    #[cold]
    fn escaped(&mut self, start: usize, mut at: usize) -> Result<()> {
        loop {
            at = match self.bytes.get(at) {
                Some(b'"') => break,
                Some(b'\\') => skip_escape(self.bytes, at).ok_or(NotJson { at })?,
                _ => return Err(NotJson { at }),
            };
            at = next_special(self.bytes, at);
        }
        self.at = at + 1;
        self.leaf(start, true);
        Ok(())
    }

    fn number(&mut self) -> Result<()> {
        let start = self.at;
        self.skip(b'-');
        if !self.skip(b'0') && self.digits() == 0 {
            return self.bad();
        }
        if self.skip(b'.') && self.digits() == 0 {
            return self.bad();
        }
        if self.skip(b'e') || self.skip(b'E') {
            if !self.skip(b'-') {
                self.skip(b'+');
            }
            if self.digits() == 0 {
                return self.bad();
            }
        }
        self.leaf(start, false);
        Ok(())
    }

    fn word(&mut self) -> Result<()> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let words = [&b"true"[..], b"false", b"null"];
        let Some(word) = words.into_iter().find(|word| rest.starts_with(word)) else {
            return self.bad();
        };
        let start = self.at;
        self.at += word.len();
        self.leaf(start, false);
        Ok(())
    }

    fn skip(&mut self, byte: u8) -> bool {
        let is_there = self.bytes.get(self.at) == Some(&byte);
        self.at += usize::from(is_there);
        is_there
    }

    fn digits(&mut self) -> usize {
        let start = self.at;
        while self.bytes.get(self.at).is_some_and(u8::is_ascii_digit) {
            self.at += 1;
        }
        self.at - start
    }

    #[inline]
    fn leaf(&mut self, start: usize, has_escapes: bool) {
        let next = number(self.spans.len() + 1);
        let (start, end) = (number_of(start), number_of(self.at));
        self.spans.push(Span { start, end, next, has_escapes });
    }

    fn bad<T>(&self) -> Result<T> {
        Err(NotJson { at: self.at })
    }
}

/// The number of a value. There are no more values than bytes.
#[allow(clippy::cast_possible_truncation)] // The length of the text was looked at.
fn number(count: usize) -> u32 {
    count as u32
}

/// A place in the text.
fn number_of(at: usize) -> u32 {
    number(at)
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
        assert!(count > 1000, "only {count} are JSON");
    }

    #[test]
    fn depth_costs_nothing() {
        let text = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        assert_eq!(Tape::new(&text).unwrap().len(), 100_000);
        assert!(Tape::new(&text[1..]).is_err());
    }
}
