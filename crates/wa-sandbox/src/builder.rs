//! The settings of a sandbox.

use std::{fmt, path::PathBuf};

use crate::{account::Account, faults::Faults, limits::Limits, state::Settings};

/// How much memory the ledger of a sandbox takes, in bytes: some 600,000 messages.
const LEDGER_MEMORY: usize = 256 * 1024 * 1024;

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
            port: 0,
            account: Account { token: "sandbox-token".to_owned(), phone_number_id: None },
            log: Box::new(|_| {}),
            faults: Faults::none(),
            limits: Limits::none(),
            ledger_file: None,
            ledger_memory: LEDGER_MEMORY,
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

    /// Gets a line of text for each request: what was accepted, or why it was refused.
    pub fn log(mut self, log: impl Fn(&str) + Send + Sync + 'static) -> Self {
        self.0.log = Box::new(log);
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
    /// go; the file keeps them. With 0 it has none. Defaults to 256 MiB, some 600,000 messages.
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
