//! Steps in a file that no worker makes: what statuses tell, and what persons decide.

use rusqlite::{Connection, params};

use super::steps::{Change, state_of, step};
use crate::{
    Decision, EntryId, Failure, Moved, State, Step, error::OutboxError, store::Learned,
    time::Millis,
};

/// Writes what statuses tell. Each proves that the message was accepted.
pub(super) fn learn(
    connection: &Connection,
    learned: &[Learned],
    now: Millis,
) -> rusqlite::Result<Vec<Moved>> {
    let mut moved = Vec::new();
    for Learned { id, wamid, status, failure } in learned {
        let Some(was) = state_of(connection, *id)? else { continue };
        let change = Change { wamid: wamid.as_deref(), failure: failure.as_ref(), due: None };
        let found = step(connection, *id, Step::Accept, None, change, now)?;
        if let Some((name, rank)) = status {
            connection
                .prepare_cached(
                    "update wa_outbox_entries set status = ?2, rank = ?3 \
                     where id = ?1 and (rank is null or rank < ?3)",
                )?
                .execute(params![id.to_string(), name, rank])?;
        }
        if was != State::Accepted {
            moved.extend(found);
        }
    }
    Ok(moved)
}

/// Makes the step of a decision, and records it.
pub(super) fn decide(
    connection: &Connection,
    id: EntryId,
    decision: Decision,
    by: &str,
    now: Millis,
) -> Result<Moved, OutboxError> {
    let state = state_of(connection, id)?.ok_or(OutboxError::NotFound)?;
    let decided = Failure::new("decided", "a person has decided that it was not accepted");
    let change = match decision.step() {
        Step::DecideNotAccepted => Change { failure: Some(&decided), ..Change::default() },
        Step::DecideAgain | Step::Retry => Change { due: Some(now), ..Change::default() },
        _ => Change::default(),
    };
    let moved = step(connection, id, decision.step(), None, change, now)?
        .ok_or(OutboxError::WrongState { id, state })?;
    if matches!(decision.step(), Step::DecideAgain | Step::Retry) {
        // Its time was over, and somebody wants it all the same.
        connection
            .prepare_cached(
                "update wa_outbox_entries set expires = null where id = ?1 and expires <= ?2",
            )?
            .execute(params![id.to_string(), now])?;
    }
    connection
        .prepare_cached(
            "insert into wa_outbox_decisions (entry, at, what, author) values (?1, ?2, ?3, ?4)",
        )?
        .execute(params![id.to_string(), now, decision.as_str(), by])?;
    Ok(moved)
}
