//! Rules that limit how many, how long or which values there are.

use std::collections::HashSet;

use super::{Judge, circumstance, last, members, scalar, whole};
use crate::{
    collect::is_among,
    node::{Node, Value},
    problem::Problem,
    shown::quoted,
    table::{Rule, Step},
    text,
};

/// How many of the values are listed that a value can have.
const LISTED_AT_MOST: usize = 20;

impl<'a, N: Node<'a>> Judge<'_, '_, N> {
    pub(super) fn total(&mut self, path: &[Step], max: usize) {
        let collected = self.collect(path);
        let count = collected.certain().count();
        let Some(first_too_many) = collected.certain().nth(max) else { return };
        let names = members(path);
        let (label, rule) = (self.label, self.rule);
        let problem = || match names.as_slice() {
            [containers, .., items] => Problem::TooManyInAll {
                owner: label.to_owned(),
                items: (*items).to_owned(),
                containers: (*containers).to_owned(),
                count,
                max,
            },
            names => Problem::TooManyHere {
                field: format!("`{}`", names.concat()),
                count,
                max,
                circumstance: circumstance(rule),
            },
        };
        let path = names
            .first()
            .map_or_else(|| self.place.path.clone(), |name| self.place.path.member(name));
        self.report(first_too_many.node, path, &problem);
    }

    pub(super) fn each_needs(&mut self, path: &[Step], member: &str) {
        let (collected, rule) = (self.collect(path), self.rule);
        for found in &collected.found {
            let Value::Object(given) = found.node.value() else { continue };
            let given = given.iter().find(|(name, _)| *name == member).map(|(_, value)| *value);
            if given.is_some_and(|value| !matches!(value.value(), Value::Null)) {
                continue;
            }
            let inner = collected.path(found).member(member);
            self.report(given.unwrap_or(found.node), inner, &|| Problem::NeededHere {
                owner: format!("each of the {}", last(path)),
                field: format!("`{member}`"),
                circumstance: circumstance(rule),
            });
        }
    }

    pub(super) fn max_length(&mut self, path: &[Step], max: usize) {
        let (collected, rule) = (self.collect(path), self.rule);
        for found in &collected.found {
            let Value::Text(value) = found.node.value() else { continue };
            let length = text::length(&value);
            if length > max {
                self.report(found.node, collected.path(found), &|| Problem::TooLongHere {
                    field: format!("`{}`", last(path)),
                    length,
                    max,
                    circumstance: circumstance(rule),
                });
            }
        }
    }

    /// Rules over texts that the description words itself.
    pub(super) fn each_text(&mut self, path: &[Step], fits: impl Fn(&str) -> bool) {
        let collected = self.collect(path);
        for found in &collected.found {
            let Value::Text(value) = found.node.value() else { continue };
            if !fits(&value) {
                self.report(found.node, collected.path(found), &|| Problem::Malformed {
                    field: format!("`{}`", last(path)),
                    says: String::new(),
                });
            }
        }
    }

    pub(super) fn at_least(&mut self, path: &[Step], min: i64) {
        let collected = self.collect(path);
        for found in &collected.found {
            let Some(value) = whole(&found.node.value()) else { continue };
            if value < i128::from(min) {
                self.report(found.node, collected.path(found), &|| Problem::OutOfRange {
                    field: format!("`{}`", last(path)),
                    found: value.to_string(),
                    range: format!("at least {min}"),
                });
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
        let (collected, rule) = (self.collect(path), self.rule);
        if collected.found.is_empty() {
            return;
        }
        let known: HashSet<&str> = values.iter().copied().collect();
        for found in &collected.found {
            let value = found.node.value();
            let Some(value) = scalar(&value) else { continue };
            let is_known =
                if any_case { is_among(&value, values, true) } else { known.contains(&*value) };
            if !is_known {
                self.report(found.node, collected.path(found), &|| Problem::NotAllowedHere {
                    field: format!("`{}`", last(path)),
                    found: quoted(&value),
                    allowed: listed(values),
                    circumstance: circumstance(rule),
                });
            }
        }
    }
}

/// The values as a sentence lists them. Those that come from a document may be many.
fn listed(values: &[&str]) -> Vec<String> {
    let mut listed: Vec<_> =
        values.iter().take(LISTED_AT_MOST).map(|value| quoted(value)).collect();
    let more = values.len().saturating_sub(LISTED_AT_MOST);
    if more > 0 {
        listed.push(format!("one of {more} more"));
    }
    listed
}
