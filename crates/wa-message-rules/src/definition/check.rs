//! Holds a message against the definition of its template.
//!
//! It goes over the message twice when something is wrong: the first walk writes no paths, because most messages have
//! nothing wrong and are checked before each send.

mod buttons;
mod given;
mod parts;
mod texts;

use std::collections::HashSet;

use super::{
    layout::{Definition, Layout},
    mismatch::{Mismatch, MismatchKind},
    set::Definitions,
    table::{Demands, Sendable},
};
use crate::{
    node::{Node, Part, Path, Value},
    problem::{Label, Problem, ProblemKind, Subject},
    sink::{KEPT_AT_MOST, Report, Violation},
    suggest::nearest,
};

use given::Given;

/// The number of the first rule of templates, less one.
const RULES: u16 = 200;

pub(super) fn run<'a, N: Node<'a>>(
    definitions: &Definitions,
    message: N,
    advice: bool,
) -> Report<N> {
    let mut violations = find(definitions, message, advice, &Path::unread());
    if !violations.is_empty() {
        violations = find(definitions, message, advice, &Path::root());
    }
    let count = violations.len();
    violations.truncate(KEPT_AT_MOST);
    Report { violations, count }
}

fn find<'a, N: Node<'a>>(
    definitions: &Definitions,
    message: N,
    advice: bool,
    path: &Path,
) -> Vec<Violation<N>> {
    let demands = definitions.demands();
    let sent = &demands.sent;
    let Some(template) = sent.way.iter().try_fold(message, |node, name| node.member(name)) else {
        return Vec::new();
    };
    let path = sent.way.iter().fold(path.clone(), |path, name| path.member(name));
    let Some(name_node) = template.member(sent.name) else { return Vec::new() };
    let Value::Text(name) = name_node.value() else { return Vec::new() };
    let mut languages = definitions.languages(&name).peekable();
    if languages.peek().is_none() {
        let is_judged = !advice && definitions.hindrances(&name).next().is_none();
        let near = nearest(&name, definitions.names()).map(str::to_owned);
        let mismatch = Mismatch::new(&name, None, MismatchKind::NoTemplate { near });
        let violation = violation(name_node, path.member(sent.name), mismatch, 1);
        return if is_judged { vec![violation] } else { Vec::new() };
    }
    let code = sent.language.iter().try_fold(template, |node, name| node.member(name));
    let code = code.and_then(|node| match node.value() {
        Value::Text(code) => Some((node, code)),
        _ => None,
    });
    // A name may have any number of languages. None but those that the message may be in are looked at.
    let fitting = match &code {
        Some((_, code)) => definitions.get(&name, code).into_iter().collect(),
        None => definitions.named(&name),
    };
    if let (Some((node, code)), true) = (&code, fitting.is_empty()) {
        let held = languages.map(str::to_owned).collect();
        let mismatch = Mismatch::new(&name, Some(code), MismatchKind::NoLanguage { held });
        let path = sent.language.iter().fold(path, |path, name| path.member(name));
        return if advice { Vec::new() } else { vec![violation(*node, path, mismatch, 2)] };
    }
    let mut found: Vec<Violation<N>> = Vec::new();
    let mut said = HashSet::new();
    for definition in fitting {
        let checker = Checker { demands, definition, advice, whole: name_node, found: Vec::new() };
        let mut here = checker.check(message, template, &path);
        // What one language has wrong, the others need not say again.
        let key = |violation: &Violation<N>| (violation.number, violation.path.as_str().to_owned());
        here.retain(|violation| !said.contains(&key(violation)));
        said.extend(here.iter().map(key));
        found.append(&mut here);
    }
    found
}

fn violation<N>(at: N, path: Path, mismatch: Mismatch, rule: u16) -> Violation<N> {
    let subject = Subject::of(Label::Phrase("the template"));
    let problem = Problem::new(subject, ProblemKind::Template(Box::new(mismatch)));
    Violation { at, part: Part::Whole, path, problem, number: Some(RULES + rule) }
}

/// Holds a message against one definition.
struct Checker<'d, N> {
    demands: &'static Demands,
    definition: &'d Definition,
    advice: bool,
    /// The name of the template, where it is said what is missing.
    whole: N,
    found: Vec<Violation<N>>,
}

/// A template or a card, and where a message fills it.
struct Place<'p, N> {
    layout: &'p Layout,
    given: Given<N>,
    /// Where it is said what is missing.
    at: N,
    /// The array of components.
    path: Path,
    /// The position of the card.
    card: Option<usize>,
}

impl<'a, N: Node<'a>> Checker<'_, N> {
    fn check(mut self, message: N, template: N, path: &Path) -> Vec<Violation<N>> {
        let definition = self.definition;
        let sent = &self.demands.sent;
        self.status(path);
        self.recipient(message);
        let path = path.member(sent.components);
        let place = Place {
            layout: &definition.layout,
            given: Given::of(template, sent, &path),
            at: self.whole,
            path,
            card: None,
        };
        // A fault of the file is in the way: what it demands is not known.
        if definition.faults.iter().all(|fault| !fault.hinders()) {
            self.place(&place);
            self.parts(&place);
            self.cards(&place);
            self.codes(&place);
        }
        self.found
    }

    fn place(&mut self, place: &Place<'_, N>) {
        self.header(place);
        self.body(place);
        self.buttons(place);
    }

    /// Reports an error, unless advice is asked for.
    fn error(&mut self, at: N, path: Path, rule: u16, mismatch: Mismatch) {
        if !self.advice {
            self.found.push(violation(at, path, mismatch, rule));
        }
    }

    /// Reports a piece of advice, if that is asked for.
    fn advise(&mut self, at: N, path: Path, rule: u16, mismatch: Mismatch) {
        if self.advice {
            self.found.push(violation(at, path, mismatch, rule));
        }
    }

    /// Whether what is found next is told, and not only counted. If not, it needs no more words.
    fn is_told(&self) -> bool {
        self.found.len() < KEPT_AT_MOST
    }

    fn mismatch(&self, kind: MismatchKind) -> Mismatch {
        Mismatch::new(&self.definition.name, Some(&self.definition.language), kind)
    }

    fn status(&mut self, path: &Path) {
        let Some(status) = self.definition.known_status else { return };
        let (at, path) = (self.whole, path.member(self.demands.sent.name));
        let mismatch = self.mismatch(MismatchKind::Status { says: status.says });
        match status.sendable {
            Sendable::Yes => {}
            Sendable::NotNow => self.advise(at, path, 3, mismatch),
            Sendable::No => self.error(at, path, 3, mismatch),
        }
    }

    /// One-time codes go neither to groups nor to people whose number is hidden.
    fn recipient(&mut self, message: N) {
        if !self.definition.is_for_codes {
            return;
        }
        let sent = &self.demands.sent;
        let (member, value) = sent.no_codes_to;
        if let Some(node) = message.member(member)
            && message.text_of(member).is_some_and(|found| found.eq_ignore_ascii_case(value))
        {
            let kind = MismatchKind::NotForCodes { member, value: Some(value) };
            let mismatch = self.mismatch(kind);
            self.error(node, Path::root().member(member), 21, mismatch);
        }
        let (needed, beside) = sent.codes_need;
        let is_given =
            |name| message.member(name).filter(|node| !matches!(node.value(), Value::Null));
        if let (None, Some(node)) = (is_given(needed), is_given(beside)) {
            let mismatch = self.mismatch(MismatchKind::NotForCodes { member: needed, value: None });
            self.advise(node, Path::root().member(beside), 21, mismatch);
        }
    }
}
