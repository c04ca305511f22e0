//! The table in front of the types in the documentation: for each kind of message, the types it is made of.
//!
//! rustdoc lists some 180 types in alphabetical order, where a reader has no place to begin. Modules by kind
//! would tear apart what several kinds share, and re-exports would show each type twice; a table leaves every path
//! as it is, and a type stands in the row of each kind that has it, outermost first.

use std::fmt::Write;

use super::kinds::variant;
use crate::{
    error::Result,
    model::{Arm, Description, Kind, Object, Schema, Type},
    rust::Rust,
};

/// The table as Markdown. The paths are those from the root of the crate.
pub(super) fn emit(rust: &Rust<'_>) -> Result<String> {
    let description = rust.description;
    let mut rows = Vec::new();
    for kind in &description.kinds {
        let mut found = Found { description, names: Vec::new() };
        found.object(rust.object(&kind.root)?.object, &mut kind.tags.iter());
        rows.push((kind, found.names));
    }
    let messages = || rows.iter().filter(|(kind, _)| !kind.tags.is_empty());
    let first = messages().next().map_or(&[][..], |(_, names)| names);
    let shared: Vec<_> = first
        .iter()
        .filter(|name| messages().all(|(_, names)| names.contains(name)))
        .copied()
        .collect();
    let reached = |name: &str| rows.iter().any(|(_, names)| names.contains(&name));
    let names = description.schemas.iter().filter_map(name);
    let answers: Vec<_> = names.filter(|name| !reached(name)).collect();

    let mut out = "| kind | types |\n|---|---|\n".to_owned();
    let _ = writeln!(out, "| every message | {} |", links(&shared));
    for (kind, names) in &rows {
        let own: Vec<_> = names.iter().filter(|name| !shared.contains(name)).copied().collect();
        let _ = writeln!(out, "| {} | {} |", title(kind), links(&own));
    }
    let _ = writeln!(out, "| answers | {} |", links(&answers));
    Ok(out)
}

/// A receipt is of one kind, for which the enum of kinds has no variant.
fn title(kind: &Kind) -> String {
    if kind.tags.is_empty() {
        return format!("`{}`", kind.name);
    }
    format!("[`{}`](crate::Kind::{})", kind.name, variant(kind))
}

fn links(names: &[&str]) -> String {
    let links: Vec<_> =
        names.iter().map(|name| format!("[`{name}`](crate::types::{name})")).collect();
    links.join(", ")
}

/// The type of a schema, if it has one.
fn name(schema: &Schema) -> Option<&str> {
    match schema {
        Schema::Object(object) => Some(&object.name),
        Schema::Enum(values) if values.values.len() > 1 => Some(&values.name),
        Schema::OpenEnum(values) => Some(&values.name),
        Schema::Enum(_) | Schema::Text(_) => None,
    }
}

/// The types of a kind, in the order in which they are met.
struct Found<'d> {
    description: &'d Description,
    names: Vec<&'d str>,
}

impl<'d> Found<'d> {
    /// An object, with the tags that the name of the kind chooses from here on.
    fn object(&mut self, object: &'d Object, tags: &mut dyn Iterator<Item = &'d String>) {
        if self.names.contains(&object.name.as_str()) {
            return;
        }
        self.name(&object.name);
        if let Some(content) = &object.content {
            self.name(content);
        }
        self.members(object, tags);
    }

    fn members(&mut self, object: &'d Object, tags: &mut dyn Iterator<Item = &'d String>) {
        for field in &object.fields {
            if self.description.constant(field).is_some() {
                continue;
            }
            // The tags go on in what is written in the place of the object.
            if field.lifted {
                self.value(&field.value, tags);
            } else {
                self.value(&field.value, &mut [].iter());
            }
        }
        let Some(union) = &object.union else { return };
        let chosen = tags.next();
        for arm in union.arms.iter().filter(|arm| chosen.is_none_or(|value| arm.value == *value)) {
            self.arm(arm, tags);
        }
    }

    fn arm(&mut self, arm: &'d Arm, tags: &mut dyn Iterator<Item = &'d String>) {
        let Some(object) = self.description.arm_object(arm) else { return };
        if object.name.is_empty() {
            self.members(object, tags);
        } else {
            self.object(object, tags);
        }
    }

    fn value(&mut self, value: &'d Type, tags: &mut dyn Iterator<Item = &'d String>) {
        match value {
            Type::Object(name) => {
                if let Some(object) = self.description.object(name) {
                    self.object(object, tags);
                }
            }
            Type::List(list) => self.value(&list.items, tags),
            Type::Text(text) => {
                if let Some(name) = &text.values {
                    self.name(name);
                }
            }
            Type::OpenEnum(name) => self.name(name),
            _ => {}
        }
    }

    fn name(&mut self, name: &'d str) {
        if !name.is_empty() && !self.names.contains(&name) {
            self.names.push(name);
        }
    }
}
