//! The pieces of which the generated writer is made.

pub(crate) mod objects;

use std::{borrow::Cow, fmt, slice};

use serde_json::{Map, Number, Value, map};

use crate::{List, Text};

/// A value that is written as JSON, in the same bytes as serde writes.
pub trait Write {
    /// Writes the value.
    fn write(&self, out: &mut Vec<u8>);

    /// Whether it is an optional value that is not there.
    fn is_absent(&self) -> bool {
        false
    }
}

/// The arm of a union, which writes its members, each with a comma behind it.
pub(crate) trait Members {
    fn write_members(&self, out: &mut Vec<u8>);
}

impl<T: Members> Members for &T {
    fn write_members(&self, out: &mut Vec<u8>) {
        T::write_members(self, out);
    }
}

impl<T: Write> Write for Option<T> {
    fn write(&self, out: &mut Vec<u8>) {
        if let Some(value) = self {
            value.write(out);
        }
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl Write for Text {
    fn write(&self, out: &mut Vec<u8>) {
        self.as_str().write(out);
    }
}

impl<T: Write> Write for List<T> {
    fn write(&self, out: &mut Vec<u8>) {
        out.push(b'[');
        if let Some((first, others)) = self.split_first() {
            first.write(out);
            for item in others {
                out.push(b',');
                item.write(out);
            }
        }
        out.push(b']');
    }
}

impl Write for bool {
    fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(if *self { b"true" } else { b"false" });
    }
}

impl Write for i64 {
    fn write(&self, out: &mut Vec<u8>) {
        shown(out, &Number::from(*self));
    }
}

impl Write for f64 {
    fn write(&self, out: &mut Vec<u8>) {
        if self.is_finite() {
            shown(out, &Value::from(*self));
        } else {
            // JSON has no such number. By its name, it can be told what is wrong.
            self.to_string().as_str().write(out);
        }
    }
}

impl Write for Map<String, Value> {
    fn write(&self, out: &mut Vec<u8>) {
        out.push(b'{');
        nested(out, Rest::Members(self.iter()));
    }
}

impl Write for Value {
    fn write(&self, out: &mut Vec<u8>) {
        if let Some(rest) = begun(out, self) {
            nested(out, rest);
        }
    }
}

/// What is left to write of free JSON.
enum Rest<'v> {
    Items(slice::Iter<'v, Value>),
    Members(map::Iter<'v>),
}

/// Writes a value, or the bracket that an array or object begins with.
fn begun<'v>(out: &mut Vec<u8>, value: &'v Value) -> Option<Rest<'v>> {
    match value {
        Value::String(text) => text.as_str().write(out),
        Value::Array(values) => {
            out.push(b'[');
            return Some(Rest::Items(values.iter()));
        }
        Value::Object(members) => {
            out.push(b'{');
            return Some(Rest::Members(members.iter()));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => shown(out, value),
    }
    None
}

/// Writes what is left of an array or object. It does not call itself, so that the stack suffices however
/// deep somebody has nested it.
fn nested(out: &mut Vec<u8>, rest: Rest<'_>) {
    let mut open = vec![rest];
    while let Some(innermost) = open.last_mut() {
        let (value, bracket) = match innermost {
            Rest::Items(items) => (items.next(), b']'),
            Rest::Members(members) => {
                let member = members.next().map(|(name, value)| {
                    name.as_str().write(out);
                    out.push(b':');
                    value
                });
                (member, b'}')
            }
        };
        match value.map(|value| begun(out, value)) {
            Some(Some(rest)) => open.push(rest),
            Some(None) => out.push(b','),
            None => {
                open.pop();
                end(out, bracket);
                if !open.is_empty() {
                    out.push(b',');
                }
            }
        }
    }
}

impl<T: Write + ?Sized> Write for &T {
    fn write(&self, out: &mut Vec<u8>) {
        T::write(self, out);
    }

    fn is_absent(&self) -> bool {
        T::is_absent(self)
    }
}

impl Write for Cow<'_, str> {
    fn write(&self, out: &mut Vec<u8>) {
        str::write(self, out);
    }
}

impl Write for str {
    fn write(&self, out: &mut Vec<u8>) {
        out.push(b'"');
        escaped(out, self);
        out.push(b'"');
    }
}

/// What is shown as its JSON. That is compiled already, unlike what serde writes into a `Vec`.
fn shown(out: &mut Vec<u8>, value: &dyn fmt::Display) {
    out.extend_from_slice(value.to_string().as_bytes());
}

/// Writes the inside of a string.
pub(crate) fn escaped(out: &mut Vec<u8>, text: &str) {
    let bytes = text.as_bytes();
    if is_plain(bytes) {
        out.extend_from_slice(bytes);
    } else {
        escape(out, bytes);
    }
}

/// Writes members, each up to the comma behind it, but for those that are absent. A name comes with
/// its quotes and its colon, and with what stands before it.
#[inline(never)]
pub(crate) fn members(out: &mut Vec<u8>, names: &[&str], values: &[&dyn Write]) {
    for (name, value) in names.iter().zip(values) {
        if !value.is_absent() {
            out.extend_from_slice(name.as_bytes());
            value.write(out);
            out.push(b',');
        }
    }
}

/// Whether no byte of a string has to be escaped.
fn is_plain(bytes: &[u8]) -> bool {
    let (words, rest) = bytes.as_chunks::<8>();
    if words.iter().any(|word| special(u64::from_le_bytes(*word)) != 0) {
        return false;
    }
    match bytes.last_chunk::<8>() {
        Some(word) => special(u64::from_le_bytes(*word)) == 0,
        None => rest.iter().all(|byte| ESCAPES[usize::from(*byte)] == 0),
    }
}

/// The high bits of the bytes that have to be escaped, of eight bytes at once. The lowest is that of the
/// first such byte, and any above it may be wrong.
#[inline]
pub(crate) fn special(word: u64) -> u64 {
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    const HIGH: u64 = ONES << 7;
    let zero = |word: u64| word.wrapping_sub(ONES) & !word;
    let quote = zero(word ^ (ONES * u64::from(b'"')));
    let backslash = zero(word ^ (ONES * u64::from(b'\\')));
    let control = word.wrapping_sub(ONES * u64::from(b' ')) & !word;
    (quote | backslash | control) & HIGH
}

fn escape(out: &mut Vec<u8>, bytes: &[u8]) {
    let mut start = 0;
    for (at, byte) in bytes.iter().enumerate() {
        let letter = ESCAPES[usize::from(*byte)];
        if letter == 0 {
            continue;
        }
        out.extend_from_slice(&bytes[start..at]);
        start = at + 1;
        if letter == b'u' {
            let digit = |digit: u8| if digit < 10 { b'0' + digit } else { b'a' - 10 + digit };
            let (high, low) = (digit(byte >> 4), digit(byte & 15));
            out.extend_from_slice(&[b'\\', b'u', b'0', b'0', high, low]);
        } else {
            out.extend_from_slice(&[b'\\', letter]);
        }
    }
    out.extend_from_slice(&bytes[start..]);
}

/// The letter behind the backslash of each byte that has to be escaped, and 0 for the others.
pub(crate) static ESCAPES: [u8; 256] = {
    let mut letters = [0; 256];
    let mut byte = 0;
    while byte < 0x20 {
        letters[byte] = b'u';
        byte += 1;
    }
    letters[0x08] = b'b';
    letters[0x09] = b't';
    letters[0x0A] = b'n';
    letters[0x0C] = b'f';
    letters[0x0D] = b'r';
    letters[b'"' as usize] = b'"';
    letters[b'\\' as usize] = b'\\';
    letters
};

/// What can be written as a JSON text of its own.
pub(crate) trait ToJson {
    fn to_json(&self) -> Vec<u8>;
}

impl ToJson for dyn Write + '_ {
    fn to_json(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(1024);
        self.write(&mut out);
        out
    }
}

impl ToJson for dyn Members + '_ {
    fn to_json(&self) -> Vec<u8> {
        let mut out = vec![b'{'];
        self.write_members(&mut out);
        close(&mut out);
        out
    }
}

/// Ends an object of which the last member may be absent: the last comma becomes the brace.
pub(crate) fn close(out: &mut Vec<u8>) {
    end(out, b'}');
}

fn end(out: &mut Vec<u8>, bracket: u8) {
    match out.last_mut() {
        Some(last @ b',') => *last = bracket,
        _ => out.push(bracket),
    }
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn texts_are_escaped_as_serde_does() {
        let letters = ('\0'..'\u{100}').chain(['\u{2028}', '\u{FFFF}', '🍲']);
        for letter in letters {
            for (before, behind) in (0..20).flat_map(|before| [(before, 0), (before, 9)]) {
                let text = format!("{}{letter}{}", "a".repeat(before), "é".repeat(behind));
                let mut out = vec![b'"'];
                escaped(&mut out, &text);
                out.push(b'"');
                assert_eq!(String::from_utf8(out).ok(), serde_json::to_string(&text).ok());
            }
        }
    }
}
