//! The rules over several members.

mod compare;
mod limits;
mod sums;

use std::borrow::Cow;

use crate::{
    check::{Checker, Place},
    collect::{Collected, Found, is_among},
    node::{Node, Part, Value},
    problem::Problem,
    table::{Asks, Condition, Rule, Step},
};

/// Checks one rule of an object, as far as the values are known.
pub(crate) fn check<'a, N: Node<'a>>(
    checker: &mut Checker<N>,
    rule: &'static Rule,
    node: N,
    place: &Place<'_>,
    label: &str,
) {
    let mut judge = Judge { checker, rule, node, place, label };
    if rule.when.iter().all(|condition| judge.holds(condition)) {
        judge.asks();
    }
}

/// A rule at an object.
struct Judge<'j, 'p, N> {
    checker: &'j mut Checker<N>,
    rule: &'static Rule,
    node: N,
    place: &'j Place<'p>,
    label: &'j str,
}

impl<'a, N: Node<'a>> Judge<'_, '_, N> {
    fn asks(&mut self) {
        match &self.rule.asks {
            Asks::Unique(path) => self.unique(path),
            Asks::Same { path, any_case } => self.same(path, *any_case),
            Asks::SameCount { path, member } => self.same_count(path, member),
            Asks::AllOrNone { path, member } => self.all_or_none(path, member),
            Asks::Contiguous(path) => self.contiguous(path),
            Asks::Among { path, among } => self.among(path, among),
            Asks::Total { path, max } => self.total(path, *max),
            Asks::EachNeeds { path, member } => self.each_needs(path, member),
            Asks::MaxLength { path, max } => self.max_length(path, *max),
            Asks::MaxBytes { path, max } => {
                self.each_text(path, |text| text.len() <= *max);
            }
            Asks::Matches { path, pattern } => {
                self.each_text(path, |text| pattern.matches(text));
            }
            Asks::AtLeast { path, min } => self.at_least(path, *min),
            Asks::OneOf { path, values, any_case } => self.one_of(path, values, *any_case),
            Asks::Sum { total, terms } => self.sum(total, terms),
            Asks::Less { lesser, greater } => self.less(lesser, greater),
            Asks::Absent(member) => self.absent(member),
            Asks::Present(member) => self.present(member),
        }
    }

    /// Whether a condition certainly holds.
    fn holds(&self, condition: &Condition) -> bool {
        match condition {
            Condition::Is { path, values, any_case } => {
                self.collect(path).found.iter().any(|found| {
                    found.certain
                        && scalar(&found.node.value())
                            .is_some_and(|value| is_among(&value, values, *any_case))
                })
            }
            Condition::IsOrAbsent { path, values, any_case } => {
                let collected = self.collect(path);
                collected.complete
                    && collected.found.iter().all(|found| {
                        scalar(&found.node.value())
                            .is_some_and(|value| is_among(&value, values, *any_case))
                    })
            }
            Condition::CountAbove { path, above } => {
                let collected = self.collect(path);
                let known = |found: &&Found<N>| {
                    !matches!(found.node.value(), Value::Unknown | Value::OneOf(_))
                };
                // What is known of an expression is that it may be there.
                let is_optional = matches!(path.last(), Some(Step::Member(_)));
                collected.certain().filter(|found| !is_optional || known(found)).count() > *above
            }
            Condition::Absent(path) => {
                let collected = self.collect(path);
                collected.complete && collected.found.is_empty()
            }
            Condition::Matches { path, pattern } => self.collect(path).certain().any(
                |found| matches!(found.node.value(), Value::Text(text) if pattern.matches(&text)),
            ),
        }
    }

    fn collect(&self, path: &[Step]) -> Collected<N> {
        Collected::new(self.node, &self.place.path, path)
    }

    /// Reports a value, in the words of the description if it has some.
    #[inline(never)]
    fn report(&mut self, found: &Found<N>, problem: Problem) {
        let problem = self.words(problem);
        let (rule, path) = (self.rule.number, found.path.clone());
        self.checker.report(found.node, Part::Whole, path, problem, rule);
    }

    #[inline(never)]
    fn words(&self, problem: Problem) -> Problem {
        if self.rule.says.is_empty() {
            problem
        } else {
            Problem::Rule { says: self.rule.says.to_owned() }
        }
    }

    fn absent(&mut self, member: &str) {
        let Some(given) = member_of(self.node, member).filter(|node| is_given(*node)) else {
            return;
        };
        let problem = self.words(Problem::NotTakenHere {
            field: format!("`{member}`"),
            circumstance: circumstance(self.rule),
        });
        let path = self.place.path.member(member);
        self.checker.report(given, Part::Name, path, problem, self.rule.number);
    }

    fn present(&mut self, member: &str) {
        let Value::Object(members) = self.node.value() else { return };
        let given = members.iter().find(|(name, _)| *name == member).map(|(_, value)| *value);
        if given.is_some_and(|value| !matches!(value.value(), Value::Null)) {
            return;
        }
        let problem = self.words(Problem::NeededHere {
            owner: self.label.to_owned(),
            field: format!("`{member}`"),
            circumstance: circumstance(self.rule),
        });
        let path = self.place.path.member(member);
        let at = given.unwrap_or(self.node);
        self.checker.report(at, Part::Whole, path, problem, self.rule.number);
    }
}

/// A member of an object.
fn member_of<'a, N: Node<'a>>(node: N, name: &str) -> Option<N> {
    match node.value() {
        Value::Object(members) => {
            members.into_iter().find(|(known, _)| *known == name).map(|(_, member)| member)
        }
        _ => None,
    }
}

/// Whether a value is certainly there.
fn is_given<'a, N: Node<'a>>(node: N) -> bool {
    !matches!(node.value(), Value::Null | Value::Unknown | Value::OneOf(_))
}

/// A value that can be compared, as a text.
fn scalar<'v, N>(value: &'v Value<'_, N>) -> Option<Cow<'v, str>> {
    Some(match value {
        Value::Text(value) => Cow::Borrowed(&**value),
        Value::Boolean(value) => Cow::Borrowed(if *value { "true" } else { "false" }),
        value => Cow::Owned(whole(value)?.to_string()),
    })
}

/// A whole number, however it is written.
pub(crate) fn whole<N>(value: &Value<'_, N>) -> Option<i128> {
    match value {
        Value::Integer(value) => Some(*value),
        #[allow(clippy::cast_possible_truncation)] // It has no fraction and fits.
        Value::Number(value) if value.fract() == 0.0 && value.abs() < 9e15 => Some(*value as i128),
        _ => None,
    }
}

/// When the rule holds, as the end of a sentence.
fn circumstance(rule: &Rule) -> String {
    let parts = rule.when.iter().map(|condition| match condition {
        Condition::Is { path, values, .. } => {
            format!("`{}` is `{}`", last(path), values.join("` or `"))
        }
        Condition::IsOrAbsent { path, values, .. } => {
            format!("`{}` is `{}` or not given", last(path), values.join("` or `"))
        }
        Condition::CountAbove { path, above } => match (above, path.last()) {
            (0, Some(Step::EachWith { values, .. })) => {
                format!("there is a `{}`", values.join("` or `"))
            }
            (0, _) => format!("`{}` is given", last(path)),
            (1, _) => "there is more than one".to_owned(),
            _ => format!("there are more than {above} {}", last(path)),
        },
        Condition::Matches { path, .. } => format!("`{}` has this form", last(path)),
        Condition::Absent(path) => match path.last() {
            Some(Step::EachWith { values, .. }) => {
                format!("there is no `{}`", values.join("` or `"))
            }
            _ => format!("`{}` is not given", last(path)),
        },
    });
    let parts: Vec<_> = parts.collect();
    if parts.is_empty() { String::new() } else { format!("when {}", parts.join(" and ")) }
}

/// The names of members that a path goes through.
fn members(steps: &[Step]) -> Vec<&'static str> {
    let names = steps.iter().filter_map(|step| match step {
        Step::Member(name) => Some(*name),
        _ => None,
    });
    names.collect()
}

fn last(steps: &[Step]) -> &'static str {
    members(steps).last().copied().unwrap_or_default()
}

/// The path in the words of the description: `total_amount.value`.
fn dotted(steps: &[Step]) -> String {
    members(steps).join(".")
}
