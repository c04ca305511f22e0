//! Entries that go from a file to another store, and come into one.

use rusqlite::{Connection, OptionalExtension as _, params};
use uuid::Uuid;

use super::{
    entries::{id, state},
    steps::{Change, step},
};
use crate::{
    EntryId, Step,
    store::{Arrival, Gone, Whole},
    time::Millis,
};

/// Returns the id of the file itself.
pub(super) fn identity(connection: &Connection) -> rusqlite::Result<Uuid> {
    connection
        .prepare_cached("select id from wa_outbox_identity")?
        .query_row([], |row| id(row, 0))
        .map(|EntryId(id)| id)
}

/// Reads the next entries. Those that wait are marked as being sent, by nobody: so no worker sends them from here, and they
/// never fall back by themselves.
pub(super) fn hold(
    connection: &Connection,
    after: Option<EntryId>,
    most: u32,
) -> rusqlite::Result<Vec<Whole>> {
    let mut whole = read(connection, after, most)?;
    let nobody = Uuid::nil().to_string();
    for entry in &mut whole {
        entry.is_held = match entry.state.as_str() {
            // An earlier move was interrupted, or another one is at it.
            "sending" | "in_doubt" if entry.worker.as_deref() == Some(&nobody) => {
                "pending".clone_into(&mut entry.state);
                true
            }
            "leased" | "sending" => false,
            _ => true,
        };
        if entry.state == "pending" {
            // By a nonce of its own: of two moves at once, one lets go.
            connection
                .prepare_cached(
                    "update wa_outbox_entries set state = 'sending', worker = ?2, nonce = nonce + 1 where id = ?1",
                )?
                .execute(params![entry.id, nobody])?;
            entry.nonce += 1;
        }
    }
    Ok(whole)
}

fn read(
    connection: &Connection,
    after: Option<EntryId>,
    most: u32,
) -> rusqlite::Result<Vec<Whole>> {
    let mut statement = connection.prepare_cached(
        "select id, number, key, data, recipient, body, priority, created, due, expires, state, changed, nonce, tries, \
                wamid, status, rank, failure, worker from wa_outbox_entries where id > ?1 order by id limit ?2",
    )?;
    let after = after.map(|id| id.to_string()).unwrap_or_default();
    let rows = statement.query_map(params![after, most], |row| {
        Ok(Whole {
            id: row.get(0)?,
            number: row.get(1)?,
            key: row.get(2)?,
            data: row.get(3)?,
            recipient: row.get(4)?,
            body: row.get(5)?,
            priority: row.get(6)?,
            created: row.get(7)?,
            due: row.get(8)?,
            expires: row.get(9)?,
            state: row.get(10)?,
            changed: row.get(11)?,
            nonce: row.get(12)?,
            tries: row.get(13)?,
            wamid: row.get(14)?,
            status: row.get(15)?,
            rank: row.get(16)?,
            failure: row.get(17)?,
            worker: row.get(18)?,
            is_held: false,
            decisions: Vec::new(),
        })
    })?;
    let mut whole = rows.collect::<rusqlite::Result<Vec<_>>>()?;
    for entry in &mut whole {
        entry.decisions = connection
            .prepare_cached(
                "select at, what, author from wa_outbox_decisions where entry = ?1 order by rowid",
            )?
            .query_map([&entry.id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
            .collect::<rusqlite::Result<_>>()?;
    }
    Ok(whole)
}

/// Takes entries in. One that an earlier move has brought is known by its arrival, also when it was removed since then.
pub(super) fn take_in(
    connection: &Connection,
    whole: &[Whole],
    from: Uuid,
) -> rusqlite::Result<Vec<Arrival>> {
    whole.iter().map(|entry| take_one_in(connection, entry, &from.to_string())).collect()
}

fn take_one_in(connection: &Connection, entry: &Whole, origin: &str) -> rusqlite::Result<Arrival> {
    let has_arrived: bool = connection
        .prepare_cached(
            "select exists (select 1 from wa_outbox_arrivals where entry = ?1 and origin = ?2)",
        )?
        .query_row([entry.id.as_str(), origin], |row| row.get(0))?;
    if has_arrived {
        return Ok(Arrival::Before);
    }
    connection
        .prepare_cached(
            "insert into wa_outbox_numbers (number) values (?1) on conflict do nothing",
        )?
        .execute([&entry.number])?;
    let inserted = connection
        .prepare_cached(
            "insert into wa_outbox_entries (id, number, key, data, recipient, body, priority, created, due, expires, \
                state, changed, nonce, tries, wamid, status, rank, failure) \
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18) \
             on conflict do nothing",
        )?
        .execute(params![
            entry.id,
            entry.number,
            entry.key,
            entry.data,
            entry.recipient,
            entry.body,
            entry.priority,
            entry.created,
            entry.due,
            entry.expires,
            entry.state,
            entry.changed,
            entry.nonce,
            entry.tries,
            entry.wamid,
            entry.status,
            entry.rank,
            entry.failure,
        ])?;
    if inserted == 0 {
        return known(connection, entry);
    }
    connection
        .prepare_cached("insert into wa_outbox_arrivals (entry, origin) values (?1, ?2)")?
        .execute([entry.id.as_str(), origin])?;
    for (at, what, author) in &entry.decisions {
        connection
            .prepare_cached(
                "insert into wa_outbox_decisions (entry, at, what, author) values (?1, ?2, ?3, ?4)",
            )?
            .execute(params![entry.id, at, what, author])?;
    }
    Ok(Arrival::New)
}

/// Says what became of an entry that stands here without having arrived, or whose key another one has.
fn known(connection: &Connection, entry: &Whole) -> rusqlite::Result<Arrival> {
    let stands = connection
        .prepare_cached("select state, worker from wa_outbox_entries where id = ?1")?
        .query_row([&entry.id], |row| Ok((state(row, 0)?, row.get::<_, Option<String>>(1)?)))
        .optional()?;
    Ok(match stands {
        // It is sent from here, as it was brought by a version that noted no arrivals.
        Some((_, worker))
            if entry.state == "pending" && worker != Some(Uuid::nil().to_string()) =>
        {
            Arrival::Before
        }
        // It never left this store: it is the same one, a copy of it, or the one to which it is on its way back.
        _ => Arrival::Refused,
    })
}

/// Removes entries that were taken in elsewhere, unless they have changed meanwhile, and gives back what was not taken.
pub(super) fn let_go(
    connection: &Connection,
    gone: &[Gone],
    to: Uuid,
    now: Millis,
) -> rusqlite::Result<Vec<EntryId>> {
    let mut removed = Vec::new();
    for Gone { id: entry, nonce, status, is_taken } in gone {
        if !is_taken {
            let entry: EntryId = connection.query_row("select ?1", [entry], |row| id(row, 0))?;
            let nobody = Some((Uuid::nil(), *nonce));
            step(connection, entry, Step::Unmark, nobody, Change::default(), now)?;
            continue;
        }
        let deleted = connection
            .prepare_cached("delete from wa_outbox_entries where id = ?1 and nonce = ?2 and status is ?3 returning id")?
            .query_row(params![entry, nonce, status], |row| id(row, 0))
            .optional()?;
        if let Some(deleted) = deleted {
            connection
                .prepare_cached("delete from wa_outbox_decisions where entry = ?1")?
                .execute([entry])?;
            // It may come back from there. What it came from may bring it again.
            arrived(connection, &[deleted], to)?;
            removed.push(deleted);
        }
    }
    Ok(removed)
}

/// Forgets that entries came from a store.
pub(super) fn arrived(
    connection: &Connection,
    entries: &[EntryId],
    from: Uuid,
) -> rusqlite::Result<()> {
    let (sql, from) =
        ("delete from wa_outbox_arrivals where entry = ?1 and origin = ?2", from.to_string());
    let mut statement = connection.prepare_cached(sql)?;
    entries.iter().try_for_each(|entry| statement.execute([&entry.to_string(), &from]).map(drop))
}
