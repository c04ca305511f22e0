//! Rules that compare values with each other.

use super::{Judge, last, member_of, scalar, whole};
use crate::{
    collect::{Found, is_among},
    node::{Count, Node, Part, Value},
    problem::Problem,
    table::Step,
};

impl<'a, N: Node<'a>> Judge<'_, '_, N> {
    pub(super) fn unique(&mut self, path: &[Step]) {
        let collected = self.collect(path);
        let mut seen: Vec<(String, &Found<N>)> = Vec::new();
        for found in collected.certain() {
            let value = found.node.value();
            let Some(value) = scalar(&value) else { continue };
            if let Some((_, first)) = seen.iter().find(|(earlier, _)| *earlier == value) {
                self.report(
                    found,
                    Problem::Duplicate {
                        field: format!("`{}`", last(path)),
                        value: value.to_string(),
                        first: first.path.to_string(),
                    },
                );
            } else {
                seen.push((value.into_owned(), found));
            }
        }
    }

    pub(super) fn same(&mut self, path: &[Step], any_case: bool) {
        let collected = self.collect(path);
        let mut first: Option<(String, &Found<N>)> = None;
        for found in collected.certain() {
            let value = found.node.value();
            let Some(value) = scalar(&value) else { continue };
            match &first {
                None => first = Some((value.into_owned(), found)),
                Some((wanted, _)) if is_among(&value, &[wanted], any_case) => {}
                Some((wanted, first)) => self.report(
                    found,
                    Problem::Differs {
                        field: format!("`{}`", last(path)),
                        found: format!("`{value}`"),
                        wanted: format!("`{wanted}`"),
                        first: first.path.to_string(),
                    },
                ),
            }
        }
    }

    pub(super) fn same_count(&mut self, path: &[Step], member: &str) {
        let collected = self.collect(path);
        let mut first: Option<(usize, &Found<N>)> = None;
        for found in collected.certain() {
            let Some(count) = count_of(found.node, member) else { continue };
            match first {
                None => first = Some((count, found)),
                Some((wanted, _)) if wanted == count => {}
                Some((wanted, first)) => {
                    let problem = self.words(Problem::CountDiffers {
                        field: format!("`{member}`"),
                        count,
                        wanted,
                        first: first.path.member(member).to_string(),
                    });
                    let at = member_of(found.node, member).unwrap_or(found.node);
                    let path = found.path.member(member);
                    self.checker.report(at, Part::Whole, path, problem, self.rule.number);
                }
            }
        }
    }

    pub(super) fn all_or_none(&mut self, path: &[Step], member: &str) {
        let collected = self.collect(path);
        let mut first: Option<(bool, &Found<N>)> = None;
        for found in collected.certain() {
            let Value::Object(members) = found.node.value() else { continue };
            let inner = members.iter().find(|(name, _)| *name == member).map(|(_, node)| *node);
            let given = match inner.map(N::value) {
                // An expression may turn out to be nothing.
                Some(Value::Unknown | Value::OneOf(_)) => continue,
                None | Some(Value::Null) => false,
                Some(_) => true,
            };
            match first {
                None => first = Some((given, found)),
                Some((wanted, _)) if wanted == given => {}
                Some((_, first)) => {
                    let problem = self.words(Problem::Mixed {
                        field: format!("`{member}`"),
                        given,
                        first: first.path.to_string(),
                    });
                    let at = inner.unwrap_or(found.node);
                    let path = found.path.member(member);
                    self.checker.report(at, Part::Whole, path, problem, self.rule.number);
                }
            }
        }
    }

    pub(super) fn contiguous(&mut self, path: &[Step]) {
        let collected = self.collect(path);
        if !collected.complete {
            return;
        }
        let count = collected.found.len();
        for found in &collected.found {
            let Some(value) = whole(&found.node.value()) else { continue };
            if usize::try_from(value).is_ok_and(|value| value >= count) {
                self.report(
                    found,
                    Problem::NotContiguous {
                        field: format!("`{}`", last(path)),
                        found: value.to_string(),
                        count,
                    },
                );
            }
        }
    }

    pub(super) fn among(&mut self, path: &[Step], among: &[Step]) {
        let known = self.collect(among);
        if !known.complete {
            return;
        }
        let values: Vec<_> = known.found.iter().map(|found| found.node.value()).collect();
        let values: Vec<_> = values.iter().filter_map(scalar).collect();
        let values: Vec<_> = values.iter().map(|value| &**value).collect();
        self.each_among(path, &values, false, |_| String::new());
    }
}

/// The number of items in an array of an object, if it is known.
fn count_of<'a, N: Node<'a>>(node: N, member: &str) -> Option<usize> {
    let Value::Object(members) = node.value() else { return None };
    let Some((_, inner)) = members.into_iter().find(|(name, _)| *name == member) else {
        return Some(0);
    };
    match inner.value() {
        Value::Null => Some(0),
        Value::List(items) if items.iter().all(|item| item.count == Count::Once) => {
            Some(items.len())
        }
        _ => None,
    }
}
