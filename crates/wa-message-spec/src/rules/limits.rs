//! Rules that limit how many, how long or which values there are.

use super::{Judge, circumstance, last, members, scalar, whole};
use crate::{
    collect::is_among,
    node::{Node, Part, Value},
    problem::Problem,
    table::{Rule, Step},
    text,
};

impl<'a, N: Node<'a>> Judge<'_, '_, N> {
    pub(super) fn total(&mut self, path: &[Step], max: usize) {
        let collected = self.collect(path);
        let count = collected.certain().count();
        let Some(first_too_many) = collected.certain().nth(max) else { return };
        let names = members(path);
        let problem = self.words(match names.as_slice() {
            [containers, .., items] => Problem::TooManyInAll {
                owner: self.label.to_owned(),
                items: (*items).to_owned(),
                containers: (*containers).to_owned(),
                count,
                max,
            },
            names => Problem::TooManyHere {
                field: format!("`{}`", names.concat()),
                count,
                max,
                circumstance: circumstance(self.rule),
            },
        });
        let path = names
            .first()
            .map_or_else(|| self.place.path.clone(), |name| self.place.path.member(name));
        self.checker.report(first_too_many.node, Part::Whole, path, problem, self.rule.number);
    }

    pub(super) fn each_needs(&mut self, path: &[Step], member: &str) {
        for found in &self.collect(path).found {
            let Value::Object(given) = found.node.value() else { continue };
            let given = given.iter().find(|(name, _)| *name == member).map(|(_, value)| *value);
            if given.is_some_and(|value| !matches!(value.value(), Value::Null)) {
                continue;
            }
            let problem = self.words(Problem::NeededHere {
                owner: format!("each of the {}", last(path)),
                field: format!("`{member}`"),
                circumstance: circumstance(self.rule),
            });
            let path = found.path.member(member);
            let at = given.unwrap_or(found.node);
            self.checker.report(at, Part::Whole, path, problem, self.rule.number);
        }
    }

    pub(super) fn max_length(&mut self, path: &[Step], max: usize) {
        for found in &self.collect(path).found {
            let Value::Text(value) = found.node.value() else { continue };
            let length = text::length(&value);
            if length > max {
                self.report(
                    found,
                    Problem::TooLongHere {
                        field: format!("`{}`", last(path)),
                        length,
                        max,
                        circumstance: circumstance(self.rule),
                    },
                );
            }
        }
    }

    /// Rules over texts that the description words itself.
    pub(super) fn each_text(&mut self, path: &[Step], fits: impl Fn(&str) -> bool) {
        for found in &self.collect(path).found {
            let Value::Text(value) = found.node.value() else { continue };
            if !fits(&value) {
                self.report(
                    found,
                    Problem::Malformed { field: format!("`{}`", last(path)), says: String::new() },
                );
            }
        }
    }

    pub(super) fn at_least(&mut self, path: &[Step], min: i64) {
        for found in &self.collect(path).found {
            let Some(value) = whole(&found.node.value()) else { continue };
            if value < i128::from(min) {
                self.report(
                    found,
                    Problem::OutOfRange {
                        field: format!("`{}`", last(path)),
                        found: value.to_string(),
                        range: format!("at least {min}"),
                    },
                );
            }
        }
    }

    pub(super) fn one_of(&mut self, path: &[Step], values: &[&str], any_case: bool) {
        self.each_among(path, values, any_case, circumstance);
    }

    /// Each value at a path is one of some values.
    pub(super) fn each_among(
        &mut self,
        path: &[Step],
        values: &[&str],
        any_case: bool,
        circumstance: fn(&Rule) -> String,
    ) {
        for found in &self.collect(path).found {
            let value = found.node.value();
            let Some(value) = scalar(&value) else { continue };
            if !is_among(&value, values, any_case) {
                self.report(
                    found,
                    Problem::NotAllowedHere {
                        field: format!("`{}`", last(path)),
                        found: format!("`{value}`"),
                        allowed: values.iter().map(|value| format!("`{value}`")).collect(),
                        circumstance: circumstance(self.rule),
                    },
                );
            }
        }
    }
}
