//! The rules over several members: when they hold, what they ask for, and where.

use crate::error::Place;

/// A rule over several members.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Where it stands.
    pub place: Place,
    /// Its number.
    pub number: Option<u16>,
    /// When it holds.
    pub when: Vec<Condition>,
    /// What it asks for.
    pub asks: Asks,
    /// The rule as a sentence.
    pub says: String,
}

/// When a rule holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// A value at the path is one of these.
    Is(Vec<Step>, Vec<String>),
    /// Nothing lies at the path, or nothing but these values.
    IsOrAbsent(Vec<Step>, Vec<String>),
    /// More items than this lie at the path.
    CountAbove(Vec<Step>, usize),
    /// Nothing lies at the path.
    Absent(Vec<Step>),
    /// A text at the path matches the pattern.
    Matches(Vec<Step>, String),
}

/// What a rule asks for.
#[derive(Debug, Clone)]
pub enum Asks {
    /// No two equal values at the path.
    Unique(Vec<Step>),
    /// Only equal values at the path.
    Same(Vec<Step>),
    /// The member has equally many items in each object at the path.
    SameCount(Vec<Step>, String),
    /// Each object at the path has the member, or none has it.
    AllOrNone(Vec<Step>, String),
    /// The numbers at the path are less than how many they are.
    Contiguous(Vec<Step>),
    /// At most so many items at the path.
    Total(Vec<Step>, usize),
    /// Each object at the path has the member.
    EachNeeds(Vec<Step>, String),
    /// Each text at the path is at most so long.
    MaxLength(Vec<Step>, usize),
    /// Each text at the path has at most so many bytes.
    MaxBytes(Vec<Step>, usize),
    /// Each text at the path matches the pattern.
    Matches(Vec<Step>, String),
    /// Each number at the path is in a range, or one of some others.
    Within(Vec<Step>, [Option<i64>; 2], Vec<i64>),
    /// The items at the path stand side by side.
    Together(Vec<Step>),
    /// Each object at the path has the same values at the other.
    SameValues(Vec<Step>, Vec<Step>),
    /// Each variable of the text at the path has a sample: a value, or by a name.
    Samples(Vec<Step>, Vec<Step>, Vec<Step>),
    /// Each text at the path is one of those at the other.
    Among(Vec<Step>, Vec<Step>),
    /// The number at the path is the sum of the terms.
    Sum(Vec<Step>, Vec<Term>),
    /// The number at the path is less than the one at the other.
    Less(Vec<Step>, Vec<Step>),
    /// The member is absent.
    Absent(String),
    /// The member is present.
    Present(String),
    /// Each value at the path is one of these.
    OneOf(Vec<Step>, Vec<String>),
}

/// A part of a sum.
#[derive(Debug, Clone)]
pub struct Term {
    /// The objects of which each adds a number. Empty for the object of the rule.
    pub over: Vec<Step>,
    /// The number, from the object: the first of these that is there.
    pub add: Vec<Vec<Step>>,
    /// A number that it is multiplied by.
    pub times: Option<Vec<Step>>,
    /// Whether it is taken away instead.
    pub subtract: bool,
}

/// A step of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// To a member.
    Member(String),
    /// To each item.
    Each,
    /// To each item whose member has one of the values.
    EachWith(String, Vec<String>),
}
