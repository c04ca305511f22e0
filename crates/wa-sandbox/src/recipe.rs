//! JSON with holes, and the places in a message where something can be answered.

use serde_json::{Map, Value};

/// A message that an action of a customer makes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Made {
    /// Where in the message that it answers something stands that can be answered. Empty if it answers none.
    pub(crate) at: &'static str,
    /// The member of what stands there by which it is chosen. Empty if it is the only one.
    pub(crate) by: &'static str,
    /// The member of what stands there that goes into the JSON of the answer. Empty if none does.
    pub(crate) keeps: &'static str,
    /// The JSON of what a customer fills in, as an example with holes. Empty if they fill in nothing.
    pub(crate) asks: &'static str,
    /// The JSON of the message, with holes.
    pub(crate) gives: &'static str,
}

/// Fills the holes of a JSON text: texts and names that begin with `$`. A member whose hole stays empty is left out.
pub(crate) fn fill(json: &str, hole: impl Fn(&str) -> Option<Value>) -> Value {
    // It was written by the generator, and a test reads each of them.
    let recipe = serde_json::from_str(json).unwrap_or_default();
    filled(recipe, &hole).unwrap_or_default()
}

fn filled(recipe: Value, hole: &impl Fn(&str) -> Option<Value>) -> Option<Value> {
    match recipe {
        Value::String(text) => match text.strip_prefix('$') {
            Some(name) => hole(name),
            None => Some(Value::String(text)),
        },
        Value::Array(items) => {
            Some(items.into_iter().filter_map(|item| filled(item, hole)).collect())
        }
        Value::Object(members) => {
            let members = members.into_iter().filter_map(|(name, value)| {
                let name = match name.strip_prefix('$') {
                    Some(name) => hole(name)?.as_str()?.to_owned(),
                    None => name,
                };
                Some((name, filled(value, hole)?))
            });
            Some(Value::Object(members.collect::<Map<_, _>>()))
        }
        other => Some(other),
    }
}

/// Finds what stands at a place: members by `.`, all items of an array by `[]`, and an object or items in which a member
/// has a value by `[name=value]`.
pub(crate) fn at<'v>(value: &'v Value, place: &str) -> Vec<&'v Value> {
    let mut found = vec![value];
    for step in place.split('.') {
        let (name, filter) = match step.split_once('[') {
            Some((name, filter)) => (name, Some(filter.trim_end_matches(']'))),
            None => (step, None),
        };
        let members = found.into_iter().filter_map(|value| value.get(name));
        found = match filter {
            None => members.collect(),
            Some(filter) => members.flat_map(|value| fitting(value, filter)).collect(),
        };
    }
    found
}

fn fitting<'v>(value: &'v Value, filter: &str) -> Vec<&'v Value> {
    let fits = |value: &&Value| match filter.split_once('=') {
        None => true,
        Some((name, wanted)) => value.get(name).and_then(Value::as_str) == Some(wanted),
    };
    match value {
        Value::Array(items) => items.iter().filter(fits).collect(),
        value => Some(value).into_iter().filter(fits).collect(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::generated::customer::{
        ANSWERS_FLOW, CHOOSES, ORDERS, REACTS, SAYS, SENDS, SHARES, TAPS,
    };

    #[test]
    fn holes_are_filled_or_left_out() {
        let hole = |name: &str| match name {
            "kind" => Some("list".into()),
            "id" => Some("$kind".into()),
            _ => None,
        };
        let filled =
            fill(r#"{"type":"$kind","$kind":{"id":"$id","title":"$title","$no":1}}"#, hole);
        assert_eq!(filled, json!({ "type": "list", "list": { "id": "$kind" } }));
    }

    #[test]
    fn places_lead_through_objects_and_arrays() {
        let value =
            json!({ "a": { "type": "x", "b": [{ "c": [{ "d": 1 }, { "d": 2, "k": "v" }] }, {}] } });
        assert_eq!(at(&value, "a[type=x].b[].c[].d"), [&json!(1), &json!(2)]);
        assert_eq!(at(&value, "a.b[].c[k=v].d"), [&json!(2)]);
        assert!(at(&value, "a[type=y].b[]").is_empty());
        assert!(at(&value, "a.b.c").is_empty());
    }

    #[test]
    fn each_recipe_is_an_object() {
        for made in [SAYS, REACTS, ORDERS, SENDS, TAPS, CHOOSES, ANSWERS_FLOW, SHARES].concat() {
            assert!(fill(made.gives, |name| Some(name.into())).is_object(), "{}", made.gives);
            let asks = fill(made.asks, |_| None);
            assert!(asks.is_object() || made.asks.is_empty(), "{}", made.asks);
        }
    }
}
