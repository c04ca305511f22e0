//! The rule table and the examples, which are data beside this crate.

use std::{fs, path::Path};

use serde_json::Value;

#[path = "table/form.rs"]
mod form;

use form::Row;

/// A request body and what it has to come to.
#[derive(Debug, Clone)]
pub struct Case {
    /// The file and the description of the case.
    pub name: String,
    /// The number of the rule.
    pub rule: Option<u16>,
    /// Where its mistakes are. Empty for a valid body.
    pub paths: Vec<String>,
    /// Where the macro finds its mistakes.
    pub in_macro: Vec<String>,
    /// The body.
    pub message: Value,
}

impl Case {
    fn new(name: String, row: Row) -> Self {
        let Row { rule, paths, in_macro, message, .. } = row;
        Self { name, rule, paths, in_macro, message }
    }

    /// Whether the body is a read receipt.
    #[must_use]
    pub fn is_receipt(&self) -> bool {
        is_receipt(&self.message)
    }
}

/// Whether a body is a read receipt.
pub(crate) fn is_receipt(message: &Value) -> bool {
    message.get("status").is_some()
}

/// All cases of the rule table.
///
/// # Panics
///
/// When the table cannot be read.
#[must_use]
pub fn cases() -> Vec<Case> {
    let rows = |(file, content): (String, Value)| {
        let rows = form::rows(&file, &content);
        rows.into_iter().map(move |row| Case::new(format!("{file}: {}", row.case), row))
    };
    files("rules").into_iter().flat_map(rows).collect()
}

/// Messages that are valid, and where they get advice.
///
/// # Panics
///
/// When they cannot be read.
#[must_use]
pub fn advised() -> Vec<Case> {
    let rows = files("advice").into_iter().flat_map(|(file, content)| form::rows(&file, &content));
    rows.map(|row| Case::new(row.case.clone(), row)).collect()
}

/// The examples of the reference page, by name.
///
/// # Panics
///
/// When they cannot be read.
#[must_use]
pub fn examples() -> Vec<(String, Value)> {
    files("examples").into_iter().collect()
}

fn files(folder: &str) -> Vec<(String, Value)> {
    // A package further inside reads the same table.
    let mut folders =
        Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().map(|near| near.join(folder));
    let folder = folders.find(|folder| folder.is_dir()).unwrap_or_default();
    let entries =
        fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut found = Vec::new();
    for entry in entries.flatten() {
        let path = entry.path();
        if path.extension().is_some_and(|extension| extension == "json") {
            let text = fs::read_to_string(&path)
                .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            let value = serde_json::from_str(&text)
                .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            let name = path.file_stem().map(|name| name.to_string_lossy().into_owned());
            found.push((name.unwrap_or_default(), value));
        }
    }
    found.sort_by(|(left, _), (right, _)| left.cmp(right));
    found
}
