//! Files that customers send.

use hyper::body::Bytes;
use serde_json::{Value, json};
use wa_message_spec::media::{FileKind, KINDS};

use super::{ActionError, Reason, error::shown};
use crate::media::{StoredMedia, is_content, kind_of};

/// A file that a customer [sends](super::Customer::sends). Its kind follows from its type: `image/webp` is a sticker,
/// and what nothing else takes is a document.
///
/// ```
/// use wa_sandbox::Attachment;
///
/// let receipt = Attachment::new("application/pdf", &b"%PDF-1.7"[..]).named("receipt.pdf").caption("For you");
/// let voice = Attachment::new("audio/ogg; codecs=opus", &b"OggS"[..]).voice();
/// ```
#[derive(Debug, Clone)]
pub struct Attachment {
    pub(super) mime_type: String,
    pub(super) bytes: Bytes,
    pub(super) name: Option<String>,
    caption: Option<String>,
    kind: Option<String>,
    voice: bool,
}

impl Attachment {
    /// A file of this type.
    pub fn new(mime_type: impl Into<String>, bytes: impl Into<Bytes>) -> Self {
        let (mime_type, bytes) = (mime_type.into(), bytes.into());
        Self { mime_type, bytes, name: None, caption: None, kind: None, voice: false }
    }

    /// The name of the file. Only documents have one.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// The text under the file. Sounds and stickers have none.
    #[must_use]
    pub fn caption(mut self, caption: impl Into<String>) -> Self {
        self.caption = Some(caption.into());
        self
    }

    /// The kind, such as `document`, where it is another than the type says.
    #[must_use]
    pub fn kind(mut self, kind: impl Into<String>) -> Self {
        self.kind = Some(kind.into());
        self
    }

    /// A voice note. Only for sounds.
    #[must_use]
    pub fn voice(mut self) -> Self {
        self.voice = true;
        self
    }

    /// A file of the first type of a kind whose usual ending stands in the beginning of its content, or else of its
    /// first type: PNG begins with its own name, JPEG does not.
    pub(super) fn of_kind(kind: &str, bytes: Bytes) -> Self {
        let start = bytes.get(1..4).map(<[u8]>::to_ascii_lowercase).unwrap_or_default();
        let types = FileKind::named(kind).map_or(&[][..], |kind| kind.types);
        let names_itself = types.iter().find(|file| {
            file.extensions.first().is_some_and(|extension| extension.as_bytes() == start)
        });
        let mime_type = names_itself.or(types.first()).map(|file| file.name).unwrap_or_default();
        Self::new(mime_type, bytes).kind(kind)
    }

    /// Checks that the content is what the type says, and the name is one.
    pub(super) fn check(&self) -> Result<(), ActionError> {
        let error = |why: String| Err(ActionError(Reason::Media(why)));
        if self.name.as_deref().is_some_and(|name| name.is_empty() || name.contains('\0')) {
            return error("its name is empty, or has a zero in it".to_owned());
        }
        is_content(&self.mime_type, &self.bytes).or_else(|why| error(why.details().to_owned()))
    }

    /// The kind that it is sent as.
    pub(super) fn kind_name(&self) -> Result<&'static str, ActionError> {
        let error = |why: String| ActionError(Reason::Media(why));
        match &self.kind {
            None => kind_of(&self.mime_type)
                .map(|kind| kind.name)
                .map_err(|why| error(why.details().to_owned())),
            Some(name) => FileKind::named(name).map(|kind| kind.name).ok_or_else(|| {
                let names: Vec<_> = KINDS.iter().map(|kind| kind.name).collect();
                error(format!("`{}` is none of the kinds {}", shown(name), names.join(", ")))
            }),
        }
    }

    /// What fills a hole of the message.
    pub(super) fn fill(
        &self,
        hole: &str,
        kind: &str,
        file: &StoredMedia,
        url: &str,
    ) -> Option<Value> {
        Some(match hole {
            "kind" => kind.into(),
            "id" => file.id().into(),
            "mime_type" => self.mime_type.clone().into(),
            "sha256" => file.sha256_base64().into(),
            "url" => url.into(),
            "caption" => self.caption.clone()?.into(),
            "filename" => self.name.clone()?.into(),
            "voice" => json!(self.voice.then_some(true)?),
            _ => return None,
        })
    }
}
