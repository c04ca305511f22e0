//! The outcomes that are told of messages.

use std::{fmt, sync::Arc};

use wa_message_core::{__shared::OneLine, ErrorCode};

use super::tracker::{self, Event, Name, Token, TrackedMessage};
use crate::{
    Person,
    types::{DeliveryStatus, StatusUpdate, WebhookError},
};

/// What has become known of a message. `Display` says it in a line that may stand in a log: "wamid.HBgA: delivered". It names
/// the message, or else the callback data, and nobody.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Outcome {
    /// A send was in doubt, and it turned out that the message was accepted.
    #[non_exhaustive]
    DoubtResolved {
        /// The callback data that it was sent with.
        token: String,
        /// The message that it has become.
        message: MessageId,
    },
    /// A message has come further than it was known before. That may be a failure.
    Reached(Reached),
    /// A message was accepted although each send under its token has another end: it was given up, refused, or accepted as
    /// another message. The customer may have got it twice.
    #[non_exhaustive]
    Unaccounted {
        /// The callback data of the message.
        token: String,
        /// The message.
        message: MessageId,
    },
    /// There were too many sends without an end, so nobody waits for the end of this one any more.
    #[non_exhaustive]
    Forgotten {
        /// The callback data of the message.
        token: String,
    },
}

/// How far a message has come, or how far with one participant of a group. `Display` says it without the message: "delivered".
///
/// The state is the highest that has come, whatever came later: one that failed may still be delivered, and none goes
/// back.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Reached {
    /// The message.
    pub message: MessageId,
    /// The callback data that it was sent with, if the sender told.
    pub token: Option<String>,
    /// The participant of the group, if it went to a group and if it is about one.
    pub participant: Option<Participant>,
    /// How far it has come.
    pub status: DeliveryStatus,
    /// The time at which it came there, counted in seconds since 1970.
    pub time: Option<i64>,
    /// Why it failed, if it did.
    pub because: Vec<WebhookError<'static>>,
}

/// A message that was sent: its id, and the id of the number that sent it.
///
/// `Display` shows the id of the message.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MessageId {
    /// The id of the business phone number.
    pub phone_number_id: String,
    /// The WAMID.
    pub id: String,
}

/// A participant of a group: by the business-scoped user id, by the number, or by both.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Participant {
    /// The business-scoped user id.
    pub user_id: Option<String>,
    /// The phone number.
    pub number: Option<String>,
}

/// What is known of a send.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SendState {
    /// It is being sent.
    InFlight,
    /// It may have been accepted.
    InDoubt,
    /// It was accepted as this message. Of several with one token, it is the last.
    Accepted(MessageId),
    /// It was not accepted, or somebody has given it up.
    NotAccepted,
}

/// What a status says of a message, beside its name.
pub(super) struct Report {
    status: DeliveryStatus,
    time: Option<i64>,
    because: Vec<WebhookError<'static>>,
}

impl Report {
    pub(super) fn new(status: &StatusUpdate<'_>) -> Self {
        Self {
            status: status.status.clone(),
            time: status.timestamp,
            because: status.errors.iter().cloned().map(WebhookError::into_owned).collect(),
        }
    }
}

impl Participant {
    /// Returns the participant as a person.
    #[must_use]
    pub fn person(&self) -> Person<'_> {
        Person::new(self.user_id.as_deref(), self.number.as_deref())
    }
}

impl MessageId {
    /// The message with this id, of the number with that id.
    pub fn new(phone_number_id: impl Into<String>, id: impl Into<String>) -> Self {
        Self { phone_number_id: phone_number_id.into(), id: id.into() }
    }

    pub(super) fn name(&self) -> Name {
        Name { number: self.phone_number_id.as_str().into(), id: self.id.as_str().into() }
    }
}

impl From<&Name> for MessageId {
    fn from(name: &Name) -> Self {
        Self::new(&*name.number, &*name.id)
    }
}

/// The participant that a status is about.
pub(super) fn participant(status: &StatusUpdate<'_>) -> Option<tracker::Participant> {
    let person = Person::new(
        status.recipient_participant_user_id.as_deref(),
        status.recipient_participant_id.as_deref(),
    );
    let [user_id, number] = [person.user_id(), person.number()].map(|id| id.map(Arc::from));
    let participant = tracker::Participant { user_id, number };
    participant.is_known().then_some(participant)
}

impl From<&tracker::Participant> for Participant {
    fn from(participant: &tracker::Participant) -> Self {
        let text = |id: &Option<Arc<str>>| id.as_deref().map(str::to_owned);
        Self { user_id: text(&participant.user_id), number: text(&participant.number) }
    }
}

pub(super) fn send_state(token: &Token) -> Option<SendState> {
    Some(match token {
        Token { in_flight: 1.., .. } => SendState::InFlight,
        Token { in_doubt: 1.., .. } => SendState::InDoubt,
        Token { last: Some(name), .. } => SendState::Accepted(name.into()),
        token if token.is_counted() => SendState::NotAccepted,
        _ => return None,
    })
}

pub(super) fn reached(name: &Name, message: &TrackedMessage<Arc<Report>>) -> Vec<Reached> {
    let token = message.token();
    message.states().map(|(who, report)| Reached::new(name, token, who, report)).collect()
}

impl Reached {
    fn new(
        name: &Name,
        token: Option<&Arc<str>>,
        participant: Option<&tracker::Participant>,
        report: &Report,
    ) -> Self {
        Self {
            message: name.into(),
            token: token.map(ToString::to_string),
            participant: participant.map(Participant::from),
            status: report.status.clone(),
            time: report.time,
            because: report.because.clone(),
        }
    }
}

impl From<Event<Arc<Report>>> for Outcome {
    fn from(event: Event<Arc<Report>>) -> Self {
        match event {
            Event::Resolved { token, message } => {
                Self::DoubtResolved { token: token.to_string(), message: (&message).into() }
            }
            Event::Reached { token, message, participant, report } => {
                let (token, participant) = (token.as_ref(), participant.as_ref());
                Self::Reached(Reached::new(&message, token, participant, &report))
            }
            Event::Unaccounted { token, message } => {
                Self::Unaccounted { token: token.to_string(), message: (&message).into() }
            }
            Event::Forgotten { token } => Self::Forgotten { token: token.to_string() },
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::DoubtResolved { message, .. } => {
                write!(f, "{}: doubt resolved: accepted", shown(&message.id))
            }
            Self::Reached(reached) => write!(f, "{}: {reached}", shown(&reached.message.id)),
            Self::Unaccounted { message, .. } => {
                write!(f, "{}: accepted beside what is known to be sent", shown(&message.id))
            }
            Self::Forgotten { token } => {
                write!(f, "`{}`: forgotten, because too many sends had no end", shown(token))
            }
        }
    }
}

/// The words are those of the API for the state, and ours for the codes of errors.
impl fmt::Display for Reached {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A state has a rank, so it is a word that is known.
        f.write_str(self.status.as_str())?;
        for (number, error) in self.because.iter().enumerate() {
            let (comma, code) = (if number == 0 { ", because of" } else { "," }, error.code);
            write!(f, "{comma} {code} ({})", ErrorCode::from(code).title())?;
        }
        Ok(())
    }
}

/// An id or a token as it may stand in a line. Either may come from outside.
fn shown(text: &str) -> OneLine<'_> {
    /// An id of the API is much shorter, and callback data may be twice as long.
    const SHOWN: usize = 256;
    OneLine { text, at_most: SHOWN }
}

impl fmt::Display for MessageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.id)
    }
}
