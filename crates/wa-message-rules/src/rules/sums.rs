//! Rules that calculate.

use super::Judge;
use crate::{
    collect::Collected,
    node::{Node, Part, Path},
    problem::{Label, Problem, ProblemKind, Subject},
    table::{Step, Term},
};

impl<'a, N: Node<'a>> Judge<'_, N> {
    pub(super) fn sum(&mut self, total: &[Step], terms: &[Term]) {
        let collected = self.collect(total);
        let [found] = collected.found.as_slice() else { return };
        let Some(value) = found.node.value().whole() else { return };
        let mut sum: i128 = 0;
        for term in terms {
            let Some(part) = self.term(term) else { return };
            sum = if term.subtract { sum.saturating_sub(part) } else { sum.saturating_add(part) };
        }
        if value != sum {
            // The description says what is added up; the numbers are found here.
            let (label, rule) = (self.label, self.rule);
            let problem = || {
                let kind = ProblemKind::WrongSum { found: value, sum, says: rule.says };
                Problem::new(behind(label, total), kind)
            };
            let path = collected.path(found);
            self.sink.report(found.node, Part::Whole, path, &problem, rule.number);
        }
    }

    /// What a term comes to, if it is known.
    fn term(&self, term: &Term) -> Option<i128> {
        let owners = self.collect(term.over);
        if !owners.complete {
            return None;
        }
        let mut sum: i128 = 0;
        for owner in &owners.found {
            let mut number = None;
            for path in term.add {
                number = number_at(owner.node, path).ok()?;
                if number.is_some() {
                    break;
                }
            }
            let number = match number {
                // What is missing is reported for itself.
                None if term.needed => return None,
                number => number.unwrap_or_default(),
            };
            let times = match term.times {
                None => 1,
                Some(path) => number_at(owner.node, path).ok()??,
            };
            sum = sum.saturating_add(number.saturating_mul(times));
        }
        Some(sum)
    }

    pub(super) fn less(&mut self, lesser: &[Step], greater: &[Step]) {
        let limit = self.collect(greater);
        let [limit] = limit.found.as_slice() else { return };
        let Some(limit) = limit.node.value().whole() else { return };
        let collected = self.collect(lesser);
        for found in &collected.found {
            let Some(value) = found.node.value().whole() else { continue };
            if value >= limit {
                let label = self.label;
                let kind = || {
                    let than = Step::members(greater).collect();
                    ProblemKind::NotLess { found: value, than, limit }
                };
                let subject = || behind(label, lesser);
                let path = collected.path(found);
                self.report_at(found.node, Part::Whole, path, &subject, &kind);
            }
        }
    }
}

/// What lies at a path from an object.
fn behind(label: Label, path: &[Step]) -> Subject {
    Subject::behind(label, &Step::members(path).collect::<Vec<_>>())
}

/// Something of a sum is not known.
struct Unknown;

/// The number at a path, if it is there.
fn number_at<'a, N: Node<'a>>(node: N, path: &[Step]) -> Result<Option<i128>, Unknown> {
    let start = Path::unread();
    let collected = Collected::new(node, &start, path);
    match collected.found.as_slice() {
        [] if collected.complete => Ok(None),
        [found] if collected.complete => found.node.value().whole().map(Some).ok_or(Unknown),
        _ => Err(Unknown),
    }
}
