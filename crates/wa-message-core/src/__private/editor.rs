//! Items that the expansion for editors names. Only rust-analyzer ever compiles it, and nobody runs it.

pub use crate::generated::editor::{kinds, objects};

/// The value of a field, from what was written.
pub fn value<V, T>(_: V) -> T {
    unreachable!("an editor runs nothing")
}

/// An item of an array.
pub fn item<V>(_: V) {}

/// The fields that were not written. Expansions of different fields become alike in length by a text.
pub fn rest<T>(_: &str, (): ()) -> T {
    unreachable!("an editor runs nothing")
}
