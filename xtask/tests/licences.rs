//! Which licences packages may stand under.
#![allow(clippy::unwrap_used, missing_docs)]

use std::path::Path;

use serde_json::{Value, json};
use xtask::licences::{self, Report};

fn packages(licences: &[Option<&str>]) -> Value {
    let packages = licences.iter().enumerate().map(|(index, licence)| {
        json!({ "name": format!("package-{index}"), "version": "1.0.0", "license": licence })
    });
    json!({ "packages": packages.collect::<Vec<_>>() })
}

fn compare(list: &str, licences: &[Option<&str>]) -> Report {
    licences::compare(list, &packages(licences)).unwrap()
}

#[test]
fn the_packages_of_this_workspace_stand_under_known_licences() {
    let report = licences::check(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))).unwrap();
    assert_eq!(report.problems, Vec::<String>::new());
    assert!(report.packages > 50, "{report}");
}

#[test]
fn one_of_several_is_enough_and_all_of_several_are_needed() {
    let list = "# A comment.\n\nMIT\nUnicode-3.0\n";
    let passes = [
        "MIT",
        "MIT OR GPL-3.0-only",
        "GPL-3.0-only OR MIT",
        "MIT/Apache-2.0",
        "Apache-2.0 / MIT",
        "(MIT OR Apache-2.0) AND Unicode-3.0",
    ];
    for licence in passes {
        assert_eq!(compare(list, &[Some(licence)]).problems, Vec::<String>::new(), "{licence}");
    }
    let fails = [
        "Apache-2.0",
        "GPL-3.0-only",
        "AGPL-3.0-or-later",
        "MIT AND GPL-3.0-only",
        "(MIT OR Apache-2.0) AND BSD-3-Clause",
        "MIT OR",
        "My own licence",
    ];
    for licence in fails {
        let problems = compare(list, &[Some("MIT"), Some(licence)]).problems;
        assert_eq!(problems.len(), 1, "{licence}");
        assert!(problems[0].starts_with("package-1 1.0.0 "), "{problems:?}");
        assert!(problems[0].ends_with(licence), "{problems:?}");
    }
}

#[test]
fn a_package_without_a_licence_is_a_problem() {
    assert_eq!(compare("MIT", &[None]).problems, ["package-0 1.0.0 names no licence"]);
}

#[test]
fn what_no_package_needs_is_told() {
    let report = compare("MIT\nZlib", &[Some("MIT"), Some("MIT OR Apache-2.0")]);
    assert_eq!(report.unused, ["Zlib"]);
    let text = report.to_string();
    assert_eq!(
        text,
        "no package needs Zlib\n2 packages, 0 of them under no licence of .ci/licences"
    );
}

#[test]
fn a_list_of_something_else_is_refused() {
    let error = licences::compare("MIT\nfoo bar", &packages(&[])).unwrap_err();
    assert!(error.to_string().contains("foo bar"), "{error}");
}
