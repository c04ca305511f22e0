//! Holds messages against the definitions of their templates, which lie beside the code as JSON.

mod against;
mod find;
mod load;
mod place;
#[cfg(test)]
mod testing;
mod track;

pub(crate) use against::Against;
pub use find::NAMES;

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use proc_macro2::TokenStream;
use wa_message_rules::{
    definition::{Definition, Definitions, Fault},
    listed, quoted,
};
use wa_message_spec::templates::DEMANDS;

use crate::{
    diagnostic::{Diagnostic, Spot},
    tree::{Content, Tree},
};

/// The definitions of a package, and what is known of their files.
#[derive(Debug)]
pub struct Templates {
    definitions: Definitions,
    /// The files by the names that errors call them.
    files: HashMap<String, PathBuf>,
    /// The files and folders that were found, as errors call them.
    places: Vec<String>,
    /// Whether there is no file, so that nothing is checked.
    is_off: bool,
    /// Why there are none.
    because: Option<String>,
    /// Whether there have to be some.
    is_required: bool,
    /// The folders of the package and of its workspace.
    folder: PathBuf,
    root: PathBuf,
    /// The faults that were reported.
    reported: Mutex<HashSet<String>>,
}

/// How many templates are named where one is missing.
const NAMES_AT_MOST: usize = 8;

/// The template that a message names by a literal.
#[derive(Debug)]
struct Named {
    name: String,
    /// Where the name stands.
    spot: Spot,
    /// The language, if it is a literal.
    language: Option<String>,
}

impl Templates {
    /// Definitions that were read elsewhere.
    #[must_use]
    pub fn of(definitions: Definitions) -> Self {
        Self {
            definitions,
            files: HashMap::new(),
            places: Vec::new(),
            is_off: false,
            because: None,
            is_required: false,
            folder: PathBuf::new(),
            root: PathBuf::new(),
            reported: Mutex::default(),
        }
    }

    /// Returns the definitions of the package that is being compiled, as its files are now. `None` outside of a
    /// compiler.
    #[must_use]
    pub fn of_crate() -> Option<Arc<Self>> {
        load::of_crate()
    }

    /// Returns the definitions.
    #[must_use]
    pub fn definitions(&self) -> &Definitions {
        &self.definitions
    }

    /// What is in the way of holding a message against them, as far as nobody has said so. `None` if nothing is.
    fn hindrances(&self, named: &Named) -> Option<Vec<Diagnostic>> {
        if let Some(because) = self.because.as_ref().filter(|_| self.is_required) {
            let name = quoted(&named.name);
            let message = format!("there is no definition of the template {name}: {because}");
            let help = format!("`{}` asks for one of every template", load::REQUIRED);
            return Some(vec![Diagnostic::new(named.spot, message).with_help(help)]);
        }
        let faults: Vec<_> = self.definitions.hindrances(&named.name).collect();
        if faults.is_empty() {
            return self.is_off.then(Vec::new);
        }
        Some(faults.into_iter().filter_map(|fault| self.first(named, fault)).collect())
    }

    /// What is in the way of who needs all of them.
    pub(crate) fn all_hindrances(&self) -> Vec<String> {
        let none = self.because.as_ref();
        let none = none.map(|because| format!("there are no definitions of templates: {because}"));
        let faults = self.definitions.all_faults().into_iter().filter(|fault| fault.hinders());
        none.into_iter().chain(faults.map(ToString::to_string)).collect()
    }

    /// Items that make the compiler watch all files.
    pub(crate) fn all_tracked(&self) -> TokenStream {
        track::items(self, &self.all_files().into_iter().map(|(_, path)| path).collect::<Vec<_>>())
    }

    /// All files with definitions, each with the name that errors call it and an expression with its path.
    pub(crate) fn embedded(&self) -> Vec<(&str, TokenStream)> {
        let files = self.all_files().into_iter();
        files.filter_map(|(name, path)| Some((name, track::path(self, path)?))).collect()
    }

    fn all_files(&self) -> Vec<(&str, &Path)> {
        let used: BTreeSet<_> = self.definitions.iter().map(Definition::source).collect();
        let used = used.into_iter();
        used.filter_map(|name| Some((name, self.files.get(name)?.as_path()))).collect()
    }

    /// What is worth knowing of the files behind a template.
    fn notes(&self, named: &Named) -> Vec<Diagnostic> {
        let definitions = self.definitions.named(&named.name);
        let inside = definitions.iter().flat_map(|definition| definition.faults());
        let all = self.definitions.faults().iter().chain(inside);
        let notes = all.filter(|fault| {
            !fault.hinders() && fault.name().is_none_or(|concerned| concerned == named.name)
        });
        notes.filter_map(|fault| self.first(named, fault)).collect()
    }

    /// The templates that there are, where they lie, and what may be missing of them.
    fn held(&self) -> String {
        let mut names: Vec<_> = self.definitions.names().map(quoted).collect();
        let more = names.len().saturating_sub(NAMES_AT_MOST);
        names.truncate(NAMES_AT_MOST);
        if more > 0 {
            names.push(format!("{more} more"));
        }
        let places = self.places.iter().map(|place| quoted(place));
        let mut note = if self.places.is_empty() {
            "the definitions".to_owned()
        } else {
            format!("the definitions in {}", listed(places, "and"))
        };
        note.push_str(" are of ");
        note.push_str(&if names.is_empty() { "none".to_owned() } else { listed(names, "and") });
        for fault in self.definitions.faults().iter().filter(|fault| fault.name().is_none()) {
            note.push_str("; ");
            note.push_str(&fault.to_string());
        }
        note
    }

    /// A fault, unless it was reported before.
    fn first(&self, named: &Named, fault: &Fault) -> Option<Diagnostic> {
        let says = fault.to_string();
        let mut reported = self.reported.lock().unwrap_or_else(PoisonError::into_inner);
        reported.insert(says.clone()).then(|| Diagnostic::new(named.spot, says))
    }

    /// The files that the definitions of a name stand in.
    fn files(&self, named: &Named) -> Vec<&Path> {
        let used = self.definitions.named(&named.name);
        let files: BTreeSet<_> = used.iter().filter_map(|it| self.files.get(it.source())).collect();
        files.into_iter().map(PathBuf::as_path).collect()
    }
}

/// The template of a message, if its name is a literal.
fn named(tree: &Tree) -> Option<Named> {
    let sent = &DEMANDS.sent;
    let at = |tree, way: &[&str]| way.iter().try_fold(tree, |tree: &Tree, name| tree.member(name));
    let template = at(tree, sent.way)?;
    let name = template.member(sent.name)?;
    let text = |tree: &Tree| match &tree.content {
        Content::Text(text) => Some(text.clone()),
        _ => None,
    };
    let language = at(template, sent.language).and_then(text);
    Some(Named { name: text(name)?, spot: name.spot, language })
}
