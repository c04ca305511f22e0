//! Reading JSON: what is written in another way than the canonical one is understood too.

use std::borrow::Cow;

use serde_json::{Map, Number, Value};
use wa_message_rules::{
    self as rules, Count, Item, Node,
    table::{Arm, Object, Schema, Tag, Text},
};

/// A JSON value as the rules see it.
#[derive(Clone, Copy)]
pub(crate) struct JsonNode<'a>(pub(crate) &'a Value);

impl<'a> Node<'a> for JsonNode<'a> {
    fn value(self) -> rules::Value<'a, Self> {
        match self.0 {
            Value::Null => rules::Value::Null,
            Value::Bool(value) => rules::Value::Boolean(*value),
            Value::Number(value) => match Numeral::of(value) {
                Numeral::Integer(value) => rules::Value::Integer(value),
                Numeral::Float(value) => rules::Value::Number(value),
            },
            Value::String(value) => rules::Value::Text(Cow::Borrowed(value)),
            Value::Array(items) => {
                let items = items.iter().map(|item| Item { node: Self(item), count: Count::Once });
                rules::Value::List(items.collect())
            }
            Value::Object(members) => {
                let members = members.iter().map(|(name, value)| (name.as_str(), Self(value)));
                rules::Value::Object(members.collect())
            }
        }
    }
}

/// What a number means, whatever `serde_json` keeps of it.
///
/// Under the feature `arbitrary_precision`, which any crate of a program can turn on, a number is its text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Numeral {
    /// A whole number of 64 bits.
    Integer(i128),
    /// Any other number. It is not finite if it is too great.
    Float(f64),
}

impl Numeral {
    pub(crate) fn of(number: &Number) -> Self {
        match (number.as_u64(), number.as_i64()) {
            (Some(number), _) => Self::Integer(number.into()),
            // Whole numbers have no zero with a sign.
            (None, Some(0)) => Self::Float(-0.0),
            (None, Some(number)) => Self::Integer(number.into()),
            (None, None) => Self::Float(number.as_f64().unwrap_or(f64::INFINITY)),
        }
    }
}

/// The canonical form of an object: without `null`, with its tags, numbers as numbers. What no rule
/// allows stays as it is.
pub(crate) fn canonical(value: &Value, object: &'static Object) -> Value {
    let Value::Object(members) = value else {
        return value.clone();
    };
    let mut out = Map::new();
    let chosen: Vec<_> = object.chosen(|_, tag| arm(tag, members)).collect();
    for object in &chosen {
        for field in object.fields {
            match members.get(field.name) {
                None | Some(Value::Null) => {}
                Some(value) => {
                    out.insert(field.name.to_owned(), canonical_value(value, field.schema));
                }
            }
        }
        if let Some((tag, arm)) = object.tag.and_then(|tag| Some((tag, arm(tag, members)?))) {
            out.insert(tag.name.to_owned(), arm.value.into());
        }
    }
    // Nothing in the place of a member is no member, but a name that is not known is a slip.
    let comes_to_nothing = |name: &str, value: &Value| {
        chosen.iter().any(|object| {
            let is_known = || {
                object.field(name).is_some()
                    || object.tag.is_some_and(|tag| tag.name == name)
                    || object.refusal(name).is_some()
            };
            object.ignored.contains(&name) || value.is_null() && is_known()
        })
    };
    for (name, value) in members {
        if !out.contains_key(name) && !comes_to_nothing(name, value) {
            out.insert(name.clone(), value.clone());
        }
    }
    Value::Object(out)
}

/// The arm that a member chooses, or its absence.
pub(crate) fn arm(tag: &Tag, members: &Map<String, Value>) -> Option<&'static Arm> {
    match members.get(tag.name) {
        None | Some(Value::Null) => tag.chosen(None),
        Some(given) => tag.chosen(Some(given.as_str()?)),
    }
}

fn canonical_value(value: &Value, schema: Schema) -> Value {
    match (value, schema) {
        (Value::Object(_), Schema::Object(object)) => canonical(value, object),
        (Value::Array(items), Schema::List(list)) => {
            items.iter().map(|item| canonical_value(item, list.items)).collect()
        }
        (Value::Number(number), Schema::Text(text)) if text.lenient_integer => {
            match Numeral::of(number) {
                Numeral::Integer(number) => Value::String(number.to_string()),
                Numeral::Float(_) => value.clone(),
            }
        }
        (Value::String(found), Schema::Text(Text { values: Some(values), .. })) => {
            values.canonical(found).unwrap_or(found).into()
        }
        (Value::String(text), Schema::Number(_)) => {
            let number = text.parse().ok().and_then(Number::from_f64);
            number.map_or_else(|| value.clone(), Value::Number)
        }
        (Value::Number(number), Schema::Integer(_)) => match Numeral::of(number) {
            #[allow(clippy::cast_possible_truncation)] // It has no fraction and fits.
            Numeral::Float(whole) if whole.fract() == 0.0 && whole.abs() < 9e15 => {
                (whole as i64).into()
            }
            _ => value.clone(),
        },
        _ => value.clone(),
    }
}
