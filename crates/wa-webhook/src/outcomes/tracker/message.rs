//! All that is known of one message.

use std::{collections::HashMap, sync::Arc};

/// How many participants of a group are told apart. A group has fewer.
const PARTICIPANTS: usize = 4096;

/// Somebody in a group that a message went to: by the business-scoped user id, by the number, or by both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct Participant {
    pub(in super::super) user_id: Option<Arc<str>>,
    pub(in super::super) number: Option<Arc<str>>,
}

/// What one status says of a message.
pub(super) struct Raised<R> {
    pub(super) participant: Option<Participant>,
    pub(super) rank: Option<u8>,
    pub(super) report: R,
}

/// A message, and how far it has come.
pub(in super::super) struct Message<R> {
    pub(super) token: Option<Arc<str>>,
    own: Option<State<R>>,
    /// Those of a group, which few messages have.
    participants: Option<Box<Participants<R>>>,
}

struct State<R> {
    rank: u8,
    report: R,
}

struct Participants<R> {
    /// What was known under two names, and turned out to be one, leaves a gap.
    states: Vec<Option<(Participant, State<R>)>>,
    by_user_id: HashMap<Arc<str>, usize>,
    by_number: HashMap<Arc<str>, usize>,
}

impl<R: Clone> Message<R> {
    /// Learns what a status says, and gives back what is new: the state is the highest that has come.
    pub(super) fn raise(&mut self, raised: Raised<R>) -> Option<(Option<Participant>, R)> {
        let Raised { participant, rank, report } = raised;
        let state = State { rank: rank?, report: report.clone() };
        let Some(participant) = participant else {
            let is_higher = self.own.as_ref().is_none_or(|own| own.rank < state.rank);
            return is_higher.then(|| {
                self.own = Some(state);
                (None, report)
            });
        };
        let participants = self.participants.get_or_insert_default();
        participants.raise(&participant, state).then_some((Some(participant), report))
    }

    pub(in super::super) fn token(&self) -> Option<&Arc<str>> {
        self.token.as_ref()
    }

    /// The state of the message, and that of each participant.
    pub(in super::super) fn states(&self) -> impl Iterator<Item = (Option<&Participant>, &R)> {
        let own = self.own.iter().map(|own| (None, &own.report));
        let states = self.participants.iter().flat_map(|participants| &participants.states);
        let participants = states.flatten().map(|(who, state)| (Some(who), &state.report));
        own.chain(participants)
    }
}

impl<R> Participants<R> {
    /// Whether the state is higher than what was known.
    fn raise(&mut self, who: &Participant, state: State<R>) -> bool {
        let by_user_id = who.user_id.as_ref().and_then(|id| self.by_user_id.get(id)).copied();
        let by_number = who.number.as_ref().and_then(|number| self.by_number.get(number)).copied();
        let known = match (by_user_id, by_number) {
            (Some(one), Some(other)) if one != other => self.unite(one, other),
            (one, other) => one.or(other),
        };
        let index = known.unwrap_or(self.states.len());
        if index >= PARTICIPANTS {
            return true;
        }
        for (id, index_of) in
            [(&who.user_id, &mut self.by_user_id), (&who.number, &mut self.by_number)]
        {
            if let Some(id) = id {
                index_of.insert(Arc::clone(id), index);
            }
        }
        let Some(Some((known, old))) = self.states.get_mut(index) else {
            self.states.push(Some((who.clone(), state)));
            return true;
        };
        known.learn(who);
        let is_higher = old.rank < state.rank;
        if is_higher {
            *old = state;
        }
        is_higher
    }

    /// Makes one of two that are the same: the one that has come further stays.
    fn unite(&mut self, one: usize, other: usize) -> Option<usize> {
        let rank = |index: usize| {
            self.states.get(index).and_then(|state| state.as_ref()).map(|(_, state)| state.rank)
        };
        let (higher, lower) = if rank(one) >= rank(other) { (one, other) } else { (other, one) };
        let (gone, _) = self.states.get_mut(lower)?.take()?;
        let (stays, _) = self.states.get_mut(higher)?.as_mut()?;
        stays.learn(&gone);
        if let Some(id) = &stays.user_id {
            self.by_user_id.insert(Arc::clone(id), higher);
        }
        if let Some(number) = &stays.number {
            self.by_number.insert(Arc::clone(number), higher);
        }
        Some(higher)
    }
}

impl Participant {
    pub(in super::super) fn is_known(&self) -> bool {
        self.user_id.is_some() || self.number.is_some()
    }

    fn learn(&mut self, other: &Self) {
        for (mine, theirs) in
            [(&mut self.user_id, &other.user_id), (&mut self.number, &other.number)]
        {
            if mine.is_none() {
                mine.clone_from(theirs);
            }
        }
    }
}

// Derived, they would ask it of the reports too.
impl<R> Default for Message<R> {
    fn default() -> Self {
        Self { token: None, own: None, participants: None }
    }
}

impl<R> Default for Participants<R> {
    fn default() -> Self {
        Self { states: Vec::new(), by_user_id: HashMap::new(), by_number: HashMap::new() }
    }
}
