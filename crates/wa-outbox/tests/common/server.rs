//! Servers of PostgreSQL that a test starts, kills and makes the standby of another.

use std::{
    env, fs,
    io::{self, Write as _},
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread::sleep,
    time::Duration,
};

/// The password of each server, which listens to this machine alone.
const PASSWORD: &str = "outbox";
/// Where Debian has the programs, a folder for each version.
const DEBIAN: &str = "/usr/lib/postgresql";

/// A server in a folder of its own. Both are gone when it is dropped.
pub(crate) struct Server {
    programs: PathBuf,
    folder: PathBuf,
    child: Option<Child>,
    pub(crate) port: u16,
}

impl Server {
    /// Starts a server, unless there is no PostgreSQL here.
    pub(crate) fn start() -> Option<Self> {
        let server = Self::new()?;
        let password = server.folder.join("password");
        let mut writer = as_user("tee")
            .arg(&password)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .expect("tee runs");
        writeln!(writer.stdin.take().expect("it has one"), "{PASSWORD}").expect("tee reads");
        writer.wait().expect("tee ends");
        let mut initdb = server.program("initdb");
        initdb.args([
            "--username=postgres",
            "--auth=scram-sha-256",
            "--auth-local=trust",
            "--no-locale",
            "--encoding=UTF8",
        ]);
        run(initdb.arg("--pwfile").arg(password).arg("--pgdata").arg(server.data()));
        Some(server.begin())
    }

    /// Starts a server that follows this one.
    pub(crate) fn standby(&self) -> Self {
        let standby = Self::new().expect("there is one already");
        let mut copy = standby.program("pg_basebackup");
        copy.args([
            "--username=postgres",
            "--host=127.0.0.1",
            "--write-recovery-conf",
            "--port",
            &self.port.to_string(),
        ]);
        run(copy.arg("--pgdata").arg(standby.data()).env("PGPASSWORD", PASSWORD));
        standby.begin()
    }

    fn new() -> Option<Self> {
        let programs = find()?;
        let port = TcpListener::bind("127.0.0.1:0")
            .and_then(|listener| listener.local_addr())
            .expect("a port is free")
            .port();
        let folder = run(as_user("mktemp").args(["-d", "/tmp/wa-outbox-postgres.XXXXXX"]));
        Some(Self { programs, folder: folder.trim().into(), child: None, port })
    }

    /// Starts it, after it was killed too.
    pub(crate) fn begin(mut self) -> Self {
        let mut postgres = self.program("postgres");
        postgres
            .arg("-D")
            .arg(self.data())
            .arg("-k")
            .arg(&self.folder)
            .args(["-p", &self.port.to_string()]);
        for setting in ["listen_addresses=127.0.0.1", "max_connections=100", "fsync=on"] {
            postgres.args(["-c", setting]);
        }
        self.child = Some(
            postgres
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .expect("PostgreSQL starts"),
        );
        for _ in 0..300 {
            let mut ready = self.program("pg_isready");
            ready.args(["--quiet", "--host=127.0.0.1", "--port", &self.port.to_string()]);
            if ready.status().is_ok_and(|status| status.success()) {
                return self;
            }
            sleep(Duration::from_millis(100));
        }
        panic!("PostgreSQL does not start");
    }

    /// Kills it with all its processes, as a power cut does.
    pub(crate) fn kill(&mut self) {
        let pid = fs::read_to_string(self.data().join("postmaster.pid")).or_else(|_| {
            // The folder is another user's.
            Ok::<_, io::Error>(run(as_user("cat").arg(self.data().join("postmaster.pid"))))
        });
        let pid = pid.expect("it runs").lines().next().expect("it has a number").to_owned();
        let _ = as_user("pkill").args(["-KILL", "-P", &pid]).status();
        run(as_user("kill").args(["-KILL", &pid]));
        if let Some(mut child) = self.child.take() {
            child.wait().expect("it was killed");
        }
    }

    /// Makes the standby the one that is written to.
    pub(crate) fn promote(&self) {
        run(self.program("pg_ctl").args(["promote", "--wait", "--pgdata"]).arg(self.data()));
    }

    /// Answers with TLS from now on, by a certificate and its key.
    #[allow(dead_code)] // Only some tests do.
    pub(crate) fn speak_tls(&self, certificate: &Path, key: &Path) {
        for (from, name) in [(certificate, "server.crt"), (key, "server.key")] {
            let to = self.data().join(name);
            let mut copy = as_user("tee");
            copy.arg(&to).stdin(fs::File::open(from).expect("it is there")).stdout(Stdio::null());
            assert!(copy.status().expect("tee runs").success());
            run(as_user("chmod").arg("600").arg(&to));
        }
        self.set("ssl", "on");
    }

    /// Changes a setting while it runs.
    pub(crate) fn set(&self, name: &str, value: &str) {
        self.sql(&format!("alter system set {name} = '{value}'"));
        self.sql("select pg_reload_conf()");
    }

    pub(crate) fn sql(&self, sql: &str) -> String {
        let mut psql = self.program("psql");
        psql.args([
            "--no-psqlrc",
            "--quiet",
            "--tuples-only",
            "--no-align",
            "--username=postgres",
            "--dbname=postgres",
        ]);
        run(psql.arg("--host").arg(&self.folder).args([
            "--port",
            &self.port.to_string(),
            "--command",
            sql,
        ]))
    }

    pub(crate) fn url(&self) -> String {
        format!("postgres://postgres:{PASSWORD}@127.0.0.1:{}/postgres", self.port)
    }

    /// The URL of whichever of two is written to.
    pub(crate) fn url_with(&self, other: &Self) -> String {
        format!(
            "postgres://postgres:{PASSWORD}@127.0.0.1:{},127.0.0.1:{}/postgres?target_session_attrs=read-write&connect_timeout=2",
            self.port, other.port
        )
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    fn program(&self, name: &str) -> Command {
        as_user(self.programs.join(name))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = self
                .program("pg_ctl")
                .args(["stop", "--silent", "--mode=immediate", "--pgdata"])
                .arg(self.data())
                .status();
            let _ = child.wait();
        }
        let _ = as_user("rm").arg("-rf").arg(&self.folder).status();
    }
}

/// The programs of the newest version.
fn find() -> Option<PathBuf> {
    let has =
        |folder: &PathBuf| folder.join("initdb").is_file() && folder.join("postgres").is_file();
    let versions = fs::read_dir(DEBIAN).into_iter().flatten().filter_map(Result::ok);
    let mut debian: Vec<_> =
        versions.map(|version| version.path().join("bin")).filter(has).collect();
    let version = |folder: &PathBuf| {
        folder
            .parent()
            .and_then(Path::file_name)
            .and_then(|name| name.to_string_lossy().parse::<u32>().ok())
    };
    debian.sort_by_key(version);
    let path = env::var_os("PATH").unwrap_or_default();
    debian.pop().or_else(|| env::split_paths(&path).find(has))
}

/// A program, run as somebody who is not root: PostgreSQL refuses to be.
fn as_user(program: impl AsRef<Path>) -> Command {
    let is_root =
        Command::new("id").arg("-u").output().is_ok_and(|id| id.stdout.starts_with(b"0\n"));
    let mut command = Command::new(if is_root { Path::new("runuser") } else { program.as_ref() });
    if is_root {
        command.args(["-u", "postgres", "--"]).arg(program.as_ref());
    }
    // The user of the server may not be allowed into this folder.
    command.current_dir("/");
    command
}

fn run(command: &mut Command) -> String {
    // Nobody is there who could be asked for anything.
    let output = command.stdin(Stdio::null()).output().expect("the program is there");
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}
