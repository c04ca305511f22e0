//! Reading JSON: what is written in another way than the canonical one is understood too.

use std::borrow::Cow;

use serde_json::{Map, Number, Value};
use wa_message_spec::{
    self as spec, Count, Item, Node,
    table::{Object, Schema, Text},
};

/// A JSON value as the rules see it.
#[derive(Clone, Copy)]
pub(crate) struct JsonNode<'a>(pub(crate) &'a Value);

impl<'a> Node<'a> for JsonNode<'a> {
    fn value(self) -> spec::Value<'a, Self> {
        match self.0 {
            Value::Null => spec::Value::Null,
            Value::Bool(value) => spec::Value::Boolean(*value),
            Value::Number(value) => match value.as_i128() {
                Some(value) => spec::Value::Integer(value),
                None => spec::Value::Number(value.as_f64().unwrap_or(f64::NAN)),
            },
            Value::String(value) => spec::Value::Text(Cow::Borrowed(value)),
            Value::Array(items) => {
                let items = items.iter().map(|item| Item { node: Self(item), count: Count::Once });
                spec::Value::List(items.collect())
            }
            Value::Object(members) => {
                let members = members.iter().map(|(name, value)| (name.as_str(), Self(value)));
                spec::Value::Object(members.collect())
            }
        }
    }
}

/// The canonical form of an object: without `null`, with its tags, numbers as numbers. What no rule
/// allows stays as it is.
pub(crate) fn canonical(value: &Value, object: &Object) -> Value {
    let Value::Object(members) = value else {
        return value.clone();
    };
    let mut out = Map::new();
    let mut ignored: Vec<&str> = Vec::new();
    let mut next = Some(object);
    while let Some(object) = next {
        ignored.extend(object.ignored);
        for field in object.fields {
            match members.get(field.name) {
                None | Some(Value::Null) => {}
                Some(value) => {
                    out.insert(field.name.to_owned(), canonical_value(value, field.schema));
                }
            }
        }
        next = object.tag.and_then(|tag| {
            let arm = match members.get(tag.name) {
                None | Some(Value::Null) => tag.default.map(|index| &tag.arms[index]),
                Some(given) => given.as_str().and_then(|given| tag.arm(given)),
            }?;
            out.insert(tag.name.to_owned(), arm.value.into());
            Some(arm.object)
        });
    }
    for (name, value) in members.iter().filter(|(_, value)| !value.is_null()) {
        if !out.contains_key(name) && !ignored.contains(&name.as_str()) {
            out.insert(name.clone(), value.clone());
        }
    }
    Value::Object(out)
}

fn canonical_value(value: &Value, schema: Schema) -> Value {
    match (value, schema) {
        (Value::Object(_), Schema::Object(object)) => canonical(value, object),
        (Value::Array(items), Schema::List(list)) => {
            items.iter().map(|item| canonical_value(item, list.items)).collect()
        }
        (Value::Number(number), Schema::Text(text)) if text.lenient_integer && !number.is_f64() => {
            Value::String(number.to_string())
        }
        (Value::String(found), Schema::Text(Text { values: Some(values), .. })) => {
            values.canonical(found).unwrap_or(found).into()
        }
        (Value::String(text), Schema::Number(_)) => {
            let number = text.parse().ok().and_then(Number::from_f64);
            number.map_or_else(|| value.clone(), Value::Number)
        }
        (Value::Number(number), Schema::Integer(_)) => match number.as_f64() {
            #[allow(clippy::cast_possible_truncation)] // It has no fraction and fits.
            Some(whole) if number.is_f64() && whole.fract() == 0.0 && whole.abs() < 9e15 => {
                (whole as i64).into()
            }
            _ => value.clone(),
        },
        _ => value.clone(),
    }
}
