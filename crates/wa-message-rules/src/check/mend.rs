//! Values of a wrong type, as they are written in the right one.

use crate::{
    node::Value,
    table::{List, Schema},
    whereabouts::in_full,
};

/// How a value of another type is written in the right one, where that is certain.
pub(super) fn fix<N>(found: &Value<'_, N>, expected: Schema) -> Option<String> {
    match (found, expected) {
        (_, Schema::Text(_)) => as_text(found),
        (Value::Text(found), Schema::Boolean) => {
            matches!(&**found, "true" | "false").then(|| found.to_string())
        }
        (Value::Text(found), Schema::Integer(_)) => {
            found.parse::<i64>().ok().map(|found| found.to_string())
        }
        (Value::Object(_), Schema::List(List { items: Schema::Object(_), .. })) => {
            Some("[{ .. }]".to_owned())
        }
        (Value::Text(_), Schema::Object(object)) => in_full(object),
        _ => None,
    }
}

/// A number or a truth value as a text.
pub(super) fn as_text<N>(found: &Value<'_, N>) -> Option<String> {
    match found {
        Value::Integer(found) => Some(format!("\"{found}\"")),
        Value::Number(found) => Some(format!("\"{found}\"")),
        Value::Boolean(found) => Some(format!("\"{found}\"")),
        _ => None,
    }
}
