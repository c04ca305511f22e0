//! Names of files that the API keeps.

/// A file that the API keeps: its id, and what else is known of it.
///
/// A download needs no more than the id. An address that is known saves it a request, and a size and a hash are checked.
///
/// ```
/// use wa_message::{AsMediaRef, MediaRef};
///
/// let file = MediaRef::new("500100").with_mime_type("image/jpeg");
/// assert_eq!(file.id(), "500100");
/// assert_eq!("500100".as_media_ref().url(), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MediaRef<'m> {
    id: &'m str,
    url: Option<&'m str>,
    sha256: Option<&'m str>,
    mime_type: Option<&'m str>,
    size: Option<u64>,
}

impl<'m> MediaRef<'m> {
    /// Makes a reference to a file of which the id alone is known.
    #[must_use]
    pub fn new(id: &'m str) -> Self {
        Self { id, url: None, sha256: None, mime_type: None, size: None }
    }

    /// Returns it with its address, which lives for minutes.
    #[must_use]
    pub fn with_url(self, url: impl Into<Option<&'m str>>) -> Self {
        Self { url: given(url.into()), ..self }
    }

    /// Returns it with its SHA-256 hash, in hexadecimal digits or in base64.
    #[must_use]
    pub fn with_sha256(self, sha256: impl Into<Option<&'m str>>) -> Self {
        Self { sha256: given(sha256.into()), ..self }
    }

    /// Returns it with its type: `image/jpeg`.
    #[must_use]
    pub fn with_mime_type(self, mime_type: impl Into<Option<&'m str>>) -> Self {
        Self { mime_type: given(mime_type.into()), ..self }
    }

    /// Returns it with its size, in bytes.
    #[must_use]
    pub fn with_size(self, size: impl Into<Option<u64>>) -> Self {
        Self { size: size.into(), ..self }
    }

    /// Returns the id.
    #[must_use]
    pub fn id(&self) -> &'m str {
        self.id
    }

    /// Returns the address.
    #[must_use]
    pub fn url(&self) -> Option<&'m str> {
        self.url
    }

    /// Returns the hash, as it came.
    #[must_use]
    pub fn sha256(&self) -> Option<&'m str> {
        self.sha256
    }

    /// Returns the type, which may have parameters.
    #[must_use]
    pub fn mime_type(&self) -> Option<&'m str> {
        self.mime_type
    }

    /// Returns the number of bytes.
    #[must_use]
    pub fn size(&self) -> Option<u64> {
        self.size
    }
}

/// An empty text says as little as none.
fn given(text: Option<&str>) -> Option<&str> {
    text.filter(|text| !text.is_empty())
}

/// Something that names a file which the API keeps: the id, what an upload or a look-up gives, a file of a message that
/// was received, and references to them.
///
/// Implement it for a type of your own that keeps what is known of a file.
pub trait AsMediaRef {
    /// Returns what is known of the file.
    fn as_media_ref(&self) -> MediaRef<'_>;
}

impl AsMediaRef for str {
    fn as_media_ref(&self) -> MediaRef<'_> {
        MediaRef::new(self)
    }
}

impl AsMediaRef for String {
    fn as_media_ref(&self) -> MediaRef<'_> {
        MediaRef::new(self)
    }
}

impl AsMediaRef for MediaRef<'_> {
    fn as_media_ref(&self) -> MediaRef<'_> {
        *self
    }
}

impl<T: AsMediaRef + ?Sized> AsMediaRef for &T {
    fn as_media_ref(&self) -> MediaRef<'_> {
        (**self).as_media_ref()
    }
}
