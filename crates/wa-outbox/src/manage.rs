//! Questions to an outbox, and decisions on what stands in it.

use std::{collections::BTreeMap, fmt, time::SystemTime};

use serde::Serialize;

use crate::{EntryId, Failure, State, Step, entry::time_or_null};

/// A decision of a person on an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Decision {
    /// The message in doubt was accepted.
    Accepted,
    /// The message in doubt was not accepted.
    NotAccepted,
    /// The message in doubt is sent again, although the customer may get it twice.
    SendAgain,
    /// What was refused, expired, cancelled or invalid is tried again.
    Retry,
    /// What was not sent yet is not to be sent.
    Cancel,
}

impl Decision {
    /// The name of the decision: `send_again`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::NotAccepted => "not_accepted",
            Self::SendAgain => "send_again",
            Self::Retry => "retry",
            Self::Cancel => "cancel",
        }
    }

    pub(crate) const fn step(self) -> Step {
        match self {
            Self::Accepted => Step::DecideAccepted,
            Self::NotAccepted => Step::DecideNotAccepted,
            Self::SendAgain => Step::DecideAgain,
            Self::Retry => Step::Retry,
            Self::Cancel => Step::Cancel,
        }
    }
}

impl fmt::Display for Decision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// An entry that has a new state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Moved {
    /// The entry.
    pub id: EntryId,
    /// The id of the business phone number.
    pub number: String,
    /// The key that it was given.
    pub key: Option<String>,
    /// Its state.
    pub state: State,
    /// The WAMID, once it is known.
    pub wamid: Option<String>,
    /// What went wrong last.
    pub failure: Option<Failure>,
}

/// Which entries a list has. By default it has the first 100 of all.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Filter {
    pub(crate) number: Option<String>,
    pub(crate) state: Option<State>,
    pub(crate) after: Option<EntryId>,
    pub(crate) most: u32,
}

impl Default for Filter {
    fn default() -> Self {
        Self { number: None, state: None, after: None, most: 100 }
    }
}

impl Filter {
    /// All entries, in the order in which they were put in.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Only those of the business phone number with this id.
    #[must_use]
    pub fn number(mut self, phone_number_id: impl Into<String>) -> Self {
        self.number = Some(phone_number_id.into());
        self
    }

    /// Only those in this state.
    #[must_use]
    pub fn state(mut self, state: State) -> Self {
        self.state = Some(state);
        self
    }

    /// Only those after this one: the last of the page before.
    #[must_use]
    pub fn after(mut self, id: EntryId) -> Self {
        self.after = Some(id);
        self
    }

    /// So many at most. Defaults to 100.
    #[must_use]
    pub fn most(mut self, entries: u32) -> Self {
        self.most = entries;
        self
    }
}

/// The number of entries in each state. `Display` says it in a line.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[non_exhaustive]
pub struct Summary {
    /// The number of entries in each state that any entry is in.
    pub states: BTreeMap<State, u64>,
    /// The time since which the oldest doubt is one, if there is any.
    #[serde(serialize_with = "time_or_null")]
    pub oldest_doubt: Option<SystemTime>,
    /// The number of entries that have been in doubt for more than a day. No status has come for them, and nobody has decided.
    pub old_doubts: u64,
}

impl Summary {
    /// Returns the number of entries in a state.
    #[must_use]
    pub fn of(&self, state: State) -> u64 {
        self.states.get(&state).copied().unwrap_or(0)
    }

    /// Returns the number of all entries.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.states.values().sum()
    }

    /// Returns the number of entries that wait or are under way.
    #[must_use]
    pub fn open(&self) -> u64 {
        [State::Pending, State::Leased, State::Sending]
            .into_iter()
            .map(|state| self.of(state))
            .sum()
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.states.is_empty() {
            return f.write_str("empty");
        }
        for (at, (state, count)) in self.states.iter().enumerate() {
            let before = if at == 0 { "" } else { ", " };
            write!(f, "{before}{count} {state}")?;
            if *state == State::InDoubt && self.old_doubts > 0 {
                write!(f, " ({} for more than a day)", self.old_doubts)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_summary_says_how_many_doubts_wait_for_somebody() {
        let states = [(State::Accepted, 7), (State::InDoubt, 3)].into_iter().collect();
        let mut summary = Summary { states, ..Summary::default() };
        assert_eq!(summary.to_string(), "7 accepted, 3 in doubt");
        summary.old_doubts = 2;
        assert_eq!(summary.to_string(), "7 accepted, 3 in doubt (2 for more than a day)");
    }
}
