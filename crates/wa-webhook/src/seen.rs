//! Deliveries that are known already.

mod memory;

use std::{error::Error, future::Future, sync::Arc};

pub use self::memory::MemorySeen;

/// Remembers which events were handled, so that none is handled twice.
///
/// The API delivers an event again when it was not answered with 200 in time, and now and then twice within a second.
/// An event is known by its key. Before it is handled it is claimed, and afterwards it is done, or released if
/// handling it failed.
///
/// [`MemorySeen`] is enough for one process that may forget when it ends. For more, implement this over your own
/// database. Three rules make it right:
///
/// - **A claim is atomic.** Of any number of calls at the same time, one gets [`Claim::New`]. In SQL that is one
///   statement: an `insert` whose `on conflict` does nothing unless the lease has ended.
/// - **A claim has a lease.** If neither `done` nor `release` comes, because the process ended, the event may be claimed
///   again after it. The lease is longer than handling takes.
/// - **What is done stays so** for a week and an hour at least: the API is known to deliver again for up to 7 days.
///
/// A claim has no owner, and needs none: the service tells of each of its claims once, with `done` or `release`, so that it
/// never gives back what somebody else has claimed since. That holds as long as the lease is longer than its
/// [time limit](crate::WebhookBuilder::within). It asks for up to 32 claims of a request at once.
///
/// ```
/// use std::{collections::BTreeMap, convert::Infallible, sync::Mutex};
/// use wa_message::webhook::{Claim, Seen};
///
/// /// Remembers everything, and is done with nothing until somebody says so.
/// #[derive(Default)]
/// struct Table(Mutex<BTreeMap<String, bool>>);
///
/// impl Seen for Table {
///     type Error = Infallible;
///
///     async fn claim(&self, key: &str) -> Result<Claim, Infallible> {
///         let mut table = self.0.lock().unwrap();
///         Ok(match table.get(key) {
///             Some(true) => Claim::Done,
///             Some(false) => Claim::InFlight,
///             None => {
///                 table.insert(key.to_owned(), false);
///                 Claim::New
///             }
///         })
///     }
///
///     async fn done(&self, key: &str) -> Result<(), Infallible> {
///         self.0.lock().unwrap().insert(key.to_owned(), true);
///         Ok(())
///     }
///
///     async fn release(&self, key: &str) -> Result<(), Infallible> {
///         self.0.lock().unwrap().remove(key);
///         Ok(())
///     }
/// }
/// ```
pub trait Seen: Send + Sync {
    /// Why the store cannot tell or keep it. The request is answered with 500 then, and comes again.
    type Error: Error + Send + Sync + 'static;

    /// Claims the event with this key for whoever calls.
    fn claim(&self, key: &str) -> impl Future<Output = Result<Claim, Self::Error>> + Send;

    /// Says that a claimed event was handled.
    fn done(&self, key: &str) -> impl Future<Output = Result<(), Self::Error>> + Send;

    /// Says that a claimed event was not handled, so that it can be claimed again at once.
    ///
    /// When a caller hangs up, the service cannot wait for it: the future is polled once and dropped, and not made again. A store
    /// that has to wait can give the key to a task of its own before; if it does not, the lease ends the claim.
    fn release(&self, key: &str) -> impl Future<Output = Result<(), Self::Error>> + Send;
}

/// What is known of an event when it is claimed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Claim {
    /// Nothing, or it was released, or its lease has ended. It is the caller's now.
    New,
    /// It was handled.
    Done,
    /// Somebody else has claimed it and is not done yet.
    InFlight,
}

impl<S: Seen + ?Sized> Seen for Arc<S> {
    type Error = S::Error;

    fn claim(&self, key: &str) -> impl Future<Output = Result<Claim, Self::Error>> + Send {
        S::claim(self, key)
    }

    fn done(&self, key: &str) -> impl Future<Output = Result<(), Self::Error>> + Send {
        S::done(self, key)
    }

    fn release(&self, key: &str) -> impl Future<Output = Result<(), Self::Error>> + Send {
        S::release(self, key)
    }
}
