//! The error of a definition: what is wrong with it before it is sent, or with what came.

use std::{error, fmt, io, path::PathBuf};

use wa_message_core::{Violation, templates::TemplatesError};

/// A definition of a template cannot be sent or was not understood, or a file of definitions could not be read or written.
/// [`kind`](Self::kind) says why, and `Display` what to do about it.
#[derive(Debug)]
pub struct TemplateError {
    kind: TemplateErrorKind,
    violations: Vec<Violation>,
    path: Option<PathBuf>,
    source: Option<Source>,
}

#[derive(Debug)]
enum Source {
    Io(io::Error),
    Definitions(TemplatesError),
    Json(serde_json::Error),
}

/// The reason why a call about templates came to nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum TemplateErrorKind {
    /// The definition breaks limits of the API. Nothing was sent. [`TemplateError::violations`] says which.
    Invalid,
    /// The text is no JSON object, so it is no definition. The source says more.
    NotJson,
    /// The id of a template or of an account is none of the API, or a name is empty. Nothing was sent.
    MalformedId,
    /// More templates are to be deleted than the API deletes at once. Nothing was sent.
    TooManyIds,
    /// The API answered that it did not delete the template, and not why.
    NotDeleted,
    /// The API answered that it did not change the template, and not why.
    NotChanged,
    /// The pages of the list do not come to an end: one leads to itself.
    EndlessList,
    /// What the API or a folder has are no definitions. The source says more.
    NotUnderstood,
    /// A template has a name that cannot be the name of a file.
    NameNotUsable,
    /// A file could not be read or written. The source says why.
    Unwritten,
}

impl TemplateError {
    pub(super) fn new(kind: TemplateErrorKind) -> Self {
        Self { kind, violations: Vec::new(), path: None, source: None }
    }

    pub(super) fn invalid(violations: Vec<Violation>) -> Self {
        Self { violations, ..Self::new(TemplateErrorKind::Invalid) }
    }

    pub(super) fn not_json(error: Option<serde_json::Error>) -> Self {
        Self { source: error.map(Source::Json), ..Self::new(TemplateErrorKind::NotJson) }
    }

    pub(super) fn unwritten(path: impl Into<PathBuf>, error: io::Error) -> Self {
        let (path, source) = (Some(path.into()), Some(Source::Io(error)));
        Self { path, source, ..Self::new(TemplateErrorKind::Unwritten) }
    }

    pub(super) fn name_not_usable(name: &str) -> Self {
        Self { path: Some(name.into()), ..Self::new(TemplateErrorKind::NameNotUsable) }
    }

    /// Returns the reason.
    #[must_use]
    pub fn kind(&self) -> TemplateErrorKind {
        self.kind
    }

    /// Returns what is wrong with a definition, each with the path of the member, as of messages.
    #[must_use]
    pub fn violations(&self) -> &[Violation] {
        &self.violations
    }
}

impl From<TemplatesError> for TemplateError {
    fn from(error: TemplatesError) -> Self {
        let source = Some(Source::Definitions(error));
        Self { source, ..Self::new(TemplateErrorKind::NotUnderstood) }
    }
}

impl From<TemplatesError> for crate::Error {
    fn from(error: TemplatesError) -> Self {
        TemplateError::from(error).into()
    }
}

impl fmt::Display for TemplateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path =
            self.path.as_deref().map(|path| path.to_string_lossy().escape_debug().to_string());
        let path = path.unwrap_or_default();
        f.write_str(match self.kind {
            TemplateErrorKind::Invalid => {
                f.write_str("the definition of the template is not valid: ")?;
                for (at, violation) in self.violations.iter().enumerate() {
                    let separator = if at == 0 { "" } else { "; " };
                    write!(f, "{separator}{violation}")?;
                    if !violation.path().is_empty() {
                        write!(f, " (at `{}`)", violation.path())?;
                    }
                }
                return Ok(());
            }
            TemplateErrorKind::NameNotUsable => {
                return write!(f, "a template is named `{path}`, which cannot be the name of a file");
            }
            TemplateErrorKind::Unwritten => {
                return write!(f, "`{path}` could not be read or written");
            }
            TemplateErrorKind::NotJson => "the definition of a template has to be a JSON object",
            TemplateErrorKind::MalformedId => {
                "this is no id of the API, or no name of a template, so nothing was sent"
            }
            TemplateErrorKind::TooManyIds => {
                "at most 100 templates are deleted at once, so nothing was sent; delete fewer at a time"
            }
            TemplateErrorKind::NotDeleted => {
                "the API did not delete the template, and did not say why"
            }
            TemplateErrorKind::NotChanged => {
                "the API did not change the template, and did not say why"
            }
            TemplateErrorKind::EndlessList => {
                "the list of templates does not come to an end: a page leads to itself"
            }
            TemplateErrorKind::NotUnderstood => "the definitions of templates were not understood",
        })
    }
}

impl error::Error for TemplateError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        self.source.as_ref().map(|source| match source {
            Source::Io(error) => error as _,
            Source::Definitions(error) => error as _,
            Source::Json(error) => error as _,
        })
    }
}
