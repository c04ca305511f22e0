//! What a field takes, in words.

use crate::model::{Description, Field, Text, Type};

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
        Type::Integer { min, max, .. } => between("a whole number", *min, *max),
        Type::Number { min, max, .. } => between("a number", *min, *max),
        Type::Boolean => "`true` or `false`".to_owned(),
        Type::Json { min, max, texts, .. } => {
            let members = format!("an object of {}", count(*min, *max, "member"));
            match texts {
                Some(most) => format!("{members}, each a text of at most {most} characters"),
                None => members,
            }
        }
        Type::Any => "any JSON value".to_owned(),
        Type::List(list) => {
            let items = takes(description, &list.items);
            format!("an array of {}, each {items}", count(list.min, list.max, "item"))
        }
        Type::Object(name) | Type::OpenEnum(name) => {
            description.object(name).map_or("a text", |object| &object.label).to_owned()
        }
    }
}

fn of_text(description: &Description, text: &Text) -> String {
    if let Some(values) = text.values.as_ref().and_then(|name| description.values(name)) {
        let values: Vec<_> = values.values.iter().map(String::as_str).collect();
        return one_of(&values);
    }
    let limits = match (text.min, text.max) {
        (0, None) => "a text".to_owned(),
        (1, None) => "a text that is not empty".to_owned(),
        (min, max) => format!("a text of {}", count(min, max, "character")),
    };
    if text.says.is_empty() { limits } else { format!("{limits}; it must {}", text.says) }
}

fn one_of(values: &[&str]) -> String {
    let values: Vec<_> = values.iter().map(|value| format!("`{value}`")).collect();
    match values.as_slice() {
        [only] => format!("always {only}"),
        // The engine has a list of this kind, and the generator depends on nothing that it writes tables for.
        [most @ .., last] => format!("{} or {last}", most.join(", ")),
        [] => "a text".to_owned(),
    }
}

fn count(min: usize, max: Option<usize>, one: &str) -> String {
    match (min, max) {
        (0, None) => format!("any number of {one}s"),
        (1, Some(1)) => format!("1 {one}"),
        (min, Some(max)) if min == max => format!("{max} {one}s"),
        (0, Some(max)) => format!("at most {max} {one}s"),
        (min, Some(max)) => format!("{min} to {max} {one}s"),
        (min, None) => format!("at least {min} {one}{}", if min == 1 { "" } else { "s" }),
    }
}

fn between<T: std::fmt::Display>(what: &str, min: Option<T>, max: Option<T>) -> String {
    match (min, max) {
        (Some(min), Some(max)) => format!("{what} from {min} to {max}"),
        (Some(min), None) => format!("{what}, at least {min}"),
        (None, Some(max)) => format!("{what}, at most {max}"),
        (None, None) => what.to_owned(),
    }
}
