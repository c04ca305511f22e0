//! The settings of a sandbox, and the state that its connections share.

use std::{
    fmt, io,
    path::PathBuf,
    sync::{Mutex, MutexGuard, PoisonError},
};

use tokio::sync::watch;

use crate::{
    account::Account,
    faults::{Faults, Plan},
    id::Ids,
    kept::Kept,
    ledger::{Ledger, LedgerFile},
    limits::{Gate, Limits},
    received::Received,
};

/// Takes the lines of the log.
pub(crate) type Log = Box<dyn Fn(&str) + Send + Sync>;

/// The settings that a sandbox begins with.
pub(crate) struct Settings {
    pub(crate) port: u16,
    pub(crate) account: Account,
    pub(crate) log: Log,
    pub(crate) faults: Faults,
    pub(crate) limits: Limits,
    pub(crate) ledger_file: Option<PathBuf>,
    pub(crate) ledger_memory: usize,
}

/// The state that the connections share.
pub(crate) struct State {
    pub(crate) account: Account,
    pub(crate) ids: Ids,
    pub(crate) log: Log,
    pub(crate) ledger: Ledger,
    pub(crate) ledger_file: Option<LedgerFile>,
    plan: Mutex<Plan>,
    gate: Mutex<Gate>,
    kept: Mutex<Kept>,
    stop: watch::Sender<bool>,
}

impl State {
    /// Opens the file of the ledger, if there is to be one.
    pub(crate) fn new(settings: Settings) -> io::Result<Self> {
        let open = |path: PathBuf| {
            LedgerFile::open(&path).map_err(|error| failed(&error, "open", path.display()))
        };
        Ok(Self {
            account: settings.account,
            ids: Ids::new(),
            log: settings.log,
            ledger: Ledger::new(settings.ledger_memory),
            ledger_file: settings.ledger_file.map(open).transpose()?,
            plan: Mutex::new(Plan::new(settings.faults)),
            gate: Mutex::new(Gate::new(settings.limits)),
            kept: Mutex::default(),
            stop: watch::Sender::new(false),
        })
    }

    pub(crate) fn keep(&self, received: Received) {
        self.kept().push(received);
    }

    /// Tells the sandbox to stop.
    pub(crate) fn stop(&self) {
        self.stop.send_replace(true);
    }

    /// Waits until the sandbox is told to stop.
    pub(crate) async fn stopped(&self) {
        // The sender is here, so it ends with the word alone.
        let _ = self.stop.subscribe().wait_for(|stop| *stop).await;
    }

    pub(crate) fn plan(&self) -> MutexGuard<'_, Plan> {
        lock(&self.plan)
    }

    pub(crate) fn gate(&self) -> MutexGuard<'_, Gate> {
        lock(&self.gate)
    }

    pub(crate) fn kept(&self) -> MutexGuard<'_, Kept> {
        lock(&self.kept)
    }
}

/// Nothing is half done when a holder of a lock panics.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

pub(crate) fn failed(error: &io::Error, what: &str, name: impl fmt::Display) -> io::Error {
    io::Error::new(error.kind(), format!("cannot {what} {name}: {error}"))
}
