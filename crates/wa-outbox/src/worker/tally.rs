//! The count of what a worker has brought about.

use std::{collections::BTreeMap, fmt};

use crate::State;

/// The number of entries that a worker has brought to each state. `Display` says it in a line.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize)]
pub struct Tally(BTreeMap<State, u64>);

impl Tally {
    /// Returns how often a state was reached. Pending is what was put off.
    #[must_use]
    pub fn of(&self, state: State) -> u64 {
        self.0.get(&state).copied().unwrap_or(0)
    }

    pub(crate) fn count(&mut self, state: State) {
        *self.0.entry(state).or_default() += 1;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return f.write_str("nothing sent");
        }
        for (at, (state, count)) in self.0.iter().enumerate() {
            let before = if at == 0 { "" } else { ", " };
            let state = if *state == State::Pending { "put off" } else { &state.to_string() };
            write!(f, "{before}{count} {state}")?;
        }
        Ok(())
    }
}
