//! The settings of a sandbox, and the state that its connections share.

use std::{
    fmt, io,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError},
    time::Duration,
};

use tokio::sync::{Notify, watch};

use crate::{
    account::Account,
    control::Guard,
    customer::{ActionError, Reason},
    faults::{Fault, Faults, Plan},
    generated::customer::Status,
    hooks::{Hooks, Update, Webhooks},
    id::Ids,
    kept::Kept,
    ledger::{Ledger, LedgerFile},
    limits::{Gate, Limits},
    log,
    media::MediaStore,
    received::Received,
    templates::{self, Source, TemplateStore},
};

/// Takes the lines of the log.
pub(crate) type Log = Arc<dyn Fn(&str) + Send + Sync>;

/// The phone number id to use when any will do.
const ANY_PHONE_NUMBER_ID: &str = "100000000000001";

/// The settings that a sandbox begins with.
pub(crate) struct Settings {
    pub(crate) listen: IpAddr,
    pub(crate) port: u16,
    pub(crate) password: Option<String>,
    pub(crate) account: Account,
    pub(crate) log: Log,
    pub(crate) faults: Faults,
    pub(crate) limits: Limits,
    pub(crate) ledger_file: Option<PathBuf>,
    pub(crate) ledger_memory: usize,
    pub(crate) webhooks: Option<Webhooks>,
    pub(crate) hosts: Vec<String>,
    pub(crate) media_memory: usize,
    pub(crate) addresses_live: Duration,
    pub(crate) templates: Vec<Source>,
    pub(crate) approve_after: Option<Duration>,
}

/// The state that the connections share.
pub(crate) struct State {
    pub(crate) account: Account,
    pub(crate) ids: Ids,
    pub(crate) log: Log,
    pub(crate) ledger: Ledger,
    pub(crate) ledger_file: Option<LedgerFile>,
    pub(crate) hooks: Option<Arc<Hooks>>,
    pub(crate) media: MediaStore,
    pub(crate) templates: TemplateStore,
    /// Where it listens, once it does.
    pub(crate) address: OnceLock<SocketAddr>,
    /// Who may call the control.
    pub(crate) guard: Guard,
    plan: Mutex<Plan<Fault>>,
    gate: Mutex<Gate>,
    kept: Mutex<Kept>,
    /// What happened, for the page.
    #[cfg(feature = "page")]
    pub(crate) journal: Arc<crate::page::Journal>,
    /// A request was accepted.
    pub(crate) news: Notify,
    stop: watch::Sender<bool>,
}

impl State {
    /// Opens the file of the ledger, if there is to be one.
    pub(crate) async fn new(settings: Settings) -> io::Result<Self> {
        let guard = Guard::new(settings.listen, settings.hosts, settings.password.as_deref())?;
        #[cfg(feature = "page")]
        let journal = Arc::<crate::page::Journal>::default();
        let hooks = match settings.webhooks {
            Some(webhooks) => {
                let hooks = Hooks::new(webhooks, Arc::clone(&settings.log)).await?;
                #[cfg(feature = "page")]
                let hooks = hooks.with_journal(Arc::clone(&journal));
                Some(Arc::new(hooks))
            }
            None => None,
        };
        let templates = templates::load(&settings.templates)?;
        let templates = TemplateStore::new(templates, settings.approve_after);
        for warning in templates.warnings() {
            (settings.log)(&log::one_line(&warning));
        }
        let open = |path: PathBuf| {
            LedgerFile::open(&path).map_err(|error| failed(&error, "open", path.display()))
        };
        Ok(Self {
            account: settings.account,
            ids: Ids::new(),
            log: settings.log,
            ledger: Ledger::new(settings.ledger_memory),
            ledger_file: settings.ledger_file.map(open).transpose()?,
            hooks,
            media: MediaStore::new(settings.media_memory, settings.addresses_live),
            templates,
            address: OnceLock::new(),
            guard,
            plan: Mutex::new(settings.faults.into_plan()),
            gate: Mutex::new(Gate::new(settings.limits)),
            kept: Mutex::default(),
            #[cfg(feature = "page")]
            journal,
            news: Notify::new(),
            stop: watch::Sender::new(false),
        })
    }

    /// A phone number id that is taken.
    pub(crate) fn phone_number_id(&self) -> &str {
        self.account.phone_number_id.as_deref().unwrap_or(ANY_PHONE_NUMBER_ID)
    }

    pub(crate) fn keep(&self, received: Received) {
        self.kept().push(received);
        self.news.notify_waiters();
    }

    /// The address that it is called by.
    pub(crate) fn base_url(&self) -> String {
        let Some(address) = self.address.get() else { return String::new() };
        let port = address.port();
        match (address.ip(), self.guard.host()) {
            (ip, _) if !ip.is_unspecified() => format!("http://{address}"),
            // It listens on all addresses. Whoever runs it has said what others call it by, or nobody does.
            (_, Some(host)) => format!("http://{host}:{port}"),
            (_, None) => format!("http://{}:{port}", Ipv4Addr::LOCALHOST),
        }
    }

    pub(crate) fn hooks(&self) -> Result<&Arc<Hooks>, ActionError> {
        self.hooks.as_ref().ok_or(ActionError(Reason::NoWebhook))
    }

    /// Forgets the requests that were accepted so far, in the ledger too, and the webhooks.
    pub(crate) fn clear(&self) {
        if let Some(hooks) = &self.hooks {
            hooks.clear();
        }
        self.media.clear();
        self.ledger.clear();
        self.kept().clear();
        #[cfg(feature = "page")]
        self.journal.add(crate::page::Happened::Cleared);
    }

    /// Tells pages what goes wrong next.
    #[cfg(feature = "page")]
    pub(crate) fn tell_armed(&self) {
        let (next, always) = self.plan().armed();
        self.journal.armed(next, always);
    }

    /// Posts something.
    pub(crate) fn tell(&self, update: Update) -> Result<(), ActionError> {
        self.hooks()?.tell(update).map_err(|_| ActionError(Reason::Full))
    }

    /// Posts a status of a message that was accepted.
    pub(crate) fn tell_status(&self, id: &str, status: Status) -> Result<(), ActionError> {
        let accepted = self.ledger.with_id(id);
        let accepted =
            accepted.ok_or_else(|| ActionError(Reason::UnknownMessage(id.to_owned())))?;
        let told = self.hooks()?.tell_status(&accepted, status);
        told.map_err(|_| ActionError(Reason::Full))
    }

    /// Tells the sandbox to stop.
    pub(crate) fn stop(&self) {
        self.stop.send_replace(true);
        if let Some(hooks) = &self.hooks {
            hooks.stop();
        }
    }

    /// Waits until the sandbox is told to stop.
    pub(crate) async fn stopped(&self) {
        // The sender is here, so it ends with the word alone.
        let _ = self.stop.subscribe().wait_for(|stop| *stop).await;
    }

    pub(crate) fn plan(&self) -> MutexGuard<'_, Plan<Fault>> {
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
