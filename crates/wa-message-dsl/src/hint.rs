//! Guesses what was meant, where the rules alone cannot tell.

use proc_macro2::TokenStream;
use wa_message_rules::{
    Problem, ProblemKind, listed,
    names::Names,
    table::{Arm, ByName, List, Object, Schema},
};

use crate::tree::{Content, Expression, Member, Tree};

/// What may help with a problem, beyond what the rules know.
pub(crate) fn of(at: &Tree, problem: &Problem) -> Option<String> {
    match (problem.kind(), &at.content) {
        (ProblemKind::WrongType { .. }, Content::Text(text)) if is_json(text) => {
            Some("write the JSON without the quotes".to_owned())
        }
        (ProblemKind::WrongType { .. }, _) => at.hint.clone(),
        (ProblemKind::TooLong { .. } | ProblemKind::TooLongHere { .. }, Content::Text(text)) => {
            text.contains(joins).then(|| "an emoji may count as several characters".to_owned())
        }
        _ => None,
    }
}

fn is_json(text: &str) -> bool {
    let text = text.trim();
    text.starts_with('{') && text.ends_with('}') || text.starts_with('[') && text.ends_with(']')
}

/// Whether a character makes one picture with others: joiners, variations, skin tones, flags, accents.
fn joins(letter: char) -> bool {
    matches!(letter, '\u{200D}' | '\u{FE0E}' | '\u{FE0F}' | '\u{20E3}' | '\u{300}'..='\u{36F}'
        | '\u{1F1E6}'..='\u{1F1FF}' | '\u{1F3FB}'..='\u{1F3FF}' | '\u{E0020}'..='\u{E007F}')
}

/// How the fields are written that an object needs, for a bare value in its place.
pub(crate) fn in_braces(object: &'static Object) -> Option<String> {
    let names = needed(object);
    let written = |names: &[&str]| {
        let names: Vec<_> = names.iter().map(|name| format!("{name}: ..")).collect();
        format!("`{{ {} }}`", names.join(", "))
    };
    if !names.is_empty() {
        return Some(format!("write {}", written(&names)));
    }
    let choices: Vec<_> = object.exactly_one.iter().map(|names| written(names)).collect();
    if !choices.is_empty() {
        return Some(format!("write {}", choices.join(" or ")));
    }
    let first = object.fields.first().filter(|_| object.tag.is_none())?;
    Some(format!("write {}", written(&[first.name])))
}

/// How a text is written that stands for a whole item of an array with a name: behind one of the kinds that
/// a text is enough for.
pub(crate) fn behind_its_kind(
    list: &'static List,
    by_name: &ByName,
    item: &Tree,
) -> Option<String> {
    let Schema::Object(object) = list.items else { return None };
    if !matches!(item.content, Content::Text(_) | Content::AtLeast(_) | Content::Const(_)) {
        return None;
    }
    let kinds = object.tag?.arm(by_name.value)?.object.tag?.arms.iter();
    let of_text = |arm: &&Arm| arm.stands_for().is_some_and(|field| takes_text(field.schema));
    let kinds: Vec<_> =
        kinds.filter(of_text).map(|arm| format!("`{{ {}: .. }}`", arm.value)).collect();
    (!kinds.is_empty()).then(|| format!("write {}", listed(kinds, "or")))
}

/// Whether a bare text can stand for a value.
fn takes_text(schema: Schema) -> bool {
    match schema {
        Schema::Text(text) => text.values.is_none(),
        Schema::List(list) => takes_text(list.items),
        Schema::Object(object) => {
            let arms = object.tag.into_iter().flat_map(|tag| tag.arms).map(|arm| arm.object);
            let mut objects = std::iter::once(object).chain(arms);
            let natural = object.natural;
            let field = natural.and_then(|name| objects.find_map(|object| object.field(name)));
            field.is_some_and(|field| takes_text(field.schema))
        }
        _ => false,
    }
}

/// The fields that the short form needs. Those of a tag with several values are not known.
fn needed(object: &'static Object) -> Vec<&'static str> {
    let names = Names::of(object, &mut |tag, _| tag.only());
    let needed = names.slots.iter().filter(|slot| {
        let field = slot.field;
        slot.is_needed && !slot.is_natural && !field.position && !field.is_filled_in()
    });
    needed.map(|slot| slot.name).collect()
}

/// How a whole item is written behind a condition, where the fields of one stand.
pub(crate) fn spread(condition: &TokenStream, then: &Tree) -> Option<String> {
    let Content::Object(fields) = &then.content else { return None };
    let name = shorthand(fields)?;
    let mut condition = condition.to_string();
    if condition.contains(|letter: char| letter != '_' && !letter.is_alphanumeric()) {
        condition = format!("({condition})");
    }
    Some(format!(
        "behind `if` stand the fields of an item; a whole one is spread: `..{condition}.then_some({name})`"
    ))
}

/// How a value is written that stands in braces of its own: `{ name }` is an object with a field
/// `name`.
pub(crate) fn without_braces(fields: &[Member]) -> Option<String> {
    let name = shorthand(fields)?;
    Some(format!("write `{name}` without braces, which make an object"))
}

/// The only name in braces, if it has no value.
fn shorthand(fields: &[Member]) -> Option<&str> {
    let [Member { name, value: Tree { content, .. } }] = fields else { return None };
    let Content::Expression(Expression { tokens, .. }) = content else { return None };
    (tokens.to_string() == *name).then_some(name)
}
