//! What can be wrong with a description.

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

/// Why no code was generated.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The file is no YAML, or no mapping.
    #[error("the description is not valid YAML: {0}")]
    Yaml(String),
    /// The description says something that the generator does not carry through.
    #[error("{place}: {message}")]
    Description {
        /// Where.
        place: Place,
        /// What.
        message: String,
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
    /// Checked-in files differ from what the description says.
    #[error("{} generated file(s) are stale: {}; run `cargo xtask codegen`", .0.len(), .0.join(", "))]
    Stale(Vec<String>),
}

impl Error {
    /// An error at a place of the description.
    pub fn at(place: &Place, message: impl Into<String>) -> Self {
        Self::Description { place: place.clone(), message: message.into() }
    }
}

/// The result of a step of the generator.
pub type Result<T> = std::result::Result<T, Error>;
