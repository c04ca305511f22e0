//! Rules that compare values with each other.

use std::{borrow::Cow, collections::HashMap};

use super::{Judge, comparable, last};
use crate::{
    collect::{Found, is_among},
    node::{self, Count, Node, Value},
    problem::{Circumstance, ProblemKind, shown},
    table::Step,
};

impl<'a, N: Node<'a>> Judge<'_, N> {
    pub(super) fn unique(&mut self, path: &[Step]) {
        let collected = self.collect(path);
        if collected.found.len() < 2 {
            return;
        }
        let mut seen: HashMap<Cow<'a, str>, &Found<N>> = HashMap::new();
        for found in collected.certain() {
            let Some(value) = comparable(found.node) else { continue };
            let Some(first) = seen.get(&value) else {
                seen.insert(value, found);
                continue;
            };
            self.report(found.node, collected.path(found), last(path), &|| {
                ProblemKind::Duplicate {
                    value: shown(&value),
                    first: collected.path(first).to_string(),
                }
            });
        }
    }

    pub(super) fn same(&mut self, path: &[Step], any_case: bool) {
        let collected = self.collect(path);
        let mut first: Option<(Cow<'a, str>, &Found<N>)> = None;
        for found in collected.certain() {
            let Some(value) = comparable(found.node) else { continue };
            match &first {
                None => first = Some((value, found)),
                Some((wanted, _)) if is_among(&value, &[wanted], any_case) => {}
                Some((wanted, first)) => {
                    let kind = || ProblemKind::Differs {
                        found: shown(&value),
                        wanted: shown(wanted),
                        first: collected.path(first).to_string(),
                    };
                    self.report(found.node, collected.path(found), last(path), &kind);
                }
            }
        }
    }

    pub(super) fn same_count(&mut self, path: &[Step], member: &'static str) {
        let collected = self.collect(path);
        let mut first: Option<(usize, &Found<N>)> = None;
        for found in collected.certain() {
            let Some(count) = count_of(found.node, member) else { continue };
            match first {
                None => first = Some((count, found)),
                Some((wanted, _)) if wanted == count => {}
                Some((wanted, first)) => {
                    let at = found.node.member(member).unwrap_or(found.node);
                    let path = collected.path(found).member(member);
                    self.report(at, path, member, &|| ProblemKind::CountDiffers {
                        count,
                        wanted,
                        first: collected.path(first).member(member).to_string(),
                    });
                }
            }
        }
    }

    pub(super) fn all_or_none(&mut self, path: &[Step], member: &'static str) {
        let collected = self.collect(path);
        let mut first: Option<(bool, &Found<N>)> = None;
        for found in collected.certain() {
            let Value::Object(members) = found.node.value() else { continue };
            let inner = node::member(&members, member);
            let given = match inner.map(N::value) {
                None if found.node.is_partial() => continue,
                None | Some(Value::Null) => false,
                // An expression may turn out to be nothing.
                Some(value) if value.is_open() => continue,
                Some(_) => true,
            };
            match first {
                None => first = Some((given, found)),
                Some((wanted, _)) if wanted == given => {}
                Some((_, first)) => {
                    let path = collected.path(found).member(member);
                    let first = || collected.path(first).to_string();
                    let kind = || ProblemKind::Mixed { given, first: first() };
                    self.report(inner.unwrap_or(found.node), path, member, &kind);
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
            let Some(value) = found.node.value().whole() else { continue };
            if usize::try_from(value).is_ok_and(|value| value >= count) {
                let kind = || ProblemKind::NotContiguous { found: value, count };
                self.report(found.node, collected.path(found), last(path), &kind);
            }
        }
    }

    pub(super) fn among(&mut self, path: &[Step], among: &[Step]) {
        let known = self.collect(among);
        if !known.complete {
            return;
        }
        let values: Vec<_> =
            known.found.iter().filter_map(|found| comparable(found.node)).collect();
        let values: Vec<_> = values.iter().map(|value| &**value).collect();
        self.each_among(path, &values, false, Circumstance::ALWAYS);
    }
}

/// The number of items in an array of an object, if it is known.
fn count_of<'a, N: Node<'a>>(node: N, member: &str) -> Option<usize> {
    let Value::Object(members) = node.value() else { return None };
    let Some(inner) = node::member(&members, member) else {
        return (!node.is_partial()).then_some(0);
    };
    match inner.value() {
        Value::Null => Some(0),
        Value::List(items) if items.iter().all(|item| item.count == Count::Once) => {
            Some(items.len())
        }
        _ => None,
    }
}
