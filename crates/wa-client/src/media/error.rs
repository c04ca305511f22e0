//! The error of a file: what is wrong with it, before it is sent or after it came.

use std::{error, fmt, io};

/// A file could not be sent or taken. [`FileError::kind`] says why, and `Display` what to do about it.
#[derive(Debug)]
pub struct FileError {
    kind: FileErrorKind,
    /// What is found out, in words of ours: sizes and types.
    details: String,
    source: Option<io::Error>,
}

/// The reason why a file could not be sent or taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum FileErrorKind {
    /// The file could not be read. The source says why.
    Unread,
    /// The file could not be written. The source says why.
    Unwritten,
    /// There is nothing in the file.
    Empty,
    /// The file is larger than any that the API takes.
    TooLarge,
    /// The API does not take files of this type for this kind.
    TypeNotTaken,
    /// Neither the name nor the content tells the type.
    TypeNotKnown,
    /// The type that was given has not the form of one.
    MalformedType,
    /// The name that was given is blank.
    MalformedName,
    /// The content is of another type than was said.
    ContentDiffers,
    /// The file has another size than was said: by a look-up, by whoever gave it, or when its upload began. Or it changed
    /// while it was sent.
    SizeDiffers,
    /// The upload began with another file of this size.
    AnotherFile,
    /// The API does not know the upload any more.
    UploadGone,
    /// The stream was read already, and cannot be read again.
    UsedUp,
    /// The time for which the file is to be kept is not one that the API takes.
    TimeOutOfRange,
    /// The id is none of the API.
    MalformedId,
    /// The hash of the file is neither hexadecimal nor base64 of 32 bytes, so the file could not be checked and was not
    /// asked for. Whoever wants it unchecked leaves the hash out of the
    /// [`MediaRef`](wa_message_core::MediaRef), and gives it the address.
    MalformedHash,
    /// The address is not one of the API, so neither a request nor the token went there.
    ForeignAddress,
    /// There is nothing at the address any more, after another look-up.
    Gone,
    /// The server did not give the file.
    NotServed {
        /// The HTTP status.
        status: u16,
    },
    /// The file is larger than the caller takes.
    OverCap,
    /// The server packed the file, which nobody asked for: by a `Content-Encoding`, or on its way.
    Packed,
    /// What came is not what was promised: its hash is another one.
    HashDiffers,
    /// The API answered that it did not delete the file, and not why.
    NotDeleted,
}

impl FileError {
    pub(super) fn new(kind: FileErrorKind) -> Self {
        Self { kind, details: String::new(), source: None }
    }

    pub(super) fn with_details(self, details: impl Into<String>) -> Self {
        Self { details: details.into(), ..self }
    }

    pub(super) fn unread(source: io::Error) -> Self {
        Self::caused(FileErrorKind::Unread, source)
    }

    pub(super) fn unwritten(source: io::Error) -> Self {
        Self::caused(FileErrorKind::Unwritten, source)
    }

    /// Only the kind of the source is told here: what else it says may have names in it.
    fn caused(kind: FileErrorKind, source: io::Error) -> Self {
        let words = source.kind().to_string();
        // Some kinds are none, and one of those has no name that can be written here.
        let says_nothing =
            matches!(source.kind(), io::ErrorKind::Other) || words.starts_with("uncategorized");
        let details = if says_nothing { String::new() } else { words };
        Self { kind, details, source: Some(source) }
    }

    /// A path that cannot be the one of a file, in words of ours.
    pub(super) fn bad_path(kind: FileErrorKind, why: &'static str) -> Self {
        let source = io::Error::new(io::ErrorKind::InvalidInput, why);
        Self { kind, details: why.to_owned(), source: Some(source) }
    }

    /// The HTTP status, if there was an answer.
    pub(crate) fn status(&self) -> Option<u16> {
        match self.kind {
            FileErrorKind::NotServed { status } => Some(status),
            _ => None,
        }
    }

    /// Returns the reason.
    #[must_use]
    pub fn kind(&self) -> FileErrorKind {
        self.kind
    }
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match self.kind {
            FileErrorKind::Unread => "the file could not be read",
            FileErrorKind::Unwritten => "the file could not be written",
            FileErrorKind::Empty => "there is nothing in the file",
            FileErrorKind::TooLarge => "the file is larger than any that the API takes",
            FileErrorKind::TypeNotTaken => "the API does not take this file",
            FileErrorKind::TypeNotKnown => {
                "neither the name of the file nor its content tells the type; give it by `typed`"
            }
            FileErrorKind::MalformedType => "the type has to be one such as `image/png`",
            FileErrorKind::MalformedName => {
                "the name of the file is blank; leave it out, or give one by `named`"
            }
            FileErrorKind::ContentDiffers => {
                "the content of the file is of another type than was said"
            }
            FileErrorKind::SizeDiffers => {
                "the file has another size than was said, or changed on its way"
            }
            FileErrorKind::AnotherFile => {
                "the upload began with another file of this size; go on with that one, or begin anew with this one"
            }
            FileErrorKind::UploadGone => {
                "the API does not know this upload any more; begin it anew"
            }
            FileErrorKind::UsedUp => "the stream was read already; make the file anew",
            FileErrorKind::TimeOutOfRange => "a file cannot be kept for this time",
            FileErrorKind::MalformedId => "this is no id of the API",
            FileErrorKind::MalformedHash => {
                "the hash of the file is neither hexadecimal nor base64 of 32 bytes, so the file could not be checked \
                 and was not asked for"
            }
            FileErrorKind::ForeignAddress => {
                "the address of the file is not one of the API, so nothing was asked of it"
            }
            FileErrorKind::Gone => {
                "there is no file at the address, after another look-up too; it may have expired"
            }
            FileErrorKind::NotServed { status } => {
                return write!(
                    f,
                    "the server did not give the file (HTTP {status}); check the token, or look the file up again"
                );
            }
            FileErrorKind::OverCap => {
                "the file is larger than the caller takes; allow more by `at_most`"
            }
            FileErrorKind::Packed => {
                "the server packed the file, which was not asked for; what came is not the file"
            }
            FileErrorKind::HashDiffers => {
                "what came is not the file that was promised: its hash is another one; do not use it"
            }
            FileErrorKind::NotDeleted => "the API did not delete the file, and did not say why",
        };
        f.write_str(text)?;
        if self.details.is_empty() { Ok(()) } else { write!(f, ": {}", self.details) }
    }
}

impl error::Error for FileError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        self.source.as_ref().map(|source| source as _)
    }
}
