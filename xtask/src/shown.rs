//! How messages are shown: the keyword `x-shown`, which stands in two descriptions, becomes one table.
//!
//! It is read beside everything else, because sending and receiving have models of their own and what is shown is
//! the same in both: members, in the order of the file, and what a tag chooses among.

mod emit;
mod model;
mod read;

pub(crate) use emit::emit;
pub(crate) use read::{actions, read, refuse};
