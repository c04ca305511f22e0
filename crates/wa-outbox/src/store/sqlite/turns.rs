//! The turn of a worker in a file, once it has leased: mark, settle, give back.

use rusqlite::{Connection, params};
use uuid::Uuid;

use super::{
    lease::hold_recipient,
    steps::{Change, step},
};
use crate::{
    Moved, Step,
    pace::micros,
    store::{Held, Hold, Settlement, Verdict},
    teeth,
    time::Millis,
};

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
