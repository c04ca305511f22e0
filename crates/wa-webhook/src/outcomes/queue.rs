//! Outcomes that are told in their order.

use std::{
    collections::VecDeque,
    sync::{Mutex, MutexGuard, PoisonError},
};

use super::Outcome;

/// Outcomes on their way to the function that they are told to.
///
/// Whoever comes first tells all that is there, and those who come meanwhile leave it to him. So there is one order, nobody
/// waits, and the function may itself say something that leads to an outcome.
pub(super) struct Queue {
    waiting: Mutex<Waiting>,
    tell: Mutex<Box<dyn FnMut(Outcome) + Send>>,
}

#[derive(Default)]
struct Waiting {
    outcomes: VecDeque<Outcome>,
    is_told: bool,
}

impl Queue {
    pub(super) fn new(tell: Box<dyn FnMut(Outcome) + Send>) -> Self {
        Self { waiting: Mutex::default(), tell: Mutex::new(tell) }
    }

    pub(super) fn add(&self, outcomes: impl Iterator<Item = Outcome>) {
        lock(&self.waiting).outcomes.extend(outcomes);
    }

    /// Tells what is there, unless somebody is doing so.
    pub(super) fn tell(&self) {
        let Some(mut outcome) = self.begin() else { return };
        // Whatever the function does, others may tell afterwards.
        let mut turn = Turn { queue: self, is_over: false };
        loop {
            lock(&self.tell)(outcome);
            outcome = match turn.next() {
                Some(next) => next,
                None => return,
            };
        }
    }

    fn begin(&self) -> Option<Outcome> {
        let mut waiting = lock(&self.waiting);
        if waiting.is_told {
            return None;
        }
        let outcome = waiting.outcomes.pop_front()?;
        waiting.is_told = true;
        Some(outcome)
    }
}

/// The turn of whoever tells.
struct Turn<'q> {
    queue: &'q Queue,
    is_over: bool,
}

impl Turn<'_> {
    /// The next outcome. When there is none, the turn is over in the same moment, so that none is left lying.
    fn next(&mut self) -> Option<Outcome> {
        let mut waiting = lock(&self.queue.waiting);
        let next = waiting.outcomes.pop_front();
        self.is_over = next.is_none();
        waiting.is_told = next.is_some();
        next
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        // The function has panicked.
        if !self.is_over {
            lock(&self.queue.waiting).is_told = false;
        }
    }
}

fn lock<T: ?Sized>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
