//! The customer, who writes back.

mod attachment;
mod error;
mod order;
mod post;
mod reply;

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use hyper::body::Bytes;
use serde_json::Value;
use tokio::time;
use wa_webhook::types::IncomingMessage;

pub(crate) use self::error::Reason;
#[cfg(feature = "program")]
pub(crate) use self::reply::message as read_message;
pub use self::{attachment::Attachment, error::ActionError, order::OrderedItem};
use crate::{
    generated::customer::{ANSWERS_FLOW, CHOOSES, ORDERS, REACTS, SAYS, SENDS, SHARES, TAPS},
    hooks::Recipient,
    received::Received,
    recipe::fill,
    state::State,
};

/// A customer of the business. [`Sandbox::customer`](crate::Sandbox::customer) makes one.
///
/// Whatever a customer does is posted as a webhook, and opens the window of 24 hours. Each action returns the id of the
/// message, as the webhook has it. Answers carry what the answered message really had: the ids, titles and descriptions of
/// the newest message to the customer that has what is chosen.
///
/// ```no_run
/// # use wa_sandbox::Sandbox;
/// # async fn example(sandbox: Sandbox) -> Result<(), wa_sandbox::ActionError> {
/// let robin = sandbox.customer("+15550100").named("Robin");
/// robin.says("What is there today?")?;
/// let answer = robin.gets().await?;
/// assert_eq!(answer.kind(), "button");
/// robin.taps("bread")?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
#[must_use = "its methods do something"]
pub struct Customer {
    state: Arc<State>,
    /// As it was given.
    address: String,
    number: Option<String>,
    user_id: Option<String>,
    name: String,
    username: Option<String>,
    phone_number_id: Option<String>,
    /// The id of the message that is answered.
    about: Option<String>,
    /// How many requests there were when the customer did or got something.
    seen: Arc<AtomicU64>,
}

impl Customer {
    pub(crate) fn new(state: Arc<State>, address: String) -> Self {
        let (number, user_id) = match Recipient::of(&address) {
            Recipient::Number(digits) => (Some(digits), None),
            Recipient::User | Recipient::Group => (None, Some(address.clone())),
        };
        let name = "Customer".to_owned();
        let seen = Arc::new(AtomicU64::new(state.kept().count()));
        let (username, phone_number_id, about) = (None, None, None);
        Self { state, address, number, user_id, name, username, phone_number_id, about, seen }
    }

    /// The name that the customer shows. Defaults to `Customer`.
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// The user name, with `@` before it.
    pub fn username(mut self, username: impl Into<String>) -> Self {
        self.username = Some(username.into());
        self
    }

    /// The business-scoped user id of a customer whose number is known too.
    pub fn user_id(mut self, id: impl Into<String>) -> Self {
        self.user_id = Some(id.into());
        self
    }

    /// The id of the message that is answered. Defaults to the newest that has what is chosen, and to none for what is
    /// written.
    pub(crate) fn about(mut self, message_id: impl Into<String>) -> Self {
        self.about = Some(message_id.into());
        self
    }

    /// The id of the business number to write to. Defaults to that of the message that is answered, or else of the
    /// sandbox.
    pub fn writes_to(mut self, phone_number_id: impl Into<String>) -> Self {
        self.phone_number_id = Some(phone_number_id.into());
        self
    }

    /// Writes a text.
    ///
    /// # Errors
    ///
    /// When the text is blank, which the app does not send. When there is no address for webhooks, or too much waits to be
    /// posted; that goes for all of them.
    pub fn says(&self, text: impl Into<String>) -> Result<String, ActionError> {
        let text = text.into();
        if text.trim().is_empty() {
            return Err(ActionError(Reason::Content("the text is blank".to_owned())));
        }
        self.makes(SAYS, |hole| (hole == "body").then(|| text.clone().into()))
    }

    /// Taps the reply button with this id, or the quick reply of a template with this payload.
    ///
    /// Of a template only the payload is known, and it stands in for the text on the button.
    ///
    /// # Errors
    ///
    /// When no message to the customer has it.
    pub fn taps(&self, id: impl AsRef<str>) -> Result<String, ActionError> {
        self.answers(TAPS, Some(id.as_ref()), &Value::Null)
    }

    /// Chooses the row of a list with this id.
    ///
    /// # Errors
    ///
    /// When no message to the customer has it.
    pub fn chooses(&self, row: impl AsRef<str>) -> Result<String, ActionError> {
        self.answers(CHOOSES, Some(row.as_ref()), &Value::Null)
    }

    /// Fills in the newest Flow, or the newest form for an address. The answer gets the token of the Flow, unless it
    /// has one already.
    ///
    /// # Errors
    ///
    /// When no message to the customer can be filled in, or `answer` is no JSON object.
    pub fn answers_flow(&self, answer: impl serde::Serialize) -> Result<String, ActionError> {
        self.answers(ANSWERS_FLOW, None, &object(answer)?)
    }

    /// Gives what the newest message asks for that asks for a location, contact details or a permission to call, as webhooks
    /// have it: the location, one contact, or the answer.
    ///
    /// ```no_run
    /// # fn example(robin: wa_sandbox::Customer) -> Result<(), wa_sandbox::ActionError> {
    /// use serde_json::json;
    ///
    /// robin.shares(json!({ "latitude": 18.94, "longitude": 72.83 }))?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// When no message to the customer asks for anything, or `answer` is not what it asks for.
    pub fn shares(&self, answer: impl serde::Serialize) -> Result<String, ActionError> {
        self.answers(SHARES, None, &object(answer)?)
    }

    /// Puts an emoji on the newest message to the customer. An empty text takes it back.
    ///
    /// # Errors
    ///
    /// When there is no message to the customer.
    pub fn reacts(&self, emoji: impl Into<String>) -> Result<String, ActionError> {
        let newest = self.newest().ok_or_else(|| self.nothing_there(None))?;
        self.reacts_to(newest, emoji)
    }

    /// Puts an emoji on the message with this id, of the business or of the customer. An empty text takes it back.
    ///
    /// # Errors
    ///
    /// Those of [`says`](Self::says).
    pub fn reacts_to(
        &self,
        message_id: impl Into<String>,
        emoji: impl Into<String>,
    ) -> Result<String, ActionError> {
        let (message_id, emoji) = (message_id.into(), emoji.into());
        self.makes(REACTS, |hole| match hole {
            "message_id" => Some(message_id.clone().into()),
            "emoji" => (!emoji.is_empty()).then(|| emoji.clone().into()),
            _ => None,
        })
    }

    /// Orders products of a catalog.
    ///
    /// # Errors
    ///
    /// Those of [`says`](Self::says).
    pub fn orders(
        &self,
        catalog_id: impl Into<String>,
        products: impl IntoIterator<Item = OrderedItem>,
    ) -> Result<String, ActionError> {
        let products = products.into_iter().map(OrderedItem::into_json).collect();
        self.orders_json(&catalog_id.into(), &products)
    }

    /// Orders products whose JSON is known.
    pub(crate) fn orders_json(
        &self,
        catalog_id: &str,
        products: &Value,
    ) -> Result<String, ActionError> {
        self.makes(ORDERS, |hole| match hole {
            "catalog_id" => Some(catalog_id.into()),
            "product_items" => Some(products.clone()),
            "text" => Some("".into()),
            _ => None,
        })
    }

    /// Sends a picture: a PNG, if it begins like one, and else a JPEG.
    ///
    /// ```no_run
    /// # fn example(robin: wa_sandbox::Customer) -> Result<(), wa_sandbox::ActionError> {
    /// let picture = b"\x89PNG\r\n\x1a\n, and what follows";
    /// let id = robin.sends_image(&picture[..])?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`sends`](Self::sends).
    pub fn sends_image(&self, bytes: impl Into<Bytes>) -> Result<String, ActionError> {
        self.sends(Attachment::of_kind("image", bytes.into()))
    }

    /// Sends a file. It is kept, so that the program can look it up and download it, by its id or by the address in the
    /// webhook.
    ///
    /// # Errors
    ///
    /// When messages carry no such file, its content is another than its type says, or its kind has no caption, name or the like.
    pub fn sends(&self, mut attachment: Attachment) -> Result<String, ActionError> {
        self.check()?;
        self.state.hooks()?;
        let kind = attachment.kind_name()?;
        attachment.check()?;
        let number = self.phone_number_id();
        let (mime_type, name) = (attachment.mime_type.clone(), attachment.name.clone());
        let bytes = std::mem::take(&mut attachment.bytes);
        let file = self.state.media.add(number, mime_type, name, bytes, true);
        let url = self.state.media.address(&file, true, &self.state.base_url());
        let gives = SENDS.first().map(|made| made.gives).unwrap_or_default();
        let json = fill(gives, |hole| attachment.fill(hole, kind, &file, &url));
        let message = reply::message(&json)?;
        if reply::lost(&json, &message).is_some() {
            self.state.media.remove(file.id());
            let why = format!("`{kind}` has no caption, no name or no voice");
            return Err(ActionError(Reason::Media(why)));
        }
        self.post(message, None).inspect_err(|_| {
            // Nobody hears of it, so it would only push out others.
            self.state.media.remove(file.id());
        })
    }

    /// Waits for the next message to the customer: behind what the customer did last, and behind the message that this
    /// gave last.
    ///
    /// ```no_run
    /// # async fn example(robin: wa_sandbox::Customer) -> Result<(), wa_sandbox::ActionError> {
    /// robin.says("What is there today?")?;
    /// let answer = robin.gets().await?;
    /// assert_eq!(answer.kind(), "list");
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// When there is none within 10 seconds. The error says which messages went to somebody else meanwhile.
    pub async fn gets(&self) -> Result<Received, ActionError> {
        const WITHIN: Duration = Duration::from_secs(10);
        let next = async {
            loop {
                let news = self.state.news.notified();
                let behind = self.seen.load(Ordering::Relaxed);
                let next = self.state.kept().next(behind, |received| self.is_mine(received));
                if let Some((number, received)) = next {
                    self.seen.store(number, Ordering::Relaxed);
                    return received;
                }
                news.await;
            }
        };
        time::timeout(WITHIN, next).await.map_err(|_| self.nothing_came(WITHIN))
    }

    /// Sends any message: a place, cards, one that the API does not pass on, with a referral, of a group. An id, the sender
    /// and the time are filled in where they are missing.
    ///
    /// ```no_run
    /// # use wa_sandbox::{ActionError, Customer};
    /// use wa_message::webhook::types::{IncomingLocation, IncomingMessage, MessageContent};
    ///
    /// # fn example(customer: Customer) -> Result<(), ActionError> {
    /// let mut place = IncomingLocation::default();
    /// (place.latitude, place.longitude) = (12.0, -7.25);
    /// let mut message = IncomingMessage::default();
    /// message.content = MessageContent::Location(place).into();
    /// customer.sends_message(message)?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// When its content is not known.
    pub fn sends_message(&self, message: IncomingMessage<'_>) -> Result<String, ActionError> {
        self.post(message.into_owned(), None)
    }

    /// Sends a message whose JSON is known, without what all messages have.
    pub(crate) fn sends_json(&self, message: &Value) -> Result<String, ActionError> {
        self.post(reply::message(message)?, None)
    }
}

/// The JSON object of an answer.
fn object(answer: impl serde::Serialize) -> Result<Value, ActionError> {
    let not_json = |why: String| ActionError(Reason::NotJson(why));
    let answer = serde_json::to_value(answer).map_err(|error| not_json(error.to_string()))?;
    if answer.is_object() {
        Ok(answer)
    } else {
        Err(not_json("it has other JSON at its top".to_owned()))
    }
}

/// What a tap asks the customer for: an example of what they fill in. Of the message with this id, by the name of the
/// action, with the id of what was tapped.
pub(crate) fn asked(
    state: &State,
    message_id: &str,
    action: &str,
    id: &str,
) -> Result<Option<Value>, ActionError> {
    let message = state.kept().next(0, |received| received.id() == Some(message_id));
    let (_, message) =
        message.ok_or_else(|| ActionError(Reason::UnknownMessage(message_id.to_owned())))?;
    Ok(reply::asked(action, &message, id))
}

impl std::fmt::Debug for Customer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Customer").field("address", &self.address).finish_non_exhaustive()
    }
}
