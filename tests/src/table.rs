//! The rule table and the examples, which are data beside this crate.

use std::{fs, path::Path};

use serde_json::{Map, Value};

/// A request body and what it has to come to.
#[derive(Debug, Clone)]
pub struct Case {
    /// The file and the description of the case.
    pub name: String,
    /// The number of the rule.
    pub rule: Option<u16>,
    /// Where its mistakes are. Empty for a valid body.
    pub paths: Vec<String>,
    /// Where the macro finds its mistakes.
    pub in_macro: Vec<String>,
    /// The body.
    pub message: Value,
}

impl Case {
    /// Whether the body is a read receipt.
    #[must_use]
    pub fn is_receipt(&self) -> bool {
        is_receipt(&self.message)
    }
}

/// Whether a body is a read receipt.
pub(crate) fn is_receipt(message: &Value) -> bool {
    message.get("status").is_some()
}

/// All cases of the rule table.
///
/// # Panics
///
/// When the table cannot be read.
#[must_use]
pub fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for (file, content) in files("rules") {
        let Value::Array(rows) = content else { panic!("{file} is no array") };
        for row in rows {
            let text = row["case"].as_str().unwrap_or_default();
            let paths = texts(&row["paths"]);
            let in_macro =
                if row["macro"].is_null() { paths.clone() } else { texts(&row["macro"]) };
            assert_eq!(row["valid"].as_bool(), Some(paths.is_empty()), "{file}: {text}");
            cases.push(Case {
                name: format!("{file}: {text}"),
                rule: row["rule"].as_u64().and_then(|number| u16::try_from(number).ok()),
                paths,
                in_macro,
                message: expand(&row["message"]),
            });
        }
    }
    cases
}

fn texts(array: &Value) -> Vec<String> {
    let texts = array.as_array().into_iter().flatten();
    texts.filter_map(Value::as_str).map(str::to_owned).collect()
}

/// Messages that are valid, and where they get advice.
///
/// # Panics
///
/// When they cannot be read.
#[must_use]
pub fn advised() -> Vec<Case> {
    let rows = files("advice").into_iter().flat_map(|(_, content)| match content {
        Value::Array(rows) => rows,
        other => panic!("no array, but {other}"),
    });
    let cases = rows.map(|row| {
        let paths = texts(&row["paths"]);
        Case {
            name: row["case"].as_str().unwrap_or_default().to_owned(),
            rule: row["rule"].as_u64().and_then(|number| u16::try_from(number).ok()),
            in_macro: paths.clone(),
            paths,
            message: expand(&row["message"]),
        }
    });
    cases.collect()
}

/// The examples of the reference page, by name.
///
/// # Panics
///
/// When they cannot be read.
#[must_use]
pub fn examples() -> Vec<(String, Value)> {
    files("examples").into_iter().collect()
}

fn files(folder: &str) -> Vec<(String, Value)> {
    // A package further inside reads the same table.
    let mut folders =
        Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().map(|near| near.join(folder));
    let folder = folders.find(|folder| folder.is_dir()).unwrap_or_default();
    let entries =
        fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut found = Vec::new();
    for entry in entries.flatten() {
        let path = entry.path();
        if path.extension().is_some_and(|extension| extension == "json") {
            let text = fs::read_to_string(&path)
                .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            let value = serde_json::from_str(&text)
                .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            let name = path.file_stem().map(|name| name.to_string_lossy().into_owned());
            found.push((name.unwrap_or_default(), value));
        }
    }
    found.sort_by(|(left, _), (right, _)| left.cmp(right));
    found
}

/// Expands the special forms of the table, which its README describes.
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
