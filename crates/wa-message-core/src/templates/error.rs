//! The error of definitions that cannot be used.

use std::{
    error, fmt, io,
    path::{Path, PathBuf},
};

use wa_message_rules::{definition::Fault, quoted};

/// Definitions of templates could not be read. [`kind`](Self::kind) says why.
///
/// ```
/// use wa_message::Templates;
///
/// let error = Templates::from_json("[{ \"name\": \"order_ready\" }").unwrap_err();
/// assert_eq!(error.faults()[0].place().map(|place| place.line), Some(1));
/// ```
#[derive(Debug)]
pub struct TemplatesError {
    kind: TemplatesErrorKind,
    path: Option<PathBuf>,
    faults: Vec<Fault>,
    source: Option<io::Error>,
}

/// The reason why definitions of templates could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum TemplatesErrorKind {
    /// A file or a folder could not be read. The source says why.
    Unread,
    /// The folder has no file whose name ends with `.json`.
    NoFiles,
    /// Something is no JSON, or no definition. The [faults](TemplatesError::faults) say what.
    Malformed,
}

impl TemplatesError {
    pub(super) fn unread(path: &Path, source: io::Error) -> Self {
        let (path, source) = (Some(path.to_owned()), Some(source));
        Self { kind: TemplatesErrorKind::Unread, path, faults: Vec::new(), source }
    }

    pub(super) fn no_files(path: &Path) -> Self {
        let path = Some(path.to_owned());
        Self { kind: TemplatesErrorKind::NoFiles, path, faults: Vec::new(), source: None }
    }

    /// There is at least one fault.
    pub(super) fn malformed(faults: Vec<Fault>) -> Self {
        Self { kind: TemplatesErrorKind::Malformed, path: None, faults, source: None }
    }

    /// Returns the reason.
    #[must_use]
    pub fn kind(&self) -> TemplatesErrorKind {
        self.kind
    }

    /// Returns the file or the folder, if it is about one.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// Returns what is wrong with the definitions, each with its file, line and column.
    #[must_use]
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }
}

impl fmt::Display for TemplatesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.as_deref().map(|path| quoted(&path.to_string_lossy()));
        let path = path.unwrap_or_default();
        match self.kind {
            TemplatesErrorKind::Unread => write!(f, "{path} could not be read"),
            TemplatesErrorKind::NoFiles => write!(f, "there is no `.json` file in {path}"),
            TemplatesErrorKind::Malformed => {
                f.write_str("the definitions of templates cannot be used: ")?;
                if let Some(first) = self.faults.first() {
                    first.fmt(f)?;
                }
                match self.faults.len().saturating_sub(1) {
                    0 => Ok(()),
                    more => write!(f, "; and {more} more"),
                }
            }
        }
    }
}

impl error::Error for TemplatesError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        self.source.as_ref().map(|source| source as _)
    }
}
