//! Files: up to the API, looked up, down again, and away.
//!
//! [`Client::media`] has the calls. A [`Media`] is a file of this machine, and is checked before it is sent. An
//! [`Uploaded`] is a file that the API keeps, and stands for its id in a message. Whatever names a file can be downloaded
//! and deleted: an id, an upload, a look-up, or a file of a message that was received.
//!
//! The [guide](crate::guide::media) shows it.

mod answer;
mod body;
mod call;
mod check;
mod download;
mod error;
mod fingerprint;
#[allow(clippy::all, clippy::pedantic, unused_imports, dead_code)]
#[rustfmt::skip] // The generator formats it.
mod generated;
mod hash;
mod hosts;
mod info;
mod promised;
mod resumable;
mod save;
mod source;
mod stream;
mod upload;

use wa_message_core::AsMediaRef;

use self::generated::{
    answers::{DeleteAnswer, MediaAnswer},
    requests::{delete_media, look_up_media},
};
use crate::{Client, Error};

pub use self::{
    body::Progress,
    check::Checked,
    download::{DownloadMedia, Saved},
    error::{FileError, FileErrorKind},
    info::MediaInfo,
    resumable::{ContinueUpload, FileHandle, Upload},
    source::{Media, MediaSource},
    stream::DownloadStream,
    upload::{UploadMedia, Uploaded},
};

impl Client {
    /// Returns the calls for files: upload, look-up, download, deletion.
    #[must_use]
    pub fn media(&self) -> MediaClient<'_> {
        MediaClient(self)
    }
}

/// The calls for files. [`Client::media`] gives it.
///
/// All of them may be repeated without harm, so they are tried again as [`ClientBuilder::retry`] says, also after an
/// outcome that is in doubt. They do not count as messages, and wait for no turn. An attempt may take as long as
/// [`ClientBuilder::timeout`] says, and a second more for each 64 KiB.
///
/// [`ClientBuilder::retry`]: crate::ClientBuilder::retry
/// [`ClientBuilder::timeout`]: crate::ClientBuilder::timeout
#[derive(Debug, Clone, Copy)]
pub struct MediaClient<'c>(&'c Client);

impl<'c> MediaClient<'c> {
    /// Uploads a file for messages of this number. It begins when it is awaited.
    ///
    /// ```no_run
    /// # use wa_message::{Client, Error, client::media::Media};
    /// # async fn example(client: &Client) -> Result<(), Error> {
    /// let menu = client
    ///     .media()
    ///     .upload(Media::document("menu.pdf"))
    ///     .on_progress(|progress| println!("{} bytes", progress.done))
    ///     .await?;
    /// println!("{}", menu.id());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// When the file does not fit, in which case nothing was sent, or when it was not accepted; see [`Error`]. A file that
    /// is uploaded twice is there twice, and each expires after 30 days.
    pub fn upload(&self, media: Media) -> UploadMedia<'c> {
        UploadMedia::new(self.0, media)
    }

    /// Looks a file up: its address, type, size and hash.
    ///
    /// # Errors
    ///
    /// When the API does not know the file, or gave no answer; see [`Error`].
    pub async fn look_up(&self, file: impl AsMediaRef) -> Result<MediaInfo, Error> {
        let file = file.as_media_ref();
        let known = |answer: MediaAnswer| MediaInfo::new(file.id(), answer);
        look_up_media(file.id(), None).send(self.0, known).await
    }

    /// Downloads a file: into memory, to a path, or piece by piece.
    ///
    /// ```no_run
    /// # use wa_message::{AsMediaRef, Client, Error};
    /// # async fn example(client: &Client, image: impl AsMediaRef) -> Result<(), Error> {
    /// let photo = client.media().download(&image).at_most(10 << 20).bytes().await?;
    /// client.media().download(&image).save("photo.jpg").await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn download(&self, file: impl AsMediaRef) -> DownloadMedia<'c> {
        DownloadMedia::new(self.0, &file)
    }

    /// Deletes a file.
    ///
    /// # Errors
    ///
    /// When the file was not deleted, or when it is not known whether it was; see [`Error`].
    pub async fn delete(&self, file: impl AsMediaRef) -> Result<(), Error> {
        let file = file.as_media_ref();
        let success = |answer: DeleteAnswer| Ok(Deleted(answer.success));
        match delete_media(file.id(), None).send(self.0, success).await? {
            Deleted(true) => Ok(()),
            Deleted(false) => Err(FileError::new(FileErrorKind::NotDeleted).into()),
        }
    }

    /// Begins a resumable upload, for a sample of a template or a picture of a profile. `app_id` is the id of the app that
    /// the token belongs to. The bytes go with [`continue_upload`](Self::continue_upload).
    ///
    /// ```no_run
    /// # use wa_message::{Client, client::media::Media};
    /// # async fn example(client: &Client) -> Result<(), Box<dyn std::error::Error>> {
    /// let mut film = Media::sample("film.mp4");
    /// let mut upload = client.media().begin_upload("700100", &mut film).await?;
    /// std::fs::write("upload.json", serde_json::to_string(&upload)?)?;
    /// let handle = client.media().continue_upload(&mut upload, film).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// When the file does not fit, in which case nothing was sent, or when the upload did not begin; see [`Error`].
    ///
    /// All of the file is read before, for its hash: see [`Upload`].
    pub async fn begin_upload(&self, app_id: &str, media: &mut Media) -> Result<Upload, Error> {
        resumable::begin(self.0, app_id, media).await
    }

    /// Sends what is not there yet of a resumable upload. It goes on when it is awaited, and gives the handle of the file.
    ///
    /// The file has to be the one that the upload began with, and is read once before to tell. Nothing of another one is
    /// sent: [`SizeDiffers`](FileErrorKind::SizeDiffers), [`AnotherFile`](FileErrorKind::AnotherFile). After an error,
    /// `upload` can be continued again, unless it is [gone](FileErrorKind::UploadGone). A stream cannot, because it is read
    /// once.
    pub fn continue_upload<'u>(&self, upload: &'u mut Upload, media: Media) -> ContinueUpload<'u>
    where
        'c: 'u,
    {
        ContinueUpload::new(self.0, upload, media)
    }
}

/// Whether a file was deleted.
struct Deleted(bool);

impl crate::observe::Accepted for Deleted {}
