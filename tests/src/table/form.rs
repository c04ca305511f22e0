//! Reads a file of the rule table, whose cases are edits of bases.
//!
//! The README of the folder `rules` explains the form. What is wrong with a file is a panic: the table is
//! part of the tests, and a case that means nothing must not pass.

use serde_json::{Map, Value};

/// A case as it stands in a file, with its whole body.
pub(crate) struct Row {
    /// The description of the case.
    pub(crate) case: String,
    /// The number of the rule.
    pub(crate) rule: Option<u16>,
    /// Where its mistakes are. Empty for a valid body.
    pub(crate) paths: Vec<String>,
    /// Where the macro finds its mistakes.
    pub(crate) in_macro: Vec<String>,
    /// The body.
    pub(crate) message: Value,
}

/// Reads all cases of a file.
pub(crate) fn rows(file: &str, content: &Value) -> Vec<Row> {
    let Some(cases) = content["cases"].as_array() else { panic!("{file} has no cases") };
    cases.iter().map(|case| row(file, &content["bases"], case)).collect()
}

fn row(file: &str, bases: &Value, case: &Value) -> Row {
    let Some(name) = case["case"].as_str() else { panic!("{file}: a case without words") };
    let known = ["case", "rule", "paths", "macro", "base", "set", "unset", "message"];
    for member in case.as_object().into_iter().flat_map(Map::keys) {
        assert!(known.contains(&member.as_str()), "{file}: {name}: `{member}` is not known");
    }
    let body = match (case.get("message"), case["base"].as_str()) {
        (Some(message), None) => message.clone(),
        (None, Some(base)) => {
            let Some(base) = bases.get(base) else { panic!("{file}: {name}: no base `{base}`") };
            edited(base, case).unwrap_or_else(|path| panic!("{file}: {name}: no place `{path}`"))
        }
        _ => panic!("{file}: {name}: needs `message`, or `base` and its edits"),
    };
    let paths = texts(&case["paths"]);
    Row {
        case: name.to_owned(),
        rule: case["rule"].as_u64().and_then(|number| u16::try_from(number).ok()),
        in_macro: case.get("macro").map_or_else(|| paths.clone(), texts),
        paths,
        message: expand(&body),
    }
}

fn texts(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// Makes the edits of a case. An error is the path that leads nowhere.
fn edited(base: &Value, case: &Value) -> Result<Value, String> {
    let mut body = base.clone();
    let mut open: Vec<_> = case["set"].as_object().into_iter().flatten().collect();
    // Members come in any order, and an item can only be set behind those before it.
    while let Some((path, _)) = open.first().copied() {
        let before = open.len();
        open.retain(|(path, value)| set(&mut body, path, value).is_none());
        if open.len() == before {
            return Err(path.clone());
        }
    }
    for path in texts(&case["unset"]) {
        unset(&mut body, &path).ok_or(path)?;
    }
    Ok(body)
}

/// Sets a member, an item, or the item behind the last one.
fn set(body: &mut Value, path: &str, value: &Value) -> Option<()> {
    let (parent, last) = split(path)?;
    match (at(body, parent)?, last) {
        (Value::Object(members), Step::Member(name)) => {
            members.insert(name.to_owned(), value.clone());
        }
        (Value::Array(items), Step::Item(index)) if index == items.len() => {
            items.push(value.clone());
        }
        (Value::Array(items), Step::Item(index)) => *items.get_mut(index)? = value.clone(),
        _ => return None,
    }
    Some(())
}

fn unset(body: &mut Value, path: &str) -> Option<()> {
    let (parent, last) = split(path)?;
    match (at(body, parent)?, last) {
        (Value::Object(members), Step::Member(name)) => drop(members.remove(name)?),
        (Value::Array(items), Step::Item(index)) if index < items.len() => {
            drop(items.remove(index));
        }
        _ => return None,
    }
    Some(())
}

enum Step<'p> {
    Member(&'p str),
    Item(usize),
}

/// Splits a path before its last step.
fn split(path: &str) -> Option<(&str, Step<'_>)> {
    if let Some((parent, index)) = path.strip_suffix(']').and_then(|rest| rest.rsplit_once('[')) {
        return Some((parent, Step::Item(index.parse().ok()?)));
    }
    let (parent, name) = path.rsplit_once('.').unwrap_or(("", path));
    Some((parent, Step::Member(name)))
}

fn at<'v>(body: &'v mut Value, path: &str) -> Option<&'v mut Value> {
    if path.is_empty() {
        return Some(body);
    }
    let (parent, last) = split(path)?;
    let parent = at(body, parent)?;
    match last {
        Step::Member(name) => parent.get_mut(name),
        Step::Item(index) => parent.get_mut(index),
    }
}

/// Expands the special forms of texts and arrays.
fn expand(value: &Value) -> Value {
    match value {
        Value::String(text) => Value::String(repeated(text)),
        Value::Array(items) => {
            let mut expanded = Vec::new();
            for item in items {
                match (item.get("@times").and_then(Value::as_u64), item.get("@item")) {
                    (Some(times), Some(item)) => {
                        expanded.extend((0..times).map(|index| expand(&numbered(item, index))));
                    }
                    _ => expanded.push(expand(item)),
                }
            }
            Value::Array(expanded)
        }
        Value::Object(members) => members
            .iter()
            .map(|(name, value)| (name.clone(), expand(value)))
            .collect::<Map<_, _>>()
            .into(),
        other => other.clone(),
    }
}

fn repeated(text: &str) -> String {
    let form = text.strip_prefix("@repeat:").and_then(|rest| rest.split_once(':'));
    match form.and_then(|(count, text)| Some((count.parse().ok()?, text))) {
        Some((count, text)) => text.repeat(count),
        None => text.to_owned(),
    }
}

fn numbered(value: &Value, index: u64) -> Value {
    match value {
        Value::String(text) => Value::String(text.replace("{n}", &index.to_string())),
        Value::Array(items) => items.iter().map(|item| numbered(item, index)).collect(),
        Value::Object(members) => {
            let members =
                members.iter().map(|(name, value)| (name.clone(), numbered(value, index)));
            members.collect::<Map<_, _>>().into()
        }
        other => other.clone(),
    }
}
