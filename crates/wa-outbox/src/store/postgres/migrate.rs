//! Brings the schema of a database up to date, by numbered files, forward only.

use tokio_postgres::{Client, Error};

use super::{
    entries::get,
    failed::judge,
    link::{Kind, Link},
};
use crate::error::{Obstacle, OutboxError, StoreError};

/// The steps from version to version. What stands here is never changed: databases have run it.
const STEPS: [&str; 2] =
    [include_str!("migrations/0001_outbox.sql"), include_str!("migrations/0002_arrivals.sql")];

/// The number of the lock that one process at a time has.
const LOCK: i64 = 0x7761_5F6F_7574_626F;
const VERSION: &str = "select coalesce(max(version), 0) from wa_outbox.schema";

/// Brings the schema up to date, unless it is newer. A user who may not change it needs it to be up to date.
pub(super) async fn migrate(link: &Link) -> Result<(), OutboxError> {
    let known = i32::try_from(STEPS.len()).unwrap_or(i32::MAX);
    let asked = link
        .ask_first("select to_regclass('wa_outbox.schema') is not null, current_setting('server_encoding')")
        .await?;
    let (exists, encoding): (bool, String) = match asked {
        Some(row) => (get(&row, 0)?, get(&row, 1)?),
        None => (false, String::new()),
    };
    if encoding != "UTF8" {
        let text = format!("the database has the encoding {encoding}, and an outbox needs UTF8");
        return Err(StoreError::new(Obstacle::Other, text).into());
    }
    if exists && let Some(row) = link.ask(Kind::Question, VERSION, &[]).await?.first() {
        let found = get(row, 0)?;
        refuse_newer(found, known)?;
        if found == known {
            return Ok(());
        }
    }
    link.alone(async |client| climb(client, known).await).await
}

/// Takes the steps that are missing, in one transaction.
async fn climb(client: &mut Client, known: i32) -> Result<(), OutboxError> {
    let failed = |error: Error| judge(&error);
    let transaction = client.transaction().await.map_err(failed)?;
    transaction
        .batch_execute(&format!(
            "select pg_advisory_xact_lock({LOCK}); \
             create schema if not exists wa_outbox; \
             create table if not exists wa_outbox.schema \
                (version integer not null primary key, at timestamptz not null default clock_timestamp())"
        ))
        .await
        .map_err(failed)?;
    let found = get(&transaction.query_typed_one(VERSION, &[]).await.map_err(failed)?, 0)?;
    refuse_newer(found, known)?;
    for (version, step) in (1..).zip(STEPS).filter(|(version, _)| *version > found) {
        transaction.batch_execute(step).await.map_err(failed)?;
        transaction
            .batch_execute(&format!("insert into wa_outbox.schema (version) values ({version})"))
            .await
            .map_err(failed)?;
    }
    Ok(transaction.commit().await.map_err(failed)?)
}

fn refuse_newer(found: i32, known: i32) -> Result<(), OutboxError> {
    if found > known {
        return Err(OutboxError::Newer { found: found.into(), known: known.into() });
    }
    Ok(())
}
