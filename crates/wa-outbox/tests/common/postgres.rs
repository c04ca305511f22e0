//! Databases for tests, on the server that `WA_OUTBOX_POSTGRES` names. `cargo xtask postgres` starts one.

#![allow(dead_code, clippy::unwrap_used)]

use std::sync::Once;

use tokio_postgres::NoTls;

/// Makes a database that nobody else has, and returns its URL. Without a server it says so, and returns nothing.
pub(crate) async fn database() -> Option<String> {
    static SAID: Once = Once::new();
    let Ok(server) = std::env::var("WA_OUTBOX_POSTGRES") else {
        SAID.call_once(|| {
            eprintln!("left out: PostgreSQL, for which run `cargo xtask postgres cargo test ..`");
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

/// PgBouncer before a database, in the mode that hands out connections by transactions. It ends with the test.
pub(crate) struct Pool {
    /// The URL of the database through it.
    pub(crate) url: String,
    child: std::process::Child,
    _folder: tempfile::TempDir,
}

impl Drop for Pool {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Starts PgBouncer before a database. Where there is none, it says so, and returns nothing.
pub(crate) async fn pool(url: &str) -> Option<Pool> {
    static SAID: Once = Once::new();
    let config: tokio_postgres::Config = url.parse().unwrap();
    let server = config.get_ports()[0];
    let password = String::from_utf8_lossy(config.get_password().unwrap_or_default()).into_owned();
    let (user, name) = (config.get_user().unwrap(), config.get_dbname().unwrap());
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let folder = tempfile::tempdir().unwrap();
    let settings = folder.path().join("pgbouncer.ini");
    // With fewer connections than there are clients, so that each transaction may come to another one.
    let text = format!(
        "[databases]\n* = host=127.0.0.1 port={server} user={user} password={password}\n\
         [pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\nauth_type = any\npool_mode = transaction\n\
         default_pool_size = 2\nunix_socket_dir =\n"
    );
    std::fs::write(&settings, text).unwrap();
    let readable = <std::fs::Permissions as std::os::unix::fs::PermissionsExt>::from_mode(0o755);
    std::fs::set_permissions(folder.path(), readable).unwrap();
    let mut command = std::process::Command::new("pgbouncer");
    // It refuses to be root.
    if std::process::Command::new("id").arg("-u").output().is_ok_and(|id| id.stdout == b"0\n") {
        command.args(["-u", "postgres"]);
    }
    let child = command
        .arg(&settings)
        .stderr(std::process::Stdio::null())
        .stdout(std::process::Stdio::null())
        .spawn();
    let Ok(child) = child else {
        SAID.call_once(|| eprintln!("left out: PgBouncer, for which install `pgbouncer`"));
        return None;
    };
    let pool =
        Pool { url: format!("postgres://{user}@127.0.0.1:{port}/{name}"), child, _folder: folder };
    for _ in 0..100 {
        if tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_ok() {
            return Some(pool);
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("PgBouncer does not start");
}
