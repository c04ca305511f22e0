//! Checks a text by itself: its limits, and the rules that look at nothing else.
//!
//! The walk over a tree does it for each text. Of a message in which nothing but texts is open, the macro
//! names their checks one by one, so that the program links these and not the tables of everything.

use crate::{
    problem::Problem,
    table::{Asks, Condition, Keyword, Rule, Step, Text},
    text,
};

/// What is asked of a text that the program evaluates.
///
/// The parts are: which of the values it is that stand between the pieces of JSON, what a sentence calls
/// the object around it, its limits, and the rules that look at it alone, of which every other condition is
/// known to hold. They have no names, because the macro writes them for each text.
#[derive(Debug, Clone, Copy)]
pub struct OneText(pub usize, pub &'static str, pub &'static Text, pub &'static [&'static Rule]);

impl OneText {
    /// Whether a text keeps all of it.
    #[must_use]
    pub fn holds(&self, found: &str) -> bool {
        let Self(_, _, limits, rules) = self;
        // Most texts need not be counted for this.
        text::fits(found, limits.min, limits.max)
            && has_form(limits, found)
            && rules.iter().all(|rule| holds(rule, found))
    }

    /// What is wrong with its length or form, and the number of the rule. `field` is what a sentence calls
    /// the text.
    #[must_use]
    pub fn fault(&self, field: &str, found: &str) -> Option<(Problem, Option<u16>)> {
        let Self(_, owner, limits, _) = self;
        let fault = Fault::of(limits, found)?;
        Some((fault.problem(limits, owner, field), fault.number(limits)))
    }

    /// Which rules it breaks.
    pub fn broken(&self, found: &str) -> impl Iterator<Item = (Problem, Option<u16>)> {
        let broken = self.3.iter().filter(move |rule| !holds(rule, found));
        broken.map(|rule| (Problem::Rule { says: rule.says.to_owned() }, rule.number))
    }
}

/// Whether a text has the form that its limits ask for.
pub(crate) fn has_form(limits: &Text, found: &str) -> bool {
    Fault::of_form(limits, found).is_none()
}

/// Whether a text keeps a rule that looks at it alone. Other conditions are taken to hold.
pub(crate) fn holds(rule: &Rule, found: &str) -> bool {
    let Asks::Matches { path, pattern } = &rule.asks else { return true };
    let meets = |condition: &Condition| match condition {
        Condition::Matches { path: known, pattern } if are_same(known, path) => {
            pattern.matches(found)
        }
        _ => true,
    };
    pattern.matches(found) || !rule.when.iter().all(meets)
}

fn are_same(one: &[Step], other: &[Step]) -> bool {
    match (one, other) {
        ([Step::Member(one)], [Step::Member(other)]) => one == other,
        _ => false,
    }
}

/// The limit of a text that is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    TooShort(usize),
    TooLong(usize),
    Malformed(Keyword),
}

impl Fault {
    /// The first limit that a text breaks.
    pub(crate) fn of(limits: &Text, found: &str) -> Option<Self> {
        let length = text::length(found);
        if length < limits.min {
            Some(Self::TooShort(length))
        } else if length > limits.max {
            Some(Self::TooLong(length))
        } else {
            Self::of_form(limits, found)
        }
    }

    fn of_form(limits: &Text, found: &str) -> Option<Self> {
        if limits.pattern.is_some_and(|pattern| !pattern.matches(found)) {
            Some(Self::Malformed(Keyword::Pattern))
        } else if limits.format.is_some_and(|format| !format.holds(found)) {
            Some(Self::Malformed(Keyword::Format))
        } else {
            None
        }
    }

    pub(crate) fn problem(self, limits: &Text, owner: &str, field: &str) -> Problem {
        let (owner, field) = (owner.to_owned(), field.to_owned());
        match self {
            Self::TooShort(length) => Problem::TooShort { owner, field, length, min: limits.min },
            Self::TooLong(length) => Problem::TooLong { owner, field, length, max: limits.max },
            Self::Malformed(_) => Problem::Malformed { field, says: limits.says.to_owned() },
        }
    }

    /// The number of the rule behind the limit.
    pub(crate) fn number(self, limits: &Text) -> Option<u16> {
        limits.numbers.of(match self {
            Self::TooShort(_) => Keyword::MinLength,
            Self::TooLong(_) => Keyword::MaxLength,
            Self::Malformed(keyword) => keyword,
        })
    }
}
