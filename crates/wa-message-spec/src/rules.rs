//! The rules over several members.

mod compare;
mod limits;
mod sums;

use std::borrow::Cow;

use crate::{
    check::{Checker, Place},
    collect::{Collected, Found, is_among},
    node::{Node, Part, Path, Value},
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
    if !judge.checker.is_over() && rule.when.iter().all(|condition| judge.holds(condition)) {
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

impl<'a, 'j, N: Node<'a>> Judge<'j, '_, N> {
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

    fn collect<'c>(&self, path: &'c [Step]) -> Collected<'c, N>
    where
        'j: 'c,
    {
        Collected::new(self.node, &self.place.path, path)
    }

    /// Reports a value, in the words of the description if it has some.
    fn report(&mut self, at: N, path: Path, problem: &dyn Fn() -> Problem) {
        self.report_at(at, Part::Whole, path, problem);
    }

    #[inline(never)]
    fn report_at(&mut self, at: N, part: Part, path: Path, problem: &dyn Fn() -> Problem) {
        let rule = self.rule;
        let words = || match rule.says {
            "" => problem(),
            says => Problem::Rule { says: says.to_owned() },
        };
        self.checker.report(at, part, path, &words, rule.number);
    }

    fn absent(&mut self, member: &str) {
        let Some(given) = member_of(self.node, member).filter(|node| is_given(*node)) else {
            return;
        };
        let rule = self.rule;
        let path = self.place.path.member(member);
        self.report_at(given, Part::Name, path, &|| Problem::NotTakenHere {
            field: format!("`{member}`"),
            circumstance: circumstance(rule),
        });
    }

    fn present(&mut self, member: &str) {
        let Value::Object(members) = self.node.value() else { return };
        let given = members.iter().find(|(name, _)| *name == member).map(|(_, value)| *value);
        if given.is_some_and(|value| !matches!(value.value(), Value::Null)) {
            return;
        }
        let (rule, label) = (self.rule, self.label);
        let path = self.place.path.member(member);
        self.report(given.unwrap_or(self.node), path, &|| Problem::NeededHere {
            owner: label.to_owned(),
            field: format!("`{member}`"),
            circumstance: circumstance(rule),
        });
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

/// What can be compared of a value, as a text.
fn comparable<'a, N: Node<'a>>(node: N) -> Option<Cow<'a, str>> {
    match node.value() {
        Value::Text(text) => Some(text),
        value => scalar(&value).map(|text| Cow::Owned(text.into_owned())),
    }
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
