//! The wish of somebody that the program ends: Ctrl-C, or SIGTERM.

use std::{
    process,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use tokio::sync::Notify;
use wa_sandbox::program::Signals;

use crate::error::{Error, Exit};

/// Tells once somebody wants the program to end. From when on it listens, a signal does not kill the program; a second one
/// does.
#[derive(Debug, Clone)]
pub(crate) struct Stop(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    is_asked: AtomicBool,
    asked: Notify,
}

impl Stop {
    /// Listens from now on.
    pub(crate) fn listen() -> Result<Self, Error> {
        let mut signals = Signals::new()
            .map_err(|error| Error::usage("signals cannot be listened to").because(error))?;
        let stop = Self(Arc::default());
        let inner = Arc::clone(&stop.0);
        tokio::spawn(async move {
            signals.next().await;
            inner.is_asked.store(true, Ordering::SeqCst);
            inner.asked.notify_waiters();
            signals.next().await;
            process::exit(Exit::Interrupted as i32);
        });
        Ok(stop)
    }

    pub(crate) fn is_asked(&self) -> bool {
        self.0.is_asked.load(Ordering::SeqCst)
    }

    /// Waits until somebody asks.
    pub(crate) async fn asked(&self) {
        let asked = self.0.asked.notified();
        if !self.is_asked() {
            asked.await;
        }
    }
}
