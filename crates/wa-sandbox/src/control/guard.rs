//! The guard of the control: who may call it. Any web site that somebody has open can send requests to this machine, and a
//! name of its own can lead here.

use std::net::IpAddr;

use hyper::{
    Uri,
    header::{HOST, HeaderMap, HeaderName, ORIGIN},
};

use super::Problem;

const SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Lets through what comes from this machine, and from no web site but our own. `hosts` are further names of it.
pub(super) fn admit(uri: &Uri, headers: &HeaderMap, hosts: &[String]) -> Result<(), Problem> {
    // A request to a proxy names the host in its first line too.
    if let Some(authority) = uri.authority()
        && !is_ours(authority.as_str(), hosts)
    {
        return Err(Problem::Denied("the address is none of the names of this sandbox"));
    }
    let host = only(headers, &HOST)?.ok_or(Problem::Denied("the header `Host` is missing"))?;
    if !is_ours(host, hosts) {
        return Err(Problem::Denied("the header `Host` is none of the names of this sandbox"));
    }
    if let Some(site) = only(headers, &SITE)?
        && site != "same-origin"
        && site != "none"
    {
        return Err(Problem::Denied("the request comes from another web site"));
    }
    if let Some(origin) = only(headers, &ORIGIN)?
        && origin.strip_prefix("http://") != Some(host)
    {
        return Err(Problem::Denied("the header `Origin` is another than `Host`"));
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

fn is_ours(host: &str, hosts: &[String]) -> bool {
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
    let address = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(&name);
    address.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
        || name == "localhost"
        || name.ends_with(".localhost")
        || hosts.iter().any(|host| host.eq_ignore_ascii_case(&name))
}

#[cfg(test)]
mod tests {
    use super::*;

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
            assert!(is_ours(host, &["sandbox".to_owned()]), "{host}");
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
            assert!(!is_ours(host, &["sandbox".to_owned()]), "{host}");
        }
    }
}
