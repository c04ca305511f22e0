//! Errors of a description, with their places.

use std::{fmt, path::PathBuf};

/// Where in the description something stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// The JSON pointer.
    pub pointer: String,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{} (line {}, column {})", self.pointer, self.line, self.column)
    }
}

/// What an excerpt underlines and says, beside the message itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hints {
    /// Whether the key is wrong, and not what stands behind it.
    pub is_about_key: bool,
    /// What stands at the underlined part.
    pub label: Option<String>,
    /// What may have been meant.
    pub help: Option<String>,
}

/// Why no code was generated.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The file is no YAML, or no mapping.
    #[error("the description is not valid YAML: {message}")]
    Yaml {
        /// What the reader of YAML said.
        message: String,
        /// The line, from 1, and the column, from 1, where it gave up.
        position: Option<(usize, usize)>,
    },
    /// The description says something that the generator does not carry through.
    #[error("{place}: {message}")]
    Description {
        /// Where.
        place: Place,
        /// What.
        message: String,
        /// What an excerpt shows beside it.
        hints: Box<Hints>,
    },
    /// Several things are wrong, each on its own.
    #[error("{}", lines(.0))]
    Several(Vec<Error>),
    /// Something is wrong in a certain file.
    #[error("{error}")]
    In {
        /// The path, as it is shown.
        path: PathBuf,
        /// What the file says.
        text: String,
        /// What is wrong.
        error: Box<Error>,
    },
    /// A generator of the chain failed on what it was given, which is a bug of ours.
    #[error("{tool} failed: {message}")]
    Tool {
        /// Which.
        tool: &'static str,
        /// What it said.
        message: String,
    },
    /// A file could not be read or written.
    #[error("cannot access {}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Two descriptions have no subject in common.
    #[error("nothing can be compared: {} describes {old_subject}, and {} {new_subject}", old.display(), new.display())]
    Unrelated {
        /// The one file.
        old: PathBuf,
        /// What it describes.
        old_subject: &'static str,
        /// The other file.
        new: PathBuf,
        /// What that describes.
        new_subject: &'static str,
    },
    /// Checked-in files differ from what the description says.
    #[error("{} generated file(s) are stale: {}; run `cargo xtask codegen`", files.len(), files.join(", "))]
    Stale {
        /// Which.
        files: Vec<&'static str>,
    },
}

impl Error {
    /// An error at a place of the description.
    pub fn at(place: &Place, message: impl Into<String>) -> Self {
        let (place, message) = (place.clone(), message.into());
        Self::Description { place, message, hints: Box::default() }
    }

    /// All errors as one: the only one as it is.
    #[must_use]
    pub fn several(mut errors: Vec<Self>) -> Self {
        if errors.len() == 1 { errors.remove(0) } else { Self::Several(errors) }
    }

    /// With more for an excerpt, if it is an error at a place of the description.
    #[must_use]
    pub fn with_hints(self, hints: Hints) -> Self {
        match self {
            Self::Description { place, message, .. } => {
                Self::Description { place, message, hints: Box::new(hints) }
            }
            other => other,
        }
    }

    /// The error with the file that it is about.
    #[must_use]
    pub fn in_file(self, path: impl Into<PathBuf>, text: &str) -> Self {
        Self::In { path: path.into(), text: text.to_owned(), error: Box::new(self) }
    }
}

fn lines(errors: &[Error]) -> String {
    errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// All that went well, or all errors.
pub(crate) fn each<T>(results: impl Iterator<Item = Result<T>>) -> Result<Vec<T>> {
    let (mut done, mut errors) = (Vec::new(), Vec::new());
    for result in results {
        match result {
            Ok(value) => done.push(value),
            Err(error) => errors.push(error),
        }
    }
    if errors.is_empty() { Ok(done) } else { Err(Error::several(errors)) }
}

/// The result of a step of the generator.
pub type Result<T> = std::result::Result<T, Error>;
