//! Brings the schema of a file up to date, by numbered files, forward only.

use rusqlite::{Connection, TransactionBehavior};

use crate::error::OutboxError;

/// The steps from version to version. What stands here is never changed: files have run it.
const STEPS: [&str; 2] =
    [include_str!("migrations/0001_outbox.sql"), include_str!("migrations/0002_arrivals.sql")];

/// Brings the schema up to date, unless it is newer.
pub(super) fn migrate(connection: &mut Connection) -> Result<(), OutboxError> {
    let known = i64::try_from(STEPS.len()).unwrap_or(i64::MAX);
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    transaction.execute_batch(
        "create table if not exists wa_outbox_schema (version integer not null primary key) strict, without rowid",
    )?;
    let found: i64 = transaction.query_row(
        "select coalesce(max(version), 0) from wa_outbox_schema",
        [],
        |row| row.get(0),
    )?;
    if found > known {
        return Err(OutboxError::Newer { found, known });
    }
    for (version, step) in (1..).zip(STEPS).filter(|(version, _)| *version > found) {
        transaction.execute_batch(step)?;
        transaction.execute("insert into wa_outbox_schema (version) values (?1)", [version])?;
    }
    Ok(transaction.commit()?)
}
