//! Rules that calculate.

use super::{Judge, dotted, whole};
use crate::{
    collect::Collected,
    node::{Node, Part, Path},
    problem::Problem,
    table::{Step, Term},
};

impl<'a, N: Node<'a>> Judge<'_, '_, N> {
    pub(super) fn sum(&mut self, total: &[Step], terms: &[Term]) {
        let collected = self.collect(total);
        let [found] = collected.found.as_slice() else { return };
        let Some(value) = whole(&found.node.value()) else { return };
        let mut sum: i128 = 0;
        for term in terms {
            let Some(part) = self.term(term) else { return };
            sum = if term.subtract { sum.saturating_sub(part) } else { sum.saturating_add(part) };
        }
        if value != sum {
            // The description says what is added up; the numbers are found here.
            let rule = self.rule;
            let problem = || Problem::WrongSum {
                field: format!("`{}`", dotted(total)),
                found: value.to_string(),
                sum: sum.to_string(),
                says: rule.says.to_owned(),
            };
            let path = collected.path(found);
            self.checker.report(found.node, Part::Whole, path, &problem, rule.number);
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
        let Some(limit) = whole(&limit.node.value()) else { return };
        let collected = self.collect(lesser);
        for found in &collected.found {
            let Some(value) = whole(&found.node.value()) else { continue };
            if value >= limit {
                self.report(found.node, collected.path(found), &|| Problem::NotLess {
                    field: format!("`{}`", dotted(lesser)),
                    found: value.to_string(),
                    than: format!("`{}`", dotted(greater)),
                    limit: limit.to_string(),
                });
            }
        }
    }
}

/// Something of a sum is not known.
struct Unknown;

/// The number at a path, if it is there.
fn number_at<'a, N: Node<'a>>(node: N, path: &[Step]) -> Result<Option<i128>, Unknown> {
    let start = Path::unread();
    let collected = Collected::new(node, &start, path);
    match collected.found.as_slice() {
        [] if collected.complete => Ok(None),
        [found] if collected.complete => whole(&found.node.value()).map(Some).ok_or(Unknown),
        _ => Err(Unknown),
    }
}
