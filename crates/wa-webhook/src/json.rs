//! Where the values of a JSON text stand, found out once for the whole text.
//!
//! It stands beside the reader of `wa-message-core`, which gives up on everything that the library itself would
//! not write. This one reads whatever is JSON, keeps the text of each value, and does not mind its depth.

mod left_out;
mod name;
mod node;
mod scan;
mod string;

pub(crate) use name::{Known, Name};
pub(crate) use node::Node;
pub(crate) use scan::{NotJson, Tape};
