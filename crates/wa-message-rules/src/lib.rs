//! The engine that checks a tree against tables, and knows the short form in which messages are written.
//!
//! It has no data of an API. A [`table`] says what a JSON value has to be, and [`check()`] reads it over any
//! tree that implements [`Node`]: the tokens of a macro, of which some values are not known yet, or a JSON
//! document. So a rule has one meaning, wherever it is checked. `wa-message-spec` has the tables.
//!
//! This crate is a part of `wa-message`, which re-exports what its users need.

mod check;
mod collect;
pub mod definition;
pub mod format;
mod generated {
    #[allow(clippy::all, clippy::pedantic)]
    #[rustfmt::skip] // The generator formats it.
    pub(crate) mod emoji;
}
pub mod json;
mod limits;
pub mod names;
mod node;
mod one_text;
mod owner;
pub mod pattern;
mod problem;
mod rules;
#[cfg(feature = "dsl")]
mod short;
mod shown;
mod sink;
mod stray;
mod suggest;
pub mod table;
#[cfg(test)]
mod testing;
pub mod text;
mod whereabouts;

pub use check::{DEPTH_AT_MOST, advise, check, root_of};
pub use limits::not_allowed;
pub use node::{Count, Item, Node, Part, Path, Value};
pub use one_text::OneText;
pub use owner::owner_of_members;
pub use problem::{
    Circumstance, Label, Problem, ProblemKind, Range, Subject, ValueType, Wording, listed,
};
#[cfg(feature = "dsl")]
pub use short::to_dsl;
pub use shown::{is_hidden, quoted, shown};
pub use sink::{KEPT_AT_MOST, Report, Violation};
pub use stray::{Stray, Strayed};
pub use suggest::nearest;
pub use whereabouts::{Choice, Form};
