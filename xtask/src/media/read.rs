//! From the YAML to the model. Every keyword is understood or refused.

mod files;
mod form;

pub(crate) use self::files::time;
use super::{
    check,
    model::{Media, Tables},
};
use crate::{
    error::Result,
    read::keys::Keys,
    received::{self, model::Schema},
    requests::{self, Body},
    yaml::{self, Node},
};

/// Whether a document describes media.
pub(crate) fn is_media(document: &Node) -> bool {
    document.at("/components/x-media").is_some()
}

/// Reads the description of media.
///
/// Its kinds are kinds of message, and its answers share scalars with the description of webhooks.
///
/// # Errors
///
/// When it is no YAML, or says something that the generator does not carry through.
pub(crate) fn read(text: &str, kinds: &[&str], webhooks: &Node) -> Result<Media> {
    let document = yaml::read(text)?;
    let tables = tables(&document)?;
    let shared = webhooks.at("/components/schemas").map_or(Ok(&[][..]), Node::members)?;
    let mut answers = Vec::new();
    for (name, node) in schemas(&document)? {
        if node.get("x-answer").is_some() {
            answers.push((name.clone(), node.clone()));
        }
    }
    let answers = received::answers(&answers, shared)?.into_iter().zip(&answers);
    let answers = answers.map(|(schema, (_, node))| match schema {
        Schema::Object(object) => Ok(*object),
        _ => Err(node.error("an answer about files is an object")),
    });
    let answers = answers.collect::<Result<_>>()?;
    let media = Media { tables, answers };
    check::check(&media, kinds)?;
    Ok(media)
}

/// Reads what needs no other file.
///
/// # Errors
///
/// When it says something that the generator does not carry through.
pub(crate) fn tables(document: &Node) -> Result<Tables> {
    let components = document.get("components");
    let mut keys = Keys::new(components.ok_or_else(|| document.error("`components` is missing"))?)?;
    keys.need("schemas")?;
    keys.take("responses");
    let schemes = keys.need("securitySchemes")?;
    let files = keys.need("x-media")?;
    keys.finish()?;
    let operations = requests::read(document, schemes)?;
    let forms = operations.iter().filter_map(|operation| match &operation.body {
        Some(Body::Form(form)) => Some(form),
        _ => None,
    });
    let [form] = forms.collect::<Vec<_>>()[..] else {
        return Err(document.error("one request posts `multipart/form-data`"));
    };
    let mut schemas = schemas(document)?.iter();
    let Some((_, form)) = schemas.clone().find(|(name, _)| name == form) else {
        return Err(document.error(format!("there is no schema `{form}`")));
    };
    let other =
        schemas.find(|(_, node)| node.get("x-answer").is_none() && node.place != form.place);
    if let Some((_, other)) = other {
        return Err(other.error("nothing asks for this schema, so it needs `x-answer: true`"));
    }
    let form = form::read(form)?;
    files::read(files, operations, form)
}

fn schemas(document: &Node) -> Result<&[(String, Node)]> {
    document.at("/components/schemas").map_or(Ok(&[][..]), Node::members)
}
