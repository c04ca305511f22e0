//! Types and limits in words.

use wa_message_rules::{
    listed,
    table::{Integer, Json, List, Number, Object, Schema, Text},
};
use xtask::limits;

use crate::{fields::Is, pages::capital};

/// What a value is: "text", "array of rows".
pub(crate) fn kind_of(is: Is, in_page: bool) -> String {
    match is {
        Is::Value(schema) => type_of(schema, in_page),
        Is::Items(object) => format!("array, each {}", link(object, in_page)),
        Is::Held(Schema::List(List { max: 1, items, .. }), _) => type_of(*items, in_page),
        Is::Held(schema, named) => {
            let by_name = if named { ", or an object of texts by their names" } else { "" };
            format!("{}{by_name}", type_of(schema, in_page))
        }
    }
}

fn type_of(schema: Schema, in_page: bool) -> String {
    match schema {
        Schema::Text(Text { values: Some(values), .. }) => {
            let names: Vec<_> = values.names.iter().map(|name| format!("`{name}`")).collect();
            listed(names, "or")
        }
        Schema::Text(_) => "text".to_owned(),
        Schema::Integer(Integer { constant: Some(constant), .. }) => format!("`{constant}`"),
        Schema::Integer(_) => "whole number".to_owned(),
        Schema::Number(_) => "number".to_owned(),
        Schema::Boolean => "`true` or `false`".to_owned(),
        Schema::Json(_) => "free JSON".to_owned(),
        Schema::List(list) => format!("array, each {}", type_of(list.items, in_page)),
        Schema::Object(object) => {
            let link = link(object, in_page);
            if takes_text(object) { format!("{link}, or a text") } else { link }
        }
        _ => String::new(),
    }
}

/// Whether a text may stand in the place of an object.
fn takes_text(object: &'static Object) -> bool {
    natural(object).is_some_and(|schema| matches!(schema, Schema::Text(_)))
}

/// What the value is that may stand in the place of an object.
pub(crate) fn natural(object: &'static Object) -> Option<Schema> {
    let name = object.natural?;
    let mut arms = object.tag.into_iter().flat_map(|tag| tag.arms);
    let field = object.field(name).or_else(|| arms.find_map(|arm| arm.object.field(name)))?;
    match field.schema {
        Schema::Object(inner) => natural(inner),
        schema => Some(schema),
    }
}

fn link(object: &'static Object, in_page: bool) -> String {
    if in_page {
        format!("[{}](#{})", object.label, anchor(&heading(object)))
    } else {
        object.label.to_owned()
    }
}

/// The title of the section about an object.
pub(crate) fn heading(object: &Object) -> String {
    capital(object.label)
}

/// The anchor that rustdoc gives to a heading.
fn anchor(heading: &str) -> String {
    let kept = heading.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.collect::<String>().to_lowercase().replace(' ', "-")
}

/// The limits of a value: "1 to 20 characters".
pub(crate) fn limits(is: Is) -> String {
    match is {
        Is::Held(Schema::List(List { max: 1, items, .. }), _) => limits_of(*items),
        Is::Value(schema) | Is::Held(schema, _) => limits_of(schema),
        Is::Items(_) => String::new(),
    }
}

fn limits_of(schema: Schema) -> String {
    match schema {
        Schema::Text(Text { values: Some(_), .. }) | Schema::Boolean => String::new(),
        // Those of the text that may stand in its place.
        Schema::Object(object) => natural(object)
            .filter(|schema| matches!(schema, Schema::Text(_)))
            .map_or_else(String::new, limits_of),
        Schema::Text(text) => {
            let length = counted(text.min, text.max, "character");
            let says =
                if text.says.is_empty() { String::new() } else { format!("must {}", text.says) };
            joined(&[length, says])
        }
        Schema::Integer(Integer { min, max, .. }) => {
            limits::range(min.as_ref(), max.as_ref()).unwrap_or_default()
        }
        Schema::Number(Number { min, max, .. }) => {
            limits::range(min.as_ref(), max.as_ref()).unwrap_or_default()
        }
        Schema::Json(Json { min, max, texts, .. }) => {
            let texts =
                texts.map_or_else(String::new, |max| format!("texts of at most {max} characters"));
            joined(&[counted(*min, *max, "member"), texts])
        }
        Schema::List(List { min, max, items, .. }) => {
            let each = limits_of(*items);
            let each = if each.is_empty() { each } else { format!("each {each}") };
            joined(&[counted(*min, *max, "item"), each])
        }
        _ => String::new(),
    }
}

fn joined(parts: &[String]) -> String {
    let parts: Vec<_> = parts.iter().filter(|part| !part.is_empty()).cloned().collect();
    parts.join("; ")
}

fn counted(min: usize, max: usize, one: &str) -> String {
    // The tables have a number for no limit.
    let max = (max < usize::MAX).then_some(max);
    limits::counted(min, max, one).unwrap_or_default()
}
