//! Faults of files of definitions.

use std::{fmt, sync::Arc};

use crate::{json::Place, shown::quoted};

/// Something that is wrong with a file of definitions, and the template that it concerns.
///
/// `Display` gives the file with line and column, and a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    source: Arc<str>,
    place: Option<Place>,
    name: Option<String>,
    says: String,
    hinders: bool,
}

impl Fault {
    /// A fault of a whole file, for which nothing can be said of the templates in it.
    #[must_use]
    pub fn of_file(source: &str, says: impl Into<String>) -> Self {
        let (source, says) = (source.into(), says.into());
        Self { source, place: None, name: None, says, hinders: true }
    }

    pub(super) fn at(source: &Arc<str>, place: Place, says: impl Into<String>) -> Self {
        let source = Arc::clone(source);
        Self { source, place: Some(place), name: None, says: says.into(), hinders: true }
    }

    /// A fault of one template, whose messages cannot be checked.
    pub(super) fn of(self, name: &str) -> Self {
        Self { name: Some(name.to_owned()), ..self }
    }

    /// A fault beside which messages can be checked.
    pub(super) fn harmless(self) -> Self {
        Self { hinders: false, ..self }
    }

    /// Returns the file as it was given.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Returns where in the file it is.
    #[must_use]
    pub fn place(&self) -> Option<Place> {
        self.place
    }

    /// Returns the name of the template that it concerns, and `None` if it concerns the whole file.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// Returns whether it is in the way of a check. Otherwise it is worth knowing, and no more.
    #[must_use]
    pub fn hinders(&self) -> bool {
        self.hinders
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&crate::shown::shown(&self.source))?;
        if let Some(place) = self.place {
            write!(f, ":{place}")?;
        }
        match &self.name {
            Some(name) => write!(f, ": the definition of {}: {}", quoted(name), self.says),
            None => write!(f, ": {}", self.says),
        }
    }
}
