//! The end of many messages: what became of each row.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    fmt::Write as _,
};

use serde_json::json;
use wa_message::outbox::{Entry, EntryId, Filter, Outbox, OutboxError, State};

use super::campaign::Planned;
use crate::{
    error::{Error, Exit},
    outcome, terminal,
};

/// How many rows that did not go well are shown.
const SHOWN: usize = 20;
/// How many entries are asked for at once.
const PAGE: u32 = 1_000;

/// What became of each row.
pub(super) struct Report<'p> {
    rows: Vec<(&'p Planned, Entry)>,
}

impl<'p> Report<'p> {
    /// Looks what the outbox knows of the rows.
    pub(super) async fn of(
        outbox: &Outbox,
        number: &str,
        planned: &'p [Planned],
        ids: &[EntryId],
    ) -> Result<Self, OutboxError> {
        let wanted: HashSet<_> = ids.iter().copied().collect();
        let mut all = HashMap::with_capacity(ids.len());
        entries(outbox, Some(number), |mut entry| {
            if wanted.contains(&entry.id) {
                // The row has it too.
                entry.body = String::new();
                all.insert(entry.id, entry);
            }
        })
        .await?;
        let rows = planned.iter().zip(ids);
        Ok(Self { rows: rows.filter_map(|(row, id)| Some((row, all.remove(id)?))).collect() })
    }

    /// Whether something waits.
    pub(super) fn is_open(&self) -> bool {
        self.rows.iter().any(|(_, entry)| is_open(entry.state))
    }

    /// The worst outcome.
    pub(super) fn exit(&self) -> Exit {
        let worst = self.rows.iter().map(|(_, entry)| exit(entry));
        worst.max_by_key(|exit| severity(*exit)).unwrap_or(Exit::Done)
    }

    pub(super) fn print(&self, json: bool) -> Result<(), Error> {
        let out = if json { self.lines() } else { self.tables() };
        Ok(terminal::print(&out)?)
    }

    fn lines(&self) -> String {
        let lines = self.rows.iter().map(|(row, entry)| {
            let line = json!({
                "line": row.line,
                "key": row.key,
                "to": row.to,
                "outcome": entry.state,
                "id": entry.wamid,
                "status": entry.status,
                "failure": entry.failure,
                "entry": entry.id,
            });
            format!("{line}\n")
        });
        lines.collect()
    }

    fn tables(&self) -> String {
        let mut counts: BTreeMap<State, usize> = BTreeMap::new();
        for (_, entry) in &self.rows {
            *counts.entry(entry.state).or_default() += 1;
        }
        let counts: Vec<_> = counts
            .into_iter()
            .map(|(state, count)| vec![state.to_string(), count.to_string()])
            .collect();
        let mut out = terminal::table(&["OUTCOME", "MESSAGES"], &counts);
        let is_faulty = |entry: &Entry| exit(entry) != Exit::Done && !is_open(entry.state);
        let faulty: Vec<_> = self.rows.iter().filter(|(_, entry)| is_faulty(entry)).collect();
        if faulty.is_empty() {
            return out;
        }
        let rows: Vec<_> = faulty
            .iter()
            .take(SHOWN)
            .map(|(row, entry)| {
                let to = outcome::one_line(&row.to);
                vec![row.line.to_string(), to, entry.state.to_string(), outcome::why(entry)]
            })
            .collect();
        out.push('\n');
        out.push_str(&terminal::table(&["LINE", "TO", "OUTCOME", "WHY"], &rows));
        if let Some(more @ 1..) = faulty.len().checked_sub(SHOWN) {
            _ = writeln!(out, "and {more} more");
        }
        out
    }

    /// Says what can be done about those that did not go well.
    pub(super) fn hint(&self, url: &str) {
        let any = |is: fn(State) -> bool| self.rows.iter().any(|(_, entry)| is(entry.state));
        let mut hints = Vec::new();
        if any(|state| state == State::InDoubt) {
            hints.push(format!(
                "nobody knows whether those in doubt were accepted; `wa outbox list --state in_doubt --outbox {url}` \
                 shows them, their webhooks tell, and `wa outbox resolve` records what you have found out"
            ));
        }
        if any(|state| state == State::Refused) {
            hints.push(format!(
                "`wa explain CODE` says what to do, and `wa outbox retry --state refused --outbox {url}` sends them again"
            ));
        }
        for hint in hints {
            terminal::hint(&hint);
        }
    }
}

/// Hands on all entries of a number, or of all.
pub(super) async fn entries(
    outbox: &Outbox,
    number: Option<&str>,
    mut take: impl FnMut(Entry),
) -> Result<(), OutboxError> {
    let mut last = None;
    loop {
        let mut filter = Filter::new().most(PAGE);
        if let Some(number) = number {
            filter = filter.number(number);
        }
        if let Some(last) = last {
            filter = filter.after(last);
        }
        let page = outbox.list(filter).await?;
        let is_last = page.len() < PAGE as usize;
        last = page.last().map(|entry| entry.id);
        page.into_iter().for_each(&mut take);
        if is_last {
            return Ok(());
        }
    }
}

fn is_open(state: State) -> bool {
    matches!(state, State::Pending | State::Leased | State::Sending)
}

/// The exit code of one message.
fn exit(entry: &Entry) -> Exit {
    match entry.state {
        State::Accepted => Exit::Done,
        State::InDoubt => Exit::InDoubt,
        State::Refused | State::Invalid => Exit::Refused,
        State::Pending if entry.failure.as_ref().is_some_and(|why| why.kind == "throttled") => {
            Exit::Throttled
        }
        _ => Exit::NotSent,
    }
}

/// How bad an outcome is: what a person has to find out is worse than what can simply be sent again.
fn severity(exit: Exit) -> u8 {
    match exit {
        Exit::Done => 0,
        Exit::Throttled => 1,
        Exit::NotSent => 2,
        Exit::Refused => 3,
        _ => 4,
    }
}
