//! Checks that need all of the description, and the description of messages.

mod defined;
mod messages;
mod sandbox;

use super::model::Templates;
use crate::{
    error::{Error, Result},
    received::model::Schema,
    requests::{self, Body},
};

pub(crate) use messages::against;

/// Checks what the description says of itself.
///
/// # Errors
///
/// When the demands are not about what a definition is, or a request about what there is.
pub(super) fn check(templates: &Templates) -> Result<()> {
    let answers = templates.answers.iter().filter_map(|schema| match schema {
        Schema::Object(object) => Some((object.name.as_str(), &object.place)),
        _ => None,
    });
    let mut errors = Vec::new();
    errors.extend(requests::distinct(&templates.operations).err());
    for operation in &templates.operations {
        if let Some(name) = &operation.answer
            && !answers.clone().any(|(answer, _)| answer == name)
        {
            let message = format!("there is no answer `{name}`");
            errors.push(Error::at(&operation.place, message));
        }
        let is_taken = match &operation.body {
            None => true,
            Some(Body::Json(name)) => templates.create.object(name).is_some(),
            Some(Body::Form(_)) => false,
        };
        if !is_taken {
            let message = "a request about templates posts an object of this file as JSON";
            errors.push(Error::at(&operation.place, message));
        }
    }
    errors.extend(defined::roles(&templates.demands).err());
    errors.extend(defined::check(templates).err());
    errors.extend(sandbox::check(templates).err());
    if errors.is_empty() { Ok(()) } else { Err(Error::several(errors)) }
}
