//! By what a file is known again: an upload goes on with the file that it began with, and with no other of its size.

use serde_core::{Deserializer, de::Error as _};
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};
use tokio::{io::AsyncReadExt as _, task::yield_now};

use super::{
    error::FileError,
    hash,
    source::{Content, Media},
};

/// How much is hashed before others have their turn, in bytes.
const PIECE: usize = 64 * 1024;

/// The SHA-256 hash of the first bytes of a file: of all of them, or where it is read once, of those that are looked at
/// before.
///
/// Name and time of change are no part of it. A file that was copied or moved to another machine goes on, and one that
/// was changed within its minute does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fingerprint {
    sha256: [u8; 32],
    bytes: u64,
}

impl Fingerprint {
    /// Reads it of the JSON of an upload, where it may be missing.
    pub(super) fn member<'de, D: Deserializer<'de>>(
        members: &Map<String, Value>,
    ) -> Result<Option<Self>, D::Error> {
        let Some(hash) = members.get("sha256").filter(|hash| !hash.is_null()) else {
            return Ok(None);
        };
        let wrong = || D::Error::custom("`sha256` and `sha256_of` are no hash and its bytes");
        let sha256 = hash.as_str().and_then(hash::read).ok_or_else(wrong)?;
        let bytes = members.get("sha256_of").and_then(Value::as_u64).ok_or_else(wrong)?;
        Ok(Some(Self { sha256, bytes }))
    }

    pub(super) fn hexadecimal(&self) -> String {
        use std::fmt::Write as _;

        self.sha256.iter().fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
    }

    /// How many bytes it is of.
    pub(super) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Whether a file is another one, as far as that can be told. Of one that is read once, it is the beginning that
    /// tells, and all of it goes anyway.
    pub(super) async fn is_of_another(&self, media: &Media) -> Result<bool, FileError> {
        let found = media.fingerprint(self.bytes).await?;
        Ok(found.is_some_and(|found| found != *self))
    }
}

impl Media {
    /// The fingerprint of so many of the first bytes, if they can be read without using them up.
    pub(super) async fn fingerprint(&self, bytes: u64) -> Result<Option<Fingerprint>, FileError> {
        if let Some(looked_at) = self.looked_at() {
            let Some(first) = usize::try_from(bytes).ok().and_then(|bytes| looked_at.get(..bytes))
            else {
                return Ok(None);
            };
            let sha256 = Sha256::digest(first).into();
            return Ok(Some(Fingerprint { sha256, bytes }));
        }
        let mut hasher = Sha256::new();
        let mut read = 0;
        match self.open(0).await? {
            Content::File(file) => {
                let mut file = file.take(bytes);
                let mut buffer = vec![0; PIECE];
                loop {
                    let piece = file.read(&mut buffer).await.map_err(FileError::unread)?;
                    if piece == 0 {
                        break;
                    }
                    hasher.update(&buffer[..piece]);
                    read += piece as u64;
                }
            }
            Content::Bytes(all) => {
                let most = usize::try_from(bytes).unwrap_or(usize::MAX).min(all.len());
                for piece in all[..most].chunks(PIECE) {
                    hasher.update(piece);
                    read += piece.len() as u64;
                    yield_now().await;
                }
            }
            // It was looked at.
            Content::Stream(..) => return Ok(None),
        }
        Ok(Some(Fingerprint { sha256: hasher.finalize().into(), bytes: read }))
    }
}
