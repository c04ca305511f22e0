//! Collects what is wrong, and counts what is too much to keep.

use crate::{
    node::{Part, Path},
    problem::{Label, Problem, ProblemKind, Subject, shown},
};

/// One thing that is wrong with a tree.
#[derive(Debug, Clone)]
pub struct Violation<N> {
    /// The value that is wrong, or the object that lacks or should not have a member.
    pub at: N,
    /// The part of the value.
    pub part: Part,
    /// Where it lies in the document.
    pub path: Path,
    /// What is wrong.
    pub problem: Problem,
    /// The number of the rule, for rules that have one.
    pub number: Option<u16>,
}

/// What is wrong with a tree.
#[derive(Debug, Clone)]
pub struct Report<N> {
    /// The first violations, in the order of the table: [`KEPT_AT_MOST`] of them, and the rest is counted.
    pub violations: Vec<Violation<N>>,
    /// How many there are in all. Of what is not kept, consequences of other violations count too.
    pub count: usize,
}

/// How many violations a report keeps. Somebody who writes a body of nothing but mistakes should not
/// decide how long the report is, and the rest is counted.
pub const KEPT_AT_MOST: usize = 100;

/// Where a walk is, and what a sentence calls it.
#[derive(Debug, Clone)]
pub(crate) struct Place<'p> {
    pub(crate) path: Path,
    pub(crate) owner: Label,
    /// The name of the member, and `None` for the document itself.
    pub(crate) member: Option<&'p str>,
    /// Whether it is an item of the member.
    pub(crate) is_item: bool,
}

impl Place<'_> {
    /// What a problem with the value here is about.
    pub(crate) fn subject(&self) -> Subject {
        let subject = match self.member {
            Some(name) => Subject::named(self.owner, name),
            None => Subject::of(self.owner),
        };
        if self.is_item { subject.item() } else { subject }
    }
}

/// What takes the violations of a walk.
pub(crate) struct Sink<N> {
    found: Vec<Violation<N>>,
    /// How many were found, with those that are not kept.
    count: usize,
    /// How many are kept. With none, they are counted alone.
    keep: usize,
    /// Whether advice is asked for in place of rules.
    advice: bool,
}

impl<N> Sink<N> {
    pub(crate) fn new(keep: usize, advice: bool) -> Self {
        Self { found: Vec::new(), count: 0, keep, advice }
    }

    /// Counts a violation, and keeps it if there is room. What it says is made only then.
    #[inline(never)]
    pub(crate) fn report(
        &mut self,
        at: N,
        part: Part,
        path: Path,
        problem: &dyn Fn() -> Problem,
        number: Option<u16>,
    ) {
        self.count += 1;
        if self.found.len() < self.keep {
            self.found.push(Violation { at, part, path, problem: problem(), number });
        }
    }

    /// Advises to write a value as the API does.
    pub(crate) fn spelling(
        &mut self,
        at: N,
        path: &Path,
        subject: &dyn Fn() -> Subject,
        found: &str,
        written: &'static str,
    ) {
        if self.advice && found != written {
            let kind = || ProblemKind::Respelt { found: shown(found), written };
            let problem = || Problem::new(subject(), kind());
            self.report(at, Part::Whole, path.clone(), &problem, None);
        }
    }

    /// Counts a violation of which nobody will read more.
    pub(crate) fn count(&mut self) {
        self.count += 1;
    }

    pub(crate) fn is_advice(&self) -> bool {
        self.advice
    }

    /// Whether more was found than anybody reads, and to find out what it is takes long.
    pub(crate) fn is_full(&self) -> bool {
        self.count >= KEPT_AT_MOST
    }

    /// Whether the walk is over, because nothing more is kept or counted.
    pub(crate) fn is_over(&self) -> bool {
        self.keep != 0 && self.found.len() == self.keep
    }

    pub(crate) fn into_violations(self) -> (Vec<Violation<N>>, usize) {
        (self.found, self.count)
    }
}
