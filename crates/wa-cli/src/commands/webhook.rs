//! The command `webhook`: signatures, and what stands in webhooks that were kept.

mod bodies;
mod events;

use std::path::PathBuf;

use serde_json::json;
use wa_message::webhook::SignatureError;

use crate::{
    api,
    config::Settings,
    error::{Error, Exit},
    post::{self, Poster},
    progress::Progress,
    terminal,
};

use bodies::Bodies;

/// Check webhooks that were kept, show what is in them, and post them again
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    Verify(Verify),
    Replay(Replay),
    Events(Events),
}

/// Check the signature of a webhook
///
/// The file holds the very bytes of the request: what was read as JSON and written again has other ones.
#[derive(Debug, clap::Args)]
#[command(after_help = "Exit codes: 0 valid, 1 not, 2 wrong arguments or files, 78 no secret")]
struct Verify {
    /// The body of the request, or `-` for what is piped in
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The header x-hub-signature-256
    #[arg(long, value_name = "HEADER")]
    signature: String,
    /// A file with the secret of the app, in place of `WHATSAPP_APP_SECRET` and the settings
    #[arg(long, value_name = "FILE")]
    app_secret_file: Option<PathBuf>,
}

/// Sign webhooks and post them to a server of yours
///
/// The file holds a webhook, or one on each line, or the deliveries of a sandbox (GET /_sandbox/deliveries).
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exit codes: 0 all taken, 1 another answer than 200, 2 wrong arguments or files, \
                        3 no connection, 4 no answer, 78 no secret"
)]
struct Replay {
    /// The file, or `-` for what is piped in
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The address of the server
    #[arg(long, value_name = "URL")]
    to: String,
    /// A file with the secret of the app, in place of `WHATSAPP_APP_SECRET` and the settings
    #[arg(long, value_name = "FILE")]
    app_secret_file: Option<PathBuf>,
    /// Print each answer as JSON, each on a line
    #[arg(long)]
    json: bool,
}

/// Print what happened in webhooks, an object of JSON on each line
///
/// The file holds a webhook, or one on each line, or the deliveries of a sandbox (GET /_sandbox/deliveries).
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exit codes: 0 all was read, 1 something is no webhook, 2 wrong arguments or files"
)]
struct Events {
    /// The file, or `-` for what is piped in
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

pub(crate) fn run(args: &Args, settings: &Settings) -> Result<Exit, Error> {
    match &args.command {
        Command::Verify(args) => verify(args, settings),
        Command::Replay(args) => replay(args, settings),
        Command::Events(args) => events::run(&args.file),
    }
}

fn verify(args: &Verify, settings: &Settings) -> Result<Exit, Error> {
    let verifier = post::verifier(settings, args.app_secret_file.as_deref())?;
    let body = bodies::read(&args.file)?;
    let header = args.signature.trim();
    // Some keep the header with its name.
    let header = header.rsplit_once(": ").map_or(header, |(_, value)| value);
    let judge = |body: &[u8]| verifier.verify(Some(header.as_bytes()), body);
    let without_break =
        body.strip_suffix(b"\n").map(|body| body.strip_suffix(b"\r").unwrap_or(body));
    match judge(&body) {
        Ok(()) => {
            terminal::print("valid\n")?;
            Ok(Exit::Done)
        }
        Err(SignatureError::Mismatch) if without_break.is_some_and(|body| judge(body).is_ok()) => {
            terminal::print("valid, without the line break at the end of the file\n")?;
            Ok(Exit::Done)
        }
        Err(error) => Err(Error::usage("the signature is not valid")
            .because(error)
            .hint("it is made of the bytes as they came; JSON that was read and written again has other ones")
            .with_exit(Exit::Refused)),
    }
}

fn replay(args: &Replay, settings: &Settings) -> Result<Exit, Error> {
    let poster = Poster::new(settings, args.app_secret_file.as_deref(), &args.to)?;
    let bytes = bodies::read(&args.file)?;
    let bodies = Bodies::of(&bytes, &args.file)?;
    let progress = Progress::of(bodies.len() as u64);
    api::block_on(async {
        let mut exit = Exit::Done;
        for (number, body) in (1_usize..).zip(bodies.iter()) {
            let (answer, milliseconds) = match poster.post(body).await {
                Ok(answered) => {
                    if !answered.is_taken() && exit == Exit::Done {
                        exit = Exit::Refused;
                    }
                    (Ok(answered.status), answered.took.as_millis())
                }
                Err(error) => {
                    exit = error.exit();
                    (Err(error), 0)
                }
            };
            let milliseconds = u64::try_from(milliseconds).unwrap_or(u64::MAX);
            let line = match (&answer, args.json) {
                (Ok(status), true) => {
                    json!({ "number": number, "status": status, "milliseconds": milliseconds })
                        .to_string()
                }
                (Err(error), true) => {
                    json!({ "number": number, "failure": error.to_string() }).to_string()
                }
                (Ok(status), false) => format!("{number}: {status} after {milliseconds} ms"),
                (Err(error), false) => format!("{number}: {error}"),
            };
            terminal::print(&format!("{line}\n"))?;
            progress.step();
        }
        progress.finish();
        Ok(exit)
    })
}
