//! The body of a request, with places that may be filled in later.

use std::{fmt::Write as _, path::Path};

use serde_json::{Map, Value};
use wa_message::{InvalidMessage, Message};

use crate::{
    commands::{self, convert},
    error::{Error, named},
};

/// Marks a place that stands without quotes, so that numbers can be filled in. No text of people begins with it.
const BARE: char = '\u{0}';
/// The beginnings of places in other languages.
const FOREIGN: [&str; 3] = ["${", "{%", "<%"];
/// The beginning of those that columns are filled into.
const OWN: &str = "{{";

/// The body of a request.
#[derive(Debug, Clone)]
pub(super) struct Body {
    value: Value,
    callback_data: Option<String>,
}

impl Body {
    /// Reads JSON, or an invocation of the macro.
    pub(super) fn read(path: &Path) -> Result<Self, Error> {
        let text = commands::read(path)?;
        let name = named(path);
        if text.trim().is_empty() {
            return Err(Error::usage(format!("`{name}` is empty")));
        }
        let is_json = text.trim_start().starts_with(['{', '[']);
        let json = if is_json { text } else { convert::to_json(&text)? };
        let value: Value = serde_json::from_str(&quoted(&json))
            .map_err(|error| Error::usage(format!("`{name}` is no single body")).because(error))?;
        if !value.is_object() {
            return Err(Error::usage(format!("`{name}` is no single body"))
                .hint("a body is an object; `--each` sends one for each row of a table"));
        }
        Ok(Self { value, callback_data: None })
    }

    /// Sends it to somebody else.
    pub(super) fn set_to(&mut self, to: &str) {
        if let Some(members) = self.value.as_object_mut() {
            members.remove("recipient");
            members.insert("to".to_owned(), to.into());
        }
    }

    pub(super) fn set_callback_data(&mut self, data: &str) {
        self.callback_data = Some(data.to_owned());
    }

    /// Returns a text with a place that is filled in later.
    pub(super) fn open_place(&self) -> Option<String> {
        self.place(has_place)
    }

    /// Returns a text with a place that no column is filled into.
    pub(super) fn foreign_place(&self) -> Option<String> {
        self.place(is_foreign)
    }

    fn place(&self, is_it: fn(&str) -> bool) -> Option<String> {
        place(&self.value, is_it).or_else(|| {
            let data = self.callback_data.as_deref()?;
            is_it(data).then(|| data.to_owned())
        })
    }

    /// Makes the message, with places as they stand.
    pub(super) fn message(&self) -> Result<Message, InvalidMessage> {
        made(&unmarked(&self.value), self.callback_data.as_deref())
    }

    /// Makes the message of a row.
    pub(super) fn fill(&self, row: &Map<String, Value>) -> Result<Message, String> {
        let value = filled(&self.value, row)?;
        let data = self.callback_data.as_deref().map(|data| filled_text(data, row)).transpose()?;
        made(&value, data.as_deref()).map_err(|error| crate::outcome::violations(&error).join("; "))
    }
}

fn made(value: &Value, callback_data: Option<&str>) -> Result<Message, InvalidMessage> {
    let message = Message::try_from(value)?;
    match callback_data {
        Some(data) => message.with_callback_data(data),
        None => Ok(message),
    }
}

/// A value in which places without quotes are texts.
fn unmarked(value: &Value) -> Value {
    match value {
        Value::String(text) => text.trim_start_matches(BARE).into(),
        Value::Array(items) => items.iter().map(unmarked).collect(),
        Value::Object(members) => {
            let members = members.iter().map(|(name, value)| (name.clone(), unmarked(value)));
            Value::Object(members.collect())
        }
        other => other.clone(),
    }
}

fn has_place(text: &str) -> bool {
    text.contains(OWN) || is_foreign(text)
}

fn is_foreign(text: &str) -> bool {
    FOREIGN.iter().any(|begin| text.contains(begin))
}

fn place(value: &Value, is_it: fn(&str) -> bool) -> Option<String> {
    match value {
        Value::String(text) => is_it(text).then(|| text.trim_start_matches(BARE).to_owned()),
        Value::Array(items) => items.iter().find_map(|item| place(item, is_it)),
        Value::Object(members) => members.values().find_map(|member| place(member, is_it)),
        _ => None,
    }
}

/// Puts quotes around places that have none, so that it is JSON.
fn quoted(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    let (mut rest, mut is_text) = (json, false);
    while let Some(next) = rest.chars().next() {
        if !is_text
            && let Some((name, behind)) =
                rest.strip_prefix("{{").and_then(|inside| inside.split_once("}}"))
            && !name.contains(['{', '"', '\\'])
        {
            _ = write!(out, "\"\\u0000{{{{{}}}}}\"", name.trim());
            rest = behind;
            continue;
        }
        let mut width = next.len_utf8();
        match next {
            '"' => is_text = !is_text,
            // Whatever it hides, it ends no text.
            '\\' if is_text => width += rest[width..].chars().next().map_or(0, char::len_utf8),
            _ => {}
        }
        out.push_str(&rest[..width]);
        rest = &rest[width..];
    }
    out
}

/// Fills all places of a value.
fn filled(value: &Value, row: &Map<String, Value>) -> Result<Value, String> {
    Ok(match value {
        Value::String(text) => {
            let is_bare = text.starts_with(BARE);
            match only_place(text.trim_start_matches(BARE)) {
                Some(name) => match cell(name, row)? {
                    Value::String(cell) if is_bare => {
                        serde_json::from_str(cell).unwrap_or_else(|_| cell.as_str().into())
                    }
                    // A number in a column of JSON is a text where a text was written.
                    other if !is_bare => Value::String(as_text(other)),
                    other => other.clone(),
                },
                None => filled_text(text, row)?.into(),
            }
        }
        Value::Array(items) => {
            items.iter().map(|item| filled(item, row)).collect::<Result<Vec<_>, _>>()?.into()
        }
        Value::Object(members) => {
            let members =
                members.iter().map(|(name, value)| Ok((name.clone(), filled(value, row)?)));
            Value::Object(members.collect::<Result<_, String>>()?)
        }
        other => other.clone(),
    })
}

/// The name of the place, if there is nothing around it.
fn only_place(text: &str) -> Option<&str> {
    let name = text.strip_prefix("{{")?.strip_suffix("}}")?;
    (!name.contains(['{', '}'])).then(|| name.trim())
}

fn filled_text(text: &str, row: &Map<String, Value>) -> Result<String, String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, inside)) = rest.split_once("{{") {
        out.push_str(before);
        let Some((name, behind)) = inside.split_once("}}") else {
            rest = &rest[before.len()..];
            break;
        };
        out.push_str(&as_text(cell(name.trim(), row)?));
        rest = behind;
    }
    out.push_str(rest);
    Ok(out)
}

fn cell<'r>(name: &str, row: &'r Map<String, Value>) -> Result<&'r Value, String> {
    row.get(name).ok_or_else(|| {
        let columns: Vec<_> = row.keys().map(|name| format!("`{name}`")).collect();
        format!("there is no column `{name}`; there are {}", columns.join(", "))
    })
}

fn as_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn places_are_filled() {
        let row = json!({ "name": "Ada", "count": 3, "at": "52.5", "on": true });
        let row = row.as_object().unwrap();
        let body = r#"{ "a": "Hi {{name}}, {{ count }}", "b": {{at}}, "c": "{{at}}", "d": ["{{count}}", {{count}}],
            "e": "{ \"{{name}}\" }", "f": "{{", "g": {{on}}, "h": {{name}} }"#;
        let value: Value = serde_json::from_str(&quoted(body)).unwrap();
        assert_eq!(
            filled(&value, row).unwrap(),
            json!({ "a": "Hi Ada, 3", "b": 52.5, "c": "52.5", "d": ["3", 3], "e": "{ \"Ada\" }", "f": "{{",
                "g": true, "h": "Ada" })
        );
        assert_eq!(place(&value, has_place).as_deref(), Some("Hi {{name}}, {{ count }}"));
        assert!(["${a}", "{% a %}", "<%= a %>"].into_iter().all(is_foreign));
        let error = filled(&json!("{{mane}}"), row).unwrap_err();
        assert_eq!(error, "there is no column `mane`; there are `at`, `count`, `name`, `on`");
    }
}
