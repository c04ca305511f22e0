//! The data of what can be wrong with a message.
//!
//! Nothing here is a sentence. `words` makes one of it at the very end, where it is known how the message
//! was written.

mod label;
mod range;
mod subject;
#[cfg(test)]
mod tests;
mod types;
mod words;

use std::{borrow::Cow, fmt};

use crate::{definition::Mismatch, table::Condition};

pub use label::Label;
pub use range::Range;
pub use subject::Subject;
pub use types::ValueType;
pub use words::{Wording, listed};

/// Something that is wrong with a value: what it is about, and what is wrong with it.
///
/// `Display` gives the sentence that the macro prints and that an invalid message carries.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    subject: Subject,
    kind: ProblemKind,
}

impl Problem {
    /// Says what is wrong with a subject.
    #[must_use]
    pub fn new(subject: Subject, kind: ProblemKind) -> Self {
        Self { subject, kind }
    }

    /// Says of a whole document what no table says.
    #[must_use]
    pub fn of_document(kind: ProblemKind) -> Self {
        Self::new(Subject::of(Label::Phrase("the document")), kind)
    }

    /// Returns what it is about: an object, or a member of it.
    #[must_use]
    pub fn subject(&self) -> &Subject {
        &self.subject
    }

    /// Returns what is wrong, with the limits and values that belong to it.
    #[must_use]
    pub fn kind(&self) -> &ProblemKind {
        &self.kind
    }

    /// Returns what may help: the name that was probably meant, or how it is written.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        words::help(&self.kind)
    }

    /// Returns words of the template that the problem is about, with its variables in braces, if it is about one.
    #[must_use]
    pub fn note(&self) -> Option<String> {
        match &self.kind {
            ProblemKind::Template(mismatch) => mismatch.note(),
            _ => None,
        }
    }

    /// Returns the sentence in other words than those of the document, for a message that was written in
    /// another form.
    pub fn worded<'p>(&'p self, wording: &'p dyn Wording) -> impl fmt::Display + use<'p> {
        words::Sentence { problem: self, wording }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        words::Sentence { problem: self, wording: &words::Wire }.fmt(f)
    }
}

/// What is wrong with the [`Subject`] of a [`Problem`].
///
/// Texts from outside are cut and escaped in it, so that it can be logged. Paths are written like
/// `interactive.action.buttons[1].reply.title`.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum ProblemKind {
    /// The member has to be given and is not.
    Missing {
        /// What the member is, as the description says it.
        description: &'static str,
    },
    /// The object has no such member.
    Unknown {
        /// The members that were probably meant.
        suggestions: Vec<&'static str>,
        /// How the name is written where it is known, further inside: `sections: [{ rows: .. }]`.
        inside: Option<String>,
    },
    /// The member is known to the API, but not here.
    Refused {
        /// Why, as the end of a sentence.
        because: &'static str,
    },
    /// The member belongs to other kinds of message.
    Foreign {
        /// What it belongs to.
        belongs_to: Vec<Label>,
        /// The member that was probably meant.
        suggestion: Option<&'static str>,
    },
    /// The member is given twice.
    Repeated,
    /// The value has another JSON type.
    WrongType {
        /// The type that it must have.
        expected: ValueType,
        /// The type that it has.
        found: ValueType,
        /// The value in the right type, where that is certain.
        fix: Option<String>,
    },
    /// The text has too few characters.
    TooShort {
        /// How many Unicode code points it has.
        length: usize,
        /// The least number.
        min: usize,
    },
    /// The text has too many characters.
    TooLong {
        /// How many Unicode code points it has.
        length: usize,
        /// The greatest number.
        max: usize,
    },
    /// The text has not the form that it must have.
    Malformed {
        /// The form, as the end of a sentence with "must".
        says: &'static str,
    },
    /// The value is not one of those that are known.
    NotAllowed {
        /// The value.
        found: String,
        /// The values that are known.
        allowed: Vec<&'static str>,
        /// The value that was probably meant.
        suggestion: Option<&'static str>,
    },
    /// The number is too small or too great.
    OutOfRange {
        /// The number as a text.
        found: String,
        /// The numbers that are taken.
        range: Range,
    },
    /// The array has too few items, or the object too few members.
    TooFew {
        /// How many it has.
        count: usize,
        /// The least number.
        min: usize,
    },
    /// The array has too many items, or the object too many members.
    TooMany {
        /// How many it has.
        count: usize,
        /// The greatest number.
        max: usize,
    },
    /// The free JSON is nested deeper than it can be read again.
    TooDeep {
        /// How many arrays and objects may lie inside each other.
        max: usize,
    },
    /// The items of several arrays are too many together.
    TooManyInAll {
        /// The member that holds the items: `rows`.
        items: &'static str,
        /// The member that holds the arrays: `sections`.
        containers: &'static str,
        /// How many there are.
        count: usize,
        /// The greatest number.
        max: usize,
    },
    /// None of several members is given.
    NoneOf {
        /// The members, in groups that belong together.
        groups: Vec<Vec<&'static str>>,
    },
    /// The member is given beside one that excludes it.
    Both {
        /// The other member.
        beside: &'static str,
    },
    /// The value is equal to another one, and must not be.
    Duplicate {
        /// The value.
        value: String,
        /// The path of the first one.
        first: String,
    },
    /// The array has too many items of a kind.
    Another {
        /// The value of the tag that makes them one kind.
        value: &'static str,
        /// The greatest number of them.
        max: usize,
    },
    /// The text is too long under the circumstances.
    TooLongHere {
        /// How many Unicode code points it has.
        length: usize,
        /// The greatest number.
        max: usize,
        /// When this holds.
        when: Circumstance,
    },
    /// The member is not taken under the circumstances.
    NotTakenHere {
        /// When this holds.
        when: Circumstance,
    },
    /// The array has too many items under the circumstances.
    TooManyHere {
        /// How many it has.
        count: usize,
        /// The greatest number.
        max: usize,
        /// When this holds.
        when: Circumstance,
    },
    /// The value is not one that it can have under the circumstances.
    NotAllowedHere {
        /// The value.
        found: String,
        /// The values that are taken, or the first of many.
        allowed: Vec<String>,
        /// How many more values are taken.
        more: usize,
        /// When this holds.
        when: Circumstance,
    },
    /// The value differs from others that it has to be equal to.
    Differs {
        /// The value.
        found: String,
        /// The value of the first one.
        wanted: String,
        /// The path of the first one.
        first: String,
    },
    /// The array has not as many items as others.
    CountDiffers {
        /// How many it has.
        count: usize,
        /// How many the first one has.
        wanted: usize,
        /// The path of the first one.
        first: String,
    },
    /// The member is given in some objects and not in others.
    Mixed {
        /// Whether it is given here.
        given: bool,
        /// The path of the first object, where it is otherwise.
        first: String,
    },
    /// The number is beyond the positions that there are.
    NotContiguous {
        /// The number.
        found: i128,
        /// How many positions there are.
        count: usize,
    },
    /// The number is not the sum that it has to be.
    WrongSum {
        /// The number.
        found: i128,
        /// The sum.
        sum: i128,
        /// What is added up, as the description says it.
        says: &'static str,
    },
    /// The number is not less than another.
    NotLess {
        /// The number.
        found: i128,
        /// The members that lead to the other number.
        than: Vec<&'static str>,
        /// The other number.
        limit: i128,
    },
    /// The member has to be given under the circumstances.
    NeededHere {
        /// When this holds.
        when: Circumstance,
    },
    /// The value is read, and the API writes it in another way. Advice.
    Respelt {
        /// The value.
        found: String,
        /// The value as the API writes it.
        written: &'static str,
    },
    /// The member is taken, and comes to nothing. Advice.
    Ignored,
    /// A rule is broken that the description words itself.
    Rule {
        /// The sentence.
        says: &'static str,
    },
    /// The message does not fit the template that it is made from.
    Template(Box<Mismatch>),
    /// The text is not valid JSON.
    NotJson {
        /// Why.
        because: String,
        /// The line where this shows, counted from 1.
        line: usize,
        /// The column, counted from 1.
        column: usize,
    },
}

impl ProblemKind {
    /// Returns the name by which tools know what is wrong, where no rule with a number is broken: `too-long`. It stays
    /// the same from one version to the next; `openapi/README.md` of the repository lists all.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Missing { .. } | Self::NeededHere { .. } => "missing",
            Self::Unknown { .. } => "unknown",
            Self::Refused { .. } => "refused",
            Self::Foreign { .. } => "foreign",
            Self::Repeated => "repeated",
            Self::WrongType { .. } => "type",
            Self::TooShort { .. } => "too-short",
            Self::TooLong { .. } | Self::TooLongHere { .. } => "too-long",
            Self::Malformed { .. } => "malformed",
            Self::NotAllowed { .. } | Self::NotAllowedHere { .. } => "value",
            Self::OutOfRange { .. } | Self::NotContiguous { .. } | Self::NotLess { .. } => "range",
            Self::TooFew { .. } => "too-few",
            Self::TooMany { .. } | Self::TooManyInAll { .. } | Self::TooManyHere { .. } => {
                "too-many"
            }
            Self::TooDeep { .. } => "too-deep",
            Self::NoneOf { .. } => "none-of",
            Self::Both { .. } => "both",
            Self::Duplicate { .. } => "duplicate",
            Self::Another { .. } => "another",
            Self::NotTakenHere { .. } => "not-here",
            Self::Differs { .. } | Self::CountDiffers { .. } => "differs",
            Self::Mixed { .. } => "mixed",
            Self::WrongSum { .. } => "sum",
            Self::Respelt { .. } => "spelling",
            Self::Ignored => "ignored",
            Self::Rule { .. } => "rule",
            Self::Template(_) => "template",
            Self::NotJson { .. } => "json",
        }
    }
}

/// When a rule holds. `Display` gives the end of a sentence, or nothing if it always holds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Circumstance(&'static [Condition]);

impl Circumstance {
    /// Always.
    pub const ALWAYS: Self = Self(&[]);

    /// When all of some conditions hold.
    pub(crate) const fn when(conditions: &'static [Condition]) -> Self {
        Self(conditions)
    }
}

/// A text from outside, in which what does not show is escaped, and of which a long one is cut.
pub(crate) fn shown(text: &str) -> String {
    crate::shown::shown(text).into_owned()
}

/// The name of a member that stands in a document.
pub(crate) fn name(name: &str) -> Cow<'static, str> {
    Cow::Owned(shown(name))
}
