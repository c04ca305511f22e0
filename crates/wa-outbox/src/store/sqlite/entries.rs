//! Entries in a file: put in, looked up, counted, removed.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension as _, Row, params};

use crate::{
    Decided, Enqueued, Entry, EntryId, Failure, Filter, NewEntry, State, Summary,
    error::OutboxError,
    pace::DEFAULT_RATE,
    time::{Millis, millis, time},
};

/// The members of an entry, in the order in which they are read.
const COLUMNS: &str = "id, number, key, data, body, priority, created, due, expires, state, changed, tries, wamid, \
                       status, failure";

/// Puts an entry in, unless its key is there already.
pub(crate) fn enqueue(
    connection: &Connection,
    new: &NewEntry,
    now: Millis,
) -> Result<Enqueued, OutboxError> {
    let id = EntryId::new();
    connection
        .prepare_cached("insert into wa_outbox_numbers (number, per_second) values (?1, ?2) on conflict do nothing")?
        .execute(params![new.number, DEFAULT_RATE])?;
    let inserted = connection
        .prepare_cached(
            "insert into wa_outbox_entries \
                (id, number, key, data, recipient, body, priority, created, due, expires, changed) \
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?8) \
             on conflict (number, key) where key is not null do nothing",
        )?
        .execute(params![
            id.to_string(),
            new.number,
            new.key,
            new.data,
            new.recipient,
            new.body,
            new.priority,
            now,
            new.due.map_or(now, millis),
            new.expires.map(millis),
        ])?;
    if inserted == 1 {
        return Ok(Enqueued { id, is_new: true });
    }
    let id: String = connection
        .prepare_cached("select id from wa_outbox_entries where number = ?1 and key = ?2")?
        .query_row(params![new.number, new.key], |row| row.get(0))?;
    Ok(Enqueued { id: id.parse()?, is_new: false })
}

/// Sets how many messages a second a number sends.
pub(super) fn set_rate(
    connection: &Connection,
    number: &str,
    per_second: u32,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "insert into wa_outbox_numbers (number, per_second) values (?1, ?2) \
             on conflict (number) do update set per_second = excluded.per_second",
        )?
        .execute(params![number, per_second.max(1)])?;
    Ok(())
}

pub(super) fn get(connection: &Connection, id: EntryId) -> rusqlite::Result<Option<Entry>> {
    let sql = format!("select {COLUMNS} from wa_outbox_entries where id = ?1");
    let entry = connection.prepare_cached(&sql)?.query_row([id.to_string()], entry).optional()?;
    with_decisions(connection, entry)
}

pub(super) fn find(
    connection: &Connection,
    number: &str,
    key: &str,
) -> rusqlite::Result<Option<Entry>> {
    let sql = format!("select {COLUMNS} from wa_outbox_entries where number = ?1 and key = ?2");
    let entry = connection.prepare_cached(&sql)?.query_row([number, key], entry).optional()?;
    with_decisions(connection, entry)
}

pub(super) fn list(connection: &Connection, filter: &Filter) -> rusqlite::Result<Vec<Entry>> {
    // With a state, the index of states has the order of ids; without one, the table itself has it.
    let sql = format!(
        "select {COLUMNS} from wa_outbox_entries \
         where id > ?1 and (?2 is null or number = ?2) {} order by id limit ?3",
        if filter.state.is_some() { "and state = ?4" } else { "and ?4 is null" },
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let after = filter.after.map(|id| id.to_string()).unwrap_or_default();
    let rows = statement.query_map(
        params![after, filter.number, filter.most, filter.state.map(State::as_str)],
        entry,
    )?;
    rows.map(|found| with_decisions(connection, Some(found?)))
        .filter_map(Result::transpose)
        .collect()
}

pub(super) fn summary(connection: &Connection) -> rusqlite::Result<Summary> {
    let mut statement = connection
        .prepare_cached("select state, count(*) from wa_outbox_entries group by state")?;
    let rows = statement
        .query_map([], |row| Ok((state(row, 0)?, row.get::<_, i64>(1)?.unsigned_abs())))?;
    let states = rows.collect::<rusqlite::Result<BTreeMap<State, u64>>>()?;
    let oldest: Option<Millis> = connection
        .prepare_cached("select min(changed) from wa_outbox_entries where state = 'in_doubt'")?
        .query_row([], |row| row.get(0))?;
    Ok(Summary { states, oldest_doubt: oldest.map(time), old_doubts: 0 })
}

/// Returns how many entries have been in doubt since this time.
pub(super) fn old_doubts(connection: &Connection, since: Millis) -> rusqlite::Result<u64> {
    connection
        .prepare_cached(
            "select count(*) from wa_outbox_entries where state = 'in_doubt' and changed <= ?1",
        )?
        .query_row([since], |row| row.get::<_, i64>(0))
        .map(i64::unsigned_abs)
}

/// Removes entries that came to their end before a time, so many at most.
pub(super) fn purge(
    connection: &Connection,
    before: Millis,
    states: &[State],
    most: u32,
) -> rusqlite::Result<u64> {
    let mut removed = 0;
    for state in states {
        let ids: Vec<String> = connection
            .prepare_cached(
                "select id from wa_outbox_entries where state = ?1 and changed < ?2 limit ?3",
            )?
            .query_map(params![state.as_str(), before, i64::from(most) - removed], |row| {
                row.get(0)
            })?
            .collect::<rusqlite::Result<_>>()?;
        for id in ids {
            connection
                .prepare_cached("delete from wa_outbox_decisions where entry = ?1")?
                .execute([&id])?;
            connection
                .prepare_cached("delete from wa_outbox_entries where id = ?1")?
                .execute([&id])?;
            removed += 1;
        }
    }
    Ok(u64::try_from(removed).unwrap_or(0))
}

fn with_decisions(
    connection: &Connection,
    entry: Option<Entry>,
) -> rusqlite::Result<Option<Entry>> {
    let Some(mut entry) = entry else { return Ok(None) };
    entry.decisions = connection
        .prepare_cached(
            "select what, author, at from wa_outbox_decisions where entry = ?1 order by rowid",
        )?
        .query_map([entry.id.to_string()], |row| {
            Ok(Decided { what: row.get(0)?, by: row.get(1)?, at: time(row.get(2)?) })
        })?
        .collect::<rusqlite::Result<_>>()?;
    Ok(Some(entry))
}

fn entry(row: &Row<'_>) -> rusqlite::Result<Entry> {
    Ok(Entry {
        id: id(row, 0)?,
        number: row.get(1)?,
        key: row.get(2)?,
        data: row.get(3)?,
        body: row.get(4)?,
        priority: row.get(5)?,
        created: time(row.get(6)?),
        due: time(row.get(7)?),
        expires: row.get::<_, Option<Millis>>(8)?.map(time),
        state: state(row, 9)?,
        changed: time(row.get(10)?),
        tries: row.get(11)?,
        wamid: row.get(12)?,
        status: row.get(13)?,
        failure: row.get::<_, Option<String>>(14)?.as_deref().map(Failure::from_json),
        decisions: Vec::new(),
    })
}

pub(super) fn id(row: &Row<'_>, at: usize) -> rusqlite::Result<EntryId> {
    parsed(row, at)
}

pub(super) fn state(row: &Row<'_>, at: usize) -> rusqlite::Result<State> {
    parsed(row, at)
}

fn parsed<T>(row: &Row<'_>, at: usize) -> rusqlite::Result<T>
where
    T: std::str::FromStr<Err: std::error::Error + Send + Sync + 'static>,
{
    let text: String = row.get(at)?;
    text.parse().map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(at, rusqlite::types::Type::Text, Box::new(error))
    })
}
