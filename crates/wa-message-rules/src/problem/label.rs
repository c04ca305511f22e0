//! The names of objects in sentences.

use std::fmt;

/// What a sentence calls an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Label {
    /// A kind of message, such as `list`.
    Kind(&'static str),
    /// A phrase with its article: "a reply button".
    Phrase(&'static str),
    /// An object of which a tag has chosen the shape.
    Arm {
        /// What the object is called without its tag.
        phrase: &'static str,
        /// The name of the tag.
        tag: &'static str,
        /// The value of the tag.
        value: &'static str,
    },
    /// Each object in an array of this name.
    EachOf(&'static str),
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Kind(name) => write!(f, "`<{name}>`"),
            Self::Phrase(phrase) => f.write_str(phrase),
            Self::Arm { phrase, tag, value } => write!(f, "{phrase} of the {tag} `{value}`"),
            Self::EachOf(name) => write!(f, "each of the {name}"),
        }
    }
}
