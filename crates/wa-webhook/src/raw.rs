//! JSON as it came.

use std::{borrow::Cow, fmt};

use serde_core::de::DeserializeOwned;

/// JSON that this version does not read, as it came: a part of the body.
///
/// ```
/// use wa_message::webhook::{What, parse};
///
/// let body = br#"{ "object": "whatsapp_business_account", "entry": [
///     { "id": "900100", "changes": [{ "field": "tomorrow", "value": { "what": 1 } }] }
/// ] }"#;
/// let event = parse(body)?.events().next().unwrap();
/// let What::Unknown { name, raw } = event.what else { panic!() };
/// assert_eq!(name, "tomorrow");
/// assert_eq!(raw.as_str(), r#"{ "field": "tomorrow", "value": { "what": 1 } }"#);
/// # Ok::<(), wa_message::webhook::NotAnObject>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Raw<'a>(pub(crate) Cow<'a, str>);

impl Raw<'_> {
    /// Returns the JSON.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Reads the JSON into a type of yours.
    ///
    /// # Errors
    ///
    /// When the type takes something else. The error may quote what was sent.
    pub fn parse<T: DeserializeOwned>(&self) -> serde_json::Result<T> {
        serde_json::from_str(&self.0)
    }

    /// Copies it, so that it no longer borrows from the body.
    #[must_use]
    pub fn into_owned(self) -> Raw<'static> {
        Raw(Cow::Owned(self.0.into_owned()))
    }
}

/// It is `null`.
impl Default for Raw<'_> {
    fn default() -> Self {
        Self(Cow::Borrowed("null"))
    }
}

/// The JSON itself.
impl fmt::Debug for Raw<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A text that holds JSON, which is read when it is asked for.
///
/// ```
/// use wa_message::webhook::JsonText;
///
/// let answer = JsonText::from(r#"{ "size": "M" }"#);
/// assert_eq!(answer.parse::<serde_json::Value>()?["size"], "M");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Default)]
pub struct JsonText<'a>(pub(crate) Cow<'a, str>);

impl JsonText<'_> {
    /// Returns the text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Reads the JSON into a type of yours.
    ///
    /// # Errors
    ///
    /// When the text is not JSON, or the type takes something else. The error may quote what was sent.
    pub fn parse<T: DeserializeOwned>(&self) -> serde_json::Result<T> {
        serde_json::from_str(&self.0)
    }

    /// Copies it, so that it no longer borrows from the body.
    #[must_use]
    pub fn into_owned(self) -> JsonText<'static> {
        JsonText(Cow::Owned(self.0.into_owned()))
    }
}

impl<'a> From<&'a str> for JsonText<'a> {
    fn from(text: &'a str) -> Self {
        Self(Cow::Borrowed(text))
    }
}

impl From<String> for JsonText<'_> {
    fn from(text: String) -> Self {
        Self(Cow::Owned(text))
    }
}

/// The text itself.
impl fmt::Debug for JsonText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
