//! The definitions of an account, by name and language.

use std::{
    collections::{BTreeMap, HashMap},
    fmt,
    sync::{Arc, OnceLock},
};

use super::{check, fault::Fault, layout::Definition, places, read, table::Demands};
use crate::{
    json::{Document, Json},
    node::Node,
    shown::quoted,
    sink::Report,
};

/// The definitions of templates that are in some files.
///
/// A file is scanned when it is added. What a definition demands is found out when a message asks for its name.
pub struct Definitions {
    demands: &'static Demands,
    files: Vec<File>,
    names: BTreeMap<String, Languages>,
    faults: Vec<Fault>,
}

struct File {
    source: Arc<str>,
    document: Document,
}

/// The definitions of a name, in the order of the files.
#[derive(Default)]
struct Languages {
    all: Vec<Entry>,
    /// The places in it.
    places: HashMap<String, usize>,
}

/// A definition that is known by its name and language alone, until somebody asks for more.
struct Entry {
    language: String,
    file: usize,
    number: usize,
    definition: OnceLock<Definition>,
}

impl Definitions {
    /// An empty set.
    #[must_use]
    pub fn new(demands: &'static Demands) -> Self {
        Self { demands, files: Vec::new(), names: BTreeMap::new(), faults: Vec::new() }
    }

    /// Adds the definitions of a file: a page of the list, an array of definitions, or one of them. `source` is what
    /// faults call the file.
    ///
    /// It does not fail: what is wrong with the file is kept among the [faults](Self::faults). Of two definitions
    /// with one name and language the first counts.
    pub fn add(&mut self, source: &str, text: &str) {
        let source: Arc<str> = source.into();
        match Document::new(text) {
            Ok(document) => {
                let file = self.files.len();
                self.files.push(File { source, document });
                self.enter(file);
            }
            Err(broken) => {
                let says = format!("it is not JSON: {broken}");
                self.faults.push(Fault::at(&source, broken.place(), says));
            }
        }
    }

    /// Adds what is wrong with a file that could not be read.
    pub fn add_fault(&mut self, fault: Fault) {
        self.faults.push(fault);
    }

    /// Enters the definitions of a file.
    fn enter(&mut self, file: usize) {
        let members = &self.demands.members;
        let File { source, document } = &self.files[file];
        let root = document.root();
        let page = root.member(members.page);
        let all = page.filter(|page| page.items().is_some()).unwrap_or(root);
        let is_one = all.is_object();
        if !is_one && all.items().is_none() {
            let says = "it holds no definitions: neither a list of them nor one";
            return self.faults.push(Fault::at(source, all.place(), says));
        }
        let more = members.more.iter().try_fold(root, |json, name| json.member(name));
        let mut faults = Vec::new();
        if let Some(more) = more.filter(|more| !more.is_null()) {
            let says = "the list goes on behind this page, so some templates may be missing here";
            faults.push(Fault::at(source, more.place(), says).harmless());
        }
        let one = is_one.then_some(all);
        let mut found = Vec::new();
        for json in all.items().into_iter().flatten().chain(one) {
            let text = |name: &str| json.text_of(name).filter(|text| !text.is_empty());
            let (name, language) = (text(members.name), text(members.language));
            let (Some(name), Some(language)) = (name, language) else {
                let says = format!(
                    "this is no definition of a template: it needs `{}` and `{}`",
                    members.name, members.language
                );
                faults.push(Fault::at(source, json.place(), says));
                continue;
            };
            // Some answers of the API write `en-US`, and no message does.
            let language = language.replace('-', "_");
            let definition = OnceLock::new();
            let number = json.number();
            found.push((name.into_owned(), Entry { language, file, number, definition }));
        }
        let source = Arc::clone(source);
        for (name, entry) in found {
            let Languages { all, places } = self.names.entry(name.clone()).or_default();
            if let Some(first) = places.get(&entry.language).map(|at| &all[*at]) {
                let (first, language) = (&self.files[first.file].source, &entry.language);
                let first = quoted(first);
                let says =
                    format!("it is there twice in {}; the first is in {first}", quoted(language));
                // Where the others stand, nobody asks.
                let document = &self.files[file].document;
                let json = document.value(entry.number).unwrap_or(document.root());
                faults.push(Fault::at(&source, json.place(), says).of(&name));
            } else {
                places.insert(entry.language.clone(), all.len());
                all.push(entry);
            }
        }
        self.faults.append(&mut faults);
    }

    /// Returns what is wrong with the files: what is no JSON, what is no definition, and what is there twice. What is
    /// wrong inside a definition is among its [own](Definition::faults).
    #[must_use]
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// Returns what is wrong with the files and inside all definitions, which are read for it.
    #[must_use]
    pub fn all_faults(&self) -> Vec<&Fault> {
        let inside = self.iter().flat_map(Definition::faults);
        self.faults.iter().chain(inside).collect()
    }

    /// Returns the faults that are in the way of messages of a name: those of the name, and those of files in which
    /// it may stand, if it is found nowhere.
    pub fn hindrances(&self, name: &str) -> impl Iterator<Item = &Fault> {
        let is_known = self.names.contains_key(name);
        let inside = self.named(name).into_iter().flat_map(Definition::faults);
        let concerns = move |fault: &&Fault| match fault.name() {
            Some(concerned) => concerned == name,
            None => !is_known,
        };
        let all = self.faults.iter().chain(inside);
        all.filter(|fault| fault.hinders()).filter(concerns).collect::<Vec<_>>().into_iter()
    }

    /// Returns whether there is no definition.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// Returns how many definitions there are, each language counted.
    #[must_use]
    pub fn len(&self) -> usize {
        self.names.values().map(|languages| languages.all.len()).sum()
    }

    /// Returns the names of all templates, in their order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.keys().map(String::as_str)
    }

    /// Returns the languages in which a template is defined.
    pub fn languages(&self, name: &str) -> impl Iterator<Item = &str> {
        self.entries(name).iter().map(|entry| entry.language.as_str())
    }

    /// Returns the definitions of a template, one for each language.
    #[must_use]
    pub fn named(&self, name: &str) -> Vec<&Definition> {
        let Some((name, entries)) = self.names.get_key_value(name) else { return Vec::new() };
        entries.all.iter().map(|entry| self.definition(name, entry)).collect()
    }

    /// Returns the definition of a template in a language.
    #[must_use]
    pub fn get(&self, name: &str, language: &str) -> Option<&Definition> {
        let (name, entries) = self.names.get_key_value(name)?;
        let entry = &entries.all[*entries.places.get(language)?];
        Some(self.definition(name, entry))
    }

    /// Returns all definitions, by name, and in the order of the files by language.
    pub fn iter(&self) -> impl Iterator<Item = &Definition> {
        let all = self.names.iter();
        all.flat_map(|(name, entries)| entries.all.iter().map(|entry| self.definition(name, entry)))
    }

    /// Returns the JSON of a definition, as it stands in its file.
    #[must_use]
    pub fn json(&self, name: &str, language: &str) -> Option<Json<'_>> {
        let Languages { all, places } = self.names.get(name)?;
        let entry = &all[*places.get(language)?];
        self.files[entry.file].document.value(entry.number)
    }

    /// Checks a message. One that is made from no template, or from a template whose name is not known yet, has
    /// nothing wrong here.
    #[must_use]
    pub fn check<'a, N: Node<'a>>(&self, message: N) -> Report<N> {
        check::run(self, message, false)
    }

    /// Returns what is advised against in a message.
    #[must_use]
    pub fn advise<'a, N: Node<'a>>(&self, message: N) -> Report<N> {
        check::run(self, message, true)
    }

    /// Returns the index of each button of a message, in the order in which it names them, by their kinds: the second
    /// of a kind fills the second button of that kind that takes a value.
    ///
    /// `card` is the position of the card that they are in. Nothing is said of a button that no definition has, or
    /// not all of them at the same place.
    #[must_use]
    pub fn button_indexes(
        &self,
        name: &str,
        language: Option<&str>,
        card: Option<usize>,
        kinds: &[&str],
    ) -> Vec<Option<usize>> {
        let all = match language {
            Some(language) => self.get(name, language).into_iter().collect(),
            None => self.named(name),
        };
        places::of_all(&all, card, kinds)
    }

    pub(super) fn demands(&self) -> &'static Demands {
        self.demands
    }

    fn entries(&self, name: &str) -> &[Entry] {
        self.names.get(name).map_or(&[], |languages| &languages.all)
    }

    fn definition<'d>(&'d self, name: &str, entry: &'d Entry) -> &'d Definition {
        entry.definition.get_or_init(|| {
            let File { source, document } = &self.files[entry.file];
            let json = document.value(entry.number).unwrap_or(document.root());
            read::definition(self.demands, source, name, &entry.language, json)
        })
    }
}

impl fmt::Debug for Definitions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Definitions")
            .field("definitions", &self.len())
            .field("faults", &self.faults.len())
            .finish_non_exhaustive()
    }
}
