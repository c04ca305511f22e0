//! Tables that `cargo xtask codegen` writes.

#[rustfmt::skip] // The generator formats it.
pub(crate) mod rules;
