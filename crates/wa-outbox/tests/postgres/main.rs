//! An outbox in PostgreSQL, as programs and people meet it. Without a server nothing of it is tested, which is said.
#![cfg(feature = "postgres")]
#![allow(clippy::unwrap_used)]

#[path = "../common/postgres.rs"]
mod server;
mod sql;

use std::{error::Error, time::Duration};

use tokio::net::TcpListener;
use wa_message::{
    Client, Message,
    outbox::{NewEntry, Obstacle, Outbox, OutboxError, State, postgres::tokio_postgres},
    wa_message,
};
use wa_sandbox::Sandbox;

const NUMBER: &str = "100200300";

async fn connect(url: &str) -> tokio_postgres::Client {
    let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    client
}

fn message() -> Message {
    wa_message! { <text> to: "+15550100", body: "Your order is here." }
}

/// The obstacle, with all that is said of it.
async fn refused(url: &str) -> (Option<Obstacle>, String) {
    let error = Outbox::open(url).await.unwrap_err();
    let obstacle = match &error {
        OutboxError::Store(error) => {
            assert!(!error.is_unclear());
            Some(error.obstacle())
        }
        _ => None,
    };
    let source = error.source().map(ToString::to_string).unwrap_or_default();
    let said = format!("{error}: {source}");
    assert!(!format!("{said} {error:?}").contains("secret"), "{error:?}");
    (obstacle, said)
}

#[tokio::test]
async fn ten_programs_that_start_at_once_make_one_schema() {
    let Some(url) = server::database().await else { return };
    let starts = (0..10).map(|_| {
        let url = url.clone();
        tokio::spawn(async move { Outbox::open(&url).await.map(drop) })
    });
    for start in starts.collect::<Vec<_>>() {
        start.await.unwrap().unwrap();
    }
    let versions =
        connect(&url).await.query("select version from wa_outbox.schema", &[]).await.unwrap();
    assert_eq!(versions.iter().map(|row| row.get(0)).collect::<Vec<i32>>(), [1, 2]);
}

#[tokio::test]
async fn a_newer_schema_is_refused_and_left_alone() {
    let Some(url) = server::database().await else { return };
    Outbox::open(&url).await.unwrap();
    connect(&url).await.batch_execute("insert into wa_outbox.schema values (99)").await.unwrap();
    let error = Outbox::open(&url).await.unwrap_err();
    assert!(matches!(error, OutboxError::Newer { found: 99, .. }), "{error:?}");
    assert!(error.to_string().contains("use a newer program"));
}

#[tokio::test]
async fn what_keeps_a_program_out_is_said_without_the_password() {
    let Some(url) = server::database().await else { return };
    let config: tokio_postgres::Config = url.parse().unwrap();
    let port = config.get_ports()[0];
    let at = |user: &str, password: &str, rest: &str| {
        format!("postgres://{user}:{password}@127.0.0.1:{rest}")
    };
    let good = String::from_utf8(config.get_password().unwrap().to_vec()).unwrap();
    let free = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();

    let (obstacle, said) = refused(&at("postgres", "secret", &format!("{port}/postgres"))).await;
    assert_eq!(obstacle, Some(Obstacle::Forbidden));
    assert_eq!(
        said,
        "the store of the outbox does not let this user in: password authentication failed for user \"postgres\" \
         (SQLSTATE 28P01)"
    );
    let (obstacle, said) = refused(&at("postgres", &good, &format!("{port}/nowhere"))).await;
    assert_eq!(obstacle, Some(Obstacle::Unreachable));
    assert!(said.contains("database \"nowhere\" does not exist"), "{said}");
    let (obstacle, said) = refused(&at("postgres", "secret", &format!("{free}/postgres"))).await;
    assert_eq!(obstacle, Some(Obstacle::Unreachable));
    assert!(said.contains("refused"), "{said}");
    let (obstacle, said) =
        refused(&at("postgres", &good, &format!("{port}/postgres?sslmode=require"))).await;
    assert_eq!(obstacle, Some(Obstacle::Unreachable));
    assert!(said.contains("TLS"), "{said}");
}

#[tokio::test]
async fn a_url_that_cannot_be_read_is_said_to_be_so_without_its_text() {
    // These can be read, and what they lead to is not there.
    for password in ["pa?secret", "pa/secret", "secret%zz"] {
        let url = format!("postgres://user:{password}@127.0.0.1:1/outbox");
        assert_eq!(refused(&url).await.0, Some(Obstacle::Unreachable));
    }
    for url in [
        "postgres://user:secret@db:port/outbox",
        "postgres://user:secret@db/outbox?sslmode=secret",
        "postgres://user:secret@db/outbox?secret=1",
        "postgres://",
        "postgres://:secret@db/outbox",
    ] {
        let (obstacle, said) = refused(url).await;
        assert_eq!(obstacle, None, "{url}");
        assert!(said.starts_with("the URL of the database cannot be read: "), "{said}");
    }
}

#[tokio::test]
async fn of_several_hosts_the_one_that_can_be_written_is_taken() {
    let Some(url) = server::database().await else { return };
    let free = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
    let several = url.replace("@127.0.0.1:", &format!("@127.0.0.1:{free},127.0.0.1:"));
    assert_eq!(Outbox::open(&several).await.unwrap().summary().await.unwrap().total(), 0);

    let name = url.rsplit('/').next().unwrap();
    let setting = format!("alter database {name} set default_transaction_read_only = on");
    connect(&url).await.batch_execute(&setting).await.unwrap();
    let (obstacle, _) = refused(&url).await;
    assert_eq!(obstacle, Some(Obstacle::ReadOnly));
}

/// Through PgBouncer, with workers that have more connections than it has.
#[tokio::test]
async fn workers_send_through_a_pool() {
    let Some(url) = server::database().await else { return };
    let Some(pool) = server::pool(&url).await else { return };
    let sandbox = Sandbox::start().await.unwrap();
    let outboxes = [Outbox::open(&pool.url).await.unwrap(), Outbox::open(&pool.url).await.unwrap()];
    let entries = (0..200).map(|at| {
        let message = wa_message! { <text> to: format!("+1555{at:07}"), body: "Hello" }.unwrap();
        NewEntry::new(sandbox.phone_number_id(), &message)
    });
    outboxes[0].enqueue_all(entries).await.unwrap();
    let worker = |at: usize| {
        let client = Client::builder(sandbox.token(), sandbox.phone_number_id())
            .base_url(sandbox.base_url());
        outboxes[at].worker(&client.build().unwrap()).rate(1_000).drain()
    };
    let (first, second) = tokio::join!(worker(0), worker(1));
    assert_eq!(first.unwrap().of(State::Accepted) + second.unwrap().of(State::Accepted), 200);
    assert_eq!(sandbox.received().len(), 200);
}

/// The server goes away and comes back: what was asked meanwhile waits for it, for a time.
#[tokio::test]
async fn an_outbox_waits_for_a_server_that_starts_again() {
    let Some(url) = server::database().await else { return };
    let config: tokio_postgres::Config = url.parse().unwrap();
    let port = config.get_ports()[0];
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let near = listener.local_addr().unwrap();
    let through = tokio::spawn(forward(listener, port));
    let outbox = Outbox::open(&url.replace(&format!(":{port}/"), &format!(":{}/", near.port())))
        .await
        .unwrap();
    through.abort();
    let _ = through.await;
    let (enqueued, ()) =
        tokio::join!(outbox.enqueue(NewEntry::new(NUMBER, &message()).key("a")), async {
            tokio::time::sleep(Duration::from_secs(1)).await;
            tokio::spawn(forward(TcpListener::bind(near).await.unwrap(), port));
        });
    // The connection may have been lost only when it was used, and then it is not clear.
    match enqueued {
        Ok(enqueued) => assert!(enqueued.is_new),
        Err(OutboxError::Store(error)) => assert!(error.is_unclear(), "{error:?}"),
        Err(error) => panic!("{error:?}"),
    }
    outbox.enqueue(NewEntry::new(NUMBER, &message()).key("a")).await.unwrap();
    assert_eq!(outbox.summary().await.unwrap().total(), 1);
}

async fn forward(listener: TcpListener, port: u16) {
    let mut all = tokio::task::JoinSet::new();
    while let Ok((mut near, _)) = listener.accept().await {
        all.spawn(async move {
            let mut far = tokio::net::TcpStream::connect(("127.0.0.1", port)).await.unwrap();
            let _ = tokio::io::copy_bidirectional(&mut near, &mut far).await;
        });
    }
}
