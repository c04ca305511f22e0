//! Counts of what was compared.

use std::{collections::BTreeMap, fmt};

use crate::{compare::Agreement, doors::Verdict};

/// Counts of what was compared.
#[derive(Debug, Default, Clone)]
pub struct Tally {
    /// Documents in all.
    pub documents: u64,
    /// Valid ones.
    pub valid: u64,
    /// Those that were valid before they were changed, or were not changed.
    pub valid_at_first: u64,
    /// Documents that the Rust types can hold.
    pub typed: u64,
    /// Documents that only break rules that no keyword of JSON Schema can say.
    pub inexpressible: u64,
    kinds: BTreeMap<&'static str, (u64, u64)>,
    changes: BTreeMap<&'static str, (u64, u64)>,
    problems: BTreeMap<String, u64>,
    numbers: BTreeMap<u16, u64>,
}

impl Tally {
    /// Counts a document.
    pub fn add(&mut self, kind: &'static str, change: &'static str, agreement: &Agreement) {
        let valid = agreement.verdict == Verdict::Valid;
        self.documents += 1;
        self.valid += u64::from(valid);
        self.typed += u64::from(agreement.typed);
        self.inexpressible += u64::from(!valid && agreement.inexpressible);
        for (name, counts) in [(kind, &mut self.kinds), (change, &mut self.changes)] {
            let (all, good) = counts.entry(name).or_default();
            *all += 1;
            *good += u64::from(valid);
        }
        for finding in agreement.verdict.findings() {
            let name = format!("{:?}", finding.problem);
            let name = name.split([' ', '{', '(']).next().unwrap_or_default().to_owned();
            *self.problems.entry(name).or_default() += 1;
            if let Some(number) = finding.number {
                *self.numbers.entry(number).or_default() += 1;
            }
        }
    }

    /// Adds the counts of another tally.
    pub fn merge(&mut self, other: Self) {
        self.documents += other.documents;
        self.valid += other.valid;
        self.valid_at_first += other.valid_at_first;
        self.typed += other.typed;
        self.inexpressible += other.inexpressible;
        for (mine, others) in [(&mut self.kinds, other.kinds), (&mut self.changes, other.changes)] {
            for (name, (all, good)) in others {
                let counts = mine.entry(name).or_default();
                *counts = (counts.0 + all, counts.1 + good);
            }
        }
        for (name, count) in other.problems {
            *self.problems.entry(name).or_default() += count;
        }
        for (number, count) in other.numbers {
            *self.numbers.entry(number).or_default() += count;
        }
    }

    /// The kinds of message, and for each how many documents there were and how many were valid.
    pub fn kinds(&self) -> impl Iterator<Item = (&'static str, u64, u64)> {
        self.kinds.iter().map(|(name, (all, valid))| (*name, *all, *valid))
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "documents     {:>9}", self.documents)?;
        writeln!(f, "valid         {:>9}", self.valid)?;
        writeln!(f, "invalid       {:>9}", self.documents - self.valid)?;
        writeln!(f, "  beyond JSON Schema alone {:>9}", self.inexpressible)?;
        writeln!(f, "valid before the change {:>9}", self.valid_at_first)?;
        writeln!(f, "compared with the oracle {:>9}", self.documents)?;
        writeln!(f, "compared with the oracle once more, as written {:>9}", self.valid)?;
        writeln!(f, "compared as an object of the types {:>9}", self.typed)?;
        for (title, counts) in [("kind", &self.kinds), ("change", &self.changes)] {
            writeln!(f, "\n{title:<24} {:>9} {:>9}", "documents", "valid")?;
            for (name, (all, valid)) in counts {
                writeln!(f, "{name:<24} {all:>9} {valid:>9}")?;
            }
        }
        writeln!(f, "\n{:<24} {:>9}", "problem", "found")?;
        for (name, count) in &self.problems {
            writeln!(f, "{name:<24} {count:>9}")?;
        }
        writeln!(f, "\n{:<24} {:>9}", "rule", "found")?;
        for (number, count) in &self.numbers {
            writeln!(f, "{number:<24} {count:>9}")?;
        }
        Ok(())
    }
}
