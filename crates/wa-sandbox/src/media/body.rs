//! Bodies that are read piece by piece, with an end to how much and how long.

use std::{
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use http_body_util::BodyExt;
use hyper::body::{Body, Bytes};
use tokio::time;

use crate::{refusal::Refusal, server::announces_more};

/// How much memory files take together while they arrive, in bytes.
const ARRIVING_AT_MOST: usize = 512 * 1024 * 1024;
/// How long the next piece of a body may take.
pub(super) const READING_AT_MOST: Duration = Duration::from_secs(30);

/// The memory of files that arrive.
#[derive(Default)]
pub(super) struct Arriving(AtomicUsize);

/// A file that arrives, and its share of the memory.
pub(super) struct Pieces<'a> {
    arriving: &'a Arriving,
    bytes: Vec<u8>,
    most: usize,
}

impl Arriving {
    pub(super) fn pieces(&self, most: usize) -> Pieces<'_> {
        Pieces { arriving: self, bytes: Vec::new(), most }
    }
}

impl Pieces<'_> {
    pub(super) fn push(&mut self, piece: &[u8]) -> Result<(), Refusal> {
        if self.bytes.len() + piece.len() > self.most {
            return Err(Refusal::too_large(self.most));
        }
        let before = self.arriving.0.fetch_add(piece.len(), Ordering::Relaxed);
        self.bytes.extend_from_slice(piece);
        if before + piece.len() > ARRIVING_AT_MOST {
            let details = "too many files arrive at the same time".to_owned();
            return Err(Refusal::of_code(131_016, details));
        }
        Ok(())
    }

    /// The file. From here on, the store counts it.
    pub(super) fn take(mut self) -> Bytes {
        let bytes = std::mem::take(&mut self.bytes);
        self.arriving.0.fetch_sub(bytes.len(), Ordering::Relaxed);
        bytes.into()
    }
}

impl Drop for Pieces<'_> {
    fn drop(&mut self) {
        self.arriving.0.fetch_sub(self.bytes.len(), Ordering::Relaxed);
    }
}

/// Refuses a body that says of itself that it is too long, before any of it is read.
pub(super) fn is_at_most<B: Body>(body: &B, most: usize) -> Result<(), Refusal> {
    if announces_more(body, most) { Err(Refusal::too_large(most)) } else { Ok(()) }
}

/// Reads a body into pieces. What has arrived stays there when it breaks off.
pub(super) async fn read<B>(mut body: B, pieces: &mut Pieces<'_>) -> Result<(), Refusal>
where
    B: Body<Data = Bytes> + Unpin,
{
    loop {
        match time::timeout(READING_AT_MOST, body.frame()).await {
            Ok(None) => return Ok(()),
            Ok(Some(Ok(frame))) => {
                if let Ok(data) = frame.into_data() {
                    pieces.push(&data)?;
                }
            }
            Ok(Some(Err(_))) => return Err(Refusal::broken_body()),
            Err(_) => return Err(Refusal::late_body(READING_AT_MOST)),
        }
    }
}
