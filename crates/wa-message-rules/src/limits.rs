//! Limits of a single value: whether it keeps them, and what is wrong if not.
//!
//! Nothing here reads a table of the API. So a program that checks a few values of its own can use it
//! without taking all the tables in.

use crate::{
    problem::{ProblemKind, Range, shown},
    suggest::nearest,
    table::{Integer, Keyword, Number, Numbers, Text},
    text,
};

/// A limit that a text breaks.
#[derive(Debug, Clone, Copy)]
pub(crate) enum BrokenText {
    Values,
    Short(usize),
    Long(usize),
    Pattern,
    Format,
}

/// Finds the first limit that a text breaks.
pub(crate) fn text(limits: &Text, found: &str) -> Option<BrokenText> {
    if let Some(values) = limits.values {
        return values.canonical(found).is_none().then_some(BrokenText::Values);
    }
    let length = text::length(found);
    if length < limits.min {
        Some(BrokenText::Short(length))
    } else if length > limits.max {
        Some(BrokenText::Long(length))
    } else {
        form(limits, found)
    }
}

/// Finds what a text breaks of the form that its limits ask for.
pub(crate) fn form(limits: &Text, found: &str) -> Option<BrokenText> {
    if limits.pattern.is_some_and(|pattern| !pattern.matches(found)) {
        Some(BrokenText::Pattern)
    } else if limits.format.is_some_and(|format| !format.holds(found)) {
        Some(BrokenText::Format)
    } else {
        None
    }
}

impl BrokenText {
    pub(crate) fn kind(self, limits: &Text, found: &str) -> ProblemKind {
        match self {
            Self::Values => {
                let names = limits.values.map(|values| values.names.to_vec());
                not_allowed(found, names.unwrap_or_default())
            }
            Self::Short(length) => ProblemKind::TooShort { length, min: limits.min },
            Self::Long(length) => ProblemKind::TooLong { length, max: limits.max },
            Self::Pattern | Self::Format => ProblemKind::Malformed { says: limits.says },
        }
    }

    pub(crate) fn number(self, limits: &Text) -> Option<u16> {
        limits.numbers.of(match self {
            Self::Values => Keyword::Any,
            Self::Short(_) => Keyword::MinLength,
            Self::Long(_) => Keyword::MaxLength,
            Self::Pattern => Keyword::Pattern,
            Self::Format => Keyword::Format,
        })
    }
}

/// The problem of a text that is none of the values that are known.
#[must_use]
pub fn not_allowed(found: &str, allowed: Vec<&'static str>) -> ProblemKind {
    let suggestion = match allowed.as_slice() {
        [_] => None,
        _ => nearest(found, allowed.iter().copied()),
    };
    ProblemKind::NotAllowed { found: shown(found), allowed, suggestion }
}

/// What is wrong with the number of items in an array, or of members in an object.
pub(crate) fn count(
    min: usize,
    max: usize,
    numbers: Numbers,
    count: usize,
) -> Option<(ProblemKind, Option<u16>)> {
    if count > max {
        Some((ProblemKind::TooMany { count, max }, numbers.of(Keyword::MaxItems)))
    } else if count < min {
        Some((ProblemKind::TooFew { count, min }, numbers.of(Keyword::MinItems)))
    } else {
        None
    }
}

/// The range of a whole number, if it lies outside of it.
pub(crate) fn integer(limits: &Integer, found: i128) -> Option<Range> {
    let min = limits.constant.or(limits.min);
    let max = limits.constant.or(limits.max);
    let fits = found >= i128::from(min.unwrap_or(i64::MIN))
        && found <= i128::from(max.unwrap_or(i64::MAX));
    (!fits).then_some(Range::Whole { min, max })
}

/// The range of a number, if it lies outside of it.
pub(crate) fn number(limits: &Number, found: f64) -> Option<Range> {
    if !found.is_finite() {
        return Some(Range::Finite);
    }
    let Number { min, max, .. } = *limits;
    let fits = min.is_none_or(|min| found >= min) && max.is_none_or(|max| found <= max);
    (!fits).then_some(Range::Numbers { min, max })
}
