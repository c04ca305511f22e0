//! The guard of the control: who may call it. Any web site that somebody has open can send requests to this machine, and a
//! name of its own can lead here.

use std::{io, net::IpAddr};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use hyper::{
    Uri,
    header::{AUTHORIZATION, HOST, HeaderMap, HeaderName, ORIGIN},
};
use sha2::{Digest, Sha256};

use super::Problem;

const SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
/// The header that the page sends with each call. A form cannot send it, and another site has to ask first.
const PAGE: HeaderName = HeaderName::from_static("x-sandbox-page");

/// How long a password is at least, in characters.
const PASSWORD_AT_LEAST: usize = 8;

/// Who may call the control, and open the page.
pub(crate) struct Guard {
    /// Names of this machine, beside localhost.
    hosts: Vec<String>,
    /// The hash of the password, if there is one. Hashes are compared, because how long that takes tells nothing.
    password: Option<[u8; 32]>,
    /// Other machines reach it.
    is_open: bool,
}

impl Guard {
    /// Makes the guard of a sandbox that listens on this address.
    pub(crate) fn new(
        listen: IpAddr,
        hosts: Vec<String>,
        password: Option<&str>,
    ) -> io::Result<Self> {
        let is_open = !listen.is_loopback();
        let invalid = |why: String| Err(io::Error::new(io::ErrorKind::InvalidInput, why));
        match password {
            None if is_open => return invalid(format!("to listen on {listen} needs a password")),
            Some(password) if password.chars().count() < PASSWORD_AT_LEAST => {
                return invalid(format!(
                    "the password of the page is shorter than {PASSWORD_AT_LEAST} characters"
                ));
            }
            _ => {}
        }
        let password = password.map(|password| Sha256::digest(password).into());
        Ok(Self { hosts, password, is_open })
    }

    /// The name that other machines call it by, if it has one.
    pub(crate) fn host(&self) -> Option<&str> {
        self.hosts.first().map(String::as_str)
    }

    /// Lets through who may call the control.
    pub(super) fn admit(&self, uri: &Uri, headers: &HeaderMap) -> Result<(), Problem> {
        self.admit_site(uri, headers)?;
        let Some(password) = self.password else { return Ok(()) };
        let given = only(headers, &AUTHORIZATION)?.and_then(basic);
        let given = given.ok_or(Problem::Locked("the password is missing"))?;
        if <[u8; 32]>::from(Sha256::digest(given)) == password {
            Ok(())
        } else {
            Err(Problem::Locked("the password is another"))
        }
    }

    /// Lets through what calls the sandbox by one of its names, and comes from no web site but our own.
    pub(super) fn admit_site(&self, uri: &Uri, headers: &HeaderMap) -> Result<(), Problem> {
        // A request to a proxy names the host in its first line too.
        if let Some(authority) = uri.authority()
            && !self.is_ours(authority.as_str())
        {
            return Err(Problem::Denied("the address is none of the names of this sandbox"));
        }
        let host = only(headers, &HOST)?.ok_or(Problem::Denied("the header `Host` is missing"))?;
        if !self.is_ours(host) {
            return Err(Problem::Denied("the header `Host` is none of the names of this sandbox"));
        }
        if let Some(site) = only(headers, &SITE)?
            && site != "same-origin"
            && site != "none"
        {
            return Err(Problem::Denied("the request comes from another web site"));
        }
        // Where other machines reach it, something with TLS may stand before it.
        let is_own = |origin: &str| {
            origin.strip_prefix("http://") == Some(host)
                || (self.is_open && origin.strip_prefix("https://") == Some(host))
        };
        if only(headers, &ORIGIN)?.is_some_and(|origin| !is_own(origin)) {
            return Err(Problem::Denied("the header `Origin` is another than `Host`"));
        }
        Ok(())
    }

    fn is_ours(&self, host: &str) -> bool {
        let name = match host.rsplit_once(':') {
            // In an address of IPv6, a colon is no sign of a port.
            Some((name, port)) if !port.ends_with(']') => {
                if port.is_empty() || !port.bytes().all(|byte| byte.is_ascii_digit()) {
                    return false;
                }
                name
            }
            _ => host,
        };
        let name = name.to_ascii_lowercase();
        let address =
            name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(&name);
        // A web site can give a name of its own this machine's address, but it cannot be called by that address. So where
        // other machines call the sandbox, any address is as good as its own.
        address.parse::<IpAddr>().is_ok_and(|address| self.is_open || address.is_loopback())
            || name == "localhost"
            || name.ends_with(".localhost")
            || self.hosts.iter().any(|host| host.eq_ignore_ascii_case(&name))
    }
}

/// The password of a header, behind any name.
fn basic(header: &str) -> Option<String> {
    let (scheme, encoded) = header.split_once(' ')?;
    let decoded = STANDARD.decode(encoded.trim()).ok()?;
    let (_, password) = str::from_utf8(&decoded).ok()?.split_once(':')?;
    scheme.eq_ignore_ascii_case("basic").then(|| password.to_owned())
}

/// Lets through a call that changes something. Who says an origin is a browser, and then it has to be the page.
pub(super) fn admit_change(headers: &HeaderMap) -> Result<(), Problem> {
    if headers.contains_key(ORIGIN) && !headers.contains_key(PAGE) {
        return Err(Problem::Denied("a browser needs the header `X-Sandbox-Page` for this"));
    }
    Ok(())
}

/// The header of this name, which must not come twice.
fn only<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Result<Option<&'h str>, Problem> {
    let mut values = headers.get_all(name).iter();
    let value = values.next().map(|value| value.to_str());
    if values.next().is_some() {
        return Err(Problem::Denied("a header came twice"));
    }
    value.transpose().map_err(|_| Problem::Denied("a header cannot be read"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    fn guard(listen: IpAddr) -> Guard {
        let password = (!listen.is_loopback()).then_some("a long one");
        Guard::new(listen, vec!["sandbox".to_owned()], password).unwrap()
    }

    #[test]
    fn names_of_this_machine_are_ours() {
        for host in [
            "localhost",
            "LOCALHOST:1",
            "a.localhost:8080",
            "127.0.0.1:80",
            "[::1]:80",
            "[::1]",
            "sandbox:1",
        ] {
            assert!(guard(Ipv4Addr::LOCALHOST.into()).is_ours(host), "{host}");
            assert!(guard(Ipv4Addr::UNSPECIFIED.into()).is_ours(host), "{host}");
        }
        for host in [
            "",
            "evil.example",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "localhost:",
            "localhost:x",
            "192.0.2.1",
            "[::2]:1",
            "sandbox.evil",
            "localhost@evil",
        ] {
            assert!(!guard(Ipv4Addr::LOCALHOST.into()).is_ours(host), "{host}");
            let is_address = host.starts_with("192.") || host.starts_with('[');
            assert_eq!(guard(Ipv4Addr::UNSPECIFIED.into()).is_ours(host), is_address, "{host}");
        }
    }

    #[test]
    fn another_address_needs_a_password() {
        let refused = |listen: &str, password| {
            let guard = Guard::new(listen.parse().unwrap(), Vec::new(), password);
            guard.err().map(|error| error.to_string())
        };
        for listen in ["127.0.0.1", "127.0.0.2", "::1"] {
            assert_eq!(refused(listen, None), None, "{listen}");
        }
        for listen in ["0.0.0.0", "::", "192.0.2.1", "::ffff:127.0.0.1"] {
            let why = format!("to listen on {listen} needs a password");
            assert_eq!(refused(listen, None), Some(why), "{listen}");
            assert_eq!(refused(listen, Some("a long one")), None, "{listen}");
        }
        let short = "the password of the page is shorter than 8 characters";
        assert_eq!(refused("127.0.0.1", Some("short")).as_deref(), Some(short));
        assert_eq!(refused("::", Some("")).as_deref(), Some(short));
    }

    #[test]
    fn a_password_is_read_from_its_header() {
        // `:a long one`, `wa:a:b`, and what is none.
        assert_eq!(basic("Basic OmEgbG9uZyBvbmU=").as_deref(), Some("a long one"));
        assert_eq!(basic("basic d2E6YTpi").as_deref(), Some("a:b"));
        for header in ["", "Basic", "Basic ", "Basic ?", "Bearer OmEgbG9uZyBvbmU=", "Basic YQ=="] {
            assert_eq!(basic(header), None, "{header}");
        }
    }
}
