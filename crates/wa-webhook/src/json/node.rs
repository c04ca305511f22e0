//! The values of a JSON text.

use std::borrow::Cow;

use super::{
    Name,
    scan::{ESCAPES, Span, Tape},
    string::unescaped,
};

/// A value in a text.
#[derive(Clone, Copy)]
pub(crate) struct Node<'t, 'a> {
    tape: &'t Tape<'a>,
    number: u32,
    /// How many boxes lie around it.
    level: u32,
}

impl<'a> Tape<'a> {
    /// The whole of the text.
    pub(crate) fn root(&self) -> Node<'_, 'a> {
        self.node(0)
    }

    /// The value with this number.
    pub(crate) fn node(&self, number: u32) -> Node<'_, 'a> {
        Node { tape: self, number, level: 0 }
    }
}

impl<'t, 'a> Node<'t, 'a> {
    #[inline]
    fn span(&self) -> &'t Span {
        &self.tape.spans[self.number as usize]
    }

    pub(crate) fn number(&self) -> u32 {
        self.number
    }

    /// The number of the value behind it.
    #[inline]
    #[allow(clippy::cast_possible_truncation)] // The rest is the mark.
    pub(crate) fn next(&self) -> u32 {
        self.span().more as u32
    }

    pub(crate) fn at(self, number: u32) -> Self {
        Self { number, ..self }
    }

    pub(crate) fn level(&self) -> u32 {
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
        self.tape.text.as_bytes()[self.span().start as usize]
    }

    pub(crate) fn is_null(&self) -> bool {
        self.kind() == b'n'
    }

    /// What is in a value with this bracket.
    #[inline]
    pub(crate) fn inside(&self, bracket: u8) -> Option<Inside<'t, 'a>> {
        (self.kind() == bracket)
            .then(|| Inside { node: self.at(self.number + 1), end: self.next() })
    }

    /// A string.
    #[inline]
    pub(crate) fn string(&self) -> Cow<'a, str> {
        self.string_of(self.span().more & ESCAPES != 0)
    }

    #[inline]
    fn string_of(&self, has_escapes: bool) -> Cow<'a, str> {
        let span = self.span();
        let inside = &self.tape.text[span.start as usize + 1..span.end as usize - 1];
        if has_escapes { unescaped(inside) } else { Cow::Borrowed(inside) }
    }

    /// Whether the name of a member is this one. It is asked of every member, and nearly always settled by one
    /// comparison.
    #[inline(always)]
    #[allow(clippy::inline_always)]
    pub(crate) fn is(&self, name: &Name) -> bool {
        let span = self.span();
        (span.more == name.first && self.is_behind_first(name))
            // One with escapes has no first bytes here.
            || (span.more == 0 && self.name() == name.text)
    }

    /// The rest of the question, once the first bytes are the same.
    fn is_behind_first(&self, name: &Name) -> bool {
        let span = self.span();
        let length = (span.end - span.start) as usize - 2;
        name.text.len() == length && (length <= 8 || self.has_text(name.text))
    }

    /// The number of the name of a member among some, looked for from where it is likely to be.
    #[inline]
    pub(crate) fn position(&self, names: &[Name], guess: usize) -> Option<usize> {
        if let Some(likely) = names.get(guess)
            && self.is(likely)
        {
            return Some(guess);
        }
        names.iter().position(|known| self.is(known))
    }

    fn has_text(&self, text: &str) -> bool {
        let span = self.span();
        self.tape.text.as_bytes()[span.start as usize + 1..span.end as usize - 1]
            == *text.as_bytes()
    }

    /// The name of a member.
    pub(crate) fn name(&self) -> Cow<'a, str> {
        self.string_of(self.span().more == 0)
    }
}

/// The values in an array, or the names and values in an object.
pub(crate) struct Inside<'t, 'a> {
    node: Node<'t, 'a>,
    end: u32,
}

impl<'t, 'a> Inside<'t, 'a> {
    /// The next name and its value.
    #[inline]
    pub(crate) fn member(&mut self) -> Option<(Node<'t, 'a>, Node<'t, 'a>)> {
        if self.node.number >= self.end {
            return None;
        }
        let name = self.node;
        let value = name.at(name.number + 1);
        self.node.number = value.next();
        Some((name, value))
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
