//! The page of what comes back: fields, events, and the contents of messages, each with an example.

use std::{fmt::Write, path::Path};

use serde_json::Value;
use xtask::codegen::{self, Content, Event, Field};

use crate::{
    compact::compact,
    pages::{Page, cell},
    sources::{files, read},
};

const HEAD: &str = "\
All that a webhook tells of. With the feature `webhook`, `wa_message::webhook::parse` reads it into events, and
`wa_message::webhook::service` hands each to the handler of its kind. Whatever this version does not know comes as
`What::Unknown`, with its JSON.

An app subscribes to fields. Only `messages` is needed for a conversation. In most fields one webhook is one event, which
`on_change` gets; in some there are several, each with a handler of its own.
";

/// The description of what comes back.
const DESCRIPTION: &str = "openapi/webhooks.yaml";
/// Payloads that tests read, beside those that the description names.
const PAYLOADS: &str = "tests/webhooks";

pub(crate) fn page(root: &Path) -> Result<Page, String> {
    let description = read(&root.join(DESCRIPTION))?;
    let (fields, events) = codegen::events(&description).map_err(|error| error.to_string())?;
    let examples = Examples::read(root, &fields)?;
    let mut out = HEAD.to_owned();
    table_of_fields(&mut out, &fields, &events);
    for event in &events {
        about(&mut out, event, &examples);
    }
    out.push_str("\n# Fields\n");
    for field in fields.iter().filter(|field| field.events.is_empty()) {
        let _ = write!(out, "\n## {}\n\n{}\n", field.name, field.summary);
        if let Some(value) = examples.first(&field.name) {
            example(&mut out, value);
        }
    }
    Ok(Page::markdown("events", &out))
}

fn table_of_fields(out: &mut String, fields: &[Field], events: &[Event]) {
    out.push_str("\n| field | tells of | handler |\n|---|---|---|\n");
    for field in fields {
        let name = if field.events.is_empty() {
            format!("[`{0}`](#{0})", field.name)
        } else {
            format!("`{}`", field.name)
        };
        let handlers: Vec<_> = field
            .events
            .iter()
            .filter(|name| events.iter().any(|event| event.name == **name))
            .map(|name| format!("[`on_{name}`](#{name})"))
            .collect();
        let handlers =
            if handlers.is_empty() { "`on_change`".to_owned() } else { handlers.join(", ") };
        let _ = writeln!(out, "| {name} | {} | {handlers} |", cell(&field.summary));
    }
}

fn about(out: &mut String, event: &Event, examples: &Examples) {
    let Event { name, variant, item, description, .. } = event;
    let _ = write!(out, "\n# {name}\n\n{description} `What::{variant}`, a `types::{item}`.\n");
    let Some(tag) = &event.tag else {
        if let Some(value) = examples.item(event, None) {
            example(out, value);
        }
        return;
    };
    let _ = write!(out, "\n| `{tag}` | content | variant |\n|---|---|---|\n");
    for Content { name, variant, description } in &event.contents {
        let _ = writeln!(out, "| `{name}` | {} | `{variant}` |", cell(description));
    }
    for content in &event.contents {
        if let Some(value) = examples.item(event, Some((tag, &content.name))) {
            let _ = write!(out, "\n## {}\n\n{}\n", content.name, content.description);
            example(out, value);
        }
    }
}

fn example(out: &mut String, value: &Value) {
    let _ = write!(out, "\n```json\n{}\n```\n", compact(value));
}

/// The changes in the examples, by their fields, in the order of the description.
struct Examples(Vec<(String, Vec<Value>)>);

impl Examples {
    fn read(root: &Path, fields: &[Field]) -> Result<Self, String> {
        let payloads = files(&root.join(PAYLOADS), "json")?;
        let payloads = payloads.iter().map(|(name, text)| changes(name, text));
        let payloads = payloads.collect::<Result<Vec<_>, _>>()?.concat();
        let mut all = Vec::new();
        for field in fields {
            // Those that the description names come first.
            let mut found = Vec::new();
            for file in &field.examples {
                found.extend(changes(file, &read(&root.join("openapi").join(file))?)?);
            }
            found.extend_from_slice(&payloads);
            found.retain(|change| change["field"].as_str() == Some(&field.name));
            all.push((field.name.clone(), found));
        }
        Ok(Self(all))
    }

    /// The value of the first example of a field.
    fn first(&self, field: &str) -> Option<&Value> {
        let (_, changes) = self.0.iter().find(|(name, _)| name == field)?;
        changes.first().map(|change| &change["value"])
    }

    /// The first item of an event whose tag has a value.
    fn item(&self, event: &Event, tag: Option<(&String, &String)>) -> Option<&Value> {
        let changes = self.0.iter().flat_map(|(_, changes)| changes);
        let mut items =
            changes.filter_map(|change| change["value"][&event.list].as_array()).flatten();
        items.find(|item| tag.is_none_or(|(tag, value)| item[tag].as_str() == Some(value.as_str())))
    }
}

/// The changes in a body.
fn changes(name: &str, text: &str) -> Result<Vec<Value>, String> {
    let body: Value = serde_json::from_str(text).map_err(|error| format!("{name}: {error}"))?;
    let entries = body["entry"].as_array().into_iter().flatten();
    Ok(entries.filter_map(|entry| entry["changes"].as_array()).flatten().cloned().collect())
}
