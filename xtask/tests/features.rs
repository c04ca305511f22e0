//! The combinations of features that differ.
#![allow(clippy::unwrap_used, missing_docs)]

use std::{collections::BTreeMap, path::Path};

use xtask::{features::combinations, workspace::Workspace};

fn features(lines: &[(&str, &[&str])]) -> BTreeMap<String, Vec<String>> {
    let owned = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect();
    lines.iter().map(|(name, values)| ((*name).to_owned(), owned(values))).collect()
}

fn all(lines: &[(&str, &[&str])], without: &[&str]) -> Vec<String> {
    let all = combinations(&features(lines), without, &[]);
    all.into_iter().map(|one| one.into_iter().collect::<Vec<_>>().join(" ")).collect()
}

#[test]
fn every_combination_is_there_once() {
    assert_eq!(all(&[], &[]), [""]);
    assert_eq!(all(&[("default", &[]), ("a", &[]), ("b", &[])], &[]), ["", "a", "a b", "b"]);
    let features: &[(&str, &[&str])] =
        &[("client", &["dep:http"]), ("default", &["client"]), ("dsl", &["spec/dsl"])];
    assert_eq!(all(features, &[]), ["", "client", "client dsl", "dsl"]);
    let features: &[(&str, &[&str])] = &[
        ("client", &["dep:http"]),
        ("native", &["client", "http?/native"]),
        ("tls", &["ring"]),
        ("ring", &["client", "dep:ring"]),
    ];
    let expected = ["", "client", "client native", "client native ring", "client ring"];
    assert_eq!(all(features, &[]), expected);
    assert_eq!(all(features, &["native"]), ["", "client", "client ring"]);
    assert_eq!(all(features, &["client"]), [""]);
}

#[test]
fn the_packages_that_users_get_are_found() {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    let packages = Workspace::find(root).unwrap().packages;
    let names: Vec<_> = packages.iter().map(|package| package.name.as_str()).collect();
    let expected = [
        "wa-cli",
        "wa-client",
        "wa-message",
        "wa-message-core",
        "wa-message-dsl",
        "wa-message-macros",
        "wa-message-rules",
        "wa-message-spec",
        "wa-outbox",
        "wa-preview",
        "wa-sandbox",
        "wa-webhook",
    ];
    assert_eq!(names, expected);
    let facade = packages.iter().find(|package| package.name == "wa-message").unwrap();
    let features = combinations(&facade.features, &[], &[]);
    assert!(features.len() > 8 && features.iter().any(|features| features.contains("tracing")));
}

#[test]
fn a_group_is_combined_with_none_and_with_all_of_the_others() {
    let lines: &[(&str, &[&str])] =
        &[("a", &[]), ("b", &[]), ("x", &["dep:x"]), ("y", &["x", "dep:y"])];
    let found = combinations(&features(lines), &[], &[["x", "y"].map(str::to_owned).into()]);
    let found: Vec<_> = found.iter().map(|with| with.iter().cloned().collect::<String>()).collect();
    assert_eq!(found, ["", "a", "ab", "abx", "abxy", "b", "x", "xy"]);
}
