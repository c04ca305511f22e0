//! Headers and buttons by their kinds.

use serde_json::Value;

use super::new::{NewButton, NewHeader};

/// The member with the upload of a sample.
const UPLOADS: &str = "header_handle";
/// The component whose text has no variable, and the one with the end of an offer.
pub(super) const FOOTER: &str = "FOOTER";

macro_rules! buttons {
    ($($(#[$doc:meta])* $method:ident($($member:ident),*) = $kind:literal;)*) => {
        impl NewButton {
            $(
                $(#[$doc])*
                #[must_use]
                pub fn $method(text: impl Into<String> $(, $member: impl Into<String>)*) -> Self {
                    Self::new($kind, text)$(.with(stringify!($member), $member.into()))*
                }
            )*
        }
    };
}

buttons! {
    /// A button that answers with its text, or with a payload that each message gives.
    quick_reply() = "QUICK_REPLY";
    /// A button that opens an address. It may end in `{{1}}`, and then needs a [sample](Self::sample).
    url(url) = "URL";
    /// A button that calls a phone number: `+15550100`.
    phone_number(phone_number) = "PHONE_NUMBER";
    /// A button that calls the business over WhatsApp.
    voice_call() = "VOICE_CALL";
    /// A button that opens the catalog.
    catalog() = "CATALOG";
    /// A button that opens several products.
    products() = "MPM";
    /// A button that opens the product of its card.
    product() = "SPM";
    /// A button that opens a bill.
    order_details() = "ORDER_DETAILS";
    /// A button that opens a Flow, by its id.
    flow(flow_id) = "FLOW";
}

impl NewButton {
    /// A button that copies a code. Its text is that of the API; `sample` is a code.
    #[must_use]
    pub fn copy_code(sample: impl Into<String>) -> Self {
        Self::bare("COPY_CODE").with("example", sample.into())
    }
}

impl NewHeader {
    /// A picture. `handle` is that of a [sample](crate::media::MediaClient::continue_upload) that was uploaded: an address
    /// is refused.
    #[cfg_attr(not(feature = "media"), doc = "\n[sample]: #")]
    #[must_use]
    pub fn image(handle: impl Into<String>) -> Self {
        Self::file("IMAGE", handle)
    }

    /// A film, by the handle of a sample.
    #[must_use]
    pub fn video(handle: impl Into<String>) -> Self {
        Self::file("VIDEO", handle)
    }

    /// A document, by the handle of a sample.
    #[must_use]
    pub fn document(handle: impl Into<String>) -> Self {
        Self::file("DOCUMENT", handle)
    }

    /// A place.
    #[must_use]
    pub fn location() -> Self {
        Self::of("LOCATION")
    }

    /// A product, in cards alone.
    #[must_use]
    pub fn product() -> Self {
        Self::of("PRODUCT")
    }

    fn file(format: &str, handle: impl Into<String>) -> Self {
        let handles = Value::Array(vec![handle.into().into()]);
        let example = [(UPLOADS.to_owned(), handles)].into_iter().collect();
        Self::of(format).with_example(Value::Object(example))
    }
}
