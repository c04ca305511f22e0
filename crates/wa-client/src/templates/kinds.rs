//! Headers and buttons that have more than a text, by their kinds. All others are made by their kinds.

use serde_json::Value;

use super::{
    generated::answers::{ButtonKind, HeaderFormat},
    new::{NewButton, NewHeader},
};

/// The member with the upload of a sample.
const UPLOADS: &str = "header_handle";
/// The component whose text has no variable.
pub(super) const FOOTER: &str = "FOOTER";

impl NewButton {
    /// A button that opens an address. It may end in `{{1}}`, and then needs a [sample](Self::sample).
    #[must_use]
    pub fn url(text: impl Into<String>, url: impl Into<String>) -> Self {
        Self::new(ButtonKind::Url, text).with("url", url.into())
    }

    /// A button that calls a phone number: `+15550100`.
    #[must_use]
    pub fn phone_number(text: impl Into<String>, phone_number: impl Into<String>) -> Self {
        Self::new(ButtonKind::PhoneNumber, text).with("phone_number", phone_number.into())
    }

    /// A button that opens a Flow, by its id.
    #[must_use]
    pub fn flow(text: impl Into<String>, flow_id: impl Into<String>) -> Self {
        Self::new(ButtonKind::Flow, text).with("flow_id", flow_id.into())
    }
}

impl NewHeader {
    /// A picture. `handle` is that of a resumable upload, which the feature `media` makes: an address is refused.
    #[must_use]
    pub fn image(handle: impl Into<String>) -> Self {
        Self::file(HeaderFormat::Image, handle)
    }

    /// A film, by the handle of a sample.
    #[must_use]
    pub fn video(handle: impl Into<String>) -> Self {
        Self::file(HeaderFormat::Video, handle)
    }

    /// A document, by the handle of a sample.
    #[must_use]
    pub fn document(handle: impl Into<String>) -> Self {
        Self::file(HeaderFormat::Document, handle)
    }

    /// A place.
    #[must_use]
    pub fn location() -> Self {
        Self::of(HeaderFormat::Location)
    }

    /// A product, in cards alone.
    #[must_use]
    pub fn product() -> Self {
        Self::of(HeaderFormat::Product)
    }

    fn file(format: HeaderFormat, handle: impl Into<String>) -> Self {
        let handles = Value::Array(vec![handle.into().into()]);
        let example = [(UPLOADS.to_owned(), handles)].into_iter().collect();
        Self::of(format).with_example(Value::Object(example))
    }
}
