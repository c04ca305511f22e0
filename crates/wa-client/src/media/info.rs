//! The answer to a look-up.

use wa_message_core::{AsMediaRef, MediaRef};

use super::generated::answers::MediaAnswer;
use crate::observe::Accepted;

/// What the API knows of a file. [`MediaClient::look_up`](super::MediaClient::look_up) gives it, and a download takes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MediaInfo {
    id: String,
    answer: MediaAnswer,
}

impl MediaInfo {
    /// Understands an answer, if it is about this file and has an address.
    pub(super) fn new(id: &str, answer: MediaAnswer) -> Result<Self, &'static str> {
        if answer.url.is_empty() {
            return Err("`url` is empty");
        }
        if answer.id.as_ref().is_some_and(|other| other != id) {
            return Err("`id` is that of another file");
        }
        if answer.file_size.is_some_and(i64::is_negative) {
            return Err("`file_size` is less than 0");
        }
        Ok(Self { id: id.to_owned(), answer })
    }

    /// Returns the id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Returns the address, which lives for 5 minutes.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.answer.url
    }

    /// Returns the type: `image/jpeg`. It may have parameters.
    #[must_use]
    pub fn mime_type(&self) -> Option<&str> {
        self.answer.mime_type.as_deref()
    }

    /// Returns the SHA-256 hash, as it came: hexadecimal or base64.
    #[must_use]
    pub fn sha256(&self) -> Option<&str> {
        self.answer.sha256.as_deref()
    }

    /// Returns the number of bytes.
    #[must_use]
    pub fn size(&self) -> Option<u64> {
        self.answer.file_size.and_then(|size| u64::try_from(size).ok())
    }
}

impl AsMediaRef for MediaInfo {
    fn as_media_ref(&self) -> MediaRef<'_> {
        MediaRef::new(&self.id)
            .with_url(self.url())
            .with_sha256(self.sha256())
            .with_mime_type(self.mime_type())
            .with_size(self.size())
    }
}

impl Accepted for MediaInfo {}
