//! A store that waits, so that a request can be dropped there.

use std::{convert::Infallible, future::Future, sync::Arc};

use tokio::task::yield_now;

use crate::{Claim, MemorySeen, Seen};

/// A store that waits before or after each step, or never.
#[derive(Clone)]
pub(super) struct Waiting {
    pub(super) memory: Arc<MemorySeen>,
    before: usize,
    after: usize,
}

impl Waiting {
    pub(super) fn new(before: usize, after: usize) -> Self {
        Self { memory: Arc::new(MemorySeen::new()), before, after }
    }

    async fn slowly<T>(
        &self,
        step: impl Future<Output = Result<T, Infallible>>,
    ) -> Result<T, Infallible> {
        for _ in 0..self.before {
            yield_now().await;
        }
        let done = step.await;
        for _ in 0..self.after {
            yield_now().await;
        }
        done
    }
}

impl Seen for Waiting {
    type Error = Infallible;

    async fn claim(&self, key: &str) -> Result<Claim, Infallible> {
        self.slowly(self.memory.claim(key)).await
    }

    async fn done(&self, key: &str) -> Result<(), Infallible> {
        self.slowly(self.memory.done(key)).await
    }

    async fn release(&self, key: &str) -> Result<(), Infallible> {
        self.slowly(self.memory.release(key)).await
    }
}
