//! The values of a JSON text.

use std::borrow::Cow;

use super::{
    scan::{Span, Tape},
    string::unescaped,
};

/// A value in a text.
#[derive(Clone, Copy)]
pub(crate) struct Node<'t, 'a> {
    text: &'a str,
    spans: &'t [Span],
    number: u32,
    /// How many values of its own kind lie around it.
    level: u8,
}

impl Tape {
    /// The whole of the text that it was made of.
    pub(crate) fn root<'a>(&self, text: &'a str) -> Node<'_, 'a> {
        self.node(text, 0)
    }

    /// The value with this number.
    pub(crate) fn node<'a>(&self, text: &'a str, number: u32) -> Node<'_, 'a> {
        Node { text, spans: &self.spans, number, level: 0 }
    }
}

impl<'t, 'a> Node<'t, 'a> {
    #[inline]
    fn span(&self) -> &'t Span {
        &self.spans[self.number as usize]
    }

    pub(crate) fn number(&self) -> u32 {
        self.number
    }

    /// The number of the value behind it.
    pub(crate) fn next(&self) -> u32 {
        self.span().next
    }

    pub(crate) fn at(self, number: u32) -> Self {
        Self { number, ..self }
    }

    pub(crate) fn level(&self) -> u8 {
        self.level
    }

    /// The same value, one level further in.
    pub(crate) fn deeper(self) -> Self {
        Self { level: self.level.saturating_add(1), ..self }
    }

    /// The JSON of the value.
    #[inline]
    pub(crate) fn json(&self) -> &'a str {
        let span = self.span();
        &self.text[span.start as usize..span.end as usize]
    }

    /// How long its JSON is.
    pub(crate) fn length(&self) -> usize {
        let span = self.span();
        (span.end - span.start) as usize
    }

    /// The first byte, which says what kind of value it is.
    #[inline]
    pub(crate) fn kind(&self) -> u8 {
        self.text.as_bytes()[self.span().start as usize]
    }

    pub(crate) fn is_null(&self) -> bool {
        self.kind() == b'n'
    }

    /// What is in a value with this bracket.
    #[inline]
    pub(crate) fn inside(&self, bracket: u8) -> Option<Inside<'t, 'a>> {
        (self.kind() == bracket)
            .then(|| Inside { node: self.at(self.number + 1), end: self.span().next })
    }

    /// A string.
    #[inline]
    pub(crate) fn string(&self) -> Cow<'a, str> {
        let span = self.span();
        let inside = &self.text[span.start as usize + 1..span.end as usize - 1];
        if span.has_escapes { unescaped(inside) } else { Cow::Borrowed(inside) }
    }

    /// Whether a string is this one.
    #[inline]
    pub(crate) fn is(&self, word: &str) -> bool {
        let span = self.span();
        if span.has_escapes {
            return self.string() == word;
        }
        self.text.as_bytes()[span.start as usize + 1..span.end as usize - 1] == *word.as_bytes()
    }
}

/// The values in an array, or the names and values in an object.
#[derive(Clone, Copy)]
pub(crate) struct Inside<'t, 'a> {
    node: Node<'t, 'a>,
    end: u32,
}

impl<'t, 'a> Inside<'t, 'a> {
    /// The next name and its value.
    #[inline]
    pub(crate) fn member(&mut self) -> Option<(Node<'t, 'a>, Node<'t, 'a>)> {
        let name = self.next()?;
        Some((name, self.next()?))
    }
}

impl<'t, 'a> Iterator for Inside<'t, 'a> {
    type Item = Node<'t, 'a>;

    #[inline]
    fn next(&mut self) -> Option<Node<'t, 'a>> {
        if self.node.number >= self.end {
            return None;
        }
        let node = self.node;
        self.node.number = node.next();
        Some(node)
    }
}
