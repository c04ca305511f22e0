//! The public face of templates.

use super::model::Templates;
use crate::{
    error::Result,
    face::{Entry, Face, Fact, Facts, TemplatesFace},
    received,
    yaml::{Node, Value},
};

/// The groups of `x-demands` that users see the rows of.
const GROUPS: [&str; 5] = ["components", "formats", "buttons", "statuses", "refusals"];

/// What users see of templates: what a definition demands, what is read and what is written.
pub(crate) fn face(templates: &Templates, document: &Node) -> Result<TemplatesFace> {
    let operations = templates.operations.iter().map(|operation| {
        let call = format!("{} {}", operation.method, operation.path);
        let facts = vec![("call".to_owned(), Fact::Text(call))];
        Entry { name: operation.id.clone(), facts, ..Entry::default() }
    });
    let operations =
        Entry { name: "requests".to_owned(), members: operations.collect(), ..Entry::default() };
    let mut rows = vec![operations];
    for group in GROUPS {
        let node = document.at(&format!("/components/x-demands/{group}"));
        let found = node.map_or(Ok(&[][..]), Node::members)?.iter();
        let found = found.map(|(name, node)| Entry {
            name: name.clone(),
            facts: row(node),
            ..Entry::default()
        });
        let name = group.to_owned();
        rows.push(Entry { name, members: found.collect(), ..Entry::default() });
    }
    let mut schemas = received::face_of_schemas(&templates.answers);
    let create = Face::of(&templates.create, document)?.schemas.into_iter();
    let is_ours = |entry: &Entry| {
        templates.create.object(&entry.name).is_some()
            || templates.create.values(&entry.name).is_some()
    };
    schemas.extend(create.filter(is_ours));
    Ok(TemplatesFace { rows, schemas })
}

/// The keywords of a row, without its words. A text that has the limit is in the schemas.
fn row(node: &Node) -> Facts {
    let Value::Map(members) = &node.value else { return Facts::new() };
    let prose = ["says", "write", "$comment"];
    let members = members.iter().filter(|(keyword, _)| !prose.contains(&keyword.as_str()));
    members.map(|(keyword, node)| (keyword.clone(), Fact::of(node))).collect()
}
