//! Certificates of a server of PostgreSQL: who is not known is refused.
#![cfg(feature = "postgres")]
#![allow(clippy::expect_used, clippy::unwrap_used)]

#[allow(dead_code)]
#[path = "common/server.rs"]
mod server;

use std::{error::Error, fs, path::Path};

use wa_message::outbox::Outbox;

async fn refused(url: &str) -> String {
    let error = Outbox::open(url).await.unwrap_err();
    format!("{error}: {}", error.source().map(ToString::to_string).unwrap_or_default())
}

#[tokio::test]
async fn a_certificate_is_judged_by_the_system_or_by_a_file() {
    let files = Path::new(env!("CARGO_MANIFEST_DIR")).join("../wa-client/tests/tls");
    let authority = files.join("authority.pem").display().to_string();
    let Some(server) = server::Server::start() else {
        eprintln!("left out: TLS, because there is no PostgreSQL here");
        return;
    };
    server.speak_tls(&files.join("server.pem"), &files.join("server.key"));
    let url = |options: &str| format!("{}?{options}", server.url());

    for unknown in
        ["sslmode=require", "sslmode=verify-full", "sslmode=verify-full&sslrootcert=system"]
    {
        let said = refused(&url(unknown)).await;
        assert!(said.starts_with("the store of the outbox cannot be reached: "), "{said}");
        assert!(said.contains("certificate: UnknownIssuer"), "{said}");
    }
    let known = [
        format!("sslmode=require&sslrootcert={authority}"),
        format!("sslrootcert={}&sslmode=verify-full", authority.replace('/', "%2F")),
    ];
    for known in known {
        let outbox = Outbox::open(&url(&known)).await.unwrap();
        assert_eq!(outbox.summary().await.unwrap().total(), 0);
        let encrypted = server.sql(
            "select count(*) from pg_stat_ssl join pg_stat_activity using (pid) where ssl and application_name = 'wa-outbox'",
        );
        assert_ne!(encrypted.trim(), "0");
    }
    // The name counts too.
    let other = format!("sslmode=verify-ca&hostaddr=127.0.0.1&sslrootcert={authority}");
    let said = refused(&url(&other).replace("@127.0.0.1", "@db.example")).await;
    assert!(said.contains("certificate") && said.contains("name"), "{said}");
}

#[tokio::test]
async fn a_file_without_certificates_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let empty = folder.path().join("empty.pem");
    fs::write(&empty, "nothing").unwrap();
    let at = |file: &str| format!("postgres://user:secret@127.0.0.1:1/outbox?sslrootcert={file}");
    assert_eq!(
        refused(&at(&empty.display().to_string())).await,
        "the URL of the database cannot be read: the file of `sslrootcert` has no certificate in PEM"
    );
    let said = refused(&at("/nowhere/authority.pem")).await;
    assert!(said.contains("the file of `sslrootcert` cannot be read: No such file"), "{said}");
}
