//! Rules that limit how many, how long or which values there are.

use std::collections::HashSet;

use super::{Judge, last, scalar};
use crate::{
    collect::is_among,
    node::{self, Node, Part, Value},
    problem::{Circumstance, Label, ProblemKind, Subject, shown},
    table::Step,
    text,
};

/// How many of the values are kept that a value can have. Those that come from a document may be many.
const LISTED_AT_MOST: usize = 20;

impl<'a, N: Node<'a>> Judge<'_, N> {
    pub(super) fn total(&mut self, path: &[Step], max: usize) {
        let collected = self.collect(path);
        let count = collected.certain().count();
        let Some(first_too_many) = collected.certain().nth(max) else { return };
        let mut names = Step::members(path);
        let (label, when) = (self.label, self.when());
        let (containers, items) = (names.next(), names.next_back());
        let kind = || match (containers, items) {
            (Some(containers), Some(items)) => {
                ProblemKind::TooManyInAll { items, containers, count, max }
            }
            _ => ProblemKind::TooManyHere { count, max, when },
        };
        let path = containers.map_or_else(|| self.path.clone(), |name| self.path.member(name));
        let subject = || containers.map_or(Subject::of(label), |it| Subject::member_of(label, it));
        self.report_at(first_too_many.node, Part::Whole, path, &subject, &kind);
    }

    pub(super) fn each_needs(&mut self, path: &[Step], member: &'static str) {
        let (collected, when) = (self.collect(path), self.when());
        for found in &collected.found {
            let Value::Object(given) = found.node.value() else { continue };
            let given = node::member(&given, member);
            let is_given = given.map(|value| !matches!(value.value(), Value::Null));
            if is_given.unwrap_or_else(|| found.node.is_partial()) {
                continue;
            }
            let inner = collected.path(found).member(member);
            let at = given.unwrap_or(found.node);
            let subject = || Subject::member_of(Label::EachOf(last(path)), member);
            let kind = || ProblemKind::NeededHere { when };
            self.report_at(at, Part::Whole, inner, &subject, &kind);
        }
    }

    pub(super) fn max_length(&mut self, path: &[Step], max: usize) {
        let (collected, when) = (self.collect(path), self.when());
        for found in &collected.found {
            let Value::Text(value) = found.node.value() else { continue };
            let length = text::length(&value);
            if length > max {
                let kind = || ProblemKind::TooLongHere { length, max, when };
                self.report(found.node, collected.path(found), last(path), &kind);
            }
        }
    }

    /// Rules over texts that the description words itself.
    pub(super) fn each_text(&mut self, path: &[Step], fits: impl Fn(&str) -> bool) {
        let collected = self.collect(path);
        for found in &collected.found {
            let Value::Text(value) = found.node.value() else { continue };
            if !fits(&value) {
                let kind = || ProblemKind::Malformed { says: "" };
                self.report(found.node, collected.path(found), last(path), &kind);
            }
        }
    }

    pub(super) fn one_of(&mut self, path: &[Step], values: &[&str], any_case: bool) {
        let when = self.when();
        self.each_among(path, values, any_case, when);
    }

    /// Each value at a path is one of some values.
    pub(super) fn each_among(
        &mut self,
        path: &[Step],
        values: &[&str],
        any_case: bool,
        when: Circumstance,
    ) {
        let collected = self.collect(path);
        if collected.found.is_empty() {
            return;
        }
        let known: HashSet<&str> = values.iter().copied().collect();
        for found in &collected.found {
            let value = found.node.value();
            let Some(value) = scalar(&value) else { continue };
            // Values in any case are a closed set of the description, and so are few.
            let is_known =
                known.contains(&*value) || any_case && is_among(&value, values, any_case);
            if !is_known {
                let kind = || ProblemKind::NotAllowedHere {
                    found: shown(&value),
                    allowed: values.iter().take(LISTED_AT_MOST).map(|value| shown(value)).collect(),
                    more: values.len().saturating_sub(LISTED_AT_MOST),
                    when,
                };
                self.report(found.node, collected.path(found), last(path), &kind);
            }
        }
    }
}
