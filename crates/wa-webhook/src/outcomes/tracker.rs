//! The state machine that joins sends, answers and statuses. It knows no words of the API: a status has a rank, and
//! a report that is passed on.
//!
//! A status may name a message that no answer has named yet. Such a message is a stray: what is known of it is kept,
//! and told when it is joined. It is joined by an answer, or by the token that its statuses carry:
//!
//! - a token has a number of sends in flight, and a number in doubt;
//! - while one is in flight, a stray of the token may be that one, and its answer will tell;
//! - when none is, the strays are those in doubt;
//! - with more strays than that, something was accepted that no sender knows of.
//!
//! What comes of it does not depend on the order in which it is told.

mod message;
mod token;

use std::{sync::Arc, time::Duration};

use tokio::time::Instant;

pub(super) use self::{
    message::{Message as TrackedMessage, Participant},
    token::Token,
};
use self::{
    message::{Message, Raised},
    token::{Proof, Tokens},
};
use crate::bounded::Bounded;

/// The message of a business number, by the ids of both.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Name {
    pub(super) number: Arc<str>,
    pub(super) id: Arc<str>,
}

/// What a status says.
pub(super) struct Told<'t, R> {
    pub(super) number: &'t str,
    pub(super) id: &'t str,
    pub(super) token: Option<&'t str>,
    pub(super) participant: Option<Participant>,
    /// How far the message has come. `None` is no such state.
    pub(super) rank: Option<u8>,
    pub(super) report: R,
}

/// What has become known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Event<R> {
    /// A send was in doubt, and was accepted as this message.
    Resolved { token: Arc<str>, message: Name },
    /// A message has come further than before.
    Reached { token: Option<Arc<str>>, message: Name, participant: Option<Participant>, report: R },
    /// A message was accepted that belongs to no send which is not known to be another one.
    Unaccounted { token: Arc<str>, message: Name },
    /// There were too many sends without an end, and this one is forgotten.
    Forgotten { token: Arc<str> },
}

/// Sends and messages, and what is known of them.
pub(super) struct Tracker<R> {
    /// Messages of which it is known that they were sent.
    messages: Bounded<Name, Message<R>>,
    /// Messages that nothing but statuses has told of.
    strays: Bounded<Name, Message<R>>,
    tokens: Tokens,
}

impl<R: Clone> Tracker<R> {
    pub(super) fn new(most: usize, keep: Duration) -> Self {
        Self {
            messages: Bounded::new(most, keep),
            strays: Bounded::new(most, keep),
            tokens: Tokens::new(most, keep),
        }
    }

    pub(super) fn set_most(&mut self, most: usize) {
        (self.messages.most, self.strays.most) = (most, most);
        self.tokens.set_most(most);
    }

    pub(super) fn set_keep(&mut self, keep: Duration) {
        (self.messages.keep, self.strays.keep) = (keep, keep);
        self.tokens.set_keep(keep);
    }

    /// A message is about to be sent.
    pub(super) fn sending(&mut self, token: &str, now: Instant, events: &mut Vec<Event<R>>) {
        self.change(token, now, events, Token::send);
    }

    /// A send was accepted.
    pub(super) fn answered(
        &mut self,
        name: &Name,
        token: Option<&str>,
        now: Instant,
        events: &mut Vec<Event<R>>,
    ) {
        if self.messages.touch(name, now).is_some() {
            // It was told before, or a status was faster and has ended the doubt.
            return;
        }
        let Some(token) = token else { return self.join(name, None, now, events) };
        let token = Arc::from(token);
        let mut was_in_doubt = false;
        self.tokens.change(&token, now, |token| {
            was_in_doubt = !token.end() && token.in_doubt > 0;
            token.in_doubt -= u32::from(was_in_doubt);
            token.last = Some(name.clone());
        });
        if was_in_doubt {
            events.push(Event::Resolved { token: Arc::clone(&token), message: name.clone() });
        }
        self.join(name, Some(Arc::clone(&token)), now, events);
        self.conclude(&token, now, events);
    }

    /// Nobody knows whether a send was accepted.
    pub(super) fn in_doubt(&mut self, token: &str, now: Instant, events: &mut Vec<Event<R>>) {
        self.change(token, now, events, Token::doubt);
    }

    /// A send was certainly not accepted.
    pub(super) fn not_accepted(&mut self, token: &str, now: Instant, events: &mut Vec<Event<R>>) {
        self.change(token, now, events, |token| {
            token.end();
        });
    }

    /// Somebody has decided to wait no longer. It says whether there was a doubt.
    pub(super) fn give_up(
        &mut self,
        token: &str,
        now: Instant,
        events: &mut Vec<Event<R>>,
    ) -> bool {
        let had_doubt = self.tokens.get(token, now).is_some_and(|token| token.in_doubt > 0);
        if had_doubt {
            self.change(token, now, events, |token| token.in_doubt = 0);
        }
        had_doubt
    }

    /// A status came.
    pub(super) fn told(&mut self, told: Told<'_, R>, now: Instant, events: &mut Vec<Event<R>>) {
        let name = Name { number: told.number.into(), id: told.id.into() };
        let raised = Raised { participant: told.participant, rank: told.rank, report: told.report };
        if let Some(message) = self.messages.touch(&name, now) {
            let token = message.token.clone();
            if let Some((participant, report)) = message.raise(raised) {
                events.push(Event::Reached { token, message: name, participant, report });
            }
            return;
        }
        if self.strays.touch(&name, now).is_none() {
            self.strays.insert(name.clone(), Message::default(), now);
            self.evict_strays(now);
        }
        let Some(stray) = self.strays.get_mut(&name) else { return };
        stray.raise(raised);
        let Some(token) = told.token else { return };
        if stray.token.is_none() {
            stray.token = Some(token.into());
            self.change(token, now, events, |token| token.add_stray(name));
        }
    }

    /// The state of a message that was joined.
    pub(super) fn message(&self, name: &Name, now: Instant) -> Option<&Message<R>> {
        self.messages.get(name, now)
    }

    /// What is known of a token that a sender has told of.
    pub(super) fn token(&self, token: &str, now: Instant) -> Option<&Token> {
        self.tokens.get(token, now)
    }

    /// The tokens of the sends that are in doubt.
    pub(super) fn doubts(&self, now: Instant) -> impl Iterator<Item = &Arc<str>> {
        self.tokens.doubts(now)
    }

    /// Changes what is known of a token, and draws the conclusions.
    fn change(
        &mut self,
        token: &str,
        now: Instant,
        events: &mut Vec<Event<R>>,
        change: impl FnOnce(&mut Token),
    ) {
        let token = Arc::from(token);
        self.tokens.change(&token, now, change);
        self.conclude(&token, now, events);
    }

    /// Joins the strays of a token that its sends in flight do not account for.
    fn conclude(&mut self, token: &Arc<str>, now: Instant, events: &mut Vec<Event<R>>) {
        loop {
            let strays = &self.strays;
            let is_stray = |name: &Name| strays.get(name, now).is_some();
            let Some((message, proof)) = self.tokens.conclude(token, now, is_stray) else { break };
            let (name, by) = (message.clone(), Some(Arc::clone(token)));
            let token = Arc::clone(token);
            match proof {
                Proof::Doubt => events.push(Event::Resolved { token, message }),
                Proof::Nothing => events.push(Event::Unaccounted { token, message }),
                Proof::Memory => {}
            }
            self.make_sent(&name, by, now, events);
        }
        while let Some((token, evicted)) = self.tokens.evict(now) {
            if evicted.in_flight > 0 || evicted.in_doubt > 0 {
                events.push(Event::Forgotten { token });
            }
            // Should the token come again, they count again.
            for name in evicted.strays() {
                if let Some(stray) = self.strays.get_mut(name) {
                    stray.token = None;
                }
            }
        }
    }

    /// Makes a message one that was sent, and tells what its statuses have told before.
    fn join(
        &mut self,
        name: &Name,
        token: Option<Arc<str>>,
        now: Instant,
        events: &mut Vec<Event<R>>,
    ) {
        let strayed_under = self.strays.get(name, now).and_then(|stray| stray.token.clone());
        if let Some(token) = strayed_under {
            self.tokens.lose_stray(&token);
        }
        self.make_sent(name, token, now, events);
    }

    fn make_sent(
        &mut self,
        name: &Name,
        token: Option<Arc<str>>,
        now: Instant,
        events: &mut Vec<Event<R>>,
    ) {
        let mut message = self.strays.remove(name).unwrap_or_default();
        for (participant, report) in message.states() {
            let (token, participant) = (token.clone(), participant.cloned());
            let (message, report) = (name.clone(), report.clone());
            events.push(Event::Reached { token, message, participant, report });
        }
        message.token = token;
        self.messages.insert(name.clone(), message, now);
        for _ in 0..2 {
            if let Some((_, message)) = self.messages.evict(now)
                && let Some(token) = message.token
            {
                self.tokens.forget_message(&token);
            }
        }
    }

    fn evict_strays(&mut self, now: Instant) {
        for _ in 0..2 {
            if let Some((_, stray)) = self.strays.evict(now)
                && let Some(token) = stray.token
            {
                self.tokens.lose_stray(&token);
            }
        }
    }
}

#[cfg(test)]
mod tests;
