//! What is under way for a request, in case it is dropped.

use std::sync::Arc;

use super::{
    Report,
    builder::Settings,
    store::at_once,
    ticket::{End, Ticket},
};
use crate::Key;

/// What a request waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// Nothing.
    Idle,
    /// The store is asked for a claim, and nobody knows whether it has given it yet.
    Claiming,
    /// A handler is at work.
    Working,
    /// The store is told how it ended.
    Settling(End),
}

/// The claims that a request has, and what it waits for. Where it is dropped meanwhile, because its caller hung up, they are given
/// back and it is reported.
///
/// Nothing can wait there, and a task may have no runtime to run in any more. So the store is asked once.
pub(super) struct Underway<'s, K>
where
    for<'k> &'k K: IntoIterator<Item = &'k Key>,
{
    settings: &'s Settings,
    /// The claims.
    pub(super) keys: K,
    pub(super) stage: Stage,
    /// The kind of event.
    pub(super) event: &'static str,
    /// If it is in a stream.
    pub(super) ticket: Option<Arc<Ticket>>,
}

impl<'s, K> Underway<'s, K>
where
    for<'k> &'k K: IntoIterator<Item = &'k Key>,
{
    pub(super) fn new(settings: &'s Settings, keys: K) -> Self {
        Self { settings, keys, stage: Stage::Idle, event: "all", ticket: None }
    }

    /// Gives claims back, or says that they were handled. Returns true if some stay.
    fn settle(&self, end: End) -> bool {
        let Some(store) = &self.settings.seen else { return false };
        let mut stays = false;
        for key in &self.keys {
            let key = key.as_str();
            let told = at_once(if end == End::Done { store.done(key) } else { store.release(key) });
            stays |= !matches!(told, Some(Ok(())));
            if let Some(Err(error)) = told {
                self.settings.report(&Report::Seen(error));
            }
        }
        stays
    }
}

impl<K> Drop for Underway<'_, K>
where
    for<'k> &'k K: IntoIterator<Item = &'k Key>,
{
    fn drop(&mut self) {
        let left = self.ticket.as_ref().map(|ticket| ticket.leave());
        let is_claimed = match (self.stage, left) {
            (Stage::Idle, _) => return,
            (Stage::Claiming, _) => {
                self.settle(End::Failed);
                self.settings.seen.is_some()
            }
            // Whoever has it out of the stream settles it.
            (Stage::Working, Some(None)) => self.settings.seen.is_some(),
            (Stage::Working, None) => self.settle(End::Failed),
            (Stage::Working, Some(Some(end))) | (Stage::Settling(end), _) => self.settle(end),
        };
        self.settings.report(&Report::HungUp { event: self.event, is_claimed });
    }
}
