//! The address that webhooks are posted to.

use std::{fmt, io, net::SocketAddr};

use hyper::{Uri, http::uri::Scheme};
use tokio::net::{TcpStream, lookup_host};

/// An address of plain HTTP, on this machine unless that is allowed otherwise.
#[derive(Clone)]
pub(crate) struct Target {
    host: String,
    port: u16,
    /// The header `host`.
    authority: String,
    path: String,
    beyond_loopback: bool,
}

impl Target {
    /// Reads an address. The error is a sentence.
    pub(crate) fn new(url: &str, beyond_loopback: bool) -> Result<Self, String> {
        let uri: Uri = url.parse().map_err(|_| "the address of the webhook is none".to_owned())?;
        if uri.scheme() != Some(&Scheme::HTTP) {
            return Err("the address of the webhook must begin with `http://`".to_owned());
        }
        let authority = uri.authority().filter(|authority| !authority.host().is_empty());
        let authority = authority.ok_or("the address of the webhook has no host")?;
        if authority.as_str().contains('@') {
            return Err("the address of the webhook must hold no user and no password".to_owned());
        }
        let host = authority.host().trim_start_matches('[').trim_end_matches(']').to_owned();
        let path = uri.path_and_query().map_or("/", |path| path.as_str()).to_owned();
        Ok(Self {
            host,
            port: authority.port_u16().unwrap_or(80),
            authority: authority.as_str().to_owned(),
            path,
            beyond_loopback,
        })
    }

    /// Connects, and looks at the address that the name really leads to.
    pub(crate) async fn connect(&self) -> io::Result<TcpStream> {
        let addresses = lookup_host((self.host.as_str(), self.port)).await?;
        let is_allowed = |address: &SocketAddr| self.beyond_loopback || address.ip().is_loopback();
        let mut error = io::Error::new(
            io::ErrorKind::PermissionDenied,
            "the address of the webhook is not on this machine, and that was not allowed",
        );
        for address in addresses.filter(is_allowed) {
            match TcpStream::connect(address).await {
                Ok(stream) => {
                    let _ = stream.set_nodelay(true);
                    return Ok(stream);
                }
                Err(failed) => error = failed,
            }
        }
        Err(error)
    }

    /// Refuses an address of another machine before anything is posted there.
    pub(crate) async fn check(&self) -> Result<(), String> {
        if self.beyond_loopback {
            return Ok(());
        }
        // A name that leads nowhere yet may do so later, and is looked at then.
        let Ok(mut addresses) = lookup_host((self.host.as_str(), self.port)).await else {
            return Ok(());
        };
        if addresses.any(|address| address.ip().is_loopback()) {
            return Ok(());
        }
        Err("the address of the webhook is not on this machine, and that was not allowed"
            .to_owned())
    }

    pub(crate) fn authority(&self) -> &str {
        &self.authority
    }

    pub(crate) fn path(&self) -> &str {
        &self.path
    }
}

/// The address, without a query, which may hold a secret.
impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.split('?').next().unwrap_or_default();
        write!(f, "http://{}{path}", self.authority)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read() {
        let target = Target::new("http://localhost:3000/hook?a=b", false).unwrap();
        assert_eq!((target.authority(), target.path()), ("localhost:3000", "/hook?a=b"));
        assert_eq!(target.to_string(), "http://localhost:3000/hook");
        let target = Target::new("http://[::1]", false).unwrap();
        assert_eq!((&*target.host, target.port, target.path()), ("::1", 80, "/"));
        for url in
            ["", "localhost:3000", "https://localhost", "/hook", "http://a:b@localhost", "http://"]
        {
            assert!(Target::new(url, true).is_err(), "{url}");
        }
    }

    #[tokio::test]
    async fn other_machines_are_refused() {
        let target = Target::new("http://192.0.2.1:9/", false).unwrap();
        assert!(target.check().await.is_err());
        assert_eq!(target.connect().await.unwrap_err().kind(), io::ErrorKind::PermissionDenied);
        assert!(Target::new("http://192.0.2.1:9/", true).unwrap().check().await.is_ok());
        assert!(Target::new("http://127.0.0.1:9/", false).unwrap().check().await.is_ok());
    }
}
