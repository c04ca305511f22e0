//! From the body of a request to what is in it.

use std::fmt;

use crate::{
    Item,
    events::Events,
    item::Whole,
    json::{NotJson, Tape},
    types,
};

/// A webhook: the body of a request, read so far that it is known to be a JSON object.
///
/// What is in it is read when it is asked for. Most programs want the [events](Self::events).
#[derive(Debug, Clone)]
pub struct Webhook<'a> {
    tape: Tape<'a>,
}

/// Reads the body of a request.
///
/// Nothing in it can make it fail as a whole: what is not known, or does not have its form, is kept as JSON where
/// it stands.
///
/// ```
/// use wa_message::webhook::{Item, What, parse, types::MessageContent};
///
/// let body = br#"{ "object": "whatsapp_business_account", "entry": [{ "id": "900100", "changes": [{
///     "field": "messages",
///     "value": {
///         "metadata": { "display_phone_number": "15550100", "phone_number_id": "700100" },
///         "contacts": [{ "profile": { "name": "Alex" }, "wa_id": "15550101" }],
///         "messages": [{ "id": "wamid.aW4wMQ", "from": "15550101", "timestamp": "1790000000",
///             "type": "text", "text": { "body": "Hello" } }]
///     }
/// }] }] }"#;
/// for event in parse(body)?.events() {
///     let name = event.contact.as_ref().and_then(|contact| contact.profile.as_ref()?.name.clone());
///     if let What::Message(message) = event.what
///         && let Item::Known(MessageContent::Text(text)) = message.content
///     {
///         assert_eq!((name.as_deref(), &*text.body), (Some("Alex"), "Hello"));
///     }
/// }
/// # Ok::<(), wa_message::webhook::NotAnObject>(())
/// ```
///
/// # Errors
///
/// When the body is no JSON object.
pub fn parse(body: &[u8]) -> Result<Webhook<'_>, NotAnObject> {
    let text = str::from_utf8(body).map_err(|error| NotAnObject { at: error.valid_up_to() })?;
    Tape::of_object(text).map(|tape| Webhook { tape })
}

impl<'a> Tape<'a> {
    /// The tape of a text that is an object.
    pub(crate) fn of_object(text: &'a str) -> Result<Self, NotAnObject> {
        let tape = Self::new(text).map_err(|NotJson { at }| NotAnObject { at })?;
        if tape.root().kind() == b'{' { Ok(tape) } else { Err(NotAnObject { at: 0 }) }
    }
}

impl<'a> Webhook<'a> {
    /// Returns what happened, one after the other, each with the account, the number and the person that it is
    /// about. They are read as they are asked for.
    #[must_use]
    pub fn events(self) -> Events<'a> {
        Events::new(self.tape)
    }

    /// Returns the webhook as it is built, for somebody who wants more of it than events.
    #[must_use]
    pub fn read(&self) -> Item<'a, types::Webhook<'a>> {
        let mut item = Item::default();
        Whole::read(&mut item, self.tape.root());
        item
    }
}

impl<'a> IntoIterator for Webhook<'a> {
    type Item = crate::Event<'a>;
    type IntoIter = Events<'a>;

    fn into_iter(self) -> Events<'a> {
        self.events()
    }
}

/// The body of a request is no JSON object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct NotAnObject {
    at: usize,
}

impl NotAnObject {
    /// Returns the place from which on it is none, counted in bytes from 0.
    #[must_use]
    pub fn at(&self) -> usize {
        self.at
    }
}

impl fmt::Display for NotAnObject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the body is no JSON object from byte {} on", self.at)
    }
}

impl std::error::Error for NotAnObject {}
