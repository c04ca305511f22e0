//! The turn of a worker in a database: mark, give back, settle.

use tokio_postgres::{Row, types::Type};
use uuid::Uuid;

use super::{
    before,
    entries::{KEPT, get, state},
    link::{Kind, Link},
    span, text,
};
use crate::{
    EntryId, Failure, Moved, Step,
    error::OutboxError,
    store::{Held, Hold, Settlement, Verdict},
    teeth,
};

/// Marks what this worker still holds, as long as its lease and its own time last, at the moment when it is written.
pub(super) async fn mark(
    link: &Link,
    worker: Uuid,
    held: &[Held],
) -> Result<Vec<Held>, OutboxError> {
    if !teeth::MARKS {
        return Ok(held.to_vec());
    }
    let lasts = if teeth::MARKS_NEED_A_LEASE {
        format!("e.state in {} and e.lease > clock_timestamp()", before(&[Step::Mark]))
    } else {
        "e.state <> 'sending'".to_owned()
    };
    let sql = format!(
        "with {KEPT}, {HELD} \
         update wa_outbox.entries e set state = '{}', changed = clock_timestamp(), tries = e.tries + 1 \
         from held h, kept \
         where e.id = h.id and e.nonce = h.nonce and e.worker = $3 and {lasts} \
            and (e.expires is null or e.expires > clock_timestamp()) \
         returning e.id, e.nonce",
        Step::Mark.target().as_str(),
    );
    let rows = by_holder(link, &sql, worker, held).await?;
    rows.iter().map(|row| Ok(Held { id: EntryId(get(row, 0)?), nonce: get(row, 1)? })).collect()
}

/// What somebody holds, as a table of a statement.
const HELD: &str = "held as (select * from unnest($1, $2) as h (id, nonce))";

async fn by_holder(
    link: &Link,
    sql: &str,
    worker: Uuid,
    held: &[Held],
) -> Result<Vec<Row>, OutboxError> {
    let ids: Vec<_> = held.iter().map(|held| held.id.0).collect();
    let nonces: Vec<_> = held.iter().map(|held| held.nonce).collect();
    link.ask(
        Kind::Write,
        sql,
        &[(&ids, Type::UUID_ARRAY), (&nonces, Type::INT8_ARRAY), (&worker, Type::UUID)],
    )
    .await
}

/// Gives back what certainly was not sent.
pub(super) async fn give_back(link: &Link, worker: Uuid, held: &[Held]) -> Result<(), OutboxError> {
    // In one statement: a mark that is only being written is waited for, and is found.
    let sql = format!(
        "with {HELD} \
         update wa_outbox.entries e set state = '{}', changed = clock_timestamp(), lease = null, \
            tries = case when e.state in {unmark} then greatest(e.tries - 1, 0) else e.tries end \
         from held h \
         where e.id = h.id and e.nonce = h.nonce and e.worker = $3 and e.state in {}",
        Step::Unmark.target().as_str(),
        before(&[Step::FallBack, Step::Unmark]),
        unmark = before(&[Step::Unmark]),
    );
    by_holder(link, &sql, worker, held).await.map(drop)
}

/// Writes what became of attempts. What another has settled better meanwhile stays.
pub(super) async fn settle(
    link: &Link,
    worker: Uuid,
    ends: Vec<Settlement>,
) -> Result<Vec<Moved>, OutboxError> {
    hold_back(link, &ends).await?;
    let mut moved = Vec::new();
    for round in rounds(ends, |end| end.held.id) {
        moved.extend(settle_round(link, worker, &round).await?);
    }
    Ok(moved)
}

/// Divides what is to be written into parts in which no entry is twice, because a statement changes a row once.
pub(super) fn rounds<T>(all: Vec<T>, id: impl Fn(&T) -> EntryId) -> Vec<Vec<T>> {
    let mut rounds: Vec<Vec<T>> = Vec::new();
    let mut count: std::collections::HashMap<EntryId, usize> = std::collections::HashMap::new();
    for one in all {
        let round = count.entry(id(&one)).or_default();
        if rounds.len() == *round {
            rounds.push(Vec::new());
        }
        if let Some(found) = rounds.get_mut(*round) {
            found.push(one);
        }
        *round += 1;
    }
    rounds
}

/// The steps that an attempt may lead to. Each has a state of its own.
const ENDS: [Step; 5] = [Step::Accept, Step::Refuse, Step::Doubt, Step::FindInvalid, Step::PutOff];

async fn settle_round(
    link: &Link,
    worker: Uuid,
    ends: &[Settlement],
) -> Result<Vec<Moved>, OutboxError> {
    let may = ENDS.map(|step| {
        // That it was accepted, anybody knows.
        let holder =
            if step == Step::Accept { "true" } else { "e.worker = $7 and e.nonce = x.nonce" };
        format!(
            "(x.target = '{}' and e.state in {} and {holder})",
            step.target().as_str(),
            before(&[step])
        )
    });
    let sql = format!(
        "with {KEPT}, ends as (select * from unnest($1, $2, $3, $4, $5, $6) with ordinality \
                as x (id, nonce, target, wamid, failure, pause, at)), \
            locked as materialized (select e.id from wa_outbox.entries e \
                where e.id in (select id from ends, kept) order by e.id for update), \
            moved as (update wa_outbox.entries e set state = x.target, \
                changed = case when e.state = x.target then e.changed else clock_timestamp() end, \
                wamid = coalesce(e.wamid, x.wamid), failure = {FAILURE}, lease = null, \
                due = coalesce(clock_timestamp() + x.pause::float8 * interval '1 millisecond', e.due) \
             from ends x join locked using (id) where e.id = x.id and ({}) \
             returning {MOVED}, x.at) \
         select * from moved order by at",
        may.join(" or "),
    );
    let ids: Vec<_> = ends.iter().map(|end| end.held.id.0).collect();
    let nonces: Vec<_> = ends.iter().map(|end| end.held.nonce).collect();
    let targets: Vec<_> = ends.iter().map(|end| step_of(&end.verdict).target().as_str()).collect();
    let wamids: Vec<_> = ends
        .iter()
        .map(|end| match &end.verdict {
            Verdict::Accepted { wamid, .. } => wamid.as_deref().map(text),
            _ => None,
        })
        .collect();
    let failures: Vec<_> =
        ends.iter().map(|end| failure_of(&end.verdict).map(Failure::to_json)).collect();
    let pauses: Vec<_> = ends
        .iter()
        .map(|end| match &end.verdict {
            Verdict::PutOff { pause, .. } => Some(span(*pause)),
            _ => None,
        })
        .collect();
    let rows = link
        .ask(
            Kind::Write,
            &sql,
            &[
                (&ids, Type::UUID_ARRAY),
                (&nonces, Type::INT8_ARRAY),
                (&targets, Type::TEXT_ARRAY),
                (&wamids, Type::TEXT_ARRAY),
                (&failures, Type::TEXT_ARRAY),
                (&pauses, Type::INT8_ARRAY),
                (&worker, Type::UUID),
            ],
        )
        .await?;
    rows.iter().map(moved).collect()
}

/// What went wrong before an entry was accepted counts no more; what statuses tell afterwards does.
pub(super) const FAILURE: &str = "case when x.target <> 'accepted' or e.state = 'accepted' \
                                  then coalesce(x.failure::json, e.failure) else x.failure::json end";

fn step_of(verdict: &Verdict) -> Step {
    match verdict {
        Verdict::Accepted { .. } => Step::Accept,
        Verdict::Refused(_) => Step::Refuse,
        Verdict::InDoubt(_) => Step::Doubt,
        Verdict::Invalid(_) => Step::FindInvalid,
        Verdict::PutOff { .. } => Step::PutOff,
    }
}

fn failure_of(verdict: &Verdict) -> Option<&Failure> {
    match verdict {
        Verdict::Accepted { failure, .. } => failure.as_ref(),
        Verdict::Refused(failure)
        | Verdict::InDoubt(failure)
        | Verdict::Invalid(failure)
        | Verdict::PutOff { failure, .. } => Some(failure),
    }
}

/// Holds back what is to wait, before the entries are settled: if that fails, both are done again. Nothing is held back for
/// less time by it than it was.
async fn hold_back(link: &Link, ends: &[Settlement]) -> Result<(), OutboxError> {
    const UNTIL: &str = "clock_timestamp() + $1::float8 * interval '1 millisecond'";
    for end in ends {
        let Verdict::PutOff { pause, hold, .. } = &end.verdict else { continue };
        let pause = span(*pause);
        match hold {
            Hold::Nothing => {}
            Hold::Number { number } => {
                let sql = format!(
                    "update wa_outbox.numbers set tat = greatest(tat, {UNTIL}) where number = $2"
                );
                link.ask(Kind::Write, &sql, &[(&pause, Type::INT8), (number, Type::TEXT)]).await?;
            }
            Hold::Recipient { number, recipient, tolerance } => {
                let pause = span(pause.saturating_add(*tolerance));
                // With the row of the number, as a lease has it, so that neither waits for the other.
                let sql = format!(
                    "with locked as materialized (select number from wa_outbox.numbers where number = $2 for update) \
                     insert into wa_outbox.recipients as r (number, recipient, tat) \
                     select $2, $3, {UNTIL} from (select count(*) from locked) as l \
                     on conflict (number, recipient) do update set tat = greatest(r.tat, excluded.tat)"
                );
                link.ask(
                    Kind::Write,
                    &sql,
                    &[(&pause, Type::INT8), (number, Type::TEXT), (&text(recipient), Type::TEXT)],
                )
                .await?;
            }
            Hold::Everything => {
                let sql = format!(
                    "insert into wa_outbox.holds as h (scope, until) values ('all', {UNTIL}) \
                     on conflict (scope) do update set until = greatest(h.until, excluded.until)"
                );
                link.ask(Kind::Write, &sql, &[(&pause, Type::INT8)]).await?;
            }
        }
    }
    Ok(())
}

/// What is told of an entry that was moved.
pub(super) const MOVED: &str = "e.id, e.number, e.key, e.state, e.wamid, e.failure::text";

pub(super) fn moved(row: &Row) -> Result<Moved, OutboxError> {
    Ok(Moved {
        id: EntryId(get(row, 0)?),
        number: get(row, 1)?,
        key: get(row, 2)?,
        state: state(row, 3)?,
        wamid: get(row, 4)?,
        failure: get::<Option<String>>(row, 5)?.as_deref().map(Failure::from_json),
    })
}
