//! Finds what was added, removed and renamed.

use super::{About, Change, codes, facts, groups};
use crate::face::{Entry, Face, Fact, Facts};

pub(super) fn compare(old: &Face, new: &Face) -> Vec<Change> {
    let mut changes = Vec::new();
    // A description of what is sent is not compared with one of what comes back.
    if !old.schemas.is_empty() && !new.schemas.is_empty() {
        sent(&mut changes, old, new);
    }
    if let (Some((old_fields, old)), Some((new_fields, new))) = (&old.webhooks, &new.webhooks) {
        fields(&mut changes, old_fields, new_fields);
        schemas(&mut changes, old, new);
    }
    if let (Some(old), Some(new)) = (&old.media, &new.media) {
        facts::compare(&mut changes, "files", &old.0, &new.0);
        groups::rows(&mut changes, &groups::FILES, &old.1, &new.1);
    }
    if let (Some(old), Some(new)) = (&old.templates, &new.templates) {
        groups::rows(&mut changes, &groups::TEMPLATES, &old.rows, &new.rows);
        schemas(&mut changes, &old.schemas, &new.schemas);
    }
    changes
}

fn sent(changes: &mut Vec<Change>, old: &Face, new: &Face) {
    kinds(changes, &old.kinds, &new.kinds);
    for (keyword, now) in &new.api {
        if let Some((_, before)) = old.api.iter().find(|(known, _)| known == keyword)
            && before != now
        {
            let what = format!("the {keyword} that is used by default was {before}, and is {now}");
            changes.push(Change::new(false, About::Other, "api", what));
        }
    }
    codes::compare(changes, &old.codes, &new.codes);
    schemas(changes, &old.schemas, &new.schemas);
}

fn fields(changes: &mut Vec<Change>, old: &Facts, new: &Facts) {
    let is_in = |facts: &Facts, name: &str| facts.iter().any(|(known, _)| known == name);
    let mut push = |breaks, name: &str, what: &str| {
        changes.push(Change::new(breaks, About::Kind, &format!("webhook {name}"), what));
    };
    for (name, _) in old.iter().filter(|(name, _)| !is_in(new, name)) {
        push(true, name, "field removed");
    }
    for (name, _) in new.iter().filter(|(name, _)| !is_in(old, name)) {
        push(false, name, "field added");
    }
}

fn schemas(changes: &mut Vec<Change>, old: &[Entry], new: &[Entry]) {
    let renamed = renamed(old, new);
    // A new name is one change, not another one wherever the name stands.
    let mut before = old.to_vec();
    for (from, to) in &renamed {
        for entry in &mut before {
            rename_types(entry, from, to);
        }
    }
    let place = |entry: &Entry| entry.name.clone();
    for pair in pairs(&before, new, &renamed) {
        match pair {
            Pair::Both(old, new) => schema(changes, &place(new), old, new),
            Pair::Removed(old) => {
                changes.push(Change::new(true, About::Schema, &place(old), "removed"));
            }
            Pair::Added(new) => {
                changes.push(Change::new(false, About::Schema, &place(new), "added"));
            }
            Pair::Renamed(old, new) => {
                let what = format!("renamed to `{}`?", new.name);
                changes.push(Change::new(true, About::Schema, &place(old), what));
            }
        }
    }
}

fn kinds(changes: &mut Vec<Change>, old: &Facts, new: &Facts) {
    let mut push = |breaks, name: &str, what: String| {
        changes.push(Change::new(breaks, About::Kind, &format!("<{name}>"), what));
    };
    let is_in = |facts: &Facts, name: &str| facts.iter().any(|(known, _)| known == name);
    let other = |facts: &Facts, name: &str| facts.iter().find(|(known, _)| known == name).cloned();
    for (name, way) in old {
        match other(new, name) {
            Some((_, now)) if now != *way => {
                push(true, name, format!("it was found by {way}, and is by {now}"));
            }
            Some(_) => {}
            None => {
                // A way leads to one kind, so the name is all that can have changed.
                let same = new.iter().find(|(known, now)| now == way && !is_in(old, known));
                match same {
                    Some((now, _)) => push(true, name, format!("renamed to `<{now}>`?")),
                    None => push(true, name, "kind removed".to_owned()),
                }
            }
        }
    }
    for (name, way) in new.iter().filter(|(name, _)| !is_in(old, name)) {
        let is_renamed = old.iter().any(|(known, before)| before == way && !is_in(new, known));
        if !is_renamed {
            push(false, name, "kind added".to_owned());
        }
    }
}

/// What the members of something are to users.
struct Owner<'p> {
    place: &'p str,
    /// Whether it is read from the API alone.
    is_answer: bool,
    /// Whether it is a variant of an enum, all of whose members are given at once.
    is_variant: bool,
}

fn schema(changes: &mut Vec<Change>, place: &str, old: &Entry, new: &Entry) {
    let is_answer = new.is("answer");
    facts::compare(changes, place, &old.facts, &new.facts);
    members(changes, &Owner { place, is_answer, is_variant: false }, old, new);
    if !is_answer {
        order(changes, place, old, new);
    }
    let is_enum = matches!(new.fact("shape"), Some(Fact::Text(shape)) if shape.contains("enum"));
    let tag = match new.fact("tag") {
        Some(Fact::Text(tag)) => tag.as_str(),
        _ => "",
    };
    let place = |arm: &Entry| format!("{place}[{tag}={}]", arm.name);
    let renamed = renamed(&old.arms, &new.arms);
    for pair in pairs(&old.arms, &new.arms, &renamed) {
        match pair {
            Pair::Both(old, new) => {
                let place = place(new);
                facts::compare(changes, &place, &old.facts, &new.facts);
                let owner = Owner { place: &place, is_answer, is_variant: is_enum };
                members(changes, &owner, old, new);
                if !is_enum {
                    order(changes, &place, old, new);
                }
            }
            Pair::Removed(old) => {
                changes.push(Change::new(true, About::Schema, &place(old), "removed"));
            }
            Pair::Added(new) => {
                changes.push(Change::new(false, About::Schema, &place(new), "added"));
            }
            Pair::Renamed(old, new) => {
                let what = format!("renamed to `{}`?", new.name);
                changes.push(Change::new(true, About::Schema, &place(old), what));
            }
        }
    }
}

fn members(changes: &mut Vec<Change>, owner: &Owner<'_>, old: &Entry, new: &Entry) {
    let renamed = renamed(&old.members, &new.members);
    for pair in pairs(&old.members, &new.members, &renamed) {
        let place = |member: &Entry| format!("{}.{}", owner.place, member.name);
        match pair {
            Pair::Both(old, new) => member(changes, &place(new), old, new),
            Pair::Removed(old) => {
                changes.push(Change::new(true, About::Member, &place(old), "removed"));
            }
            Pair::Added(new) => changes.push(added(owner, &place(new), new)),
            Pair::Renamed(old, new) => {
                let what = format!("renamed to `{}`?", new.name);
                changes.push(Change::new(true, About::Member, &place(old), what));
            }
        }
    }
}

fn added(owner: &Owner<'_>, place: &str, member: &Entry) -> Change {
    let kind = facts::kind(member);
    let (breaks, what) = match (owner.is_answer, owner.is_variant, member.is("required")) {
        (true, _, _) => (false, format!("added, {kind}")),
        (false, _, true) => (true, format!("added, required {kind}")),
        (false, true, false) => (
            true,
            format!(
                "added, optional {kind}, which code that builds or matches the variant has to name"
            ),
        ),
        (false, false, false) => (false, format!("added, optional {kind}")),
    };
    Change::new(breaks, About::Member, place, what)
}

fn member(changes: &mut Vec<Change>, place: &str, old: &Entry, new: &Entry) {
    match (old.is("required"), new.is("required")) {
        (false, true) => {
            changes.push(Change::new(true, About::Member, place, "was optional, and is required"));
        }
        (true, false) => {
            let what =
                "was required, and is optional: an `Option` in Rust, and no argument of `new`";
            changes.push(Change::new(true, About::Member, place, what));
        }
        _ => {}
    }
    facts::compare(changes, place, &old.facts, &new.facts);
}

/// The arguments of `new` are required members in their order.
fn order(changes: &mut Vec<Change>, place: &str, old: &Entry, new: &Entry) {
    let arguments = |entry: &Entry, other: &Entry| -> Vec<String> {
        let given = |member: &&Entry| member.is("required") && member.fact("const").is_none();
        let both = |member: &&Entry| {
            other.members.iter().any(|known| known.name == member.name && given(&known))
        };
        let given = entry.members.iter().filter(|member| given(member) && both(member));
        given.map(|member| format!("`{}`", member.name)).collect()
    };
    let (before, now) = (arguments(old, new), arguments(new, old));
    if before != now {
        let (before, now) = (before.join(", "), now.join(", "));
        let what = format!("the arguments of `new` were {before}, and are {now}");
        changes.push(Change::new(true, About::Member, place, what));
    }
}

/// What became of an entry.
enum Pair<'e> {
    Both(&'e Entry, &'e Entry),
    Removed(&'e Entry),
    Added(&'e Entry),
    Renamed(&'e Entry, &'e Entry),
}

/// The old entries in their order, then the new ones.
fn pairs<'e>(old: &'e [Entry], new: &'e [Entry], renamed: &[(String, String)]) -> Vec<Pair<'e>> {
    let find = |name: &str| new.iter().find(|entry| entry.name == name);
    let mut pairs: Vec<_> = old
        .iter()
        .map(|old| {
            let to = renamed.iter().find(|(from, _)| *from == old.name);
            match (find(&old.name), to.and_then(|(_, to)| find(to))) {
                (Some(new), _) => Pair::Both(old, new),
                (None, Some(new)) => Pair::Renamed(old, new),
                (None, None) => Pair::Removed(old),
            }
        })
        .collect();
    let is_new = |entry: &&Entry| {
        !old.iter().any(|known| known.name == entry.name)
            && !renamed.iter().any(|(_, to)| *to == entry.name)
    };
    pairs.extend(new.iter().filter(is_new).map(Pair::Added));
    pairs
}

/// What only lost its name: one that is gone and one that came say the same, and no other does.
fn renamed(old: &[Entry], new: &[Entry]) -> Vec<(String, String)> {
    let gone: Vec<_> =
        old.iter().filter(|old| !new.iter().any(|new| new.name == old.name)).collect();
    let came: Vec<_> =
        new.iter().filter(|new| !old.iter().any(|old| old.name == new.name)).collect();
    let mut renamed = Vec::new();
    for old in &gone {
        let alike = |other: &&&Entry| {
            (&other.facts, &other.members, &other.arms) == (&old.facts, &old.members, &old.arms)
        };
        let before = gone.iter().filter(alike).count();
        let mut now = came.iter().filter(alike);
        if let (1, Some(new), None) = (before, now.next(), now.next()) {
            renamed.push((old.name.clone(), new.name.clone()));
        }
    }
    renamed
}

/// Puts the new name of a schema in the place of the old one.
fn rename_types(entry: &mut Entry, from: &str, to: &str) {
    for (keyword, fact) in &mut entry.facts {
        if keyword == "type" {
            rename_type(fact, from, to);
        }
    }
    for inner in entry.members.iter_mut().chain(&mut entry.arms) {
        rename_types(inner, from, to);
    }
}

fn rename_type(fact: &mut Fact, from: &str, to: &str) {
    match fact {
        Fact::Text(name) if name == from => to.clone_into(name),
        Fact::List(items) => items.iter_mut().for_each(|item| rename_type(item, from, to)),
        _ => {}
    }
}
