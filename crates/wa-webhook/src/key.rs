//! What is equal when an event comes again.

use std::fmt;

use sha2::{Digest as _, Sha256};

use crate::{
    Event,
    write::{self, Put},
};

/// How long a key is at most, in bytes.
const AT_MOST: usize = 512;

/// What two events have in common that are the same one: the API delivers most things once, and anything twice.
///
/// It is a text of at most 512 bytes, made of ids and words, and of a hash where there are no ids. It holds no
/// content of a message.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key(String);

impl Key {
    /// Returns the key as a text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Makes a key of a text, such as one that was kept in a table.
    #[must_use]
    pub fn from_text(text: impl Into<String>) -> Self {
        Self(text.into())
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl AsRef<str> for Key {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

/// What makes two events one.
pub(crate) enum Identity<'e> {
    /// These values.
    Parts(Vec<&'e dyn Put>),
    /// All of it, with its account and time.
    Whole,
    /// Nothing does.
    Never,
}

impl Event<'_> {
    /// Returns what is equal when the same event comes again, or nothing if no two are the same.
    ///
    /// ```
    /// use wa_message::webhook::parse;
    ///
    /// let body = br#"{ "object": "whatsapp_business_account", "entry": [{ "id": "900100", "changes": [{
    ///     "field": "messages", "value": { "metadata": { "phone_number_id": "700100" }, "statuses": [
    ///         { "id": "wamid.b3V0MDE", "status": "read", "timestamp": "1790000003", "recipient_id": "15550101" }
    ///     ] }
    /// }] }] }"#;
    /// let key = parse(body)?.events().next().and_then(|event| event.key()).unwrap();
    /// assert_eq!(key.as_str(), "700100/status/wamid.b3V0MDE/read");
    /// # Ok::<(), wa_message::webhook::NotAnObject>(())
    /// ```
    #[must_use]
    pub fn key(&self) -> Option<Key> {
        let number = self.number.as_ref().and_then(|number| number.phone_number_id.as_deref());
        let mut key = String::new();
        part(&mut key, number.unwrap_or(&self.account));
        part(&mut key, self.what.name());
        match self.what.identity() {
            Identity::Never => return None,
            Identity::Parts(parts) => {
                for value in parts.iter().map(|part| text_of(*part)) {
                    part(&mut key, &value);
                }
                while key.ends_with('/') {
                    key.pop();
                }
            }
            Identity::Whole => {
                let mut hash = Sha256::new();
                let time = self.time.map(|time| time.to_string()).unwrap_or_default();
                for text in [&*self.account, self.field(), &time, self.raw().as_str()] {
                    hash.update(text);
                    // No text of JSON has it.
                    hash.update([0]);
                }
                part(&mut key, &hexadecimal(&hash.finalize()));
            }
        }
        if key.len() > AT_MOST {
            key = hexadecimal(&Sha256::digest(&key));
        }
        Some(Key(key))
    }
}

/// A value as a part of a key. What has members is represented by its hash.
fn text_of(value: &dyn Put) -> String {
    if value.is_absent() {
        return String::new();
    }
    let json = write::json(value);
    match json.strip_prefix('"').and_then(|json| json.strip_suffix('"')) {
        Some(text) => text.to_owned(),
        None if json.starts_with(['{', '[']) => hexadecimal(&Sha256::digest(&json)),
        None => json,
    }
}

fn part(key: &mut String, text: &str) {
    if !key.is_empty() {
        key.push('/');
    }
    key.push_str(&text.replace('~', "~0").replace('/', "~1"));
}

fn hexadecimal(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 0xF]);
    digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect()
}
