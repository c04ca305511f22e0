//! A message for each row of a table, through an outbox, so that it can be ended in the middle and goes on.

use std::{
    collections::{HashMap, HashSet},
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use sha2::{Digest as _, Sha256};
use wa_message::{
    Message,
    outbox::{EntryId, NewEntry, Outbox, OutboxError, State},
};

use super::{
    Args, Body, report,
    rows::{self, Row},
};
use crate::{
    api,
    config::Settings,
    error::{Error, Exit},
    outcome,
    progress::Progress,
    signals, terminal,
};

/// The beginning of the URL of a file.
const FILE: &str = "sqlite:";
/// How many entries are put into the outbox in one transaction.
const TOGETHER: usize = 500;
/// How many faulty rows are shown.
const SHOWN: usize = 20;

/// A row and its message.
#[derive(Debug)]
pub(super) struct Planned {
    pub(super) line: u64,
    pub(super) key: Box<str>,
    /// Whom it goes to.
    pub(super) to: Box<str>,
    /// The message as JSON, of which a million takes less room than of messages.
    body: Box<str>,
}

impl Planned {
    fn new(line: u64, key: String, message: &Message) -> Self {
        Self {
            line,
            key: key.into(),
            to: message.addressee().into(),
            body: message.to_json().into(),
        }
    }

    fn message(&self) -> Result<Message, Error> {
        let message = self.body.parse();
        message.map_err(|error| Error::usage("a message cannot be read again").because(error))
    }
}

pub(super) fn run(
    args: &Args,
    settings: &Settings,
    body: &Body,
    path: &Path,
) -> Result<Exit, Error> {
    let planned = plan(args, settings, body, path)?;
    if args.dry_run {
        let bodies: String = planned.iter().flat_map(|row| [&*row.body, "\n"]).collect();
        terminal::print(&bodies)?;
        terminal::say(&format!(
            "Valid: {}. Nothing was sent.",
            outcome::count(planned.len(), "message")
        ));
        return Ok(Exit::Done);
    }
    let client = args.access.client(settings)?;
    let url = match &args.each.outbox {
        Some(url) => url.clone(),
        None => format!("{FILE}{}.outbox", path.display()),
    };
    let ended = api::block_on(async {
        let outbox = Outbox::open(&url).await.map_err(failed)?;
        let progress = Progress::of(planned.len() as u64);
        let number = client.phone_number_id();
        refuse_others(&outbox, number, &planned, &progress).await?;
        let ids = enqueue(&outbox, number, &planned, &progress).await?;
        let is_stopped = drain(args, &outbox, &client, &ids, &progress).await?;
        progress.finish();
        let told = report::Report::of(&outbox, number, &planned, &ids).await.map_err(failed)?;
        // That nobody reads any more does not make it go well.
        match told.print(args.json) {
            Err(error) if error.exit() != Exit::Done => return Err(error),
            _ => {}
        }
        if is_stopped && told.is_open() {
            terminal::say("Stopped. The same command goes on where it was.");
        }
        // One of a database may hold a password.
        told.hint(if url.starts_with(FILE) { &url } else { "URL" });
        Ok(told.exit())
    });
    settle(&url);
    ended
}

/// Waits until the file is closed, so that all of it is in one piece. Others may have it open, so not for long.
fn settle(url: &str) {
    let Some(file) = url.strip_prefix(FILE) else { return };
    let rest = PathBuf::from(format!("{file}-wal"));
    for _ in 0..50 {
        if !rest.exists() {
            return;
        }
        thread::sleep(Duration::from_millis(10));
    }
}

pub(super) fn failed(error: OutboxError) -> Error {
    Error::usage("the outbox cannot be used").because(error)
}

/// Makes the messages of all rows, or says what is wrong with them.
fn plan(args: &Args, settings: &Settings, body: &Body, path: &Path) -> Result<Vec<Planned>, Error> {
    let templates = api::definitions(settings, None)?;
    let (mut planned, mut faulty) = (Vec::new(), Faulty::default());
    let mut keys = Keys { column: args.each.key.as_deref(), seen: HashMap::new() };
    let count = rows::each(path, |row| {
        let message = body.fill(&row.cells).and_then(|message| {
            let held = templates.as_ref().map_or(Ok(()), |templates| templates.check(&message));
            held.map(|()| message).map_err(|error| outcome::violations(&error).join("; "))
        });
        let made = message.and_then(|message| Ok((keys.of(&row)?, message)));
        match made {
            Ok((key, message)) => planned.push(Planned::new(row.line, key, &message)),
            Err(why) => faulty.add(row.line, why),
        }
    })?;
    if faulty.count == 0 {
        return Ok(planned);
    }
    let says =
        format!("{} of {count} rows make no valid message, so nothing was sent", faulty.count);
    Err(Error::usage(says).note(faulty.told()).with_exit(Exit::Refused))
}

/// Rows that make no message. What is wrong with many of them is said once.
#[derive(Default)]
struct Faulty {
    count: usize,
    /// What is wrong, with the first line that has it, and how many others do.
    kinds: Vec<(String, u64, usize)>,
    /// Those that are wrong in yet another way.
    others: usize,
}

impl Faulty {
    fn add(&mut self, line: u64, why: String) {
        self.count += 1;
        if let Some((.., more)) = self.kinds.iter_mut().find(|(known, ..)| *known == why) {
            *more += 1;
        } else if self.kinds.len() < SHOWN {
            self.kinds.push((why, line, 0));
        } else {
            self.others += 1;
        }
    }

    fn told(&self) -> String {
        let mut lines: Vec<_> = self
            .kinds
            .iter()
            .map(|(why, line, more)| match more {
                0 => format!("line {line}: {why}"),
                more => format!("line {line}, and {more} more: {why}"),
            })
            .collect();
        if self.others > 0 {
            lines.push(format!("and {} more", self.others));
        }
        lines.join("\n")
    }
}

/// Keys by which rows are known again.
struct Keys<'a> {
    column: Option<&'a str>,
    /// How often each was there, or the line of the row that has it.
    seen: HashMap<String, u64>,
}

impl Keys<'_> {
    /// The key of a row: that of its column, or all that it holds. Rows that hold the same are told apart by their order,
    /// so that rows can be added anywhere.
    fn of(&mut self, row: &Row) -> Result<String, String> {
        let Some(column) = self.column else {
            let mut names: Vec<_> = row.cells.iter().collect();
            names.sort_by_key(|(name, _)| *name);
            let content = hash(&serde_json::to_string(&names).unwrap_or_default());
            let times = self.seen.entry(content.clone()).or_default();
            *times += 1;
            return Ok(format!("row-{content}-{times}"));
        };
        let Some(cell) = row.cells.get(column) else {
            return Err(format!("there is no column `{column}`, which is to be the key"));
        };
        let key = match cell {
            serde_json::Value::String(text) => text.trim().to_owned(),
            other => other.to_string(),
        };
        if key.is_empty() {
            return Err(format!("the column `{column}` is empty, which is to be the key"));
        }
        match self.seen.insert(key.clone(), row.line) {
            Some(line) => {
                Err(format!("the key `{}` is that of line {line} too", outcome::one_line(&key)))
            }
            None => Ok(key),
        }
    }
}

fn hash(text: &str) -> String {
    let digits = |byte: &u8| [byte >> 4, byte & 0xf].map(|half| char::from_digit(half.into(), 16));
    Sha256::digest(text.as_bytes()).iter().take(16).flat_map(digits).flatten().collect()
}

/// Looks whether the outbox has another message under a key: a campaign that was changed is not mixed with the one before.
async fn refuse_others(
    outbox: &Outbox,
    number: &str,
    planned: &[Planned],
    progress: &Progress,
) -> Result<(), Error> {
    if outbox.summary().await.map_err(failed)?.total() == 0 {
        return Ok(());
    }
    progress.says("looking for what went out before");
    let mut others = Vec::new();
    for row in planned {
        progress.step();
        let entry = outbox.find(number, &row.key).await.map_err(failed)?;
        let Some(entry) = entry else { continue };
        let now = row.message()?;
        let is_same = entry.body.parse::<Message>().is_ok_and(|kept| {
            let (mut kept, mut now) = (kept.into_inner(), now.into_inner());
            (kept.biz_opaque_callback_data, now.biz_opaque_callback_data) = (None, None);
            kept == now
        });
        if !is_same {
            others.push(row.line);
        }
    }
    let Some(first) = others.first() else { return Ok(()) };
    let says = format!(
        "the outbox has other messages for {} of the rows, such as that in line {first}, so nothing was sent",
        others.len()
    );
    Err(Error::usage(says).hint(
        "another `--outbox` sends all rows anew; `wa outbox list` shows what went out before",
    ))
}

/// Puts all messages in, except those that are there.
async fn enqueue(
    outbox: &Outbox,
    number: &str,
    planned: &[Planned],
    progress: &Progress,
) -> Result<Vec<EntryId>, Error> {
    progress.says("getting ready");
    let mut ids = Vec::with_capacity(planned.len());
    for part in planned.chunks(TOGETHER) {
        let entry = |row: &Planned| Ok(NewEntry::new(number, &row.message()?).key(&*row.key));
        let entries = part.iter().map(entry).collect::<Result<Vec<_>, Error>>()?;
        let enqueued = outbox.enqueue_all(entries).await.map_err(failed)?;
        ids.extend(enqueued.into_iter().map(|enqueued| enqueued.id));
        progress.set(ids.len() as u64, None);
    }
    Ok(ids)
}

/// Sends until nothing waits, or until the program is asked to end. Returns whether it was.
async fn drain(
    args: &Args,
    outbox: &Outbox,
    client: &wa_message::Client,
    ids: &[EntryId],
    progress: &Progress,
) -> Result<bool, Error> {
    let stop = signals::Stop::listen()?;
    let sending = outbox.summary().await.map_err(failed)?.of(State::Sending);
    if sending > 0 {
        let messages = outcome::count(usize::try_from(sending).unwrap_or(usize::MAX), "message");
        terminal::say(&format!(
            "{messages} stood as being sent when a run before ended. Unless it still runs, they are in doubt, \
             which is certain after a minute."
        ));
    }
    let watching = tokio::spawn(watch(outbox.clone(), ids.to_vec(), progress.clone()));
    let mut worker = outbox.worker(client);
    if let Some(rate) = args.each.rate {
        worker = worker.rate(rate);
    }
    if let Some(requests) = args.each.concurrency {
        worker = worker.concurrency(requests);
    }
    let asked = stop.clone();
    let ended = worker
        .drain_until(async {
            asked.asked().await;
            progress.finish();
            terminal::say("Ending when the requests that run are answered.");
        })
        .await;
    watching.abort();
    ended.map_err(failed)?;
    Ok(stop.is_asked())
}

/// Shows how far it is.
async fn watch(outbox: Outbox, ids: Vec<EntryId>, progress: Progress) {
    let mut events = outbox.events();
    let ids: HashSet<_> = ids.into_iter().collect();
    let mut done = HashSet::new();
    // Those of a run before, which have come to their end.
    let ended = report::entries(&outbox, None, |entry| {
        if is_over(entry.state) && ids.contains(&entry.id) {
            done.insert(entry.id);
        }
    });
    // It is shown from the beginning then.
    let _ = ended.await;
    progress.says("");
    progress.set(done.len() as u64, None);
    while let Some(moved) = events.next().await {
        if is_over(moved.state) && ids.contains(&moved.id) && done.insert(moved.id) {
            progress.step();
        }
    }
}

fn is_over(state: State) -> bool {
    state.is_final() || state == State::InDoubt
}
