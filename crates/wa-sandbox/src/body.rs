//! The body of an answer, in whole, in half, or piece by piece.

use std::{
    error, fmt,
    pin::Pin,
    task::{Context, Poll},
};

use hyper::body::{Body, Bytes, Frame, SizeHint};

/// A body that may break off.
pub(crate) struct AnswerBody {
    data: Option<Bytes>,
    end: End,
}

enum End {
    Whole,
    /// What was written is sent before the connection breaks.
    FlushFirst,
    Broken,
    /// More comes, until nobody sends any more.
    #[cfg(feature = "page")]
    Streamed(tokio::sync::mpsc::Receiver<Bytes>),
}

/// The connection breaks here, on command.
#[derive(Debug)]
pub(crate) struct Broken;

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the sandbox was told to break the connection")
    }
}

impl error::Error for Broken {}

impl AnswerBody {
    pub(crate) fn whole(data: impl Into<Bytes>) -> Self {
        Self { data: Some(data.into()), end: End::Whole }
    }

    /// Pieces, as they come.
    #[cfg(feature = "page")]
    pub(crate) fn streamed(pieces: tokio::sync::mpsc::Receiver<Bytes>) -> Self {
        Self { data: None, end: End::Streamed(pieces) }
    }

    /// The first half of a body, and then nothing.
    pub(crate) fn half_of(data: &Bytes) -> Self {
        Self { data: Some(data.slice(..data.len() / 2)), end: End::FlushFirst }
    }
}

impl Body for AnswerBody {
    type Data = Bytes;
    type Error = Broken;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Broken>>> {
        if let Some(data) = self.data.take() {
            return Poll::Ready(Some(Ok(Frame::data(data))));
        }
        match &mut self.end {
            End::Whole => Poll::Ready(None),
            #[cfg(feature = "page")]
            End::Streamed(pieces) => {
                pieces.poll_recv(cx).map(|piece| piece.map(|piece| Ok(Frame::data(piece))))
            }
            End::FlushFirst => {
                self.end = End::Broken;
                cx.waker().wake_by_ref();
                Poll::Pending
            }
            End::Broken => Poll::Ready(Some(Err(Broken))),
        }
    }

    fn is_end_stream(&self) -> bool {
        matches!(self.end, End::Whole) && self.data.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        match (&self.end, &self.data) {
            (End::Whole, data) => {
                SizeHint::with_exact(data.as_ref().map_or(0, |data| data.len() as u64))
            }
            _ => SizeHint::default(),
        }
    }
}
