//! Databases for tests, on the server that `WA_OUTBOX_POSTGRES` names. `cargo xtask postgres` starts one.

use std::sync::Once;

use tokio_postgres::NoTls;

/// Makes a database that nobody else has, and returns its URL. Without a server it says so, and returns nothing.
pub async fn database() -> Option<String> {
    static SAID: Once = Once::new();
    let Ok(server) = std::env::var("WA_OUTBOX_POSTGRES") else {
        SAID.call_once(|| {
            eprintln!("left out: PostgreSQL, for which run `cargo xtask postgres cargo test ..`")
        });
        return None;
    };
    let (client, connection) = tokio_postgres::connect(&server, NoTls).await.unwrap();
    let driver = tokio::spawn(connection);
    let name = format!("outbox_{}", uuid::Uuid::now_v7().simple());
    client.batch_execute(&format!("create database {name} template template0")).await.unwrap();
    driver.abort();
    let (server, options) = server
        .split_once('?')
        .map_or((&*server, String::new()), |(server, options)| (server, format!("?{options}")));
    let (server, _) = server.rsplit_once('/').unwrap();
    Some(format!("{server}/{name}{options}"))
}
