//! Compares what keywords said before with what they say now.

use super::{About, Change, rules};
use crate::face::{Entry, Fact, Facts};

/// The type of a member in words.
pub(super) fn kind(member: &Entry) -> String {
    member.fact("type").map(kind_name).unwrap_or_default()
}

fn kind_name(fact: &Fact) -> String {
    match fact {
        Fact::Text(name) => name.clone(),
        Fact::List(items) => {
            format!("array of {}", items.first().map(kind_name).unwrap_or_default())
        }
        other => other.to_string(),
    }
}

pub(super) fn compare(changes: &mut Vec<Change>, place: &str, old: &Facts, new: &Facts) {
    let added = new.iter().filter(|(keyword, _)| !old.iter().any(|(known, _)| known == keyword));
    for (keyword, _) in old.iter().chain(added) {
        let of = |facts: &Facts| -> Option<Fact> {
            facts.iter().find(|(known, _)| known == keyword).map(|(_, fact)| fact.clone())
        };
        let (before, now) = (of(old), of(new));
        if before != now {
            keyword_changed(changes, place, keyword, before.as_ref(), now.as_ref());
        }
    }
}

fn keyword_changed(
    changes: &mut Vec<Change>,
    place: &str,
    keyword: &str,
    old: Option<&Fact>,
    new: Option<&Fact>,
) {
    let mut push = |breaks, about, what: String| {
        changes.push(Change::new(breaks, about, place, what));
    };
    let plain = plain(keyword, old, new);
    match (keyword, old, new) {
        // Whether a member is required is said with the members.
        ("required", ..) => {}
        ("items", ..) => {
            let members =
                |fact: Option<&Fact>| fact.map_or(Facts::new(), |fact| fact.members().to_vec());
            compare(changes, &format!("{place}[]"), &members(old), &members(new));
        }
        ("x-rule", ..) => numbers(changes, place, old, new),
        ("rules" | "allOf", ..) => rules::compare(changes, place, old, new, true),
        _ if is_advice(keyword) => rules::compare(changes, place, old, new, false),
        ("type", Some(old), Some(new)) => {
            let what = format!("was {}, and is {}", kind_name(old), kind_name(new));
            push(true, About::Type, what);
        }
        ("shape", Some(old), Some(new)) => {
            push(
                true,
                About::Type,
                format!("the Rust type was a {}, and is a {}", bare(old), bare(new)),
            );
        }
        ("enum" | "x-open-enum" | "x-aliases" | "hosts" | "extensions", Some(old), Some(new)) => {
            values(changes, place, old, new);
        }
        ("refused", ..) | ("x-finds", None, _) => push(false, About::Other, plain),
        ("without-tag" | "x-lenient" | "x-ignored" | "x-aliases" | "other-types", None, _)
        | ("at-least-one" | "pattern" | "format" | "x-format", Some(_), None) => {
            push(false, About::Limit, plain);
        }
        (
            "pattern" | "format" | "x-format" | "const" | "x-lenient" | "x-ignored" | "x-aliases"
            | "without-tag" | "other-types",
            ..,
        ) => {
            push(true, About::Limit, plain);
        }
        ("known", Some(_), None) => push(false, About::Rule, plain),
        (
            "exactly-one" | "at-least-one" | "component" | "sendable" | "role" | "sent-as"
            | "takes" | "known" | "needed-with" | "variable-in" | "useful-with" | "any-number"
            | "most" | "most-in-card",
            ..,
        ) => push(true, About::Rule, plain),
        ("x-file", None, _) => push(false, About::Type, plain),
        ("x-scalar" | "x-by-name" | "x-position", None, _) => push(false, About::ShortForm, plain),
        ("x-lift" | "x-scalar" | "x-by-name" | "x-position", ..) => {
            push(true, About::ShortForm, plain);
        }
        (
            "type" | "shape" | "tag" | "answer" | "x-content" | "x-new" | "x-each-alone"
            | "x-event" | "x-with-events" | "x-file",
            ..,
        ) => {
            push(true, About::Type, plain);
        }
        // What comes without a member instead of not at all, or the other way round.
        ("x-essential", ..) => push(true, About::Other, plain),
        // Keys that somebody has kept, people that are looked for, states that were compared, methods,
        // and what code compares or calls.
        ("x-event-key" | "x-person" | "x-rank" | "x-finds" | "code" | "subcode" | "call", ..) => {
            push(true, About::Other, plain);
        }
        _ => match direction(keyword, old, new) {
            Some(direction) => {
                let word = if direction == Direction::Tighter { "tightened" } else { "loosened" };
                push(direction == Direction::Tighter, About::Limit, format!("{plain}, {word}"));
            }
            None => push(true, About::Other, format!("{plain}; not known here, so judge it")),
        },
    }
}

/// A change in words, whatever it means.
fn plain(keyword: &str, old: Option<&Fact>, new: Option<&Fact>) -> String {
    match (old, new) {
        (None, Some(Fact::Boolean(true))) => format!("`{keyword}` added"),
        (None, Some(new)) => format!("`{keyword}` added: {new}"),
        (Some(Fact::Boolean(true)), None) => format!("`{keyword}` removed"),
        (Some(old), None) => format!("`{keyword}` removed, it was {old}"),
        (Some(old), Some(new)) => format!("`{keyword}` was {old}, and is {new}"),
        (None, None) => String::new(),
    }
}

fn bare(fact: &Fact) -> String {
    match fact {
        Fact::Text(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Whether a keyword only advises, and refuses nothing.
pub(super) fn is_advice(keyword: &str) -> bool {
    keyword.contains("advice") || keyword.contains("lint")
}

/// Whether less is taken than before, or more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Tighter,
    Looser,
}

/// The direction of a keyword that is a bound, which its name tells: `maxLength`, `minimum`.
pub(super) fn direction(
    keyword: &str,
    old: Option<&Fact>,
    new: Option<&Fact>,
) -> Option<Direction> {
    let name = keyword.to_ascii_lowercase();
    let is_upper = name.contains("max");
    if is_upper == name.contains("min") {
        return None;
    }
    let is_tighter = match (old, new) {
        (None, _) => true,
        (_, None) => false,
        (Some(old), Some(new)) => (new.number()? < old.number()?) == is_upper,
    };
    Some(if is_tighter { Direction::Tighter } else { Direction::Looser })
}

fn values(changes: &mut Vec<Change>, place: &str, old: &Fact, new: &Fact) {
    let missing = |all: &Fact, other: &Fact| {
        let missing = all.items().iter().filter(|value| !other.items().contains(value));
        missing.map(|value| format!("`{}`", bare(value))).collect::<Vec<_>>().join(", ")
    };
    let mut push = |breaks, values: String, what: &str| {
        if !values.is_empty() {
            changes.push(Change::new(breaks, About::Limit, place, format!("{what} {values}")));
        }
    };
    push(true, missing(old, new), "no longer has the value");
    push(false, missing(new, old), "has the new value");
}

/// Numbers of rules, which `Violation::number()` gives.
fn numbers(changes: &mut Vec<Change>, place: &str, old: Option<&Fact>, new: Option<&Fact>) {
    let members = |fact: Option<&Fact>| fact.map_or(Facts::new(), |fact| fact.members().to_vec());
    let (old, new) = (members(old), members(new));
    let added = new.iter().filter(|(keyword, _)| !old.iter().any(|(known, _)| known == keyword));
    for (keyword, _) in old.iter().chain(added) {
        let of = |facts: &Facts| {
            facts.iter().find(|(known, _)| known == keyword).map(|(_, number)| number.clone())
        };
        let subject = match keyword.as_str() {
            "any" => "the number of the rule".to_owned(),
            keyword => format!("the number of the rule for `{keyword}`"),
        };
        let (breaks, what) = match (of(&old), of(&new)) {
            (Some(old), Some(new)) if old != new => {
                (true, format!("{subject} was {old}, and is {new}"))
            }
            (Some(old), None) => (true, format!("{subject} removed, it was {old}")),
            (None, Some(new)) => (false, format!("{subject} added: {new}")),
            _ => continue,
        };
        changes.push(Change::new(breaks, About::Other, place, what));
    }
}
