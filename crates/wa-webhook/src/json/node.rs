//! The values of a JSON text.

use std::borrow::Cow;

use super::{
    name::Key,
    scan::{ESCAPES, KIND, Span, Tape},
    string::unescaped,
};

/// A value in a text. Two numbers in one, because then it fits into two registers, and it is handed on for every value.
#[derive(Clone, Copy)]
pub(crate) struct Node<'t, 'a> {
    tape: &'t Tape<'a>,
    /// The number of the value, and above that, how many boxes lie around it.
    at: u64,
}

/// Where in the number the boxes are.
const LEVEL: u32 = 32;

impl<'a> Tape<'a> {
    /// The whole of the text.
    pub(crate) fn root(&self) -> Node<'_, 'a> {
        self.node(0)
    }

    /// The value with this number.
    #[inline]
    pub(crate) fn node(&self, number: u32) -> Node<'_, 'a> {
        Node { tape: self, at: number.into() }
    }

    /// The name with this number.
    pub(crate) fn key(&self, number: u32) -> Key<'_, 'a> {
        Key { span: &self.spans[number as usize], tape: self }
    }
}

impl<'t, 'a> Node<'t, 'a> {
    pub(super) fn tape(&self) -> &'t Tape<'a> {
        self.tape
    }

    #[inline]
    fn span(&self) -> &'t Span {
        &self.tape.spans[self.number() as usize]
    }

    #[inline]
    #[allow(clippy::cast_possible_truncation)] // The rest is the level.
    pub(crate) fn number(&self) -> u32 {
        self.at as u32
    }

    /// The number of the value behind it.
    #[inline]
    pub(crate) fn next(&self) -> u32 {
        self.span().next()
    }

    #[inline]
    pub(crate) fn at(self, number: u32) -> Self {
        Self { at: self.at >> LEVEL << LEVEL | u64::from(number), ..self }
    }

    pub(crate) fn level(&self) -> u32 {
        (self.at >> LEVEL) as u32
    }

    /// The same value, one level further in.
    pub(crate) fn deeper(self) -> Self {
        // There are not as many levels as values.
        Self { at: self.at.saturating_add(1 << LEVEL), ..self }
    }

    /// The JSON of the value.
    #[inline]
    pub(crate) fn json(&self) -> &'a str {
        let span = self.span();
        &self.tape.text[span.start as usize..span.end as usize]
    }

    /// How long its JSON is.
    pub(crate) fn length(&self) -> usize {
        let span = self.span();
        (span.end - span.start) as usize
    }

    /// The first byte, which says what kind of value it is.
    #[inline]
    pub(crate) fn kind(&self) -> u8 {
        self.span().kind()
    }

    pub(crate) fn is_null(&self) -> bool {
        self.kind() == b'n'
    }

    /// What is in a value with this bracket.
    #[inline]
    pub(crate) fn inside(&self, bracket: u8) -> Option<Inside<'t, 'a>> {
        let span = self.span();
        if span.kind() != bracket {
            return None;
        }
        let spans = self.tape.spans.get(..span.next() as usize)?;
        Some(Inside { node: self.at(self.number() + 1), spans })
    }

    /// The text of a string without escapes.
    #[inline]
    pub(crate) fn plain(&self) -> Option<&'a str> {
        let span = self.span();
        if span.more & !u64::from(u32::MAX) != u64::from(b'"') << KIND {
            return None;
        }
        self.tape.text.get(span.start as usize + 1..span.end as usize - 1)
    }

    /// A string.
    pub(crate) fn string(&self) -> Cow<'a, str> {
        let span = self.span();
        let inside = &self.tape.text[span.start as usize + 1..span.end as usize - 1];
        if span.more & ESCAPES != 0 { unescaped(inside) } else { Cow::Borrowed(inside) }
    }
}

/// The values in an array, or the names and values in an object.
pub(crate) struct Inside<'t, 'a> {
    /// The next one.
    node: Node<'t, 'a>,
    /// All values up to the end.
    spans: &'t [Span],
}

impl<'t, 'a> Inside<'t, 'a> {
    /// The next name and its value.
    #[inline]
    pub(crate) fn member(&mut self) -> Option<(Key<'t, 'a>, Node<'t, 'a>)> {
        let node = self.node;
        let [name, value] = self.spans.get(node.number() as usize..)?.first_chunk::<2>()?;
        self.node = node.at(value.next());
        Some((Key { span: name, tape: node.tape }, node.at(node.number() + 1)))
    }
}

impl<'t, 'a> Iterator for Inside<'t, 'a> {
    type Item = Node<'t, 'a>;

    #[inline]
    fn next(&mut self) -> Option<Node<'t, 'a>> {
        let node = self.node;
        let next = self.spans.get(node.number() as usize)?.next();
        self.node = node.at(next);
        Some(node)
    }
}
