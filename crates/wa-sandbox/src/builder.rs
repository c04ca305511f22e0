//! The settings of a sandbox.

use std::{fmt, io};

use crate::{account::Account, log::Log, sandbox::Sandbox};

/// The settings of a [`Sandbox`]. [`Sandbox::builder`] makes it.
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
pub struct SandboxBuilder {
    port: u16,
    account: Account,
    log: Log,
}

impl SandboxBuilder {
    pub(crate) fn new() -> Self {
        Self {
            port: 0,
            account: Account { token: "sandbox-token".to_owned(), phone_number_id: None },
            log: Box::new(|_| {}),
        }
    }

    /// The port to listen on. Usually 0, with which the system chooses one that is free.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// The access token that is taken. Usually `sandbox-token`.
    pub fn token(mut self, token: impl Into<String>) -> Self {
        self.account.token = token.into();
        self
    }

    /// The only phone number id that is taken. Usually any is.
    pub fn phone_number_id(mut self, phone_number_id: impl Into<String>) -> Self {
        self.account.phone_number_id = Some(phone_number_id.into());
        self
    }

    /// Gets a line of text for each request: what was accepted, or why it was refused.
    pub fn log(mut self, log: impl Fn(&str) + Send + Sync + 'static) -> Self {
        self.log = Box::new(log);
        self
    }

    /// Starts the sandbox on this machine, at `127.0.0.1`.
    ///
    /// # Errors
    ///
    /// When the port cannot be listened on.
    ///
    /// # Panics
    ///
    /// Outside of a Tokio runtime, or in one without network.
    pub async fn start(self) -> io::Result<Sandbox> {
        Sandbox::listen(self.port, self.account, self.log).await
    }
}

impl fmt::Debug for SandboxBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SandboxBuilder")
            .field("port", &self.port)
            .field("phone_number_id", &self.account.phone_number_id)
            .finish_non_exhaustive()
    }
}
