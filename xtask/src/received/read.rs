//! From the YAML to the model. Every keyword is understood or refused.

mod customer;
mod head;
mod object;
mod union;
mod value;

use std::collections::HashSet;

use super::{
    check,
    model::{Received, Schema, Type, Words},
};
use crate::{
    error::{Error, Result},
    read::keys::Keys,
    shown,
    yaml::{self, Node},
};

/// Reads the description of what comes back.
///
/// # Errors
///
/// When it is no YAML, or says something that the generator does not carry through.
pub(crate) fn read(text: &str) -> Result<Received> {
    let document = yaml::read(text)?;
    let components = document.get("components").map(Keys::new).transpose()?;
    let Some(mut components) = components else {
        return Err(document.error("`components.schemas` is missing"));
    };
    let schemas = components.need("schemas")?;
    if !components.flag("x-answer")? {
        return Err(schemas.error("`components` needs `x-answer: true` beside `schemas`"));
    }
    components.take("responses");
    let customer = components.need("x-customer")?;
    components.finish()?;
    let (fields, root) = head::webhooks(&document)?;
    let reader = Reader { nodes: schemas.members()?, shared: &[], each_says_answer: false };
    let schemas = reader.all()?;
    let customer = customer::read(customer, &schemas)?;
    let received = Received { fields, root, schemas, customer };
    check::check(&received, &document)?;
    Ok(received)
}

/// Reads answers from another description. It may share scalars with the one of what comes back.
///
/// # Errors
///
/// When one of them says something that the generator does not carry through.
pub(crate) fn answers(nodes: &[(String, Node)], shared: &[(String, Node)]) -> Result<Vec<Schema>> {
    shown::refuse(nodes)?;
    Reader { nodes, shared, each_says_answer: true }.all()
}

/// How a `$ref` to the description of what comes back begins.
const ELSEWHERE: &str = "webhooks.yaml#/components/schemas/";

/// The named schemas.
struct Reader<'n> {
    nodes: &'n [(String, Node)],
    /// Those of another file, of which scalars are shared.
    shared: &'n [(String, Node)],
    /// Whether each object says that it is an answer, and not all of them together.
    each_says_answer: bool,
}

impl Reader<'_> {
    fn all(&self) -> Result<Vec<Schema>> {
        let (mut schemas, mut errors) = (Vec::new(), Vec::new());
        let mut seen = HashSet::new();
        for (name, node) in self.nodes {
            let rust = heck::ToUpperCamelCase::to_upper_camel_case(name.as_str());
            if rust != *name {
                errors.push(node.error(format!("the name of a schema is a type name: `{rust}`")));
            } else if !seen.insert(name) {
                errors.push(node.error(format!("two schemas are called `{name}`")));
            }
            match self.schema(name, node) {
                Ok(schema) => schemas.push(schema),
                Err(error) => errors.push(error),
            }
        }
        if errors.is_empty() { Ok(schemas) } else { Err(Error::several(errors)) }
    }

    fn schema(&self, name: &str, node: &Node) -> Result<Schema> {
        if node.get("x-open-enum").is_some() {
            return words(name, node).map(Schema::Words);
        }
        if is_union(node) {
            return self.union(name, node).map(Schema::Union);
        }
        if is_object(node) {
            return self.object(name, node).map(|object| Schema::Object(Box::new(object)));
        }
        let mut keys = Keys::new(node)?;
        keys.need("description")?.text()?;
        // Read to refuse what it does not carry; the members that refer to it read it again.
        self.value(&mut keys, node)?;
        keys.finish()?;
        Ok(Schema::Scalar)
    }

    /// What a `$ref` leads to.
    fn follow(&self, reference: &Node) -> Result<Type> {
        if let Some(name) = reference.text()?.strip_prefix(ELSEWHERE) {
            return self.follow_elsewhere(reference, name);
        }
        let name = reference.reference()?;
        let node = self.nodes.iter().find(|(known, _)| known == name);
        let (_, node) =
            node.ok_or_else(|| reference.error(format!("there is no schema `{name}`")))?;
        if node.get("x-open-enum").is_some() {
            return Ok(Type::Words(name.to_owned()));
        }
        if is_union(node) {
            return Ok(Type::Union(name.to_owned()));
        }
        if is_object(node) {
            return Ok(Type::Object(name.to_owned()));
        }
        let mut keys = Keys::new(node)?;
        self.value(&mut keys, node)
    }

    fn follow_elsewhere(&self, reference: &Node, name: &str) -> Result<Type> {
        let node = self.shared.iter().find(|(known, _)| known == name).map(|(_, node)| node);
        let node = node.filter(|node| !is_object(node) && node.get("oneOf").is_none());
        let node = node.filter(|node| node.get("x-open-enum").is_none());
        let node =
            node.ok_or_else(|| reference.error(format!("there is no scalar `{name}` to share")))?;
        self.value(&mut Keys::new(node)?, node)
    }
}

/// Whether a schema is an object with known members. One with others is free JSON.
fn is_object(node: &Node) -> bool {
    node.get("properties").is_some() || node.get("allOf").is_some()
}

/// Whether a schema is a union of objects, and not one of forms that are kept as JSON.
fn is_union(node: &Node) -> bool {
    node.get("oneOf").is_some() && node.get("x-read-as").is_none()
}

fn words(name: &str, node: &Node) -> Result<Words> {
    let mut keys = Keys::new(node)?;
    keys.expect_type("string")?;
    let description = keys.need("description")?.text()?.to_owned();
    let words = keys.need("x-open-enum")?.members()?;
    let words = words.iter().map(|(word, meaning)| Ok((word.clone(), meaning.text()?.to_owned())));
    let words: Vec<(String, String)> = words.collect::<Result<_>>()?;
    let rank = keys.names("x-rank")?;
    let spellings = keys.take("x-lenient").map(crate::read::aliases).transpose()?;
    let spellings = spellings.unwrap_or_default();
    keys.finish()?;
    let is_word = |name: &String| words.iter().any(|(word, _)| word == name);
    if let Some(unknown) = rank.iter().find(|word| !is_word(word)) {
        return Err(node.error(format!("`x-rank` has `{unknown}`, which is none of the words")));
    }
    if rank.iter().collect::<HashSet<_>>().len() != rank.len() {
        return Err(node.error("`x-rank` has a word twice"));
    }
    if let Some((spelling, word)) = spellings.iter().find(|(_, word)| !is_word(word)) {
        return Err(node.error(format!("`{spelling}` cannot stand for `{word}`")));
    }
    let all: Vec<_> = spellings.iter().chain(&words).map(|(word, _)| word).collect();
    if let Some((one, other)) = crate::read::alike(&all) {
        return Err(node.error(format!(
            "`{one}` and `{other}` cannot be told apart, because words are read in any case"
        )));
    }
    Ok(Words { name: name.to_owned(), description, known: words, spellings, rank })
}
