//! Helpers that the tests across the crates share: the rule table, the examples of the reference, JSON as the
//! tokens of an invocation, and documents made by chance that all doors are asked about.

mod compare;
mod doors;
mod generate;
mod mutate;
mod oracle;
mod run;
mod sandbox;
mod shrink;
mod sites;
mod source;
mod strict;
mod table;
mod tally;
mod tokens;
mod typos;

pub use compare::{Agreement, Judge};
pub use doors::{Body, Finding, Verdict};
pub use generate::Generator;
pub use mutate::mutate;
pub use oracle::Oracle;
pub use run::{Disagreement, Plan, Sample, run, sample};
pub use sandbox::{compare_with_sandbox, http};
pub use sites::names;
pub use source::Source;
pub use strict::{is_inexpressible, strict};
pub use table::{Case, advised, cases, examples};
pub use tally::Tally;
pub use tokens::invocation;
pub use typos::{Named, Word, words};

/// The code of the README, compiled.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;

/// The code of the sandbox's README, compiled.
#[cfg(doctest)]
#[doc = include_str!("../../crates/wa-sandbox/README.md")]
pub struct SandboxReadme;
