//! One round: a sandbox and a sender, and what happens to them.

use std::{
    env, fs,
    io::{self, BufRead as _, BufReader, Read as _},
    net::{Ipv4Addr, TcpListener},
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use fastrand::Rng;

use crate::{
    memory::peak_memory,
    options::{Cancel, Options},
};

/// How often the file of the ledger is looked at, to kill the sandbox in the middle.
const LOOK: Duration = Duration::from_millis(2);

/// What a round leaves behind.
pub(crate) struct Run {
    /// What was done, in words.
    pub(crate) what: String,
    pub(crate) ledger: PathBuf,
    pub(crate) outcomes: PathBuf,
    /// What webhooks told, if there were any.
    pub(crate) settled: Option<PathBuf>,
    /// What the sandbox counted, a line each. Nothing if it was killed.
    pub(crate) counts: Vec<String>,
    pub(crate) time: Duration,
    /// In KiB.
    pub(crate) sender_memory: u64,
    /// In KiB.
    pub(crate) sandbox_memory: u64,
}

impl Run {
    /// The most memory that the sender may have had, in KiB. What is known of 100,000 messages that webhooks tell of takes
    /// some 50 MiB.
    pub(crate) fn memory_at_most(&self) -> u64 {
        if self.settled.is_some() { 192 * 1024 } else { 64 * 1024 }
    }
}

struct Kill {
    /// When so many of a hundred messages are in the ledger.
    percent: u64,
    /// The sandbox comes back after this time, or never.
    back_after: Option<Duration>,
}

pub(crate) fn run(options: &Options, round: u64, folder: &Path) -> io::Result<Run> {
    let mut chance = Rng::with_seed(options.seed.wrapping_add(round));
    let kill = options.kill.then(|| kill(&mut chance, round));
    let cancel = options.cancel.then(|| cancel(&mut chance, options, round));
    let ledger = folder.join("ledger");
    let outcomes = folder.join("outcomes");

    let webhooks = options.webhooks.then(free_port).transpose()?;
    let settled = webhooks.map(|port| (port, folder.join("settled")));

    let seed = options.seed.wrapping_add(round);
    let mut sandbox = Sandbox::start(0, seed, options.share, &ledger, webhooks)?;
    let start = Instant::now();
    let mut sender = start_sender(options, &sandbox.address, &outcomes, cancel, settled.as_ref())?;
    let mut sandbox_memory = 0;
    if let Some(kill) = &kill {
        wait_for(&mut sender, &ledger, options.messages, kill.percent)?;
        sandbox_memory = sandbox.memory();
        sandbox.kill()?;
        if let Some(pause) = kill.back_after {
            thread::sleep(pause);
            let port = sandbox.port()?;
            // Another seed: the old one would begin anew.
            sandbox = Sandbox::start(port, !seed, options.share, &ledger, None)?;
        }
    }
    let mut memory = String::new();
    if let Some(mut out) = sender.stdout.take() {
        out.read_to_string(&mut memory)?;
    }
    let status = sender.wait()?;
    if !status.success() {
        return Err(io::Error::other(format!("the sender ended with {status}")));
    }
    let time = start.elapsed();
    sandbox_memory = sandbox_memory.max(sandbox.memory());
    let what = what(options, kill.as_ref(), cancel);
    let counts = sandbox.end()?;
    let sender_memory = memory.trim().parse().map_err(io::Error::other)?;
    let settled = settled.map(|(_, path)| path);
    Ok(Run { what, ledger, outcomes, settled, counts, time, sender_memory, sandbox_memory })
}

/// A port that nobody listens on.
fn free_port() -> io::Result<u16> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr().map(|address| address.port())
}

fn kill(chance: &mut Rng, round: u64) -> Kill {
    let pause = Duration::from_millis(chance.u64(0..200));
    Kill { percent: chance.u64(5..85), back_after: (round % 3 != 2).then_some(pause) }
}

fn cancel(chance: &mut Rng, options: &Options, round: u64) -> Cancel {
    Cancel {
        outcomes: chance.u64(1..options.messages.max(2)),
        pause: Duration::from_millis(chance.u64(0..20)),
        by_drop: round.is_multiple_of(2),
    }
}

fn what(options: &Options, kill: Option<&Kill>, cancel: Option<Cancel>) -> String {
    let Options { messages, concurrency, share, .. } = options;
    let percent = share * 100.0;
    let kill = kill.map(|Kill { percent, back_after }| match back_after {
        Some(pause) => format!(", killed at {percent} %, back after {pause:?}"),
        None => format!(", killed at {percent} %, never back"),
    });
    let cancel = cancel.map(|Cancel { outcomes, pause, by_drop }| {
        let verb = if by_drop { "dropped" } else { "aborted" };
        format!(", {verb} {pause:?} after {outcomes} outcomes")
    });
    format!(
        "{messages} messages, {concurrency} at once, {percent} % of the requests go wrong{}{}",
        kill.unwrap_or_default(),
        cancel.unwrap_or_default()
    )
}

/// A process of this program.
fn start(args: &[&str], paths: &[(&str, &Path)]) -> io::Result<Child> {
    let mut command = Command::new(env::current_exe()?);
    command.args(args);
    for (name, path) in paths {
        command.arg(name).arg(path);
    }
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()
}

fn start_sender(
    options: &Options,
    address: &str,
    outcomes: &Path,
    cancel: Option<Cancel>,
    webhooks: Option<&(u16, PathBuf)>,
) -> io::Result<Child> {
    let number = |number: &dyn ToString| number.to_string();
    let mut args = vec!["send".to_owned(), "--address".to_owned(), address.to_owned()];
    for (name, value) in [
        ("--messages", number(&options.messages)),
        ("--concurrency", number(&options.concurrency)),
        ("--timeout", number(&options.timeout.as_millis())),
    ] {
        args.extend([name.to_owned(), value]);
    }
    if let Some(Cancel { outcomes, pause, by_drop }) = cancel {
        let how = if by_drop { "drop" } else { "abort" };
        args.extend(["--cancel".to_owned(), number(&outcomes), number(&pause.as_millis())]);
        args.push(how.to_owned());
    }
    if let Some((port, path)) = webhooks {
        let path = path.to_str().ok_or_else(|| io::Error::other("a path that is no text"))?;
        args.extend(["--webhooks".to_owned(), number(port), path.to_owned()]);
    }
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    start(&args, &[("--outcomes", outcomes)])
}

/// Waits until so many of a hundred messages are in the ledger, or the sender has ended.
fn wait_for(sender: &mut Child, ledger: &Path, messages: u64, percent: u64) -> io::Result<()> {
    let mut line = 0;
    while sender.try_wait()?.is_none() {
        let length = fs::metadata(ledger)?.len();
        if line == 0 && length > 0 {
            // The first stands for all: they differ by a few bytes.
            line = fs::read_to_string(ledger)?.lines().next().map_or(0, str::len) as u64;
        }
        if line > 0 && length * 100 >= messages * percent * line {
            break;
        }
        thread::sleep(LOOK);
    }
    Ok(())
}

struct Sandbox {
    process: Child,
    out: BufReader<ChildStdout>,
    address: String,
    is_killed: bool,
}

impl Sandbox {
    fn start(
        port: u16,
        seed: u64,
        share: f64,
        ledger: &Path,
        webhooks: Option<u16>,
    ) -> io::Result<Self> {
        let (port, seed, share) = (port.to_string(), seed.to_string(), share.to_string());
        let mut args = vec!["sandbox", "--port", &port, "--seed", &seed, "--faults", &share];
        let webhooks = webhooks.map(|port| port.to_string());
        if let Some(port) = &webhooks {
            args.extend(["--webhooks", port]);
        }
        let mut process = start(&args, &[("--ledger", ledger)])?;
        let out = process.stdout.take().ok_or_else(|| io::Error::other("no output"))?;
        let mut out = BufReader::new(out);
        let mut address = String::new();
        out.read_line(&mut address)?;
        if address.is_empty() {
            return Err(io::Error::other("the sandbox did not start"));
        }
        Ok(Self { process, out, address: address.trim().to_owned(), is_killed: false })
    }

    fn port(&self) -> io::Result<u16> {
        let port = self.address.rsplit(':').next().unwrap_or_default();
        port.parse().map_err(io::Error::other)
    }

    fn memory(&self) -> u64 {
        if self.is_killed { 0 } else { peak_memory(self.process.id()).unwrap_or(0) }
    }

    /// As `kill -9` does.
    fn kill(&mut self) -> io::Result<()> {
        self.is_killed = true;
        self.process.kill()?;
        self.process.wait().map(drop)
    }

    /// Ends it in good order, and gives what it counted.
    fn end(mut self) -> io::Result<Vec<String>> {
        if self.is_killed {
            return Ok(Vec::new());
        }
        drop(self.process.stdin.take());
        let counts = self.out.by_ref().lines().collect();
        self.process.wait()?;
        counts
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        // Where an error has ended the round. Else it has ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
