//! Templates: read, added, and changed.

use std::time::Duration;

use serde::{Deserialize, de::Error as _};
use serde_json::{Value, json};

use super::{Call, Problem, wrong::Wrong};
use crate::{
    StoredTemplate, StoredTemplates,
    generated::templates::{CHANGE_NAMES, CHANGES},
};

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
    let added = stored(call).add(&call.body.to_string());
    Ok(json!({ "added": added.map_err(Wrong::custom)? }))
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
    let name = &*changed.change;
    let Some(known) = CHANGES.iter().find(|known| known.name == name) else {
        return Err(Wrong::unknown_variant(name, CHANGE_NAMES).in_member("change").into());
    };
    if changed.said.is_some() && known.takes.is_none() {
        let takes: Vec<_> = CHANGES.iter().filter(|one| one.takes.is_some()).collect();
        let takes: Vec<_> = takes.iter().map(|one| format!("`{}`", one.name)).collect();
        let why = format!("`said` goes with {} alone, and not with `{name}`", takes.join(" and "));
        return Err(Wrong::custom(why).into());
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
