//! Decisions of people. Each is asked for once more, and kept with its author.

use std::{
    env,
    fmt::Write as _,
    io::{self, BufRead as _, IsTerminal as _, Write as _},
};

use serde_json::json;
use wa_message::outbox::{Decision, Entry, Filter, Outbox, State, Step};

use super::{
    look,
    store::{Place, failed, state},
};
use crate::{
    error::{Error, Exit},
    terminal,
};

/// How many entries are asked for at once.
const PAGE: u32 = 500;
/// How many entries are shown before a decision on all of them.
const SHOWN: usize = 10;

/// Record what you have found out of messages in doubt
///
/// Ask the customer, or look for statuses in what your server has kept: any status proves that the message was accepted.
#[derive(Debug, clap::Args)]
pub(super) struct Resolve {
    /// Their ids, or their keys
    #[arg(value_name = "ENTRY", required = true)]
    entries: Vec<String>,
    /// What became of them
    #[arg(long = "as", value_name = "WHAT", value_enum)]
    outcome: Outcome,
    #[command(flatten)]
    author: Author,
}

/// What became of a message in doubt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Outcome {
    /// It was accepted
    Accepted,
    /// It was not accepted
    NotAccepted,
    /// Nobody knows, and it is sent again, although the customer may get it twice
    SendAgain,
}

/// Do not send messages that have not been sent yet
#[derive(Debug, clap::Args)]
pub(super) struct Cancel {
    #[command(flatten)]
    which: Which,
    #[command(flatten)]
    author: Author,
}

/// Send messages once more that were refused, expired or cancelled
///
/// They were certainly not accepted, so nothing arrives twice.
#[derive(Debug, clap::Args)]
pub(super) struct Retry {
    #[command(flatten)]
    which: Which,
    #[command(flatten)]
    author: Author,
}

/// Arguments that say which entries it is about
#[derive(Debug, clap::Args)]
struct Which {
    /// Their ids, or their keys
    #[arg(value_name = "ENTRY", required_unless_present = "state")]
    entries: Vec<String>,
    /// All entries in this state
    #[arg(long, value_name = "STATE", value_parser = state, conflicts_with = "entries")]
    state: Option<State>,
}

/// Arguments of a decision
#[derive(Debug, clap::Args)]
struct Author {
    /// Who decides, which is recorded. Defaults to the name of the user
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// Print an object of JSON for each entry, each on a line
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    confirm: Confirm,
}

impl Author {
    fn name(&self) -> Result<String, Error> {
        let user = || ["USER", "LOGNAME", "USERNAME"].iter().find_map(|name| env::var(name).ok());
        let name = self.by.clone().or_else(user).filter(|name| !name.trim().is_empty());
        name.ok_or_else(|| {
            Error::usage("it is not known who decides")
                .hint("`--by NAME` says it; it is kept with the entry")
        })
    }
}

/// Arguments of what cannot be taken back
#[derive(Debug, clap::Args)]
pub(super) struct Confirm {
    /// Do not ask once more
    #[arg(long, short)]
    yes: bool,
}

/// Asks once more whether it is meant so.
pub(super) fn confirmed(confirm: &Confirm, says: &str) -> Result<(), Error> {
    if confirm.yes {
        return Ok(());
    }
    if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        return Err(Error::usage("nobody is there to be asked whether it is meant so")
            .note(says)
            .hint("`--yes` says so beforehand"));
    }
    let mut out = io::stderr().lock();
    write!(out, "{}\nIs it meant so? [y/N] ", terminal::clean(says))?;
    out.flush()?;
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer)?;
    if matches!(answer.trim().to_ascii_lowercase().as_str(), "y" | "yes") {
        return Ok(());
    }
    Err(Error::usage("nothing was changed"))
}

pub(super) async fn resolve(args: &Resolve, place: &Place) -> Result<Exit, Error> {
    let (decision, says) = match args.outcome {
        Outcome::Accepted => {
            (Decision::Accepted, "They are taken for accepted, and are not sent again.")
        }
        Outcome::NotAccepted => {
            (Decision::NotAccepted, "They are taken for refused. They can be sent once more then.")
        }
        Outcome::SendAgain => (
            Decision::SendAgain,
            "They are sent again. A customer who has got one before gets it twice.",
        ),
    };
    let outbox = place.open().await?;
    let entries = named(&outbox, place, &args.entries, Step::DecideAccepted).await?;
    decide(&outbox, &entries, decision, says, &args.author).await
}

pub(super) async fn cancel(args: &Cancel, place: &Place) -> Result<Exit, Error> {
    let outbox = place.open().await?;
    let entries = found(&outbox, place, &args.which, Step::Cancel).await?;
    decide(&outbox, &entries, Decision::Cancel, "They are not sent.", &args.author).await
}

pub(super) async fn retry(args: &Retry, place: &Place) -> Result<Exit, Error> {
    let outbox = place.open().await?;
    let entries = found(&outbox, place, &args.which, Step::Retry).await?;
    decide(&outbox, &entries, Decision::Retry, "They are sent once more.", &args.author).await
}

async fn found(
    outbox: &Outbox,
    place: &Place,
    which: &Which,
    step: Step,
) -> Result<Vec<Entry>, Error> {
    let Some(state) = which.state else { return named(outbox, place, &which.entries, step).await };
    if state.after(step).is_none() {
        return Err(Error::usage(format!("what is {state} cannot be dealt with so")));
    }
    let mut all: Vec<Entry> = Vec::new();
    loop {
        let mut filter = Filter::new().state(state).most(PAGE);
        if let Some(last) = all.last() {
            filter = filter.after(last.id);
        }
        let page = outbox.list(filter).await.map_err(failed)?;
        let is_last = page.len() < PAGE as usize;
        all.extend(page);
        if is_last {
            return Ok(all);
        }
    }
}

/// The entries of these names. All of them have to allow it, before anything is decided.
async fn named(
    outbox: &Outbox,
    place: &Place,
    names: &[String],
    step: Step,
) -> Result<Vec<Entry>, Error> {
    let mut entries = Vec::with_capacity(names.len());
    for name in names {
        let entry = place.entry(outbox, name).await?;
        if entry.state.after(step).is_none() {
            let says = format!("entry {} is {}, so this cannot be done", entry.id, entry.state);
            return Err(Error::usage(says).with_exit(Exit::Refused));
        }
        entries.push(entry);
    }
    Ok(entries)
}

async fn decide(
    outbox: &Outbox,
    entries: &[Entry],
    decision: Decision,
    says: &str,
    author: &Author,
) -> Result<Exit, Error> {
    let by = author.name()?;
    if entries.is_empty() {
        terminal::say("There are none.");
        return Ok(Exit::Done);
    }
    let mut about = look::table(&entries[..entries.len().min(SHOWN)]);
    if let Some(more @ 1..) = entries.len().checked_sub(SHOWN) {
        _ = writeln!(about, "and {more} more");
    }
    confirmed(&author.confirm, &format!("{about}{says} Recorded for {by}."))?;
    let mut exit = Exit::Done;
    for entry in entries {
        // Others may have decided meanwhile.
        match outbox.decide(entry.id, decision, &by).await.map_err(failed) {
            Ok(moved) => {
                let line = if author.json {
                    json!(moved).to_string()
                } else {
                    format!("{}  {}", moved.id, moved.state)
                };
                terminal::print(&format!("{line}\n"))?;
            }
            Err(error) if error.exit() == Exit::Refused => {
                error.print();
                exit = Exit::Refused;
            }
            Err(error) => return Err(error),
        }
    }
    Ok(exit)
}
