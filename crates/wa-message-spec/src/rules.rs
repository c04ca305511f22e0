//! The rules over several members.

use crate::{
    check::{Checker, Place, member_text, not_allowed},
    collect::{Collected, Found},
    node::{Node, Part, Value},
    problem::Problem,
    table::{Asks, Condition, Rule, Step},
    text,
};

/// Checks one rule of an object, as far as the values are known.
pub(crate) fn check<'a, N: Node<'a>>(
    checker: &mut Checker<N>,
    rule: &'static Rule,
    node: N,
    place: &Place<'_>,
    label: &str,
) {
    if !rule.when.iter().all(|condition| holds(condition, node, place)) {
        return;
    }
    match rule.asks {
        Asks::Unique(path) => unique(checker, rule, &Collected::new(node, &place.path, path)),
        Asks::Total { path, max } => total(checker, rule, node, place, label, path, max),
        Asks::EachNeeds { path, member } => {
            for found in &Collected::new(node, &place.path, path).found {
                each_needs(checker, rule, found, path, member);
            }
        }
        Asks::MaxLength { path, max } => {
            for found in &Collected::new(node, &place.path, path).found {
                max_length(checker, rule, found, path, max);
            }
        }
        Asks::Absent(member) => {
            if let Some(given) = given(node, member) {
                report_rule(checker, rule, given, place, member);
            }
        }
        Asks::Present(member) => {
            if let Value::Object(members) = node.value()
                && !members.iter().any(|(name, _)| *name == member)
            {
                let problem = says(rule);
                let path = place.path.member(member);
                checker.report(node, Part::Whole, path, problem, rule.number);
            }
        }
        Asks::OneOf { member, values } => {
            let Some(found) = member_text(node, member) else {
                return;
            };
            if let Some(given) = given(node, member)
                && !values.contains(&&*found)
            {
                let problem = if rule.says.is_empty() {
                    not_allowed(format!("`{member}`"), &found, values)
                } else {
                    says(rule)
                };
                let path = place.path.member(member);
                checker.report(given, Part::Whole, path, problem, rule.number);
            }
        }
    }
}

/// Whether a condition certainly holds.
fn holds<'a, N: Node<'a>>(condition: &Condition, node: N, place: &Place<'_>) -> bool {
    match condition {
        Condition::Is { member, values } => {
            member_text(node, member).is_some_and(|found| values.contains(&&*found))
        }
        Condition::CountAbove { path, above } => {
            Collected::new(node, &place.path, path).certain().count() > *above
        }
    }
}

/// A member that is certainly given.
fn given<'a, N: Node<'a>>(node: N, name: &str) -> Option<N> {
    let Value::Object(members) = node.value() else {
        return None;
    };
    let (_, member) = members.into_iter().find(|(known, _)| *known == name)?;
    (!matches!(member.value(), Value::Null | Value::Unknown)).then_some(member)
}

fn report_rule<'a, N: Node<'a>>(
    checker: &mut Checker<N>,
    rule: &Rule,
    at: N,
    place: &Place<'_>,
    member: &str,
) {
    checker.report(at, Part::Name, place.path.member(member), says(rule), rule.number);
}

fn says(rule: &Rule) -> Problem {
    Problem::Rule { says: rule.says.to_owned() }
}

fn unique<'a, N: Node<'a>>(checker: &mut Checker<N>, rule: &Rule, collected: &Collected<N>) {
    let mut seen: Vec<(String, &Found<N>)> = Vec::new();
    for found in collected.certain() {
        let value = match found.node.value() {
            Value::Text(value) => value.into_owned(),
            Value::Integer(value) => value.to_string(),
            _ => continue,
        };
        if let Some((_, first)) = seen.iter().find(|(earlier, _)| *earlier == value) {
            let problem = Problem::Duplicate {
                field: last_member(found.path.as_str()),
                value,
                first: first.path.to_string(),
            };
            checker.report(found.node, Part::Whole, found.path.clone(), problem, rule.number);
        } else {
            seen.push((value, found));
        }
    }
}

fn total<'a, N: Node<'a>>(
    checker: &mut Checker<N>,
    rule: &Rule,
    node: N,
    place: &Place<'_>,
    label: &str,
    steps: &[Step],
    max: usize,
) {
    let collected = Collected::new(node, &place.path, steps);
    let count = collected.certain().count();
    let Some(first_too_many) = collected.certain().nth(max) else {
        return;
    };
    let names = members(steps);
    let problem = Problem::TooManyInAll {
        owner: label.to_owned(),
        items: names.last().copied().unwrap_or_default().to_owned(),
        containers: names.first().copied().unwrap_or_default().to_owned(),
        count,
        max,
    };
    let path = names.first().map_or(place.path.clone(), |name| place.path.member(name));
    checker.report(first_too_many.node, Part::Whole, path, problem, rule.number);
}

fn each_needs<'a, N: Node<'a>>(
    checker: &mut Checker<N>,
    rule: &Rule,
    found: &Found<N>,
    steps: &[Step],
    member: &str,
) {
    let Value::Object(members_given) = found.node.value() else {
        return;
    };
    let given = members_given
        .iter()
        .any(|(name, value)| *name == member && !matches!(value.value(), Value::Null));
    if !given {
        let problem = Problem::NeededHere {
            owner: format!("each of the {}", members(steps).last().copied().unwrap_or_default()),
            field: format!("`{member}`"),
            circumstance: circumstance(rule),
        };
        checker.report(found.node, Part::Whole, found.path.member(member), problem, rule.number);
    }
}

fn max_length<'a, N: Node<'a>>(
    checker: &mut Checker<N>,
    rule: &Rule,
    found: &Found<N>,
    steps: &[Step],
    max: usize,
) {
    let Value::Text(value) = found.node.value() else {
        return;
    };
    let length = text::length(&value);
    if length > max {
        let problem = Problem::TooLongHere {
            field: format!("`{}`", members(steps).last().copied().unwrap_or_default()),
            length,
            max,
            circumstance: circumstance(rule),
        };
        checker.report(found.node, Part::Whole, found.path.clone(), problem, rule.number);
    }
}

/// When the rule holds, as the end of a sentence.
fn circumstance(rule: &Rule) -> String {
    let parts = rule.when.iter().map(|condition| match condition {
        Condition::Is { member, values } => {
            format!("when `{member}` is `{}`", values.join("` or `"))
        }
        Condition::CountAbove { path, above } => {
            let name = members(path).last().copied().unwrap_or_default();
            match above {
                1 => "when there is more than one".to_owned(),
                _ => format!("when there are more than {above} {name}"),
            }
        }
    });
    let parts: Vec<_> = parts.collect();
    parts.join(" and ")
}

fn members(steps: &[Step]) -> Vec<&'static str> {
    steps
        .iter()
        .filter_map(|step| match step {
            Step::Member(name) => Some(*name),
            _ => None,
        })
        .collect()
}

fn last_member(path: &str) -> String {
    format!("`{}`", path.rsplit('.').next().unwrap_or(path))
}
