//! Output of the compiler for messages that do not fit the definitions of their templates, which lie in
//! `ui_templates/definitions`.
//!
//! ```text
//! TRYBUILD=overwrite cargo test -p wa-message-tests --test ui_templates
//! cargo test -p wa-message-tests --test ui_templates -- trybuild=no_template.rs
//! ```
#![allow(missing_docs, clippy::expect_used)]

use std::{
    env,
    process::{Command, exit},
};

const VARIABLE: &str = "WA_MESSAGE_TEMPLATES";
const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/ui_templates/definitions");

/// The compiler finds the folder by a variable, which a process cannot safely set for itself. So the target has no
/// harness, and starts itself again.
fn main() {
    if env::var_os(VARIABLE).is_none_or(|folder| folder != *FOLDER) {
        let program = env::current_exe().expect("the program of the test");
        let status =
            Command::new(program).args(env::args_os().skip(1)).env(VARIABLE, FOLDER).status();
        exit(i32::from(!status.is_ok_and(|status| status.success())));
    }
    let cases = trybuild::TestCases::new();
    cases.pass("ui_templates/pass/*.rs");
    cases.compile_fail("ui_templates/fail/*.rs");
}
