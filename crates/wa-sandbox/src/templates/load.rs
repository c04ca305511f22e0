//! Definitions from files and texts.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use serde_json::Value;
use wa_message_rules::definition::{Definitions, Fault};
use wa_message_spec::templates::DEMANDS;

use super::answered;
use crate::{generated::templates::LOADED, state::failed};

/// Where definitions come from.
pub(crate) enum Source {
    Json(String),
    Path(PathBuf),
}

/// Definitions, and what is wrong with them.
#[derive(Default)]
pub(crate) struct Loaded {
    pub(super) definitions: Vec<Value>,
    pub(super) faults: Vec<String>,
    /// Whether something could not be read, so that a template may be missing.
    pub(super) is_in_part: bool,
}

/// Reads all sources.
pub(crate) fn load(sources: &[Source]) -> io::Result<Loaded> {
    let mut all = Definitions::new(&DEMANDS);
    for source in sources {
        match source {
            Source::Json(text) => all.add("templates", text),
            Source::Path(path) => add_path(&mut all, path)?,
        }
    }
    Ok(loaded(&all))
}

/// Reads one text.
pub(super) fn read(text: &str) -> Loaded {
    let mut all = Definitions::new(&DEMANDS);
    all.add("templates", text);
    loaded(&all)
}

/// Adds a file, or the files of a folder that end in `.json`, by their names.
fn add_path(all: &mut Definitions, path: &Path) -> io::Result<()> {
    let cannot = |error: &io::Error, path: &Path| failed(error, "read", path.display());
    if !path.is_dir() {
        let text = fs::read(path).map_err(|error| cannot(&error, path))?;
        add_file(all, path, text);
        return Ok(());
    }
    let entries = fs::read_dir(path).map_err(|error| cannot(&error, path))?;
    let mut files = Vec::new();
    for entry in entries {
        let file = entry.map_err(|error| cannot(&error, path))?.path();
        if file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"))
            && file.is_file()
        {
            files.push(file);
        }
    }
    files.sort();
    for file in files {
        let text = fs::read(&file).map_err(|error| cannot(&error, &file))?;
        add_file(all, &file, text);
    }
    Ok(())
}

fn add_file(all: &mut Definitions, path: &Path, text: Vec<u8>) {
    let name = path.display().to_string();
    match String::from_utf8(text) {
        Ok(text) => all.add(&name, &text),
        Err(_) => all.add_fault(Fault::of_file(&name, "it is not UTF-8")),
    }
}

fn loaded(all: &Definitions) -> Loaded {
    let mut faults: Vec<_> = all.all_faults().iter().map(ToString::to_string).collect();
    let mut is_in_part = all.faults().iter().any(|fault| fault.hinders() && fault.name().is_none());
    let mut definitions = Vec::new();
    for definition in all.iter() {
        let json = all.json(definition.name(), definition.language());
        match json.map(|json| serde_json::from_str::<Value>(json.raw())) {
            Some(Ok(json)) => definitions.push(as_listed(json)),
            Some(Err(error)) => {
                is_in_part = true;
                faults.push(format!("{}: {error}", definition.source()));
            }
            None => {}
        }
    }
    Loaded { definitions, faults, is_in_part }
}

/// A definition without a state is one that creates a template. That it is in a file says that it has been created.
fn as_listed(mut json: Value) -> Value {
    let status = DEMANDS.members.status;
    if json.get(status).is_none() {
        json = answered::answered(json);
        json[status] = LOADED.into();
    }
    json
}
