//! The command `send`: one message, or one for each row of a table.

mod body;
mod campaign;
mod report;
mod rows;

use std::path::PathBuf;

use serde_json::json;
use wa_message::{Client, Error as SendError, Message, Sent};

use crate::{
    api::{self, Access},
    config::Settings,
    error::{Error, Exit},
    outcome,
    progress::Progress,
    signals, terminal,
};

use body::Body;

/// Send a message that has been checked, or one for each row of a table
///
/// The body is JSON, or an invocation of `wa_message!` in which all values are known. With `--each` it has places such as
/// {{name}}, which are filled with the columns of a table; in an invocation, the columns are its variables. These messages go through an outbox: when the program is ended
/// in the middle, the same command goes on where it was, and no message is sent twice.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  wa send hello.json --to +15550100
  wa send hello.json --dry-run
  wa send hello.json --each guests.csv --to '{{phone}}' --key order

Exit codes: 0 accepted, 1 refused, 2 wrong arguments, settings or files, 3 certainly not sent,
4 in doubt, 5 too much for now, 78 no credentials. Of many messages the worst one counts.")]
pub(crate) struct Args {
    /// The body, or `-` for what is piped in
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Whom it goes to, in place of what the body says
    #[arg(long, value_name = "NUMBER")]
    to: Option<String>,
    /// Data that come back with its statuses, in place of what the body says
    #[arg(long, value_name = "DATA")]
    callback_data: Option<String>,
    /// Send nothing, and print what would be sent
    #[arg(long)]
    dry_run: bool,
    /// Send places such as {{name}} as they stand, and with --each those of other languages
    #[arg(long)]
    as_is: bool,
    #[command(flatten)]
    access: Access,
    /// Print the outcome as JSON, with --each a line for each row
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    each: Each,
}

/// Arguments of many messages
#[derive(Debug, clap::Args)]
struct Each {
    /// A table of which each row is a message: .csv, or .jsonl with an object on each line
    #[arg(long = "each", id = "each", value_name = "ROWS")]
    rows: Option<PathBuf>,
    /// The column by which a row is known again. Defaults to all of it
    #[arg(long, value_name = "COLUMN", requires = "each")]
    key: Option<String>,
    /// The outbox. Defaults to a file beside the rows
    #[arg(long, value_name = "URL", requires = "each")]
    outbox: Option<String>,
    /// How many messages a second are sent at most
    #[arg(long, value_name = "MESSAGES", requires = "each")]
    rate: Option<u32>,
    /// How many requests run at once at most
    #[arg(long, value_name = "REQUESTS", requires = "each")]
    concurrency: Option<usize>,
}

pub(crate) fn run(args: &Args, settings: &Settings) -> Result<Exit, Error> {
    let mut body = Body::read(&args.file)?;
    if let Some(to) = &args.to {
        body.set_to(to);
    }
    if let Some(data) = &args.callback_data {
        body.set_callback_data(data);
    }
    if let Some(rows) = &args.each.rows {
        if let Some(place) = body.foreign_place().filter(|_| !args.as_is) {
            return Err(Error::usage(format!("`{}` is not filled in", outcome::one_line(&place)))
                .hint("places are written as {{name}}; `--as-is` sends others as they stand"));
        }
        return campaign::run(args, settings, &body, rows);
    }
    if let Some(place) = body.open_place().filter(|_| !args.as_is) {
        return Err(Error::usage(format!("`{}` is filled in later", outcome::one_line(&place)))
            .hint("`--each` fills it with the columns of a table, and `--as-is` sends it as it stands"));
    }
    let message = match body.message().and_then(|message| checked(settings, message)) {
        Ok(message) => message,
        Err(error) => {
            let error = SendError::Invalid(error);
            if args.json {
                print_json(&outcome::as_json(&error))?;
            }
            return Err(outcome::told("the message", error).hint(outcome::check_hint(&args.file)));
        }
    };
    if args.dry_run {
        return dry(args, settings, &message);
    }
    let client = args.access.client(settings)?;
    let progress = Progress::open();
    progress.says("sending");
    let result = api::block_on(async {
        let stop = signals::Stop::listen()?;
        Ok(tokio::select! {
            result = client.send(&message) => Some(result),
            () = stop.asked() => None,
        })
    });
    progress.finish();
    match result? {
        Some(result) => told(args, &client, &message, result),
        None => ended(args, &client, &message),
    }
}

/// Holds a message against the definition of its template.
fn checked(settings: &Settings, message: Message) -> Result<Message, wa_message::InvalidMessage> {
    match api::definitions(settings, None) {
        Ok(Some(templates)) => templates.check(&message).map(|()| message),
        Ok(None) => Ok(message),
        // The API knows them.
        Err(error) => {
            terminal::warn(&format!("{error}; so the message is not held against them"));
            Ok(message)
        }
    }
}

fn dry(args: &Args, settings: &Settings, message: &Message) -> Result<Exit, Error> {
    let json: serde_json::Value = message.to_json().parse().unwrap_or_default();
    terminal::print(&format!("{json:#}\n"))?;
    let from = match args.access.number(settings) {
        Ok(number) => format!("from the number {number}"),
        Err(_) => "once there is a phone number id".to_owned(),
    };
    terminal::say(&format!(
        "It would go to {} {from}. Nothing was sent.",
        outcome::one_line(message.addressee())
    ));
    Ok(Exit::Done)
}

fn told(
    args: &Args,
    client: &Client,
    message: &Message,
    result: Result<Sent, SendError>,
) -> Result<Exit, Error> {
    let error = match result {
        Ok(sent) => {
            if args.json {
                print_json(&json!({
                    "outcome": "accepted",
                    "id": sent.id(),
                    "wa_id": sent.wa_id(),
                    "status": sent.message_status().map(ToString::to_string),
                }))?;
            } else {
                terminal::print(&format!("{}\n", outcome::one_line(sent.id())))?;
            }
            return Ok(Exit::Done);
        }
        Err(error) => error,
    };
    if args.json {
        print_json(&outcome::as_json(&error))?;
    }
    match error {
        // It is there, and only its id is not known.
        SendError::Unreadable(_) => {
            terminal::say(&error.to_string());
            Ok(Exit::Done)
        }
        SendError::InDoubt(_) => {
            Err(in_doubt(outcome::told("the message", error), client, message))
        }
        error => Err(outcome::told("the message", error)),
    }
}

/// Says what is known of a message when somebody has ended the program: the request may be on its way.
fn ended(args: &Args, client: &Client, message: &Message) -> Result<Exit, Error> {
    let why = "the program was ended before an answer came";
    if args.json {
        print_json(&json!({ "outcome": "in_doubt", "why": why }))?;
    }
    Err(in_doubt(
        Error::usage(format!("it is not known what became of the message: {why}"))
            .with_exit(Exit::InDoubt),
        client,
        message,
    ))
}

fn in_doubt(error: Error, client: &Client, message: &Message) -> Error {
    error
        .note(doubt(client, message))
        .hint("do not send it again before that: the customer may get it twice")
}

/// How to find out what became of a message.
fn doubt(client: &Client, message: &Message) -> String {
    let to = outcome::one_line(message.addressee());
    let number = client.phone_number_id();
    let data = message.biz_opaque_callback_data.as_deref().map(outcome::one_line);
    let known_by = match data {
        Some(data) => format!("with the callback data `{data}`"),
        None => format!("for {to}"),
    };
    format!(
        "The API may have accepted it, and may not.\n\
         If it did, webhooks of the number {number} say so within minutes: a status {known_by}.\n\
         `wa webhook events` shows them in what your server has kept. Or ask whoever reads at {to}."
    )
}

fn print_json(json: &serde_json::Value) -> Result<(), Error> {
    Ok(terminal::print(&format!("{json}\n"))?)
}
