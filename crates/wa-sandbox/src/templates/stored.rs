//! The templates of a sandbox, as tests read and change them.

use std::{sync::Arc, time::Duration};

use serde_json::{Value, json};

use super::{
    StoredTemplate,
    holes::{fill, member},
    load,
    store::NotTaken,
    table::Change,
};
use crate::{
    customer::{ActionError, Reason},
    generated::templates::{CHANGES, MOST},
    hooks::{Update, change, now},
    state::State,
};

/// The templates of a sandbox. [`Sandbox::templates`](crate::Sandbox::templates) makes it. A clone is cheap.
///
/// As long as there never was one, messages may be made from any template. Otherwise a message that does not fit its
/// template is refused, with the code and the details of the API.
///
/// ```
/// use wa_message::{Client, Error, wa_message};
/// use wa_sandbox::Sandbox;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let order_ready = r#"{
///     "name": "order_ready",
///     "language": "en_US",
///     "category": "UTILITY",
///     "components": [{ "type": "BODY", "text": "Hi {{1}}, order {{2}} is ready." }]
/// }"#;
/// let sandbox = Sandbox::builder().templates(order_ready).start().await?;
/// let client = Client::builder(sandbox.token(), sandbox.phone_number_id())
///     .base_url(sandbox.base_url())
///     .build()?;
/// let code = |error| match error {
///     Err(Error::Refused(refusal)) => refusal.code(),
///     _ => 0,
/// };
///
/// let short = wa_message! { <template>
///     to: "+15550100", name: "order_ready", language: "en_US", body: ["Ada"],
/// };
/// assert_eq!(code(client.send(&short).await), 132_000);
///
/// let whole = wa_message! { <template>
///     to: "+15550100", name: "order_ready", language: "en_US", body: ["Ada", "17"],
/// };
/// client.send(&whole).await?;
/// sandbox.templates().pause("order_ready", "en_US")?;
/// assert_eq!(code(client.send(&whole).await), 132_015);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct StoredTemplates(Arc<State>);

impl StoredTemplates {
    pub(crate) fn new(state: Arc<State>) -> Self {
        Self(state)
    }

    /// Returns all of them, each language by itself, the oldest first.
    #[must_use]
    pub fn all(&self) -> Vec<StoredTemplate> {
        self.0.templates.all()
    }

    /// Returns the template of a name in a language.
    #[must_use]
    pub fn get(&self, name: &str, language: &str) -> Option<StoredTemplate> {
        self.0.templates.get(name, language)
    }

    /// Adds definitions: a page of the list, an array of definitions, or one of them, as JSON. One that is there already
    /// in its language is replaced. One without a state is approved. Returns how many there are in it.
    ///
    /// # Errors
    ///
    /// When it is no JSON, holds no definitions, or there are too many. What is wrong inside of a definition is among the
    /// [warnings](Self::warnings).
    pub fn add(&self, json: &str) -> Result<usize, ActionError> {
        let loaded = load::read(json);
        if loaded.is_in_part {
            return Err(ActionError(Reason::Definitions(first(&loaded.faults))));
        }
        let count = loaded.definitions.len();
        if let Err(NotTaken::Full) = self.0.templates.put(loaded.definitions) {
            let why = format!(
                "with these {count} there are more than {MOST}, or more than fit into 64 MiB"
            );
            return Err(ActionError(Reason::Definitions(why)));
        }
        self.0.templates.add_warnings(loaded.faults);
        Ok(count)
    }

    /// Returns what is wrong with the files of definitions, and inside of definitions.
    #[must_use]
    pub fn warnings(&self) -> Vec<String> {
        self.0.templates.warnings()
    }

    /// Approves each template that is created or edited from now on after this time. With `None` it waits until somebody
    /// [approves](Self::approve) or [rejects](Self::reject) it.
    pub fn approve_after(&self, time: impl Into<Option<Duration>>) {
        self.0.templates.set_approve_after(time.into());
    }

    /// Makes all templates what they were at the start.
    pub fn reset(&self) {
        self.0.templates.reset();
    }

    /// Changes a template, as a [change](CHANGES) of this name does.
    pub(crate) fn change(
        &self,
        name: &str,
        language: &str,
        change: &str,
        said: Option<&str>,
    ) -> Result<(), ActionError> {
        let unknown = || {
            let (name, language) = (name.to_owned(), language.to_owned());
            ActionError(Reason::UnknownTemplate { name, language })
        };
        let change = CHANGES.iter().find(|known| known.name == change).ok_or_else(unknown)?;
        let template = self.get(name, language).ok_or_else(unknown)?;
        apply(&self.0, &template, change, said)
    }
}

/// The first of some faults.
fn first(faults: &[String]) -> String {
    const SHOWN: usize = 5;
    let shown = faults.iter().take(SHOWN).cloned().collect::<Vec<_>>().join("; ");
    match faults.len().saturating_sub(SHOWN) {
        0 => shown,
        more => format!("{shown}; and {more} more"),
    }
}

impl std::fmt::Debug for StoredTemplates {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.all()).finish()
    }
}

/// Changes a template, and posts the webhook if there is somebody to post it to.
pub(super) fn apply(
    state: &State,
    template: &StoredTemplate,
    change: &Change,
    said: Option<&str>,
) -> Result<(), ActionError> {
    let find = |way: &str| match (way, change.takes) {
        (way, Some((takes, usual))) if way == takes => Some(said.unwrap_or(usual).into()),
        ("now", _) => Some(now().into()),
        // Webhooks write it so.
        ("language-tag", _) => Some(template.language().replace('_', "-").into()),
        (way, _) => member(template.json(), way),
    };
    let update = state.hooks.is_some().then(|| update(change, &find)).transpose()?;
    if change.removes {
        state.templates.remove(std::slice::from_ref(template));
    } else {
        let mut json = template.json().clone();
        if let Value::Object(members) = &mut json {
            members.extend(fill(change.sets, &find));
        }
        // Somebody else may have changed it at the same time, and was the last then.
        state.templates.replace(template, json);
    }
    let line = format!("template {} ({}): {}", template.name(), template.language(), change.name);
    (state.log)(&crate::log::one_line(&line));
    update.map_or(Ok(()), |update| state.tell(update))
}

fn update(change_of: &Change, find: &dyn Fn(&str) -> Option<Value>) -> Result<Update, ActionError> {
    let value = Value::Object(fill(change_of.gives, find));
    let update = change(&json!({ "field": change_of.field, "value": value }));
    let update = update.map_err(|why| ActionError(Reason::Content(why)))?;
    Ok(Update::Change(Box::new(update)))
}
