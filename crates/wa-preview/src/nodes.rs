//! The parts of a message: its JSON, walked over with the table of what is shown.

use std::borrow::Cow;

use serde_json::Value;
use wa_message_spec::shown::{Object, Role, Shown, Tag};

use crate::words::clean;

/// A part of a message: a value, or what holds others.
#[derive(Debug, Clone)]
pub(crate) struct Node<'m> {
    pub(crate) shown: Shown,
    /// The value. Empty if it holds others.
    pub(crate) text: Cow<'m, str>,
    pub(crate) nodes: Vec<Self>,
}

/// A message with its parts.
#[derive(Debug, Default)]
pub(crate) struct Parts<'m> {
    /// What kind of message it is: a noun phrase. Empty if that is not known.
    pub(crate) is: &'static str,
    pub(crate) nodes: Vec<Node<'m>>,
}

impl<'m> Node<'m> {
    /// A value that is shown as if it stood in a message.
    pub(crate) fn value(role: Role, text: impl Into<Cow<'m, str>>) -> Self {
        let shown = Shown { role, says: "", answer: "" };
        Self { shown, text: text.into(), nodes: Vec::new() }
    }

    /// What holds others.
    pub(crate) fn holding(shown: Shown, nodes: Vec<Self>) -> Self {
        Self { shown, text: Cow::Borrowed(""), nodes }
    }

    pub(crate) fn role(&self) -> Role {
        self.shown.role
    }

    /// The parts of it that play a role.
    pub(crate) fn all(&self, role: Role) -> impl Iterator<Item = &Self> {
        self.nodes.iter().filter(move |node| node.role() == role)
    }

    /// The first value in it that plays a role and is not empty.
    pub(crate) fn first(&self, role: Role) -> Option<&str> {
        self.all(role).map(|node| &*node.text).find(|text| !text.is_empty())
    }

    /// Whether it has a truth value that holds.
    pub(crate) fn holds(&self, role: Role) -> bool {
        self.first(role) == Some("true")
    }
}

/// Reads a message by the first table that finds something in it.
pub(crate) fn read<'m>(json: &'m Value, tables: &[&'static Object]) -> Parts<'m> {
    let read = tables.iter().map(|table| {
        let mut reader = Reader { is: "" };
        let mut nodes = reader.object(json, table, None);
        // What stands around them is the message.
        if let [Node { shown: Shown { role: Role::Message, .. }, nodes: inside, .. }] = &mut *nodes
        {
            nodes = std::mem::take(inside);
        }
        Parts { is: reader.is, nodes }
    });
    let mut read: Vec<_> = read.collect();
    let at = read.iter().position(|parts| !parts.nodes.is_empty()).unwrap_or_default();
    if read.is_empty() { Parts::default() } else { read.swap_remove(at) }
}

/// Reads an object by its table.
pub(crate) fn of<'m>(json: &'m Value, table: &'static Object) -> Vec<Node<'m>> {
    Reader { is: "" }.object(json, table, None)
}

struct Reader {
    is: &'static str,
}

impl Reader {
    /// The parts of an object: one around all of them, if the object is shown as a whole.
    fn object<'m>(
        &mut self,
        json: &'m Value,
        table: &'static Object,
        shown: Option<Shown>,
    ) -> Vec<Node<'m>> {
        let Value::Object(members) = json else { return Vec::new() };
        if self.is.is_empty() {
            self.is = table.is;
        }
        let mut nodes = Vec::new();
        for field in table.fields {
            if let Some(value) = members.get(field.name) {
                self.value(value, field.shown, field.object, &mut nodes);
            }
        }
        if let Some(tag) = table.tag
            && let Some(arm) = chosen(tag, json)
        {
            nodes.append(&mut self.object(json, arm, None));
        }
        match shown.or(table.shown) {
            Some(shown) => vec![Node::holding(shown, nodes)],
            None => nodes,
        }
    }

    fn value<'m>(
        &mut self,
        json: &'m Value,
        shown: Option<Shown>,
        table: Option<&'static Object>,
        nodes: &mut Vec<Node<'m>>,
    ) {
        match (json, table) {
            (Value::Array(items), _) => {
                items.iter().for_each(|item| self.value(item, shown, table, nodes));
            }
            (Value::Object(_), Some(table)) => nodes.append(&mut self.object(json, table, shown)),
            _ => nodes.extend(scalar(json, shown)),
        }
    }
}

/// What the tag of an object chooses.
pub(crate) fn chosen(tag: &Tag, json: &Value) -> Option<&'static Object> {
    tag.chosen(json.get(tag.name).and_then(Value::as_str)).map(|arm| arm.object)
}

fn scalar(json: &Value, shown: Option<Shown>) -> Option<Node<'_>> {
    let text = match json {
        Value::String(text) => clean(text),
        Value::Number(number) => Cow::Owned(number.to_string()),
        Value::Bool(value) => Cow::Borrowed(if *value { "true" } else { "false" }),
        _ => return None,
    };
    Some(Node { shown: shown?, text, nodes: Vec::new() })
}
