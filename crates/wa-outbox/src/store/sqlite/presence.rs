//! The workers that are there, in a file, and the sweep after those that are not.

use rusqlite::{Connection, params};
use uuid::Uuid;

use super::{
    entries::id,
    steps::{Change, step},
};
use crate::{
    EntryId, Failure, Moved, Step,
    store::{SWEEP, Swept},
    teeth,
    time::Millis,
};

/// How long the pace of a recipient is kept after it is at rest.
const AT_REST: Millis = 5 * 60 * 1_000;

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
