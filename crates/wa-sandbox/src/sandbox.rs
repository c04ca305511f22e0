//! The sandbox as its users see it.

use std::{
    collections::VecDeque,
    fmt, io,
    net::{Ipv4Addr, SocketAddr},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::{net::TcpListener, task::AbortHandle};

use crate::{
    account::Account, builder::SandboxBuilder, id::Ids, log::Log, received::Received, server,
};

/// How many requests are kept. The oldest go first.
const KEPT_AT_MOST: usize = 10_000;
/// The phone number id to use when any will do.
const ANY_PHONE_NUMBER_ID: &str = "100000000000001";

/// A server that stands in for the Cloud API.
///
/// It serves until it is dropped, and then lets requests that have begun finish.
pub struct Sandbox {
    address: SocketAddr,
    state: Arc<State>,
    server: AbortHandle,
}

/// What the connections share.
pub(crate) struct State {
    pub(crate) account: Account,
    pub(crate) ids: Ids,
    pub(crate) log: Log,
    received: Mutex<VecDeque<Received>>,
}

impl State {
    pub(crate) fn keep(&self, received: Received) {
        let mut all = self.received();
        if all.len() == KEPT_AT_MOST {
            all.pop_front();
        }
        all.push_back(received);
    }

    fn received(&self) -> MutexGuard<'_, VecDeque<Received>> {
        // Nothing is half done when a holder of the lock panics.
        self.received.lock().unwrap_or_else(PoisonError::into_inner)
    }
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

    pub(crate) async fn listen(port: u16, account: Account, log: Log) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let address = listener.local_addr()?;
        let state = Arc::new(State {
            account,
            ids: Ids::new(),
            log,
            received: Mutex::new(VecDeque::new()),
        });
        let server = tokio::spawn(server::serve(listener, Arc::clone(&state))).abort_handle();
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

    /// The requests that were accepted, the oldest first. The newest 10,000 are kept.
    #[must_use]
    pub fn received(&self) -> Vec<Received> {
        self.state.received().iter().cloned().collect()
    }

    /// Forgets the requests that were accepted so far.
    pub fn clear(&self) {
        self.state.received().clear();
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
