//! The words of sentences.

use crate::{
    node::Value,
    problem::Problem,
    shown::quoted,
    suggest::nearest,
    table::{Keyword, List, Schema},
    whereabouts::in_full,
};

/// The problem of a text that is none of the values that are known.
#[must_use]
pub fn not_allowed(field: String, found: &str, allowed: &[&str]) -> Problem {
    Problem::NotAllowed {
        field,
        found: quoted(found),
        allowed: allowed.iter().map(|name| format!("`{name}`")).collect(),
        suggestion: match allowed {
            [_] => None,
            _ => nearest(found, allowed.iter().copied()).map(str::to_owned),
        },
    }
}

/// The first sentence of a description, as it stands inside another sentence.
#[must_use]
pub fn noun_phrase(description: &str) -> String {
    let sentence = description.split_once(". ").map_or(description, |(first, _)| first);
    let sentence = sentence.trim_end_matches('.');
    let mut letters = sentence.chars();
    match letters.next() {
        // An abbreviation such as "WAMID" keeps its capitals.
        Some(first) if letters.clone().next().is_none_or(|c| !c.is_uppercase()) => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => sentence.to_owned(),
    }
}

/// A number, or a text that is one.
pub(crate) fn number<N>(value: &Value<'_, N>) -> Option<f64> {
    match value {
        #[allow(clippy::cast_precision_loss)] // JSON numbers are doubles to most readers.
        Value::Integer(found) => Some(*found as f64),
        Value::Number(found) => Some(*found),
        Value::Text(found) => found.parse().ok(),
        _ => None,
    }
}

pub(crate) fn range(min: Option<String>, max: Option<String>) -> String {
    match (min, max) {
        (Some(min), Some(max)) if min == max => min,
        (Some(min), Some(max)) => format!("from {min} to {max}"),
        (Some(min), None) => format!("at least {min}"),
        (None, Some(max)) => format!("at most {max}"),
        (None, None) => "a 64-bit whole number".to_owned(),
    }
}

pub(crate) fn expected_type(schema: Schema) -> &'static str {
    match schema {
        Schema::Text(_) => "a text",
        Schema::Integer(_) => "a whole number",
        Schema::Number(_) => "a number",
        Schema::Boolean => "`true` or `false`",
        Schema::Json(_) | Schema::Object(_) => "an object",
        Schema::List(_) => "an array",
    }
}

/// What a sentence calls the JSON type of a value.
#[must_use]
pub fn found_type<N>(value: &Value<'_, N>) -> &'static str {
    match value {
        Value::Unknown | Value::OneOf(_) => "an expression",
        Value::Null => "`null`",
        Value::Boolean(_) => "`true` or `false`",
        Value::Integer(_) | Value::Number(_) => "a number",
        Value::Text(_) => "a text",
        Value::List(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// How a value of another type is written in the right one, where that is certain.
pub(crate) fn fix<N>(found: &Value<'_, N>, expected: Schema) -> Option<String> {
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
pub(crate) fn as_text<N>(found: &Value<'_, N>) -> Option<String> {
    match found {
        Value::Integer(found) => Some(format!("\"{found}\"")),
        Value::Number(found) => Some(format!("\"{found}\"")),
        Value::Boolean(found) => Some(format!("\"{found}\"")),
        _ => None,
    }
}

pub(crate) fn type_number(schema: Schema) -> Option<u16> {
    match schema {
        Schema::Text(text) => text.numbers.of(Keyword::Any),
        Schema::Integer(integer) => integer.numbers.of(Keyword::Any),
        Schema::Number(number) => number.numbers.of(Keyword::Any),
        Schema::Json(json) => json.numbers.of(Keyword::Any),
        Schema::List(list) => list.numbers.of(Keyword::Any),
        Schema::Boolean | Schema::Object(_) => None,
    }
}
