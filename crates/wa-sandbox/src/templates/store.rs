//! The definitions that the sandbox knows.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use serde_json::Value;
use wa_message_rules::{
    ProblemKind, Report, Violation,
    definition::{Definition, Definitions, Fault, MismatchKind},
    json::{Document, Json},
};
use wa_message_spec::templates::DEMANDS;

use super::load::Loaded;
use crate::generated::templates::MOST;

/// How much memory the definitions take together, in bytes of their JSON.
const BYTES_AT_MOST: usize = 64 * 1024 * 1024;

/// How many warnings are kept.
const WARNINGS_AT_MOST: usize = 1000;

/// The definition of a template in a language, as it was when it was asked for. A clone is cheap.
#[derive(Clone)]
pub struct StoredTemplate(Arc<Inner>);

struct Inner {
    number: u64,
    language: String,
    json: Value,
    bytes: usize,
    /// The definition alone, as the engine reads it.
    definitions: Definitions,
}

impl StoredTemplate {
    /// Returns the id.
    #[must_use]
    pub fn id(&self) -> &str {
        self.text("id")
    }

    /// Returns the name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.text(DEMANDS.members.name)
    }

    /// Returns the code of the language.
    #[must_use]
    pub fn language(&self) -> &str {
        &self.0.language
    }

    /// Returns the state: `APPROVED`.
    #[must_use]
    pub fn status(&self) -> &str {
        self.text(DEMANDS.members.status)
    }

    /// Returns the definition as the list has it.
    #[must_use]
    pub fn json(&self) -> &Value {
        &self.0.json
    }

    /// What a member says. Empty if it says nothing.
    pub(super) fn text(&self, member: &str) -> &str {
        self.0.json.get(member).and_then(Value::as_str).unwrap_or_default()
    }

    pub(super) fn number(&self) -> u64 {
        self.0.number
    }

    /// Whether nothing has changed since.
    fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    fn new(number: u64, name: &str, language: String, json: Value) -> Self {
        let text = json.to_string();
        let mut definitions = Definitions::new(&DEMANDS);
        definitions.add(name, &text);
        Self(Arc::new(Inner { number, language, bytes: text.len(), json, definitions }))
    }
}

impl fmt::Debug for StoredTemplate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoredTemplate")
            .field("name", &self.name())
            .field("language", &self.language())
            .field("status", &self.status())
            .finish_non_exhaustive()
    }
}

/// What a message is held against.
pub(super) enum Against {
    Template(StoredTemplate),
    /// There are definitions, and none of this name.
    Nothing(Arc<Definitions>),
}

impl Against {
    fn definitions(&self) -> &Definitions {
        match self {
            Self::Template(template) => &template.0.definitions,
            Self::Nothing(nothing) => nothing,
        }
    }

    /// What is wrong with a message, and then what is advised against in it.
    pub(super) fn judge<'d>(&self, message: &'d Document) -> Vec<Violation<Json<'d>>> {
        let of = |report: Report<Json<'d>>| report.violations;
        let mut found = of(self.definitions().check(message.root()));
        found.extend(of(self.definitions().advise(message.root())));
        // What is not sent at all is not held against its text.
        found.sort_by_key(|violation| !is_of_status(violation));
        found
    }

    pub(super) fn definition(&self) -> Option<&Definition> {
        self.definitions().iter().next()
    }
}

/// Whether it is about the state, which is advice as long as it may become another.
fn is_of_status(violation: &Violation<Json<'_>>) -> bool {
    match violation.problem.kind() {
        ProblemKind::Template(mismatch) => matches!(mismatch.kind(), MismatchKind::Status { .. }),
        _ => false,
    }
}

/// Why a template was not taken.
pub(super) enum NotTaken {
    Exists,
    Full,
}

/// All definitions.
pub(crate) struct TemplateStore(Mutex<Shelf>);

struct Shelf {
    /// By their numbers, in the order in which they came.
    all: BTreeMap<u64, StoredTemplate>,
    /// The languages of a name, and the numbers in their order.
    names: HashMap<String, Languages>,
    ids: HashMap<String, u64>,
    count: u64,
    bytes: usize,
    /// Without any definitions, every template is taken.
    is_used: bool,
    nothing: Arc<Definitions>,
    approve_after: Option<Duration>,
    warnings: Vec<String>,
    /// What it began with.
    first: Loaded,
    first_approve_after: Option<Duration>,
}

/// The numbers of a name, by language and in the order in which they came.
#[derive(Default)]
struct Languages {
    by_language: HashMap<String, u64>,
    in_order: BTreeSet<u64>,
}

impl Shelf {
    fn new(first: Loaded, approve_after: Option<Duration>) -> Self {
        let mut nothing = Definitions::new(&DEMANDS);
        if first.is_in_part {
            // A template that is not there may be in the part that could not be read.
            nothing.add_fault(Fault::of_file("", ""));
        }
        let mut shelf = Self {
            all: BTreeMap::new(),
            names: HashMap::new(),
            ids: HashMap::new(),
            count: 0,
            bytes: 0,
            is_used: first.is_in_part || !first.definitions.is_empty(),
            nothing: Arc::new(nothing),
            approve_after,
            warnings: first.faults.clone(),
            first: Loaded::default(),
            first_approve_after: approve_after,
        };
        for json in &first.definitions {
            // What is there twice was told among the faults, and the first counts.
            let _ = shelf.add(json.clone());
        }
        shelf.first = first;
        shelf
    }

    fn find(&self, name: &str, language: &str) -> Option<&StoredTemplate> {
        self.all.get(self.names.get(name)?.by_language.get(language)?)
    }

    /// Takes a definition with name and language.
    fn add(&mut self, mut json: Value) -> Result<StoredTemplate, NotTaken> {
        let (name, language) = key(&json);
        if self.find(&name, &language).is_some() {
            return Err(NotTaken::Exists);
        }
        if self.all.len() >= MOST || self.bytes >= BYTES_AT_MOST {
            return Err(NotTaken::Full);
        }
        self.count += 1;
        let number = self.count;
        let own = json.get("id").and_then(Value::as_str).filter(|id| !self.ids.contains_key(*id));
        if own.is_none() {
            // Digits, as those of the API.
            json["id"] = format!("{}", 700_100_000_000_000 + number).into();
        }
        let template = StoredTemplate::new(number, &name, language.clone(), json);
        self.ids.insert(template.id().to_owned(), number);
        let languages = self.names.entry(name).or_default();
        languages.by_language.insert(language, number);
        languages.in_order.insert(number);
        self.bytes += template.0.bytes;
        self.is_used = true;
        self.all.insert(number, template.clone());
        Ok(template)
    }

    fn remove(&mut self, template: &StoredTemplate) {
        if let Some(gone) = self.all.remove(&template.number()) {
            self.bytes -= gone.0.bytes;
            self.ids.remove(gone.id());
            if let Some(languages) = self.names.get_mut(gone.name()) {
                languages.by_language.remove(gone.language());
                languages.in_order.remove(&gone.number());
                if languages.in_order.is_empty() {
                    self.names.remove(gone.name());
                }
            }
        }
    }

    /// Puts another definition in the place of one, if that is still there as it was.
    fn replace(&mut self, before: &StoredTemplate, json: Value) -> Option<StoredTemplate> {
        let place = self.all.get_mut(&before.number()).filter(|now| now.is(before))?;
        let language = before.language().to_owned();
        let template = StoredTemplate::new(before.number(), before.name(), language, json);
        self.bytes = self.bytes - place.0.bytes + template.0.bytes;
        *place = template.clone();
        Some(template)
    }
}

/// The name and the language of a definition, as messages write it.
fn key(json: &Value) -> (String, String) {
    let text = |name: &str| json.get(name).and_then(Value::as_str).unwrap_or_default();
    let members = &DEMANDS.members;
    (text(members.name).to_owned(), text(members.language).replace('-', "_"))
}

impl TemplateStore {
    pub(crate) fn new(first: Loaded, approve_after: Option<Duration>) -> Self {
        Self(Mutex::new(Shelf::new(first, approve_after)))
    }

    fn shelf(&self) -> MutexGuard<'_, Shelf> {
        // Nothing is half done when a holder of the lock panics.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What a message that names this template is held against. Nothing, as long as there never was a definition.
    pub(super) fn against(&self, name: &str, language: &str) -> Option<Against> {
        let shelf = self.shelf();
        if !shelf.is_used {
            return None;
        }
        let any = || shelf.all.get(shelf.names.get(name)?.in_order.first()?);
        let template = shelf.find(name, language).or_else(any).cloned();
        Some(match template {
            Some(template) => Against::Template(template),
            None => Against::Nothing(Arc::clone(&shelf.nothing)),
        })
    }

    pub(super) fn add(&self, json: Value) -> Result<StoredTemplate, NotTaken> {
        self.shelf().add(json)
    }

    /// Takes definitions, each in the place of the one that is there in its language, whose id it keeps: all of them, or
    /// none where they are too many.
    pub(super) fn put(&self, definitions: Vec<Value>) -> Result<(), NotTaken> {
        let mut shelf = self.shelf();
        let is_new = |json: &&Value| {
            let (name, language) = key(json);
            shelf.find(&name, &language).is_none()
        };
        if shelf.all.len() + definitions.iter().filter(is_new).count() > MOST
            || shelf.bytes >= BYTES_AT_MOST
        {
            return Err(NotTaken::Full);
        }
        for mut json in definitions {
            let (name, language) = key(&json);
            match shelf.find(&name, &language).cloned() {
                None => drop(shelf.add(json)?),
                Some(before) => {
                    json["id"] = before.id().into();
                    shelf.replace(&before, json).ok_or(NotTaken::Exists)?;
                }
            }
        }
        Ok(())
    }

    pub(super) fn remove(&self, templates: &[StoredTemplate]) {
        let mut shelf = self.shelf();
        for template in templates {
            shelf.remove(template);
        }
    }

    pub(super) fn replace(&self, before: &StoredTemplate, json: Value) -> Option<StoredTemplate> {
        self.shelf().replace(before, json)
    }

    /// Whether a template is still there as it was.
    pub(super) fn is_still(&self, template: &StoredTemplate) -> bool {
        self.shelf().all.get(&template.number()).is_some_and(|now| now.is(template))
    }

    pub(super) fn get(&self, name: &str, language: &str) -> Option<StoredTemplate> {
        self.shelf().find(name, &language.replace('-', "_")).cloned()
    }

    pub(crate) fn with_id(&self, id: &str) -> Option<StoredTemplate> {
        let shelf = self.shelf();
        shelf.all.get(shelf.ids.get(id)?).cloned()
    }

    /// All languages of a name.
    pub(super) fn named(&self, name: &str) -> Vec<StoredTemplate> {
        let shelf = self.shelf();
        let numbers = shelf.names.get(name).into_iter().flat_map(|known| &known.in_order);
        numbers.filter_map(|number| shelf.all.get(number).cloned()).collect()
    }

    /// All of them, the oldest first.
    pub(crate) fn all(&self) -> Vec<StoredTemplate> {
        self.shelf().all.values().cloned().collect()
    }

    pub(crate) fn warnings(&self) -> Vec<String> {
        self.shelf().warnings.clone()
    }

    pub(super) fn add_warnings(&self, warnings: Vec<String>) {
        let mut shelf = self.shelf();
        shelf.warnings.extend(warnings);
        let more = shelf.warnings.len().saturating_sub(WARNINGS_AT_MOST);
        // The newest are of more use.
        shelf.warnings.drain(..more);
    }

    pub(super) fn approve_after(&self) -> Option<Duration> {
        self.shelf().approve_after
    }

    pub(crate) fn set_approve_after(&self, time: Option<Duration>) {
        self.shelf().approve_after = time;
    }

    /// Is again as it was at the start.
    pub(crate) fn reset(&self) {
        let mut shelf = self.shelf();
        let (first, approve_after) = (std::mem::take(&mut shelf.first), shelf.first_approve_after);
        *shelf = Shelf::new(first, approve_after);
    }
}
