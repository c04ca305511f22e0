//! JSON with holes in angle brackets: `<name>`.
//!
//! A hole is the way to a member, with what stands in for it behind `|`. `<#id>` is written as a number if it is one. A
//! text that is nothing but a hole becomes what the hole is filled with, of any type. What stays empty is left out. An
//! object with nothing but `join` is one text of its pieces, of which values in holes are encoded as those of an address.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value};

/// The member of an object that stands for one text of several pieces.
const JOIN: &str = "join";

/// What is encoded in addresses.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// Fills JSON that was written by the generator.
pub(super) fn fill(json: &str, find: &dyn Fn(&str) -> Option<Value>) -> Map<String, Value> {
    // A test reads each of them.
    let recipe = serde_json::from_str(json).unwrap_or_default();
    match filled(recipe, find) {
        Some(Value::Object(members)) => members,
        _ => Map::new(),
    }
}

fn filled(recipe: Value, find: &dyn Fn(&str) -> Option<Value>) -> Option<Value> {
    match recipe {
        Value::String(text) => match text.strip_prefix('<').and_then(|rest| rest.strip_suffix('>'))
        {
            Some(hole) if !hole.contains('<') => value_of(hole, find),
            _ => filled_text(&text, find, false).map(Value::String),
        },
        Value::Array(items) => {
            let items = items.into_iter().flat_map(|item| {
                let is_hole = item.is_string();
                match filled(item, find) {
                    // An array in place of an item is its items.
                    Some(Value::Array(items)) if is_hole => items,
                    item => item.into_iter().collect(),
                }
            });
            Some(Value::Array(items.collect()))
        }
        Value::Object(members) => match members.get(JOIN) {
            Some(Value::Array(pieces)) if members.len() == 1 => {
                let pieces = pieces.iter().filter_map(Value::as_str);
                let pieces = pieces.filter_map(|piece| filled_text(piece, find, true));
                Some(Value::String(pieces.collect()))
            }
            _ => {
                let members = members.into_iter();
                let members =
                    members.filter_map(|(name, value)| Some((name, filled(value, find)?)));
                Some(Value::Object(members.collect()))
            }
        },
        other => Some(other),
    }
}

/// What a hole is filled with, or what stands in for it.
pub(super) fn value_of(hole: &str, find: &dyn Fn(&str) -> Option<Value>) -> Option<Value> {
    let (way, instead) = match hole.split_once('|') {
        Some((way, instead)) => (way, Some(instead)),
        None => (hole, None),
    };
    let number = way.strip_prefix('#');
    let found = find(number.unwrap_or(way)).or_else(|| instead.map(Value::from))?;
    let as_number = || found.as_str()?.parse::<u64>().ok().map(Value::from);
    Some(number.and_then(|_| as_number()).unwrap_or(found))
}

/// Fills a text, of which nothing is left if one of its holes stays empty.
fn filled_text(text: &str, find: &dyn Fn(&str) -> Option<Value>, encode: bool) -> Option<String> {
    let (mut out, mut rest) = (String::new(), text);
    while let Some((before, behind)) = rest.split_once('<') {
        let (hole, behind) = behind.split_once('>')?;
        out.push_str(before);
        let value = plain(&value_of(hole, find)?)?;
        if encode {
            out.extend(utf8_percent_encode(&value, ENCODED));
        } else {
            out.push_str(&value);
        }
        rest = behind;
    }
    out.push_str(rest);
    Some(out)
}

/// A value in the middle of a text. Several stand with commas between.
fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(items) => {
            let items: Vec<_> = items.iter().filter_map(plain).collect();
            (!items.is_empty()).then(|| items.join(","))
        }
        _ => None,
    }
}

/// Finds what a way of members leads to. Through an array it leads to all of its items.
pub(super) fn member(value: &Value, way: &str) -> Option<Value> {
    let Some((name, rest)) = way.split_once('.') else {
        return value.get(way).filter(|value| !value.is_null()).cloned();
    };
    match value.get(name)? {
        Value::Array(items) => {
            let found: Vec<_> = items.iter().filter_map(|item| member(item, rest)).collect();
            (!found.is_empty()).then_some(Value::Array(found))
        }
        inside => member(inside, rest),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::generated::templates::{ANSWERED, CHANGES};

    fn filled(recipe: &Value, with: &Value) -> Value {
        Value::Object(fill(&recipe.to_string(), &|way| member(with, way)))
    }

    #[test]
    fn holes_are_filled_with_values_of_any_type() {
        let with = json!({ "id": "17", "n": 5, "list": ["a", "b"], "apps": [{ "p": "x.y" }, { "p": "z" }] });
        let recipe = json!({
            "whole": "<n>", "number": "<#id>", "no": "<none>", "usual": "<none|b>", "text": "it is <n>",
            "list": ["<list>"], "one": ["<id>"], "nested": [["1"]],
            "joined": { "join": ["a?p=<apps.p>", "&q=<none>", "&r=<id>"] },
        });
        assert_eq!(
            filled(&recipe, &with),
            json!({
                "whole": 5, "number": 17, "usual": "b", "text": "it is 5", "list": ["a", "b"],
                "one": ["17"], "nested": [["1"]], "joined": "a?p=x.y%2Cz&r=17",
            })
        );
    }

    #[test]
    fn each_recipe_is_an_object() {
        let changes = CHANGES.iter().flat_map(|change| [change.sets, change.gives]);
        for recipe in changes.chain(ANSWERED.iter().map(|answered| answered.gives)) {
            let recipe: Value = serde_json::from_str(recipe).unwrap();
            assert!(recipe.is_object(), "{recipe}");
        }
    }
}
