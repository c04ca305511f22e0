//! The pieces of which the generated writer is made.

use serde::Serialize;

use crate::{List, Text};

/// A value that is written as an object.
pub(crate) trait Write {
    fn write(&self, out: &mut Vec<u8>);
}

/// The arm of a union, which writes its members, each with a comma behind it.
pub(crate) trait Members {
    fn write_members(&self, out: &mut Vec<u8>);
}

pub(crate) fn objects<T: Write, const MIN: usize, const MAX: usize>(
    out: &mut Vec<u8>,
    list: &List<T, MIN, MAX>,
) {
    let mut items = list.iter();
    let Some(first) = items.next() else {
        out.extend_from_slice(b"[]");
        return;
    };
    out.push(b'[');
    first.write(out);
    for item in items {
        out.push(b',');
        item.write(out);
    }
    out.push(b']');
}

#[allow(dead_code)] // Arrays of texts come and go with the description.
pub(crate) fn texts<const A: usize, const B: usize, const MIN: usize, const MAX: usize>(
    out: &mut Vec<u8>,
    list: &List<Text<A, B>, MIN, MAX>,
) {
    json(out, list);
}

/// Writes the inside of a string.
pub(crate) fn escaped(out: &mut Vec<u8>, text: &str) {
    // Without an early end the loop is one of whole vectors.
    let special = text
        .bytes()
        .fold(false, |special, byte| special || (byte < b' ') || (byte == b'"') || (byte == b'\\'));
    if special {
        escape(out, text);
    } else {
        out.extend_from_slice(text.as_bytes());
    }
}

#[cold]
fn escape(out: &mut Vec<u8>, text: &str) {
    let start = out.len();
    json(out, text);
    // The quotes are the writer's, fused with what stands around them.
    out.remove(start);
    out.pop();
}

pub(crate) fn boolean(out: &mut Vec<u8>, value: bool) {
    out.extend_from_slice(if value { b"true" } else { b"false" });
}

pub(crate) fn json(out: &mut Vec<u8>, value: &(impl Serialize + ?Sized)) {
    let written = serde_json::to_writer(&mut *out, value);
    debug_assert!(written.is_ok(), "numbers, texts and JSON values can always be written");
}

/// Ends an object of which the last member may be absent: the last comma becomes the brace.
pub(crate) fn close(out: &mut Vec<u8>) {
    match out.last_mut() {
        Some(last @ b',') => *last = b'}',
        _ => out.push(b'}'),
    }
}
