//! The URL of a database: where it is, and how it is spoken to.

use std::{fmt, net::IpAddr, sync::Arc, time::Duration};

use rustls::{ClientConfig, crypto::CryptoProvider};
use rustls_platform_verifier::BuilderVerifierExt;
use tokio_postgres::{
    Client, Config, Connection, Error, Socket,
    config::{Host, SslMode, TargetSessionAttrs},
    tls::MakeTlsConnect,
};
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::error::{OutboxError, UrlError};

/// How long a connection may take to be made, unless the URL says it.
const CONNECT: Duration = Duration::from_secs(5);
/// How soon a connection is found to be dead that nothing comes from.
const QUIET: Duration = Duration::from_secs(15);
/// What the crate takes if the URL does not say how soon a quiet connection is looked after.
const UNSAID: Duration = Duration::from_secs(2 * 60 * 60);

/// Where a database is, and how it is spoken to. It shows nothing of it, because there is a password.
#[derive(Clone)]
pub(super) struct Address {
    config: Config,
    tls: MakeRustlsConnect,
}

impl Address {
    /// Reads a URL.
    pub(super) fn read(url: &str) -> Result<Self, OutboxError> {
        let mut config: Config = strict(url).parse().map_err(|error| unreadable(&error))?;
        if config.get_hosts().is_empty() && config.get_hostaddrs().is_empty() {
            return Err(unread("it names no host"));
        }
        if config.get_user() == Some("") {
            return Err(unread("it names no user"));
        }
        // Of several hosts the one that can be written. One that cannot be is found out at once.
        if !url.contains("target_session_attrs") {
            config.target_session_attrs(TargetSessionAttrs::ReadWrite);
        }
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(CONNECT);
        }
        if config.get_keepalives_idle() == UNSAID {
            config.keepalives_idle(QUIET).keepalives_interval(QUIET / 5).keepalives_retries(5);
        }
        if config.get_tcp_user_timeout().is_none() {
            config.tcp_user_timeout(2 * QUIET);
        }
        if config.get_application_name().is_none() {
            config.application_name("wa-outbox");
        }
        // What never leaves the machine needs no certificate, and a server of a distribution has one that nobody knows.
        if config.get_ssl_mode() == SslMode::Prefer && is_local(&config) {
            config.ssl_mode(SslMode::Disable);
        }
        Ok(Self { config, tls: tls()? })
    }

    pub(super) fn tls(&self) -> MakeRustlsConnect {
        self.tls.clone()
    }

    pub(super) async fn connect(
        &self,
    ) -> Result<
        (Client, Connection<Socket, <MakeRustlsConnect as MakeTlsConnect<Socket>>::Stream>),
        Error,
    > {
        self.config.connect(self.tls()).await
    }
}

/// TLS with the cryptography that the program has set for itself, or with ring.
fn tls() -> Result<MakeRustlsConnect, OutboxError> {
    let provider = CryptoProvider::get_default()
        .cloned()
        .unwrap_or_else(|| Arc::new(rustls::crypto::ring::default_provider()));
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .and_then(BuilderVerifierExt::with_platform_verifier)
        .map_err(|error| UrlError::Postgres(Box::new(error)))?;
    Ok(MakeRustlsConnect::new(config.with_no_client_auth()))
}

/// Certificates are always verified, with the name of the host, which is what these modes of other programs ask for.
fn strict(url: &str) -> String {
    url.replace("sslmode=verify-full", "sslmode=require")
        .replace("sslmode=verify-ca", "sslmode=require")
}

fn is_local(config: &Config) -> bool {
    let mut hosts = config.get_hosts().iter();
    let are_near = hosts.all(|host| match host {
        Host::Tcp(name) => {
            name == "localhost" || name.parse().is_ok_and(|address: IpAddr| address.is_loopback())
        }
        #[cfg(unix)]
        Host::Unix(_) => true,
    });
    are_near && config.get_hostaddrs().iter().all(IpAddr::is_loopback)
}

/// Says what is wrong with a URL, without its text: if a password has characters that mean something else in a URL, any
/// part of it may be one of the password.
fn unreadable(error: &Error) -> OutboxError {
    const KNOWN: [&str; 6] = [
        "port",
        "hostaddr",
        "connect_timeout",
        "sslmode",
        "target_session_attrs",
        "channel_binding",
    ];
    let cause = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
    match KNOWN.iter().find(|option| cause == format!("invalid value for option `{option}`")) {
        Some(option) => unread(format!("the value of `{option}` is none")),
        None => unread(
            "a part of it has another form, or is an option that is not known; in a password, what is no letter and no \
             digit is written as `%` and two hexadecimal digits",
        ),
    }
}

fn unread(text: impl Into<String>) -> OutboxError {
    UrlError::Postgres(text.into().into()).into()
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Address").finish_non_exhaustive()
    }
}
