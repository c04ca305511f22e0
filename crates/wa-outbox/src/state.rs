//! The states of an entry, and the steps between them: pure, without a clock and without a store.
//!
//! Two steps lead to the request. An entry is leased first, which falls back by itself, because nothing goes out of a leased
//! entry. Then it is marked as being sent, and that mark never falls back by itself: nobody but the one who made it can
//! know that nothing went out. All else follows from this.

use std::{fmt, str::FromStr};

/// How far an entry of the outbox has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum State {
    /// It waits for its turn. Nothing is in the air.
    Pending,
    /// A worker has taken it, and has sent nothing yet.
    Leased,
    /// A worker has marked it, so that a request may be in the air.
    Sending,
    /// The API has accepted the message.
    Accepted,
    /// The API has refused the message.
    Refused,
    /// It may have been accepted, and nobody knows. A status tells, or a person decides.
    InDoubt,
    /// Its time was over before it was sent.
    Expired,
    /// Somebody has called it off before it was sent.
    Cancelled,
    /// Its body is no valid message.
    Invalid,
}

/// Something that may happen to an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Step {
    /// A worker takes it.
    Lease,
    /// The lease ends: its time is over, or its holder gives it back.
    FallBack,
    /// The holder of the lease finds that the body is no valid message.
    FindInvalid,
    /// The holder of the lease marks it.
    Mark,
    /// Whoever marked it knows that nothing went out.
    Unmark,
    /// Whoever marked it knows that it was not accepted, and that another try may help.
    PutOff,
    /// Whoever marked it knows that it was not accepted.
    Refuse,
    /// Whoever marked it does not know what became of it, or is not there any more.
    Doubt,
    /// Anybody knows that it was accepted: by the answer, by a late answer, by a status.
    Accept,
    /// Its time is over.
    Expire,
    /// Somebody calls it off.
    Cancel,
    /// A person has decided that a message in doubt was accepted.
    DecideAccepted,
    /// A person has decided that a message in doubt was not accepted.
    DecideNotAccepted,
    /// A person has decided that a message in doubt is sent again, whatever became of the first.
    DecideAgain,
    /// A person sends again what was certainly not accepted.
    Retry,
}

impl State {
    /// All states, in the order of a life.
    pub const ALL: [Self; 9] = [
        Self::Pending,
        Self::Leased,
        Self::Sending,
        Self::Accepted,
        Self::Refused,
        Self::InDoubt,
        Self::Expired,
        Self::Cancelled,
        Self::Invalid,
    ];

    /// Returns the state after a step, or nothing if the step cannot happen in this state.
    ///
    /// ```
    /// use wa_message::outbox::{State, Step};
    ///
    /// assert_eq!(State::Leased.after(Step::FallBack), Some(State::Pending));
    /// assert_eq!(State::Sending.after(Step::FallBack), None);
    /// assert_eq!(State::Refused.after(Step::Accept), Some(State::Accepted));
    /// ```
    #[must_use]
    pub const fn after(self, step: Step) -> Option<Self> {
        if step.is_possible_in(self) { Some(step.target()) } else { None }
    }

    /// Returns the states in which a step can happen.
    pub fn before(step: Step) -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(move |state| state.after(step).is_some())
    }

    /// Whether nothing more happens to it by itself.
    #[must_use]
    pub const fn is_final(self) -> bool {
        !matches!(self, Self::Pending | Self::Leased | Self::Sending | Self::InDoubt)
    }

    /// The name of the state, as stores and programs write it: `in_doubt`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Leased => "leased",
            Self::Sending => "sending",
            Self::Accepted => "accepted",
            Self::Refused => "refused",
            Self::InDoubt => "in_doubt",
            Self::Expired => "expired",
            Self::Cancelled => "cancelled",
            Self::Invalid => "invalid",
        }
    }
}

impl Step {
    /// Returns the state that the step leads to, from wherever it can happen.
    #[must_use]
    pub const fn target(self) -> State {
        match self {
            Self::Lease => State::Leased,
            Self::Mark => State::Sending,
            Self::FallBack | Self::Unmark | Self::PutOff | Self::DecideAgain | Self::Retry => {
                State::Pending
            }
            Self::Accept | Self::DecideAccepted => State::Accepted,
            Self::Refuse | Self::DecideNotAccepted => State::Refused,
            Self::Doubt => State::InDoubt,
            Self::FindInvalid => State::Invalid,
            Self::Expire => State::Expired,
            Self::Cancel => State::Cancelled,
        }
    }

    /// Whether the step can happen to an entry in a state.
    const fn is_possible_in(self, state: State) -> bool {
        use State as S;
        match self {
            Self::Lease => matches!(state, S::Pending),
            Self::FallBack | Self::Mark => matches!(state, S::Leased),
            Self::FindInvalid => matches!(state, S::Leased | S::Sending),
            // A sweep may have taken it for lost meanwhile. Who marked it knows better.
            Self::Unmark | Self::PutOff | Self::Refuse => matches!(state, S::Sending | S::InDoubt),
            Self::Doubt => matches!(state, S::Sending),
            // Also of what seems to wait: it was sent again after a doubt, and is not sent a third time.
            Self::Accept => true,
            Self::Expire | Self::Cancel => matches!(state, S::Pending | S::Leased),
            Self::DecideAccepted | Self::DecideNotAccepted | Self::DecideAgain => {
                matches!(state, S::InDoubt)
            }
            Self::Retry => matches!(state, S::Refused | S::Expired | S::Cancelled | S::Invalid),
        }
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::InDoubt => "in doubt",
            state => state.as_str(),
        })
    }
}

impl FromStr for State {
    type Err = UnknownState;

    fn from_str(name: &str) -> Result<Self, UnknownState> {
        Self::ALL.into_iter().find(|state| state.as_str() == name).ok_or(UnknownState)
    }
}

impl serde::Serialize for State {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// A text that is the name of no state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownState;

impl fmt::Display for UnknownState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no such state; there are ")?;
        for (at, state) in State::ALL.into_iter().enumerate() {
            let before = if at == 0 { "" } else { ", " };
            write!(f, "{before}`{}`", state.as_str())?;
        }
        Ok(())
    }
}

impl std::error::Error for UnknownState {}

#[cfg(test)]
mod tests;
