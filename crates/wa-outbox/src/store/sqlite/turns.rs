//! The turn of a worker in a file: lease, mark, settle, and what falls back.

use std::{collections::HashMap, time::Duration};

use rusqlite::{Connection, OptionalExtension as _, Row, params};
use uuid::Uuid;

use super::{
    before,
    entries::{id, state},
};
use crate::{
    EntryId, Failure, Moved, State, Step,
    pace::{Pair, micros},
    store::{Held, Hold, Lease, LeaseRequest, SWEEP, Settlement, Swept, Taken, Verdict},
    teeth,
    time::{Millis, duration},
};

/// How many entries are looked at for each that is wanted, because their recipients may have to wait.
const LOOKS: u32 = 4;
/// How long the pace of a recipient is kept after it is at rest.
const AT_REST: Millis = 5 * 60 * 1_000;

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

fn hold_recipient(
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

/// Marks what this worker still holds, as long as its lease and its own time last.
pub(super) fn mark(
    connection: &Connection,
    worker: Uuid,
    held: Vec<Held>,
    now: Millis,
) -> rusqlite::Result<Vec<Held>> {
    if !teeth::MARKS {
        return Ok(held);
    }
    let lasts = if teeth::MARKS_NEED_A_LEASE {
        "state = 'leased' and lease > ?4"
    } else {
        "state <> 'sending'"
    };
    let mut statement = connection.prepare_cached(&format!(
        "update wa_outbox_entries set state = 'sending', changed = ?4, tries = tries + 1 \
         where id = ?1 and worker = ?2 and nonce = ?3 and {lasts} and (expires is null or expires > ?4)",
    ))?;
    let mut marked = Vec::new();
    for held in held {
        if statement.execute(params![held.id.to_string(), worker.to_string(), held.nonce, now])?
            == 1
        {
            marked.push(held);
        }
    }
    Ok(marked)
}

/// Writes what became of attempts. What another has settled better meanwhile stays.
pub(super) fn settle(
    connection: &Connection,
    worker: Uuid,
    ends: &[Settlement],
    now: Millis,
) -> rusqlite::Result<Vec<Moved>> {
    let mut moved = Vec::new();
    for Settlement { held, verdict } in ends {
        let by_holder = Some((worker, held.nonce));
        let found = match verdict {
            Verdict::Accepted { wamid, failure } => {
                let change =
                    Change { wamid: wamid.as_deref(), failure: failure.as_ref(), due: None };
                step(connection, held.id, Step::Accept, None, change, now)?
            }
            Verdict::Refused(failure) => {
                step(connection, held.id, Step::Refuse, by_holder, Change::failed(failure), now)?
            }
            Verdict::InDoubt(failure) => {
                step(connection, held.id, Step::Doubt, by_holder, Change::failed(failure), now)?
            }
            Verdict::Invalid(failure) => step(
                connection,
                held.id,
                Step::FindInvalid,
                by_holder,
                Change::failed(failure),
                now,
            )?,
            Verdict::PutOff { failure, pause, hold } => {
                let until = now.saturating_add(*pause);
                hold_back(connection, hold, until)?;
                let change = Change { due: Some(until), ..Change::failed(failure) };
                step(connection, held.id, Step::PutOff, by_holder, change, now)?
            }
        };
        moved.extend(found);
    }
    Ok(moved)
}

/// Whether any entry of a number waits or is under way.
pub(super) fn has_open(connection: &Connection, number: &str) -> rusqlite::Result<bool> {
    connection
        .prepare_cached(
            "select exists (select 1 from wa_outbox_entries where number = ?1 and state = 'pending') \
                or exists (select 1 from wa_outbox_entries where state in ('leased', 'sending') and number = ?1)",
        )?
        .query_row([number], |row| row.get(0))
}

fn hold_back(connection: &Connection, hold: &Hold, until: Millis) -> rusqlite::Result<()> {
    match hold {
        Hold::Nothing => Ok(()),
        Hold::Recipient { number, recipient, tolerance } => {
            hold_recipient(connection, number, recipient, until.saturating_add(*tolerance))
        }
        Hold::Number { number } => connection
            .prepare_cached("update wa_outbox_numbers set tat = max(tat, ?2) where number = ?1")?
            .execute(params![number, micros(until)])
            .map(drop),
        Hold::Everything => connection
            .prepare_cached(
                "insert into wa_outbox_holds (scope, until) values ('all', ?1) \
                 on conflict (scope) do update set until = max(until, excluded.until)",
            )?
            .execute([until])
            .map(drop),
    }
}

/// What a step changes beside the state.
#[derive(Default, Clone, Copy)]
pub(super) struct Change<'c> {
    pub(super) wamid: Option<&'c str>,
    pub(super) failure: Option<&'c Failure>,
    pub(super) due: Option<Millis>,
}

impl<'c> Change<'c> {
    fn failed(failure: &'c Failure) -> Self {
        Self { failure: Some(failure), ..Self::default() }
    }
}

/// Makes a step, if the state and the holder allow it.
pub(super) fn step(
    connection: &Connection,
    entry: EntryId,
    step: Step,
    holder: Option<(Uuid, i64)>,
    change: Change<'_>,
    now: Millis,
) -> rusqlite::Result<Option<Moved>> {
    let sql = format!(
        "update wa_outbox_entries set state = '{}', \
            changed = iif(state = '{0}', changed, ?2), wamid = coalesce(wamid, ?3), \
            failure = {}, due = coalesce(?5, due), lease = null \
         where id = ?1 and state in {} and (?6 is null or (worker = ?6 and nonce = ?7)) \
         returning id, number, key, state, wamid, failure",
        step.target().as_str(),
        // What went wrong before it was accepted counts no more; what statuses tell afterwards does.
        if matches!(step, Step::Accept) {
            "iif(state = 'accepted', coalesce(?4, failure), ?4)"
        } else {
            "coalesce(?4, failure)"
        },
        before(step),
    );
    let (worker, nonce) = holder.unzip();
    connection
        .prepare_cached(&sql)?
        .query_row(
            params![
                entry.to_string(),
                now,
                change.wamid,
                change.failure.map(Failure::to_json),
                change.due,
                worker.map(|worker| worker.to_string()),
                nonce,
            ],
            moved,
        )
        .optional()
}

fn moved(row: &Row<'_>) -> rusqlite::Result<Moved> {
    let failure: Option<String> = row.get(5)?;
    Ok(Moved {
        id: id(row, 0)?,
        number: row.get(1)?,
        key: row.get(2)?,
        state: state(row, 3)?,
        wamid: row.get(4)?,
        failure: failure.as_deref().map(Failure::from_json),
    })
}

/// Gives back what certainly was not sent.
pub(super) fn give_back(
    connection: &Connection,
    worker: Uuid,
    held: &[Held],
    now: Millis,
) -> rusqlite::Result<()> {
    for Held { id, nonce } in held {
        let holder = Some((worker, *nonce));
        if step(connection, *id, Step::FallBack, holder, Change::default(), now)?.is_none() {
            let unmarked = step(connection, *id, Step::Unmark, holder, Change::default(), now)?;
            if unmarked.is_some() {
                connection
                    .prepare_cached(
                        "update wa_outbox_entries set tries = max(tries - 1, 0) where id = ?1",
                    )?
                    .execute([id.to_string()])?;
            }
        }
    }
    Ok(())
}

pub(super) fn beat(connection: &Connection, worker: Uuid, now: Millis) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "insert into wa_outbox_workers (id, seen) values (?1, ?2) \
             on conflict (id) do update set seen = max(seen, excluded.seen)",
        )?
        .execute(params![worker.to_string(), now])?;
    Ok(())
}

/// Forgets a worker, unless something stands as being sent by it: that is for a sweep to find.
pub(super) fn leave(connection: &Connection, worker: Uuid) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "delete from wa_outbox_workers where id = ?1 and not exists \
                (select 1 from wa_outbox_entries where worker = ?1 and state = 'sending')",
        )?
        .execute([worker.to_string()])?;
    Ok(())
}

/// Lets fall back what nobody holds any more, and finds what a lost worker was sending.
pub(super) fn sweep(
    connection: &Connection,
    lost_after: Millis,
    now: Millis,
) -> rusqlite::Result<Swept> {
    let fallen_back = connection
        .prepare_cached(
            "update wa_outbox_entries set state = 'pending', changed = ?1, lease = null where id in \
                (select id from wa_outbox_entries where state = 'leased' and lease <= ?1 limit ?2)",
        )?
        .execute(params![now, SWEEP])?;
    let lost = Failure::new(
        "lost",
        "the worker that sent it was not seen any more before it told what became of it",
    );
    let in_doubt = swept(
        connection,
        "select e.id from wa_outbox_entries e left join wa_outbox_workers w on w.id = e.worker \
         where e.state = 'sending' and (w.seen is null or w.seen <= ?1) limit ?2",
        now.saturating_sub(lost_after),
        (if teeth::LOST_IS_IN_DOUBT { Step::Doubt } else { Step::Unmark }, Change::failed(&lost)),
        now,
    )?;
    let over = Failure::new("expired", "its time was over before it was its turn");
    let expired = swept(
        connection,
        "select id from wa_outbox_entries where state = 'pending' and expires <= ?1 limit ?2",
        now,
        (Step::Expire, Change::failed(&over)),
        now,
    )?;
    connection
        .prepare_cached("delete from wa_outbox_recipients where tat < ?1")?
        .execute([now.saturating_sub(AT_REST)])?;
    connection
        .prepare_cached(
            "delete from wa_outbox_workers where seen < ?1 and not exists \
                (select 1 from wa_outbox_entries where worker = wa_outbox_workers.id and state = 'sending')",
        )?
        .execute([now.saturating_sub(lost_after.saturating_mul(10))])?;
    Ok(Swept { fallen_back: fallen_back as u64, in_doubt, expired })
}

fn swept(
    connection: &Connection,
    sql: &str,
    time: Millis,
    (what, change): (Step, Change<'_>),
    now: Millis,
) -> rusqlite::Result<Vec<Moved>> {
    let ids: Vec<EntryId> = connection
        .prepare_cached(sql)?
        .query_map(params![time, SWEEP], |row| id(row, 0))?
        .collect::<rusqlite::Result<_>>()?;
    let mut all = Vec::new();
    for found in ids {
        let change = Change { failure: change.failure, ..Change::default() };
        all.extend(step(connection, found, what, None, change, now)?);
    }
    Ok(all)
}

/// The state of an entry.
pub(super) fn state_of(connection: &Connection, entry: EntryId) -> rusqlite::Result<Option<State>> {
    connection
        .prepare_cached("select state from wa_outbox_entries where id = ?1")?
        .query_row([entry.to_string()], |row| state(row, 0))
        .optional()
}
