//! The store of an outbox: where it is, its tables, and what becomes of old entries.

use std::{
    path::Path,
    time::{Duration, SystemTime},
};

use serde_json::json;
use wa_message::outbox::{Entry, EntryId, Outbox, OutboxError, State};

use super::decide::{Confirm, confirmed};
use crate::{
    config::{Found, Origin, Setting, Settings},
    error::{Error, Exit},
    terminal,
};

/// The beginning of the URL of a file.
const FILE: &str = "sqlite:";

/// Remove entries that came to their end long ago
///
/// What waits, is under way or in doubt is never removed.
#[derive(Debug, clap::Args)]
pub(super) struct Purge {
    /// How long ago they came to their end at least: 30d, 12h
    #[arg(long, value_name = "TIME", value_parser = humantime::parse_duration)]
    older_than: Duration,
    /// Only those in this state; may be given several times. Defaults to all that are at an end
    #[arg(long, value_name = "STATE", value_parser = state)]
    state: Vec<State>,
    /// Print JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    confirm: Confirm,
}

/// Make the tables of an outbox, or bring them up to date
#[derive(Debug, clap::Args)]
pub(super) struct Migrate {}

/// Move all entries into another outbox
///
/// Stop the workers of this one first: what they hold stays. What was interrupted goes on when it is done again.
#[derive(Debug, clap::Args)]
pub(super) struct Move {
    /// The other outbox
    #[arg(long, value_name = "URL")]
    to: String,
    /// Print JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    confirm: Confirm,
}

/// Reads the name of a state.
pub(super) fn state(text: &str) -> Result<State, String> {
    text.replace([' ', '-'], "_")
        .parse()
        .map_err(|error: wa_message::outbox::UnknownState| error.to_string())
}

/// The place of an outbox.
#[derive(Debug)]
pub(super) struct Place {
    url: String,
    /// The number whose keys are meant.
    number: Option<String>,
}

impl Place {
    pub(super) fn of(argument: Option<&str>, settings: &Settings) -> Result<Self, Error> {
        let argument = argument.map(|url| ("--outbox", url));
        let Found { value, origin } = settings.need(Setting::OUTBOX, argument).map_err(|error| {
            error.hint("`--outbox sqlite:outbox.db`, WA_OUTBOX, or `outbox` in `wa.toml` says where it is")
        })?;
        let number = settings.get(Setting::PHONE_NUMBER_ID, None).map(|found| found.value);
        Ok(Self { url: resolved(value, &origin), number })
    }

    /// Opens an outbox that is there.
    pub(super) async fn open(&self) -> Result<Outbox, Error> {
        let file = self.url.strip_prefix(FILE);
        if let Some(file) = file.filter(|file| !Path::new(file).exists()) {
            return Err(Error::usage(format!("there is no outbox `{file}`"))
                .hint("`wa outbox migrate` makes one, and so does a program that sends"));
        }
        self.make().await
    }

    /// Finds an entry by its id, or by its key.
    pub(super) async fn entry(&self, outbox: &Outbox, name: &str) -> Result<Entry, Error> {
        if let Ok(id) = name.parse::<EntryId>() {
            return outbox.show(id).await.map_err(failed);
        }
        let Some(number) = &self.number else {
            return Err(Error::usage(format!("`{name}` is no id of an entry"))
                .hint("it may be a key, for which WHATSAPP_PHONE_NUMBER_ID or `wa.toml` has to say the number"));
        };
        let found = outbox.find(number, name).await.map_err(failed)?;
        found.ok_or_else(|| {
            Error::usage(format!(
                "the number {number} has no entry with the id or the key `{name}`"
            ))
            .with_exit(Exit::Refused)
        })
    }

    /// Opens an outbox, which is made if it is not there.
    pub(super) async fn make(&self) -> Result<Outbox, Error> {
        Outbox::open(&self.url).await.map_err(|error| {
            let error = failed(error);
            // Whoever names a file means it.
            if !self.url.contains(':') && Path::new(&self.url).is_file() {
                error.hint(format!("did you mean `{FILE}{}`?", self.url))
            } else {
                error
            }
        })
    }
}

/// A file that `wa.toml` names lies beside it.
fn resolved(url: String, origin: &Origin) -> String {
    match (origin, url.strip_prefix(FILE)) {
        (Origin::File { path, .. }, Some(file)) if !file.starts_with([':', '/']) => {
            let folder = path.parent().unwrap_or(Path::new(""));
            format!("{FILE}{}", folder.join(file).display())
        }
        _ => url,
    }
}

pub(super) fn failed(error: OutboxError) -> Error {
    match error {
        OutboxError::NotFound | OutboxError::WrongState { .. } => {
            Error::usage(error.to_string()).with_exit(Exit::Refused)
        }
        OutboxError::Entry(error) => Error::usage(error.to_string()),
        error => Error::usage("the outbox cannot be used").because(error),
    }
}

pub(super) async fn purge(args: &Purge, place: &Place) -> Result<Exit, Error> {
    let outbox = place.open().await?;
    let finals: Vec<_> = State::ALL.into_iter().filter(|state| state.is_final()).collect();
    if let Some(state) = args.state.iter().find(|state| !state.is_final()) {
        return Err(Error::usage(format!("what is {state} is never removed")));
    }
    let states = if args.state.is_empty() { finals } else { args.state.clone() };
    let before = SystemTime::now().checked_sub(args.older_than).unwrap_or(SystemTime::UNIX_EPOCH);
    let names: Vec<_> = states.iter().map(ToString::to_string).collect();
    let time = humantime::format_rfc3339_seconds(before);
    confirmed(
        &args.confirm,
        &format!(
            "Entries that have been {} since before {time} are removed for good.",
            names.join(", ")
        ),
    )?;
    let removed = outbox.purge(before, &states).await.map_err(failed)?;
    let line = if args.json {
        json!({ "removed": removed }).to_string()
    } else {
        format!("{removed} removed")
    };
    terminal::print(&format!("{line}\n"))?;
    Ok(Exit::Done)
}

pub(super) async fn migrate(_: &Migrate, place: &Place) -> Result<Exit, Error> {
    let outbox = place.make().await?;
    let summary = outbox.summary().await.map_err(failed)?;
    terminal::print(&format!("up to date: {summary}\n"))?;
    Ok(Exit::Done)
}

pub(super) async fn move_to(args: &Move, place: &Place) -> Result<Exit, Error> {
    let outbox = place.open().await?;
    let count = outbox.summary().await.map_err(failed)?.total();
    confirmed(
        &args.confirm,
        &format!("{count} entries go to the other outbox. Its workers send them."),
    )?;
    let other = Outbox::open(&args.to).await.map_err(failed)?;
    let transfer = outbox.move_to(&other).await.map_err(failed)?;
    let line = if args.json { json!(transfer).to_string() } else { transfer.to_string() };
    terminal::print(&format!("{line}\n"))?;
    if transfer.stayed > 0 {
        terminal::say(
            "What stayed is held by a worker, or its key is taken there. Do it again when the workers have ended.",
        );
    }
    Ok(Exit::Done)
}
