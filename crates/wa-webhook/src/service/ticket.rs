//! A ticket for an event of a stream, which the request has that waits for its end, or whoever took it out.

use std::sync::{
    Arc,
    atomic::{AtomicU8, Ordering::AcqRel, Ordering::Acquire},
};

use super::store::{Store, at_once};
use crate::Key;

/// How handling came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    Done,
    Failed,
    /// The time was over.
    Cut,
}

/// A claim, and where it is.
pub(super) type Claimed = (Arc<dyn Store>, Key);

/// The claim of an event that is in a stream.
///
/// As long as its request waits, the request settles it. When the request is gone, whoever has taken the event out does: to give
/// the claim back at once would let somebody handle the event beside them.
pub(super) struct Ticket {
    state: AtomicU8,
    claimed: Option<Claimed>,
}

/// Nobody has taken it out.
const WAITS: u8 = 0;
const TAKEN: u8 = 1;
const DONE: u8 = 2;
/// It was dropped.
const FAILED: u8 = 3;
/// Its request was gone before anybody took it out.
const CANCELLED: u8 = 4;
/// Its request was gone when somebody had taken it out.
const LEFT: u8 = 5;

impl Ticket {
    pub(super) fn new(claimed: Option<Claimed>) -> Self {
        Self { state: AtomicU8::new(WAITS), claimed }
    }

    /// Takes the event out, unless it is too late.
    pub(super) fn take(&self) -> bool {
        self.state.compare_exchange(WAITS, TAKEN, AcqRel, Acquire).is_ok()
    }

    /// Tells the end of an event that was taken out, or of one that nobody takes out any more.
    pub(super) fn end(&self, end: End) {
        let state = if end == End::Done { DONE } else { FAILED };
        if self.state.swap(state, AcqRel) != LEFT {
            return;
        }
        if let Some((store, key)) = &self.claimed {
            // If the store cannot tell at once, the lease ends it.
            let _ = at_once(store.settle(key.clone(), end));
        }
    }

    /// The request waits no longer. Gives the end of the event, or nothing if somebody still has it and settles it.
    pub(super) fn leave(&self) -> Option<End> {
        let gone = |state| match state {
            WAITS => Some(CANCELLED),
            TAKEN => Some(LEFT),
            _ => None,
        };
        match self.state.fetch_update(AcqRel, Acquire, gone) {
            Ok(TAKEN) => None,
            Err(DONE) => Some(End::Done),
            _ => Some(End::Failed),
        }
    }
}
