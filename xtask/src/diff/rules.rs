//! Rules over several members, which are compared as they are written, whatever they ask for.

use super::{
    About, Change,
    facts::{Direction, direction, is_advice},
};
use crate::face::Fact;

/// Compares lists of rules. Advice refuses nothing, so it never breaks users.
pub(super) fn compare(
    changes: &mut Vec<Change>,
    place: &str,
    old: Option<&Fact>,
    new: Option<&Fact>,
    is_binding: bool,
) {
    let mut push = |breaks: bool, rule: &Fact, what: String| {
        let is_binding = is_binding && !rule.members().iter().any(|(name, _)| is_advice(name));
        let subject = if is_binding { "rule" } else { "advice" };
        let what = format!("{subject} {what}");
        changes.push(Change::new(breaks && is_binding, About::Rule, place, what));
    };
    let items = |fact: Option<&Fact>| match fact {
        Some(Fact::List(items)) => items.clone(),
        Some(other) => vec![other.clone()],
        None => Vec::new(),
    };
    let (mut gone, mut came) = (items(old), items(new));
    gone.retain(|rule| match came.iter().position(|now| now == rule) {
        Some(at) => {
            came.remove(at);
            false
        }
        None => true,
    });
    for old in &gone {
        let Some(at) = successor(old, &gone, &came) else {
            push(false, old, format!("removed: {old}"));
            continue;
        };
        let new = came.remove(at);
        let (breaks, word) = match change(old, &new) {
            Some(Direction::Looser) => (false, ", loosened"),
            Some(Direction::Tighter) => (true, ", tightened"),
            None => (true, ""),
        };
        push(breaks, &new, format!("was {old}, and is {new}{word}"));
    }
    for rule in came {
        push(true, &rule, format!("added: {rule}"));
    }
}

/// The rule that has taken the place of another: that of the same number, or the same but for bounds.
fn successor(old: &Fact, gone: &[Fact], came: &[Fact]) -> Option<usize> {
    let number = |rule: &Fact| rule.get("rule").cloned();
    let only = |alike: &dyn Fn(&Fact) -> bool| {
        let mut found = came.iter().enumerate().filter(|(_, rule)| alike(rule));
        let (at, _) = found.next()?;
        let before = gone.iter().filter(|rule| alike(rule)).count();
        (found.next().is_none() && before == 1).then_some(at)
    };
    let outline = outline(old);
    only(&|rule| number(rule).is_some() && number(rule) == number(old))
        .or_else(|| only(&|rule| self::outline(rule) == outline))
}

/// A rule without its number and its bounds.
fn outline(rule: &Fact) -> Fact {
    match rule {
        Fact::Map(members) => {
            let members =
                members.iter().filter(|(name, fact)| name != "rule" && fact.number().is_none());
            Fact::map(members.map(|(name, fact)| (name.clone(), outline(fact))).collect())
        }
        Fact::List(items) => Fact::List(items.iter().map(outline).collect()),
        other => other.clone(),
    }
}

/// Which way a rule changed, if it is by a single bound.
fn change(old: &Fact, new: &Fact) -> Option<Direction> {
    let (Fact::Map(old), Fact::Map(new)) = (old, new) else {
        return None;
    };
    if old.len() != new.len() || old.iter().zip(new).any(|((left, _), (right, _))| left != right) {
        return None;
    }
    let mut changed = old.iter().zip(new).filter(|((_, old), (_, new))| old != new);
    let ((keyword, old), (_, new)) = changed.next()?;
    if changed.next().is_some() {
        return None;
    }
    direction(keyword, Some(old), Some(new))
}
