//! The lease of entries in a file: whose turn it is, in the pace of the number and of each recipient.

use std::{collections::HashMap, time::Duration};

use rusqlite::{Connection, OptionalExtension as _, Row, params};
use uuid::Uuid;

use super::{entries::id, presence::beat};
use crate::{
    EntryId,
    pace::{Pair, micros},
    store::{Held, Lease, LeaseRequest, Taken},
    time::{Millis, duration},
};

/// How many entries are looked at for each that is wanted, because their recipients may have to wait.
const LOOKS: u32 = 4;

/// Leases entries of a number whose turn it is, as far as its pace has room.
pub(super) fn lease(
    connection: &Connection,
    request: &LeaseRequest,
    now: Millis,
) -> rusqlite::Result<Lease> {
    beat(connection, request.worker, now)?;
    let held_back: Option<Millis> = connection
        .prepare_cached("select max(until) from wa_outbox_holds where until > ?1")?
        .query_row([now], |row| row.get(0))?;
    if let Some(until) = held_back {
        return Ok(Lease { taken: Vec::new(), wait: Some(duration(until - now)) });
    }
    let pace: Option<(u32, i64)> = connection
        .prepare_cached("select per_second, tat from wa_outbox_numbers where number = ?1")?
        .query_row([&request.number], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((per_second, tat)) = pace else { return Ok(Lease::default()) };
    let slice = request.slice(per_second);
    let room = slice.room(tat, micros(now));
    if room == 0 {
        return Ok(Lease { taken: Vec::new(), wait: Some(slice.wait(tat, micros(now))) });
    }

    let most = room.min(request.most);
    let mut pairs = Pairs::new(connection, request, now);
    let mut taken = Vec::new();
    for mut candidate in candidates(connection, &request.number, most.saturating_mul(LOOKS), now)? {
        if taken.len() as u64 >= u64::from(most) {
            break;
        }
        if pairs.takes(&candidate)? {
            candidate.turn = slice.turn(tat, micros(now), taken.len());
            taken.push(take(connection, request.worker, candidate, now, request.time)?);
        }
    }
    let count = u32::try_from(taken.len()).unwrap_or(u32::MAX);
    let tat = slice.after(tat, micros(now), count);
    connection
        .prepare_cached("update wa_outbox_numbers set tat = ?2 where number = ?1")?
        .execute(params![request.number, tat])?;
    let wait = if count == room {
        Some(slice.wait(tat, micros(now)))
    } else if taken.is_empty() {
        next_due(connection, &request.number, now)?.map(|due| duration(due - now))
    } else {
        Some(Duration::ZERO)
    };
    Ok(Lease { taken, wait })
}

/// Leases one entry, whatever the pace is, and before it is due if it is early.
pub(super) fn take_one(
    connection: &Connection,
    worker: Uuid,
    id: EntryId,
    (now, time): (Millis, Millis),
    is_early: bool,
) -> rusqlite::Result<Option<Taken>> {
    let candidate = connection
        .prepare_cached(
            "select id, nonce, recipient, body, tries from wa_outbox_entries \
             where id = ?1 and state = 'pending' and (?3 or due <= ?2) and (expires is null or expires > ?2)",
        )?
        .query_row(params![id.to_string(), now, is_early], taken)
        .optional()?;
    candidate.map(|candidate| take(connection, worker, candidate, now, time)).transpose()
}

/// The entries whose turn it is: those of the highest priority first, and of one priority those that were due first.
///
/// Each priority is asked for by itself, so that what is due later is never looked at.
fn candidates(
    connection: &Connection,
    number: &str,
    most: u32,
    now: Millis,
) -> rusqlite::Result<Vec<Taken>> {
    let mut found = Vec::new();
    for priority in priorities(connection, number)? {
        let wanted = most.saturating_sub(u32::try_from(found.len()).unwrap_or(u32::MAX));
        if wanted == 0 {
            break;
        }
        let mut statement = connection.prepare_cached(
            "select id, nonce, recipient, body, tries from wa_outbox_entries \
             where number = ?1 and state = 'pending' and priority = ?2 and due <= ?3 \
                and (expires is null or expires > ?3) \
             order by due, id limit ?4",
        )?;
        for candidate in statement.query_map(params![number, priority, now, wanted], taken)? {
            found.push(candidate?);
        }
    }
    Ok(found)
}

/// The priorities that pending entries of a number have, the highest first.
fn priorities(connection: &Connection, number: &str) -> rusqlite::Result<Vec<u8>> {
    let mut statement = connection.prepare_cached(
        "select max(priority) from wa_outbox_entries where number = ?1 and state = 'pending' and priority < ?2",
    )?;
    let mut found = Vec::new();
    while let Some(next) = statement
        .query_row(params![number, found.last().copied().unwrap_or(u8::MAX)], |row| {
            row.get::<_, Option<u8>>(0)
        })?
    {
        found.push(next);
    }
    Ok(found)
}

/// The time at which the next entry is due. What is due already and was not taken has expired, and waits for a sweep.
fn next_due(
    connection: &Connection,
    number: &str,
    now: Millis,
) -> rusqlite::Result<Option<Millis>> {
    let mut statement = connection.prepare_cached(
        "select min(due) from wa_outbox_entries where number = ?1 and state = 'pending' and priority = ?2 and due > ?3",
    )?;
    let mut next: Option<Millis> = None;
    for priority in priorities(connection, number)? {
        let due: Option<Millis> =
            statement.query_row(params![number, priority, now], |row| row.get(0))?;
        next = [next, due].into_iter().flatten().min();
    }
    Ok(next)
}

fn taken(row: &Row<'_>) -> rusqlite::Result<Taken> {
    Ok(Taken {
        held: Held { id: id(row, 0)?, nonce: row.get(1)? },
        recipient: row.get(2)?,
        body: row.get(3)?,
        tries: row.get(4)?,
        turn: Duration::ZERO,
    })
}

fn take(
    connection: &Connection,
    worker: Uuid,
    mut taken: Taken,
    now: Millis,
    time: Millis,
) -> rusqlite::Result<Taken> {
    taken.held.nonce += 1;
    connection
        .prepare_cached(
            "update wa_outbox_entries set state = 'leased', changed = ?4, worker = ?2, nonce = ?3, lease = ?5 \
             where id = ?1",
        )?
        .execute(params![
            taken.held.id.to_string(),
            worker.to_string(),
            taken.held.nonce,
            now,
            now.saturating_add(time)
        ])?;
    Ok(taken)
}

/// The pace of the recipients of one lease: at most one message each, and none to whom it is too early.
struct Pairs<'c> {
    connection: &'c Connection,
    number: &'c str,
    pair: Option<Pair>,
    now: Millis,
    /// How many of each recipient were put off.
    seen: HashMap<String, i64>,
}

impl<'c> Pairs<'c> {
    fn new(connection: &'c Connection, request: &'c LeaseRequest, now: Millis) -> Self {
        Self { connection, number: &request.number, pair: request.pair, now, seen: HashMap::new() }
    }

    /// Whether an entry may go now. One that may not is due later, so that it is not looked at again and again.
    fn takes(&mut self, candidate: &Taken) -> rusqlite::Result<bool> {
        let Some(pair) = self.pair else { return Ok(true) };
        let before = self.seen.entry(candidate.recipient.clone()).or_default();
        let key = params![self.number, candidate.recipient];
        let tat: Millis = self
            .connection
            .prepare_cached(
                "select tat from wa_outbox_recipients where number = ?1 and recipient = ?2",
            )?
            .query_row(key, |row| row.get(0))
            .optional()?
            .unwrap_or(0);
        if let Some(free) = pair.blocked_until(tat, self.now) {
            let due = free.saturating_add(pair.every.saturating_mul(*before));
            *before += 1;
            self.connection
                .prepare_cached("update wa_outbox_entries set due = ?2 where id = ?1")?
                .execute(params![candidate.held.id.to_string(), due])?;
            return Ok(false);
        }
        hold_recipient(
            self.connection,
            self.number,
            &candidate.recipient,
            pair.after(tat, self.now),
        )?;
        Ok(true)
    }
}

pub(super) fn hold_recipient(
    connection: &Connection,
    number: &str,
    recipient: &str,
    tat: Millis,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "insert into wa_outbox_recipients (number, recipient, tat) values (?1, ?2, ?3) \
             on conflict (number, recipient) do update set tat = max(tat, excluded.tat)",
        )?
        .execute(params![number, recipient, tat])?;
    Ok(())
}
