//! How definitions come back that were posted: with the texts that the API writes, and with other buttons.

use serde_json::{Map, Value};
use wa_message_spec::templates::DEMANDS;

use super::holes::{fill, member};
use crate::generated::templates::ANSWERED;

/// Makes of what creates a template what the list has.
pub(super) fn answered(mut json: Value) -> Value {
    let members = &DEMANDS.members;
    for name in [members.category, members.parameter_format.0] {
        upper(&mut json, name);
    }
    if let Some(components) = json.get_mut(members.components) {
        answer_components(components, true);
    }
    json
}

/// Components of a template, or of a card of it.
fn answer_components(components: &mut Value, has_cards: bool) {
    let members = &DEMANDS.members;
    let Value::Array(all) = components else { return };
    for component in all.iter_mut() {
        upper(component, members.tag);
        upper(component, members.format);
    }
    let beside = all.clone();
    for component in all {
        answer(component, &beside);
        if let Some(Value::Array(buttons)) = component.get_mut(members.buttons) {
            for button in buttons {
                upper(button, members.tag);
                answer(button, &beside);
            }
        }
        // Cards have no cards.
        if let Some(Value::Array(cards)) = component.get_mut(members.cards).filter(|_| has_cards) {
            for components in cards.iter_mut().filter_map(|card| card.get_mut(members.components)) {
                answer_components(components, false);
            }
        }
    }
}

/// Answers a component or a button. What stands behind a type and a dot is a member of the component beside it.
fn answer(json: &mut Value, beside: &[Value]) {
    let tag = DEMANDS.members.tag;
    let of = json.get(tag).and_then(Value::as_str).unwrap_or_default();
    let fits = |row: &&crate::templates::table::Answered| {
        row.of == of
            && (row.has.is_empty()
                || member(json, row.has).is_some_and(|value| value != Value::Bool(false)))
            && (row.lacks.is_empty() || json.get(row.lacks).is_none())
    };
    let Some(row) = ANSWERED.iter().find(fits) else { return };
    let find = |way: &str| {
        member(json, way).or_else(|| {
            let (of, way) = way.split_once('.')?;
            let is_it = |one: &&Value| one.get(tag).and_then(Value::as_str) == Some(of);
            member(beside.iter().find(is_it)?, way)
        })
    };
    let gives = fill(row.gives, &find);
    match json {
        Value::Object(members) if !row.instead => members.extend(gives),
        json => *json = Value::Object(gives),
    }
}

/// Writes a word of the API as answers do.
fn upper(json: &mut Value, name: &str) {
    if let Some(Value::String(word)) =
        json.as_object_mut().and_then(|members: &mut Map<_, _>| members.get_mut(name))
    {
        *word = word.to_ascii_uppercase();
    }
}
