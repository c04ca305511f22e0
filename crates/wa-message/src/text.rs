//! Texts with limits.

use std::{borrow::Cow, fmt, ops::Deref, str::FromStr};

use serde_core::{Deserialize, Deserializer, Serialize, Serializer};
use wa_message_rules::text;

use crate::json::Hole;

/// A text of `MIN` to `MAX` characters (Unicode code points).
///
/// [`Text::new`] checks the length, and so does [`Text::from_static`], which in a `const` makes a text
/// that is too long an error of the compiler. A text that a builder of [`types`](crate::types) made
/// of a plain string is checked with the whole message, when that becomes a
/// [`Message`](crate::Message).
///
/// ```
/// use wa_message::Text;
///
/// const TITLE: Text<1, 20> = Text::from_static("Yes, please");
/// assert_eq!(TITLE.as_str(), "Yes, please");
/// assert!(Text::<1, 20>::new("Yes, and a table for four").is_err());
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Text<const MIN: usize = 0, const MAX: usize = { usize::MAX }>(Cow<'static, str>);

impl<const MIN: usize, const MAX: usize> Text<MIN, MAX> {
    /// A text that is checked now.
    ///
    /// # Errors
    ///
    /// When it has fewer than `MIN` or more than `MAX` characters.
    pub fn new(text: impl Into<Cow<'static, str>>) -> Result<Self, LengthError> {
        let text = text.into();
        if text::fits(&text, MIN, MAX) {
            Ok(Self(text))
        } else {
            Err(LengthError { length: text::length(&text), min: MIN, max: MAX })
        }
    }

    /// A text that is checked now, in a `const` by the compiler.
    ///
    /// # Panics
    ///
    /// When it has fewer than `MIN` or more than `MAX` characters.
    #[must_use]
    pub const fn from_static(text: &'static str) -> Self {
        assert!(text::length(text) >= MIN, "this text has too few characters for its field");
        assert!(text::length(text) <= MAX, "this text has too many characters for its field");
        Self(Cow::Borrowed(text))
    }

    /// A text that the macro has checked.
    #[doc(hidden)]
    #[must_use]
    pub const fn __literal(text: &'static str) -> Self {
        Self(Cow::Borrowed(text))
    }

    /// Its place between pieces of JSON.
    #[doc(hidden)]
    #[inline]
    #[must_use]
    pub const fn __hole(&self) -> Hole<'_> {
        Hole::Text(&self.0, MIN, MAX)
    }

    /// The same, of a member of the body whose form is looked at too.
    #[doc(hidden)]
    #[must_use]
    pub const fn __member(&self, name: &'static str) -> Hole<'_> {
        Hole::Formed(&self.0, MIN, MAX, name)
    }

    pub(crate) fn into_cow(self) -> Cow<'static, str> {
        self.0
    }

    #[inline]
    pub(crate) fn as_cow(&self) -> &Cow<'static, str> {
        &self.0
    }

    pub(crate) fn cow_mut(&mut self) -> &mut Cow<'static, str> {
        &mut self.0
    }

    /// A text that is checked with the whole message.
    pub(crate) fn unchecked(text: Cow<'static, str>) -> Self {
        Self(text)
    }

    /// The text.
    #[must_use]
    pub const fn as_str(&self) -> &str {
        match &self.0 {
            Cow::Borrowed(text) => text,
            Cow::Owned(text) => text.as_str(),
        }
    }

    /// The text as a `String`.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0.into_owned()
    }
}

impl<const MIN: usize, const MAX: usize> fmt::Debug for Text<MIN, MAX> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl<const MIN: usize, const MAX: usize> fmt::Display for Text<MIN, MAX> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl<const MIN: usize, const MAX: usize> Deref for Text<MIN, MAX> {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl<const MIN: usize, const MAX: usize> AsRef<str> for Text<MIN, MAX> {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl<const MIN: usize, const MAX: usize> PartialEq<str> for Text<MIN, MAX> {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl<const MIN: usize, const MAX: usize> PartialEq<&str> for Text<MIN, MAX> {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl<const MIN: usize, const MAX: usize> From<Text<MIN, MAX>> for String {
    fn from(text: Text<MIN, MAX>) -> Self {
        text.into_string()
    }
}

impl<const MIN: usize, const MAX: usize> TryFrom<String> for Text<MIN, MAX> {
    type Error = LengthError;

    fn try_from(text: String) -> Result<Self, LengthError> {
        Self::new(text)
    }
}

impl<const MIN: usize, const MAX: usize> FromStr for Text<MIN, MAX> {
    type Err = LengthError;

    fn from_str(text: &str) -> Result<Self, LengthError> {
        Self::new(text.to_owned())
    }
}

impl<const MIN: usize, const MAX: usize> Serialize for Text<MIN, MAX> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de, const MIN: usize, const MAX: usize> Deserialize<'de> for Text<MIN, MAX> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|text| Self(Cow::Owned(text)))
    }
}

/// A text is too short or too long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LengthError {
    length: usize,
    min: usize,
    max: usize,
}

impl LengthError {
    /// How many characters the text has.
    #[must_use]
    pub fn length(&self) -> usize {
        self.length
    }

    /// How many characters it needs.
    #[must_use]
    pub fn min(&self) -> usize {
        self.min
    }

    /// How many characters it may have.
    #[must_use]
    pub fn max(&self) -> usize {
        self.max
    }
}

impl fmt::Display for LengthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { length, min, max } = self;
        if length < min {
            write!(f, "the text is {length} characters long, and needs at least {min}")
        } else {
            write!(f, "the text is {length} characters long, and may have at most {max}")
        }
    }
}

impl std::error::Error for LengthError {}
