//! The files that are to be checked.

use std::{
    io,
    path::{Path, PathBuf},
};

use ignore::{WalkBuilder, overrides::OverrideBuilder};

use crate::{
    bodies::Form,
    config::Settings,
    error::{Error, named},
    input,
};

/// How large a file may be, in bytes. Nobody writes larger ones by hand.
const SIZE_AT_MOST: u64 = 256 * 1024 * 1024;

/// The path that stands for what is piped in.
const PIPED: &str = "-";

/// A file.
#[derive(Debug)]
pub(super) struct File {
    pub(super) path: PathBuf,
    /// The name to show.
    pub(super) name: String,
    pub(super) form: Form,
    is_piped: bool,
}

/// A file that cannot be checked. The others are.
#[derive(Debug)]
pub(super) struct Trouble(Error);

impl Trouble {
    pub(super) fn print(&self) {
        self.0.print();
    }
}

/// What is given on the command line.
pub(super) struct Given<'a> {
    pub(super) paths: &'a [PathBuf],
    pub(super) stdin_filename: &'a Path,
}

impl Given<'_> {
    /// Finds all files, in the order of their names.
    pub(super) fn find(&self, settings: &Settings) -> Result<(Vec<File>, Vec<Trouble>), Error> {
        let (mut files, mut troubles) = (Vec::new(), Vec::new());
        for path in self.paths {
            if path.as_os_str() == PIPED {
                let form = Form::of_file(self.stdin_filename).unwrap_or(Form::Json);
                let name = match self.stdin_filename.to_str() {
                    Some("-.json") | None => "<stdin>".to_owned(),
                    Some(name) => name.to_owned(),
                };
                files.push(File {
                    path: self.stdin_filename.to_owned(),
                    name,
                    form,
                    is_piped: true,
                });
            } else if path.is_dir() {
                walk(path, settings, &mut files, &mut troubles)?;
            } else {
                // A file that is named is checked whatever it is called.
                let form = Form::of_file(path).unwrap_or(Form::Json);
                files.push(File::new(path.clone(), form));
            }
        }
        files.sort_by(|one, other| one.name.cmp(&other.name));
        files.dedup_by(|one, other| !one.is_piped && one.path == other.path);
        Ok((files, troubles))
    }
}

/// The files below a folder that are not ignored. Links are not followed, so that none leads in a circle.
fn walk(
    folder: &Path,
    settings: &Settings,
    files: &mut Vec<File>,
    troubles: &mut Vec<Trouble>,
) -> Result<(), Error> {
    let mut builder = WalkBuilder::new(folder);
    if let Some(check) = settings.check().filter(|check| !check.exclude.is_empty()) {
        let mut excluded = OverrideBuilder::new(settings.folder().unwrap_or(folder));
        for pattern in &check.exclude {
            let added = excluded.add(&format!("!{pattern}"));
            added.map_err(|error| {
                Error::usage(format!("`{pattern}` is no pattern of paths")).because(error)
            })?;
        }
        let built = excluded.build();
        builder.overrides(
            built.map_err(|error| Error::usage("`exclude` is not usable").because(error))?,
        );
    }
    for entry in builder.build() {
        match entry {
            Ok(entry) => {
                let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
                if let Some(form) = Form::of_file(entry.path()).filter(|_| is_file) {
                    files.push(File::new(entry.into_path(), form));
                }
            }
            Err(error) => {
                let says = format!("a part of `{}` cannot be read", named(folder));
                troubles.push(Trouble(Error::usage(says).because(error)));
            }
        }
    }
    Ok(())
}

impl File {
    fn new(path: PathBuf, form: Form) -> Self {
        let path = path.strip_prefix("./").map(Path::to_owned).unwrap_or(path);
        let name = path.display().to_string();
        Self { path, name, form, is_piped: false }
    }

    /// Reads the text.
    pub(super) fn read(&self) -> Result<String, Trouble> {
        let read = if self.is_piped {
            input::bytes_of(io::stdin().lock(), SIZE_AT_MOST)
        } else {
            input::bytes(&self.path, SIZE_AT_MOST)
        };
        let hint = "`exclude` under `[check]` in `wa.toml` passes it over";
        let name = Path::new(&self.name);
        let bytes =
            read.map_err(|error| Trouble(input::unread(name, SIZE_AT_MOST, error, hint)))?;
        String::from_utf8(bytes).map_err(|error| {
            let line = input::broken_line(&error);
            Trouble(Error::usage(format!("`{}` is not UTF-8 in line {line}", self.name)))
        })
    }
}
