//! Compares the facade with what stands behind it: its features, and the names of the client.
#![allow(clippy::unwrap_used, missing_docs)]

use std::{collections::BTreeSet, fs, path::Path};

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)).unwrap()
}

/// The lines after a line, up to one that begins with `end`.
fn section<'t>(text: &'t str, start: &str, end: &str) -> impl Iterator<Item = &'t str> {
    let mut lines = text.lines();
    assert!(lines.any(|line| line == start), "no line {start:?}");
    lines.take_while(move |line| !line.starts_with(end))
}

/// The features of the manifest with what each turns on.
fn features(manifest: &str) -> Vec<(&str, BTreeSet<&str>)> {
    section(manifest, "[features]", "[")
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once(" = "))
        .map(|(name, values)| (name, values.split('"').skip(1).step_by(2).collect()))
        .collect()
}

/// What `default` turns on, at any remove.
fn defaults<'m>(features: &[(&'m str, BTreeSet<&'m str>)]) -> BTreeSet<&'m str> {
    let mut on = BTreeSet::new();
    let mut open = vec!["default"];
    while let Some(next) = open.pop() {
        if let Some((name, values)) = features.iter().find(|(name, _)| *name == next)
            && on.insert(*name)
        {
            open.extend(values);
        }
    }
    on
}

#[test]
fn the_table_of_features_is_that_of_the_manifest() {
    let (page, manifest) =
        (read("crates/wa-message/src/lib.rs"), read("crates/wa-message/Cargo.toml"));
    let features = features(&manifest);
    let on = defaults(&features);
    let written: Vec<_> = section(&page, "//! |---|---|---|", "//! #")
        .take_while(|line| line.starts_with("//! | "))
        .map(|line| {
            let cells: Vec<_> = line.split('|').map(str::trim).collect();
            (cells[1].trim_matches('`'), cells[2])
        })
        .collect();
    let wanted: Vec<_> = features.iter().filter(|(name, _)| *name != "default").collect();
    assert!(wanted.len() > 5, "{wanted:?}");
    let is_on = |name: &str| if on.contains(name) { "yes" } else { "no" };
    let mut wanted: Vec<_> = wanted.iter().map(|(name, _)| (*name, is_on(name))).collect();
    let mut written = written;
    wanted.sort_unstable();
    written.sort_unstable();
    assert_eq!(written, wanted, "the table in crates/wa-message/src/lib.rs");
}

#[test]
fn the_readme_names_each_feature() {
    let (readme, manifest) = (read("README.md"), read("crates/wa-message/Cargo.toml"));
    let written: String = section(&readme, "## Features", "## ").collect();
    for (name, _) in features(&manifest) {
        // The usual name of `rustls-ring` is `rustls`.
        if !["default", "rustls-ring"].contains(&name) {
            assert!(written.contains(&format!("`{name}`")), "the README does not name `{name}`");
        }
    }
}

#[test]
fn the_minimum_version_of_rust_is_that_of_the_workspace() {
    let manifest = read("Cargo.toml");
    let version = manifest.lines().find_map(|line| line.strip_prefix("rust-version = ")).unwrap();
    let version = format!("Rust {}", version.trim_matches('"'));
    for path in ["crates/wa-message/src/lib.rs", "README.md", "CONTRIBUTING.md"] {
        assert!(read(path).contains(&version), "{path} does not say {version}");
    }
}

/// The names that `pub use` and `pub mod` give to the outside, in lines with this indentation.
fn public(source: &str, indent: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut rest = source;
    while let Some((item, after)) = next(rest, indent) {
        rest = after;
        // A path before the names of a group does not count, and neither does one before a name.
        let words = item.split(['{', '}', ',', ' ', '\n']).filter(|word| !word.ends_with("::"));
        let words: Vec<_> = words.filter(|word| !word.is_empty()).collect();
        for (at, word) in words.iter().enumerate() {
            let is_renamed = words.get(at + 1) == Some(&"as");
            if *word != "as" && !is_renamed {
                names.insert(word.rsplit("::").next().unwrap().to_owned());
            }
        }
    }
    names
}

/// The next item without its keyword, and what follows it.
fn next<'s>(source: &'s str, indent: &str) -> Option<(&'s str, &'s str)> {
    let starts = ["use ", "mod "].map(|word| format!("\n{indent}pub {word}"));
    let start = starts
        .iter()
        .filter_map(|start| Some((source.find(start.as_str())?, start.len())))
        .min()
        .map(|(at, length)| at + length)?;
    let end = start + source[start..].find(';')?;
    Some((&source[start..end], &source[end..]))
}

#[test]
fn names_are_found_in_groups_and_alone() {
    let source = "
mod inside;
pub mod bulk;
pub use self::{
    error::Error,
    retry::{Attempt, Backoff as Pause},
};
pub(crate) use a::B;
pub use reqwest;
";
    let names = ["Attempt", "Error", "Pause", "bulk", "reqwest"].map(str::to_owned);
    assert_eq!(public(source, ""), names.into());
}

#[test]
fn every_public_item_of_the_client_is_in_the_facade() {
    let client = read("crates/wa-client/src/lib.rs");
    // A new way to make a name public needs a look at `public`.
    for line in client.lines().filter(|line| line.starts_with("pub ")) {
        let is_known = ["pub use ", "pub mod "].iter().any(|start| line.starts_with(start));
        assert!(is_known && !line.contains('*'), "{line}");
    }
    let facade = read("crates/wa-message/src/lib.rs");
    let module: String = section(&facade, "pub mod client {", "}")
        .fold(String::new(), |text, line| text + "\n" + line);
    let wanted = public(&client, "");
    assert!(wanted.len() > 15, "{wanted:?}");
    assert_eq!(
        public(&module, "    "),
        wanted,
        "the module `client` of crates/wa-message/src/lib.rs"
    );
}
