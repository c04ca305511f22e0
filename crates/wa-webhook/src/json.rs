//! Where the values of a JSON text stand, found out once for the whole text.
//!
//! It stands beside the reader of `wa-message-core`, which gives up on everything that the library itself would
//! not write. This one reads whatever is JSON, keeps the text of each value, and does not mind its depth.

mod node;
mod scan;
mod string;

pub(crate) use node::Node;
pub(crate) use scan::{NotJson, Tape};
use string::first_of;

/// The name of a member, and its first eight bytes, by which most names differ.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Name {
    pub(crate) text: &'static str,
    pub(crate) first: u64,
}

impl Name {
    pub(crate) const fn new(text: &'static str) -> Self {
        Self { text, first: first_of(text.as_bytes()) }
    }
}
