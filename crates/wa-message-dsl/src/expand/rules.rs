//! Rules over several values, some of which are constants: what to say when one is broken.

use wa_message_rules::table::{Asks, Condition, Object, Rule, Schema, Step};

use super::proof::looks_at_open;
use crate::{
    diagnostic::Spot,
    tree::{Content, Item, Tree},
};

/// The rules that constants may break: the place of the first one, and all of them in words.
///
/// The compiler says that one of them is broken, and mostly there is one.
pub(super) fn open(root: &'static Object, tree: &Tree) -> Option<(Spot, String)> {
    let mut found = Vec::new();
    object(root, tree, &mut found);
    let spot = found.first()?.0;
    let mut words: Vec<String> = Vec::new();
    for (_, sentence) in found {
        if !words.contains(&sentence) {
            words.push(sentence);
        }
    }
    Some((spot, words.join(", or ")))
}

fn object(object: &'static Object, tree: &Tree, found: &mut Vec<(Spot, String)>) {
    let mut next = Some(object);
    while let Some(object) = next {
        for field in object.fields {
            if let Some(inner) = tree.member(field.name) {
                value(field.schema, inner, field.name, found);
            }
        }
        for rule in object.rules.iter().filter(|rule| looks_at_open(rule, tree)) {
            if !is_said_by_another(rule, object) {
                found.push((spot(rule, tree), words(rule, object)));
            }
        }
        next = object.tag.and_then(|tag| tree.arm(tag)).map(|arm| arm.object);
    }
}

/// Whether a rule looks closer at a text whose form another rule asks for in any case.
fn is_said_by_another(rule: &Rule, object: &Object) -> bool {
    let Asks::Matches { path, .. } = rule.asks else { return false };
    let looks_closer = |rule: &Rule| {
        let is_form = |condition: &Condition| matches!(condition, Condition::Matches { .. });
        rule.when.iter().any(is_form)
    };
    let asks_alike =
        |other: &Rule| matches!(other.asks, Asks::Matches { path: known, .. } if known == path);
    looks_closer(rule) && object.rules.iter().any(|other| asks_alike(other) && !looks_closer(other))
}

fn value(schema: Schema, tree: &Tree, name: &str, found: &mut Vec<(Spot, String)>) {
    match (&tree.content, schema) {
        // What is in it is not seen here.
        (Content::Const(_), Schema::Object(_) | Schema::List(_)) => {
            found.push((tree.spot, format!("`{name}` breaks a limit of what is in it")));
        }
        (Content::Object(_), Schema::Object(inner)) => object(inner, tree, found),
        (Content::List(items), Schema::List(list)) => {
            for item in items.iter().flat_map(Item::trees) {
                value(list.items, item, name, found);
            }
        }
        _ => {}
    }
}

/// Where the values of a rule stand.
fn spot(rule: &Rule, tree: &Tree) -> Spot {
    let member = path(rule).and_then(|path| match path.first() {
        Some(Step::Member(name)) => tree.member(name),
        _ => None,
    });
    member.map_or(tree.spot, |member| member.spot)
}

fn path(rule: &Rule) -> Option<&'static [Step]> {
    match rule.asks {
        Asks::Unique(path)
        | Asks::Same { path, .. }
        | Asks::Contiguous(path)
        | Asks::MaxLength { path, .. }
        | Asks::MaxBytes { path, .. }
        | Asks::Matches { path, .. }
        | Asks::Within { path, .. }
        | Asks::Among { path, .. }
        | Asks::OneOf { path, .. }
        | Asks::Sum { total: path, .. }
        | Asks::Less { lesser: path, .. } => Some(path),
        _ => None,
    }
}

fn words(rule: &Rule, object: &Object) -> String {
    let of = |path: &[Step]| {
        let mut names = path.iter().filter_map(|step| match step {
            Step::Member(name) => Some(*name),
            _ => None,
        });
        let (first, last) = (names.next(), names.next_back());
        match (first, last) {
            (Some(first), Some(last)) => format!("`{last}` of `{first}`"),
            (Some(only), None) => format!("`{only}`"),
            _ => object.label.to_owned(),
        }
    };
    match &rule.asks {
        Asks::Unique(path) => format!("two {} are equal", of(path)),
        Asks::Same { path, .. } => format!("the {} are not all equal", of(path)),
        Asks::Contiguous(path) => format!("the {} leave out a number", of(path)),
        Asks::MaxLength { path, max } => {
            format!("{} takes at most {max} characters here", of(path))
        }
        Asks::MaxBytes { path, max } => format!("{} takes at most {max} bytes here", of(path)),
        Asks::Within { path, min: Some(min), max: None, .. } => {
            format!("{} must be at least {min} here", of(path))
        }
        Asks::Among { path, among } => format!("{} is none of the {}", of(path), of(among)),
        Asks::OneOf { path, values, .. } => {
            let values: Vec<_> = values.iter().map(|value| format!("`{value}`")).collect();
            format!("{} takes {} here", of(path), values.join(" or "))
        }
        Asks::Sum { total, .. } => format!("{} is not {}", of(total), rule.says),
        Asks::Less { lesser, greater } => {
            format!("{} is not less than {}", of(lesser), of(greater))
        }
        _ if !rule.says.is_empty() => rule.says.to_owned(),
        _ => format!("{} breaks a rule of several fields", object.label),
    }
}
