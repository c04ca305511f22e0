//! Finds the places of all values of a text in one pass.
//!
//! The macro of a user's debug build runs without optimisation, where each call costs as much as ten bytes, also that
//! of an iterator. So the loops over bytes are written with places, and what is needed often is kept in a field.

use super::{NESTED_AT_MOST, Span, string::unescaped};

/// Where a text is not JSON, and why.
type Fault = (usize, &'static str);

type Scanned = (Vec<Span>, Vec<(usize, Box<str>)>);

/// Finds the values of a text.
pub(super) fn scan(text: &str) -> Result<Scanned, Fault> {
    let spans = Vec::with_capacity(text.len() / 16 + 1);
    let (bytes, names, open) = (text.as_bytes(), Vec::new(), Vec::new());
    let mut scanner = Scanner { text, bytes, at: 0, spans, names, open, kind: 0 };
    scanner.all()?;
    Ok((scanner.spans, scanner.names))
}

struct Scanner<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    spans: Vec<Span>,
    names: Vec<(usize, Box<str>)>,
    /// The arrays and objects that have begun and not ended: the number of each, and the bracket around it.
    open: Vec<(usize, u8)>,
    /// The bracket of the last of them. 0 if there is none.
    kind: u8,
}

impl Scanner<'_> {
    fn all(&mut self) -> Result<(), Fault> {
        loop {
            match self.peek() {
                Some(start @ (b'{' | b'[')) => {
                    self.begin(start)?;
                    if self.peek() != Some(start + 2) {
                        self.name()?;
                        continue;
                    }
                }
                Some(b'"') => {
                    self.string()?;
                }
                Some(_) => self.atom()?,
                None => return Err((self.at, "it ends where a value is expected")),
            }
            if !self.goes_on()? {
                return Ok(());
            }
        }
    }

    /// Reads over what stands behind a value, and says whether another value comes.
    fn goes_on(&mut self) -> Result<bool, Fault> {
        loop {
            let next = self.peek();
            let kind = self.kind;
            if kind == 0 {
                return match next {
                    None => Ok(false),
                    Some(_) => Err((self.at, "there is more behind its end")),
                };
            }
            match next {
                Some(b',') => {
                    self.at += 1;
                    self.name()?;
                    return Ok(true);
                }
                // In ASCII the closing bracket is two letters behind the one that opens.
                Some(end) if end == kind + 2 => self.end(),
                None => return Err((self.at, "it ends before its last bracket")),
                Some(_) if kind == b'{' => return Err((self.at, "`,` or `}` is expected here")),
                Some(_) => return Err((self.at, "`,` or `]` is expected here")),
            }
        }
    }

    /// Reads over the name of a member, if a member comes.
    fn name(&mut self) -> Result<(), Fault> {
        if self.kind != b'{' {
            return Ok(());
        }
        if self.peek() != Some(b'"') {
            return Err((self.at, "the name of a member is expected here"));
        }
        let number = self.spans.len();
        if let Some(name) = self.string()? {
            self.names.push((number, name));
        }
        if self.peek() != Some(b':') {
            return Err((self.at, "`:` is expected here"));
        }
        self.at += 1;
        Ok(())
    }

    /// The first byte of the next token.
    fn peek(&mut self) -> Option<u8> {
        let (bytes, mut at) = (self.bytes, self.at);
        while at < bytes.len() {
            let byte = bytes[at];
            if !matches!(byte, b' ' | b'\n' | b'\t' | b'\r') {
                self.at = at;
                return Some(byte);
            }
            at += 1;
        }
        self.at = at;
        None
    }

    fn begin(&mut self, kind: u8) -> Result<(), Fault> {
        if self.open.len() >= NESTED_AT_MOST {
            return Err((self.at, "it is nested too deep"));
        }
        self.open.push((self.spans.len(), self.kind));
        self.kind = kind;
        self.spans.push(Span { start: self.at, end: 0, next: 0 });
        self.at += 1;
        Ok(())
    }

    /// The last object or array ends here.
    fn end(&mut self) {
        self.at += 1;
        let next = self.spans.len();
        let Some((number, around)) = self.open.pop() else { return };
        self.kind = around;
        if let Some(span) = self.spans.get_mut(number) {
            (span.end, span.next) = (self.at, next);
        }
    }

    /// Reads over a string, and returns it if it has escapes.
    fn string(&mut self) -> Result<Option<Box<str>>, Fault> {
        let (bytes, start) = (self.bytes, self.at);
        let mut at = start + 1;
        let (mut has_escapes, mut control) = (false, None);
        while at < bytes.len() && bytes[at] != b'"' {
            let byte = bytes[at];
            // Most bytes are none of these, and are looked at no further.
            if byte == b'\\' {
                has_escapes = true;
                // A quote or a backslash behind it belongs to the string.
                if at + 1 < bytes.len() && matches!(bytes[at + 1], b'"' | b'\\') {
                    at += 1;
                }
            } else if byte < b' ' && control.is_none() && matches!(byte, b'\n' | b'\r' | b'\t') {
                // Other control characters do no harm, and nobody writes them.
                control = Some(at);
            }
            at += 1;
        }
        if at >= bytes.len() {
            return Err((start, "this string has no end"));
        }
        if let Some(control) = control {
            return Err((control, "a control character is escaped in a string"));
        }
        let mut owned = None;
        if has_escapes {
            let says = (start, "this string has an escape that JSON does not know");
            owned = Some(unescaped(&self.text[start + 1..at]).ok_or(says)?.into_boxed_str());
        }
        self.at = at + 1;
        self.leaf(start);
        Ok(owned)
    }

    /// A number, `true`, `false` or `null`.
    fn atom(&mut self) -> Result<(), Fault> {
        let (bytes, start) = (self.bytes, self.at);
        let mut at = start;
        while at < bytes.len()
            && matches!(bytes[at], b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | b'-' | b'+' | b'.')
        {
            at += 1;
        }
        let atom = &self.text[start..at];
        if !matches!(atom, "true" | "false" | "null") && !is_number(atom) {
            return Err((start, "a value is expected here"));
        }
        self.at = at;
        self.leaf(start);
        Ok(())
    }

    fn leaf(&mut self, start: usize) {
        let next = self.spans.len() + 1;
        self.spans.push(Span { start, end: self.at, next });
    }
}

/// Whether a text is a number of JSON: `-12.5e+3`.
fn is_number(text: &str) -> bool {
    let text = text.strip_prefix('-').unwrap_or(text);
    let (number, exponent) = match text.split_once(['e', 'E']) {
        Some((number, exponent)) => (number, Some(exponent)),
        None => (text, None),
    };
    let (whole, fraction) = match number.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (number, None),
    };
    let are_digits =
        |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let exponent = exponent.map(|exponent| exponent.strip_prefix(['+', '-']).unwrap_or(exponent));
    are_digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(are_digits)
        && exponent.is_none_or(are_digits)
}
