//! Rules that compare values with each other.

use std::{borrow::Cow, collections::HashMap};

use super::{Judge, comparable, last, member_of, whole};
use crate::{
    collect::{Found, is_among},
    node::{Count, Node, Value},
    problem::Problem,
    shown::{quoted, shown},
    table::Step,
};

impl<'a, N: Node<'a>> Judge<'_, '_, N> {
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
            self.report(found.node, collected.path(found), &|| Problem::Duplicate {
                field: format!("`{}`", last(path)),
                value: shown(&value).into_owned(),
                first: collected.path(first).to_string(),
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
                    self.report(found.node, collected.path(found), &|| Problem::Differs {
                        field: format!("`{}`", last(path)),
                        found: quoted(&value),
                        wanted: quoted(wanted),
                        first: collected.path(first).to_string(),
                    });
                }
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
                    let at = member_of(found.node, member).unwrap_or(found.node);
                    let path = collected.path(found).member(member);
                    self.report(at, path, &|| Problem::CountDiffers {
                        field: format!("`{member}`"),
                        count,
                        wanted,
                        first: collected.path(first).member(member).to_string(),
                    });
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
                    let path = collected.path(found).member(member);
                    self.report(inner.unwrap_or(found.node), path, &|| Problem::Mixed {
                        field: format!("`{member}`"),
                        given,
                        first: collected.path(first).to_string(),
                    });
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
                self.report(found.node, collected.path(found), &|| Problem::NotContiguous {
                    field: format!("`{}`", last(path)),
                    found: value.to_string(),
                    count,
                });
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
