//! The resumable upload: samples of templates and pictures of profiles, which may go in several parts.

use std::{
    fmt,
    future::{Future, IntoFuture},
    pin::Pin,
};

use reqwest::{
    Body,
    header::{CONTENT_TYPE, HeaderValue},
};
use serde_core::{
    Deserialize, Deserializer, Serialize, Serializer, de::Error as _, ser::SerializeStruct as _,
};
use serde_json::{Map, Value};
use tokio::sync::Mutex;
use wa_message_spec::media::operations::CONTINUE_UPLOAD;

use super::{
    body::{FileBody, Progress, Watcher},
    call::{Call, Tries, deliver, is_rest_of_path},
    error::{FileError, FileErrorKind},
    fingerprint::Fingerprint,
    generated::{
        answers::{ContinueUploadAnswer, StartUploadAnswer, UploadOffsetAnswer},
        requests::{continue_upload, start_upload, upload_offset},
    },
    source::Media,
};
use crate::{Client, Error, lenient::Read as _, observe::Accepted};

/// An upload that has begun: its id, how much of the file is there, and the size and the hash of the file.
///
/// It can be stored as JSON and continued by another run of the program, with the same file. That is told by the SHA-256
/// hash of its content, whatever its name is and wherever it lies; of a stream, by that of its first 8 KiB:
///
/// ```no_run
/// # use wa_message::{Client, client::media::{Media, Upload}};
/// # async fn example(client: &Client, stored: &str) -> Result<(), Box<dyn std::error::Error>> {
/// let mut upload: Upload = serde_json::from_str(stored)?;
/// let handle = client.media().continue_upload(&mut upload, Media::sample("film.mp4")).await?;
/// println!("{handle}");
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Upload {
    id: String,
    offset: u64,
    /// How many bytes the file had when it began, if that is known.
    size: Option<u64>,
    /// By what that file is known again. An upload that was stored without goes on with any file of its size.
    file: Option<Fingerprint>,
    /// Whether the server may have more, or less, than is known here.
    must_ask: bool,
}

impl Upload {
    fn new(
        answer: StartUploadAnswer,
        size: u64,
        file: Option<Fingerprint>,
    ) -> Result<Self, &'static str> {
        let upload = Self { id: answer.id, offset: 0, size: Some(size), file, must_ask: false };
        if upload.session().is_some() { Ok(upload) } else { Err("`id` is none of an upload") }
    }

    /// Returns the id. It belongs to whoever has the token, and is no id of a file.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Returns how many bytes the server had when it last said so.
    #[must_use]
    pub fn offset(&self) -> u64 {
        self.offset
    }

    /// The id as an address has it, if it stays where it is put: the end of the path and the query.
    fn session(&self) -> Option<(&str, Option<&str>)> {
        let stays = |query: Option<&str>| !query.unwrap_or_default().contains(char::is_control);
        session(&self.id).filter(|(path, query)| is_rest_of_path(path) && stays(*query))
    }

    /// Whether an answer is about another upload. One without an id of this form says nothing about that.
    fn is_another(&self, id: &str) -> bool {
        let path = |id| session(id).map(|(path, _)| path);
        path(id).is_some_and(|other| path(&self.id) != Some(other))
    }
}

/// The parts of an id behind the word that all of them begin with.
fn session(id: &str) -> Option<(&str, Option<&str>)> {
    let (before, _) = CONTINUE_UPLOAD.path.strip_prefix('/')?.split_once('{')?;
    let session = id.strip_prefix(before)?;
    Some(session.split_once('?').map_or((session, None), |(path, query)| (path, Some(query))))
}

/// What is known of the server now makes no other upload of it.
impl PartialEq for Upload {
    fn eq(&self, other: &Self) -> bool {
        (&self.id, self.offset) == (&other.id, other.offset)
    }
}

impl Eq for Upload {}

impl Serialize for Upload {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let count = 2 + usize::from(self.size.is_some()) + 2 * usize::from(self.file.is_some());
        let mut members = serializer.serialize_struct("Upload", count)?;
        members.serialize_field("id", &self.id)?;
        members.serialize_field("offset", &self.offset)?;
        if let Some(size) = &self.size {
            members.serialize_field("size", size)?;
        }
        if let Some(file) = &self.file {
            members.serialize_field("sha256", &file.hexadecimal())?;
            members.serialize_field("sha256_of", &file.bytes())?;
        }
        members.end()
    }
}

impl<'de> Deserialize<'de> for Upload {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let members = Map::<String, Value>::deserialize(deserializer)?;
        let id = members
            .get("id")
            .and_then(String::read)
            .ok_or_else(|| D::Error::missing_field("id"))?;
        // The server is asked anyway.
        let offset = members.get("offset").and_then(Value::as_u64).unwrap_or_default();
        let size = members.get("size").and_then(Value::as_u64);
        let file = Fingerprint::member::<D>(&members)?;
        Ok(Self { id, offset, size, file, must_ask: true })
    }
}

impl Accepted for Upload {}

/// The handle of a file that was uploaded whole: what a template names as its sample, and a profile as its picture. It is
/// no id of a file, and messages do not take it.
///
/// It may have several lines, as one of a file that went in parts has, and all of them are the handle.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FileHandle(String);

impl FileHandle {
    /// Understands a handle. It is opaque, but none has lines without anything, or characters that nobody sees.
    fn new(handle: String) -> Option<Self> {
        let is_one = |line: &str| !line.is_empty() && !line.contains(char::is_control);
        handle.split('\n').all(is_one).then_some(Self(handle))
    }

    /// Returns the handle as a text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for FileHandle {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for FileHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl From<FileHandle> for String {
    fn from(handle: FileHandle) -> Self {
        handle.0
    }
}

impl Accepted for FileHandle {}

/// Begins an upload.
pub(super) async fn begin(
    client: &Client,
    app_id: &str,
    media: &mut Media,
) -> Result<Upload, Error> {
    let checked = media.check().await?;
    let size = checked.size();
    let file = media.fingerprint(media.looked_at().map_or(size, |head| head.len() as u64)).await?;
    start_upload(app_id, Some(&checked.name), size, checked.mime_type())
        .send(client, |answer| Upload::new(answer, size, file))
        .await
}

/// An upload that is about to go on. It goes on when it is awaited.
#[must_use = "an upload goes on when it is awaited"]
pub struct ContinueUpload<'c> {
    client: &'c Client,
    upload: &'c mut Upload,
    media: Media,
    watcher: Watcher,
}

impl<'c> ContinueUpload<'c> {
    pub(super) fn new(client: &'c Client, upload: &'c mut Upload, media: Media) -> Self {
        Self { client, upload, media, watcher: Watcher::default() }
    }

    /// Calls a function with each piece that goes.
    pub fn on_progress(self, watch: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        Self { watcher: Watcher::new(watch), ..self }
    }

    async fn run(mut self) -> Result<FileHandle, Error> {
        let size = self.media.check().await?.size();
        if let Some(begun) = self.upload.size.filter(|begun| *begun != size) {
            let details = format!("the upload began with {begun} bytes, and there are {size}");
            return Err(FileError::new(FileErrorKind::SizeDiffers).with_details(details).into());
        }
        if let Some(begun) = &self.upload.file
            && begun.is_of_another(&self.media).await?
        {
            return Err(FileError::new(FileErrorKind::AnotherFile).into());
        }
        let tries = if self.media.is_repeatable() { Tries::AsAllowed } else { Tries::Once };
        let client = self.client;
        let parts =
            Mutex::new(Parts { upload: self.upload, media: self.media, watcher: self.watcher });
        let attempt = || async { parts.lock().await.go_on(client, size).await };
        deliver(client, &CONTINUE_UPLOAD, tries, attempt).await
    }
}

/// What the attempts of an upload share.
struct Parts<'u> {
    upload: &'u mut Upload,
    media: Media,
    watcher: Watcher,
}

impl Parts<'_> {
    /// Sends what is not there yet.
    async fn go_on(&mut self, client: &Client, size: u64) -> Result<FileHandle, Error> {
        let malformed = || Error::from(FileError::new(FileErrorKind::MalformedId));
        if self.upload.must_ask {
            self.upload.offset = self.ask(client).await?;
        }
        let offset = self.upload.offset;
        if offset > size {
            return Err(FileError::new(FileErrorKind::SizeDiffers).into());
        }
        // Whatever becomes of this attempt, the next one asks first.
        self.upload.must_ask = true;
        let content =
            if offset == 0 { self.media.take().await? } else { self.media.open(offset).await? };
        let body = FileBody::new(content, offset, size, self.watcher.clone());
        let (left, broken) = (body.size(), body.broken());
        let (session, query) = self.upload.session().ok_or_else(malformed)?;
        let call: Call<ContinueUploadAnswer> =
            continue_upload(session, None, offset).raw_query(query);
        let mut request = call.request(client, Some((Body::wrap(body), left)))?;
        request
            .headers_mut()
            .insert(CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
        let made =
            |answer: ContinueUploadAnswer| FileHandle::new(answer.h).ok_or("`h` is no handle");
        let handle =
            call.answered(client, request, made).await.map_err(|error| broken.or(gone(error)))?;
        self.upload.offset = size;
        Ok(handle)
    }

    /// Asks how much is there.
    async fn ask(&self, client: &Client) -> Result<u64, Error> {
        let malformed = || Error::from(FileError::new(FileErrorKind::MalformedId));
        let (session, query) = self.upload.session().ok_or_else(malformed)?;
        let call: Call<UploadOffsetAnswer> = upload_offset(session, None).raw_query(query);
        let request = call.request(client, None)?;
        let made = |answer: UploadOffsetAnswer| {
            let is_another = answer.id.is_some_and(|id| self.upload.is_another(&id));
            if is_another {
                return Err("`id` is that of another upload");
            }
            u64::try_from(answer.file_offset).map_err(|_| "`file_offset` is less than 0")
        };
        call.answered(client, request, made).await.map_err(gone)
    }
}

/// What an answer says when nobody knows the upload, without a code that says more.
fn gone(error: Error) -> Error {
    match error {
        Error::InDoubt(doubt) if matches!(doubt.status(), Some(404 | 410)) => {
            FileError::new(FileErrorKind::UploadGone).into()
        }
        error => error,
    }
}

impl<'c> IntoFuture for ContinueUpload<'c> {
    type Output = Result<FileHandle, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 'c>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}
