//! The lease of entries in a database: whose turn it is, in the pace of the number and of each recipient.

use std::time::Duration;

use tokio_postgres::{Row, types::Type};
use uuid::Uuid;

use super::{
    before,
    entries::get,
    link::{Kind, Link},
    span,
};
use crate::{
    EntryId, Step,
    error::OutboxError,
    pace::micros,
    store::{Held, Lease, LeaseRequest, Taken},
    time::Millis,
};

/// Leases entries of a number whose turn it is, as far as its pace has room.
pub(super) async fn lease(link: &Link, request: &LeaseRequest) -> Result<Lease, OutboxError> {
    let pair = request.pair;
    let rows = link
        .ask(
            Kind::Write,
            "select * from wa_outbox.lease($1, $2, $3, $4, $5, $6, $7, $8)",
            &[
                (&request.worker, Type::UUID),
                (&request.number, Type::TEXT),
                (&i64::from(request.most), Type::INT8),
                (&span(request.time), Type::INT8),
                // What a number takes that sends one message a second.
                (&request.slice(1).every(), Type::INT8),
                (&micros(span(request.ahead)), Type::INT8),
                // It is counted with up to four times as many entries as are leased.
                (&pair.map(|pair| span(pair.every).min(10 * 365 * 24 * 3_600 * 1_000)), Type::INT8),
                (&pair.map(|pair| span(pair.tolerance)), Type::INT8),
            ],
        )
        .await?;
    let mut lease = Lease::default();
    for row in &rows {
        let wait: Option<i64> = get(row, 5)?;
        let wait = wait.map(|wait| Duration::from_micros(wait.max(0).unsigned_abs()));
        match get::<Option<Uuid>>(row, 0)? {
            Some(_) => lease.taken.push(Taken { turn: wait.unwrap_or_default(), ..taken(row)? }),
            None => lease.wait = wait,
        }
    }
    Ok(lease)
}

/// Leases one entry, whatever the pace is, and before it is due if it is early.
pub(super) async fn take_one(
    link: &Link,
    worker: Uuid,
    id: EntryId,
    time: Millis,
    is_early: bool,
) -> Result<Option<Taken>, OutboxError> {
    let sql = format!(
        "update wa_outbox.entries e set state = '{}', changed = clock_timestamp(), worker = $2, nonce = e.nonce + 1, \
            lease = clock_timestamp() + $3::float8 * interval '1 millisecond' \
         where e.id = $1 and e.state in {} and ($4 or e.due <= clock_timestamp()) \
            and (e.expires is null or e.expires > clock_timestamp()) \
         returning e.id, e.nonce, e.recipient, e.body::text, e.tries",
        Step::Lease.target().as_str(),
        before(&[Step::Lease]),
    );
    let rows = link
        .ask(
            Kind::Write,
            &sql,
            &[
                (&id.0, Type::UUID),
                (&worker, Type::UUID),
                (&span(time), Type::INT8),
                (&is_early, Type::BOOL),
            ],
        )
        .await?;
    rows.first().map(taken).transpose()
}

fn taken(row: &Row) -> Result<Taken, OutboxError> {
    Ok(Taken {
        held: Held { id: EntryId(get(row, 0)?), nonce: get(row, 1)? },
        recipient: get(row, 2)?,
        body: get(row, 3)?,
        tries: u32::try_from(get::<i32>(row, 4)?).unwrap_or(0),
        turn: Duration::ZERO,
    })
}
