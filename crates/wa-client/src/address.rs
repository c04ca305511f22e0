//! The address of the API.

use std::net::IpAddr;

use reqwest::Url;

use super::setup::SetupError;

/// The address of the API, with its version.
#[derive(Clone)]
pub(super) struct Address(Url);

impl Address {
    pub(super) fn new(base_url: &str, api_version: &str) -> Result<Self, SetupError> {
        let mut url = Url::parse(base_url).map_err(|_| SetupError::MalformedAddress)?;
        match url.scheme() {
            "https" => {}
            "http" if is_loopback(&url) => {}
            "http" => return Err(SetupError::InsecureAddress),
            _ => return Err(SetupError::MalformedAddress),
        }
        // A user name would become a header beside the token.
        let has_user = !url.username().is_empty() || url.password().is_some();
        if has_user || url.query().is_some() || url.fragment().is_some() {
            return Err(SetupError::MalformedAddress);
        }
        if !is_segment(api_version) {
            return Err(SetupError::MalformedVersion);
        }
        if ends_with_version(&url) {
            return Err(SetupError::VersionInAddress);
        }
        url.path_segments_mut()
            .map_err(|()| SetupError::MalformedAddress)?
            .pop_if_empty()
            .push(api_version);
        Ok(Self(url))
    }

    /// Whether requests travel in plain text. They do only on this machine.
    pub(super) fn is_plain(&self) -> bool {
        self.0.scheme() == "http"
    }

    /// The place of a path, which begins with a slash and has nothing in it that leads elsewhere.
    #[cfg(any(feature = "media", feature = "templates"))]
    pub(super) fn at(&self, path: &str) -> Url {
        let mut url = self.0.clone();
        let base = url.path().trim_end_matches('/').to_owned();
        url.set_path(&(base + path));
        url
    }

    /// Whether a URL leads to where the requests go.
    #[cfg(feature = "media")]
    pub(super) fn is_at(&self, url: &Url) -> bool {
        let place = |url: &Url| {
            (
                url.scheme().to_owned(),
                url.host_str().map(str::to_owned),
                url.port_or_known_default(),
            )
        };
        place(&self.0) == place(url)
    }

    /// Where the messages of a phone number go.
    pub(super) fn messages(&self, phone_number_id: &str) -> Result<Url, SetupError> {
        if phone_number_id.is_empty() {
            return Err(SetupError::EmptyPhoneNumberId);
        }
        if !is_segment(phone_number_id) {
            return Err(SetupError::MalformedPhoneNumberId);
        }
        let mut url = self.0.clone();
        url.path_segments_mut()
            .map_err(|()| SetupError::MalformedAddress)?
            .extend([phone_number_id, "messages"]);
        Ok(url)
    }
}

/// Whether a path ends as in `https://graph.facebook.com/v23.0`. A gateway may well have a `v1` of its own.
fn ends_with_version(url: &Url) -> bool {
    let last = url.path_segments().and_then(|parts| parts.rev().find(|part| !part.is_empty()));
    let numbers = last.and_then(|last| last.strip_prefix('v')?.split_once('.'));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    numbers.is_some_and(|(major, minor)| is_number(major) && is_number(minor))
}

pub(super) fn is_loopback(url: &Url) -> bool {
    let Some(host) = url.host_str() else { return false };
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || address.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// Whether a text is one segment of a path, and stays as it is there.
pub(super) fn is_segment(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    !matches!(text, "" | "." | "..") && text.bytes().all(plain)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn messages(base_url: &str, version: &str, id: &str) -> Result<String, SetupError> {
        Address::new(base_url, version)?.messages(id).map(String::from)
    }

    #[test]
    fn an_address_is_joined_from_its_parts() {
        for base_url in ["https://graph.facebook.com", "https://graph.facebook.com/"] {
            let url = messages(base_url, "v23.0", "100200300").unwrap();
            assert_eq!(url, "https://graph.facebook.com/v23.0/100200300/messages");
        }
        let url = messages("https://gateway.example/meta/", "v23.0", "1").unwrap();
        assert_eq!(url, "https://gateway.example/meta/v23.0/1/messages");
    }

    #[test]
    fn plain_http_goes_to_loopback_alone() {
        for base_url in
            ["http://127.0.0.1:80", "http://127.9.9.9", "http://[::1]:8080", "http://localhost:1"]
        {
            assert!(Address::new(base_url, "v23.0").unwrap().is_plain(), "{base_url}");
        }
        for base_url in [
            "http://graph.facebook.com",
            "http://10.0.0.1",
            "http://0.0.0.0",
            "http://127.0.0.1.example.com",
            "http://localhost.example.com",
        ] {
            let address = Address::new(base_url, "v23.0");
            assert!(matches!(address, Err(SetupError::InsecureAddress)), "{base_url}");
        }
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for base_url in [
            "",
            "graph.facebook.com",
            "/v23.0",
            "https://",
            "ftp://graph.facebook.com",
            "file:///etc/passwd",
            "data:text/plain,x",
            "https://user:secret@graph.facebook.com",
            "https://graph.facebook.com?x=y",
            "https://graph.facebook.com#x",
        ] {
            let address = Address::new(base_url, "v23.0");
            assert!(matches!(address, Err(SetupError::MalformedAddress)), "{base_url}");
        }
    }

    #[test]
    fn the_version_is_no_part_of_the_address() {
        for base_url in ["https://graph.facebook.com/v25.0", "http://127.0.0.1:80/v1.0/"] {
            let address = Address::new(base_url, "v23.0");
            assert!(matches!(address, Err(SetupError::VersionInAddress)), "{base_url}");
        }
        for base_url in ["https://gateway.example/v1", "https://gateway.example/v1.0/meta"] {
            assert!(Address::new(base_url, "v23.0").is_ok(), "{base_url}");
        }
    }

    #[test]
    fn ids_and_versions_are_single_segments() {
        for part in [".", "..", "a/b", "1?x", "1#x", "1 2", "%2e%2e", "ü", "1\\2"] {
            let version = messages("https://example.com", part, "1");
            assert!(matches!(version, Err(SetupError::MalformedVersion)), "{part}");
            let id = messages("https://example.com", "v23.0", part);
            assert!(matches!(id, Err(SetupError::MalformedPhoneNumberId)), "{part}");
        }
        let id = messages("https://example.com", "v23.0", "");
        assert!(matches!(id, Err(SetupError::EmptyPhoneNumberId)));
    }
}
