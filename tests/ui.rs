//! Compares what the compiler prints for a wrong invocation, and compiles the right ones.
//!
//! Each file of `ui/fail/<topic>/` shows one thing, with the output of the compiler beside it. After a
//! change of wording, `TRYBUILD=overwrite cargo test -p wa-message-tests --test ui` writes the outputs
//! anew; read them before they are checked in.
#![allow(missing_docs)]

/// One run for all of them: cases that have to pass make trybuild compile the others all the way too,
/// and without that a `const` block is not evaluated.
#[test]
fn ui() {
    let cases = trybuild::TestCases::new();
    cases.pass("ui/pass/*.rs");
    cases.compile_fail("ui/fail/*/*.rs");
}
