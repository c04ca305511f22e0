//! Where the values of a JSON text stand.
//!
//! It is found out once for the whole text and by code that knows no type, so that what is compiled for
//! each type is short.

use super::{NotCanonical, Result, string::next_special};

/// A text and its values, in the order in which they begin. The name of a member comes before its value.
pub(crate) struct Tree<'t> {
    pub(super) text: &'t str,
    pub(super) spans: Vec<Span>,
}

/// A value from its first byte to its last.
pub(super) struct Span {
    pub(super) start: usize,
    pub(super) end: usize,
    /// Whether it is a string with escapes.
    pub(super) has_escapes: bool,
    /// The number of the first value behind it that is not a part of it. While it has not ended, that
    /// of the object or array around it.
    pub(super) next: usize,
}

/// No number of a value.
const NONE: usize = usize::MAX;

impl<'t> Tree<'t> {
    /// Brackets may lie as deep inside each other as `depth` says.
    pub(crate) fn new(text: &'t str, depth: usize) -> Result<Self> {
        let spans = Vec::with_capacity(text.len() / 8 + 1);
        let mut scanner = Scanner { text, at: 0, spans, open: NONE, depth: 0 };
        scanner.all(depth)?;
        Ok(Self { text, spans: scanner.spans })
    }
}

/// Reads over a text, token by token.
struct Scanner<'t> {
    text: &'t str,
    at: usize,
    spans: Vec<Span>,
    /// The number of the object or array that has begun last and not ended.
    open: usize,
    /// How many have not ended.
    depth: usize,
}

impl Scanner<'_> {
    fn all(&mut self, depth: usize) -> Result<()> {
        loop {
            let start = self.peek().ok_or(NotCanonical)?;
            match start {
                b'{' | b'[' if self.depth < depth => {
                    self.begin();
                    if self.peek() != Some(start + 2) {
                        self.name_in(start)?;
                        continue;
                    }
                }
                b'"' => self.string()?,
                _ => self.atom()?,
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
            let Some(open) = self.spans.get(self.open) else {
                return if next.is_none() { Ok(false) } else { Err(NotCanonical) };
            };
            let kind = self.text.as_bytes()[open.start];
            self.at += 1;
            match next {
                Some(b',') => return self.name_in(kind).map(|()| true),
                // In ASCII the closing bracket is two letters behind the one that opens.
                Some(end) if end == kind + 2 => self.end(),
                _ => return Err(NotCanonical),
            }
        }
    }

    /// Reads over the name of a member, if that is what comes in brackets of this kind.
    fn name_in(&mut self, kind: u8) -> Result<()> {
        if kind != b'{' {
            return Ok(());
        }
        self.peek();
        self.string()?;
        let is_colon = self.peek() == Some(b':');
        self.at += 1;
        if is_colon { Ok(()) } else { Err(NotCanonical) }
    }

    /// The first byte of the next token.
    #[inline]
    fn peek(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        while let Some(byte) = bytes.get(self.at) {
            if !matches!(byte, b' ' | b'\n' | b'\t' | b'\r') {
                return Some(*byte);
            }
            self.at += 1;
        }
        None
    }

    fn begin(&mut self) {
        let number = self.spans.len();
        self.spans.push(Span { start: self.at, end: 0, has_escapes: false, next: self.open });
        self.open = number;
        self.depth += 1;
        self.at += 1;
    }

    /// The last object or array ends here.
    fn end(&mut self) {
        let next = self.spans.len();
        if let Some(span) = self.spans.get_mut(self.open) {
            (span.end, self.open, span.next) = (self.at, span.next, next);
            self.depth -= 1;
        }
    }

    fn string(&mut self) -> Result<()> {
        let (start, bytes) = (self.at, self.text.as_bytes());
        if bytes.get(start) != Some(&b'"') {
            return Err(NotCanonical);
        }
        let (mut at, mut has_escapes) = (start + 1, false);
        loop {
            at = next_special(bytes, at);
            match bytes.get(at) {
                Some(b'"') => break,
                Some(b'\\') => {
                    has_escapes = true;
                    at += 2;
                }
                _ => return Err(NotCanonical),
            }
        }
        self.at = at + 1;
        self.leaf(start, has_escapes);
        Ok(())
    }

    /// A number or a name, up to what cannot be a part of one.
    fn atom(&mut self) -> Result<()> {
        let is_part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.');
        let (start, bytes) = (self.at, self.text.as_bytes());
        while bytes.get(self.at).is_some_and(|byte| is_part(*byte)) {
            self.at += 1;
        }
        if self.at == start {
            return Err(NotCanonical);
        }
        self.leaf(start, false);
        Ok(())
    }

    fn leaf(&mut self, start: usize, has_escapes: bool) {
        let next = self.spans.len() + 1;
        self.spans.push(Span { start, end: self.at, has_escapes, next });
    }
}
