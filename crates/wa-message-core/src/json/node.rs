//! The values of a JSON text, and what they are read as.

use std::{borrow::Cow, ops::Range};

use serde_core::{
    Serialize, Serializer,
    ser::{self, SerializeMap, SerializeSeq},
};
use serde_json::{Map, Number, Value};

use super::{
    Fill, NotCanonical, Result,
    string::unescaped,
    tree::{Span, Tree},
};
use crate::{depth::READ_AT_MOST, read::Numeral};

impl Tree<'_> {
    /// Which of some members is there, in the order of their names here, and where its text stands, if
    /// it has no escapes.
    pub(crate) fn first_word(&self, names: &[&str]) -> Option<(usize, Range<usize>)> {
        let mut first: Option<(usize, Node<'_>)> = None;
        let mut inside = self.root().inside(b'{').ok()?;
        while let Some((found, value)) = inside.member() {
            let sooner = first.as_ref().map_or(names.len(), |(at, _)| *at);
            if let Some(at) = names[..sooner].iter().position(|name| found == name.as_bytes()) {
                first = Some((at, value));
                if at == 0 {
                    break;
                }
            }
        }
        let (at, value) = first?;
        value.word().ok()?;
        let span = value.span();
        Some((at, span.start + 1..span.end - 1))
    }

    pub(crate) fn root(&self) -> Node<'_> {
        Node { tree: self, number: 0, beside: &[], outer: None }
    }
}

/// A value in a text.
#[derive(Clone, Copy)]
pub(crate) struct Node<'t> {
    tree: &'t Tree<'t>,
    number: usize,
    /// The names of members that somebody else reads.
    beside: &'t [&'t str],
    /// The same value, for the one who reads those.
    outer: Option<&'t Node<'t>>,
}

impl<'t> Node<'t> {
    fn span(&self) -> &'t Span {
        &self.tree.spans[self.number]
    }

    pub(crate) fn text(&self) -> &'t str {
        let span = self.span();
        &self.tree.text[span.start..span.end]
    }

    /// The first byte, which says what kind of value it is.
    pub(crate) fn kind(&self) -> u8 {
        self.tree.text.as_bytes()[self.span().start]
    }

    pub(super) fn inside(&self, kind: u8) -> Result<Inside<'t>> {
        if self.kind() != kind {
            return Err(NotCanonical);
        }
        Ok(Inside { tree: self.tree, number: self.number + 1, end: self.span().next })
    }

    /// The members of an object, each with its name. One that is written with escapes stays so.
    pub(crate) fn named_members(&self) -> impl Iterator<Item = (&'t str, Self)> + use<'t> {
        let (text, inside) = (self.tree.text, self.inside(b'{').ok());
        let mut inside = inside.into_iter().flatten();
        std::iter::from_fn(move || {
            let name = inside.next()?.span();
            Some((&text[name.start + 1..name.end - 1], inside.next()?))
        })
    }

    /// The items of an array.
    #[inline(never)]
    pub(crate) fn items(&self) -> Result<Inside<'t>> {
        self.inside(b'[')
    }

    /// The same object, with members that are nothing new.
    pub(crate) fn beside<'n>(&'n self, names: &'n [&'n str]) -> Node<'n> {
        Node { tree: self.tree, number: self.number, beside: names, outer: Some(self) }
    }

    fn is_beside(&self, name: &[u8]) -> bool {
        self.beside.iter().any(|beside| beside.as_bytes() == name)
            || self.outer.is_some_and(|outer| outer.is_beside(name))
    }

    /// The member that says what an object is.
    #[inline(never)]
    pub(crate) fn tag(&self, name: &str) -> Result<Option<&'t str>> {
        let (mut inside, mut tag) = (self.inside(b'{')?, None);
        while let Some((found, value)) = inside.member() {
            if found == name.as_bytes() && tag.replace(value.word()?).is_some() {
                return Err(NotCanonical);
            }
        }
        Ok(tag)
    }

    /// Reads each member into the place of its name. None may be there twice, and there are no others.
    ///
    /// There has to be one for each bit of `required`.
    #[inline(never)]
    pub(crate) fn members(
        &self,
        names: &[&str],
        places: &mut [&mut dyn Fill],
        required: u64,
    ) -> bool {
        self.fill(names, places, required, false)
    }

    /// The same, beside members of which nothing is known here.
    #[inline(never)]
    pub(crate) fn some_members(
        &self,
        names: &[&str],
        places: &mut [&mut dyn Fill],
        required: u64,
    ) -> bool {
        self.fill(names, places, required, true)
    }

    fn fill(
        &self,
        names: &[&str],
        places: &mut [&mut dyn Fill],
        required: u64,
        may_be_more: bool,
    ) -> bool {
        let Ok(mut inside) = self.inside(b'{') else { return false };
        let mut given = 0_u64;
        while let Some((name, value)) = inside.member() {
            let number = names.iter().position(|known| known.as_bytes() == name);
            let Some((number, place)) = number.and_then(|at| Some((at, places.get_mut(at)?)))
            else {
                if may_be_more || self.is_beside(name) {
                    continue;
                }
                return false;
            };
            let bit = 1 << number;
            if given & bit != 0 || !place.fill(&value) {
                return false;
            }
            given |= bit;
        }
        given & required == required
    }

    /// A string without escapes.
    #[inline(never)]
    pub(crate) fn word(&self) -> Result<&'t str> {
        match self.string()? {
            Cow::Borrowed(word) => Ok(word),
            Cow::Owned(_) => Err(NotCanonical),
        }
    }

    /// A string.
    #[inline(never)]
    pub(crate) fn string(&self) -> Result<Cow<'t, str>> {
        if self.kind() != b'"' {
            return Err(NotCanonical);
        }
        let Span { start, end, has_escapes, .. } = *self.span();
        let inside = &self.tree.text[start + 1..end - 1];
        if has_escapes { unescaped(inside).map(Cow::Owned) } else { Ok(Cow::Borrowed(inside)) }
    }

    pub(crate) fn boolean(&self) -> Result<bool> {
        match self.text() {
            "true" => Ok(true),
            "false" => Ok(false),
            _ => Err(NotCanonical),
        }
    }

    pub(crate) fn into_string(self) -> Result<String> {
        self.string().map(Cow::into_owned)
    }

    pub(crate) fn any_but_null(&self) -> Result<Value> {
        if self.text() == "null" { Err(NotCanonical) } else { self.value() }
    }

    pub(crate) fn integer(&self) -> Result<i64> {
        match self.numeral()? {
            Numeral::Integer(number) => i64::try_from(number).map_err(|_| NotCanonical),
            Numeral::Float(_) => Err(NotCanonical),
        }
    }

    pub(crate) fn float(&self) -> Result<f64> {
        match self.numeral()? {
            #[allow(clippy::cast_precision_loss)] // JSON numbers are doubles to most readers.
            Numeral::Integer(number) => Ok(number as f64),
            Numeral::Float(number) if number.is_finite() => Ok(number),
            Numeral::Float(_) => Err(NotCanonical),
        }
    }

    /// What a number means.
    pub(super) fn numeral(&self) -> Result<Numeral> {
        self.number().map(|number| Numeral::of(&number))
    }

    /// A number that is exactly what was written. The parser of numbers may be off by the last bit,
    /// unless somebody asks for another one by a feature, and then for all crates of a program.
    #[inline(never)]
    fn number(&self) -> Result<Number> {
        let number: Number = self.text().parse().map_err(|_| NotCanonical)?;
        if !number.is_f64() {
            return Ok(number);
        }
        match self.text().parse().ok().filter(|exact| number.as_f64() != Some(*exact)) {
            Some(exact) => Number::from_f64(exact).ok_or(NotCanonical),
            None => Ok(number),
        }
    }

    /// A value of any kind. Brackets that lie deeper than anybody reads are left out.
    pub(crate) fn value(&self) -> Result<Value> {
        self.value_to(READ_AT_MOST)
    }

    fn value_to(&self, depth: usize) -> Result<Value> {
        Ok(match (self.kind(), depth.checked_sub(1)) {
            (b'{' | b'[', None) => Value::Null,
            (b'{', Some(depth)) => Value::Object(self.free_to(depth)?),
            (b'[', Some(depth)) => {
                let items = self.items()?.map(|item| item.value_to(depth));
                Value::Array(items.collect::<Result<_>>()?)
            }
            (b'"', _) => Value::String(self.string()?.into_owned()),
            (b't' | b'f', _) => Value::Bool(self.boolean()?),
            (b'n', _) if self.text() == "null" => Value::Null,
            _ => Value::Number(self.number()?),
        })
    }

    /// An object of free members.
    pub(crate) fn free(&self) -> Result<Map<String, Value>> {
        self.free_to(READ_AT_MOST)
    }

    fn free_to(&self, depth: usize) -> Result<Map<String, Value>> {
        let (mut inside, mut members) = (self.inside(b'{')?, Map::new());
        while let (Some(name), Some(value)) = (inside.next(), inside.next()) {
            members.insert(name.string()?.into_owned(), value.value_to(depth)?);
        }
        Ok(members)
    }
}

impl Serialize for Node<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let broken = |NotCanonical| ser::Error::custom("what was written is not JSON");
        match self.kind() {
            b'{' => {
                let mut members = serializer.serialize_map(None)?;
                let mut inside = self.inside(b'{').map_err(broken)?;
                while let (Some(name), Some(value)) = (inside.next(), inside.next()) {
                    members.serialize_entry(&name.string().map_err(broken)?, &value)?;
                }
                members.end()
            }
            b'[' => {
                let mut items = serializer.serialize_seq(None)?;
                for item in self.items().map_err(broken)? {
                    items.serialize_element(&item)?;
                }
                items.end()
            }
            b'"' => serializer.serialize_str(&self.string().map_err(broken)?),
            b't' | b'f' => serializer.serialize_bool(self.boolean().map_err(broken)?),
            b'n' => serializer.serialize_unit(),
            _ => {
                let number = self.number().map_err(broken)?;
                match Numeral::of(&number) {
                    Numeral::Integer(whole) => match i64::try_from(whole) {
                        Ok(whole) => serializer.serialize_i64(whole),
                        Err(_) => number.serialize(serializer),
                    },
                    // Of a text with more digits, nothing is to be lost.
                    Numeral::Float(float) if Number::from_f64(float).as_ref() == Some(&number) => {
                        serializer.serialize_f64(float)
                    }
                    Numeral::Float(_) => number.serialize(serializer),
                }
            }
        }
    }
}

/// What stands in an array or an object, where names and values alternate.
pub(crate) struct Inside<'t> {
    tree: &'t Tree<'t>,
    number: usize,
    end: usize,
}

impl<'t> Inside<'t> {
    /// The next member. No name that is known has to be escaped.
    #[inline]
    fn member(&mut self) -> Option<(&'t [u8], Node<'t>)> {
        let name = self.next()?.span();
        let inside = self.tree.text.as_bytes().get(name.start + 1..name.end - 1)?;
        Some((inside, self.next()?))
    }
}

impl<'t> Iterator for Inside<'t> {
    type Item = Node<'t>;

    #[inline]
    fn next(&mut self) -> Option<Node<'t>> {
        if self.number >= self.end {
            return None;
        }
        let node = Node { tree: self.tree, number: self.number, beside: &[], outer: None };
        self.number = node.span().next;
        Some(node)
    }
}

#[cfg(test)]
mod tests {
    use crate::json::Tree;

    /// Numbers that a fast parser misses by a bit are among them.
    #[test]
    fn numbers_are_read_exactly() {
        let read = |text: &str| Tree::new(text, 0).and_then(|tree| tree.root().float()).ok();
        let mut seed = 1_u64;
        for _ in 0..20_000 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let number = f64::from_bits(seed);
            if number.is_finite() {
                assert_eq!(read(&format!("{number:e}")), Some(number));
            }
        }
        for text in ["-0.0", "123.4567890123456789", "2.2250738585072011e-308", "1E+2", "7"] {
            assert_eq!(read(text), text.parse().ok(), "{text}");
        }
        for text in ["1.", ".5", "+1", "01", "inf", "nan", "1e999", "0x1", "-", "1_0", ""] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
