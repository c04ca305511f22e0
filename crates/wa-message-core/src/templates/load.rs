//! Reads definitions from files.

use std::{
    fs::{self, File},
    io::{self, Read as _},
    path::{Path, PathBuf},
};

use wa_message_rules::definition::Definitions;
use wa_message_spec::templates::DEMANDS;

use super::TemplatesError;

/// How names of files with definitions end.
const EXTENSION: &str = "json";
/// How many bytes a file may have. A thousand definitions have one million.
const BYTES_AT_MOST: u64 = 8 << 20;
/// How deep folders may lie inside each other.
const FOLDERS_AT_MOST: usize = 8;

/// Reads the definitions of a file or of the files of a folder.
pub(super) fn load(path: &Path) -> Result<Definitions, TemplatesError> {
    let mut definitions = Definitions::new(&DEMANDS);
    for file in files(path)? {
        let text = text(&file).map_err(|error| TemplatesError::unread(&file, error))?;
        definitions.add(&file.to_string_lossy(), &text);
    }
    Ok(definitions)
}

/// The text of a file. What is none, such as a pipe, may have no end.
fn text(path: &Path) -> io::Result<String> {
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::other("it is no file"));
    }
    let mut text = String::new();
    File::open(path)?.take(BYTES_AT_MOST + 1).read_to_string(&mut text)?;
    if text.len() as u64 > BYTES_AT_MOST {
        let says = format!("it has more than {} MiB", BYTES_AT_MOST >> 20);
        return Err(io::Error::other(says));
    }
    Ok(text)
}

/// The file itself, or those of a folder and of the folders in it, in the order of their names. The macro takes the same.
pub(super) fn files(path: &Path) -> Result<Vec<PathBuf>, TemplatesError> {
    let data = fs::metadata(path).map_err(|error| TemplatesError::unread(path, error))?;
    if !data.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut files = Vec::new();
    folder(path, &mut files, 1)?;
    if files.is_empty() { Err(TemplatesError::no_files(path)) } else { Ok(files) }
}

fn folder(path: &Path, files: &mut Vec<PathBuf>, depth: usize) -> Result<(), TemplatesError> {
    let unread = |error| TemplatesError::unread(path, error);
    if depth > FOLDERS_AT_MOST {
        let says = format!("it lies more than {FOLDERS_AT_MOST} folders deep");
        return Err(unread(io::Error::other(says)));
    }
    let entries = fs::read_dir(path).and_then(Iterator::collect::<io::Result<Vec<_>>>);
    let mut entries = entries.map_err(unread)?;
    entries.sort_by_cached_key(fs::DirEntry::file_name);
    for entry in entries {
        let inside = entry.path();
        let is_json = inside.extension().is_some_and(|found| found.eq_ignore_ascii_case(EXTENSION));
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        // A link to a folder may lead in a circle, and is not followed.
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            folder(&inside, files, depth + 1)?;
        } else if is_json {
            files.push(inside);
        }
    }
    Ok(())
}
