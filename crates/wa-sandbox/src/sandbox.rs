//! The sandbox as its users see it.

use std::{
    fmt, io,
    net::{Ipv4Addr, SocketAddr},
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::{net::TcpListener, sync::watch, task::JoinHandle, time::Instant};

use crate::{
    account::Account,
    builder::SandboxBuilder,
    faults::{Fault, Faults, Plan},
    id::Ids,
    kept::Kept,
    ledger::{Ledger, LedgerFile},
    limits::{Gate, Limits},
    log::Log,
    received::Received,
    server,
};

/// The phone number id to use when any will do.
const ANY_PHONE_NUMBER_ID: &str = "100000000000001";

/// A server that stands in for the Cloud API.
///
/// It serves until it is dropped, and then lets requests that have begun finish.
/// [`shutdown`](Self::shutdown) waits for them.
///
/// It takes 512 connections at once, heads of 16 KiB and bodies of 1 MiB, and ends a connection that sends
/// no whole head or body within 30 seconds, or does not read its answer for as long.
pub struct Sandbox {
    address: SocketAddr,
    state: Arc<State>,
    server: JoinHandle<()>,
}

/// What the connections share.
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
    pub(crate) fn keep(&self, received: Received) {
        self.kept().push(received);
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

    fn kept(&self) -> MutexGuard<'_, Kept> {
        lock(&self.kept)
    }
}

/// Nothing is half done when a holder of a lock panics.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn named(error: &io::Error, what: &str, name: impl fmt::Display) -> io::Error {
    io::Error::new(error.kind(), format!("cannot {what} {name}: {error}"))
}

/// What a sandbox begins with.
pub(crate) struct Settings {
    pub(crate) port: u16,
    pub(crate) account: Account,
    pub(crate) log: Log,
    pub(crate) faults: Faults,
    pub(crate) limits: Limits,
    pub(crate) ledger_file: Option<PathBuf>,
    pub(crate) ledger_memory: usize,
}

impl Sandbox {
    /// Starts a sandbox with the usual settings, at a free port of `127.0.0.1`.
    ///
    /// # Errors
    ///
    /// When no port can be listened on.
    ///
    /// # Panics
    ///
    /// Outside of a Tokio runtime, or in one without network.
    pub async fn start() -> io::Result<Self> {
        Self::builder().start().await
    }

    /// A sandbox with settings of your own.
    pub fn builder() -> SandboxBuilder {
        SandboxBuilder::new()
    }

    pub(crate) async fn listen(settings: Settings) -> io::Result<Self> {
        let ledger_file = settings
            .ledger_file
            .map(|path| {
                LedgerFile::open(&path).map_err(|error| named(&error, "open", path.display()))
            })
            .transpose()?;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, settings.port))
            .await
            .map_err(|error| named(&error, "listen on port", settings.port))?;
        let address = listener.local_addr()?;
        let state = Arc::new(State {
            account: settings.account,
            ids: Ids::new(),
            log: settings.log,
            ledger: Ledger::new(settings.ledger_memory),
            ledger_file,
            plan: Mutex::new(Plan::new(settings.faults)),
            gate: Mutex::new(Gate::new(settings.limits)),
            kept: Mutex::default(),
            stop: watch::Sender::new(false),
        });
        let server = tokio::spawn(server::serve(listener, Arc::clone(&state)));
        Ok(Self { address, state, server })
    }

    /// The address for `ClientBuilder::base_url`: `http://127.0.0.1:49152`.
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The access token that is taken.
    #[must_use]
    pub fn token(&self) -> &str {
        &self.state.account.token
    }

    /// A phone number id that is taken.
    #[must_use]
    pub fn phone_number_id(&self) -> &str {
        self.state.account.phone_number_id.as_deref().unwrap_or(ANY_PHONE_NUMBER_ID)
    }

    /// What was really accepted, also where the answer was lost.
    #[must_use]
    pub fn ledger(&self) -> Ledger {
        self.state.ledger.clone()
    }

    /// From now on, other things go wrong. What is left of the script is forgotten.
    pub fn set_faults(&self, faults: Faults) {
        *self.state.plan() = Plan::new(faults);
    }

    /// The next requests, so many of them, go wrong like this: behind what the script still has, and
    /// before chance.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> std::io::Result<()> {
    /// use wa_sandbox::{Fault, Sandbox};
    ///
    /// let sandbox = Sandbox::start().await?;
    /// sandbox.fail_next(1, Fault::Code(131_016));
    /// # Ok(())
    /// # }
    /// ```
    pub fn fail_next(&self, times: usize, fault: Fault) {
        self.state.plan().then(times, Some(fault));
    }

    /// From now on, other limits hold. What was sent so far still counts.
    pub fn set_limits(&self, limits: Limits) {
        self.state.gate().set(limits);
    }

    /// Somebody wrote to the business just now. So the window of 24 hours is open, if there
    /// [is one](Limits::customer_service_window).
    pub fn customer_wrote(&self, customer: &str) {
        self.state.gate().customer_wrote(customer, Instant::now());
    }

    /// The requests that were accepted, the oldest first. The newest 10,000 are kept, or as many as fit into
    /// 64 MiB of memory; the [ledger](Self::ledger) has them all.
    #[must_use]
    pub fn received(&self) -> Vec<Received> {
        self.state.kept().all()
    }

    /// Forgets the requests that were accepted so far, in the ledger too.
    pub fn clear(&self) {
        self.state.ledger.clear();
        self.state.kept().clear();
    }

    /// Takes no more requests, waits until those that have begun are answered, and leaves the file of the
    /// ledger to the disk. A request that gets [no answer](Fault::Stall) is cut off.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> std::io::Result<()> {
    /// use wa_sandbox::Sandbox;
    ///
    /// let sandbox = Sandbox::start().await?;
    /// let ledger = sandbox.ledger();
    /// sandbox.shutdown().await?;
    /// assert!(ledger.is_empty());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// When the system cannot tell that the file is on the disk.
    pub async fn shutdown(mut self) -> io::Result<()> {
        self.state.stop.send_replace(true);
        // It fails if the runtime ends, and then all is over anyway.
        let _ = (&mut self.server).await;
        self.state.ledger_file.as_ref().map_or(Ok(()), LedgerFile::sync)
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        // With this task go the listener and what tells the connections to end.
        self.server.abort();
    }
}

impl fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sandbox").field("address", &self.address).finish_non_exhaustive()
    }
}
