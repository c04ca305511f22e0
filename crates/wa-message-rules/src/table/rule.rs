//! Rules over several members, and the paths to them.

use crate::pattern::Pattern;

/// A rule over several members.
#[derive(Debug)]
pub struct Rule {
    /// The number of the rule.
    pub number: Option<u16>,
    /// When the rule holds.
    pub when: &'static [Condition],
    /// What the rule asks for.
    pub asks: Asks,
    /// The rule as a sentence, where the sentence is not made from the parts.
    pub says: &'static str,
}

/// When a rule holds.
#[derive(Debug, PartialEq)]
#[non_exhaustive]
pub enum Condition {
    /// A value at the path is one of these.
    Is {
        /// Where the value lies.
        path: &'static [Step],
        /// The values.
        values: &'static [&'static str],
        /// Whether they are meant in any case.
        any_case: bool,
    },
    /// Nothing lies at the path, or nothing but these values.
    IsOrAbsent {
        /// Where the value lies.
        path: &'static [Step],
        /// The values.
        values: &'static [&'static str],
        /// Whether the case of the values is no matter.
        any_case: bool,
    },
    /// More items than this lie at the path.
    CountAbove {
        /// Where the items lie.
        path: &'static [Step],
        /// The number.
        above: usize,
    },
    /// Nothing lies at the path.
    Absent(&'static [Step]),
    /// A text at the path matches a pattern.
    Matches {
        /// Where the text lies.
        path: &'static [Step],
        /// The pattern.
        pattern: &'static Pattern,
    },
}

/// What a rule asks for.
#[derive(Debug)]
#[non_exhaustive]
pub enum Asks {
    /// No two values at the path are equal.
    Unique(&'static [Step]),
    /// All values at the path are equal.
    Same {
        /// Where the values lie.
        path: &'static [Step],
        /// Whether they are equal in any case.
        any_case: bool,
    },
    /// The member has equally many items in each object at the path.
    SameCount {
        /// Where the objects lie.
        path: &'static [Step],
        /// The member.
        member: &'static str,
    },
    /// Each object at the path has the member, or none has it.
    AllOrNone {
        /// Where the objects lie.
        path: &'static [Step],
        /// The member.
        member: &'static str,
    },
    /// The numbers at the path are less than how many they are.
    Contiguous(&'static [Step]),
    /// The items at the path stand side by side in their array.
    Together(&'static [Step]),
    /// Each object at the path has the same values, in any order.
    SameValues {
        /// Where the objects lie.
        path: &'static [Step],
        /// Where the values lie, from an object.
        of: &'static [Step],
        /// Whether they are the same in any case.
        any_case: bool,
    },
    /// Each variable of a text has a sample, and nothing else has one.
    Samples {
        /// Where the text lies.
        text: &'static [Step],
        /// Where the samples of variables with numbers lie.
        values: &'static [Step],
        /// Where the names lie of those that have samples.
        names: &'static [Step],
    },
    /// At most so many items lie at the path.
    Total {
        /// Where the items lie.
        path: &'static [Step],
        /// The greatest number.
        max: usize,
    },
    /// Each object at the path has a member.
    EachNeeds {
        /// Where the objects lie.
        path: &'static [Step],
        /// The member.
        member: &'static str,
    },
    /// Each text at the path has at most so many characters.
    MaxLength {
        /// Where the texts lie.
        path: &'static [Step],
        /// The greatest number of characters.
        max: usize,
    },
    /// Each text at the path has at most so many bytes.
    MaxBytes {
        /// Where the texts lie.
        path: &'static [Step],
        /// The greatest number of bytes.
        max: usize,
    },
    /// Each text at the path matches a pattern.
    Matches {
        /// Where the texts lie.
        path: &'static [Step],
        /// The pattern.
        pattern: &'static Pattern,
    },
    /// Each number at the path is in a range, or one of some others.
    Within {
        /// Where the numbers lie.
        path: &'static [Step],
        /// The least value.
        min: Option<i64>,
        /// The greatest value.
        max: Option<i64>,
        /// What is taken beside the range.
        others: &'static [i64],
    },
    /// Each text at the path is one of those at another.
    Among {
        /// Where the texts lie.
        path: &'static [Step],
        /// Where the texts lie that they are looked for among.
        among: &'static [Step],
    },
    /// A number is the sum of others.
    Sum {
        /// Where the number lies.
        total: &'static [Step],
        /// What is added up.
        terms: &'static [Term],
    },
    /// A number is less than another.
    Less {
        /// Where the lesser one lies.
        lesser: &'static [Step],
        /// Where the greater one lies.
        greater: &'static [Step],
    },
    /// A member is absent.
    Absent(&'static str),
    /// A member is present.
    Present(&'static str),
    /// Each value at the path is one of these.
    OneOf {
        /// Where the values lie.
        path: &'static [Step],
        /// The values.
        values: &'static [&'static str],
        /// Whether they are meant in any case.
        any_case: bool,
    },
}

/// A part of a sum.
#[derive(Debug)]
pub struct Term {
    /// The objects of which each adds a number. The object of the rule itself if it is empty.
    pub over: &'static [Step],
    /// The number, from the object: the first of these that is there.
    pub add: &'static [&'static [Step]],
    /// A number that it is multiplied by.
    pub times: Option<&'static [Step]>,
    /// Whether it is taken away instead.
    pub subtract: bool,
    /// Whether the description asks for the numbers, so that a missing one is no zero.
    pub needed: bool,
}

/// A step of a path from an object to values inside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Step {
    /// To a member.
    Member(&'static str),
    /// To each item of an array.
    Each,
    /// To each item of an array whose member has one of these values.
    EachWith {
        /// The member.
        member: &'static str,
        /// The values, in any case.
        values: &'static [&'static str],
    },
}

impl Step {
    /// Returns the names of the members that a path goes through.
    #[must_use]
    pub fn members(path: &[Self]) -> impl DoubleEndedIterator<Item = &'static str> {
        path.iter().filter_map(|step| match step {
            Self::Member(name) => Some(*name),
            Self::Each | Self::EachWith { .. } => None,
        })
    }
}

impl Condition {
    /// Returns the path to what it looks at.
    #[must_use]
    pub fn path(&self) -> &'static [Step] {
        match self {
            Self::Is { path, .. }
            | Self::IsOrAbsent { path, .. }
            | Self::CountAbove { path, .. }
            | Self::Matches { path, .. }
            | Self::Absent(path) => path,
        }
    }
}

impl Asks {
    /// Returns the paths to all that it looks at. What it speaks of comes first.
    #[must_use]
    pub fn paths(&self) -> Vec<Vec<Step>> {
        let to = |path: &[Step], member| [path, &[Step::Member(member)]].concat();
        match self {
            Self::Unique(path)
            | Self::Same { path, .. }
            | Self::Contiguous(path)
            | Self::Total { path, .. }
            | Self::MaxLength { path, .. }
            | Self::MaxBytes { path, .. }
            | Self::Matches { path, .. }
            | Self::Together(path)
            | Self::Within { path, .. }
            | Self::OneOf { path, .. } => vec![path.to_vec()],
            Self::SameCount { path, member }
            | Self::AllOrNone { path, member }
            | Self::EachNeeds { path, member } => vec![to(path, member)],
            Self::Among { path, among } => vec![path.to_vec(), among.to_vec()],
            Self::SameValues { path, of, .. } => vec![[*path, *of].concat()],
            Self::Samples { text, values, names } => {
                vec![text.to_vec(), values.to_vec(), names.to_vec()]
            }
            Self::Less { lesser, greater } => vec![lesser.to_vec(), greater.to_vec()],
            Self::Sum { total, terms } => {
                let of = |term: &Term| {
                    let paths: Vec<_> = term.add.iter().chain(&term.times).copied().collect();
                    paths.into_iter().map(|path| [term.over, path].concat()).collect::<Vec<_>>()
                };
                std::iter::once(total.to_vec()).chain(terms.iter().flat_map(of)).collect()
            }
            Self::Absent(member) | Self::Present(member) => vec![vec![Step::Member(member)]],
        }
    }
}
