//! Checks that need all of the description.

use std::collections::{HashMap, HashSet};

use heck::ToShoutySnakeCase;

use super::model::{FileType, Media};
use crate::{
    error::{Error, Place, Result},
    received::model::Type,
    requests,
};

pub(super) fn check(media: &Media, kinds: &[&str]) -> Result<()> {
    let mut errors = Vec::new();
    let tables = &media.tables;
    for kind in &tables.kinds {
        if !kinds.contains(&kind.name.as_str()) {
            let message = format!("`{}` is no kind of message", kind.name);
            errors.push(Error::at(&kind.place, message));
        }
        if kind.most > tables.most || kind.most_animated.is_some_and(|most| most > tables.most) {
            errors.push(Error::at(&kind.place, "this is more than any file may have"));
        }
        errors.extend(check_types(&kind.types).err());
    }
    errors.extend(check_types(&tables.samples).err());
    errors.extend(check_answers(media).err());
    let refusals = tables.refusals.iter();
    errors.extend(twice(refusals.map(|it| (&it.place, it.name.to_shouty_snake_case()))).err());
    errors.extend(requests::distinct(&tables.operations).err());
    if errors.is_empty() { Ok(()) } else { Err(Error::several(errors)) }
}

/// Names of constants differ.
fn twice<'p>(names: impl Iterator<Item = (&'p Place, String)>) -> Result<()> {
    let mut seen = HashSet::new();
    for (place, name) in names {
        if !seen.insert(name.clone()) {
            return Err(Error::at(place, format!("two of them are called `{name}`")));
        }
    }
    Ok(())
}

/// An extension and a spelling lead to one type.
fn check_types(types: &[FileType]) -> Result<()> {
    let mut extensions = HashMap::new();
    let mut names: HashMap<_, _> =
        types.iter().map(|file| (file.name.as_str(), file.name.as_str())).collect();
    for file in types {
        for extension in &file.extensions {
            if let Some(other) = extensions.insert(extension, &file.name) {
                let message = format!("`{extension}` is an extension of `{other}` already");
                return Err(Error::at(&file.place, message));
            }
        }
        for name in &file.misspelt {
            if let Some(other) = names.insert(name.as_str(), file.name.as_str()) {
                return Err(Error::at(&file.place, format!("`{name}` is `{other}` already")));
            }
        }
    }
    Ok(())
}

/// Answers hold scalars, and requests are answered with one of them.
fn check_answers(media: &Media) -> Result<()> {
    let answers = media.answers.iter().map(|answer| (answer.name.as_str(), &answer.place));
    requests::answered(&media.tables.operations, answers)?;
    for answer in &media.answers {
        let is_scalar =
            |value: &Type| matches!(value, Type::Text(_) | Type::Integer(_) | Type::Boolean(_));
        if let Some(member) = answer.members.iter().find(|member| !is_scalar(&member.value)) {
            let message = "an answer about files holds texts, whole numbers and truth values";
            return Err(Error::at(&member.place, message));
        }
    }
    Ok(())
}
