//! The steps of entries in a file: each where the state and the holder allow it.

use rusqlite::{Connection, OptionalExtension as _, Row, params};
use uuid::Uuid;

use super::{
    before,
    entries::{id, state},
};
use crate::{EntryId, Failure, Moved, State, Step, time::Millis};

/// What a step changes beside the state.
#[derive(Default, Clone, Copy)]
pub(super) struct Change<'c> {
    pub(super) wamid: Option<&'c str>,
    pub(super) failure: Option<&'c Failure>,
    pub(super) due: Option<Millis>,
}

impl<'c> Change<'c> {
    pub(super) fn failed(failure: &'c Failure) -> Self {
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

/// The state of an entry.
pub(super) fn state_of(connection: &Connection, entry: EntryId) -> rusqlite::Result<Option<State>> {
    connection
        .prepare_cached("select state from wa_outbox_entries where id = ?1")?
        .query_row([entry.to_string()], |row| state(row, 0))
        .optional()
}
