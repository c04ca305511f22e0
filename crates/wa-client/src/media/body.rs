//! The body of an upload: what stands before the file, the file, and what stands behind it.

use std::{
    io,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll, ready},
};

use bytes::Bytes;
use http_body::{Frame, SizeHint};
use tokio::io::{AsyncRead as _, ReadBuf};

use super::{
    error::{FileError, FileErrorKind},
    source::Content,
};
use crate::Error;

/// How much of a file is read at once, in bytes.
const PIECE: usize = 64 * 1024;

/// How far a file is on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// How many bytes have gone or come.
    pub done: u64,
    /// How many there are in all, if that is known. A server says it of what comes, and may be wrong.
    pub total: Option<u64>,
}

/// Whoever wants to know how far a file is.
#[derive(Clone, Default)]
pub(super) struct Watcher(Option<Arc<dyn Fn(Progress) + Send + Sync>>);

impl Watcher {
    pub(super) fn new(watch: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(watch)))
    }

    pub(super) fn tell(&self, done: u64, total: Option<u64>) {
        if let Some(watch) = &self.0 {
            // It is code of somebody else, and must not end the connection.
            let _ = catch_unwind(AssertUnwindSafe(|| watch(Progress { done, total })));
        }
    }
}

/// Why the bytes of a file came to an end before their time, to be told by whoever waits for the answer.
#[derive(Clone, Default)]
pub(super) struct Broken(Arc<Mutex<Option<FileError>>>);

impl Broken {
    /// The error of an attempt: what was wrong with the file, if that is why.
    pub(super) fn or(&self, error: Error) -> Error {
        let broken = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        broken.map_or(error, Error::from)
    }

    fn set(&self, error: FileError) -> io::Error {
        let words = io::Error::other(error.to_string());
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
        words
    }
}

/// A file with what stands around it.
pub(super) struct FileBody {
    head: Bytes,
    content: Content,
    tail: Bytes,
    /// How many bytes of the file are still to come.
    left: u64,
    /// How many bytes the file has, with those that went before.
    total: u64,
    buffer: Box<[u8]>,
    watcher: Watcher,
    broken: Broken,
}

impl FileBody {
    /// A body of `size` bytes of a file, from the offset on that the file was opened at.
    pub(super) fn new(content: Content, offset: u64, size: u64, watcher: Watcher) -> Self {
        let buffer = if matches!(content, Content::File(_)) { vec![0; PIECE] } else { Vec::new() };
        Self {
            head: Bytes::new(),
            content,
            tail: Bytes::new(),
            left: size.saturating_sub(offset),
            total: size,
            buffer: buffer.into(),
            watcher,
            broken: Broken::default(),
        }
    }

    pub(super) fn within(self, head: Vec<u8>, tail: Vec<u8>) -> Self {
        Self { head: head.into(), tail: tail.into(), ..self }
    }

    pub(super) fn broken(&self) -> Broken {
        self.broken.clone()
    }

    /// How many bytes there are in all.
    pub(super) fn size(&self) -> u64 {
        self.head.len() as u64 + self.left + self.tail.len() as u64
    }

    /// The next bytes of the file.
    fn poll_content(&mut self, context: &mut Context<'_>) -> Poll<io::Result<Option<Bytes>>> {
        match &mut self.content {
            Content::Bytes(bytes) => {
                let piece = bytes.split_to(bytes.len().min(PIECE));
                Poll::Ready(Ok((!piece.is_empty()).then_some(piece)))
            }
            Content::File(file) => {
                let mut buffer = ReadBuf::new(&mut self.buffer);
                ready!(Pin::new(file).poll_read(context, &mut buffer))?;
                let read = buffer.filled();
                Poll::Ready(Ok((!read.is_empty()).then(|| Bytes::copy_from_slice(read))))
            }
            Content::Stream(head, stream) => {
                if !head.is_empty() {
                    return Poll::Ready(Ok(Some(std::mem::take(head))));
                }
                let stream = stream.get_mut().unwrap_or_else(PoisonError::into_inner);
                match ready!(stream.as_mut().poll_next(context)) {
                    None => Poll::Ready(Ok(None)),
                    Some(piece) => Poll::Ready(piece.map(Some)),
                }
            }
        }
    }

    /// The next piece of the file, if it is as long as it was said to be.
    fn poll_file(&mut self, context: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        loop {
            let piece = match ready!(self.poll_content(context)) {
                Ok(piece) => piece,
                Err(error) => {
                    return Poll::Ready(Some(Err(self.broken.set(FileError::unread(error)))));
                }
            };
            let size = piece.as_ref().map_or(0, |piece| piece.len() as u64);
            if size > self.left || (piece.is_none() && self.left > 0) {
                let error = FileError::new(FileErrorKind::SizeDiffers);
                return Poll::Ready(Some(Err(self.broken.set(error))));
            }
            let Some(piece) = piece else { return Poll::Ready(None) };
            if !piece.is_empty() {
                self.left -= size;
                self.watcher.tell(self.total - self.left, Some(self.total));
                return Poll::Ready(Some(Ok(piece)));
            }
        }
    }
}

impl http_body::Body for FileBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        if !self.head.is_empty() {
            return Poll::Ready(Some(Ok(Frame::data(std::mem::take(&mut self.head)))));
        }
        // Also when all of it went, so that a file which has grown is not sent cut off. A raw body ends with its last
        // byte, and nobody asks again.
        if let Some(piece) = ready!(self.poll_file(context)) {
            return Poll::Ready(Some(piece.map(Frame::data)));
        }
        let tail = std::mem::take(&mut self.tail);
        Poll::Ready((!tail.is_empty()).then(|| Ok(Frame::data(tail))))
    }

    fn is_end_stream(&self) -> bool {
        self.size() == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.size())
    }
}
