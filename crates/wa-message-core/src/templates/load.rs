//! Reads definitions from files.

use std::{
    fs,
    path::{Path, PathBuf},
};

use wa_message_rules::definition::Definitions;
use wa_message_spec::templates::DEMANDS;

use super::TemplatesError;

/// How names of files with definitions end.
const EXTENSION: &str = "json";

/// Reads the definitions of a file or of the files of a folder.
pub(super) fn load(path: &Path) -> Result<Definitions, TemplatesError> {
    let mut definitions = Definitions::new(&DEMANDS);
    for file in files(path)? {
        let text =
            fs::read_to_string(&file).map_err(|error| TemplatesError::unread(&file, error))?;
        definitions.add(&file.to_string_lossy(), &text);
    }
    Ok(definitions)
}

/// The file itself, or those of a folder in the order of their names.
pub(super) fn files(path: &Path) -> Result<Vec<PathBuf>, TemplatesError> {
    let unread = |error| TemplatesError::unread(path, error);
    if !fs::metadata(path).map_err(unread)?.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut files = Vec::new();
    for entry in fs::read_dir(path).map_err(unread)? {
        let file = entry.map_err(unread)?.path();
        let is_json = file.extension().is_some_and(|found| found.eq_ignore_ascii_case(EXTENSION));
        if is_json && !file.is_dir() {
            files.push(file);
        }
    }
    files.sort();
    if files.is_empty() { Err(TemplatesError::no_files(path)) } else { Ok(files) }
}
