//! The settings of a sandbox.

use std::{
    fmt,
    net::{IpAddr, Ipv4Addr},
    path::PathBuf,
    sync::Arc,
    time::Duration,
};

use wa_message_spec::media::ADDRESS_LIVES;

use crate::{
    account::Account, faults::Faults, hooks::Webhooks, limits::Limits, state::Settings,
    templates::Source,
};

/// How much memory the ledger of a sandbox takes, in bytes: some 550,000 messages.
const LEDGER_MEMORY: usize = 256 * 1024 * 1024;

/// How much memory files take, in bytes.
const MEDIA_MEMORY: usize = 256 * 1024 * 1024;

/// The settings of a [`Sandbox`](crate::Sandbox). [`Sandbox::builder`](crate::Sandbox::builder) makes it.
///
/// ```
/// use wa_sandbox::Sandbox;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> std::io::Result<()> {
/// let sandbox = Sandbox::builder()
///     .token("another-token")
///     .phone_number_id("100200300400500")
///     .log(|line| println!("{line}"))
///     .start()
///     .await?;
/// assert_eq!(sandbox.phone_number_id(), "100200300400500");
/// # Ok(())
/// # }
/// ```
#[must_use = "`start` makes the sandbox"]
pub struct SandboxBuilder(Settings);

impl SandboxBuilder {
    pub(crate) fn new() -> Self {
        Self(Settings {
            listen: Ipv4Addr::LOCALHOST.into(),
            port: 0,
            password: None,
            account: Account { token: "sandbox-token".to_owned(), phone_number_id: None },
            log: Arc::new(|_| {}),
            faults: Faults::none(),
            limits: Limits::none(),
            ledger_file: None,
            ledger_memory: LEDGER_MEMORY,
            webhooks: None,
            hosts: Vec::new(),
            media_memory: MEDIA_MEMORY,
            addresses_live: ADDRESS_LIVES,
            templates: Vec::new(),
            approve_after: None,
        })
    }

    pub(crate) fn into_settings(self) -> Settings {
        self.0
    }

    /// The port to listen on. Usually 0, with which the system chooses one that is free.
    pub fn port(mut self, port: u16) -> Self {
        self.0.port = port;
        self
    }

    /// The address to listen on. Defaults to 127.0.0.1. One that other machines reach needs a [`password`](Self::password).
    ///
    /// ```
    /// use std::net::Ipv4Addr;
    ///
    /// use wa_sandbox::Sandbox;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> std::io::Result<()> {
    /// // In a container: others call it by its name there.
    /// let sandbox = Sandbox::builder()
    ///     .listen(Ipv4Addr::UNSPECIFIED)
    ///     .password("open, please")
    ///     .allow_host("sandbox")
    ///     .start()
    ///     .await?;
    /// assert!(sandbox.base_url().starts_with("http://sandbox:"));
    ///
    /// let open_to_all = Sandbox::builder().listen(Ipv4Addr::UNSPECIFIED).start().await;
    /// assert!(open_to_all.is_err());
    /// # Ok(())
    /// # }
    /// ```
    pub fn listen(mut self, address: impl Into<IpAddr>) -> Self {
        self.0.listen = address.into();
        self
    }

    /// The password of the page and of the [control](crate#control-over-http), at least 8 characters. Usually there is none.
    ///
    /// It is asked for by `Basic` authentication with any name, so `curl` takes `--user :password`. The API has its access
    /// token instead. Nothing is encrypted: on a network that others can read, put something with TLS before it.
    pub fn password(mut self, password: impl Into<String>) -> Self {
        self.0.password = Some(password.into());
        self
    }

    /// The access token that is taken. Usually `sandbox-token`.
    pub fn token(mut self, token: impl Into<String>) -> Self {
        self.0.account.token = token.into();
        self
    }

    /// The only phone number id that is taken. Usually any is.
    pub fn phone_number_id(mut self, phone_number_id: impl Into<String>) -> Self {
        self.0.account.phone_number_id = Some(phone_number_id.into());
        self
    }

    /// Gets a line of text for each request: what was accepted, or why it was refused. And one for each attempt to post a
    /// webhook.
    pub fn log(mut self, log: impl Fn(&str) + Send + Sync + 'static) -> Self {
        self.0.log = Arc::new(log);
        self
    }

    /// What goes wrong. Usually nothing.
    pub fn faults(mut self, faults: Faults) -> Self {
        self.0.faults = faults;
        self
    }

    /// How much may be sent, and to whom. Usually there are no limits.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.0.limits = limits;
        self
    }

    /// Posts webhooks to this address, signed with the secret of the app: statuses of what is accepted, and whatever a
    /// [`customer`](crate::Sandbox::customer) does. Usually nothing is posted.
    ///
    /// The address is one of plain HTTP on this machine. [`webhooks`](Self::webhooks) takes more settings.
    ///
    /// ```
    /// use wa_sandbox::Sandbox;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> std::io::Result<()> {
    /// let sandbox = Sandbox::builder()
    ///     .webhook("http://127.0.0.1:3000/webhook", "an-app-secret")
    ///     .start()
    ///     .await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn webhook(self, url: impl Into<String>, app_secret: impl Into<String>) -> Self {
        self.webhooks(Webhooks::to(url, app_secret))
    }

    /// Posts webhooks as these settings say.
    pub fn webhooks(mut self, webhooks: Webhooks) -> Self {
        self.0.webhooks = Some(webhooks);
        self
    }

    /// How much memory the files take that are uploaded or sent by customers, in bytes. When it is full, the oldest files
    /// go. Defaults to 256 MiB.
    pub fn media_memory(mut self, bytes: usize) -> Self {
        self.0.media_memory = bytes;
        self
    }

    /// How long the address of a file lives. Defaults to 5 minutes, as that of the API.
    pub fn media_addresses_live(mut self, time: Duration) -> Self {
        self.0.addresses_live = time;
        self
    }

    /// Knows these templates: a page of the list, an array of definitions, or one of them, as JSON. It may be said several
    /// times. Without any, messages may be made from any template.
    ///
    /// What is wrong with them goes to the [log](Self::log), a line each, and does not keep the sandbox from starting. A
    /// definition without a state is approved.
    pub fn templates(mut self, json: impl Into<String>) -> Self {
        self.0.templates.push(Source::Json(json.into()));
        self
    }

    /// Knows the templates of a file, or of the files of a folder that end in `.json`. Folders inside of it are left out.
    /// It may be said several times.
    pub fn templates_from(mut self, path: impl Into<PathBuf>) -> Self {
        self.0.templates.push(Source::Path(path.into()));
        self
    }

    /// Approves each template that is created or edited after this time. Usually it waits until it is
    /// [approved](crate::StoredTemplates::approve) or rejected.
    pub fn approve_templates_after(mut self, time: Duration) -> Self {
        self.0.approve_after = Some(time);
        self
    }

    /// A name of this machine under which the [control](crate#control-over-http) is called, beside `localhost` and its
    /// addresses: that of a container, for example. Any other name is refused, because a web site may have made it up.
    pub fn allow_host(mut self, name: impl Into<String>) -> Self {
        self.0.hosts.push(name.into());
        self
    }

    /// Writes a line of JSON behind this file for each message that is accepted, before it is answered.
    /// So the file has them also when the process is killed. [`Ledger::read`](crate::Ledger::read) reads
    /// it.
    ///
    /// ```json
    /// {"id":"wamid.HBgA","phone_number_id":"100","to":"+15550100","kind":"text","biz_opaque_callback_data":"order-17","fault":"cut"}
    /// ```
    ///
    /// `biz_opaque_callback_data` is there if the message has it, `fault` if something went wrong with the
    /// answer. A message that cannot be written is refused with code 131016.
    pub fn ledger_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.0.ledger_file = Some(path.into());
        self
    }

    /// How much memory the [ledger](crate::Sandbox::ledger) may take, in bytes. When it is full, the oldest messages
    /// go; the file keeps them. With 0 it has none. Defaults to 256 MiB, some 550,000 messages.
    pub fn ledger_memory(mut self, bytes: usize) -> Self {
        self.0.ledger_memory = bytes;
        self
    }
}

impl fmt::Debug for SandboxBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SandboxBuilder")
            .field("port", &self.0.port)
            .field("phone_number_id", &self.0.account.phone_number_id)
            .finish_non_exhaustive()
    }
}
