//! Documents as the text of an invocation, in both forms, with the place of each value.

use std::{collections::BTreeMap, ops::Range};

use proc_macro2::Literal;
use serde_json::{Map, Value};
use wa_message_rules::{
    Path,
    table::{Field, Object, Schema},
};
use wa_message_spec::tables::KINDS;

use crate::sites::root_of;

/// The path of the crate, as the macro hands it on.
const CRATE: &str = "[::wa_message] ";

/// The text of an invocation.
#[derive(Debug, Default)]
pub struct Source {
    /// What the procedural macro gets.
    pub text: String,
    places: BTreeMap<String, Place>,
    /// Members that the short form fills in.
    filled: Vec<String>,
}

/// Where a value stands.
#[derive(Debug, Clone)]
struct Place {
    key: Option<Range<usize>>,
    value: Range<usize>,
}

impl Source {
    /// The wire form.
    #[must_use]
    pub fn wire(document: &Value) -> Self {
        let mut source = Self { text: CRATE.to_owned(), ..Self::default() };
        source.plain(document, &Path::root(), None);
        source
    }

    /// The short form. `None` if it cannot say what the document says.
    #[must_use]
    pub fn short(document: &Value) -> Option<Self> {
        let root = root_of(document);
        let Value::Object(members) = document else { return None };
        let mut tags = Vec::new();
        chosen_tags(root, members, &mut tags);
        let kind = KINDS.iter().find(|kind| std::ptr::eq(kind.root, root) && kind.tags == tags)?;
        let mut source = Self { text: format!("{CRATE}<"), ..Self::default() };
        let start = source.text.len();
        source.text.push_str(kind.name);
        let place = Place { key: None, value: start..source.text.len() };
        source.text.push_str("> ");
        source.fields(root, members, &Path::root(), Some(&place), &mut Vec::new())?;
        Some(source)
    }

    /// Where an error about a path may stand: on or inside the value, or else on the object that lacks
    /// it. With whether it has to cover the whole of it.
    #[must_use]
    pub fn expected(&self, path: &str) -> Option<(Range<usize>, bool)> {
        if let Some(place) = self.places.get(path) {
            let start = place.key.as_ref().map_or(place.value.start, |key| key.start);
            return Some((start..place.value.end, false));
        }
        if self.filled.iter().any(|filled| filled == path) {
            return None;
        }
        let mut owner = path;
        while !owner.is_empty() {
            owner = owner.rfind(['.', '[']).map_or("", |at| &owner[..at]);
            if let Some(place) = self.places.get(owner) {
                return Some((place.value.clone(), true));
            }
        }
        None
    }

    fn note(&mut self, path: &Path, key: Option<Range<usize>>, start: usize) {
        let place = Place { key, value: start..self.text.len() };
        self.places.insert(path.as_str().to_owned(), place);
    }

    fn key(&mut self, name: &str, quoted: bool) -> Range<usize> {
        let start = self.text.len();
        let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        if is_name && !quoted {
            self.text.push_str(name);
        } else {
            self.text.push_str(&Literal::string(name).to_string());
        }
        let key = start..self.text.len();
        self.text.push_str(": ");
        key
    }

    /// A value as it stands in the document.
    fn plain(&mut self, value: &Value, path: &Path, key: Option<Range<usize>>) {
        let start = self.text.len();
        match value {
            Value::Array(items) => {
                self.text.push('[');
                for (index, item) in items.iter().enumerate() {
                    self.plain(item, &path.item(index), None);
                    self.text.push_str(", ");
                }
                self.text.push(']');
            }
            Value::Object(members) => {
                self.text.push_str("{ ");
                for (name, value) in members {
                    let key = self.key(name, true);
                    self.plain(value, &path.member(name), Some(key));
                    self.text.push_str(", ");
                }
                self.text.push('}');
            }
            scalar => self.scalar(scalar),
        }
        self.note(path, key, start);
    }

    fn scalar(&mut self, value: &Value) {
        match value {
            Value::String(text) => self.text.push_str(&Literal::string(text).to_string()),
            other => self.text.push_str(&other.to_string()),
        }
    }

    /// The members of an object that stands at a place, in the short form. `kind` is the place of the
    /// kind for an object whose tags it chose.
    fn fields(
        &mut self,
        object: &'static Object,
        members: &Map<String, Value>,
        path: &Path,
        kind: Option<&Place>,
        written: &mut Vec<String>,
    ) -> Option<()> {
        if let Some(place) = kind {
            self.places.insert(path.as_str().to_owned(), place.clone());
        }
        let objects = objects(object, members);
        for field in objects.iter().flat_map(|object| object.fields) {
            let filled = constant(field).is_some() || field.position;
            let implied = matches!(field.schema, Schema::Object(inner) if field.lifted && asks_nothing(inner));
            if (filled || implied) && !members.contains_key(field.name) {
                self.filled.push(path.member(field.name).as_str().to_owned());
            }
        }
        for tag in objects.iter().filter_map(|object| object.tag) {
            // A field further inside that is written in its place hides the tag.
            if kind.is_none() && objects.iter().any(|object| hides(object, tag.name)) {
                return None;
            }
            if kind.is_some() || !members.contains_key(tag.name) {
                self.filled.push(path.member(tag.name).as_str().to_owned());
            }
        }
        for (name, value) in members {
            let path = path.member(name);
            let is_tag =
                objects.iter().filter_map(|object| object.tag).any(|tag| tag.name == *name);
            if is_tag && kind.is_some() {
                continue;
            }
            let field = objects.iter().find_map(|object| object.field(name));
            match (field.map(|field| (field, field.schema)), value) {
                (Some((Field { lifted: true, .. }, Schema::Object(inner))), value) => match value {
                    Value::Object(members) => {
                        self.fields(inner, members, &path, kind, written)?;
                        if kind.is_none() {
                            self.filled.push(path.as_str().to_owned());
                        }
                        continue;
                    }
                    Value::Null => {
                        self.filled.push(path.as_str().to_owned());
                        continue;
                    }
                    _ => return None,
                },
                (Some((field, _)), value)
                    if field.required && constant(field).as_ref() == Some(value) =>
                {
                    self.filled.push(path.as_str().to_owned());
                    continue;
                }
                // A name that is wrong here in the document may be right in the short form.
                (None, _) if objects.iter().any(|object| hides(object, name)) => return None,
                _ => {}
            }
            if written.contains(name) {
                return None;
            }
            written.push(name.clone());
            let key = self.key(name, false);
            self.value(field.map(|field| field.schema), value, &path, Some(key))?;
            self.text.push_str(", ");
        }
        Some(())
    }

    fn value(
        &mut self,
        schema: Option<Schema>,
        value: &Value,
        path: &Path,
        key: Option<Range<usize>>,
    ) -> Option<()> {
        let start = self.text.len();
        match (schema, value) {
            (Some(Schema::Object(object)), Value::Object(members)) => {
                if let Some((name, text)) = natural(object, members) {
                    self.scalar(text);
                    self.note(&path.member(name), key.clone(), start);
                    self.filled.extend(object.tag.map(|tag| path.member(tag.name).to_string()));
                } else {
                    self.text.push_str("{ ");
                    self.fields(object, members, path, None, &mut Vec::new())?;
                    self.text.push('}');
                }
            }
            // What is wrong in the document stands for the object in the short form.
            (Some(Schema::Object(Object { natural: Some(_), .. })), value)
                if !value.is_array() && !value.is_null() =>
            {
                return None;
            }
            (Some(Schema::List(list)), Value::Array(items)) => {
                self.text.push('[');
                for (index, item) in items.iter().enumerate() {
                    self.value(Some(list.items), item, &path.item(index), None)?;
                    self.text.push_str(", ");
                }
                self.text.push(']');
            }
            _ => {
                self.plain(value, path, key);
                return Some(());
            }
        }
        self.note(path, key, start);
        Some(())
    }
}

/// An object and what its tags choose.
fn objects(object: &'static Object, members: &Map<String, Value>) -> Vec<&'static Object> {
    let mut objects = vec![object];
    while let Some(tag) = objects.last().and_then(|object| object.tag) {
        let arm = match members.get(tag.name) {
            Some(Value::String(value)) => tag.arm(value),
            None | Some(Value::Null) => tag.default.map(|default| &tag.arms[default]),
            _ => None,
        };
        let Some(arm) = arm else { break };
        objects.push(arm.object);
    }
    objects
}

/// The tags that lead to the kind, outermost first.
fn chosen_tags(
    object: &'static Object,
    members: &Map<String, Value>,
    tags: &mut Vec<&'static str>,
) {
    let objects = objects(object, members);
    for (object, chosen) in objects.iter().zip(&objects[1..]) {
        let arms = object.tag.into_iter().flat_map(|tag| tag.arms);
        tags.extend(arms.filter(|arm| std::ptr::eq(arm.object, *chosen)).map(|arm| arm.value));
    }
    for field in objects.iter().flat_map(|object| object.fields).filter(|field| field.lifted) {
        if let (Schema::Object(inner), Some(Value::Object(members))) =
            (field.schema, members.get(field.name))
        {
            chosen_tags(inner, members, tags);
        }
    }
}

/// The text that stands for an object with nothing else in it.
fn natural<'v>(
    object: &'static Object,
    members: &'v Map<String, Value>,
) -> Option<(&'static str, &'v Value)> {
    let name = object.natural?;
    let text = members.get(name).filter(|value| value.is_string())?;
    let is_text = |object: &Object| {
        object.field(name).is_some_and(|field| matches!(field.schema, Schema::Text(_)))
    };
    let lone = if object.field(name).is_some() {
        members.len() == 1 && is_text(object)
    } else {
        let tag = object.tag?;
        let arm = tag.arms.iter().find(|arm| arm.object.field(name).is_some())?;
        is_text(arm.object)
            && members.len() == 2
            && members.get(tag.name).is_some_and(|value| value == arm.value)
    };
    lone.then_some((name, text))
}

/// Whether an object is complete with nothing in it.
fn asks_nothing(object: &Object) -> bool {
    object.tag.is_none()
        && object.exactly_one.is_empty()
        && object.at_least_one.is_empty()
        && !object.fields.iter().any(|field| field.required && constant(field).is_none())
}

fn hides(object: &Object, name: &str) -> bool {
    object.fields.iter().any(|field| match field.schema {
        Schema::Object(inner) if field.lifted => inner.field(name).is_some() || hides(inner, name),
        _ => false,
    })
}

fn constant(field: &Field) -> Option<Value> {
    match field.schema {
        Schema::Text(text) => text.constant().map(Value::from),
        Schema::Integer(integer) => integer.constant.map(Value::from),
        _ => None,
    }
}
