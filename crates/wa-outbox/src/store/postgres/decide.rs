//! Steps in a database that no worker makes: what statuses tell, and what persons decide.

use tokio_postgres::types::Type;

use super::{
    before,
    entries::{KEPT, get, state},
    link::{Kind, Link},
    text,
    turns::{FAILURE, MOVED, moved, rounds},
};
use crate::{Decision, EntryId, Failure, Moved, State, Step, error::OutboxError, store::Learned};

/// Writes what statuses tell. Each proves that the message was accepted.
pub(super) async fn learn(link: &Link, learned: Vec<Learned>) -> Result<Vec<Moved>, OutboxError> {
    let mut moved = Vec::new();
    for round in rounds(learned, |learned| learned.id) {
        moved.extend(learn_round(link, &round).await?);
    }
    Ok(moved)
}

async fn learn_round(link: &Link, learned: &[Learned]) -> Result<Vec<Moved>, OutboxError> {
    let accepted = Step::Accept.target().as_str();
    // Statuses come again and again. What they do not change is not written anew.
    let sql = format!(
        "with {KEPT}, learned as (select *, '{accepted}' as target from unnest($1, $2, $3, $4, $5) with ordinality \
                as x (id, wamid, status, rank, failure, at)), \
            was as materialized (select e.id, e.state from wa_outbox.entries e \
                where e.id in (select id from learned, kept) order by e.id for update), \
            moved as (update wa_outbox.entries e set state = x.target, \
                changed = case when e.state = x.target then e.changed else clock_timestamp() end, \
                wamid = coalesce(e.wamid, x.wamid), failure = {FAILURE}, lease = null, \
                status = case when x.rank > coalesce(e.rank, -1) then x.status else e.status end, \
                rank = greatest(e.rank, x.rank) \
             from learned x join was using (id) \
             where e.id = x.id and e.state in {} and (e.state <> x.target or x.rank > coalesce(e.rank, -1) \
                or (e.wamid is null and x.wamid is not null) or x.failure is not null) \
             returning {MOVED}, was.state as before, x.at) \
         select * from moved where before <> '{accepted}' order by at",
        before(&[Step::Accept]),
    );
    let ids: Vec<_> = learned.iter().map(|learned| learned.id.0).collect();
    let wamids: Vec<_> = learned.iter().map(|learned| learned.wamid.as_deref().map(text)).collect();
    let statuses: Vec<_> =
        learned.iter().map(|learned| learned.status.as_ref().map(|(name, _)| text(name))).collect();
    let ranks: Vec<_> = learned
        .iter()
        .map(|learned| learned.status.as_ref().map(|(_, rank)| i16::from(*rank)))
        .collect();
    let failures: Vec<_> =
        learned.iter().map(|learned| learned.failure.as_ref().map(Failure::to_json)).collect();
    let rows = link
        .ask(
            Kind::Write,
            &sql,
            &[
                (&ids, Type::UUID_ARRAY),
                (&wamids, Type::TEXT_ARRAY),
                (&statuses, Type::TEXT_ARRAY),
                (&ranks, Type::INT2_ARRAY),
                (&failures, Type::TEXT_ARRAY),
            ],
        )
        .await?;
    rows.iter().map(moved).collect()
}

/// Makes the step of a decision, and records it.
pub(super) async fn decide(
    link: &Link,
    id: EntryId,
    decision: Decision,
    by: &str,
) -> Result<Moved, OutboxError> {
    let step = decision.step();
    let failure = matches!(step, Step::DecideNotAccepted).then(|| {
        Failure::new("decided", "a person has decided that it was not accepted").to_json()
    });
    // It is due now, and if its time was over, somebody wants it all the same.
    let is_again = matches!(step, Step::DecideAgain | Step::Retry);
    let sql = format!(
        "with {KEPT}, was as materialized (select e.id, e.state from wa_outbox.entries e, kept where e.id = $1 for update of e), \
            moved as (update wa_outbox.entries e set state = '{target}', \
                changed = case when e.state = '{target}' then e.changed else clock_timestamp() end, \
                failure = coalesce($2::text::json, e.failure), lease = null, \
                due = case when $3 then clock_timestamp() else e.due end, \
                expires = case when $3 and e.expires <= clock_timestamp() then null else e.expires end \
             from was where e.id = was.id and e.state in {} returning {MOVED}), \
            recorded as (insert into wa_outbox.decisions (entry, at, what, author) \
                select m.id, clock_timestamp(), $4, $5 from moved m) \
         select m.id, m.number, m.key, m.state, m.wamid, m.failure, was.state from was left join moved m on true",
        before(&[step]),
        target = step.target().as_str(),
    );
    let rows = link
        .ask(
            Kind::Write,
            &sql,
            &[
                (&id.0, Type::UUID),
                (&failure, Type::TEXT),
                (&is_again, Type::BOOL),
                (&decision.as_str(), Type::TEXT),
                (&by, Type::TEXT),
            ],
        )
        .await?;
    let row = rows.first().ok_or(OutboxError::NotFound)?;
    if get::<Option<uuid::Uuid>>(row, 0)?.is_none() {
        let state: State = state(row, 6)?;
        return Err(OutboxError::WrongState { id, state });
    }
    moved(row)
}
