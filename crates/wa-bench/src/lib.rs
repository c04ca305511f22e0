//! Measures the cost of `wa-message` beside other ways to write the same messages.
//!
//! `cargo run --release -p wa-bench --bin report` measures everything and writes `BENCHMARKS.md`.
//! `cargo bench -p wa-bench` and `cargo run --release -p wa-bench --bin compile-time` are the two
//! comparisons with `json!` alone. All sides are measured in one run, in turns, and what counts is
//! the ratio.
//!
//! The side of `whatsapp-business-rs` is in `other/`, a package outside of the workspace, so that
//! nobody who builds the workspace compiles that crate or finds it in `Cargo.lock`.

mod measure;
pub mod project;
pub mod sides;
pub mod templates;
pub mod written;

pub use measure::{Measured, ROUNDS, Side, compare, for_the_page, measure};
