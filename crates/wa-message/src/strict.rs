//! The short road from a JSON text to the types, for bodies in their canonical form.
//!
//! It knows one way to write each thing: an object for a struct, every member once, no `null`, tags
//! and numbers as they are written by this crate. Anything else is an error here, whatever it means,
//! and is left to the tables.

mod reader;

use std::{borrow::Cow, mem};

use serde_json::{Map, Value};

use crate::{List, Text};

pub(crate) use reader::Reader;

/// How deep brackets may lie inside each other. The parser of the tables has a limit too, and what
/// comes near to it is left to that.
const DEPTH: usize = 64;

/// Something that is not canonical. What it is, nobody reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Other;

pub(crate) type Result<T> = std::result::Result<T, Other>;

/// A value that can be read from its canonical form.
pub(crate) trait Strict: Sized {
    fn strict(reader: &mut Reader<'_>) -> Result<Self>;
}

/// Reads a body, if its text is canonical.
pub(crate) fn read<T: Strict>(text: &str) -> Option<T> {
    if is_deep(text) { None } else { read_canonical(text).ok() }
}

/// Reads a body whose text is canonical, and as deep as somebody was able to build it.
pub(crate) fn read_canonical<T: Strict>(text: &str) -> Result<T> {
    let mut reader = Reader::new(text);
    let value = T::strict(&mut reader)?;
    reader.end()?;
    Ok(value)
}

/// The same, of bytes.
pub(crate) fn from_slice<T: Strict>(json: &[u8]) -> Result<T> {
    read_canonical(str::from_utf8(json).map_err(|_| Other)?)
}

fn is_deep(text: &str) -> bool {
    // Hardly any text has so many brackets at all, and to count them is fast.
    let opens = |byte: u8| byte == b'{' || byte == b'[';
    if text.bytes().filter(|byte| opens(*byte)).count() <= DEPTH {
        return false;
    }
    let (mut depth, mut in_string, mut bytes) = (0_usize, false, text.bytes());
    while let Some(byte) = bytes.next() {
        match byte {
            b'\\' if in_string => drop(bytes.next()),
            b'"' => in_string = !in_string,
            _ if in_string => {}
            b'}' | b']' => depth = depth.saturating_sub(1),
            byte if opens(byte) => {
                depth += 1;
                if depth > DEPTH {
                    return true;
                }
            }
            _ => {}
        }
    }
    false
}

/// Reads the value of a member, which was not there before.
#[inline(never)]
pub(crate) fn once<T: Strict>(reader: &mut Reader<'_>, place: &mut Option<T>) -> Result<()> {
    if place.is_some() {
        return Err(Other);
    }
    // Nothing was there that would have to be dropped.
    mem::forget(place.replace(T::strict(reader)?));
    Ok(())
}

/// Reads the tag, which was not there before.
#[inline(never)]
pub(crate) fn tag<'t>(reader: &mut Reader<'t>, place: &mut Option<&'t str>) -> Result<()> {
    match place.replace(reader.word()?) {
        None => Ok(()),
        Some(_) => Err(Other),
    }
}

/// Keeps a value of which only the tag says what it is, and which was not there before.
#[inline(never)]
pub(crate) fn keep<'t>(reader: &mut Reader<'t>, place: &mut Option<&'t str>) -> Result<()> {
    match place.replace(reader.skip()?) {
        None => Ok(()),
        Some(_) => Err(Other),
    }
}

/// A member that has to be there.
pub(crate) fn given<T>(place: Option<T>) -> Result<T> {
    place.ok_or(Other)
}

/// Reads a value that was kept.
pub(crate) fn told<T: Strict>(place: Option<&str>) -> Result<Option<T>> {
    match place {
        None => Ok(None),
        Some(text) => read_canonical(text).map(Some),
    }
}

/// Whether the members of an arm are all that were read of the arms.
pub(crate) fn only(places: &[bool], read: usize) -> Result<()> {
    let given = places.iter().filter(|is_given| **is_given).count();
    if given == read { Ok(()) } else { Err(Other) }
}

impl<T: Strict, const MIN: usize, const MAX: usize> Strict for List<T, MIN, MAX> {
    fn strict(reader: &mut Reader<'_>) -> Result<Self> {
        items(reader).map(Self::from_vec)
    }
}

/// The items of an array, whatever its limits are.
#[inline(never)]
fn items<T: Strict>(reader: &mut Reader<'_>) -> Result<Vec<T>> {
    reader.array()?;
    let mut items = Vec::new();
    while reader.item()? {
        items.push(T::strict(reader)?);
    }
    Ok(items)
}

impl<const MIN: usize, const MAX: usize> Strict for Text<MIN, MAX> {
    fn strict(reader: &mut Reader<'_>) -> Result<Self> {
        text(reader).map(Self::unchecked)
    }
}

#[inline(never)]
fn text(reader: &mut Reader<'_>) -> Result<Cow<'static, str>> {
    reader.string().map(|text| Cow::Owned(text.into_owned()))
}

impl Strict for bool {
    fn strict(reader: &mut Reader<'_>) -> Result<Self> {
        reader.boolean()
    }
}

impl Strict for i64 {
    fn strict(reader: &mut Reader<'_>) -> Result<Self> {
        reader.number()
    }
}

impl Strict for f64 {
    fn strict(reader: &mut Reader<'_>) -> Result<Self> {
        reader.number()
    }
}

/// What only answers are made of. `null` is nothing.
#[cfg(feature = "client")]
mod answers {
    use serde_json::Value;

    use super::{Reader, Result, Strict};

    impl Strict for String {
        fn strict(reader: &mut Reader<'_>) -> Result<Self> {
            reader.string().map(std::borrow::Cow::into_owned)
        }
    }

    impl<T: Strict> Strict for Option<T> {
        fn strict(reader: &mut Reader<'_>) -> Result<Self> {
            if reader.peek() == Some(b'n') {
                return reader.null().map(|()| None);
            }
            T::strict(reader).map(Some)
        }
    }

    impl<T: Strict> Strict for Vec<T> {
        fn strict(reader: &mut Reader<'_>) -> Result<Self> {
            super::items(reader)
        }
    }

    impl Strict for Value {
        fn strict(reader: &mut Reader<'_>) -> Result<Self> {
            reader.value()
        }
    }
}

impl Strict for Map<String, Value> {
    fn strict(reader: &mut Reader<'_>) -> Result<Self> {
        reader.free()
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use serde_json::{Map, Value};

    use crate::{Message, strict, types::MessageObject};

    /// What this crate writes is read on the short road.
    #[test]
    fn what_is_written_is_canonical() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/rules");
        let mut count = 0;
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let text = fs::read_to_string(entry.path()).unwrap_or_default();
            let cases: Vec<Value> = serde_json::from_str(&text).unwrap_or_default();
            for case in cases {
                let Ok(message) = Message::try_from(&case["message"]) else { continue };
                let text = message.to_json();
                assert_eq!(strict::read(&text), Some(MessageObject::from(message)), "{text}");
                count += 1;
            }
        }
        assert!(count > 300, "only {count} messages were read");
    }

    #[test]
    fn free_json_is_read_to_a_limit() {
        let text = |inner: &str, depth| {
            format!("{{\"a\":{}{inner}{}}}", "[".repeat(depth), "]".repeat(depth))
        };
        let read = |text: &str| strict::read::<Map<String, Value>>(text).is_some();
        assert!(read(&text("", 63)) && !read(&text("", 64)));
        // Brackets side by side and in strings do not count.
        let beside = format!("{}{{}}", "[],".repeat(100));
        assert!(read(&text(&beside, 62)) && !read(&text(&beside, 63)));
        assert!(read(&text(&format!("{:?}", "\"[[[{{{".repeat(100)), 63)));
    }
}
