//! Files of this machine: where they come from, and what is said of them.

use std::{
    fmt,
    future::poll_fn,
    io,
    path::{Path, PathBuf},
    pin::Pin,
    sync::Mutex,
};

use bytes::Bytes;
use futures_core::Stream;
use tokio::{
    fs,
    io::{AsyncReadExt as _, AsyncSeekExt as _},
};
use wa_message_spec::media::FileKind;

use super::{
    check::{Checked, check},
    error::{FileError, FileErrorKind},
};
use crate::Error;

/// How much of a file is looked at to tell its type, in bytes.
const LOOKED_AT: usize = 8 * 1024;

/// A stream of bytes, as somebody else makes it.
pub(super) type Bytestream = Pin<Box<dyn Stream<Item = io::Result<Bytes>> + Send>>;

/// A file to be sent: a path, bytes or a stream, and the kind of message that is to carry it.
///
/// There is a constructor for each kind, and [`sample`](Self::sample) for what is uploaded by
/// [`begin_upload`](super::MediaClient::begin_upload). The type is found by the name and by the content, and both are
/// checked before anything is sent:
///
/// ```
/// use wa_message::client::media::{FileErrorKind, Media};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let mut photo = Media::image(b"\xff\xd8\xff\xe0 and so on".to_vec());
/// assert_eq!(photo.check().await.unwrap().mime_type(), "image/jpeg");
///
/// let mut text = Media::image(b"Hello".to_vec()).named("photo.jpg");
/// let error = text.check().await.unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "the content of the file is of another type than was said: `image/jpeg` was said, and the content is none that \
///      is known"
/// );
/// # }
/// ```
#[derive(Debug)]
#[must_use = "a file is sent by `upload`"]
pub struct Media {
    pub(super) kind: &'static FileKind,
    source: MediaSource,
    name: Option<String>,
    mime_type: Option<String>,
}

/// The place that the bytes of a [`Media`] come from. Paths and bytes become one by themselves.
pub struct MediaSource(Origin);

enum Origin {
    Path(PathBuf),
    Bytes(Bytes),
    Stream { size: u64, stream: Option<Mutex<Bytestream>>, head: Bytes },
}

/// The bytes of one attempt.
pub(super) enum Content {
    File(fs::File),
    Bytes(Bytes),
    /// The beginning, which was looked at, and the rest.
    Stream(Bytes, Mutex<Bytestream>),
}

impl Media {
    pub(super) fn of(kind: &'static FileKind, source: MediaSource) -> Self {
        Self { kind, source, name: None, mime_type: None }
    }

    /// Makes the file of a kind of message by its name, such as one that somebody has typed. There is none for a name that
    /// is no such kind.
    ///
    /// ```
    /// use wa_message::client::media::Media;
    ///
    /// assert!(Media::by_kind("image", "photo.jpg").is_some());
    /// assert!(Media::by_kind("photo", "photo.jpg").is_none());
    /// ```
    #[must_use]
    pub fn by_kind(name: &str, source: impl Into<MediaSource>) -> Option<Self> {
        FileKind::named(name).map(|kind| Self::of(kind, source.into()))
    }

    /// Gives the file a name, which is not blank. Defaults to the last part of the path. Its ending tells the type, if the
    /// content does not say otherwise; an ending that is none of the type is advice.
    pub fn named(self, name: impl Into<String>) -> Self {
        Self { name: Some(name.into()), ..self }
    }

    /// Says of which type the file is: `text/csv`. Defaults to what name and content tell.
    pub fn typed(self, mime_type: impl Into<String>) -> Self {
        Self { mime_type: Some(mime_type.into()), ..self }
    }

    /// Checks the file as it is checked before it is sent: its size, its type, and whether the content is of it.
    ///
    /// Of a stream, it reads the beginning and keeps that.
    ///
    /// # Errors
    ///
    /// When the file cannot be read, or does not fit.
    pub async fn check(&mut self) -> Result<Checked, Error> {
        let (size, head) = self.source.look().await?;
        let name = self.name.clone().or_else(|| self.source.name());
        check(self.kind, name, self.mime_type.as_deref(), &head, size).map_err(Error::from)
    }

    /// Whether the bytes can be read more than once.
    pub(super) fn is_repeatable(&self) -> bool {
        !matches!(self.source.0, Origin::Stream { .. })
    }

    /// What was looked at of a stream, which cannot be read again. Nothing for what can be.
    pub(super) fn looked_at(&self) -> Option<&[u8]> {
        match &self.source.0 {
            // How much more there is depends on how it is cut.
            Origin::Stream { head, .. } => Some(head.get(..LOOKED_AT).unwrap_or(head)),
            Origin::Path(_) | Origin::Bytes(_) => None,
        }
    }

    /// Opens the file at an offset for one attempt.
    pub(super) async fn open(&self, offset: u64) -> Result<Content, FileError> {
        match &self.source.0 {
            Origin::Path(path) => {
                let mut file = fs::File::open(path).await.map_err(FileError::unread)?;
                file.seek(io::SeekFrom::Start(offset)).await.map_err(FileError::unread)?;
                Ok(Content::File(file))
            }
            Origin::Bytes(bytes) => {
                let offset = usize::try_from(offset).unwrap_or(usize::MAX).min(bytes.len());
                Ok(Content::Bytes(bytes.slice(offset..)))
            }
            Origin::Stream { .. } => Err(FileError::new(FileErrorKind::UsedUp)),
        }
    }

    /// Takes the stream out, which is there once, or opens the file.
    pub(super) async fn take(&mut self) -> Result<Content, FileError> {
        let Origin::Stream { stream, head, .. } = &mut self.source.0 else {
            return self.open(0).await;
        };
        let stream = stream.take().ok_or_else(|| FileError::new(FileErrorKind::UsedUp))?;
        Ok(Content::Stream(std::mem::take(head), stream))
    }
}

impl MediaSource {
    /// Makes a source of a stream that gives so many bytes in all.
    ///
    /// A stream cannot be read again, so it is tried once: an error that would be gone with another attempt is returned.
    /// Where that matters, use a path or bytes.
    pub fn stream<E: Into<Box<dyn std::error::Error + Send + Sync>>>(
        size: u64,
        stream: impl Stream<Item = Result<Bytes, E>> + Send + 'static,
    ) -> Self {
        use futures_util::StreamExt as _;

        let stream = stream.map(|item| item.map_err(io::Error::other));
        let stream: Bytestream = Box::pin(stream);
        Self(Origin::Stream { size, stream: Some(Mutex::new(stream)), head: Bytes::new() })
    }

    fn name(&self) -> Option<String> {
        let Origin::Path(path) = &self.0 else { return None };
        path.file_name().map(|name| name.to_string_lossy().into_owned())
    }

    /// The size and the beginning.
    async fn look(&mut self) -> Result<(u64, Bytes), FileError> {
        match &mut self.0 {
            Origin::Path(path) => {
                // To open a pipe is to wait for whoever writes to it.
                let metadata = fs::metadata(&*path).await.map_err(FileError::unread)?;
                if !metadata.is_file() {
                    let why = "the path leads to no file";
                    return Err(FileError::bad_path(FileErrorKind::Unread, why));
                }
                let file = fs::File::open(path).await.map_err(FileError::unread)?;
                let mut head = Vec::new();
                let mut beginning = file.take(LOOKED_AT as u64);
                beginning.read_to_end(&mut head).await.map_err(FileError::unread)?;
                Ok((metadata.len(), head.into()))
            }
            Origin::Bytes(bytes) => {
                Ok((bytes.len() as u64, bytes.slice(..bytes.len().min(LOOKED_AT))))
            }
            Origin::Stream { size, stream, head } => {
                let stream =
                    stream.as_mut().ok_or_else(|| FileError::new(FileErrorKind::UsedUp))?;
                let stream = stream.get_mut().unwrap_or_else(std::sync::PoisonError::into_inner);
                let mut read = Vec::from(std::mem::take(head));
                while read.len() < LOOKED_AT {
                    match poll_fn(|context| stream.as_mut().poll_next(context)).await {
                        None => break,
                        Some(chunk) => read.extend_from_slice(&chunk.map_err(FileError::unread)?),
                    }
                }
                *head = read.into();
                Ok((*size, head.clone()))
            }
        }
    }
}

impl fmt::Debug for MediaSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Origin::Path(path) => f.debug_tuple("Path").field(path).finish(),
            Origin::Bytes(bytes) => f.debug_tuple("Bytes").field(&bytes.len()).finish(),
            Origin::Stream { size, .. } => f.debug_tuple("Stream").field(size).finish(),
        }
    }
}

macro_rules! paths {
    ($($path:ty)*) => {$(
        impl From<$path> for MediaSource {
            fn from(path: $path) -> Self {
                Self(Origin::Path(path.into()))
            }
        }
    )*};
}

paths! { &str &Path PathBuf &PathBuf String &String }

impl From<Bytes> for MediaSource {
    fn from(bytes: Bytes) -> Self {
        Self(Origin::Bytes(bytes))
    }
}

impl From<Vec<u8>> for MediaSource {
    fn from(bytes: Vec<u8>) -> Self {
        Self(Origin::Bytes(bytes.into()))
    }
}
