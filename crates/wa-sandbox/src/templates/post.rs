//! Requests that create, edit and delete templates.

use std::sync::Arc;

use hyper::{body::Incoming, http::request::Parts};
use serde_json::{Value, json};
use tokio::time::Instant;
use wa_message_spec::{
    media::refusals::UNKNOWN_ID,
    templates::{
        DEMANDS,
        create::{TEMPLATE_CREATE, TEMPLATE_EDIT},
        refusals::{EXISTS, STATE, TOO_MANY},
    },
};

use super::{
    Answer, StoredTemplate, StoredTemplates, answered::answered, limits, store::NotTaken, stored,
};
use crate::{
    account::is_json,
    generated::templates::{CATEGORY_STAYS, CHANGES, CREATED, EDITABLE, EDITED, NOT_DELETABLE},
    log,
    refusal::Refusal,
    server::{query, read},
    state::State,
};

/// What there are rates for.
const CREATE: &str = "create";
const EDIT: &str = "edit";
/// How many templates are deleted at once by their ids.
const IDS_AT_MOST: usize = 100;

/// Creates a template in one language.
pub(super) async fn create(head: &Parts, body: Incoming, state: &Arc<State>) -> Answer {
    let json = limits::read(&TEMPLATE_CREATE, &text(head, body).await?)?;
    let mut json = answered(json);
    json[DEMANDS.members.status] = CREATED.into();
    // It is held until the template is counted, so that no other one passes meanwhile.
    let (mut gate, now) = (state.gate(), Instant::now());
    gate.check_template(CREATE, "", CREATED, now).map_err(too_often)?;
    let template = state.templates.add(json).map_err(|why| match why {
        NotTaken::Exists => Refusal::of_template(&EXISTS),
        NotTaken::Full => Refusal::of_template(&TOO_MANY),
    })?;
    gate.count_template(CREATE, "", CREATED, now);
    drop(gate);
    let (name, language) = (template.name(), template.language());
    let line = format!("created the template {name} ({language}) as {}", template.id());
    (state.log)(&log::one_line(&line));
    review(state, &template);
    Ok(json!({
        "id": template.id(),
        "status": template.status(),
        "category": template.text(DEMANDS.members.category),
    }))
}

/// Edits a template. Its components are replaced as a whole.
pub(super) async fn edit(id: &str, head: &Parts, body: Incoming, state: &Arc<State>) -> Answer {
    let category = DEMANDS.members.category;
    let edit = answered(limits::read(&TEMPLATE_EDIT, &text(head, body).await?)?);
    let template = state.templates.with_id(id).ok_or_else(|| unknown(id))?;
    if !EDITABLE.contains(&template.status()) {
        return Err(Refusal::of_template(&STATE));
    }
    let other = edit.get(category).and_then(Value::as_str);
    if CATEGORY_STAYS.contains(&template.status())
        && other.is_some_and(|other| other != template.text(category))
    {
        return Err(Refusal::parameter("the category of this template stays what it is"));
    }
    let mut json = template.json().clone();
    if let (Value::Object(members), Value::Object(edit)) = (&mut json, edit) {
        members.extend(edit);
    }
    json[DEMANDS.members.status] = EDITED.into();
    let before = template;
    let (mut gate, now) = (state.gate(), Instant::now());
    gate.check_template(EDIT, id, before.status(), now).map_err(too_often)?;
    let template = state.templates.replace(&before, json);
    let template = template.ok_or_else(|| Refusal::of_template(&STATE))?;
    gate.count_template(EDIT, id, before.status(), now);
    drop(gate);
    (state.log)(&log::one_line(&format!("edited the template {id}")));
    review(state, &template);
    Ok(json!({
        "success": true,
        "id": template.id(),
        "name": template.name(),
        "category": template.text(category),
    }))
}

/// Deletes all languages of a name, one of them, or several templates by their ids.
pub(super) fn delete(head: &Parts, state: &State) -> Answer {
    let query = query(&head.uri);
    let get = |name: &str| query.get(name).map(String::as_str);
    let templates = match (get("hsm_ids"), get("hsm_id"), get("name")) {
        (Some(ids), None, None) => by_ids(ids, state)?,
        (None, Some(id), Some(name)) => {
            let one = state.templates.with_id(id).filter(|one| one.name() == name);
            vec![one.ok_or_else(|| unknown(id))?]
        }
        (None, None, Some(name)) => state.templates.named(name),
        _ => {
            let needs = "it takes `name`, or `name` and `hsm_id`, or `hsm_ids`";
            return Err(Refusal::missing(needs));
        }
    };
    if templates.is_empty() {
        return Err(Refusal::parameter("there is no such template"));
    }
    if templates.iter().any(|template| NOT_DELETABLE.contains(&template.status())) {
        return Err(Refusal::of_template(&STATE));
    }
    let change = CHANGES.iter().find(|change| change.removes);
    for template in &templates {
        if let Some(change) = change {
            // It is deleted, and that nobody hears of it is counted.
            let _ = stored::apply(state, template, change, None);
        }
    }
    Ok(json!({ "success": true }))
}

/// All or none.
fn by_ids(ids: &str, state: &State) -> Result<Vec<StoredTemplate>, Refusal> {
    let ids: Result<Vec<Value>, _> = serde_json::from_str(ids);
    let ids = ids.ok().filter(|ids| ids.len() <= IDS_AT_MOST);
    let ids = ids.ok_or_else(|| {
        Refusal::parameter("`hsm_ids` must be a JSON array of 1 to 100 ids of templates")
    })?;
    let mut found: Vec<StoredTemplate> = Vec::new();
    for id in ids {
        let id = id.as_str().map_or_else(|| id.to_string(), str::to_owned);
        let template = state.templates.with_id(&id).ok_or_else(|| unknown(&id))?;
        if !found.iter().any(|known| known.id() == id) {
            found.push(template);
        }
    }
    Ok(found)
}

fn too_often(code: u32) -> Refusal {
    Refusal::of_code(code, "templates are created or edited more often than the sandbox allows")
}

/// There is no template of this id.
pub(super) fn unknown(id: &str) -> Refusal {
    let id: String = id.chars().take(100).collect();
    Refusal::of(&UNKNOWN_ID, format!("there is no template `{id}`"))
}

async fn text(head: &Parts, body: Incoming) -> Result<String, Refusal> {
    if !is_json(&head.headers) {
        return Err(Refusal::wrong_content_type());
    }
    let bytes = read(body).await?;
    String::from_utf8(bytes.into()).map_err(|_| Refusal::parameter("the body is not UTF-8"))
}

/// Approves a template after a time, if it is to be. What happens to it meanwhile goes before.
fn review(state: &Arc<State>, template: &StoredTemplate) {
    let Some(time) = state.templates.approve_after() else { return };
    let (weak, template) = (Arc::downgrade(state), template.clone());
    tokio::spawn(async move {
        tokio::time::sleep(time).await;
        let Some(state) = weak.upgrade() else { return };
        if state.templates.is_still(&template) {
            let stored = StoredTemplates::new(state);
            // That nobody hears of it is counted.
            let _ = stored.approve(template.name(), template.language());
        }
    });
}
