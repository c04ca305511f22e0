//! A JSON text, read token by token.
//!
//! It is no visitor of serde: that would be compiled anew for every type.

use std::borrow::Cow;

use serde_core::{Deserialize, de::DeserializeOwned};
use serde_json::{Deserializer, Map, Value};

use super::{Other, Result};
use crate::write::{ESCAPES, special};

/// A place in a text.
pub(crate) struct Reader<'t> {
    text: &'t str,
    at: usize,
    /// Whether an object or an array has just begun, so that no comma stands before what comes.
    is_first: bool,
}

impl<'t> Reader<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Self { text, at: 0, is_first: false }
    }

    /// The first byte of the next token.
    pub(crate) fn peek(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        while let Some(byte) = bytes.get(self.at) {
            if !matches!(byte, b' ' | b'\n' | b'\t' | b'\r') {
                return Some(*byte);
            }
            self.at += 1;
        }
        None
    }

    /// Reads over a bracket, a colon or a quote.
    fn take(&mut self, wanted: u8) -> Result<()> {
        if self.peek() != Some(wanted) {
            return Err(Other);
        }
        self.at += 1;
        Ok(())
    }

    /// Nothing stands behind what was read.
    #[inline(never)]
    pub(crate) fn end(&mut self) -> Result<()> {
        if self.peek().is_none() { Ok(()) } else { Err(Other) }
    }

    /// The beginning of an object.
    #[inline(never)]
    pub(crate) fn object(&mut self) -> Result<()> {
        self.is_first = true;
        self.take(b'{')
    }

    /// The name of the next member, and none at the end of the object.
    #[inline(never)]
    pub(crate) fn name(&mut self) -> Result<Option<&'t str>> {
        match self.key()? {
            None => Ok(None),
            Some(Cow::Borrowed(name)) => Ok(Some(name)),
            // No name that is known has to be escaped.
            Some(Cow::Owned(_)) => Err(Other),
        }
    }

    /// The name of the next free member, and none at the end of the object.
    #[inline(never)]
    pub(crate) fn key(&mut self) -> Result<Option<Cow<'t, str>>> {
        if !self.goes_on(b'}')? {
            return Ok(None);
        }
        let key = self.string()?;
        self.take(b':')?;
        Ok(Some(key))
    }

    /// The beginning of an array.
    #[inline(never)]
    pub(crate) fn array(&mut self) -> Result<()> {
        self.is_first = true;
        self.take(b'[')
    }

    /// Whether another item comes, or the end of the array.
    #[inline(never)]
    pub(crate) fn item(&mut self) -> Result<bool> {
        self.goes_on(b']')
    }

    fn goes_on(&mut self, end: u8) -> Result<bool> {
        let is_first = std::mem::take(&mut self.is_first);
        match self.peek() {
            Some(byte) if byte == end => {
                self.at += 1;
                Ok(false)
            }
            Some(b',') if !is_first => {
                self.at += 1;
                // No comma stands before the end.
                if self.peek() == Some(end) { Err(Other) } else { Ok(true) }
            }
            Some(_) if is_first => Ok(true),
            _ => Err(Other),
        }
    }

    /// A string without escapes.
    #[inline(never)]
    pub(crate) fn word(&mut self) -> Result<&'t str> {
        match self.string()? {
            Cow::Borrowed(word) => Ok(word),
            Cow::Owned(_) => Err(Other),
        }
    }

    /// A string.
    #[inline(never)]
    pub(crate) fn string(&mut self) -> Result<Cow<'t, str>> {
        let (inside, is_plain) = self.quoted()?;
        if is_plain {
            return Ok(Cow::Borrowed(inside));
        }
        unescaped(inside).map(Cow::Owned)
    }

    /// The inside of a string, and whether it stands for itself.
    fn quoted(&mut self) -> Result<(&'t str, bool)> {
        self.take(b'"')?;
        let (start, mut is_plain) = (self.at, true);
        loop {
            self.at = next_special(self.text.as_bytes(), self.at);
            match self.text.as_bytes().get(self.at) {
                Some(b'"') => break,
                Some(b'\\') => {
                    is_plain = false;
                    self.at += 2;
                }
                _ => return Err(Other),
            }
        }
        let inside = self.text.get(start..self.at).ok_or(Other)?;
        self.at += 1;
        Ok((inside, is_plain))
    }

    pub(crate) fn boolean(&mut self) -> Result<bool> {
        match self.atom()? {
            "true" => Ok(true),
            "false" => Ok(false),
            _ => Err(Other),
        }
    }

    #[cfg(feature = "client")]
    pub(crate) fn null(&mut self) -> Result<()> {
        if self.atom()? == "null" { Ok(()) } else { Err(Other) }
    }

    /// A value of any kind.
    #[cfg(feature = "client")]
    pub(crate) fn value(&mut self) -> Result<Value> {
        parse(self.skip()?)
    }

    /// A number, as wide as it was written.
    pub(crate) fn number<N: DeserializeOwned>(&mut self) -> Result<N> {
        parse(self.atom()?)
    }

    /// A number or a name, up to what cannot be a part of one.
    #[inline(never)]
    fn atom(&mut self) -> Result<&'t str> {
        self.peek();
        let rest = self.text.get(self.at..).ok_or(Other)?;
        let is_part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.');
        let length = rest.bytes().take_while(|byte| is_part(*byte)).count();
        self.at += length;
        rest.get(..length).filter(|atom| !atom.is_empty()).ok_or(Other)
    }

    /// An object of free members, as deep as somebody was able to build it.
    #[inline(never)]
    pub(crate) fn free(&mut self) -> Result<Map<String, Value>> {
        let mut deserializer = Deserializer::from_str(self.skip()?);
        deserializer.disable_recursion_limit();
        let members = Map::deserialize(&mut deserializer).map_err(|_| Other)?;
        deserializer.end().map_err(|_| Other)?;
        Ok(members)
    }

    /// The text of a value of any kind. What it is read as says whether it is JSON at all.
    #[inline(never)]
    pub(crate) fn skip(&mut self) -> Result<&'t str> {
        self.peek();
        let (start, mut depth) = (self.at, 0_usize);
        loop {
            match self.peek().ok_or(Other)? {
                b'"' => drop(self.quoted()?),
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                }
                b'}' | b']' => {
                    depth = depth.checked_sub(1).ok_or(Other)?;
                    self.at += 1;
                }
                b',' | b':' if depth > 0 => self.at += 1,
                _ => drop(self.atom()?),
            }
            if depth == 0 {
                break;
            }
        }
        self.text.get(start..self.at).ok_or(Other)
    }
}

#[inline(never)]
fn parse<T: DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|_| Other)
}

/// What the inside of a string stands for.
fn unescaped(inside: &str) -> Result<String> {
    let (mut out, mut rest) = (String::with_capacity(inside.len()), inside);
    while let Some((plain, escape)) = rest.split_once('\\') {
        out.push_str(plain);
        let letter = escape.bytes().next().ok_or(Other)?;
        let (letter, length) = match letter {
            b'"' | b'\\' | b'/' => (char::from(letter), 1),
            b'b' => ('\u{8}', 1),
            b'f' => ('\u{C}', 1),
            b'n' => ('\n', 1),
            b'r' => ('\r', 1),
            b't' => ('\t', 1),
            b'u' => numbered(escape)?,
            _ => return Err(Other),
        };
        out.push(letter);
        rest = escape.get(length..).ok_or(Other)?;
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
    let first = unit(1).ok_or(Other)?;
    if let Some(letter) = char::from_u32(first.into()) {
        return Ok((letter, 5));
    }
    let second = unit(7).filter(|_| escape.as_bytes()[5..].starts_with(b"\\u")).ok_or(Other)?;
    match char::decode_utf16([first, second]).next() {
        Some(Ok(letter)) => Ok((letter, 11)),
        _ => Err(Other),
    }
}

/// The place of the next quote, backslash or control character, or the end of the text.
fn next_special(bytes: &[u8], mut at: usize) -> usize {
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

#[cfg(test)]
mod tests {
    use super::Reader;

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
                let mut reader = Reader::new(&text);
                let read = reader.string().ok().filter(|_| reader.end().is_ok());
                let expected: Option<String> = serde_json::from_str(&text).ok();
                count += usize::from(expected.is_some());
                assert_eq!(read.as_deref(), expected.as_deref(), "{text}");
            }
        }
        assert!(count > 3000, "only {count} are strings");
    }
}
