//! The client and certificates, against a server of this machine.
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::{error::Error as _, net::SocketAddr, sync::Arc};

use common::{TOKEN, answer, text};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig,
        crypto::{CryptoProvider, ring},
        pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
    },
};
use wa_message::{
    Client, Error,
    client::{
        Backoff,
        reqwest::{Certificate, ClientBuilder},
    },
};

const AUTHORITY: &[u8] = include_bytes!("tls/authority.pem");

/// A server that answers each request alike, if the handshake comes to an end.
async fn server() -> SocketAddr {
    let chain = vec![CertificateDer::from_pem_slice(include_bytes!("tls/server.pem")).unwrap()];
    let key = PrivateKeyDer::from_pem_slice(include_bytes!("tls/server.key")).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let Ok(mut stream) = acceptor.accept(stream).await else { continue };
            // The request is short, and comes in one piece.
            let mut request = [0; 4096];
            let _ = stream.read(&mut request).await;
            let accepted = answer("200 OK", r#"{"messages":[{"id":"wamid.A"}]}"#);
            let _ = stream.write_all(accepted.as_bytes()).await;
            let _ = stream.shutdown().await;
        }
    });
    address
}

async fn sent(
    host: &str,
    configure: impl FnOnce(ClientBuilder) -> ClientBuilder,
) -> Result<String, Error> {
    let address = server().await;
    let port = address.port();
    let client = Client::builder(TOKEN, "1")
        .base_url(format!("https://{host}:{port}"))
        .configure_http(|http| configure(http).resolve("other.example", address))
        .retry(Backoff::never())
        .build()
        .unwrap();
    client.send(&text()).await.map(|sent| sent.id().to_owned())
}

fn authority() -> [Certificate; 1] {
    [Certificate::from_pem(AUTHORITY).unwrap()]
}

#[tokio::test]
async fn a_certificate_that_nobody_trusts_is_refused_before_anything_is_sent() {
    for refused in [
        sent("localhost", |http| http).await,
        sent("localhost", |http| http.tls_certs_only([])).await,
        // Trusted, and for another name.
        sent("other.example", |http| http.tls_certs_only(authority())).await,
    ] {
        let error = refused.unwrap_err();
        assert!(matches!(error, Error::NotSent(_)), "{error:?}");
        assert!(error.is_safe_to_resend());
        let mut reasons = String::new();
        let mut source = error.source();
        while let Some(reason) = source {
            reasons.push_str(&reason.to_string());
            source = reason.source();
        }
        assert!(!reasons.contains(TOKEN));
        assert!(reasons.contains("certificate"), "{reasons}");
    }
}

#[tokio::test]
async fn a_certificate_that_is_added_is_trusted() {
    for host in ["localhost", "127.0.0.1"] {
        assert_eq!(sent(host, |http| http.tls_certs_only(authority())).await.unwrap(), "wamid.A");
        assert_eq!(sent(host, |http| http.tls_certs_merge(authority())).await.unwrap(), "wamid.A");
    }
}

#[tokio::test]
async fn building_a_client_sets_a_provider_once() {
    Client::new(TOKEN, "1").unwrap();
    let first = Arc::as_ptr(CryptoProvider::get_default().unwrap());
    Client::new(TOKEN, "1").unwrap();
    assert_eq!(Arc::as_ptr(CryptoProvider::get_default().unwrap()), first);
}
