//! Finds the places of all values of a text in one pass.
//!
//! The macro of a user's debug build runs without optimisation, so strings are passed over by searches of the
//! standard library, which is always optimised.

use super::{NESTED_AT_MOST, Span, string::unescaped};

/// Where a text is not JSON, and why.
type Fault = (usize, &'static str);

type Scanned = (Vec<Span>, Vec<(usize, Box<str>)>);

/// Finds the values of a text.
pub(super) fn scan(text: &str) -> Result<Scanned, Fault> {
    let spans = Vec::with_capacity(text.len() / 16 + 1);
    let mut scanner = Scanner {
        text,
        at: 0,
        spans,
        names: Vec::new(),
        open: Vec::new(),
        ahead: Ahead::new(text),
    };
    scanner.all()?;
    Ok((scanner.spans, scanner.names))
}

struct Scanner<'t> {
    text: &'t str,
    at: usize,
    spans: Vec<Span>,
    names: Vec<(usize, Box<str>)>,
    /// The numbers of the arrays and objects that have begun and not ended.
    open: Vec<usize>,
    ahead: Ahead,
}

/// What a string may not have, or has rarely: control characters and escapes. Other control characters do no harm, and
/// nobody writes them.
const SPECIAL: [char; 4] = ['\n', '\r', '\t', '\\'];

/// The next of each special character. Each is looked for once, however many strings lie before it.
struct Ahead {
    next: [usize; 4],
    first: usize,
}

impl Ahead {
    fn new(text: &str) -> Self {
        let mut ahead = Self { next: [0; 4], first: 0 };
        ahead.look(text, 0);
        ahead
    }

    /// Moves those that lie before a place behind it.
    fn look(&mut self, text: &str, from: usize) {
        self.first = text.len();
        for (next, special) in self.next.iter_mut().zip(SPECIAL) {
            if *next <= from {
                *next = text[from..].find(special).map_or(text.len(), |found| from + found);
            }
            self.first = usize::min(self.first, *next);
        }
    }
}

impl Scanner<'_> {
    fn all(&mut self) -> Result<(), Fault> {
        loop {
            match self.peek() {
                Some(start @ (b'{' | b'[')) => {
                    self.begin()?;
                    if self.peek() != Some(start + 2) {
                        self.name_in(start)?;
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
            let Some(open) = self.open.last() else {
                return match next {
                    None => Ok(false),
                    Some(_) => Err((self.at, "there is more behind its end")),
                };
            };
            let kind = self.text.as_bytes()[self.spans[*open].start];
            match next {
                Some(b',') => {
                    self.at += 1;
                    return self.name_in(kind).map(|()| true);
                }
                // In ASCII the closing bracket is two letters behind the one that opens.
                Some(end) if end == kind + 2 => self.end(),
                None => return Err((self.at, "it ends before its last bracket")),
                Some(_) if kind == b'{' => return Err((self.at, "`,` or `}` is expected here")),
                Some(_) => return Err((self.at, "`,` or `]` is expected here")),
            }
        }
    }

    /// Reads over the name of a member, if that is what comes in brackets of this kind.
    fn name_in(&mut self, kind: u8) -> Result<(), Fault> {
        if kind != b'{' {
            return Ok(());
        }
        if self.peek() != Some(b'"') {
            return Err((self.at, "the name of a member is expected here"));
        }
        let (number, name) = (self.spans.len(), self.string()?);
        if let Some(name) = name {
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
        let bytes = self.text.as_bytes();
        loop {
            match bytes.get(self.at) {
                Some(b' ' | b'\n' | b'\t' | b'\r') => self.at += 1,
                byte => return byte.copied(),
            }
        }
    }

    fn begin(&mut self) -> Result<(), Fault> {
        if self.open.len() >= NESTED_AT_MOST {
            return Err((self.at, "it is nested too deep"));
        }
        self.open.push(self.spans.len());
        self.spans.push(Span { start: self.at, end: 0, next: 0 });
        self.at += 1;
        Ok(())
    }

    /// The last object or array ends here.
    fn end(&mut self) {
        self.at += 1;
        let next = self.spans.len();
        if let Some(span) = self.open.pop().and_then(|number| self.spans.get_mut(number)) {
            (span.end, span.next) = (self.at, next);
        }
    }

    /// Reads over a string, and returns it if it has escapes.
    fn string(&mut self) -> Result<Option<Box<str>>, Fault> {
        let start = self.at;
        let mut at = start + 1;
        loop {
            let quote = self.text[at..].find('"');
            let Some(quote) = quote.map(|quote| at + quote) else {
                return Err((start, "this string has no end"));
            };
            at = quote + 1;
            if self.ahead.first <= start {
                self.ahead.look(self.text, start);
            }
            if self.ahead.first > quote {
                break;
            }
            // A quote behind an odd number of backslashes belongs to the string.
            let before = &self.text.as_bytes()[start + 1..quote];
            let escapes = before.iter().rev().take_while(|byte| **byte == b'\\').count();
            if escapes % 2 == 0 {
                break;
            }
        }
        let quote = at - 1;
        let mut owned = None;
        if self.ahead.first < quote {
            let [line, end, tab, escape] = self.ahead.next;
            let control = line.min(end).min(tab);
            if control < quote {
                return Err((control, "a control character is escaped in a string"));
            }
            if escape < quote {
                let says = (start, "this string has an escape that JSON does not know");
                owned = Some(unescaped(&self.text[start + 1..quote]).ok_or(says)?);
            }
        }
        self.at = at;
        self.leaf(start);
        Ok(owned.map(String::into_boxed_str))
    }

    /// A number, `true`, `false` or `null`.
    fn atom(&mut self) -> Result<(), Fault> {
        let is_part =
            |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.');
        let start = self.at;
        let rest = &self.text.as_bytes()[start..];
        let length = rest.iter().position(|byte| !is_part(byte)).unwrap_or(rest.len());
        let atom = &self.text[start..start + length];
        if !matches!(atom, "true" | "false" | "null") && !is_number(atom) {
            return Err((start, "a value is expected here"));
        }
        self.at += length;
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
