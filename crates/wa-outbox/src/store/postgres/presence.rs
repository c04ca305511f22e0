//! The workers that are there, in a database, and the sweep after those that are not.

use tokio_postgres::types::Type;
use uuid::Uuid;

use super::{
    before,
    entries::get,
    link::{Kind, Link},
    span,
    turns::{MOVED, moved},
};
use crate::{
    Failure, Moved, Step,
    error::OutboxError,
    store::{SWEEP, Swept},
    teeth,
    time::Millis,
};

/// How long the pace of a recipient is kept after it is at rest.
const AT_REST: Millis = 5 * 60 * 1_000;

pub(super) async fn beat(link: &Link, worker: Uuid) -> Result<(), OutboxError> {
    link.ask(
        Kind::Write,
        "insert into wa_outbox.workers as w (id, seen) values ($1, clock_timestamp()) \
         on conflict (id) do update set seen = greatest(w.seen, excluded.seen)",
        &[(&worker, Type::UUID)],
    )
    .await?;
    Ok(())
}

/// Forgets a worker, unless something stands as being sent by it: that is for a sweep to find.
pub(super) async fn leave(link: &Link, worker: Uuid) -> Result<(), OutboxError> {
    link.ask(
        Kind::Write,
        "delete from wa_outbox.workers w where w.id = $1 and not exists \
            (select 1 from wa_outbox.entries e where e.worker = $1 and e.state = 'sending')",
        &[(&worker, Type::UUID)],
    )
    .await?;
    Ok(())
}

/// Lets fall back what nobody holds any more, and finds what a lost worker was sending. What another has under its hands
/// is left to the next sweep.
pub(super) async fn sweep(link: &Link, lost_after: Millis) -> Result<Swept, OutboxError> {
    let lost_after = span(lost_after).clamp(0, 50 * 365 * 24 * 3_600 * 1_000);
    let sql = format!(
        "with gone as materialized (select id from wa_outbox.entries where state in {} and state = 'leased' \
                and lease <= clock_timestamp() limit $1 for update skip locked), \
            back as (update wa_outbox.entries e set state = '{}', changed = clock_timestamp(), lease = null \
                from gone where e.id = gone.id returning e.id) \
         select count(*) from back",
        before(&[Step::FallBack]),
        Step::FallBack.target().as_str(),
    );
    let fallen_back = link.ask(Kind::Write, &sql, &[(&i64::from(SWEEP), Type::INT8)]).await?;
    let lost = Failure::new(
        "lost",
        "the worker that sent it was not seen any more before it told what became of it",
    );
    let in_doubt = swept(
        link,
        if teeth::LOST_IS_IN_DOUBT { Step::Doubt } else { Step::Unmark },
        "select e.id from wa_outbox.entries e left join wa_outbox.workers w on w.id = e.worker \
         where e.state = 'sending' and (w.seen is null or w.seen <= clock_timestamp() - $2::float8 * interval '1 millisecond') \
         limit $3 for update of e skip locked",
        &lost,
        lost_after,
    )
    .await?;
    let over = Failure::new("expired", "its time was over before it was its turn");
    let expired = swept(
        link,
        Step::Expire,
        "select e.id from wa_outbox.entries e where e.state = 'pending' \
            and e.expires <= clock_timestamp() - $2::float8 * interval '1 millisecond' limit $3 for update skip locked",
        &over,
        0,
    )
    .await?;
    link.ask(
        Kind::Write,
        "with rested as (delete from wa_outbox.recipients \
            where tat < clock_timestamp() - $1::float8 * interval '1 millisecond') \
         delete from wa_outbox.workers w where w.seen < clock_timestamp() - $2::float8 * interval '1 millisecond' and not exists \
            (select 1 from wa_outbox.entries e where e.worker = w.id and e.state = 'sending')",
        &[(&AT_REST, Type::INT8), (&(lost_after * 10), Type::INT8)],
    )
    .await?;
    let fallen_back = fallen_back.first().map_or(Ok(0), |row| get::<i64>(row, 0))?.unsigned_abs();
    Ok(Swept { fallen_back, in_doubt, expired })
}

async fn swept(
    link: &Link,
    step: Step,
    found: &str,
    failure: &Failure,
    since: Millis,
) -> Result<Vec<Moved>, OutboxError> {
    let sql = format!(
        "with found as materialized ({found}) \
         update wa_outbox.entries e set state = '{}', changed = clock_timestamp(), failure = $1::text::json, lease = null \
         from found where e.id = found.id and e.state in {} returning {MOVED}",
        step.target().as_str(),
        before(&[step]),
    );
    let rows = link
        .ask(
            Kind::Write,
            &sql,
            &[
                (&failure.to_json(), Type::TEXT),
                (&since, Type::INT8),
                (&i64::from(SWEEP), Type::INT8),
            ],
        )
        .await?;
    rows.iter().map(moved).collect()
}
