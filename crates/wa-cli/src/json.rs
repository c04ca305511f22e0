//! JSON texts of which each value knows its place, as the rules see them.
//!
//! The reader goes on behind an error, so that one run shows all that is wrong. Where other languages fill
//! something in later, nothing is known, and nothing is decided of it.

mod placeholder;
mod read;
mod skip;
mod string;
#[cfg(test)]
mod tests;
mod word;

use std::{borrow::Cow, collections::HashMap, ops::Range};

use wa_message_rules::{Count, Item, Node, Value};

pub(crate) use read::{Document, Style};
pub(crate) use string::Unescaped;

/// The bytes of something in a text. No text is longer than 4 GiB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// The bytes from one place to another. Files are far smaller than what does not fit.
    fn new(start: usize, end: usize) -> Self {
        let fitting = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self { start: fitting(start), end: fitting(end) }
    }

    pub(crate) fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A value in a text.
#[derive(Debug)]
pub(crate) struct Tree<'t> {
    pub(crate) span: Span,
    /// The name, with its quotes, if it is a member.
    pub(crate) key: Option<Span>,
    pub(crate) content: Content<'t>,
}

/// What a value is.
#[derive(Debug)]
pub(crate) enum Content<'t> {
    /// Filled in later, or not understood.
    Unknown,
    /// A text into which more is filled later. It holds the rest.
    Around(Box<str>),
    Null,
    Boolean(bool),
    Integer(i128),
    Number(f64),
    Text(Cow<'t, str>),
    List {
        items: Vec<Tree<'t>>,
        is_repeated: bool,
    },
    Object(Box<Members<'t>>),
}

/// The members of an object. Of those with the same name, the last one counts.
#[derive(Debug, Default)]
pub(crate) struct Members<'t> {
    pub(crate) all: Vec<(Cow<'t, str>, Tree<'t>)>,
    /// Those that come after another of their name.
    pub(crate) repeated: Vec<(Cow<'t, str>, Span)>,
    /// Whether parts of it are there on a condition, so that nothing is said of the whole.
    pub(crate) is_open: bool,
    /// Where the members stand, once there are many.
    places: HashMap<Cow<'t, str>, usize>,
}

/// From how many members on their places are kept. Among few, looking through them is faster.
const MANY: usize = 32;

impl<'t> Members<'t> {
    /// Adds a member, in the place of an earlier one of its name.
    fn put(&mut self, name: Cow<'t, str>, key: Span, value: Tree<'t>) {
        let earlier = if self.all.len() < MANY {
            self.all.iter().position(|(known, _)| *known == name)
        } else {
            if self.places.is_empty() {
                let places = self.all.iter().enumerate();
                self.places = places.map(|(at, (name, _))| (name.clone(), at)).collect();
            }
            self.places.get(&name).copied()
        };
        if let Some(at) = earlier {
            self.all[at].1 = value;
            self.repeated.push((name, key));
            return;
        }
        if !self.places.is_empty() {
            self.places.insert(name.clone(), self.all.len());
        }
        self.all.push((name, value));
    }
}

impl<'t> Tree<'t> {
    /// The members, if it is an object.
    pub(crate) fn members(&self) -> &[(Cow<'t, str>, Tree<'t>)] {
        match &self.content {
            Content::Object(members) => &members.all,
            _ => &[],
        }
    }

    /// The items, if it is an array.
    pub(crate) fn items(&self) -> &[Tree<'t>] {
        match &self.content {
            Content::List { items, .. } => items,
            _ => &[],
        }
    }

    /// Its first byte, which is a bracket or a quote.
    pub(crate) fn first(&self) -> Span {
        Span { start: self.span.start, end: (self.span.start + 1).min(self.span.end) }
    }

    /// The member of a name.
    pub(crate) fn get(&self, name: &str) -> Option<&Tree<'t>> {
        self.members().iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    /// Whether all of it is known.
    pub(crate) fn is_known(&self) -> bool {
        match &self.content {
            Content::Unknown | Content::Around(_) => false,
            Content::List { items, is_repeated } => {
                !is_repeated && items.iter().all(Self::is_known)
            }
            Content::Object(members) => {
                !members.is_open && members.all.iter().all(|(_, value)| value.is_known())
            }
            _ => true,
        }
    }
}

impl<'a> Node<'a> for &'a Tree<'_> {
    fn value(self) -> Value<'a, Self> {
        match &self.content {
            Content::Unknown => Value::Unknown,
            Content::Around(text) => Value::Text(Cow::Borrowed(text)),
            Content::Null => Value::Null,
            Content::Boolean(value) => Value::Boolean(*value),
            Content::Integer(value) => Value::Integer(*value),
            Content::Number(value) => Value::Number(*value),
            Content::Text(value) => Value::Text(Cow::Borrowed(value)),
            Content::List { items, is_repeated } => {
                let count = if *is_repeated { Count::Many } else { Count::Once };
                Value::List(items.iter().map(|node| Item { node, count }).collect())
            }
            Content::Object(members) if members.is_open => Value::Unknown,
            Content::Object(members) => {
                let members = members.all.iter().map(|(name, value)| (name.as_ref(), value));
                Value::Object(members.collect())
            }
        }
    }
}
