//! The URL of a database: where it is, and how it is spoken to.

use std::{fmt, net::IpAddr, sync::Arc, time::Duration};

use percent_encoding::percent_decode_str;
use rustls::{
    ClientConfig, RootCertStore,
    crypto::CryptoProvider,
    pki_types::{CertificateDer, pem::PemObject as _},
};
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
        let (url, authority) = authority(url)?;
        let url = url.as_str();
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
        Ok(Self { config, tls: tls(authority.as_deref())? })
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

/// TLS with the cryptography that the program has set for itself, or with ring. Certificates are judged by those of a file, or as
/// the system does it.
fn tls(authority: Option<&str>) -> Result<MakeRustlsConnect, OutboxError> {
    let failed = |error: rustls::Error| UrlError::Postgres(Box::new(error));
    let provider = CryptoProvider::get_default()
        .cloned()
        .unwrap_or_else(|| Arc::new(rustls::crypto::ring::default_provider()));
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(failed)?;
    let config = match authority {
        Some(file) => config.with_root_certificates(roots(file)?),
        None => config.with_platform_verifier().map_err(failed)?,
    };
    Ok(MakeRustlsConnect::new(config.with_no_client_auth()))
}

/// Reads the certificates of a file in PEM.
fn roots(file: &str) -> Result<RootCertStore, OutboxError> {
    let unreadable = |error| unread(format!("the file of `sslrootcert` cannot be read: {error}"));
    let text = std::fs::read(file).map_err(|error| unreadable(error.to_string()))?;
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_slice_iter(&text) {
        let certificate = certificate.map_err(|error| unreadable(error.to_string()))?;
        roots.add(certificate).map_err(|error| unreadable(error.to_string()))?;
    }
    if roots.is_empty() {
        return Err(unread("the file of `sslrootcert` has no certificate in PEM"));
    }
    Ok(roots)
}

/// Takes the file of certificates out of a URL, of which the crate knows nothing.
fn authority(url: &str) -> Result<(String, Option<String>), OutboxError> {
    let Some((server, options)) = url.rsplit_once('?') else { return Ok((url.to_owned(), None)) };
    let (ours, others): (Vec<_>, Vec<_>) =
        options.split('&').partition(|option| option.starts_with("sslrootcert="));
    let Some(file) = ours.last().and_then(|option| option.split_once('=')) else {
        return Ok((url.to_owned(), None));
    };
    let file = percent_decode_str(file.1)
        .decode_utf8()
        .map_err(|_| unread("the value of `sslrootcert` is none"))?;
    let url = if others.is_empty() {
        server.to_owned()
    } else {
        format!("{server}?{}", others.join("&"))
    };
    // That is what `libpq` calls the certificates of the system.
    Ok((url, Some(file.into_owned()).filter(|file| file != "system")))
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
