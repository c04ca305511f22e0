//! Holds messages against the definitions of their templates, which lie beside the code as JSON.

mod against;
mod find;
mod load;
mod place;
#[cfg(test)]
mod testing;
mod track;

pub(crate) use against::Against;

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use wa_message_rules::definition::{Definitions, Fault};
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
    /// Whether there is no file, so that nothing is checked.
    is_off: bool,
    /// Why there are none, if there have to be.
    missing: Option<String>,
    /// The folders of the package and of its workspace.
    folder: PathBuf,
    root: PathBuf,
    /// The faults that were reported.
    reported: Mutex<HashSet<String>>,
}

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
            is_off: false,
            missing: None,
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
        if let Some(because) = &self.missing {
            let name = wa_message_rules::quoted(&named.name);
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
