//! The trees that rules are checked over.

use std::{borrow::Cow, fmt};

use crate::shown::shown;

/// A reference to a value in a tree, some of whose values may not be known yet.
pub trait Node<'a>: Copy {
    /// What the value is.
    fn value(self) -> Value<'a, Self>;

    /// Returns whether the value is an object that may have more members than it says. So none is missing for certain.
    #[inline]
    fn is_partial(self) -> bool {
        false
    }

    /// Returns a member, if the value is an object that has it.
    fn member(self, name: &str) -> Option<Self> {
        self.value().member(name)
    }

    /// Returns the text of a member, if it is known.
    fn text_of(self, name: &str) -> Option<Cow<'a, str>> {
        match self.member(name)?.value() {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// What a [`Node`] is.
#[derive(Debug, Clone)]
pub enum Value<'a, N> {
    /// Not known here. Nothing is decided of it.
    Unknown,
    /// One of several, and not known which: each is checked for itself.
    OneOf(Vec<N>),
    /// `null`, which counts as absent.
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// A whole number.
    Integer(i128),
    /// Any other number.
    Number(f64),
    /// A string.
    Text(Cow<'a, str>),
    /// An array.
    List(Vec<Item<N>>),
    /// An object. No name stands in it twice.
    Object(Vec<(&'a str, N)>),
}

impl<N: Copy> Value<'_, N> {
    /// Returns a member, if the value is an object that has it.
    #[must_use]
    pub fn member(&self, name: &str) -> Option<N> {
        match self {
            Self::Object(members) => member(members, name),
            _ => None,
        }
    }
}

impl<N> Value<'_, N> {
    /// Returns whether the program decides about the value.
    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(self, Self::Unknown | Self::OneOf(_))
    }

    /// Returns a whole number, however it is written.
    #[must_use]
    pub fn whole(&self) -> Option<i128> {
        match self {
            Self::Integer(value) => Some(*value),
            #[allow(clippy::cast_possible_truncation)] // It has no fraction and fits.
            Self::Number(value) if value.fract() == 0.0 && value.abs() < 9e15 => {
                Some(*value as i128)
            }
            _ => None,
        }
    }

    /// Returns a number, or a text that is one.
    #[must_use]
    pub fn number(&self) -> Option<f64> {
        match self {
            #[allow(clippy::cast_precision_loss)] // JSON numbers are doubles to most readers.
            Self::Integer(found) => Some(*found as f64),
            Self::Number(found) => Some(*found),
            Self::Text(found) => found.parse().ok(),
            _ => None,
        }
    }
}

/// Returns the member of a name.
pub(crate) fn member<N: Copy>(members: &[(&str, N)], name: &str) -> Option<N> {
    members.iter().find(|(known, _)| *known == name).map(|(_, member)| *member)
}

/// An item of an array.
#[derive(Debug, Clone, Copy)]
pub struct Item<N> {
    /// The item.
    pub node: N,
    /// How often it will be in the array.
    pub count: Count,
}

/// How often an item will be in an array.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    /// Once.
    Once,
    /// Once or not at all.
    Maybe,
    /// Any number of times.
    Many,
}

/// The part of a value that a violation lies at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The value as a whole.
    Whole,
    /// The name of a member of it.
    Name,
}

/// Where a value lies in a document: `interactive.action.buttons[1].reply.title`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, PartialOrd, Ord)]
pub struct Path {
    text: String,
    /// Whether nobody is going to read it, so that it is not written down.
    is_unread: bool,
}

impl Path {
    /// The path of the document itself.
    #[must_use]
    pub fn root() -> Self {
        Self::default()
    }

    /// A path that is written already: `interactive.body.text`.
    #[must_use]
    pub fn written(text: &str) -> Self {
        Self::of(text.to_owned())
    }

    /// Stands for any path, where nobody asks for it.
    pub(crate) fn unread() -> Self {
        Self { text: String::new(), is_unread: true }
    }

    pub(crate) fn is_unread(&self) -> bool {
        self.is_unread
    }

    /// The path of a member. A long name is cut, and what does not show is escaped.
    #[must_use]
    pub fn member(&self, name: &str) -> Self {
        match self {
            Self { is_unread: true, .. } => Self::unread(),
            Self { text, .. } if text.is_empty() => Self::of(shown(name).into_owned()),
            Self { text, .. } => Self::of(format!("{text}.{}", shown(name))),
        }
    }

    /// The path of an item.
    #[must_use]
    pub fn item(&self, index: usize) -> Self {
        if self.is_unread {
            return Self::unread();
        }
        Self::of(format!("{}[{index}]", self.text))
    }

    fn of(text: String) -> Self {
        Self { text, is_unread: false }
    }

    /// The path as a text. Empty for the document itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
