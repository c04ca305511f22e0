//! The pieces of which the generated writer is made.

use serde::Serialize;

use crate::{List, Text};

/// An object that writes its members, each with a comma behind it.
pub(crate) trait Members {
    fn write_members(&self, out: &mut Vec<u8>);
}

/// Writes an object. Its last comma becomes the brace.
pub(crate) fn object(out: &mut Vec<u8>, object: &impl Members) {
    out.push(b'{');
    object.write_members(out);
    close(out, b'}');
}

pub(crate) fn objects<T: Members, const MIN: usize, const MAX: usize>(
    out: &mut Vec<u8>,
    list: &List<T, MIN, MAX>,
) {
    out.push(b'[');
    for item in list {
        object(out, item);
        out.push(b',');
    }
    close(out, b']');
}

#[allow(dead_code)] // Lists of texts come and go with the description.
pub(crate) fn texts<const A: usize, const B: usize, const MIN: usize, const MAX: usize>(
    out: &mut Vec<u8>,
    list: &List<Text<A, B>, MIN, MAX>,
) {
    out.push(b'[');
    for item in list {
        text(out, item);
        out.push(b',');
    }
    close(out, b']');
}

pub(crate) fn text(out: &mut Vec<u8>, text: &str) {
    let plain = !text.bytes().any(|byte| byte < b' ' || byte == b'"' || byte == b'\\');
    if plain {
        out.push(b'"');
        out.extend_from_slice(text.as_bytes());
        out.push(b'"');
    } else {
        json(out, text);
    }
}

pub(crate) fn boolean(out: &mut Vec<u8>, value: bool) {
    out.extend_from_slice(if value { b"true" } else { b"false" });
}

pub(crate) fn json(out: &mut Vec<u8>, value: &(impl Serialize + ?Sized)) {
    let written = serde_json::to_writer(&mut *out, value);
    debug_assert!(written.is_ok(), "numbers, texts and JSON values can always be written");
}

fn close(out: &mut Vec<u8>, bracket: u8) {
    match out.last_mut() {
        Some(last @ b',') => *last = bracket,
        _ => out.push(bracket),
    }
}
