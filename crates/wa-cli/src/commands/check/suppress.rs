//! Rules that are not asked.

use std::path::{Path, PathBuf};

use ignore::gitignore::{Gitignore, GitignoreBuilder};

use crate::{
    check::{Checked, Rule},
    config::Settings,
    error::Error,
};

/// Rules that are not asked, of any file or of some.
pub(super) struct Suppressions {
    everywhere: Vec<String>,
    somewhere: Vec<(Gitignore, Vec<String>)>,
    /// The folder that patterns are meant by.
    folder: PathBuf,
}

impl Suppressions {
    pub(super) fn new(settings: &Settings, arguments: &[String]) -> Result<Self, Error> {
        let folder = settings.folder().unwrap_or(Path::new("")).to_owned();
        let check = settings.check().cloned().unwrap_or_default();
        let everywhere = check.allow.iter().chain(arguments).map(|name| known(name));
        let mut somewhere = Vec::new();
        for allowed in &check.files {
            let mut builder = GitignoreBuilder::new(&folder);
            let wrong = |error| {
                Error::usage(format!("`{}` is no pattern of paths", allowed.path)).because(error)
            };
            builder.add_line(None, &allowed.path).map_err(wrong)?;
            let names: Result<_, _> = allowed.allow.iter().map(|name| known(name)).collect();
            somewhere.push((builder.build().map_err(wrong)?, names?));
        }
        Ok(Self { everywhere: everywhere.collect::<Result<_, _>>()?, somewhere, folder })
    }

    /// Leaves out what is not asked of a file.
    pub(super) fn apply(&self, path: &Path, checked: &mut Checked) {
        if self.everywhere.is_empty() && self.somewhere.is_empty() {
            return;
        }
        // A path that is given from here is meant by the folder of the settings.
        let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let inside = whole.strip_prefix(&self.folder).unwrap_or(path).to_owned();
        let here: Vec<_> = self
            .somewhere
            .iter()
            .filter(|(pattern, _)| pattern.matched_path_or_any_parents(&inside, false).is_ignore())
            .flat_map(|(_, names)| names)
            .chain(&self.everywhere)
            .collect();
        checked.findings.retain(|found| !here.iter().any(|name| *name == found.rule.as_str()));
    }
}

/// A name of a rule, as it is written everywhere.
fn known(name: &str) -> Result<String, Error> {
    Rule::find(name).map(|(known, _)| known.to_owned()).ok_or_else(|| Rule::unknown(name))
}
