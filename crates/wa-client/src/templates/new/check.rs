//! Holds a definition against the limits of the API: the tables, and what takes more than one text to know.

use serde_json::{Map, Value};
use wa_message_core::{
    __shared::{Role, rule, variables, violations},
    Violation,
};
use wa_message_spec::templates::{DEMANDS, create};

use super::Purpose;
use crate::templates::ParameterFormat;

/// Everything that is wrong with a definition.
pub(super) fn check(json: &Value, purpose: Purpose) -> Result<(), Vec<Violation>> {
    let table = match purpose {
        Purpose::Create => &create::TEMPLATE_CREATE,
        Purpose::Edit => &create::TEMPLATE_EDIT,
    };
    let mut found = violations(table, json);
    for text in texts(json.get(DEMANDS.members.components), "") {
        found.extend(
            text.says().map(|says| rule(format!("{}.{}", text.path, DEMANDS.members.text), says)),
        );
    }
    if found.is_empty() { Ok(()) } else { Err(found) }
}

/// How the variables of a definition are written, if it has any.
pub(super) fn parameter_format(members: &Map<String, Value>) -> Option<ParameterFormat> {
    let texts = texts(members.get(DEMANDS.members.components), "");
    let mut names = texts.iter().flat_map(|text| &text.variables).peekable();
    names.peek()?;
    let is_named = names.any(|name| number(name).is_none());
    Some(if is_named { ParameterFormat::Named } else { ParameterFormat::Positional })
}

/// A text that may have variables.
struct Text {
    /// Where its component lies.
    path: String,
    variables: Vec<String>,
}

impl Text {
    /// What is wrong with its variables.
    fn says(&self) -> Option<&'static str> {
        let numbers: Vec<_> = self.variables.iter().filter_map(|name| number(name)).collect();
        let is_gapless = (1..).zip(&numbers).all(|(wanted, found)| wanted == *found);
        if !numbers.is_empty() && numbers.len() != self.variables.len() {
            Some("variables have either numbers or names, and not both in one template")
        } else if !is_gapless {
            Some("variables are numbered from 1, and no number is left out")
        } else {
            None
        }
    }
}

/// The texts of headers and bodies, also of those in cards.
fn texts(components: Option<&Value>, path: &str) -> Vec<Text> {
    let members = &DEMANDS.members;
    let mut texts = Vec::new();
    let components = components.and_then(Value::as_array).into_iter().flatten().enumerate();
    for (index, component) in components {
        let path = format!("{path}{}[{index}]", members.components);
        let tag = component.get(members.tag).and_then(Value::as_str).unwrap_or_default();
        match DEMANDS.component(tag).map(|kind| kind.role) {
            Some(Role::Header | Role::Body) => {}
            Some(Role::Cards) => {
                let cards = component.get(members.cards).and_then(Value::as_array);
                for (index, card) in cards.into_iter().flatten().enumerate() {
                    let path = format!("{path}.{}[{index}].", members.cards);
                    texts.extend(self::texts(card.get(members.components), &path));
                }
                continue;
            }
            _ => continue,
        }
        if let Some(text) = component.get(members.text).and_then(Value::as_str) {
            texts.push(Text { path, variables: variables(text) });
        }
    }
    texts
}

fn number(name: &str) -> Option<usize> {
    name.parse().ok()
}
