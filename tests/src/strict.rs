//! Where the library and JSON Schema differ on purpose.
//!
//! The library reads a few forms that the schemas do not have, and has a few rules that they cannot
//! say. Both are described here for themselves, without the code that is under test.

use serde_json::{Number, Value};
use wa_message_rules::{
    Problem, ProblemKind,
    format::Format,
    table::{Integer, Schema, Text},
};

use crate::sites::{Site, chosen, root_of, sites};

/// The document in the forms that JSON Schema knows: without `null` for what is left out, tags and
/// values in the case of the description, what is ignored left out, digits as texts and numbers as numbers.
#[must_use]
pub fn strict(document: &Value) -> Value {
    strict_value(document, Schema::Object(root_of(document)))
}

/// The document as it is meant: JSON in a text in the place of a member that is an array or object is read,
/// once, and empty texts for members that belong elsewhere are left out.
pub(crate) fn as_meant(document: &Value) -> Value {
    meant(document, Schema::Object(root_of(document)), document.is_string())
}

fn meant(value: &Value, schema: Schema, is_read: bool) -> Value {
    match (value, schema) {
        (Value::String(text), Schema::Object(_) | Schema::Json(_) | Schema::List(_))
            if !is_read =>
        {
            match (serde_json::from_str(text), schema) {
                (Ok(inner @ Value::Array(_)), Schema::List(_))
                | (Ok(inner @ Value::Object(_)), Schema::Object(_) | Schema::Json(_)) => {
                    meant(&inner, schema, true)
                }
                _ => value.clone(),
            }
        }
        (Value::Array(items), Schema::List(list)) => {
            items.iter().map(|item| meant(item, list.items, is_read)).collect()
        }
        (Value::Object(members), Schema::Object(object)) => {
            let objects = chosen(object, members);
            let tags: Vec<_> = objects.iter().filter_map(|object| object.tag).collect();
            let is_open = objects.last().is_some_and(|last| last.tag.is_some());
            let field = |name: &str| objects.iter().find_map(|object| object.field(name));
            let is_elsewhere = |name: &str| {
                let mut arms = tags.iter().flat_map(|tag| tag.arms);
                field(name).is_none()
                    && !tags.iter().any(|tag| tag.name == name)
                    && (objects.iter().any(|object| object.refusal(name).is_some())
                        || arms.any(|arm| arm.object.field(name).is_some()))
            };
            let kept = members.iter().filter(|(name, value)| {
                is_open || value.as_str() != Some("") || !is_elsewhere(name)
            });
            let meant = kept.map(|(name, value)| match field(name) {
                Some(field) => (name.clone(), meant(value, field.schema, is_read)),
                None => (name.clone(), value.clone()),
            });
            meant.collect::<serde_json::Map<_, _>>().into()
        }
        _ => value.clone(),
    }
}

fn strict_value(value: &Value, schema: Schema) -> Value {
    match (value, schema) {
        (Value::Object(members), Schema::Object(object)) => {
            let objects = chosen(object, members);
            let refused = |name: &str| objects.iter().any(|object| object.refusal(name).is_some());
            let mut out = serde_json::Map::new();
            for (name, value) in members {
                let field = objects.iter().find_map(|object| object.field(name));
                let tag = objects.iter().filter_map(|object| object.tag);
                let tag = tag.into_iter().find(|tag| tag.name == name);
                let value = match (value, field, tag) {
                    (Value::Null, Some(_), _) | (Value::Null, _, Some(_)) => continue,
                    // Nothing in the place of what is refused is what is asked for.
                    (Value::Null, ..) if refused(name) => continue,
                    _ if objects.iter().any(|object| object.ignored.contains(&name.as_str())) => {
                        continue;
                    }
                    (Value::String(text), None, Some(tag)) => {
                        tag.arm(text).map_or_else(|| value.clone(), |arm| arm.value.into())
                    }
                    (value, Some(field), _) => strict_value(value, field.schema),
                    (value, None, _) => value.clone(),
                };
                out.insert(name.clone(), value);
            }
            Value::Object(out)
        }
        (Value::Array(items), Schema::List(list)) => {
            items.iter().map(|item| strict_value(item, list.items)).collect()
        }
        (Value::Number(number), Schema::Text(text)) if text.lenient_integer && !number.is_f64() => {
            number.to_string().into()
        }
        (Value::String(found), Schema::Text(Text { values: Some(values), .. })) => {
            values.canonical(found).unwrap_or(found).into()
        }
        (Value::String(text), Schema::Number(_)) => {
            let number = text.parse().ok().and_then(Number::from_f64);
            number.map_or_else(|| value.clone(), Value::Number)
        }
        _ => value.clone(),
    }
}

/// Whether no keyword of JSON Schema can say what is wrong with a document at a path.
#[must_use]
pub fn is_inexpressible(problem: &Problem, path: &str, document: &Value) -> bool {
    match problem.kind() {
        // No keyword compares values with each other, counts over several arrays, counts only certain
        // items and then looks into them, or counts how deep brackets lie.
        ProblemKind::CountDiffers { .. }
        | ProblemKind::Differs { .. }
        | ProblemKind::Duplicate { .. }
        | ProblemKind::Mixed { .. }
        | ProblemKind::NotAllowedHere { .. }
        | ProblemKind::NotContiguous { .. }
        | ProblemKind::NotLess { .. }
        | ProblemKind::NotTakenHere { .. }
        | ProblemKind::TooDeep { .. }
        | ProblemKind::TooLongHere { .. }
        | ProblemKind::TooManyHere { .. }
        | ProblemKind::TooManyInAll { .. }
        | ProblemKind::WrongSum { .. } => true,
        // What is asked for beside one other member is `dependentRequired`.
        ProblemKind::NeededHere { when } => {
            let circumstance = when.to_string();
            !circumstance.ends_with("` is given") || circumstance.contains(" and ")
        }
        ProblemKind::Malformed { .. } => at(document, path).is_some_and(|(site, value)| {
            let (Some(Schema::Text(text)), Value::String(found)) = (site.schema, value) else {
                return false;
            };
            let by_pattern = text.pattern.is_some_and(|pattern| !pattern.matches(&found));
            // `date` is the one format that JSON Schema has too.
            !by_pattern && text.format.is_some_and(|format| format != Format::Date)
        }),
        // The Rust types have 64 bits, and whole numbers that are written with a fraction have the
        // 53 of a double. JSON Schema knows no such bounds.
        ProblemKind::OutOfRange { .. } | ProblemKind::WrongType { .. } => at(document, path)
            .is_some_and(|(site, value)| match (site.schema, value) {
                (Some(Schema::Integer(limits)), Value::Number(number)) => beyond(limits, &number),
                _ => false,
            }),
        _ => false,
    }
}

/// Whether only the Rust type is too small for a whole number.
fn beyond(limits: &Integer, number: &Number) -> bool {
    let Some(float) = number.as_f64() else { return false };
    #[allow(clippy::cast_precision_loss)] // What is asked about lies far from the limits.
    let within = limits.constant.is_none()
        && limits.min.is_none_or(|min| float >= min as f64)
        && limits.max.is_none_or(|max| float <= max as f64);
    let too_great = if number.is_f64() {
        float.fract() == 0.0 && float.abs() >= 9e15
    } else {
        number.as_i64().is_none()
    };
    within && too_great
}

fn at(document: &Value, path: &str) -> Option<(Site, Value)> {
    let site = sites(document).into_iter().find(|site| site.path() == path)?;
    let mut document = document.clone();
    let value = site.of(&mut document)?.take();
    Some((site, value))
}
