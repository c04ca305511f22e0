//! The header of a module says what the module does, by a verb or a noun phrase.
#![allow(clippy::unwrap_used, missing_docs)]

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Beginnings that tell a reader less than a verb or a noun does.
const POOR: [&str; 3] = ["What ", "Whether ", "Who "];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            if !["generated", "target", "ui"].contains(&&*name) {
                sources(&path, found);
            }
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn headers_begin_with_a_verb_or_a_noun() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut found = Vec::new();
    for folder in ["crates", "tests", "xtask"] {
        sources(&root.join(folder), &mut found);
    }
    assert!(found.len() > 200, "only {} files", found.len());
    let poor = |path: &&PathBuf| {
        let text = fs::read_to_string(path).unwrap();
        let header = text.lines().find_map(|line| line.strip_prefix("//! "));
        header.is_some_and(|header| POOR.iter().any(|begin| header.starts_with(begin)))
    };
    let poor: Vec<_> = found.iter().filter(poor).collect();
    assert!(poor.is_empty(), "headers that begin with one of {POOR:?}: {poor:#?}");
}
