//! A file that comes piece by piece, checked as it comes.

use std::{
    fmt,
    future::{Future as _, poll_fn},
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use bytes::Bytes;
use futures_core::Stream;
use http_body::Body as _;
use reqwest::{Body, Response};
use sha2::{Digest as _, Sha256};
use tokio::time::{Instant, Sleep, sleep};
use wa_message_spec::media::operations::DOWNLOAD_MEDIA;

use super::{
    body::Watcher,
    error::{FileError, FileErrorKind},
    promised::Expected,
};
use crate::{Error, transport::InDoubt};

/// A file on its way, as a stream of pieces.
///
/// An error is the last item. The file is whole and right only when the stream ended without one: what came before must
/// not be used otherwise.
///
/// ```no_run
/// # use wa_message::{Client, Error};
/// # async fn example(client: &Client) -> Result<(), Error> {
/// let mut file = client.media().download("500100").stream().await?;
/// while let Some(piece) = file.next().await {
///     println!("{} bytes", piece?.len());
/// }
/// # Ok(())
/// # }
/// ```
pub struct DownloadStream {
    body: Body,
    mime_type: Option<String>,
    total: Option<u64>,
    received: u64,
    expected: Expected,
    /// The hash of what has come, if there is one that it has to have.
    hasher: Option<Sha256>,
    /// How long the next piece may take.
    patience: Duration,
    idle: Pin<Box<Sleep>>,
    watcher: Watcher,
    has_ended: bool,
}

impl DownloadStream {
    pub(super) fn new(response: Response, expected: Expected, patience: Duration) -> Self {
        Self {
            mime_type: None,
            total: response.content_length(),
            body: response.into(),
            received: 0,
            hasher: expected.sha256.map(|_| Sha256::new()),
            expected,
            patience,
            idle: Box::pin(sleep(patience)),
            watcher: Watcher::default(),
            has_ended: false,
        }
    }

    pub(super) fn typed(self, mime_type: Option<String>) -> Self {
        Self { mime_type, ..self }
    }

    pub(super) fn watched(self, watcher: Watcher) -> Self {
        Self { watcher, ..self }
    }

    /// Returns the type as the server names it.
    #[must_use]
    pub fn mime_type(&self) -> Option<&str> {
        self.mime_type.as_deref()
    }

    /// Returns the number of bytes that the server announces. It may be wrong.
    #[must_use]
    pub fn size(&self) -> Option<u64> {
        self.total
    }

    /// Returns whether the hash of the file is known, and so is checked at the end.
    #[must_use]
    pub fn is_checked(&self) -> bool {
        self.expected.sha256.is_some()
    }

    /// Waits for the next piece.
    ///
    /// # Errors
    ///
    /// When the connection breaks or stalls, the file is larger than what is taken, or it is not the one that was promised.
    pub async fn next(&mut self) -> Option<Result<Bytes, Error>> {
        poll_fn(|context| self.poll_piece(context)).await
    }

    fn poll_piece(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Error>>> {
        while !self.has_ended {
            match Pin::new(&mut self.body).poll_frame(context) {
                Poll::Pending => match self.idle.as_mut().poll(context) {
                    Poll::Pending => return Poll::Pending,
                    Poll::Ready(()) => return self.end(Error::InDoubt(InDoubt::stalled())),
                },
                Poll::Ready(None) => match self.check_whole() {
                    Ok(()) => self.has_ended = true,
                    Err(error) => return self.end(error.into()),
                },
                Poll::Ready(Some(Err(error))) => return self.end(Error::unanswered(error)),
                Poll::Ready(Some(Ok(frame))) => {
                    // What is no data is a trailer, of which there is nothing to be known.
                    let Ok(piece) = frame.into_data() else { continue };
                    self.idle.as_mut().reset(Instant::now() + self.patience);
                    return self.take(piece);
                }
            }
        }
        Poll::Ready(None)
    }

    /// Checks what has come in all.
    fn check_whole(&mut self) -> Result<(), FileError> {
        self.expected.check_size(self.received)?;
        let found = self.hasher.take().map(|hasher| <[u8; 32]>::from(hasher.finalize()));
        if found == self.expected.sha256 {
            Ok(())
        } else {
            Err(FileError::new(FileErrorKind::HashDiffers))
        }
    }

    fn take(&mut self, piece: Bytes) -> Poll<Option<Result<Bytes, Error>>> {
        self.received = self.received.saturating_add(piece.len() as u64);
        if let Err(error) = self.expected.check_so_far(self.received) {
            return self.end(error.into());
        }
        if let Some(hasher) = &mut self.hasher {
            hasher.update(&piece);
        }
        self.watcher.tell(self.received, self.total);
        Poll::Ready(Some(Ok(piece)))
    }

    fn end(&mut self, error: Error) -> Poll<Option<Result<Bytes, Error>>> {
        self.has_ended = true;
        Poll::Ready(Some(Err(error.repeatable(DOWNLOAD_MEDIA.may_repeat))))
    }
}

impl Stream for DownloadStream {
    type Item = Result<Bytes, Error>;

    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Error>>> {
        self.poll_piece(context)
    }
}

impl fmt::Debug for DownloadStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DownloadStream")
            .field("mime_type", &self.mime_type)
            .field("size", &self.total)
            .field("received", &self.received)
            .finish_non_exhaustive()
    }
}
