//! The command `licences`: whether every package stands under a licence of a short list.

use std::{collections::BTreeMap, fmt, fs, path::Path};

use serde_json::Value;
use spdx::{Expression, Licensee, ParseMode};

use crate::{
    error::{Error, Result},
    workspace::metadata,
};

/// The list, from the root of the workspace.
pub const LIST: &str = ".ci/licences";

/// What the packages stand under.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// How many packages there are.
    pub packages: usize,
    /// What is wrong, a sentence each.
    pub problems: Vec<String>,
    /// Licences of the list that no package needs.
    pub unused: Vec<String>,
}

/// Compares the packages of a workspace, those of tests and of other systems too, with its list.
///
/// # Errors
///
/// When the list cannot be read or names what is no licence, or `cargo metadata` fails.
pub fn check(root: &Path) -> Result<Report> {
    let path = root.join(LIST);
    let list = fs::read_to_string(&path).map_err(|source| Error::File { path, source })?;
    compare(&list, &metadata(root, &[])?)
}

/// Compares what `cargo metadata` says of packages with a list.
///
/// # Errors
///
/// When the list names what is no licence.
pub fn compare(list: &str, metadata: &Value) -> Result<Report> {
    let mut allowed = BTreeMap::new();
    let lines = list.lines().map(str::trim);
    for line in lines.filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let licence = Licensee::parse(line).map_err(|error| Error::Tool {
            tool: LIST,
            message: format!("`{line}` is no licence: {}", error.reason),
        })?;
        allowed.insert(line, (licence, false));
    }
    let packages = metadata["packages"].as_array().map_or(&[][..], Vec::as_slice);
    let mut problems: Vec<_> =
        packages.iter().filter_map(|package| problem(package, &mut allowed)).collect();
    problems.sort();
    let unused = allowed.iter().filter(|(_, (_, is_used))| !is_used);
    let unused = unused.map(|(name, _)| (*name).to_owned()).collect();
    Ok(Report { packages: packages.len(), problems, unused })
}

/// What is wrong with the licence of a package. Of several that one may choose from, one is enough.
fn problem(package: &Value, allowed: &mut BTreeMap<&str, (Licensee, bool)>) -> Option<String> {
    let text = |key: &str| package[key].as_str().unwrap_or_default();
    let name = format!("{} {}", text("name"), text("version"));
    let Some(licence) = package["license"].as_str() else {
        return Some(format!("{name} names no licence"));
    };
    let Ok(expression) = Expression::parse_mode(licence, ParseMode::LAX) else {
        return Some(format!("{name} names what is no licence: {licence}"));
    };
    let is_allowed = expression.evaluate(|required| {
        let mut is_known = false;
        for (known, is_used) in allowed.values_mut() {
            if known.satisfies(required) {
                *is_used = true;
                is_known = true;
            }
        }
        is_known
    });
    (!is_allowed).then(|| format!("{name} stands under {licence}"))
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for problem in &self.problems {
            writeln!(f, "{problem}")?;
        }
        for unused in &self.unused {
            writeln!(f, "no package needs {unused}")?;
        }
        let wrong = self.problems.len();
        write!(f, "{} packages, {wrong} of them under no licence of {LIST}", self.packages)
    }
}
