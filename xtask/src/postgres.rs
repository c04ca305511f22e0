//! The command `postgres`: runs a command while a server of PostgreSQL runs, in a folder that is gone afterwards.

use std::{
    env, fs,
    io::Write as _,
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, ExitCode, Stdio},
    thread::sleep,
    time::Duration,
};

use crate::error::{Error, Result};

/// The variable that has the URL of the server.
pub const VARIABLE: &str = "WA_OUTBOX_POSTGRES";
/// Where Debian has the programs, a folder for each version.
const DEBIAN: &str = "/usr/lib/postgresql";
/// The password of the server, which listens to this machine alone.
const PASSWORD: &str = "outbox";
/// How often it is asked whether the server is there, and how long in between.
const ATTEMPTS: u32 = 300;
const PAUSE: Duration = Duration::from_millis(100);

/// Starts a server, runs a command with its URL in [`VARIABLE`], and returns the exit code of the command.
///
/// # Errors
///
/// When there is no PostgreSQL, when it does not start, or when the command cannot be run.
pub fn run(command: &[&str]) -> Result<ExitCode> {
    let [program, arguments @ ..] = command else {
        return Err(failed("there is no command to run"));
    };
    let server = Server::start()?;
    let status = Command::new(program).args(arguments).env(VARIABLE, &server.url).status();
    let status = status.map_err(|source| Error::File { path: (*program).into(), source })?;
    drop(server);
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(code.map_or(ExitCode::FAILURE, ExitCode::from))
}

/// A server that stops when it is dropped.
struct Server {
    programs: PathBuf,
    folder: PathBuf,
    child: Option<Child>,
    url: String,
}

impl Server {
    fn start() -> Result<Self> {
        let programs = find().ok_or_else(|| {
            failed("there is no PostgreSQL: neither in /usr/lib/postgresql nor in PATH is `initdb`; install `postgresql`")
        })?;
        let port = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
        let port = port.map_err(|error| failed(&format!("no port is free: {error}")))?.port();
        let folder = output(as_user("mktemp").args(["-d", "/tmp/wa-outbox-postgres.XXXXXX"]))?;
        let url = format!("postgres://postgres:{PASSWORD}@127.0.0.1:{port}/postgres");
        let mut server = Self { programs, folder: folder.trim().into(), child: None, url };
        server.make()?;
        server.child = Some(server.spawn(port)?);
        server.wait(port)?;
        Ok(server)
    }

    /// Makes the folder of the databases.
    fn make(&self) -> Result<()> {
        let password = self.folder.join("password");
        let mut writer =
            as_user("tee").arg(&password).stdin(Stdio::piped()).stdout(Stdio::null()).spawn();
        let written = writer.as_mut().map_or(Ok(()), |child| {
            child.stdin.take().map_or(Ok(()), |mut stdin| writeln!(stdin, "{PASSWORD}"))
        });
        writer
            .and_then(|mut child| child.wait())
            .and(written)
            .map_err(|source| Error::File { path: password.clone(), source })?;
        let mut initdb = self.program("initdb");
        initdb.args([
            "--username=postgres",
            "--auth=scram-sha-256",
            "--auth-local=trust",
            "--encoding=UTF8",
            "--no-locale",
        ]);
        initdb.arg("--pwfile").arg(password).arg("--pgdata").arg(self.data());
        output(&mut initdb).map(drop)
    }

    fn spawn(&self, port: u16) -> Result<Child> {
        let log = self.folder.join("log");
        output(as_user("touch").arg(&log))?;
        let log = fs::OpenOptions::new()
            .append(true)
            .open(&log)
            .map_err(|source| Error::File { path: log, source })?;
        let mut postgres = self.program("postgres");
        postgres
            .arg("-D")
            .arg(self.data())
            .arg("-k")
            .arg(&self.folder)
            .args(["-p", &port.to_string()]);
        for setting in
            ["listen_addresses=127.0.0.1", "max_connections=200", "fsync=on", "wal_level=replica"]
        {
            postgres.args(["-c", setting]);
        }
        postgres.stdout(Stdio::null()).stderr(log).stdin(Stdio::null());
        postgres.spawn().map_err(|error| failed(&format!("PostgreSQL does not start: {error}")))
    }

    fn wait(&mut self, port: u16) -> Result<()> {
        for _ in 0..ATTEMPTS {
            let mut ready = self.program("pg_isready");
            ready.args([
                "--quiet",
                "--host=127.0.0.1",
                "--username=postgres",
                "--dbname=postgres",
                "--port",
                &port.to_string(),
            ]);
            if ready.status().is_ok_and(|status| status.success()) {
                return Ok(());
            }
            if self.child.as_mut().is_none_or(|child| !matches!(child.try_wait(), Ok(None))) {
                break;
            }
            sleep(PAUSE);
        }
        let log = fs::read_to_string(self.folder.join("log")).unwrap_or_default();
        Err(failed(&format!("PostgreSQL does not start:\n{log}")))
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
            let mut stop = self.program("pg_ctl");
            stop.args(["stop", "--silent", "--mode=immediate", "--pgdata"]).arg(self.data());
            let _ = stop.status();
            let _ = child.wait();
        }
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Finds the programs of the newest version.
fn find() -> Option<PathBuf> {
    let has =
        |folder: &PathBuf| folder.join("initdb").is_file() && folder.join("postgres").is_file();
    let versions = fs::read_dir(DEBIAN).into_iter().flatten().filter_map(std::result::Result::ok);
    let mut debian: Vec<_> =
        versions.map(|version| version.path().join("bin")).filter(has).collect();
    let version = |folder: &PathBuf| {
        let name = folder
            .parent()
            .and_then(Path::file_name)
            .map(|name| name.to_string_lossy().into_owned());
        name.and_then(|name| name.parse::<u32>().ok())
    };
    debian.sort_by_key(version);
    let path = env::var_os("PATH").unwrap_or_default();
    debian.pop().or_else(|| env::split_paths(&path).find(has))
}

/// A program, run as somebody who is not root: PostgreSQL refuses to be.
fn as_user(program: impl AsRef<Path>) -> Command {
    let mut command = if is_root() {
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]).arg(program.as_ref());
        command
    } else {
        Command::new(program.as_ref())
    };
    // The user of the server may not be allowed into this one.
    command.current_dir("/");
    command
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output();
    id.is_ok_and(|id| id.stdout.starts_with(b"0\n"))
}

/// Runs a program to its end, and returns what it wrote.
fn output(command: &mut Command) -> Result<String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output =
        command.output().map_err(|source| Error::File { path: name.clone().into(), source })?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    Err(failed(&format!("`{name}` failed:\n{}", String::from_utf8_lossy(&output.stderr))))
}

fn failed(message: &str) -> Error {
    Error::Tool { tool: "PostgreSQL", message: message.to_owned() }
}
