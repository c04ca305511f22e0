//! Files of definitions.

use std::{
    fs,
    path::{Path, PathBuf},
};

use wa_message::{Templates, templates::TemplatesErrorKind};
use wa_message_dsl::NAMES_OF_DEFINITIONS;

use crate::{
    api,
    config::Settings,
    error::{Error, Exit, named},
};

/// The place of definitions, also where there are none yet.
pub(super) fn place(settings: &Settings, argument: Option<&Path>) -> Result<PathBuf, Error> {
    let argument = argument.map(|path| ("the argument", path));
    let found = api::definitions_path(settings, argument)?;
    Ok(found.unwrap_or_else(|| NAMES_OF_DEFINITIONS[0].into()))
}

/// Reads definitions.
pub(super) fn load(path: &Path) -> Result<Templates, Error> {
    Templates::load(path).map_err(|error| {
        let faults: Vec<_> = error.faults().iter().map(ToString::to_string).collect();
        // What stands there is faulty, and is not a place that cannot be read.
        let exit = if faults.is_empty() { Exit::Usage } else { Exit::Refused };
        let is_missing = error.kind() == TemplatesErrorKind::NoFiles || !path.exists();
        let told =
            Error::usage(format!("there are no definitions to be read in `{}`", named(path)))
                .because(error)
                .note(faults.join("\n"))
                .with_exit(exit);
        if is_missing {
            told.hint("`wa templates pull` fetches those of the account")
        } else {
            told
        }
    })
}

/// Reads definitions, if there are any.
pub(super) fn load_or_none(path: &Path) -> Result<Templates, Error> {
    let is_empty = match Templates::load(path) {
        Ok(templates) => return Ok(templates),
        Err(error) => error.kind() == TemplatesErrorKind::NoFiles || !path.exists(),
    };
    if !is_empty {
        return load(path);
    }
    Templates::from_json("[]").map_err(|error| Error::usage("no definitions").because(error))
}

/// Writes a file so that nobody reads half of it.
pub(super) fn replace(path: &Path, text: &str) -> Result<(), Error> {
    let beside = path.with_extension("json.part");
    fs::write(&beside, text)
        .and_then(|()| fs::rename(&beside, path))
        .map_err(|error| Error::file("write", path, error))
}
