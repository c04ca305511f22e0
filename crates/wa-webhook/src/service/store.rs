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
};
use crate::{Claim, Seen};

/// [`Seen`] without its types.
pub(super) trait Store: Send + Sync {
    fn claim<'s>(&'s self, key: &'s str) -> BoxFuture<'s, Result<Claim, BoxError>>;
    fn done<'s>(&'s self, key: &'s str) -> BoxFuture<'s, Result<(), BoxError>>;
    fn release<'s>(&'s self, key: &'s str) -> BoxFuture<'s, Result<(), BoxError>>;
}

impl<S: Seen> Store for S {
    fn claim<'s>(&'s self, key: &'s str) -> BoxFuture<'s, Result<Claim, BoxError>> {
        Box::pin(ask(|| Seen::claim(self, key)))
    }

    fn done<'s>(&'s self, key: &'s str) -> BoxFuture<'s, Result<(), BoxError>> {
        Box::pin(ask(|| Seen::done(self, key)))
    }

    fn release<'s>(&'s self, key: &'s str) -> BoxFuture<'s, Result<(), BoxError>> {
        Box::pin(ask(|| Seen::release(self, key)))
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
