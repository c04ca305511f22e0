//! Words what a field takes.

use crate::{
    limits::{counted, either, range},
    model::{Description, Field, Text, Type},
};

/// The documentation of a field: what it is, and what it takes.
pub(super) fn of(description: &Description, what: &str, field: &Field, required: bool) -> String {
    let need = if required { "Required" } else { "Optional" };
    format!("{what}\n\n{need}: {}.", takes(description, &field.value))
}

/// The documentation of a tag, which is told by the other fields mostly.
pub(super) fn of_tag(what: &str, values: &[&str]) -> String {
    format!("{what}\n\nOptional where the other fields tell it: {}.", one_of(values))
}

fn takes(description: &Description, value: &Type) -> String {
    match value {
        Type::Text(text) => of_text(description, text),
        Type::Integer { constant: Some(only), .. } => format!("always {only}"),
        Type::Integer { min, max, .. } => between("a whole number", range(*min, *max)),
        Type::Number { min, max, .. } => between("a number", range(*min, *max)),
        Type::Boolean => "`true` or `false`".to_owned(),
        Type::Json { min, max, texts, .. } => {
            let members = counted(*min, *max, "member");
            let members = members.unwrap_or_else(|| "any number of members".to_owned());
            let members = format!("an object of {members}");
            match texts {
                Some(most) => format!("{members}, each a text of at most {most} characters"),
                None => members,
            }
        }
        Type::Any => "any JSON value".to_owned(),
        Type::List(list) => {
            let items = takes(description, &list.items);
            let count = counted(list.min, list.max, "item");
            let count = count.unwrap_or_else(|| "any number of items".to_owned());
            format!("an array of {count}, each {items}")
        }
        Type::Object(name) | Type::OpenEnum(name) => {
            let Some(object) = description.object(name) else { return "a text".to_owned() };
            match description.natural(object).map(|field| &field.value) {
                Some(value @ Type::Text(_)) => {
                    format!("{}, or {}", object.label, takes(description, value))
                }
                _ => object.label.clone(),
            }
        }
    }
}

fn of_text(description: &Description, text: &Text) -> String {
    if let Some(values) = text.values.as_ref().and_then(|name| description.values(name)) {
        let values: Vec<_> = values.values.iter().map(String::as_str).collect();
        return one_of(&values);
    }
    let limits = match counted(text.min, text.max, "character") {
        None => "a text".to_owned(),
        Some(_) if text.max.is_none() && text.min == 1 => "a text that is not empty".to_owned(),
        Some(limits) => format!("a text of {limits}"),
    };
    if text.says.is_empty() { limits } else { format!("{limits}; it must {}", text.says) }
}

fn one_of(values: &[&str]) -> String {
    match values {
        [] => "a text".to_owned(),
        [only] => format!("always `{only}`"),
        _ => either(values.iter().map(|value| format!("`{value}`"))),
    }
}

fn between(what: &str, limits: Option<String>) -> String {
    match limits {
        None => what.to_owned(),
        Some(limits) => format!("{what}, {limits}"),
    }
}
