//! The message that is proven valid.

use std::borrow::Cow;

use wa_message_spec::{tables, templates::DEMANDS};

use crate::{
    InvalidMessage, Kind, Lint,
    body::{Repr, checked_body, takes},
    types::MessageObject,
    value::{IntoAddressee, IntoText},
};

/// A message that keeps every rule of the API.
///
/// [`wa_message!`](https://docs.rs/wa-message/latest/wa_message/macro.wa_message.html) makes it, and so do [`TryFrom<MessageObject>`](MessageObject) and
/// [`FromStr`](std::str::FromStr), which check the same rules while the program runs.
///
/// Of texts alone the macro makes no more than the JSON. The data are read from it once, when they are
/// asked for first, which takes about as long as reading a message.
///
/// `Debug` shows the JSON, with the number of the recipient and the text in full.
///
/// `FromStr` reads numbers exactly as they are written. `Deserialize` gets them from the format, and
/// `serde_json` may miss the last bit of a fraction unless its feature `float_roundtrip` is on.
///
/// ```
/// use wa_message::{Message, types::{MessageObject, Content, TextObject}};
///
/// let object = MessageObject::new("+15550100", Content::Text { text: TextObject::new("Hello") });
/// let message = Message::try_from(object)?;
/// assert_eq!(message.to(), Some("+15550100"));
///
/// let same: Message = message.to_json().parse()?;
/// assert_eq!(message, same);
/// # Ok::<_, wa_message::InvalidMessage>(())
/// ```
#[derive(Clone)]
pub struct Message {
    repr: Repr<MessageObject>,
}

checked_body!(Message, MessageObject, tables::MESSAGE_OBJECT);

/// The members that name whom a message goes to. Of both, the API takes the first.
const ADDRESSES: [&str; 2] = ["to", "recipient"];
/// The place of the first of them.
const TO: usize = 0;

impl Message {
    /// The kind of message.
    #[must_use]
    pub fn kind(&self) -> Kind {
        (**self).kind()
    }

    /// What is advised against in it, in the order of the description: what the API takes, but what
    /// hardly works as it was meant. Of more than 100 pieces of advice it gives the first 100.
    ///
    /// A message does not know how it was written before it was read: [`lint_json`](Self::lint_json) does.
    #[must_use]
    pub fn lints(&self) -> Vec<Lint> {
        crate::body::lints::<MessageObject>(self)
    }

    /// Returns what is advised against in a JSON text that is a message, also in how it is written.
    ///
    /// What is read in another form than the canonical one is never written in it again, so that
    /// [`lints`](Self::lints) cannot tell of it: tags in capitals, JSON in a text, empty texts for what does
    /// not belong there, and members that the API ignores.
    ///
    /// ```
    /// use wa_message::Message;
    ///
    /// let text = r#"{ "messaging_product": "whatsapp", "to": "+15550100", "type": "TEXT",
    ///     "text": "{\"body\": \"Hello\"}" }"#;
    /// let lints = Message::lint_json(text)?;
    /// assert_eq!(lints[0].to_string(), "`text` is JSON in a text; write the object itself");
    /// assert_eq!(lints[1].to_string(), "`type` is `TEXT`, which the API writes `text`");
    /// assert!(text.parse::<Message>()?.lints().is_empty());
    /// # Ok::<_, wa_message::InvalidMessage>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If the text is no valid message.
    pub fn lint_json(text: &str) -> Result<Vec<Lint>, InvalidMessage> {
        let value = crate::json::value(text).map_err(InvalidMessage::not_json)?;
        Self::lint_value(&value)
    }

    /// Returns the same of a JSON value.
    ///
    /// # Errors
    ///
    /// If the value is no valid message.
    pub fn lint_value(value: &serde_json::Value) -> Result<Vec<Lint>, InvalidMessage> {
        crate::body::lints_of::<MessageObject>(value)
    }

    /// Returns the phone number, WhatsApp id or group id that it goes to, if it names one.
    ///
    /// [`addressee`](Self::addressee) is there for every message.
    #[must_use]
    pub fn to(&self) -> Option<&str> {
        match self.address() {
            Some((TO, to)) => Some(to),
            // Had it both, the other one would not be the first.
            Some(_) => None,
            None => self.repr.object().to.as_deref(),
        }
    }

    /// Returns the business-scoped user id that it names, if it names one.
    #[must_use]
    pub fn recipient(&self) -> Option<&str> {
        match self.address() {
            Some((at, recipient)) if at != TO => Some(recipient),
            _ => self.repr.object().recipient.as_deref(),
        }
    }

    /// Returns what the API sends it to: [`to`](Self::to), or else [`recipient`](Self::recipient).
    ///
    /// ```
    /// use wa_message::wa_message;
    ///
    /// let known = wa_message! { <text> to: "+15550100", body: "Hello" };
    /// let hidden = wa_message! { <text> recipient: "US.13491208655302741918", body: "Hello" };
    /// assert_eq!((known.to(), known.addressee()), (Some("+15550100"), "+15550100"));
    /// assert_eq!((hidden.to(), hidden.addressee()), (None, "US.13491208655302741918"));
    /// ```
    #[must_use]
    pub fn addressee(&self) -> &str {
        if let Some((_, address)) = self.address() {
            return address;
        }
        let object = self.repr.object();
        object.to.as_deref().or(object.recipient.as_deref()).unwrap_or_default()
    }

    /// Returns the same message to somebody else: to a phone number or any other [`Addressee`](crate::value::Addressee),
    /// and to nobody else.
    ///
    /// For a message that the macro wrote it costs about as much as to write the JSON once. Every rule is
    /// checked that looks at `to`.
    ///
    /// ```
    /// use wa_message::{InvalidMessage, Message, wa_message};
    ///
    /// fn invitations(guests: &[&str]) -> Result<Vec<Message>, InvalidMessage> {
    ///     let invitation = wa_message! { <text> to: "+15550100", body: "We open on Friday." };
    ///     guests.iter().map(|guest| invitation.with_to(*guest)).collect()
    /// }
    ///
    /// let invitations = invitations(&["+15550101", "+15550102"])?;
    /// assert_eq!(invitations[1].to(), Some("+15550102"));
    /// # Ok::<_, InvalidMessage>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If `to` is nothing that the API sends to.
    pub fn with_to(&self, to: impl IntoAddressee) -> Result<Self, InvalidMessage> {
        let to = to.into_addressee();
        if let Some(to) = to.to_alone()
            && takes::<MessageObject>(ADDRESSES[TO], to)
            && let Some(json) = self.repr.with_first_word(&ADDRESSES, TO, to)
        {
            return Ok(Self { repr: Repr::json(json) });
        }
        let mut object = self.repr.object().clone();
        to.address(&mut object);
        Self::try_from(object)
    }

    /// Returns the same message to somebody who hides the number: to the business-scoped user id
    /// `recipient`, and to no [`to`](Self::to).
    ///
    /// # Errors
    ///
    /// If `recipient` is no business-scoped user id, or the message is for a group.
    pub fn with_recipient(&self, recipient: impl IntoText) -> Result<Self, InvalidMessage> {
        let mut object = self.repr.object().clone();
        object.to = None;
        object.recipient = Some(recipient.into_text().into());
        Self::try_from(object)
    }

    /// Returns the same message with `biz_opaque_callback_data`, at most 512 characters that the status
    /// webhooks give back. Give each message its own: it is how one finds out what became of a message in
    /// doubt.
    ///
    /// ```
    /// use wa_message::wa_message;
    ///
    /// let invitation = wa_message! { <text> to: "+15550100", body: "We open on Friday." };
    /// let first = invitation.with_to("+15550101")?.with_callback_data("friday-1")?;
    /// assert_eq!(first.biz_opaque_callback_data.as_deref(), Some("friday-1"));
    /// # Ok::<_, wa_message::InvalidMessage>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If it is too long.
    pub fn with_callback_data(&self, data: impl IntoText) -> Result<Self, InvalidMessage> {
        let mut object = self.repr.object().clone();
        object.biz_opaque_callback_data = Some(data.into_text().into());
        Self::try_from(object)
    }

    /// The JSON of a message that is made from a template, and perhaps that of another one.
    pub(crate) fn template_json(&self) -> Option<Cow<'_, [u8]>> {
        let Some(json) = self.repr.known_json() else {
            // The member with the template is named as the kind.
            let is_made_from_one = Some(&self.kind().as_str()) == DEMANDS.sent.way.first();
            return is_made_from_one.then(|| Cow::Owned(self.repr.to_json_bytes()));
        };
        Some(Cow::Borrowed(json))
    }

    /// The first of the members that name whom it goes to, where it is found without the data.
    fn address(&self) -> Option<(usize, &str)> {
        self.repr.first_word(&ADDRESSES)
    }
}
