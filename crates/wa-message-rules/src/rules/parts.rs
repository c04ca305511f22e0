//! Rules over the parts of a definition: their order, their likeness, and their samples.

use std::collections::HashSet;

use super::{Judge, comparable, last};
use crate::{
    collect::{Collected, Found},
    definition::Words,
    node::{Node, Value},
    problem::{ProblemKind, Range},
    table::Step,
};

impl<'a, N: Node<'a>> Judge<'_, N> {
    /// The items at the path stand side by side.
    pub(super) fn together(&mut self, path: &[Step]) {
        let collected = self.collect(path);
        if !collected.complete {
            return;
        }
        let mut before = None;
        for found in &collected.found {
            let place = collected.place(found);
            if let (Some((array, last_at)), Some((same, at))) = (before, place)
                && array == same
                && at != last_at + 1
            {
                self.report_worded(found, &collected, path);
            }
            before = place;
        }
    }

    /// Each object at the path has the same values, in any order.
    pub(super) fn same_values(&mut self, path: &[Step], of: &[Step], any_case: bool) {
        let collected = self.collect(path);
        let mut first: Option<Vec<String>> = None;
        for found in collected.certain() {
            let inner = Collected::new(found.node, self.path, of);
            if !inner.complete {
                continue;
            }
            let written = |value: &str| {
                if any_case { value.to_ascii_lowercase() } else { value.to_owned() }
            };
            let values = inner.found.iter().filter_map(|found| comparable(found.node));
            let mut values: Vec<_> = values.map(|value| written(&value)).collect();
            values.sort_unstable();
            match &first {
                None => first = Some(values),
                Some(wanted) if *wanted == values => {}
                Some(_) => {
                    // The array that has them, if there is one.
                    let mut at = collected.path(found);
                    let mut node = Some(found.node);
                    for step in of {
                        let Step::Member(name) = step else { break };
                        at = at.member(name);
                        node = node.and_then(|node| node.member(name));
                    }
                    let kind = || ProblemKind::Malformed { says: "" };
                    self.report(node.unwrap_or(found.node), at, last(path), &kind);
                }
            }
        }
    }

    /// Each number at the path is in a range, or one of some others.
    pub(super) fn within(
        &mut self,
        path: &[Step],
        min: Option<i64>,
        max: Option<i64>,
        others: &[i64],
    ) {
        let collected = self.collect(path);
        for found in &collected.found {
            let Some(value) = found.node.value().whole() else { continue };
            let is_beyond = min.is_some_and(|min| value < i128::from(min))
                || max.is_some_and(|max| value > i128::from(max));
            if is_beyond && !others.iter().any(|other| i128::from(*other) == value) {
                let range = Range::Whole { min, max };
                let kind = || ProblemKind::OutOfRange { found: value.to_string(), range };
                self.report(found.node, collected.path(found), last(path), &kind);
            }
        }
    }

    /// Each variable of the text at the path has a sample, by its number or by its name.
    pub(super) fn samples(&mut self, path: &[Step], values: &[Step], names: &[Step]) {
        let collected = self.collect(path);
        let (values, names) = (self.collect(values), self.collect(names));
        if !values.complete || !names.complete {
            return;
        }
        for found in collected.certain() {
            let Value::Text(text) = found.node.value() else { continue };
            let words = Words::new(&text);
            let count = words.variables().len();
            let named: Vec<_> =
                names.found.iter().filter_map(|found| comparable(found.node)).collect();
            let fits = if named.is_empty() {
                values.found.iter().map(|found| sampled(found.node)).sum::<usize>() == count
            } else {
                let known: HashSet<&str> = named.iter().map(|name| &**name).collect();
                named.len() == count && words.names().all(|name| known.contains(name))
            };
            if count > 0 && !fits {
                self.report_worded(found, &collected, path);
            }
        }
    }

    /// Reports what the description words itself.
    fn report_worded(&mut self, found: &Found<N>, collected: &Collected<'_, N>, path: &[Step]) {
        let kind = || ProblemKind::Malformed { says: "" };
        self.report(found.node, collected.path(found), last(path), &kind);
    }
}

/// How many samples a value has: one text, an array, or an array of one array.
fn sampled<'a, N: Node<'a>>(node: N) -> usize {
    let Value::List(items) = node.value() else { return 1 };
    match items.as_slice() {
        [only] => match only.node.value() {
            Value::List(inner) => inner.len(),
            _ => 1,
        },
        items => items.len(),
    }
}
