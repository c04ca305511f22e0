//! Templates: read, added, and changed.

use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Call, Problem};
use crate::{StoredTemplate, StoredTemplates};

fn stored(call: &Call<'_>) -> StoredTemplates {
    StoredTemplates::new(std::sync::Arc::clone(call.state))
}

/// The newest templates, or those of a name.
pub(super) fn list(call: &Call<'_>) -> Result<Value, Problem> {
    let mut all = stored(call).all();
    let count = all.len();
    if let Some(name) = call.query.get("name") {
        all.retain(|template| template.name() == name);
    }
    let templates = call.newest(all)?;
    Ok(json!({
        "templates": templates.iter().map(StoredTemplate::json).collect::<Vec<_>>(),
        "count": count,
        "warnings": stored(call).warnings(),
    }))
}

/// Definitions in any of the forms in which they lie in files.
pub(super) fn add(call: &Call<'_>) -> Result<Value, Problem> {
    Ok(json!({ "added": stored(call).add(&call.body.to_string())? }))
}

/// Something that happens to a template.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Changed {
    name: String,
    language: String,
    change: String,
    /// What is said with it, such as a reason.
    said: Option<String>,
}

pub(super) fn change(call: &Call<'_>) -> Result<Value, Problem> {
    let changed: Changed = call.read()?;
    if !StoredTemplates::knows(&changed.change, changed.said.is_some()) {
        let why = "`change` is none that is known, or it takes no `said`";
        return Err(Problem::unfit(why.to_owned()));
    }
    let Changed { name, language, change, said } = changed;
    stored(call).change(&name, &language, &change, said.as_deref())?;
    Ok(json!({}))
}

/// When templates are approved by themselves.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Approval {
    /// In milliseconds.
    after: Option<u64>,
}

pub(super) fn approval(call: &Call<'_>) -> Result<Value, Problem> {
    let approval: Approval = call.read()?;
    stored(call).approve_after(approval.after.map(Duration::from_millis));
    Ok(json!({}))
}
