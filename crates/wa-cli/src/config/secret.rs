//! Secrets: the access token, and the secret of the app.

use std::{
    borrow::Cow,
    fmt, io,
    path::Path,
    process::{Command, Stdio},
};

use super::{Found, Origin, Setting, Settings};
use crate::{
    error::{Error, Exit},
    input, outcome,
};

/// How long a secret may be, in bytes.
const MOST: u64 = 64 * 1024;

/// A secret. It is shown nowhere.
#[derive(Clone)]
pub(crate) struct Secret(String);

impl Secret {
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}

/// Where a secret comes from, before it is read.
pub(crate) enum Source<'s> {
    Variable(&'static str, String),
    File(std::path::PathBuf, Origin),
    Command(&'s [String], Origin),
}

impl Source<'_> {
    /// Where it is said, for `wa config`, which reads no secret.
    pub(crate) fn origin(&self) -> String {
        match self {
            Self::Variable(name, _) => format!("the variable {name}"),
            Self::File(path, origin) => format!("the file {} by {origin}", path.display()),
            Self::Command(command, origin) => {
                let words: Vec<_> = command.iter().map(|word| word_of(word)).collect();
                format!("the program `{}` by {origin}", outcome::one_line(&words.join(" ")))
            }
        }
    }
}

impl Settings {
    /// Finds a secret: in a file that an argument names, in the environment, by a file or a program that `wa.toml`
    /// names.
    pub(crate) fn secret_source(
        &self,
        setting: Setting,
        file: Option<&Path>,
    ) -> Option<Source<'_>> {
        if let Some(path) = file {
            let origin = Origin::Argument(format!("--{}-file", setting.name.replace('_', "-")));
            return Some(Source::File(path.to_owned(), origin));
        }
        if let Some(Found { value, .. }) = self.get(setting, None) {
            return Some(Source::Variable(setting.variable, value));
        }
        self.layers().find_map(|(file, profile, layer)| {
            let origin = || Origin::File { path: file.path.clone(), profile: profile.clone() };
            let (path, command) = if setting == Setting::TOKEN {
                (&layer.token_file, &layer.token_command)
            } else {
                (&layer.app_secret_file, &layer.app_secret_command)
            };
            if let Some(path) = path {
                let folder = file.path.parent().unwrap_or(Path::new(""));
                return Some(Source::File(folder.join(path), origin()));
            }
            command.as_deref().map(|command| Source::Command(command, origin()))
        })
    }

    /// Reads a secret.
    pub(crate) fn secret(&self, setting: Setting, file: Option<&Path>) -> Result<Secret, Error> {
        let Setting { name, variable, .. } = setting;
        let text = match self.secret_source(setting, file) {
            Some(Source::Variable(_, value)) => value,
            Some(Source::File(path, _)) => {
                input::text(&path, MOST).map_err(|error| Error::file("read", &path, error))?
            }
            Some(Source::Command(command, _)) => printed(command)?,
            None => {
                return Err(Error::usage(format!("there is no `{name}`"))
                    .hint(format!(
                        "set {variable}, give `--{}-file`, or put `{name}_file` or `{name}_command` into `wa.toml`",
                        name.replace('_', "-")
                    ))
                    .with_exit(Exit::NoCredentials));
            }
        };
        let secret = text.trim();
        if secret.is_empty() {
            return Err(
                Error::usage(format!("the `{name}` is empty")).with_exit(Exit::NoCredentials)
            );
        }
        Ok(Secret(secret.to_owned()))
    }
}

/// A word of a command, as it would be typed.
fn word_of(word: &str) -> Cow<'_, str> {
    let is_plain = |found: char| found.is_alphanumeric() || "_-./:=@%+,\\".contains(found);
    if !word.is_empty() && word.chars().all(is_plain) {
        word.into()
    } else {
        format!("'{word}'").into()
    }
}

/// What a program prints. What it says of errors goes to the terminal.
fn printed(command: &[String]) -> Result<String, Error> {
    let [program, arguments @ ..] = command else {
        return Err(Error::usage("the program that prints a secret has no name"));
    };
    let cannot = |error| Error::usage(format!("cannot run `{program}`")).because(error);
    let mut child =
        Command::new(program).args(arguments).stdout(Stdio::piped()).spawn().map_err(cannot)?;
    let printed = child.stdout.take().map(|out| input::text_of(out, MOST));
    if !matches!(printed, Some(Ok(_))) {
        // It may go on printing for ever.
        let _ = child.kill();
    }
    let status = child.wait().map_err(cannot)?;
    match printed {
        Some(Ok(printed)) if status.success() => Ok(printed),
        Some(Ok(_)) | None => Err(Error::usage(format!("`{program}` has failed: {status}"))),
        Some(Err(error)) => {
            let says = match error.kind() {
                io::ErrorKind::InvalidData => format!("what `{program}` prints is not UTF-8"),
                _ => format!("what `{program}` prints is no secret"),
            };
            Err(Error::usage(says).because(error))
        }
    }
}
