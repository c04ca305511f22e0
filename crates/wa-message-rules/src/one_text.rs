//! Checks a text by itself: its limits, and the rules that look at nothing else.
//!
//! The walk over a tree does it for each text. Of a message in which nothing but texts is open, the macro
//! names their checks one by one, so that the program links these and not the tables of everything.

use crate::{
    limits,
    problem::{Label, Problem, ProblemKind, Subject},
    table::{Asks, Condition, Rule, Step, Text},
    text,
};

/// What is asked of a text that the program evaluates.
///
#[derive(Debug, Clone, Copy)]
pub struct OneText {
    /// What a sentence calls the object around it.
    pub owner: Label,
    /// The limits of the text.
    pub limits: &'static Text,
    /// The rules that look at the text alone. Every other condition of them is known to hold.
    pub rules: &'static [&'static Rule],
}

impl OneText {
    /// Whether a text keeps all of it.
    #[must_use]
    pub fn holds(&self, found: &str) -> bool {
        let Self { limits, rules, .. } = self;
        // Most texts need not be counted for this.
        text::fits(found, limits.min, limits.max)
            && limits::form(limits, found).is_none()
            && rules.iter().all(|rule| holds(rule, found))
    }

    /// Returns what a problem with the text is about, which is the member of this name or an item of it.
    #[must_use]
    pub fn subject(&self, member: &str, is_item: bool) -> Subject {
        let subject = Subject::named(self.owner, member);
        if is_item { subject.item() } else { subject }
    }

    /// Returns what is wrong with its length or form, and the number of the rule.
    #[must_use]
    pub fn broken_limit(&self, subject: &Subject, found: &str) -> Option<(Problem, Option<u16>)> {
        let broken = limits::text(self.limits, found)?;
        let problem = Problem::new(subject.clone(), broken.kind(self.limits, found));
        Some((problem, broken.number(self.limits)))
    }

    /// Returns the rules that it breaks, and their numbers.
    pub fn broken_rules(
        &self,
        subject: &Subject,
        found: &str,
    ) -> impl Iterator<Item = (Problem, Option<u16>)> {
        let broken = self.rules.iter().filter(move |rule| !holds(rule, found));
        broken.map(|rule| {
            let kind = ProblemKind::Rule { says: rule.says };
            (Problem::new(subject.clone(), kind), rule.number)
        })
    }
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
