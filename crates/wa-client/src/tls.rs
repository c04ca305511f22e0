//! Encryption, which is the user's choice: by which library, and with whose cryptography.

use super::setup::SetupError;

/// Sees to it that there is somebody to encrypt, before `reqwest` looks for one and panics.
pub(super) fn prepare(is_plain: bool) -> Result<(), SetupError> {
    if cfg!(not(any(feature = "rustls-no-provider", feature = "native-tls"))) && !is_plain {
        return Err(SetupError::NoTls);
    }
    #[cfg(feature = "rustls-no-provider")]
    set_provider()?;
    Ok(())
}

/// Takes the cryptography that the program has chosen for all its TLS. Where it has chosen none, this
/// chooses, as `rustls` itself does when it is asked for the first configuration.
///
/// Of several features the one counts that is not on by default: somebody has asked for it.
#[cfg(feature = "rustls-no-provider")]
fn set_provider() -> Result<(), SetupError> {
    use rustls::crypto::CryptoProvider;

    if CryptoProvider::get_default().is_some() {
        return Ok(());
    }
    // An error says that another thread was faster.
    #[cfg(feature = "rustls-aws-lc-rs")]
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    #[cfg(all(feature = "rustls-ring", not(feature = "rustls-aws-lc-rs")))]
    let _ = rustls::crypto::ring::default_provider().install_default();
    CryptoProvider::get_default().map(drop).ok_or(SetupError::NoCryptoProvider)
}

#[cfg(test)]
mod tests {
    use crate::{Client, SetupError};

    fn at(base_url: &str) -> Result<Client, SetupError> {
        Client::builder("a-token", "1").base_url(base_url).build()
    }

    /// Whatever features there are, a client is made or it is said why not.
    #[test]
    fn no_combination_of_features_panics() {
        let (https, http) = (at("https://127.0.0.1"), at("http://127.0.0.1"));
        if cfg!(any(feature = "rustls-ring", feature = "rustls-aws-lc-rs")) {
            assert!(https.is_ok() && http.is_ok(), "{https:?} {http:?}");
        } else if cfg!(feature = "rustls-no-provider") {
            assert!(matches!(https, Err(SetupError::NoCryptoProvider)), "{https:?}");
            assert!(matches!(http, Err(SetupError::NoCryptoProvider)), "{http:?}");
        } else {
            assert_eq!(https.is_ok(), cfg!(feature = "native-tls"), "{https:?}");
            assert!(http.is_ok(), "{http:?}");
        }
    }
}
