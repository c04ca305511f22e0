//! Everything that is wrong with the bodies of a file.

mod baseline;
mod body;
mod lines;
mod rule;
#[cfg(test)]
mod tests;

use std::{ops::Range, path::PathBuf};

use wa_message::Templates;

use crate::{
    bodies::{self, Form, Places, Visit},
    json::Tree,
};

pub(crate) use baseline::{Baseline, fingerprint};
pub(crate) use body::value;
pub(crate) use lines::{Lines, Place};
pub(crate) use rule::Rule;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    /// The API refuses it.
    Error,
    /// Advice.
    Warning,
}

impl Level {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// Something that is wrong with a file.
#[derive(Debug, Clone)]
pub(crate) struct Finding {
    pub(crate) level: Level,
    pub(crate) rule: Rule,
    /// The sentence that the macro prints too.
    pub(crate) says: String,
    pub(crate) help: Option<String>,
    /// Words of the template that it is about.
    pub(crate) note: Option<String>,
    /// Where it lies in the body: `interactive.action.buttons[1].reply.title`.
    pub(crate) path: String,
    /// The bytes of the file.
    pub(crate) bytes: Range<usize>,
}

/// What is known beside the rules of the API.
#[derive(Debug, Default)]
pub(crate) struct Checker {
    /// Definitions that messages from templates have to fit.
    pub(crate) templates: Option<Templates>,
    /// Whether every JSON value is a body, whatever it says of itself.
    pub(crate) all: bool,
}

/// A file that was read, with what was found in it.
#[derive(Debug)]
pub(crate) struct Checked {
    pub(crate) path: PathBuf,
    /// The name to show.
    pub(crate) name: String,
    pub(crate) text: String,
    pub(crate) findings: Vec<Finding>,
    /// How much more is wrong with bodies that have more than anybody reads.
    pub(crate) more: usize,
    /// How many bodies there are in it.
    pub(crate) bodies: usize,
}

impl Checker {
    /// Checks the bodies in a file.
    pub(crate) fn check(&self, path: PathBuf, name: String, text: String, form: Form) -> Checked {
        let mut found = Found { checker: self, findings: Vec::new(), more: 0, bodies: 0 };
        bodies::visit(&text, form, self.all, &mut found);
        let Found { mut findings, more, bodies, .. } = found;
        findings.sort_by_key(|finding| (finding.bytes.start, finding.level));
        Checked { path, name, text, findings, more, bodies }
    }
}

struct Found<'c> {
    checker: &'c Checker,
    findings: Vec<Finding>,
    more: usize,
    bodies: usize,
}

impl Visit for Found<'_> {
    fn body(&mut self, body: &Tree<'_>, places: &Places<'_>) {
        self.bodies += 1;
        let templates = self.checker.templates.as_ref();
        let (findings, more) = body::findings(body, templates);
        self.more += more;
        for mut finding in findings {
            finding.bytes = places.of(finding.bytes);
            self.findings.push(finding);
        }
    }

    fn broken(&mut self, bytes: Range<usize>, because: &str) {
        self.findings.push(Finding {
            level: Level::Error,
            rule: Rule::JSON,
            says: format!("this is not JSON: {because}"),
            help: None,
            note: None,
            path: String::new(),
            bytes,
        });
    }
}
