//! The errors of an outbox.

use std::{error, fmt};

use crate::{EntryId, State};

/// Something that an outbox could not do. Nothing is lost by it, and nothing is sent twice.
#[derive(Debug)]
#[non_exhaustive]
pub enum OutboxError {
    /// The URL is none of an outbox.
    Url(UrlError),
    /// An entry or its id cannot be taken as it is.
    Entry(EntryError),
    /// The outbox was made by a later version of this library.
    #[non_exhaustive]
    Newer {
        /// The version of the schema.
        found: i64,
        /// The newest version that this library knows.
        known: i64,
    },
    /// The file lies on a file system of a network, where SQLite cannot keep what it promises.
    NetworkFileSystem,
    /// The store did not do what it was asked to.
    Store(StoreError),
    /// There is no such entry.
    NotFound,
    /// The entry is in a state in which this cannot be done.
    #[non_exhaustive]
    WrongState {
        /// The entry.
        id: EntryId,
        /// Its state.
        state: State,
    },
}

impl fmt::Display for OutboxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Url(error) => error.fmt(f),
            Self::Entry(error) => error.fmt(f),
            Self::Newer { found, known } => write!(
                f,
                "the outbox has version {found} of the schema, and this program knows version {known}; use a newer program"
            ),
            Self::NetworkFileSystem => f.write_str(
                "the file lies on a file system of a network, where SQLite does not keep what it promises; use a local disk or PostgreSQL",
            ),
            Self::Store(error) => error.fmt(f),
            Self::NotFound => f.write_str("there is no such entry in the outbox"),
            Self::WrongState { id, state } => write!(f, "entry {id} is {state}, so this cannot be done"),
        }
    }
}

impl error::Error for OutboxError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Self::Url(error) => error.source(),
            Self::Store(error) => error.source(),
            _ => None,
        }
    }
}

/// A URL that is none of an outbox. It does not show the URL, which may hold a password.
#[derive(Debug)]
#[non_exhaustive]
pub enum UrlError {
    /// It begins otherwise.
    Scheme,
    /// It names no file.
    NoFile,
    /// It is a database in memory, which keeps nothing.
    InMemory,
    /// It has parameters, which the URL of a file takes none of.
    Parameters,
    /// It is one of a store that this program was built without.
    #[non_exhaustive]
    Feature {
        /// The feature of the library.
        feature: &'static str,
    },
    /// It is one of PostgreSQL, and something in it cannot be read.
    Postgres(Box<dyn error::Error + Send + Sync>),
}

impl fmt::Display for UrlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Scheme => f.write_str(
                "the URL of an outbox begins with `sqlite:` or `postgres://`, such as `sqlite:outbox.db`",
            ),
            Self::NoFile => f.write_str("the URL names no file; write `sqlite:outbox.db`"),
            Self::InMemory => f.write_str(
                "an outbox in memory would keep nothing; write the name of a file, as in `sqlite:outbox.db`",
            ),
            Self::Parameters => f.write_str(
                "the URL of a file takes no parameters, and no question mark; write `sqlite:outbox.db`",
            ),
            Self::Feature { feature } => {
                // That is the name under which programs turn it on.
                let ours = if *feature == "postgres" { "outbox-postgres" } else { "outbox" };
                write!(
                    f,
                    "this program was built without the feature `{feature}` of the outbox; turn on `{ours}` of `wa-message`"
                )
            }
            Self::Postgres(_) => f.write_str("the URL of the database cannot be read"),
        }
    }
}

impl error::Error for UrlError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Self::Postgres(error) => Some(&**error),
            _ => None,
        }
    }
}

/// An entry, or the name of one, that cannot be taken as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum EntryError {
    /// The id of the business phone number is empty, or has a null character.
    Number,
    /// The key is empty, longer than 512 bytes, or has a null character.
    Key,
    /// The data have a null character.
    Data,
    /// The priority is higher than 9.
    Priority,
    /// It is no id of an entry.
    Id,
    /// Nobody is named as the author of a decision.
    Author,
}

impl fmt::Display for EntryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Number => "the id of the business phone number is empty or has a null character",
            Self::Key => "a key of an entry has 1 to 512 bytes, none of them null",
            Self::Data => "the data of an entry have a null character",
            Self::Priority => "the priority of an entry is a number from 0 to 9",
            Self::Id => {
                "this is no id of an entry: an id looks like 01936f2e-7c00-7000-8000-000000000001"
            }
            Self::Author => "a decision needs the name of whoever decides",
        })
    }
}

impl error::Error for EntryError {}

/// What kept a store from doing what it was asked to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Obstacle {
    /// The file or the server cannot be reached.
    Unreachable,
    /// The file is no database.
    NotADatabase,
    /// It may not be written.
    ReadOnly,
    /// There is no room on the disk.
    Full,
    /// Others held it for too long.
    Busy,
    /// The disk failed.
    Disk,
    /// The user may not do this, or may not come in.
    Forbidden,
    /// The file was removed or replaced while the outbox was open.
    Replaced,
    /// The outbox was closed.
    Closed,
    /// Anything else, for which see the source.
    Other,
}

/// A store that did not do what it was asked to. The source has its own words.
#[derive(Debug)]
pub struct StoreError {
    obstacle: Obstacle,
    is_unclear: bool,
    source: Option<Box<dyn error::Error + Send + Sync>>,
}

impl StoreError {
    pub(crate) fn new(
        obstacle: Obstacle,
        source: impl Into<Box<dyn error::Error + Send + Sync>>,
    ) -> Self {
        Self { obstacle, is_unclear: false, source: Some(source.into()) }
    }

    pub(crate) fn closed() -> Self {
        Self { obstacle: Obstacle::Closed, is_unclear: true, source: None }
    }

    /// Says that it may have been done all the same.
    pub(crate) fn unclear(mut self) -> Self {
        self.is_unclear = true;
        self
    }

    /// Returns what kept it.
    #[must_use]
    pub fn obstacle(&self) -> Obstacle {
        self.obstacle
    }

    /// Whether it may have been done all the same, because the answer was lost.
    #[must_use]
    pub fn is_unclear(&self) -> bool {
        self.is_unclear
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.obstacle {
            Obstacle::Unreachable => "the store of the outbox cannot be reached",
            Obstacle::NotADatabase => "the file of the outbox is no database of SQLite",
            Obstacle::ReadOnly => "the store of the outbox may not be written",
            Obstacle::Full => "there is no room on the disk of the outbox",
            Obstacle::Busy => "others held the store of the outbox for too long",
            Obstacle::Disk => "the disk of the outbox failed",
            Obstacle::Forbidden => "the store of the outbox does not let this user in",
            Obstacle::Replaced => {
                "the file of the outbox was removed or replaced while it was open; put it back, or start the program again"
            }
            Obstacle::Closed => "the outbox is closed",
            Obstacle::Other => "the store of the outbox failed",
        })?;
        if self.is_unclear {
            f.write_str("; it is not known whether the change was kept")
        } else {
            Ok(())
        }
    }
}

impl error::Error for StoreError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        self.source.as_deref().map(|source| source as &(dyn error::Error + 'static))
    }
}

impl From<EntryError> for OutboxError {
    fn from(error: EntryError) -> Self {
        Self::Entry(error)
    }
}

impl From<UrlError> for OutboxError {
    fn from(error: UrlError) -> Self {
        Self::Url(error)
    }
}

impl From<StoreError> for OutboxError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}
