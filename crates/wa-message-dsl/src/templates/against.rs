//! A message, and the definitions that it is held against.

use std::{collections::BTreeSet, sync::Arc};

use proc_macro2::TokenStream;
use wa_message_rules::{
    Problem, ProblemKind, Violation,
    definition::{Definition, MismatchKind},
    listed, quoted,
};
use wa_message_spec::templates::DEMANDS;

use super::{
    Named, Templates, named,
    place::{self, Moved},
    track,
};
use crate::{Diagnostic, tree::Tree};

/// A violation at a value of what was written, and whether nothing is said of it.
type Found<'t> = (Violation<&'t Tree>, bool);

/// What a message with a template is held against.
#[derive(Debug)]
pub(crate) struct Against {
    templates: Arc<Templates>,
    named: Named,
    /// What is to be said of files that are in the way. Then the message is not checked.
    hindrances: Option<Vec<Diagnostic>>,
    /// The buttons that lie elsewhere where the definition is not found.
    moved: Vec<Moved>,
}

impl Against {
    /// Finds the definitions of a message that names a template, and gives its buttons their indexes.
    pub(crate) fn of(
        tree: &mut Tree,
        find: &dyn Fn() -> Option<Arc<Templates>>,
        for_editor: bool,
    ) -> Option<Self> {
        let named = named(tree)?;
        let templates = find()?;
        let mut hindrances = templates.hindrances(&named);
        if for_editor && let Some(said) = &mut hindrances {
            said.clear();
        }
        let mut moved = Vec::new();
        if hindrances.is_none() {
            moved = place::buttons(tree, &templates.definitions, &named);
        }
        Some(Self { templates, named, hindrances, moved })
    }

    /// Adds what does not fit the definitions to what breaks other rules. `is_lost` says that not all of the message
    /// was understood.
    pub(crate) fn check<'t>(&self, tree: &'t Tree, said: &mut Vec<Found<'t>>, is_lost: bool) {
        if self.hindrances.is_some() {
            return;
        }
        let mut found = self.templates.definitions.check(tree).violations;
        // The definition says where a button is, and not the position that it was written at.
        if !found.is_empty() {
            let is_index = |path: &str| path.ends_with(DEMANDS.sent.index);
            said.retain(|(known, _)| !(known.at.is_filled_in && is_index(known.path.as_str())));
        }
        // The definition says whether variables have names, and without it one only sees that they are mixed.
        if found.iter().any(|found| is_about_names(&found.problem)) {
            let is_mixed = |problem: &Problem| {
                matches!(problem.kind(), ProblemKind::Mixed { .. })
                    && problem.subject().member() == Some(DEMANDS.sent.parameter_name)
            };
            said.retain(|(known, _)| !is_mixed(&known.problem));
        }
        // What is wrong with a value in itself may be all that is wrong with it.
        found.retain(|found| {
            let is_same = |known: &Violation<&Tree>| {
                known.path == found.path || std::ptr::eq(known.at, found.at)
            };
            !said.iter().any(|(known, _)| is_same(known))
        });
        // What is missing may be in what was not understood.
        let is_silent = |found: &Violation<&Tree>| is_lost && is_missing(found);
        said.extend(found.into_iter().map(|found| {
            let is_silent = is_silent(&found);
            (found, is_silent)
        }));
    }

    /// Where the definitions lie, for somebody who misses one.
    pub(crate) fn note(&self, problem: &Problem) -> Option<String> {
        let ProblemKind::Template(mismatch) = problem.kind() else { return None };
        match mismatch.kind() {
            MismatchKind::NoTemplate { .. } => Some(self.templates.held()),
            MismatchKind::NoLanguage { .. } => {
                let definitions = self.templates.definitions.named(&self.named.name);
                let files: BTreeSet<_> = definitions.iter().map(|it| quoted(it.source())).collect();
                Some(format!("its definitions are in {}", listed(files, "and")))
            }
            _ => None,
        }
    }

    /// What the definitions advise against.
    pub(crate) fn advise<'t>(&self, tree: &'t Tree) -> Vec<Violation<&'t Tree>> {
        match self.hindrances {
            None => self.templates.definitions.advise(tree).violations,
            Some(_) => Vec::new(),
        }
    }

    /// What is worth knowing of the files, and of buttons that are elsewhere without them.
    pub(crate) fn notes(&self) -> Vec<Diagnostic> {
        let name = quoted(&self.named.name);
        let index = DEMANDS.sent.index;
        let moved = self.moved.iter().map(|moved| {
            let Moved { spot, position, now } = *moved;
            let message = format!(
                "this is button {now} of {name}, and would be button {position} if the definition were not found"
            );
            let help = format!("write `{index}: {now}` to mean it in either case");
            Diagnostic::new(spot, message).with_help(help)
        });
        self.templates.notes(&self.named).into_iter().chain(moved).collect()
    }

    /// What is in the way of a check.
    pub(crate) fn hindrances(&self) -> &[Diagnostic] {
        self.hindrances.as_deref().unwrap_or_default()
    }

    /// The definition in the language of the message, or else the first one.
    pub(crate) fn definition(&self) -> Option<&Definition> {
        let all = self.templates.definitions.named(&self.named.name);
        let first = all.first().copied();
        let language = self.named.language.as_deref();
        let own = all.into_iter().find(|it| language.is_none_or(|own| it.language() == own));
        own.or(first).filter(|_| self.hindrances.is_none())
    }

    /// Items that make the compiler watch what the expansion depends on.
    pub(crate) fn tracked(&self) -> TokenStream {
        track::items(&self.templates, &self.templates.files(&self.named))
    }
}

/// Whether a problem is that variables have names, or have none.
fn is_about_names(problem: &Problem) -> bool {
    let ProblemKind::Template(mismatch) = problem.kind() else { return false };
    matches!(mismatch.kind(), MismatchKind::NamesNeeded { .. } | MismatchKind::NoNames { .. })
}

/// Whether a violation is about a component that is not there.
fn is_missing(found: &Violation<&Tree>) -> bool {
    found.path.as_str().ends_with(DEMANDS.sent.components)
}
