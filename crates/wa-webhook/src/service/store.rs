//! The store of what was handled, whichever it is.

use std::{
    future::Future,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::pin,
};

use super::{BoxError, BoxFuture, caught::caught};
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
