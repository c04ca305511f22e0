//! The customer of the sandbox: actions, and what the API posts then.

use std::collections::HashSet;

use crate::{
    error::Result,
    read::keys::Keys,
    received::model::{Customer, Made, Schema, StatusMade, Words},
    yaml::{Node, Value},
};

pub(super) fn read(node: &Node, schemas: &[Schema]) -> Result<Customer> {
    let mut keys = Keys::new(node)?;
    let actions = keys.need("actions")?.members()?.iter();
    let actions = actions.map(|(name, node)| {
        let made = node.items()?.iter().map(made).collect::<Result<Vec<_>>>()?;
        if made.is_empty() {
            Err(node.error("an action makes something"))
        } else {
            Ok((name.clone(), made))
        }
    });
    let actions = actions.collect::<Result<_>>()?;
    let of = keys.need("statuses-of")?;
    let words = schemas.iter().find_map(|schema| match schema {
        Schema::Words(words) if of.text().is_ok_and(|name| name == words.name) => Some(words),
        _ => None,
    });
    let words = words.ok_or_else(|| of.error("this is no set of words"))?;
    let statuses = keys.need("statuses")?;
    let made = statuses.members()?.iter().map(|(word, node)| status(words, word, node));
    let made: Vec<StatusMade> = made.collect::<Result<_>>()?;
    let by_itself = sequence(keys.need("by-itself")?, &made)?;
    let fewer = keys.need("fewer")?.members()?.iter();
    let fewer = fewer.map(|(kind, node)| Ok((kind.clone(), sequence(node, &made)?)));
    let fewer = fewer.collect::<Result<_>>()?;
    keys.finish()?;
    Ok(Customer { actions, statuses: made, by_itself, fewer })
}

fn made(node: &Node) -> Result<Made> {
    let mut keys = Keys::new(node)?;
    let (at, by, keeps) = (keys.text("at")?, keys.text("by")?, keys.text("keeps")?);
    let asks = keys.take("asks").map_or(Ok(String::new()), json)?;
    let gives = json(keys.need("gives")?)?;
    keys.finish()?;
    if at.is_empty() && !(by.is_empty() && keeps.is_empty()) {
        return Err(node.error("`by` and `keeps` name members of what stands `at` a place"));
    }
    Ok(Made { at, by, keeps, asks, gives })
}

fn status(words: &Words, word: &str, node: &Node) -> Result<StatusMade> {
    let known = words.known.iter().find(|(known, _)| known == word);
    let (_, description) =
        known.ok_or_else(|| node.error(format!("`{}` has no word `{word}`", words.name)))?;
    Ok(StatusMade { word: word.to_owned(), description: description.clone(), gives: json(node)? })
}

/// Words of statuses that are made, each once.
fn sequence(node: &Node, made: &[StatusMade]) -> Result<Vec<String>> {
    let words = node.texts()?;
    let mut seen = HashSet::new();
    for word in &words {
        if !made.iter().any(|made| made.word == *word) {
            return Err(node.error(format!("there is no status `{word}`")));
        }
        if !seen.insert(word) {
            return Err(node.error(format!("`{word}` stands here twice")));
        }
    }
    Ok(words)
}

/// The JSON of an object.
fn json(node: &Node) -> Result<String> {
    match node.value {
        Value::Map(_) => Ok(node.to_json().to_string()),
        _ => Err(node.error("expected an object")),
    }
}
