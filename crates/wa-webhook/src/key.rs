//! The key by which an event is known when it comes again.

use std::fmt;

use sha2::{Digest as _, Sha256};

use crate::{
    Event,
    write::{Form, Out, Put},
};

/// How long a key is at most, in bytes.
const AT_MOST: usize = 512;
/// And how long usually.
const USUALLY: usize = 128;

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
        let mut key = String::with_capacity(USUALLY);
        part(&mut key, number.unwrap_or(&self.account));
        part(&mut key, self.what.name());
        match self.what.identity() {
            Identity::Never => return None,
            Identity::Parts(parts) => {
                let mut json = Out::default();
                for value in parts {
                    part_of(&mut key, value, &mut json);
                }
                key.truncate(key.trim_end_matches('/').len());
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

/// Adds a value to a key. What has members is represented by its hash.
fn part_of(key: &mut String, value: &dyn Put, out: &mut Out) {
    if value.is_absent() {
        return part(key, "");
    }
    out.json.clear();
    value.put(out, Form::Own);
    let json = &*out.json;
    match json.strip_prefix('"').and_then(|json| json.strip_suffix('"')) {
        Some(text) => part(key, text),
        None if json.starts_with(['{', '[']) => part(key, &hexadecimal(&Sha256::digest(json))),
        None => part(key, json),
    }
}

fn part(key: &mut String, text: &str) {
    if !key.is_empty() {
        key.push('/');
    }
    let mut rest = text;
    while let Some(at) = rest.find(['~', '/']) {
        key.push_str(&rest[..at]);
        key.push_str(if rest[at..].starts_with('~') { "~0" } else { "~1" });
        rest = &rest[at + 1..];
    }
    key.push_str(rest);
}

fn hexadecimal(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 0xf]);
    digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect()
}
