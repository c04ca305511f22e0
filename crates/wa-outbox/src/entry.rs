//! Entries: what is put into an outbox, and what stands in it.

use std::{fmt, str::FromStr, time::SystemTime};

use serde::{Serialize, Serializer};
use uuid::Uuid;
use wa_message_core::Message;

use crate::{
    Failure, State,
    error::{EntryError, OutboxError},
};

/// What the callback data of each message begin with: the outbox, and the version of what follows.
const MARK: &str = "o1:";
/// How long a key may be, in bytes: indexes of databases have their limits.
const LONGEST_KEY: usize = 512;
/// The highest priority.
const HIGHEST: u8 = 9;

/// The id of an entry. No other outbox gives the same, and later ones sort behind earlier ones.
///
/// `Display` writes it, and `FromStr` reads it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntryId(pub(crate) Uuid);

impl EntryId {
    pub(crate) fn new() -> Self {
        Self(Uuid::now_v7())
    }

    /// Returns the `biz_opaque_callback_data` that the message of this entry is sent with. Its statuses carry the same.
    #[must_use]
    pub fn callback_data(self) -> String {
        format!("{MARK}{}", self.0)
    }

    /// Returns the entry whose message has these callback data, if they are those of an outbox.
    ///
    /// ```
    /// use wa_message::outbox::EntryId;
    ///
    /// let id = EntryId::of_callback_data("o1:01936f2e-7c00-7000-8000-000000000001").unwrap();
    /// assert_eq!(id.callback_data(), "o1:01936f2e-7c00-7000-8000-000000000001");
    /// assert_eq!(EntryId::of_callback_data("order-17"), None);
    /// ```
    #[must_use]
    pub fn of_callback_data(data: &str) -> Option<Self> {
        data.strip_prefix(MARK)?.parse().ok().map(Self)
    }
}

impl fmt::Display for EntryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for EntryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for EntryId {
    type Err = EntryError;

    fn from_str(text: &str) -> Result<Self, EntryError> {
        text.parse().map(Self).map_err(|_| EntryError::Id)
    }
}

impl Serialize for EntryId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A message on its way into an outbox.
///
/// ```
/// use std::time::{Duration, SystemTime};
/// use wa_message::{outbox::NewEntry, wa_message};
///
/// let message = wa_message! { <text> to: "+15550100", body: "We open in an hour." };
/// let entry = NewEntry::new("100200300400500", &message)
///     .key("opening-17")
///     .due(SystemTime::now() + Duration::from_secs(3600))
///     .priority(5);
/// ```
#[derive(Clone, Debug)]
#[must_use = "`Outbox::enqueue` puts it into an outbox"]
pub struct NewEntry {
    pub(crate) number: String,
    pub(crate) recipient: String,
    pub(crate) body: String,
    pub(crate) key: Option<String>,
    pub(crate) data: Option<String>,
    pub(crate) due: Option<SystemTime>,
    pub(crate) expires: Option<SystemTime>,
    pub(crate) priority: u8,
}

impl NewEntry {
    /// A message that the business phone number with this id is to send.
    ///
    /// The outbox sets `biz_opaque_callback_data` itself, by which it knows the message again. What the message has there
    /// becomes the [data](Self::data) of the entry.
    pub fn new(phone_number_id: impl Into<String>, message: &Message) -> Self {
        Self {
            number: phone_number_id.into(),
            recipient: recipient_key(message.addressee()),
            body: message.to_json(),
            key: None,
            data: message.biz_opaque_callback_data.as_ref().map(ToString::to_string),
            due: None,
            expires: None,
            priority: 0,
        }
    }

    /// Names the entry: of one number, a second one with the same key is not taken. At most 512 bytes.
    pub fn key(mut self, key: impl Into<String>) -> Self {
        self.key = Some(key.into());
        self
    }

    /// Keeps data of yours with the entry. They are not sent.
    pub fn data(mut self, data: impl Into<String>) -> Self {
        self.data = Some(data.into());
        self
    }

    /// Sends it no earlier than at this time. Defaults to now.
    pub fn due(mut self, time: SystemTime) -> Self {
        self.due = Some(time);
        self
    }

    /// Sends it no later than at this time: what has not been sent by then, expires. Defaults to never.
    pub fn expires(mut self, time: SystemTime) -> Self {
        self.expires = Some(time);
        self
    }

    /// Sends it before what has a lower priority, and is due as well. From 0 to 9; defaults to 0.
    pub fn priority(mut self, priority: u8) -> Self {
        self.priority = priority;
        self
    }

    pub(crate) fn check(&self) -> Result<(), OutboxError> {
        let error = if self.number.is_empty() || self.number.contains('\0') {
            EntryError::Number
        } else if self
            .key
            .as_ref()
            .is_some_and(|key| !(1..=LONGEST_KEY).contains(&key.len()) || key.contains('\0'))
        {
            EntryError::Key
        } else if self.data.as_ref().is_some_and(|data| data.contains('\0')) {
            EntryError::Data
        } else if self.priority > HIGHEST {
            EntryError::Priority
        } else {
            return Ok(());
        };
        Err(OutboxError::Entry(error))
    }
}

/// Returns what the pace of a recipient is kept under: a number is the same with and without its plus sign.
pub(crate) fn recipient_key(addressee: &str) -> String {
    addressee.trim_start_matches('+').to_owned()
}

/// The answer to an entry that was put into an outbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Enqueued {
    /// The entry: the new one, or the one that has the key already.
    pub id: EntryId,
    /// Whether it is new.
    pub is_new: bool,
}

/// An entry as it stands in an outbox. It serialises with times as RFC 3339 writes them.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Entry {
    /// Its id.
    pub id: EntryId,
    /// The id of the business phone number that sends it.
    pub number: String,
    /// The key that it was given.
    pub key: Option<String>,
    /// The data that it was given.
    pub data: Option<String>,
    /// The body of the request, as JSON, without callback data of the outbox.
    pub body: String,
    /// From 0 to 9. What is higher goes first.
    pub priority: u8,
    /// The time when it was put in.
    #[serde(serialize_with = "time")]
    pub created: SystemTime,
    /// The time before which it is not sent.
    #[serde(serialize_with = "time")]
    pub due: SystemTime,
    /// The time after which it is not sent.
    #[serde(serialize_with = "time_or_null")]
    pub expires: Option<SystemTime>,
    /// How far it has come.
    pub state: State,
    /// The time when it came there.
    #[serde(serialize_with = "time")]
    pub changed: SystemTime,
    /// How many requests were made or may have been made.
    pub tries: u32,
    /// The WAMID, once it is known.
    pub wamid: Option<String>,
    /// The highest of its statuses: `delivered`.
    pub status: Option<String>,
    /// What went wrong last.
    pub failure: Option<Failure>,
    /// What persons have decided, the first one first.
    pub decisions: Vec<Decided>,
}

/// The decision of a person on an entry.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Decided {
    /// The name of the decision: `accepted`, `not_accepted`, `send_again`, `retry`, `cancel`.
    pub what: String,
    /// Who has decided.
    pub by: String,
    /// The time of the decision.
    #[serde(serialize_with = "time")]
    pub at: SystemTime,
}

pub(crate) fn time<S: Serializer>(time: &SystemTime, serializer: S) -> Result<S::Ok, S::Error> {
    // A time before 1970 or after 9999 has no such form, and stores give none.
    if crate::time::is_writable(*time) {
        serializer.collect_str(&humantime::format_rfc3339_millis(*time))
    } else {
        serializer.serialize_none()
    }
}

// The form is that of serde.
#[allow(clippy::ref_option)]
pub(crate) fn time_or_null<S: Serializer>(
    value: &Option<SystemTime>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => time(value, serializer),
        None => serializer.serialize_none(),
    }
}
