//! From the YAML to the model. Every keyword is understood or refused.

mod demands;
mod sandbox;

use std::collections::HashSet;

pub(crate) use self::sandbox::WHEN;
use super::{check, model::Templates};
use crate::{
    error::{Error, Result},
    read as messages,
    read::keys::Keys,
    received, requests,
    yaml::{Node, Value},
};

/// Whether a document describes templates.
pub(crate) fn is_templates(document: &Node) -> bool {
    document.at("/components/x-demands").is_some()
}

/// Reads the description of templates.
///
/// # Errors
///
/// When it says something that the generator does not carry through.
pub(crate) fn read(document: &Node) -> Result<Templates> {
    let components = document.get("components");
    let mut keys = Keys::new(components.ok_or_else(|| document.error("`components` is missing"))?)?;
    let schemas = keys.need("schemas")?.members()?;
    keys.take("responses");
    let schemes = keys.need("securitySchemes")?;
    let demands = keys.need("x-demands")?;
    let sandbox = keys.need("x-sandbox")?;
    keys.finish()?;
    let operations = requests::read(document, schemes)?;
    let (answers, create): (Vec<_>, Vec<_>) =
        schemas.iter().cloned().partition(|(_, node)| is_answer(node));
    let answers = received::answers(&answers, &[]);
    let create = messages::requests(&create);
    let (demands, refusals) = demands::read(document, demands)?;
    let sandbox = sandbox::read(sandbox)?;
    let (answers, create) = (answers?, create?);
    let templates = Templates { operations, answers, create, demands, refusals, sandbox };
    check::check(&templates)?;
    needed(document, schemas)?;
    Ok(templates)
}

/// Whether a schema is of an answer, where values may be added, and not of a request.
fn is_answer(node: &Node) -> bool {
    let last = node.get("oneOf").and_then(|arms| arms.items().ok()?.last());
    ["x-answer", "x-open-enum", "x-read-as"].iter().any(|keyword| node.get(keyword).is_some())
        || last.is_some_and(|arm| arm.get("x-unknown").is_some())
}

/// Every schema is asked for by a request, or by one that is.
fn needed(document: &Node, schemas: &[(String, Node)]) -> Result<()> {
    let mut seen = HashSet::new();
    let mut found = Vec::new();
    document.get("paths").into_iter().for_each(|paths| references(paths, &mut found));
    while let Some(name) = found.pop() {
        if seen.insert(name)
            && let Some((_, node)) = schemas.iter().find(|(known, _)| known == name)
        {
            references(node, &mut found);
        }
    }
    let lost = schemas.iter().filter(|(name, _)| !seen.contains(name.as_str()));
    let lost: Vec<_> =
        lost.map(|(_, node)| node.error("no request leads to this schema")).collect();
    if lost.is_empty() { Ok(()) } else { Err(Error::several(lost)) }
}

/// The names of the schemas that are referred to in a node.
fn references<'n>(node: &'n Node, found: &mut Vec<&'n str>) {
    match &node.value {
        Value::Map(members) => {
            for (name, member) in members {
                if name == "$ref" {
                    found.extend(member.reference().ok());
                }
                references(member, found);
            }
        }
        Value::List(items) => items.iter().for_each(|item| references(item, found)),
        _ => {}
    }
}
