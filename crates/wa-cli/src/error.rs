//! How the program ends, and what it says when it cannot do what it was asked.

use std::{error::Error as StdError, fmt, io, path::Path, process::ExitCode};

use anstyle::AnsiColor;

use crate::terminal;

/// How the program ends. The numbers are a contract with scripts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Nothing is wrong; the message was accepted.
    Done = 0,
    /// Violations were found; the message was refused.
    Refused = 1,
    /// Wrong arguments, settings or files.
    Usage = 2,
    /// The message was certainly not sent.
    NotSent = 3,
    /// Nobody knows whether the message was accepted.
    InDoubt = 4,
    /// The API takes no more for now.
    Throttled = 5,
    /// There are no credentials, so that nothing could be asked.
    NoCredentials = 78,
    /// Somebody has ended it by Ctrl-C, as shells have it.
    Interrupted = 130,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Why the program could not do what it was asked.
#[derive(Debug)]
pub(crate) struct Error {
    says: String,
    /// More about it, in lines below.
    note: Option<String>,
    hint: Option<String>,
    exit: Exit,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

/// A path, as it may stand in a sentence.
pub(crate) fn named(path: &Path) -> String {
    terminal::clean_name(&path.to_string_lossy()).into_owned()
}

impl Error {
    /// Wrong arguments, settings or files.
    pub(crate) fn usage(says: impl Into<String>) -> Self {
        Self { says: says.into(), note: None, hint: None, exit: Exit::Usage, source: None }
    }

    /// A file that cannot be read or written.
    pub(crate) fn file(doing: &str, path: &Path, source: io::Error) -> Self {
        Self::usage(format!("cannot {doing} `{}`", named(path))).because(source)
    }

    pub(crate) fn because(self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self { source: Some(source.into()), ..self }
    }

    pub(crate) fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    /// More about it, in lines.
    pub(crate) fn note(self, lines: impl Into<String>) -> Self {
        Self { note: Some(lines.into()), ..self }
    }

    pub(crate) fn with_exit(self, exit: Exit) -> Self {
        Self { exit, ..self }
    }

    pub(crate) fn exit(&self) -> Exit {
        self.exit
    }

    /// Prints it to the standard error stream, with what may help.
    pub(crate) fn print(&self) {
        // Nobody reads any more, and that is all.
        if self.exit == Exit::Done {
            return;
        }
        terminal::say_as("", "error", AnsiColor::Red, self.to_string().trim_end());
        for line in self.note.iter().flat_map(|note| note.lines()) {
            terminal::say(&format!("  {line}"));
        }
        if let Some(hint) = &self.hint {
            terminal::hint(hint);
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.says)?;
        let mut source = self.source.as_deref().map(|source| source as &dyn StdError);
        while let Some(error) = source {
            write!(f, ": {error}")?;
            source = error.source();
        }
        Ok(())
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_deref().map(|source| source as &(dyn StdError + 'static))
    }
}

/// Nobody reads what is printed any more. That is no error of ours.
impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        let exit = if error.kind() == io::ErrorKind::BrokenPipe { Exit::Done } else { Exit::Usage };
        Self {
            says: "cannot write".to_owned(),
            note: None,
            hint: None,
            exit,
            source: Some(error.into()),
        }
    }
}
