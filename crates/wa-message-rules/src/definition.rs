//! Definitions of templates, and what they demand of messages.
//!
//! A definition is what the list of templates answers, or what creates one. It is JSON from outside, so it is read
//! leniently: what is not known is passed over, and a fault concerns no more than the templates that it is about.
//!
//! ```text
//! files --add--> Definitions (names and places) --named--> Definition (its demands) --check--> violations
//! ```

mod check;
mod fault;
mod layout;
mod mismatch;
mod places;
mod read;
mod set;
pub mod table;
#[cfg(test)]
mod tests;
mod variables;
mod words;

pub use fault::Fault;
pub use layout::{Button, Definition, Header, Layout, Part};
pub use mismatch::{Mismatch, MismatchKind, Of};
pub use set::Definitions;
pub use variables::{Variable, Words, filled};
