//! Stopping a batch before all of it is sent.

use std::{
    collections::HashMap,
    fmt,
    future::Future,
    hash::{BuildHasherDefault, Hasher},
    mem,
    pin::pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::Waker,
};

use futures_util::{
    future::{Either, select},
    task::AtomicWaker,
};
use tokio::{
    sync::watch,
    task::{AbortHandle, Id},
};

/// How far the sending is to go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Until {
    AllIsSent,
    RequestsAreFinished,
    Now,
}

/// Ends a [`SendAll`](super::bulk::SendAll) from elsewhere. All clones end the same.
///
/// After either way, take outcomes until there are no more: each message that was taken out of the stream
/// has one.
///
/// ```no_run
/// # use wa_message::{Client, Message};
/// # async fn campaign(client: Client, messages: Vec<(u64, Message)>) {
/// let mut sending = client.send_each(messages);
/// let stop = sending.stop_handle();
/// while let Some(outcome) = sending.next().await {
///     // A token that does not work will not work for the others either.
///     if matches!(outcome.result, Err(wa_message::Error::Refused(error)) if error.code() == 190) {
///         stop.stop();
///     }
/// }
/// println!("{}", sending.summary());
/// # }
/// ```
#[derive(Clone)]
pub struct Stop(Arc<Shared>);

struct Shared {
    until: watch::Sender<Until>,
    /// Who takes messages, and has to look whether it is to go on, and whether there is room.
    taker: AtomicWaker,
    /// The tasks that an abort cuts. They are cut from outside, because to listen for it inside of each would be
    /// a part of the time of a request that one can see.
    tasks: Mutex<ById<AbortHandle>>,
}

impl Stop {
    pub(super) fn new() -> Self {
        Self(Arc::new(Shared {
            until: watch::Sender::new(Until::AllIsSent),
            taker: AtomicWaker::new(),
            tasks: Mutex::default(),
        }))
    }

    /// Takes no more messages, and lets the requests that run come to their end. What waits for its turn
    /// or for another try waits no longer: it is [not sent](crate::Error::NotSent), or the error of its
    /// last try stands.
    pub fn stop(&self) {
        self.end(Until::RequestsAreFinished);
    }

    /// Takes no more messages, and cuts the requests that run. Those are in doubt then: the API may
    /// have accepted them already.
    pub fn abort(&self) {
        self.end(Until::Now);
    }

    /// Whether [`stop`](Self::stop) or [`abort`](Self::abort) was called.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.is_reached(Until::RequestsAreFinished)
    }

    pub(super) fn is_aborted(&self) -> bool {
        self.is_reached(Until::Now)
    }

    fn is_reached(&self, until: Until) -> bool {
        *self.0.until.borrow() >= until
    }

    fn end(&self, until: Until) {
        // An abort is not taken back by a stop.
        let is_sooner = self.0.until.send_if_modified(|current| {
            let is_sooner = until > *current;
            if is_sooner {
                *current = until;
            }
            is_sooner
        });
        if !is_sooner {
            return;
        }
        self.wake_taker();
        if until == Until::Now {
            // Without the lock: what a task drops is code of somebody else.
            let tasks = mem::take(&mut *self.tasks());
            for task in tasks.into_values() {
                task.abort();
            }
        }
    }

    /// Makes this task the one that takes messages.
    pub(super) fn set_taker(&self, taker: &Waker) {
        self.0.taker.register(taker);
    }

    pub(super) fn wake_taker(&self) {
        self.0.taker.wake();
    }

    /// Lets an abort cut a task, until it is [let go](Self::let_go).
    pub(super) fn cuts(&self, task: AbortHandle) {
        let mut tasks = self.tasks();
        // Under the lock, so that an abort either is seen here or finds the task.
        if self.is_aborted() {
            drop(tasks);
            task.abort();
        } else {
            tasks.insert(task.id(), task);
        }
    }

    /// Forgets a task that has come to its end.
    pub(super) fn let_go(&self, task: Id) {
        // Dropped without the lock.
        let _task = self.tasks().remove(&task);
    }

    /// Forgets all tasks.
    pub(super) fn let_all_go(&self) {
        let _tasks = mem::take(&mut *self.tasks());
    }

    fn tasks(&self) -> MutexGuard<'_, ById<AbortHandle>> {
        // A panic elsewhere leaves the handles whole.
        self.0.tasks.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for a future, and gives nothing when all is stopped before it is ready.
    pub(super) async fn unless_stopped<T>(&self, future: impl Future<Output = T>) -> Option<T> {
        let mut until = self.0.until.subscribe();
        let stopped = pin!(until.wait_for(|until| *until >= Until::RequestsAreFinished));
        if self.is_stopped() {
            return None;
        }
        match select(pin!(future), stopped).await {
            Either::Left((done, _)) => Some(done),
            Either::Right(_) => None,
        }
    }
}

impl fmt::Debug for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stop").field("is_stopped", &self.is_stopped()).finish()
    }
}

/// A map by the number of a task.
pub(super) type ById<T> = HashMap<Id, T, BuildHasherDefault<IdHasher>>;

/// Spreads numbers that the runtime gives, one after the other. Nobody outside chooses them, so they need no
/// hash that holds against an attacker, which takes ten times as long.
#[derive(Default)]
pub(super) struct IdHasher(u64);

impl Hasher for IdHasher {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u64(&mut self, number: u64) {
        // An odd number of which half of the bits are set, so that all bits of the product depend on the number.
        self.0 = (self.0.rotate_left(5) ^ number).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}
