//! The sandbox as its users see it.

use std::{fmt, io, net::SocketAddr, sync::Arc, time::Duration};

use tokio::{net::TcpListener, task::JoinHandle, time::Instant};
use wa_webhook::types::Change;

use crate::{
    builder::SandboxBuilder,
    customer::{ActionError, Customer},
    faults::{Fault, Faults},
    generated::customer::Status,
    hooks::{self, Delivery, Update, WebhookFault, WebhookFaults},
    ledger::{Ledger, LedgerFile},
    limits::Limits,
    media::StoredMedia,
    received::Received,
    server,
    state::{Settings, State, failed},
    templates::StoredTemplates,
};

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
    /// The task that posts webhooks.
    posting: Option<JoinHandle<()>>,
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

    async fn listen(settings: Settings) -> io::Result<Self> {
        let address = SocketAddr::new(settings.listen, settings.port);
        let state = Arc::new(State::new(settings).await?);
        let listener = TcpListener::bind(address)
            .await
            .map_err(|error| failed(&error, "listen on", address))?;
        let address = listener.local_addr()?;
        // Nobody else sets it.
        let _ = state.address.set(address);
        let server = tokio::spawn(server::serve(listener, Arc::clone(&state)));
        let posting = state.hooks.clone().map(|hooks| tokio::spawn(hooks::run(hooks)));
        Ok(Self { address, state, server, posting })
    }

    /// The address for `ClientBuilder::base_url`: `http://127.0.0.1:49152`. Where it listens on all addresses, this has the
    /// first of the [names](crate::SandboxBuilder::allow_host) that were given, so that files are found by it too.
    #[must_use]
    pub fn base_url(&self) -> String {
        self.state.base_url()
    }

    /// The access token that is taken.
    #[must_use]
    pub fn token(&self) -> &str {
        &self.state.account.token
    }

    /// A phone number id that is taken.
    #[must_use]
    pub fn phone_number_id(&self) -> &str {
        self.state.phone_number_id()
    }

    /// What was really accepted, also where the answer was lost.
    #[must_use]
    pub fn ledger(&self) -> Ledger {
        self.state.ledger.clone()
    }

    /// From now on, other things go wrong. What is left of the script is forgotten.
    pub fn set_faults(&self, faults: Faults) {
        *self.state.plan() = faults.into_plan();
        #[cfg(feature = "page")]
        self.state.tell_armed();
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
        #[cfg(feature = "page")]
        self.state.tell_armed();
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

    /// Forgets the requests that were accepted so far, in the ledger too, and the webhooks that were posted or are going
    /// to be.
    pub fn clear(&self) {
        self.state.clear();
    }

    /// A customer by phone number or business-scoped user id, who [writes](Customer::says), [taps](Customer::taps) and so
    /// on.
    pub fn customer(&self, address: impl Into<String>) -> Customer {
        Customer::new(Arc::clone(&self.state), address.into())
    }

    /// Tells what became of a message that was accepted, by its id.
    ///
    /// A failure ends the statuses that come by themselves: none is told of the message any more, but for what is being posted
    /// already. After another status they go on, unless [`set_statuses`](Self::set_statuses) or
    /// [`Webhooks::without_statuses`](crate::Webhooks::without_statuses) said that none come.
    ///
    /// ```no_run
    /// use wa_sandbox::{Sandbox, Status};
    ///
    /// # fn example(sandbox: Sandbox) -> Result<(), wa_sandbox::ActionError> {
    /// sandbox.status("wamid.HBgA", Status::Failed(131_026))?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// When no message has this id, there is no address for webhooks, or too much waits to be posted.
    pub fn status(&self, id: impl AsRef<str>, status: Status) -> Result<(), ActionError> {
        self.state.tell_status(id.as_ref(), status)
    }

    /// Tells of anything that a webhook can tell of, in any field: a template that was paused, a call, an error of the
    /// number. It is posted as it is.
    ///
    /// # Errors
    ///
    /// When there is no address for webhooks, or too much waits to be posted.
    pub fn change(&self, change: Change<'_>) -> Result<(), ActionError> {
        self.state.tell(Update::Change(Box::new(change.into_owned())))
    }

    /// The files that were uploaded, or sent by customers, the oldest first.
    #[must_use]
    pub fn media(&self) -> Vec<StoredMedia> {
        self.state.media.all()
    }

    /// The templates of the account, to be read and changed.
    #[must_use]
    pub fn templates(&self) -> StoredTemplates {
        StoredTemplates::new(Arc::clone(&self.state))
    }

    /// Waits until nothing is left to be posted: each webhook was taken, given up or dropped. Without an address for
    /// webhooks, there never is anything.
    pub async fn settled(&self) {
        if let Some(hooks) = &self.state.hooks {
            hooks.settle().await;
        }
    }

    /// The webhooks that were posted or are going to be, the oldest first: the newest 10,000, or as many as fit into 64 MiB.
    #[must_use]
    pub fn deliveries(&self) -> Vec<Delivery> {
        self.state.hooks.as_ref().map(|hooks| hooks.deliveries()).unwrap_or_default()
    }

    /// Returns how many updates were not posted, because too many waited already.
    #[must_use]
    pub fn overflowed(&self) -> u64 {
        self.state.hooks.as_ref().map_or(0, |hooks| hooks.overflowed())
    }

    /// From now on, other things go wrong with webhooks. What is left of the script is forgotten.
    pub fn set_webhook_faults(&self, faults: WebhookFaults) {
        if let Some(hooks) = &self.state.hooks {
            hooks.set_plan(faults.into_plan());
        }
    }

    /// The next deliveries, so many of them, go wrong like this: behind what the script still has, and before chance.
    pub fn fault_webhooks(&self, times: usize, fault: WebhookFault) {
        if let Some(hooks) = &self.state.hooks {
            hooks.fault_next(times, Some(fault));
        }
    }

    /// From now on, messages that are accepted get these statuses by themselves, each so long after the one before.
    pub fn set_statuses(&self, statuses: impl IntoIterator<Item = (Duration, Status)>) {
        if let Some(hooks) = &self.state.hooks {
            hooks.set_statuses(statuses.into_iter().collect());
        }
    }

    /// Takes no more requests, waits until those that have begun are answered, and leaves the file of the
    /// ledger to the disk. A request that gets [no answer](Fault::Stall) is cut off. Webhooks that are being posted may
    /// take 5 seconds more, and those that wait are forgotten.
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
        self.state.stop();
        // It fails if the runtime ends, and then all is over anyway.
        let _ = (&mut self.server).await;
        if let Some(posting) = &mut self.posting {
            let _ = posting.await;
        }
        self.state.ledger_file.as_ref().map_or(Ok(()), LedgerFile::sync)
    }
}

// Here and not beside the other methods, so that the settings know nothing of what is made with them.
impl SandboxBuilder {
    /// Starts the sandbox, at `127.0.0.1` unless [`listen`](Self::listen) says another address.
    ///
    /// # Errors
    ///
    /// When the address cannot be listened on, or needs a password, or the password is short; when the file of the ledger cannot be opened, or one of templates cannot be read.
    ///
    /// # Panics
    ///
    /// Outside of a Tokio runtime, or in one without network.
    pub async fn start(self) -> io::Result<Sandbox> {
        Sandbox::listen(self.into_settings()).await
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        // With this task go the listener and what tells the connections to end.
        self.server.abort();
        // Or else a page that is open, and a request that gets no answer, would keep their connections and all of this.
        self.state.stop();
        if let Some(posting) = &self.posting {
            posting.abort();
        }
    }
}

impl fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sandbox").field("address", &self.address).finish_non_exhaustive()
    }
}
