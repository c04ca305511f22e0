//! The short road from a JSON text to the types, for bodies in their canonical form.
//!
//! It knows one way to write each thing: an object for a struct, every member once, no `null`, tags
//! and numbers as they are written by this crate. Anything else is an error here, whatever it means,
//! and is left to the tables.

use std::{fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer,
    de::{self, DeserializeSeed, MapAccess, SeqAccess, Visitor},
};
use serde_json::{Map, Value, value::RawValue};

use crate::{List, Text};

/// How deep brackets may lie inside each other. The parser of the tables has a limit too, and what
/// comes near to it is left to that.
const DEPTH: usize = 64;

/// A value that can be read from its canonical form.
pub(crate) trait Strict<'de>: Sized {
    fn strict<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;
}

/// A value that is read from the members of an object.
pub(crate) trait StrictMembers<'de>: Sized {
    fn strict_members<A: MapAccess<'de>>(members: A) -> Result<Self, A::Error>;
}

/// Reads a body, if its text is canonical.
pub(crate) fn read<'de, T: Strict<'de>>(text: &'de str) -> Option<T> {
    if is_deep(text) { None } else { read_canonical(text).ok() }
}

/// Reads a body whose text is canonical, and as deep as somebody was able to build it.
pub(crate) fn read_canonical<'de, T: Strict<'de>>(text: &'de str) -> serde_json::Result<T> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    deserializer.disable_recursion_limit();
    let value = T::strict(&mut deserializer)?;
    deserializer.end()?;
    Ok(value)
}

/// The same, of bytes.
pub(crate) fn from_slice<'de, T: Strict<'de>>(json: &'de [u8]) -> serde_json::Result<T> {
    read_canonical(std::str::from_utf8(json).map_err(de::Error::custom)?)
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

/// Says that something is not canonical. What it is, nobody reads.
#[cold]
pub(crate) fn other<E: de::Error>() -> E {
    E::custom("")
}

/// The name of the next member.
pub(crate) fn name<'de, A: MapAccess<'de>>(members: &mut A) -> Result<Option<&'de str>, A::Error> {
    members.next_key()
}

/// Reads the value of a member, which was not there before.
pub(crate) fn once<'de, T: Strict<'de>, A: MapAccess<'de>>(
    members: &mut A,
    place: &mut Option<T>,
) -> Result<(), A::Error> {
    if place.is_some() {
        return Err(other());
    }
    *place = Some(members.next_value_seed(Seed(PhantomData))?);
    Ok(())
}

/// A member that has to be there.
pub(crate) fn given<T, E: de::Error>(place: Option<T>) -> Result<T, E> {
    place.ok_or_else(other)
}

/// Reads a value of which only the tag says what it is.
pub(crate) fn told<'de, T: Strict<'de>, E: de::Error>(
    place: Option<&'de RawValue>,
) -> Result<Option<T>, E> {
    let Some(value) = place else { return Ok(None) };
    let mut deserializer = serde_json::Deserializer::from_str(value.get());
    // It is as deep as the whole, which was let in.
    deserializer.disable_recursion_limit();
    T::strict(&mut deserializer).map(Some).map_err(|_| other())
}

/// Whether the members of an arm are all that were read of the arms.
pub(crate) fn only<E: de::Error>(places: &[bool], read: usize) -> Result<(), E> {
    let given = places.iter().filter(|is_given| **is_given).count();
    if given == read { Ok(()) } else { Err(other()) }
}

/// One of a closed set of strings.
pub(crate) fn word<'de, D: Deserializer<'de>>(deserializer: D) -> Result<&'de str, D::Error> {
    Deserialize::deserialize(deserializer)
}

struct Seed<T>(PhantomData<T>);

impl<'de, T: Strict<'de>> DeserializeSeed<'de> for Seed<T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        T::strict(deserializer)
    }
}

struct Object<T>(PhantomData<T>);

impl<'de, T: StrictMembers<'de>> Visitor<'de> for Object<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<T, A::Error> {
        T::strict_members(members)
    }
}

struct Items<T>(PhantomData<T>);

impl<'de, T: Strict<'de>> Visitor<'de> for Items<T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Vec<T>, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(Seed(PhantomData))? {
            list.push(item);
        }
        Ok(list)
    }
}

impl<'de, T: StrictMembers<'de>> Strict<'de> for T {
    fn strict<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Object(PhantomData))
    }
}

impl<'de, T: Strict<'de>, const MIN: usize, const MAX: usize> Strict<'de> for List<T, MIN, MAX> {
    fn strict<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(Items(PhantomData)).map(Self::from_vec)
    }
}

impl<'de, const MIN: usize, const MAX: usize> Strict<'de> for Text<MIN, MAX> {
    fn strict<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::deserialize(deserializer)
    }
}

macro_rules! as_serde_reads {
    ($($kind:ty),*) => {$(
        impl<'de> Strict<'de> for $kind {
            fn strict<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Self::deserialize(deserializer)
            }
        }
    )*};
}

as_serde_reads!(bool, f64, i64, &'de str, &'de RawValue, Map<String, Value>);

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use serde_json::Value;

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
        let read = |text: &str| strict::read::<serde_json::Map<_, _>>(text).is_some();
        assert!(read(&text("", 63)) && !read(&text("", 64)));
        // Brackets side by side and in strings do not count.
        let beside = format!("{}{{}}", "[],".repeat(100));
        assert!(read(&text(&beside, 62)) && !read(&text(&beside, 63)));
        assert!(read(&text(&format!("{:?}", "\"[[[{{{".repeat(100)), 63)));
    }
}
