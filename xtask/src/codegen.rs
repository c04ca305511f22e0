//! The command `codegen`: from the description to files, all of them or none.

use std::{fs, path::Path};

pub use crate::emit::Generated;
use crate::{
    emit,
    error::{Error, Result},
    lower, read, types,
};

/// The description, from the root of the workspace.
pub const DESCRIPTION: &str = "openapi/messages.yaml";

/// The code that a description leads to.
///
/// # Errors
///
/// When the description says something that the generator does not carry through.
pub fn generate(description: &str) -> Result<Vec<Generated>> {
    let description = read::read(description)?;
    let types = types::make(&lower::lower(&description))?;
    emit::all(&description, &types)
}

/// Generates the code of a workspace and writes what has changed. Returns the paths written.
///
/// # Errors
///
/// When the description is faulty, in which case nothing is written, or a file cannot be written.
pub fn write(root: &Path) -> Result<Vec<&'static str>> {
    let generated = load(root)?;
    let stale = stale(root, generated);
    // First everything into files of their own, so that a failure leaves the old code whole.
    for file in &stale {
        let path = draft(&root.join(file.path));
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(|source| access(folder, source))?;
        }
        fs::write(&path, &file.text).map_err(|source| access(&path, source))?;
    }
    for file in &stale {
        let path = root.join(file.path);
        fs::rename(draft(&path), &path).map_err(|source| access(&path, source))?;
    }
    Ok(stale.iter().map(|file| file.path).collect())
}

/// Generates the code of a workspace and compares it with what is checked in.
///
/// # Errors
///
/// When the description is faulty, or the code differs.
pub fn check(root: &Path) -> Result<()> {
    let stale = stale(root, load(root)?);
    if stale.is_empty() {
        return Ok(());
    }
    Err(Error::Stale(stale.iter().map(|file| file.path.to_owned()).collect()))
}

fn load(root: &Path) -> Result<Vec<Generated>> {
    let path = root.join(DESCRIPTION);
    let text = fs::read_to_string(&path).map_err(|source| access(&path, source))?;
    generate(&text).map_err(|error| error.in_file(DESCRIPTION, &text))
}

fn stale(root: &Path, generated: Vec<Generated>) -> Vec<Generated> {
    let differs = |file: &Generated| {
        fs::read_to_string(root.join(file.path)).ok().as_ref() != Some(&file.text)
    };
    generated.into_iter().filter(differs).collect()
}

fn draft(path: &Path) -> std::path::PathBuf {
    path.with_extension("rs.new")
}

fn access(path: &Path, source: std::io::Error) -> Error {
    Error::File { path: path.to_owned(), source }
}
