//! The store of what was handled, whichever it is.

use super::{BoxError, BoxFuture};
use crate::{Claim, Seen};

/// [`Seen`] without its types.
pub(super) trait Store: Send + Sync {
    fn claim<'s>(&'s self, key: &'s str) -> BoxFuture<'s, Result<Claim, BoxError>>;
    fn done<'s>(&'s self, key: &'s str) -> BoxFuture<'s, Result<(), BoxError>>;
    fn release<'s>(&'s self, key: &'s str) -> BoxFuture<'s, Result<(), BoxError>>;
}

impl<S: Seen> Store for S {
    fn claim<'s>(&'s self, key: &'s str) -> BoxFuture<'s, Result<Claim, BoxError>> {
        Box::pin(async move { Seen::claim(self, key).await.map_err(Into::into) })
    }

    fn done<'s>(&'s self, key: &'s str) -> BoxFuture<'s, Result<(), BoxError>> {
        Box::pin(async move { Seen::done(self, key).await.map_err(Into::into) })
    }

    fn release<'s>(&'s self, key: &'s str) -> BoxFuture<'s, Result<(), BoxError>> {
        Box::pin(async move { Seen::release(self, key).await.map_err(Into::into) })
    }
}
