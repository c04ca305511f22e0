//! The store of what was handled, whichever it is.

use std::{
    future::Future,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::pin,
    task::{Context, Poll, Waker},
};

use super::{
    BoxError, BoxFuture,
    caught::{caught, shielded},
    ticket::End,
};
use crate::{Claim, Key, Seen};

/// [`Seen`] without its types. Keys are given away, so that what is asked depends on nobody.
pub(super) trait Store: Send + Sync {
    /// Gives the key back with the answer.
    fn claim(&self, key: Key) -> BoxFuture<'_, (Key, Result<Claim, BoxError>)>;
    /// Says that a claimed event was handled, or gives it back. Gives the key back if it was handled, and the store knows it.
    fn settle(&self, key: Key, end: End) -> BoxFuture<'_, Result<Option<Key>, BoxError>>;
}

impl<S: Seen> Store for S {
    fn claim(&self, key: Key) -> BoxFuture<'_, (Key, Result<Claim, BoxError>)> {
        Box::pin(async move {
            let claim = ask(|| Seen::claim(self, key.as_str())).await;
            (key, claim)
        })
    }

    fn settle(&self, key: Key, end: End) -> BoxFuture<'_, Result<Option<Key>, BoxError>> {
        Box::pin(async move {
            if end == End::Done {
                return ask(|| Seen::done(self, key.as_str())).await.map(|()| Some(key));
            }
            ask(|| Seen::release(self, key.as_str())).await.map(|()| None)
        })
    }
}

/// Asks a store. That it panics is an error of it.
async fn ask<T, E, F>(ask: impl FnOnce() -> F) -> Result<T, BoxError>
where
    E: Into<BoxError>,
    F: Future<Output = Result<T, E>>,
{
    let panicked = || BoxError::from("the store panicked");
    let answer = catch_unwind(AssertUnwindSafe(ask)).map_err(|_| panicked())?;
    caught(pin!(answer)).await.ok_or_else(panicked)?.map_err(Into::into)
}

/// Asks a store where nobody can wait for it, and gives nothing if it does not answer at once. What it does before it waits
/// is done.
pub(super) fn at_once<T>(
    mut answer: BoxFuture<'_, Result<T, BoxError>>,
) -> Option<Result<T, BoxError>> {
    let poll = answer.as_mut().poll(&mut Context::from_waker(Waker::noop()));
    // What it holds where it is cut is somebody else's, and may panic.
    shielded(|| drop(answer));
    match poll {
        Poll::Ready(answer) => Some(answer),
        Poll::Pending => None,
    }
}
