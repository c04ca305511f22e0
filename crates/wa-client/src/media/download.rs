//! Downloading a file: where it is, and into what it goes.

use std::{fmt, future::Future, path::Path, sync::Arc};

use bytes::Bytes;
use reqwest::{
    Method, Url,
    header::{ACCEPT_ENCODING, CONTENT_TYPE, HeaderValue},
};
use tokio::time::timeout;
use wa_message_core::{AsMediaRef, types::ErrorAnswer};
use wa_message_spec::media::{MOST, operations::DOWNLOAD_MEDIA};

use super::{
    MediaClient,
    body::{Progress, Watcher},
    call::{Tries, deliver, request, time_for},
    error::{FileError, FileErrorKind},
    hosts::allowed,
    promised::Promised,
    save::save,
    stream::DownloadStream,
};
use crate::{Client, Error, answer::Answer, observe::Accepted, transport::InDoubt};

/// A download that is about to begin. It begins with [`bytes`](Self::bytes), [`save`](Self::save) or
/// [`stream`](Self::stream).
///
/// The address that is known is tried first. If there is none, if it is not one of the API or if it has expired, the file
/// is looked up.
///
/// The size and the hash are checked if they are known. A hash that is there and cannot be read is an error, before the
/// file is asked for. One that is not there, or blank, is none, and nothing is checked by it:
/// [`DownloadStream::is_checked`] tells.
#[must_use = "a download begins with `bytes`, `save` or `stream`"]
pub struct DownloadMedia<'c> {
    client: &'c Client,
    id: String,
    known: Option<Place>,
    promised: Promised,
    at_most: u64,
    watcher: Watcher,
}

/// Where a file is.
#[derive(Clone)]
struct Place {
    url: Url,
    promised: Promised,
}

/// A file that was saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    size: u64,
    mime_type: Option<String>,
}

impl Saved {
    /// Returns the number of bytes.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Returns the type as the server named it.
    #[must_use]
    pub fn mime_type(&self) -> Option<&str> {
        self.mime_type.as_deref()
    }
}

impl Accepted for Saved {}
impl Accepted for Bytes {}
impl Accepted for DownloadStream {}

impl<'c> DownloadMedia<'c> {
    pub(super) fn new(client: &'c Client, file: &(impl AsMediaRef + ?Sized)) -> Self {
        let file = file.as_media_ref();
        let promised = Promised::of(file);
        let url = file.url().and_then(|url| allowed(url, &client.0.address, &client.0.token).ok());
        let known = url.map(|url| Place { url, promised: promised.clone() });
        let id = file.id().to_owned();
        Self { client, id, known, promised, at_most: MOST, watcher: Watcher::default() }
    }

    /// Sets how many bytes are taken at most. Defaults to 100 MB, the most that the API keeps.
    ///
    /// Nobody has to believe a server: memory is taken for what has come, not for what is announced.
    pub fn at_most(self, bytes: u64) -> Self {
        Self { at_most: bytes, ..self }
    }

    /// Calls a function with each piece that comes. A new attempt begins at zero.
    pub fn on_progress(self, watch: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        Self { watcher: Watcher::new(watch), ..self }
    }

    /// Downloads the file into memory.
    ///
    /// # Errors
    ///
    /// When the file cannot be had, is not the one that was promised, or is larger than what is taken.
    pub async fn bytes(self) -> Result<Bytes, Error> {
        self.fetch(|mut stream| async move {
            let mut joined = Vec::new();
            while let Some(piece) = stream.next().await {
                joined.extend_from_slice(&piece?);
            }
            Ok(joined.into())
        })
        .await
    }

    /// Downloads the file to a path. What stands there is replaced when all of the file is there and right: until then,
    /// it is written beside it, to a file that begins with a dot.
    ///
    /// A name that a sender gave a file is no path: it may hold `/` and `..`.
    ///
    /// # Errors
    ///
    /// When the file cannot be had or written, is not the one that was promised, or is larger than what is taken.
    pub async fn save(self, path: impl AsRef<Path>) -> Result<Saved, Error> {
        let path: Arc<Path> = path.as_ref().into();
        self.fetch(|mut stream| {
            let path = Arc::clone(&path);
            async move {
                let size = save(&path, &mut stream).await?;
                Ok(Saved { size, mime_type: stream.mime_type().map(str::to_owned) })
            }
        })
        .await
    }

    /// Begins the download and gives the file piece by piece. What is wrong with it may come after some pieces, and then
    /// there is no other attempt.
    ///
    /// # Errors
    ///
    /// When the file cannot be had.
    pub async fn stream(self) -> Result<DownloadStream, Error> {
        self.fetch(|stream| async { Ok(stream) }).await
    }

    /// Asks for the file and takes it. An address that has expired is looked up again, once.
    async fn fetch<T: Accepted, F>(&self, take: impl Fn(DownloadStream) -> F) -> Result<T, Error>
    where
        F: Future<Output = Result<T, Error>>,
    {
        let mut known = self.known.clone();
        let mut is_last = false;
        loop {
            let place = match known.take() {
                Some(place) => place,
                None => Box::pin(self.look_up()).await?,
            };
            let attempt = || Box::pin(async { take(self.ask(&place).await?).await });
            let result = deliver(self.client, &DOWNLOAD_MEDIA, Tries::AsAllowed, attempt).await;
            match result {
                Err(Error::File(error)) if error.kind() == FileErrorKind::Gone && !is_last => {
                    is_last = true;
                }
                result => return result,
            }
        }
    }

    async fn look_up(&self) -> Result<Place, Error> {
        let info = MediaClient(self.client).look_up(self.id.as_str()).await?;
        let inner = &self.client.0;
        let url = allowed(info.url(), &inner.address, &inner.token)?;
        let promised = Promised::of(info.as_media_ref()).or(&self.promised);
        Ok(Place { url, promised })
    }

    /// Asks for the file, until its head is there.
    async fn ask(&self, place: &Place) -> Result<DownloadStream, Error> {
        let client = self.client;
        let expected = place.promised.expected(self.at_most)?;
        let mut request = request(client, &DOWNLOAD_MEDIA, Method::GET, place.url.clone());
        *request.timeout_mut() = Some(time_for(client, self.at_most));
        // Without it, a server may pack the file as it likes.
        request.headers_mut().insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        let patience = client.0.calls.timeout;
        let response = timeout(patience, client.0.http.execute(request)).await;
        let response = response.map_err(|_| Error::InDoubt(InDoubt::stalled()))?;
        let response = response.map_err(Error::unanswered)?;
        match response.status().as_u16() {
            // Another 2xx has no file in it, or a part of one.
            200 => {}
            404 => return Err(FileError::new(FileErrorKind::Gone).into()),
            status => {
                let answer = timeout(patience, Answer::read(response)).await;
                let answer = answer.map_err(|_| Error::InDoubt(InDoubt::stalled()))?;
                let refused = answer.accepted::<ErrorAnswer, ()>(&client.0.token, |_| {
                    Err("there is no file in it")
                });
                return Err(match refused {
                    Err(error @ (Error::Refused(_) | Error::Throttled(_))) => error,
                    Err(error) if status >= 500 => error,
                    _ => FileError::new(FileErrorKind::NotServed { status }).into(),
                });
            }
        }
        place.promised.check(&response)?;
        if let Some(length) = response.content_length() {
            expected.check_size(length)?;
        }
        let mime_type = response.headers().get(CONTENT_TYPE);
        let mime_type = mime_type.and_then(|value| value.to_str().ok()).map(|text| {
            let mut text = text.to_owned();
            client.0.token.hide_in(&mut text);
            text
        });
        Ok(DownloadStream::new(response, expected, patience)
            .typed(mime_type)
            .watched(self.watcher.clone()))
    }
}

impl fmt::Debug for DownloadMedia<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The address lets whoever has it and a token have the file.
        f.debug_struct("DownloadMedia")
            .field("id", &self.id)
            .field("at_most", &self.at_most)
            .finish_non_exhaustive()
    }
}
