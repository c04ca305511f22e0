//! Futures that are waited for together, without tasks of their own.

use std::task::{Context, Poll};

use super::{BoxFuture, caught::shielded};

/// How many there are at once. A store on a database has about as many connections, and each time one of them goes on, all
/// are asked.
pub(super) const AT_ONCE: usize = 32;

/// Futures that are under way, each with a number.
pub(super) struct Many<'f, T>(Vec<(usize, BoxFuture<'f, T>)>);

impl<'f, T> Many<'f, T> {
    pub(super) fn new() -> Self {
        Self(Vec::new())
    }

    pub(super) fn push(&mut self, number: usize, future: BoxFuture<'f, T>) {
        self.0.push((number, future));
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Polls each of them, and gives what has come to its end.
    pub(super) fn poll(&mut self, context: &mut Context<'_>, mut ended: impl FnMut(usize, T)) {
        let mut at = 0;
        while let Some((number, future)) = self.0.get_mut(at) {
            match future.as_mut().poll(context) {
                Poll::Pending => at += 1,
                Poll::Ready(value) => {
                    let number = *number;
                    drop(self.0.swap_remove(at));
                    ended(number, value);
                }
            }
        }
    }

    /// Drops all of them. What they hold is somebody else's, and may panic.
    pub(super) fn clear(&mut self) {
        for (_, future) in self.0.drain(..) {
            shielded(|| drop(future));
        }
    }
}
