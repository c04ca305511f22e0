//! The command `features`: every package in every combination of its features, without a warning.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    process::Command,
};

use crate::{
    error::{Error, Result},
    workspace::{Package, Workspace, cargo},
};

/// Features that are on together.
pub type Combination = BTreeSet<String>;

/// Returns the combinations that differ, for features that may turn others on. The features `without` are on
/// in none of them.
///
/// What only stands for other features, such as `default`, makes no difference. The features of a group in
/// `apart` are combined among themselves in every way, and each time with no other feature and with all.
#[must_use]
pub fn combinations(
    features: &BTreeMap<String, Vec<String>>,
    without: &[&str],
    apart: &[BTreeSet<String>],
) -> BTreeSet<Combination> {
    let mut all = BTreeSet::from([Combination::new()]);
    for (name, values) in features {
        if is_other_name(features, name, values) {
            continue;
        }
        let one = closure(features, name);
        if one.iter().any(|name| without.contains(&name.as_str())) {
            continue;
        }
        let more: Vec<_> = all.iter().map(|with| with | &one).collect();
        all.extend(more);
    }
    let most = all.iter().max_by_key(|combination| combination.len()).cloned().unwrap_or_default();
    all.retain(|combination| {
        apart.iter().all(|group| {
            let inside: Vec<_> = combination.intersection(group).collect();
            let least: Combination =
                inside.iter().flat_map(|name| closure(features, name)).collect();
            let others = &most - group;
            inside.is_empty() || *combination == least || others.is_subset(combination)
        })
    });
    all
}

/// Returns a feature with all that it turns on.
fn closure(features: &BTreeMap<String, Vec<String>>, name: &str) -> Combination {
    let mut all = Combination::new();
    let mut open = vec![name];
    while let Some(name) = open.pop() {
        if all.insert(name.to_owned()) {
            let values = features.get(name).into_iter().flatten().map(String::as_str);
            open.extend(values.filter(|value| features.contains_key(*value)));
        }
    }
    all.retain(|name| !is_other_name(features, name, &features[name]));
    all
}

/// Whether a feature only stands for others, or for none.
fn is_other_name(features: &BTreeMap<String, Vec<String>>, name: &str, values: &[String]) -> bool {
    let stands_for_others = values.iter().all(|value| features.contains_key(value));
    name == "default" || !values.is_empty() && stands_for_others
}

/// Checks each package in each combination, and returns those that failed.
///
/// # Errors
///
/// When cargo cannot be run.
pub fn check(root: &Path, without: &[&str]) -> Result<Vec<String>> {
    let mut failed = Vec::new();
    for package in &Workspace::find(root)?.packages {
        let combinations = combinations(&package.features, without, &package.apart);
        println!("{}: {} combinations", package.name, combinations.len());
        for combination in combinations {
            let features = combination.into_iter().collect::<Vec<_>>().join(",");
            if !passes(root, package, &features)? {
                failed.push(format!("{} with `{features}`", package.name));
            }
        }
    }
    if !without.is_empty() {
        println!("skipped: all combinations with {}", without.join(", "));
    }
    Ok(failed)
}

fn passes(root: &Path, package: &Package, features: &str) -> Result<bool> {
    // A program may have no library.
    let library = package.folder.join("src/lib.rs").exists().then_some("--lib");
    let status = Command::new(cargo())
        .args(["clippy", "--quiet", "--locked", "--bins", "--no-default-features"])
        .args(library)
        .args(["--package", &package.name, "--features", features])
        .args(["--", "-D", "warnings"])
        .current_dir(root)
        .status()
        .map_err(|error| Error::Tool { tool: "cargo clippy", message: error.to_string() })?;
    Ok(status.success())
}
