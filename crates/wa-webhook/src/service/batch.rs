//! The events of a request, some at a time.

use std::collections::HashSet;

use super::{builder::Settings, many::AT_ONCE, noticed::Noticed, underway::Underway};
use crate::{Event, Events, Key};

/// An event that is claimed first, if it has a key. In a box, because it is handed on several times.
pub(super) struct Claimable<'e> {
    pub(super) event: Box<Event<'e>>,
    pub(super) has_key: bool,
}

/// The events that somebody handles, some at a time. One that stands twice in a request is one.
///
/// In a box, as whatever is large and waits: the future of a request is as large as all that it may hold.
pub(super) struct Batches<'s, 'e>(Box<Inner<'s, 'e>>);

struct Inner<'s, 'e> {
    settings: &'s Settings,
    events: Events<'e>,
    noticed: Noticed<'s>,
    /// The next one, if somebody has looked.
    next: Option<Box<Event<'e>>>,
    keys: HashSet<Key>,
}

impl<'s, 'e> Batches<'s, 'e> {
    pub(super) fn new(settings: &'s Settings, events: Events<'e>) -> Self {
        let (noticed, next, keys) = (Noticed::new(settings), None, HashSet::new());
        Self(Box::new(Inner { settings, events, noticed, next, keys }))
    }

    pub(super) fn is_empty(&mut self) -> bool {
        self.0.is_empty()
    }

    /// The next ones, which are being claimed.
    pub(super) fn next(&mut self, underway: &mut Underway<'_>) -> Option<Vec<Claimable<'e>>> {
        let inner = &mut *self.0;
        // Most requests have one event.
        let mut batch = Vec::with_capacity(1);
        // Without a store nothing is waited for together.
        let is_each_alone = inner.settings.seen.is_none() && inner.settings.hand_over.is_none();
        let most = if is_each_alone { 1 } else { AT_ONCE };
        while batch.len() < most
            && let Some(event) = inner.next()
        {
            let key = inner.settings.seen.as_ref().and_then(|_| event.key());
            let has_key = key.is_some();
            if let Some(key) = key {
                // Most requests have one event, whose key need not be kept.
                let is_alone = inner.keys.is_empty() && inner.is_empty();
                let is_twin = !is_alone && !inner.keys.insert(key.clone());
                if is_twin || inner.settings.remembers(&key) {
                    continue;
                }
                underway.ask(batch.len(), key);
            }
            batch.push(Claimable { event, has_key });
        }
        (!batch.is_empty()).then_some(batch)
    }
}

impl<'e> Inner<'_, 'e> {
    fn is_empty(&mut self) -> bool {
        if self.next.is_none() {
            self.next = self.next();
        }
        self.next.is_none()
    }

    /// The next event that somebody handles. All of them are told of.
    fn next(&mut self) -> Option<Box<Event<'e>>> {
        if let Some(next) = self.next.take() {
            return Some(next);
        }
        loop {
            let event = Box::new(self.events.next()?);
            let is_read = self.noticed.notice(&event);
            let is_wanted = match self.settings.hand_over {
                // What is none that can be read takes much more memory here than in the body.
                Some(_) => is_read,
                None => self.settings.handlers_of(&event).handles(&event.what),
            };
            if is_wanted {
                return Some(event);
            }
        }
    }
}
