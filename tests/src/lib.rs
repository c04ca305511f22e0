//! What the tests across the crates share: the rule table, the examples of the reference, and JSON
//! as the tokens of an invocation.

mod oracle;
mod table;
mod tokens;

pub use oracle::Oracle;
pub use table::{Case, advised, cases, examples};
pub use tokens::invocation;

/// The code of the README, compiled.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;
