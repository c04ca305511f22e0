//! The table of types by kind in the documentation has every type.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::{collections::BTreeSet, fs, path::Path};

use xtask::codegen::{DESCRIPTION, generate};

#[test]
fn every_type_stands_in_the_table() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let files = generate(&fs::read_to_string(root.join(DESCRIPTION)).unwrap()).unwrap();
    let text = |end: &str| &files.iter().find(|file| file.path.ends_with(end)).unwrap().text;
    let table = text("generated/types.md");
    let types: BTreeSet<_> = ["generated/wire.rs", "generated/open.rs"]
        .iter()
        .flat_map(|end| text(end).lines())
        .filter_map(|line| {
            let item = line.trim_start();
            item.strip_prefix("pub struct ").or_else(|| item.strip_prefix("pub enum "))
        })
        .map(|item| item.split(|c: char| !c.is_alphanumeric()).next().unwrap())
        // The error of typify, in a module of its own, is that of no document.
        .filter(|name| *name != "ConversionError")
        .collect();
    assert!(types.len() > 100, "only {} types", types.len());
    let missing: Vec<_> =
        types.iter().filter(|name| !table.contains(&format!("[`{name}`]"))).collect();
    assert!(missing.is_empty(), "not in the table: {missing:?}");
    let kinds = table.lines().filter(|line| line.starts_with("| [`") || line.starts_with("| `"));
    assert!(kinds.count() > 20);
}
