//! The short road from a JSON text to the types, for bodies in their canonical form.
//!
//! It knows one way to write each thing: an object for a struct, every member once, no `null`, tags
//! and numbers as they are written by this crate. Anything else is an error here, whatever it means,
//! and is left to the tables.
//!
//! First comes the shape of the whole text ([`Tree`]), then the types take their values out of it.

pub(crate) mod fill;
mod last;
mod node;
pub(crate) mod pieces;
mod same;
mod string;
mod tree;

use std::{borrow::Cow, mem, ops::Range};

use serde_core::de;
use serde_json::{Map, Value};

use crate::{List, Text, depth::READ_AT_MOST};

pub(crate) use fill::{arm, composed, structure, union};
pub(crate) use node::Node;
pub(crate) use string::next_special;
pub(crate) use tree::Tree;

/// How deep brackets may lie inside each other. The parser of the tables has a limit too, and what
/// comes near to it is left to that.
const DEPTH: usize = 64;

/// Not canonical. It carries no detail, because callers fall back to the tables, which say what is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NotCanonical;

pub(crate) type Result<T> = std::result::Result<T, NotCanonical>;

/// A value as it is before it is filled.
pub(crate) trait Blank: Sized {
    fn blank() -> Self;
}

/// A value that can be filled from its canonical form. If it could not be, it is of no use.
pub(crate) trait Fill {
    fn fill(&mut self, node: &Node<'_>) -> bool;
}

impl<T: Fill> Fill for &mut T {
    fn fill(&mut self, node: &Node<'_>) -> bool {
        T::fill(self, node)
    }
}

/// A value that can be read from its canonical form.
pub(crate) trait Canonical: Blank + Fill {}

impl<T: Blank + Fill> Canonical for T {}

/// Reads a body, if its text is canonical.
pub(crate) fn read<T: Canonical>(text: &str) -> Option<T> {
    filled(&Tree::new(text, DEPTH).ok()?)
}

/// Reads a body whose text is canonical, and as deep as a message may be.
pub(crate) fn read_canonical<T: Canonical>(text: &str) -> Result<T> {
    filled(&Tree::new(text, READ_AT_MOST)?).ok_or(NotCanonical)
}

/// The same, of bytes.
pub(crate) fn from_slice<T: Canonical>(json: &[u8]) -> Result<T> {
    read_canonical(str::from_utf8(json).map_err(|_| NotCanonical)?)
}

/// The value of a JSON text.
pub(crate) fn value(text: &str) -> serde_json::Result<Value> {
    value_within(text, DEPTH)
}

/// The value of JSON that this crate wrote. Brackets that lie deeper than anybody reads are left out.
pub(crate) fn written_value(json: &[u8]) -> serde_json::Result<Value> {
    value_within(str::from_utf8(json).map_err(de::Error::custom)?, usize::MAX)
}

/// The same, if it is not deeper than that.
pub(crate) fn readable_value(json: &[u8]) -> serde_json::Result<Value> {
    value_within(str::from_utf8(json).map_err(de::Error::custom)?, READ_AT_MOST)
}

fn value_within(text: &str, depth: usize) -> serde_json::Result<Value> {
    let tree = Tree::new(text, depth);
    // What is wrong with a text that is not JSON is said by the parser that everybody uses.
    tree.and_then(|tree| tree.root().value()).or_else(|NotCanonical| text.parse())
}

/// Which of some members is there, in the order of their names here, and where its text stands, if it
/// has no escapes. The JSON is that of a body which this crate wrote.
pub(crate) fn first_word(json: &[u8], names: &[&str]) -> Option<(usize, Range<usize>)> {
    let text = str::from_utf8(json).ok()?;
    let near_the_end = names.first().and_then(|name| last::text_of(text, name));
    match near_the_end {
        Some(range) => Some((0, range)),
        None => Tree::new(text, usize::MAX).ok()?.first_word(names),
    }
}

fn filled<T: Canonical>(tree: &Tree<'_>) -> Option<T> {
    let mut value = T::blank();
    value.fill(&tree.root()).then_some(value)
}

/// Puts a value in the place of one that is blank, in which is nothing that would have to be dropped.
#[inline]
pub(crate) fn set<T>(place: &mut T, value: T) {
    mem::forget(mem::replace(place, value));
}

fn set_read<T>(place: &mut T, value: Result<T>) -> bool {
    value.map(|value| set(place, value)).is_ok()
}

/// A member that is always the same, for which no type has a place.
pub(crate) enum Constant {
    Text(&'static str),
    Number(i64),
}

impl Fill for Constant {
    fn fill(&mut self, node: &Node<'_>) -> bool {
        match self {
            Self::Text(text) => node.word() == Ok(text),
            Self::Number(number) => node.integer() == Ok(*number),
        }
    }
}

impl<T> Blank for Option<T> {
    fn blank() -> Self {
        None
    }
}

impl<T: Canonical> Fill for Option<T> {
    fn fill(&mut self, node: &Node<'_>) -> bool {
        set(self, Some(T::blank()));
        self.as_mut().is_some_and(|value| value.fill(node))
    }
}

impl<T> Blank for List<T> {
    fn blank() -> Self {
        Self::default()
    }
}

impl<T: Canonical> Fill for List<T> {
    fn fill(&mut self, node: &Node<'_>) -> bool {
        let mut items = Vec::new();
        let is_filled = fill_items(node, &mut |item| fill_next(&mut items, item));
        set(self, Self::from_vec(items));
        is_filled
    }
}

/// Fills the items of an array, one after the other.
#[inline(never)]
fn fill_items(node: &Node<'_>, fill_next: &mut dyn FnMut(&Node<'_>) -> bool) -> bool {
    node.items().is_ok_and(|mut items| items.all(|item| fill_next(&item)))
}

fn fill_next<T: Canonical>(items: &mut Vec<T>, node: &Node<'_>) -> bool {
    if items.is_empty() {
        // Most arrays have one item, and a vector that grows makes room for four.
        *items = Vec::with_capacity(1);
    }
    items.push(T::blank());
    items.last_mut().is_some_and(|item| item.fill(node))
}

impl Blank for Text {
    fn blank() -> Self {
        Self::default()
    }
}

impl Fill for Text {
    fn fill(&mut self, node: &Node<'_>) -> bool {
        text(node, self.cow_mut())
    }
}

#[inline(never)]
fn text(node: &Node<'_>, place: &mut Cow<'static, str>) -> bool {
    set_read(place, node.string().map(|text| Cow::Owned(text.into_owned())))
}

/// Values that are read by a method of a node, and what they are before.
macro_rules! leaves {
    ($($kind:ty: $blank:expr, $read:ident;)*) => {$(
        impl Blank for $kind {
            fn blank() -> Self {
                $blank
            }
        }

        impl Fill for $kind {
            fn fill(&mut self, node: &Node<'_>) -> bool {
                set_read(self, node.$read())
            }
        }
    )*};
}

leaves! {
    bool: false, boolean;
    i64: 0, integer;
    f64: 0.0, float;
    Map<String, Value>: Map::new(), free;
}

/// What only answers are made of. A `null` may mean that nothing is there, and is left to serde.
mod answers {
    use serde_json::Value;

    use super::{Blank, Fill, Node, fill_items, fill_next, set_read};

    leaves! {
        String: String::new(), into_string;
        Value: Value::Null, any_but_null;
    }

    impl<T> Blank for Vec<T> {
        fn blank() -> Self {
            Vec::new()
        }
    }

    impl<T: Blank + Fill> Fill for Vec<T> {
        fn fill(&mut self, node: &Node<'_>) -> bool {
            fill_items(node, &mut |item| fill_next(self, item))
        }
    }
}

// The form of the rule table, which lies with the tests across the crates.
#[cfg(test)]
#[path = "../../../tests/src/table/form.rs"]
#[allow(dead_code)]
mod form;

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use serde_json::{Map, Value};

    use super::form;
    use crate::{Message, json, types::MessageObject};

    /// What this crate writes is read on the short road.
    #[test]
    fn what_is_written_is_canonical() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/rules");
        let mut count = 0;
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let text = fs::read_to_string(entry.path()).unwrap_or_default();
            let Ok(table) = serde_json::from_str::<Value>(&text) else { continue };
            for row in form::rows(&entry.file_name().to_string_lossy(), &table) {
                let Ok(message) = Message::try_from(&row.message) else { continue };
                let text = message.to_json();
                assert_eq!(json::read(&text), Some(MessageObject::from(message)), "{text}");
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
        let read = |text: &str| json::read::<Map<String, Value>>(text).is_some();
        assert!(read(&text("", 63)) && !read(&text("", 64)));
        // Brackets side by side and in strings do not count.
        let beside = format!("{}{{}}", "[],".repeat(100));
        assert!(read(&text(&beside, 62)) && !read(&text(&beside, 63)));
        assert!(read(&text(&format!("{:?}", "\"[[[{{{".repeat(100)), 63)));
    }
}
