//! Addresses of files, and which of them may have the token.

use reqwest::Url;
use wa_message_spec::media::HOSTS;

use super::error::{FileError, FileErrorKind};
use crate::{
    address::{Address, is_loopback},
    token::Token,
};

/// Returns an address that may be asked for a file: a host of the API over https, the place where the client sends its
/// requests anyway, or for a client that sends to loopback, the same port of it by another name: other ports are other
/// programs.
pub(super) fn allowed(url: &str, address: &Address, token: &Token) -> Result<Url, FileError> {
    let foreign = || FileError::new(FileErrorKind::ForeignAddress);
    let url = Url::parse(url).map_err(|_| foreign())?;
    // A user name would become a header beside the token.
    if !url.username().is_empty() || url.password().is_some() {
        return Err(foreign());
    }
    let host = url.host_str().unwrap_or_default();
    let is_known = url.scheme() == "https" && url.port().is_none() && HOSTS.contains(&host);
    let is_local = is_loopback(&url) && address.is_at_port(&url);
    if is_known || is_local || address.is_at(&url) {
        return Ok(url);
    }
    // The rest of the address may say who somebody is.
    let host = url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte);
    let mut host: String =
        host.bytes().filter(|byte| is_name(*byte)).take(100).map(char::from).collect();
    token.hide_in(&mut host);
    Err(foreign().with_details(format!("its host is `{host}`")))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_token_goes_to_known_hosts_alone() {
        let token = Token::new("a-token");
        let graph = Address::new("https://graph.facebook.com", "v23.0").unwrap();
        let gateway = Address::new("https://gateway.example:8443/meta", "v23.0").unwrap();
        let local = Address::new("http://127.0.0.1:8080", "v23.0").unwrap();
        for (url, with_graph, with_gateway, with_local) in [
            ("https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1", true, true, true),
            ("https://LOOKASIDE.fbsbx.com/x", true, true, true),
            ("https://graph.facebook.com/x", true, true, true),
            ("https://lookaside.fbsbx.com:443/x", true, true, true),
            ("https://gateway.example:8443/x", false, true, false),
            ("http://127.0.0.1:8080/x", false, false, true),
            ("http://localhost:8080/x", false, false, true),
            ("http://[::1]:8080/x", false, false, true),
            ("http://2130706433:8080/x", false, false, true),
            ("http://127.0.0.1:9999/x", false, false, false),
            ("http://localhost/x", false, false, false),
            ("http://[::1]:1/x", false, false, false),
            ("http://[::ffff:127.0.0.1]:8080/x", false, false, false),
            ("http://0.0.0.0:8080/x", false, false, false),
            ("https://127.0.0.1:8080/x", false, false, false),
            ("http://user@127.0.0.1:8080/x", false, false, false),
            // As browsers read it: this is the host, and `@` is a part of the path.
            ("https://lookaside.fbsbx.com\\@example.com/x", true, true, true),
            ("https://lookaside.fbsbx.com./x", false, false, false),
            ("https://lookaside.fbsbx.com%2eexample.com/x", false, false, false),
            ("https://xn--lkaside-3fgb.fbsbx.com/x", false, false, false),
            ("https://l\u{43e}okaside.fbsbx.com/x", false, false, false),
            ("http://lookaside.fbsbx.com/x", false, false, false),
            ("https://lookaside.fbsbx.com:8443/x", false, false, false),
            ("https://lookaside.fbsbx.com.example.com/x", false, false, false),
            ("https://evil.lookaside.fbsbx.com/x", false, false, false),
            ("https://lookaside.fbsbx.com@example.com/x", false, false, false),
            ("https://user:secret@lookaside.fbsbx.com/x", false, false, false),
            ("https://gateway.example/x", false, false, false),
            ("https://127.0.0.1/x", false, false, false),
            ("http://127.0.0.1.example.com/x", false, false, false),
            ("http://10.0.0.1/x", false, false, false),
            ("file:///etc/passwd", false, false, false),
            ("ftp://lookaside.fbsbx.com/x", false, false, false),
            ("//lookaside.fbsbx.com/x", false, false, false),
            ("", false, false, false),
        ] {
            assert_eq!(allowed(url, &graph, &token).is_ok(), with_graph, "{url}");
            assert_eq!(allowed(url, &gateway, &token).is_ok(), with_gateway, "{url}");
            assert_eq!(allowed(url, &local, &token).is_ok(), with_local, "{url}");
        }
    }

    #[test]
    fn the_error_names_the_host_alone() {
        let token = Token::new("a-token");
        let graph = Address::new("https://graph.facebook.com", "v23.0").unwrap();
        let error = allowed("https://example.com/secret?token=x", &graph, &token).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the address of the file is not one of the API, so nothing was asked of it: its host is `example.com`"
        );
    }
}
