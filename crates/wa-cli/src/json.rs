//! JSON texts of which each value knows its place, as the rules see them.
//!
//! The reader goes on behind an error, so that one run shows all that is wrong. Where other languages fill
//! something in later, nothing is known, and nothing is decided of it.

mod blocks;
mod containers;
mod percent;
mod pieces;
mod placeholder;
mod read;
mod skip;
mod string;
mod tag;
mod tags;
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
    /// A text into which more is filled later. It holds the rest. There is none but inside of [`Content::OneOf`]: what is
    /// known of it can be checked, and nothing can be compared with it.
    Around(Box<str>),
    /// One of several, or something else if it is open.
    OneOf {
        all: Vec<Tree<'t>>,
        is_open: bool,
    },
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
    /// Whether there may be more than these, so that nothing is missing.
    pub(crate) is_open: bool,
    /// Where the members stand, once there are many.
    places: HashMap<Cow<'t, str>, usize>,
}

/// From how many members on their places are kept. Among few, looking through them is faster.
const MANY: usize = 32;

/// A value of which nothing is known.
static UNKNOWN: Tree<'static> =
    Tree { span: Span { start: 0, end: 0 }, key: None, content: Content::Unknown };

impl<'t> Members<'t> {
    /// Adds a member, in the place of an earlier one of its name.
    fn put(&mut self, name: Cow<'t, str>, key: Span, value: Tree<'t>) {
        let Some(at) = self.find(&name) else { return self.push(name, value) };
        let earlier = &mut self.all[at].1;
        if earlier.is_conditional() {
            // Whatever the condition says, one of them is there.
            earlier.add(value);
        } else {
            *earlier = value;
            self.repeated.push((name, key));
        }
    }

    /// Adds a member that is there on a condition.
    fn put_conditional(&mut self, name: Cow<'t, str>, value: Tree<'t>) {
        if let Some(at) = self.find(&name) {
            self.all[at].1.make_conditional();
            self.all[at].1.add(value);
        } else {
            let mut value = value;
            value.make_conditional();
            self.push(name, value);
        }
    }

    /// All of them are there on a condition.
    fn make_conditional(&mut self) {
        self.repeated.clear();
        self.all.iter_mut().for_each(|(_, value)| value.make_conditional());
    }

    fn push(&mut self, name: Cow<'t, str>, value: Tree<'t>) {
        if !self.places.is_empty() {
            self.places.insert(name.clone(), self.all.len());
        }
        self.all.push((name, value));
    }

    fn find(&mut self, name: &str) -> Option<usize> {
        if self.all.len() < MANY {
            return self.all.iter().position(|(known, _)| *known == name);
        }
        if self.places.is_empty() {
            let places = self.all.iter().enumerate();
            self.places = places.map(|(at, (name, _))| (name.clone(), at)).collect();
        }
        self.places.get(name).copied()
    }
}

impl<'t> Tree<'t> {
    /// One of several values, of which the first says where it stands.
    fn one_of(all: Vec<Tree<'t>>) -> Self {
        let (span, key) = all.first().map_or((UNKNOWN.span, None), |first| (first.span, first.key));
        // What a text has around a placeholder is there in any case.
        let is_open = !matches!(all.as_slice(), [Tree { content: Content::Around(_), .. }]);
        Self { span, key, content: Content::OneOf { all, is_open } }
    }

    /// Says that it is one of several values, and may be something else.
    fn make_conditional(&mut self) {
        if let Content::OneOf { is_open, .. } = &mut self.content {
            *is_open = true;
            return;
        }
        let (span, key) = (self.span, self.key);
        let content = std::mem::replace(&mut self.content, Content::Unknown);
        *self = Self::one_of(vec![Self { span, key, content }]);
    }

    /// Whether it may be something else than what is written.
    pub(crate) fn is_conditional(&self) -> bool {
        matches!(self.content, Content::OneOf { is_open: true, .. })
    }

    /// Adds another value that it may be.
    fn add(&mut self, value: Tree<'t>) {
        if let Content::OneOf { all, .. } = &mut self.content {
            match value.content {
                Content::OneOf { all: others, .. } => all.extend(others),
                _ => all.push(value),
            }
        }
    }

    /// Gives it a name, and all that it may be.
    fn set_key(&mut self, key: Span) {
        self.key = Some(key);
        if let Content::OneOf { all, .. } = &mut self.content {
            for value in all {
                value.key = Some(key);
            }
        }
    }

    /// What it may be, if there are several: itself otherwise.
    pub(crate) fn choices(&self) -> &[Tree<'t>] {
        match &self.content {
            Content::OneOf { all, .. } => all,
            _ => std::slice::from_ref(self),
        }
    }

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
            Content::Unknown | Content::Around(_) | Content::OneOf { .. } => false,
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
            Content::OneOf { all, is_open } => {
                Value::OneOf(all.iter().chain(is_open.then_some(&UNKNOWN)).collect())
            }
            Content::Null => Value::Null,
            Content::Boolean(value) => Value::Boolean(*value),
            Content::Integer(value) => Value::Integer(*value),
            Content::Number(value) => Value::Number(*value),
            Content::Text(value) => Value::Text(Cow::Borrowed(value)),
            Content::List { items, is_repeated } => {
                let count = if *is_repeated { Count::Many } else { Count::Once };
                let items = items.iter().chain(is_repeated.then_some(&UNKNOWN));
                Value::List(items.map(|node| Item { node, count }).collect())
            }
            Content::Object(members) => {
                let members = members.all.iter().map(|(name, value)| (name.as_ref(), value));
                Value::Object(members.collect())
            }
        }
    }

    fn is_partial(self) -> bool {
        matches!(&self.content, Content::Object(members) if members.is_open)
    }
}
