//! Looks into an outbox.

use std::{
    fmt::Write as _,
    io::{self, IsTerminal as _},
    time::{Duration, SystemTime},
};

use serde_json::json;
use wa_message::{
    ErrorCode, Message,
    outbox::{Entry, EntryId, Filter, State, Summary},
};

use super::store::{Place, failed, state};
use crate::{
    error::{Error, Exit},
    outcome, signals, terminal,
};

/// How often the live status is drawn.
const EVERY: Duration = Duration::from_secs(1);

/// Count the entries in each state
#[derive(Debug, clap::Args)]
pub(super) struct Status {
    /// Go on until Ctrl-C
    #[arg(long, short)]
    watch: bool,
    /// Print JSON, with --watch a line for each change
    #[arg(long)]
    json: bool,
}

/// List entries, in the order in which they were put in
#[derive(Debug, clap::Args)]
pub(super) struct List {
    /// Only those in this state, such as `in_doubt`
    #[arg(long, value_name = "STATE", value_parser = state)]
    state: Option<State>,
    /// Only those of the business phone number with this id
    #[arg(long, value_name = "ID")]
    number: Option<String>,
    /// Only those behind this one
    #[arg(long, value_name = "ENTRY")]
    after: Option<EntryId>,
    /// So many at most
    #[arg(long, value_name = "ENTRIES", default_value_t = 100)]
    most: u32,
    /// Print an object of JSON for each, each on a line
    #[arg(long)]
    json: bool,
}

/// Show all that is known of an entry
#[derive(Debug, clap::Args)]
pub(super) struct Show {
    /// Its id, or its key
    #[arg(value_name = "ENTRY")]
    entry: String,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(super) async fn status(args: &Status, place: &Place) -> Result<Exit, Error> {
    let outbox = place.open().await?;
    let stop = if args.watch { Some(signals::Stop::listen()?) } else { None };
    let is_drawn = args.watch && !args.json && io::stdout().is_terminal();
    let (mut before, mut height) = (None, 0);
    loop {
        let summary = outbox.summary().await.map_err(failed)?;
        if is_drawn || before.as_ref() != Some(&summary) {
            let text = if args.json { format!("{}\n", json!(summary)) } else { counted(&summary) };
            // Over what was drawn before.
            let up = if is_drawn && height > 0 {
                format!("\u{1b}[{height}A\u{1b}[J")
            } else {
                String::new()
            };
            height = text.lines().count();
            terminal::draw(&format!("{up}{text}"))?;
        }
        before = Some(summary);
        let Some(stop) = &stop else { return Ok(Exit::Done) };
        if tokio::time::timeout(EVERY, stop.asked()).await.is_ok() {
            return Ok(Exit::Done);
        }
    }
}

fn counted(summary: &Summary) -> String {
    let row = |(state, count): (&State, &u64)| vec![state.to_string(), count.to_string()];
    let mut rows: Vec<_> = summary.states.iter().map(row).collect();
    rows.push(vec!["all".to_owned(), summary.total().to_string()]);
    let mut out = terminal::table(&["STATE", "ENTRIES"], &rows);
    if let Some(since) = summary.oldest_doubt {
        _ = writeln!(out, "The oldest doubt is one since {}.", time(since));
    }
    out
}

pub(super) async fn list(args: &List, place: &Place) -> Result<Exit, Error> {
    let outbox = place.open().await?;
    // One more tells whether there is more.
    let mut filter = Filter::new().most(args.most.saturating_add(1));
    if let Some(state) = args.state {
        filter = filter.state(state);
    }
    if let Some(number) = &args.number {
        filter = filter.number(number);
    }
    if let Some(id) = args.after {
        filter = filter.after(id);
    }
    let mut entries = outbox.list(filter).await.map_err(failed)?;
    let has_more = entries.len() > args.most as usize;
    entries.truncate(args.most as usize);
    let out: String = if args.json {
        entries.iter().flat_map(|entry| [json!(entry).to_string(), "\n".to_owned()]).collect()
    } else {
        table(&entries)
    };
    terminal::print(&out)?;
    if let Some(last) = entries.last().filter(|_| has_more) {
        terminal::say(&format!("There are more: --after {}", last.id));
    }
    Ok(Exit::Done)
}

/// Entries as a table.
pub(super) fn table(entries: &[Entry]) -> String {
    let row = |entry: &Entry| {
        vec![
            entry.id.to_string(),
            entry.state.to_string(),
            entry.key.as_deref().map_or_else(|| "-".to_owned(), outcome::one_line),
            addressee(entry),
            entry.tries.to_string(),
            time(entry.changed),
            outcome::why(entry),
        ]
    };
    let rows: Vec<_> = entries.iter().map(row).collect();
    terminal::table(&["ENTRY", "STATE", "KEY", "TO", "TRIES", "CHANGED", "WHY"], &rows)
}

pub(super) fn addressee(entry: &Entry) -> String {
    let message = entry.body.parse::<Message>();
    message.map_or_else(|_| "-".to_owned(), |message| outcome::one_line(message.addressee()))
}

fn time(time: SystemTime) -> String {
    humantime::format_rfc3339_seconds(time).to_string()
}

pub(super) async fn show(args: &Show, place: &Place) -> Result<Exit, Error> {
    let outbox = place.open().await?;
    let entry = place.entry(&outbox, &args.entry).await?;
    let out = if args.json { format!("{}\n", json!(entry)) } else { described(&entry) };
    terminal::print(&out)?;
    Ok(Exit::Done)
}

fn described(entry: &Entry) -> String {
    let or_none = |text: Option<&str>| text.map_or_else(|| "-".to_owned(), outcome::one_line);
    let mut lines = vec![
        ("entry", entry.id.to_string()),
        ("state", entry.state.to_string()),
        ("number", outcome::one_line(&entry.number)),
        ("to", addressee(entry)),
        ("key", or_none(entry.key.as_deref())),
        ("data", or_none(entry.data.as_deref())),
        ("priority", entry.priority.to_string()),
        ("created", time(entry.created)),
        ("due", time(entry.due)),
        ("expires", entry.expires.map_or_else(|| "never".to_owned(), time)),
        ("changed", time(entry.changed)),
        ("tries", entry.tries.to_string()),
        ("id", or_none(entry.wamid.as_deref())),
        ("status", or_none(entry.status.as_deref())),
    ];
    if let Some(failure) = &entry.failure {
        lines.push(("failure", outcome::one_line(&failure.text)));
        lines.extend(failure.code.map(|code| ("code", ErrorCode::from(code).to_string())));
        lines.extend(failure.violations.iter().map(|violation| ("", outcome::one_line(violation))));
    }
    for decided in &entry.decisions {
        let by = outcome::one_line(&decided.by);
        lines.push(("decision", format!("{} by {by} at {}", decided.what, time(decided.at))));
    }
    lines.push(("callback data", entry.id.callback_data()));
    let mut out = String::new();
    for (name, value) in lines {
        _ = writeln!(out, "{name:<14}{value}");
    }
    out.push_str(&entry.body);
    out.push('\n');
    out
}
