//! Reads the options of the command line.

use std::{path::PathBuf, time::Duration};

use lexopt::{
    Arg::{Long, Short, Value},
    Error, Parser, ValueExt as _,
};

pub(crate) const HELP: &str = "\
Sends messages to a sandbox that misbehaves, and proves the account of them: every message ends as
sent, refused, not sent or in doubt; none is accepted twice; none that is reported sent is missing;
every accepted one that is not reported sent is in doubt. Exit code 1 if any of it does not hold.

Usage: account [options]

  --messages <count>      how many messages (100000)
  --faults <share>        the share of the requests that go wrong, of every kind (0.1)
  --kill                  kill the sandbox in the middle, as kill -9 does. It is started again in two
                          of three rounds
  --cancel                cancel the sending at a random moment. In every other round the stream is
                          dropped, in the others it is aborted
  --webhooks              have the sandbox post statuses, with faults of every kind, and the sender join them
                          with what it sent: in the end exactly those are in doubt that were never
                          accepted. Not with --kill: a killed sandbox forgets what it had to post
  --rounds <count>        do it so many times (1)
  --seed <number>         chance repeats itself for the same seed, as far as it depends on it (1)
  --concurrency <count>   how many messages are under way at once (64)
  --timeout <ms>          the timeout of a request: a stall takes so long (1000)
  --help                  show this text
";

/// What is to be done.
pub(crate) enum Command {
    Help,
    Account(Options),
    Sandbox(SandboxOptions),
    Send(SendOptions),
}

/// What is proven.
#[derive(Debug, Clone)]
pub(crate) struct Options {
    pub(crate) messages: u64,
    pub(crate) share: f64,
    pub(crate) kill: bool,
    pub(crate) cancel: bool,
    pub(crate) webhooks: bool,
    pub(crate) rounds: u64,
    pub(crate) seed: u64,
    pub(crate) concurrency: usize,
    pub(crate) timeout: Duration,
}

/// For the process that is the sandbox.
#[derive(Debug, Default)]
pub(crate) struct SandboxOptions {
    pub(crate) port: u16,
    pub(crate) share: f64,
    pub(crate) seed: u64,
    pub(crate) ledger: PathBuf,
    /// The port that webhooks are posted to.
    pub(crate) webhooks: Option<u16>,
}

/// For the process that is the sender.
#[derive(Debug, Default)]
pub(crate) struct SendOptions {
    pub(crate) address: String,
    pub(crate) outcomes: PathBuf,
    pub(crate) messages: u64,
    pub(crate) concurrency: usize,
    pub(crate) timeout: Duration,
    pub(crate) cancel: Option<Cancel>,
    /// The port that webhooks come to, and the file with what becomes of doubts.
    pub(crate) webhooks: Option<(u16, PathBuf)>,
}

/// When and how the sending is cancelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cancel {
    /// After so many outcomes.
    pub(crate) outcomes: u64,
    /// And after this time, in which nobody takes outcomes.
    pub(crate) pause: Duration,
    /// Whether the stream is dropped. Otherwise it is aborted.
    pub(crate) by_drop: bool,
}

/// Reads the arguments of this process.
pub(crate) fn parse() -> Result<Command, Error> {
    let mut parser = Parser::from_env();
    let command = match parser.try_raw_args().and_then(|raw| raw.peek().map(ToOwned::to_owned)) {
        Some(first) if first == "sandbox" => Some(false),
        Some(first) if first == "send" => Some(true),
        _ => None,
    };
    match command {
        None => parse_account(&mut parser),
        Some(is_sender) => {
            parser.next()?;
            if is_sender { parse_send(&mut parser) } else { parse_sandbox(&mut parser) }
        }
    }
}

fn parse_account(parser: &mut Parser) -> Result<Command, Error> {
    let mut options = Options {
        messages: 100_000,
        share: 0.1,
        kill: false,
        cancel: false,
        webhooks: false,
        rounds: 1,
        seed: 1,
        concurrency: 64,
        timeout: Duration::from_secs(1),
    };
    while let Some(arg) = parser.next()? {
        match arg {
            Short('h') | Long("help") => return Ok(Command::Help),
            Long("messages") => options.messages = parser.value()?.parse()?,
            Long("faults") => options.share = parser.value()?.parse()?,
            Long("kill") => options.kill = true,
            Long("cancel") => options.cancel = true,
            Long("webhooks") => options.webhooks = true,
            Long("rounds") => options.rounds = parser.value()?.parse()?,
            Long("seed") => options.seed = parser.value()?.parse()?,
            Long("concurrency") => options.concurrency = parser.value()?.parse()?,
            Long("timeout") => options.timeout = milliseconds(parser)?,
            Short(_) | Long(_) | Value(_) => return Err(arg.unexpected()),
        }
    }
    if options.webhooks && options.kill {
        return Err("--webhooks does not go with --kill".into());
    }
    Ok(Command::Account(options))
}

fn parse_sandbox(parser: &mut Parser) -> Result<Command, Error> {
    let mut options = SandboxOptions::default();
    while let Some(arg) = parser.next()? {
        match arg {
            Long("port") => options.port = parser.value()?.parse()?,
            Long("faults") => options.share = parser.value()?.parse()?,
            Long("seed") => options.seed = parser.value()?.parse()?,
            Long("ledger") => options.ledger = parser.value()?.into(),
            Long("webhooks") => options.webhooks = Some(parser.value()?.parse()?),
            _ => return Err(arg.unexpected()),
        }
    }
    Ok(Command::Sandbox(options))
}

fn parse_send(parser: &mut Parser) -> Result<Command, Error> {
    let mut options = SendOptions::default();
    while let Some(arg) = parser.next()? {
        match arg {
            Long("address") => options.address = parser.value()?.string()?,
            Long("outcomes") => options.outcomes = parser.value()?.into(),
            Long("messages") => options.messages = parser.value()?.parse()?,
            Long("concurrency") => options.concurrency = parser.value()?.parse()?,
            Long("timeout") => options.timeout = milliseconds(parser)?,
            Long("cancel") => options.cancel = Some(parse_cancel(parser)?),
            Long("webhooks") => {
                let port = parser.value()?.parse()?;
                options.webhooks = Some((port, parser.value()?.into()));
            }
            _ => return Err(arg.unexpected()),
        }
    }
    Ok(Command::Send(options))
}

/// `outcomes`, `pause`, and `drop` or `abort`.
fn parse_cancel(parser: &mut Parser) -> Result<Cancel, Error> {
    let outcomes = parser.value()?.parse()?;
    let pause = milliseconds(parser)?;
    Ok(Cancel { outcomes, pause, by_drop: parser.value()? == "drop" })
}

fn milliseconds(parser: &mut Parser) -> Result<Duration, Error> {
    Ok(Duration::from_millis(parser.value()?.parse()?))
}
