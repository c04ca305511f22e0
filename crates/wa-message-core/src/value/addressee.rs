//! Whom a message goes to, where that is not always a phone number.
//!
//! `to: &message` may turn out to be somebody who hides the number, or a group, and then other members are written.
//! The macro cannot know, and hardly any message has such an addressee: so nothing that every message pays for is
//! spent on it. The addressee goes the way of a text through `to`, marked so that the rules of `to` refuse it, and where
//! they do, the message is written again with the right members.

use std::{
    borrow::Cow,
    hash::{BuildHasher as _, Hasher as _, RandomState},
    sync::OnceLock,
};

use super::IntoText;
use crate::{
    InvalidMessage, Message, Text, json,
    types::{MessageObject, RecipientType},
};

/// Somebody to write to: a person by the phone number, a person who hides it, or a group.
///
/// The value of `to` may be one. It is written as `recipient`, or with `recipient_type`, where that is how the API
/// takes it.
///
/// ```
/// use wa_message::{Message, value::{Addressee, IntoAddressee}, wa_message};
///
/// struct Customer {
///     number: Option<String>,
///     user_id: String,
/// }
///
/// impl IntoAddressee for &Customer {
///     fn into_addressee(self) -> Addressee {
///         match &self.number {
///             Some(number) => Addressee::to(number),
///             None => Addressee::recipient(&self.user_id),
///         }
///     }
/// }
///
/// let customer = Customer { number: None, user_id: "US.13491208655302741918".to_owned() };
/// let message = wa_message! { <text> to: &customer, body: "Your table is ready." }?;
/// assert_eq!((message.to(), message.recipient()), (None, Some("US.13491208655302741918")));
/// # Ok::<_, wa_message::InvalidMessage>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addressee(Kind, Cow<'static, str>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A text, of which nothing is known. It may be the id of a group, in a message to groups.
    Any,
    To,
    Recipient,
    Group,
}

/// Writes a message again whose `to` is marked, if it is.
pub(crate) type Readdress = fn(&[u8]) -> Option<Result<Vec<u8>, InvalidMessage>>;

/// Made when there is the first such addressee. So a program without one links neither this nor all that writes and
/// checks a whole message.
static MARKS: OnceLock<Marks> = OnceLock::new();

/// The marks of those that do not go into `to`.
struct Marks {
    recipient: String,
    group: String,
    readdress: Readdress,
}

impl Marks {
    /// Both hold letters, which the rules of `to` refuse, and a number that nobody can guess: a text that a user has
    /// typed is never taken for a mark.
    fn new() -> Self {
        let number = RandomState::new().build_hasher().finish();
        Self {
            recipient: format!("recipient {number:x} "),
            group: format!("group {number:x} "),
            readdress: written_again,
        }
    }
}

pub(crate) fn readdress() -> Option<Readdress> {
    MARKS.get().map(|marks| marks.readdress)
}

impl Addressee {
    /// Returns the addressee by a phone number or WhatsApp id.
    #[must_use]
    pub fn to(number: impl IntoText) -> Self {
        Self(Kind::To, number.into_text())
    }

    /// Returns the addressee by a business-scoped user id.
    #[must_use]
    pub fn recipient(user_id: impl IntoText) -> Self {
        MARKS.get_or_init(Marks::new);
        Self(Kind::Recipient, user_id.into_text())
    }

    /// Returns a group as the addressee, by its id.
    #[must_use]
    pub fn group(id: impl IntoText) -> Self {
        MARKS.get_or_init(Marks::new);
        Self(Kind::Group, id.into_text())
    }

    /// Returns the text of `to`, marked where it does not belong there.
    pub(crate) fn into_word(self) -> Text {
        let marks = MARKS.get();
        let mark = match (self.0, marks) {
            (Kind::Recipient, Some(marks)) => &*marks.recipient,
            (Kind::Group, Some(marks)) => &*marks.group,
            _ => return self.1.into(),
        };
        format!("{mark}{}", self.1).into()
    }

    /// Returns what stands in `to`, if nothing else is written.
    pub(crate) fn to_alone(&self) -> Option<&str> {
        (self.0 == Kind::Any).then_some(&*self.1)
    }

    /// Puts it into the members of a message, and takes out what was there.
    pub(crate) fn address(self, object: &mut MessageObject) {
        let Self(kind, text) = self;
        let text = Some(Text::from(text));
        match kind {
            Kind::Any => {}
            Kind::To | Kind::Recipient => object.recipient_type = None,
            Kind::Group => object.recipient_type = Some(RecipientType::Group),
        }
        (object.to, object.recipient) = match kind {
            Kind::Any | Kind::To | Kind::Group => (text, None),
            Kind::Recipient => (None, text),
        };
    }

    fn of_word(word: &str) -> Option<Self> {
        let marks = MARKS.get()?;
        let kinds = [(Kind::Recipient, &marks.recipient), (Kind::Group, &marks.group)];
        kinds.into_iter().find_map(|(kind, mark)| {
            let text = word.strip_prefix(&**mark)?;
            Some(Self(kind, Cow::Owned(text.to_owned())))
        })
    }
}

fn written_again(json: &[u8]) -> Option<Result<Vec<u8>, InvalidMessage>> {
    let mut object: MessageObject = json::from_slice(json).ok()?;
    Addressee::of_word(object.to.as_deref()?)?.address(&mut object);
    Some(Message::try_from(object).map(Message::into_json_bytes))
}

/// Something that a message can go to: any [text](IntoText), which is a phone number, an [`Addressee`], or a type of
/// your own that stands for somebody.
///
/// With the feature `webhook`, a reference to a message that was received is one: it goes to whoever sent it, or to the
/// group that it was sent to.
pub trait IntoAddressee {
    /// Returns whom it stands for.
    fn into_addressee(self) -> Addressee;
}

#[diagnostic::do_not_recommend]
impl<S: IntoText> IntoAddressee for S {
    fn into_addressee(self) -> Addressee {
        Addressee(Kind::Any, self.into_text())
    }
}

#[diagnostic::do_not_recommend]
impl IntoAddressee for Addressee {
    fn into_addressee(self) -> Addressee {
        self
    }
}

#[diagnostic::do_not_recommend]
impl IntoAddressee for &Addressee {
    fn into_addressee(self) -> Addressee {
        self.clone()
    }
}
