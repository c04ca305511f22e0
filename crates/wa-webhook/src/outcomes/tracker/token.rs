//! All that is known of the sends under one token.

use std::{collections::VecDeque, sync::Arc, time::Duration};

use tokio::time::Instant;

use super::Name;
use crate::bounded::Bounded;

/// How many strays may be out of date beyond those that are not, before they are taken out.
const SLACK: usize = 16;

/// The sends under one token. Mostly it is one.
#[derive(Debug, Default)]
pub(in super::super) struct Token {
    pub(in super::super) in_flight: u32,
    pub(in super::super) in_doubt: u32,
    /// The message that was joined last.
    pub(in super::super) last: Option<Name>,
    /// Whether it is known how many sends there are.
    is_counted: bool,
    /// Whether a message of it was forgotten, which may come as a stray once more.
    has_forgotten: bool,
    /// The strays that carry it, and some that are none any more.
    strays: VecDeque<Name>,
    /// How many of them are strays.
    straying: usize,
}

/// What a stray is a proof of.
pub(super) enum Proof {
    /// A send in doubt was accepted.
    Doubt,
    /// A message was accepted beside all that is known.
    Nothing,
    /// A message came again that was forgotten.
    Memory,
}

impl Token {
    /// Whether it is known how many sends there are.
    pub(in super::super) fn is_counted(&self) -> bool {
        self.is_counted
    }

    pub(super) fn send(&mut self) {
        self.is_counted = true;
        self.in_flight = self.in_flight.saturating_add(1);
    }

    /// One of the sends has an end. It says whether one was in flight.
    pub(super) fn end(&mut self) -> bool {
        let was_in_flight = self.in_flight > 0;
        self.in_flight = self.in_flight.saturating_sub(1);
        was_in_flight
    }

    /// One of the sends is in doubt. Without one in flight, this was said before, or it is a send of which nothing
    /// else was said: that of a process that has ended.
    pub(super) fn doubt(&mut self) {
        if self.end() {
            self.in_doubt = self.in_doubt.saturating_add(1);
        } else if !self.is_counted {
            self.is_counted = true;
            self.in_doubt = 1;
        }
    }

    pub(super) fn add_stray(&mut self, name: Name) {
        self.strays.push_back(name);
        self.straying += 1;
    }

    /// The strays that carry it, and some that are none any more.
    pub(super) fn strays(&self) -> impl Iterator<Item = &Name> {
        self.strays.iter()
    }

    /// Takes a stray, if it cannot be that of a send in flight.
    fn conclude(&mut self, is_stray: impl Fn(&Name) -> bool) -> Option<(Name, Proof)> {
        if self.strays.len() > 2 * self.straying + SLACK {
            self.strays.retain(&is_stray);
        }
        let proof = match self {
            Self { in_flight: 1.., .. } | Self { straying: 0, .. } => return None,
            Self { in_doubt: 1.., .. } => Proof::Doubt,
            Self { has_forgotten: true, .. } => Proof::Memory,
            Self { is_counted: true, .. } => Proof::Nothing,
            _ => return None,
        };
        while let Some(name) = self.strays.pop_front() {
            if is_stray(&name) {
                self.straying -= 1;
                self.in_doubt = self.in_doubt.saturating_sub(1);
                self.last = Some(name.clone());
                return Some((name, proof));
            }
        }
        // All of them have gone.
        self.straying = 0;
        None
    }

    fn place(&self) -> Place {
        if self.in_flight > 0 || self.in_doubt > 0 {
            Place::Open
        } else if self.is_counted || self.last.is_some() {
            Place::Ended
        } else {
            Place::Strange
        }
    }
}

/// Where a token is kept. They are bounded each by itself, so that none goes for one that matters less.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Something is in flight or in doubt. It does not go with time: only a status or a person ends a doubt.
    Open,
    /// All that was sent has an end. It is kept to see whether more was accepted.
    Ended,
    /// Nothing but statuses has told of it.
    Strange,
}

/// All tokens.
pub(super) struct Tokens {
    open: Bounded<Arc<str>, Token>,
    ended: Bounded<Arc<str>, Token>,
    strange: Bounded<Arc<str>, Token>,
}

impl Tokens {
    pub(super) fn new(most: usize, keep: Duration) -> Self {
        Self {
            open: Bounded::new(most, Duration::MAX),
            ended: Bounded::new(most, keep),
            strange: Bounded::new(most, keep),
        }
    }

    pub(super) fn set_most(&mut self, most: usize) {
        (self.open.most, self.ended.most, self.strange.most) = (most, most, most);
    }

    pub(super) fn set_keep(&mut self, keep: Duration) {
        (self.ended.keep, self.strange.keep) = (keep, keep);
    }

    pub(super) fn get(&self, token: &str, now: Instant) -> Option<&Token> {
        self.open
            .get(token, now)
            .or_else(|| self.ended.get(token, now))
            .or_else(|| self.strange.get(token, now))
    }

    pub(super) fn doubts(&self, now: Instant) -> impl Iterator<Item = &Arc<str>> {
        self.open.iter(now).filter(|(_, token)| token.in_doubt > 0).map(|(name, _)| name)
    }

    /// Changes a token, which is made if there is none.
    pub(super) fn change(
        &mut self,
        name: &Arc<str>,
        now: Instant,
        change: impl FnOnce(&mut Token),
    ) {
        let known = [Place::Open, Place::Ended, Place::Strange]
            .into_iter()
            .find_map(|place| self.at(place).remove(&**name));
        let mut token = known.unwrap_or_default();
        change(&mut token);
        let place = token.place();
        self.at(place).insert(Arc::clone(name), token, now);
    }

    /// Takes out a token for which there is no room. It is to be called after each change, until there is nothing.
    pub(super) fn evict(&mut self, now: Instant) -> Option<(Arc<str>, Token)> {
        let Self { open, ended, strange } = self;
        [open, ended, strange].into_iter().find_map(|tokens| tokens.evict(now))
    }

    /// What the strays of a token prove, one after another.
    pub(super) fn conclude(
        &mut self,
        name: &Arc<str>,
        now: Instant,
        is_stray: impl Fn(&Name) -> bool,
    ) -> Option<(Name, Proof)> {
        let proof = self.get_mut(name)?.conclude(is_stray)?;
        // It may have no doubt any more, and so another place.
        self.change(name, now, |_| ());
        Some(proof)
    }

    /// A stray of a token is none any more.
    pub(super) fn lose_stray(&mut self, token: &Arc<str>) {
        if let Some(token) = self.get_mut(token) {
            token.straying = token.straying.saturating_sub(1);
        }
    }

    /// A message of a token is forgotten.
    pub(super) fn forget_message(&mut self, token: &Arc<str>) {
        if let Some(token) = self.get_mut(token) {
            token.has_forgotten = true;
        }
    }

    /// How many there are in each place.
    #[cfg(test)]
    pub(super) fn len(&self) -> [usize; 3] {
        [self.open.len(), self.ended.len(), self.strange.len()]
    }

    #[cfg(test)]
    pub(super) fn steps(&self) -> u64 {
        self.open.steps + self.ended.steps + self.strange.steps
    }

    fn get_mut(&mut self, token: &str) -> Option<&mut Token> {
        let Self { open, ended, strange } = self;
        [open, ended, strange].into_iter().find_map(|tokens| tokens.get_mut(token))
    }

    fn at(&mut self, place: Place) -> &mut Bounded<Arc<str>, Token> {
        match place {
            Place::Open => &mut self.open,
            Place::Ended => &mut self.ended,
            Place::Strange => &mut self.strange,
        }
    }
}
