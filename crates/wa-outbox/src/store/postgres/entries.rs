//! Entries in a database: put in, looked up, counted, removed.

use std::time::SystemTime;

use tokio_postgres::{
    Row, Transaction,
    types::{FromSql, Type},
};

use super::{
    judge,
    link::{Kind, Link},
    span, text,
};
use crate::{
    Decided, Enqueued, Entry, EntryId, Failure, Filter, NewEntry, State, Summary,
    error::{Obstacle, OutboxError, StoreError},
    time::{Millis, millis, time},
};

/// The members of an entry, in the order in which they are read.
const COLUMNS: &str = "e.id, e.number, e.key, e.data, e.body::text, e.priority, e.created, e.due, e.expires, e.state, \
                       e.changed, e.tries, e.wamid, e.status, e.failure::text, \
                       array(select d.what from wa_outbox.decisions d where d.entry = e.id order by d.turn), \
                       array(select d.author from wa_outbox.decisions d where d.entry = e.id order by d.turn), \
                       array(select d.at from wa_outbox.decisions d where d.entry = e.id order by d.turn)";

/// What is kept even if the server loses power right after, whatever else it may lose by its settings.
pub(super) const KEPT: &str = "kept as materialized (select case current_setting('synchronous_commit') \
                               when 'off' then set_config('synchronous_commit', 'on', true) end as setting)";

/// Puts entries in, all or none, unless their keys are there already.
pub(super) async fn enqueue(link: &Link, new: &[NewEntry]) -> Result<Vec<Enqueued>, OutboxError> {
    let mut enqueued: Vec<Option<Enqueued>> = vec![None; new.len()];
    put(link, new, &mut enqueued).await?;
    // An entry that has the key may be removed before it is looked up, and then there is room for this one.
    for _ in 0..3 {
        let missing: Vec<_> = (0..new.len()).filter(|at| enqueued[*at].is_none()).collect();
        if missing.is_empty() {
            break;
        }
        look_up(link, new, &missing, &mut enqueued).await.map_err(unclear)?;
        if enqueued.contains(&None) {
            put(link, new, &mut enqueued).await.map_err(unclear)?;
        }
    }
    let all: Option<Vec<_>> = enqueued.into_iter().collect();
    all.ok_or_else(|| {
        StoreError::new(Obstacle::Busy, "entries of the same keys come and go").unclear().into()
    })
}

/// Puts in what is not yet, with one statement, and notes what was taken.
async fn put(
    link: &Link,
    new: &[NewEntry],
    enqueued: &mut [Option<Enqueued>],
) -> Result<(), OutboxError> {
    let at: Vec<_> = (0..new.len()).filter(|at| enqueued[*at].is_none()).collect();
    let all = || at.iter().map(|at| &new[*at]);
    let ids: Vec<_> = at.iter().map(|_| EntryId::new()).collect();
    let uuids: Vec<_> = ids.iter().map(|id| id.0).collect();
    let numbers: Vec<_> = all().map(|entry| &entry.number).collect();
    let keys: Vec<_> = all().map(|entry| entry.key.as_ref()).collect();
    let data: Vec<_> = all().map(|entry| entry.data.as_ref()).collect();
    let recipients: Vec<_> = all().map(|entry| text(&entry.recipient)).collect();
    let bodies: Vec<_> = all().map(|entry| &entry.body).collect();
    let priorities: Vec<_> = all().map(|entry| i16::from(entry.priority)).collect();
    let due: Vec<_> = all().map(|entry| entry.due.map(calendar)).collect();
    let expires: Vec<_> = all().map(|entry| entry.expires.map(calendar)).collect();
    let sql = format!(
        "with {KEPT}, clock as materialized (select clock_timestamp() as now from kept), \
            new as (select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9) with ordinality \
                as n (id, number, key, data, recipient, body, priority, due, expires, at)) \
         insert into wa_outbox.entries \
            (id, number, key, data, recipient, body, priority, created, due, expires, changed) \
         select id, number, key, data, recipient, body::json, priority, now, coalesce(due, now), expires, now \
         from new, clock order by at \
         on conflict (number, key) where key is not null do nothing returning id"
    );
    let rows = link
        .ask(
            Kind::Write,
            &sql,
            &[
                (&uuids, Type::UUID_ARRAY),
                (&numbers, Type::TEXT_ARRAY),
                (&keys, Type::TEXT_ARRAY),
                (&data, Type::TEXT_ARRAY),
                (&recipients, Type::TEXT_ARRAY),
                (&bodies, Type::TEXT_ARRAY),
                (&priorities, Type::INT2_ARRAY),
                (&due, Type::TIMESTAMPTZ_ARRAY),
                (&expires, Type::TIMESTAMPTZ_ARRAY),
            ],
        )
        .await?;
    let taken = rows
        .iter()
        .map(|row| Ok(EntryId(get(row, 0)?)))
        .collect::<Result<std::collections::HashSet<_>, OutboxError>>()?;
    for (at, id) in at.into_iter().zip(ids) {
        if taken.contains(&id) {
            enqueued[at] = Some(Enqueued { id, is_new: true });
        }
    }
    Ok(())
}

/// Looks up those whose keys are there already.
async fn look_up(
    link: &Link,
    new: &[NewEntry],
    missing: &[usize],
    enqueued: &mut [Option<Enqueued>],
) -> Result<(), OutboxError> {
    let numbers: Vec<_> = missing.iter().map(|at| &new[*at].number).collect();
    let keys: Vec<_> = missing.iter().map(|at| new[*at].key.as_ref()).collect();
    let rows = link
        .ask(
            Kind::Question,
            "select n.at, e.id from unnest($1, $2) with ordinality as n (number, key, at) \
             join wa_outbox.entries e on e.number = n.number and e.key = n.key",
            &[(&numbers, Type::TEXT_ARRAY), (&keys, Type::TEXT_ARRAY)],
        )
        .await?;
    for row in rows {
        let at: i64 = get(&row, 0)?;
        if let Some(at) = usize::try_from(at - 1).ok().and_then(|at| missing.get(at)) {
            enqueued[*at] = Some(Enqueued { id: EntryId(get(&row, 1)?), is_new: false });
        }
    }
    Ok(())
}

/// Puts an entry in within a transaction of somebody else.
pub(crate) async fn enqueue_in(
    transaction: &Transaction<'_>,
    new: &NewEntry,
) -> Result<Enqueued, OutboxError> {
    let id = EntryId::new();
    let row = transaction
        .query_typed_one(
            "select wa_outbox.enqueue_as($1, $2, $3::text::json, $4, $5, $6, $7, $8)",
            &[
                (&id.0, Type::UUID),
                (&new.number, Type::TEXT),
                (&new.body, Type::TEXT),
                (&new.key, Type::TEXT),
                (&new.due.map(calendar), Type::TIMESTAMPTZ),
                (&i32::from(new.priority), Type::INT4),
                (&new.expires.map(calendar), Type::TIMESTAMPTZ),
                (&new.data, Type::TEXT),
            ],
        )
        .await
        .map_err(|error| judge(&error))?;
    let stands = EntryId(get(&row, 0)?);
    Ok(Enqueued { id: stands, is_new: stands == id })
}

/// Sets how many messages a second a number sends.
pub(super) async fn set_rate(
    link: &Link,
    number: &str,
    per_second: u32,
) -> Result<(), OutboxError> {
    let per_second = i32::try_from(per_second.max(1)).unwrap_or(i32::MAX);
    link.ask(
        Kind::Write,
        "insert into wa_outbox.numbers (number, per_second) values ($1, $2) \
         on conflict (number) do update set per_second = excluded.per_second",
        &[(&number, Type::TEXT), (&per_second, Type::INT4)],
    )
    .await?;
    Ok(())
}

/// Whether any entry of a number waits or is under way.
pub(super) async fn has_open(link: &Link, number: &str) -> Result<bool, OutboxError> {
    let rows = link
        .ask(
            Kind::Question,
            "select exists (select 1 from wa_outbox.entries where number = $1 and state = 'pending') \
                or exists (select 1 from wa_outbox.entries where number = $1 and state = 'leased') \
                or exists (select 1 from wa_outbox.entries where number = $1 and state = 'sending')",
            &[(&number, Type::TEXT)],
        )
        .await?;
    rows.first().map_or(Ok(false), |row| get(row, 0))
}

pub(super) async fn get_entry(link: &Link, id: EntryId) -> Result<Option<Entry>, OutboxError> {
    let sql = format!("select {COLUMNS} from wa_outbox.entries e where e.id = $1");
    let rows = link.ask(Kind::Question, &sql, &[(&id.0, Type::UUID)]).await?;
    rows.first().map(entry).transpose()
}

pub(super) async fn find(
    link: &Link,
    number: &str,
    key: &str,
) -> Result<Option<Entry>, OutboxError> {
    let sql =
        format!("select {COLUMNS} from wa_outbox.entries e where e.number = $1 and e.key = $2");
    let rows = link
        .ask(Kind::Question, &sql, &[(&text(number), Type::TEXT), (&text(key), Type::TEXT)])
        .await?;
    rows.first().map(entry).transpose()
}

pub(super) async fn list(link: &Link, filter: &Filter) -> Result<Vec<Entry>, OutboxError> {
    let sql = format!(
        "select {COLUMNS} from wa_outbox.entries e \
         where e.id > $1 and ($2 is null or e.number = $2) {} order by e.id limit $3",
        if filter.state.is_some() { "and e.state = $4" } else { "and $4 is null" },
    );
    let after = filter.after.map_or(uuid::Uuid::nil(), |id| id.0);
    let rows = link
        .ask(
            Kind::LongQuestion,
            &sql,
            &[
                (&after, Type::UUID),
                (&filter.number.as_deref().map(text), Type::TEXT),
                (&i64::from(filter.most), Type::INT8),
                (&filter.state.map(State::as_str), Type::TEXT),
            ],
        )
        .await?;
    rows.iter().map(entry).collect()
}

pub(super) async fn summary(link: &Link) -> Result<Summary, OutboxError> {
    let counted = link
        .ask(
            Kind::LongQuestion,
            // Counted by the index alone. The time is looked up for doubts, which are few.
            "select state, count(*), case state when 'in_doubt' then \
                (select min(d.changed) from wa_outbox.entries d where d.state = 'in_doubt') end \
             from wa_outbox.entries group by state",
            &[],
        )
        .await?;
    let mut summary = Summary::default();
    for row in counted {
        summary.states.insert(state(&row, 0)?, get::<i64>(&row, 1)?.unsigned_abs());
        summary.oldest_doubt =
            summary.oldest_doubt.or(get::<Option<SystemTime>>(&row, 2)?.map(calendar));
    }
    Ok(summary)
}

/// Returns how many entries have been in doubt for so long.
pub(super) async fn old_doubts(link: &Link, age: Millis) -> Result<u64, OutboxError> {
    let sql = "select count(*) from wa_outbox.entries where state = 'in_doubt' \
               and changed <= clock_timestamp() - $1::float8 * interval '1 millisecond'";
    let rows = link.ask(Kind::LongQuestion, sql, &[(&span(age), Type::INT8)]).await?;
    rows.first().map_or(Ok(0), |row| Ok(get::<i64>(row, 0)?.unsigned_abs()))
}

/// Removes entries that came to their end before a time, so many at most.
pub(super) async fn purge(
    link: &Link,
    before: Millis,
    states: &[State],
    most: u32,
) -> Result<u64, OutboxError> {
    let states: Vec<_> = states.iter().map(|state| state.as_str()).collect();
    let rows = link
        .ask(
            Kind::Write,
            "with gone as materialized (select id from wa_outbox.entries \
                where state = any ($1) and changed < $2 limit $3 for update skip locked), \
             undecided as (delete from wa_outbox.decisions where entry in (select id from gone)), \
             removed as (delete from wa_outbox.entries where id in (select id from gone) returning id) \
             select count(*) from removed",
            &[
                (&states, Type::TEXT_ARRAY),
                (&time(before), Type::TIMESTAMPTZ),
                (&i64::from(most), Type::INT8),
            ],
        )
        .await?;
    rows.first().map_or(Ok(0), |row| Ok(get::<i64>(row, 0)?.unsigned_abs()))
}

fn entry(row: &Row) -> Result<Entry, OutboxError> {
    let (what, by, at): (Vec<String>, Vec<String>, Vec<SystemTime>) =
        (get(row, 15)?, get(row, 16)?, get(row, 17)?);
    let decisions = what.into_iter().zip(by).zip(at);
    Ok(Entry {
        id: EntryId(get(row, 0)?),
        number: get(row, 1)?,
        key: get(row, 2)?,
        data: get(row, 3)?,
        body: get(row, 4)?,
        priority: u8::try_from(get::<i16>(row, 5)?).unwrap_or(0),
        created: calendar(get(row, 6)?),
        due: calendar(get(row, 7)?),
        expires: get::<Option<SystemTime>>(row, 8)?.map(calendar),
        state: state(row, 9)?,
        changed: calendar(get(row, 10)?),
        tries: u32::try_from(get::<i32>(row, 11)?).unwrap_or(0),
        wamid: get(row, 12)?,
        status: get(row, 13)?,
        failure: get::<Option<String>>(row, 14)?.as_deref().map(Failure::from_json),
        decisions: decisions
            .map(|((what, by), at)| Decided { what, by, at: calendar(at) })
            .collect(),
    })
}

/// Returns a time as all stores have it: in milliseconds, between 1970 and the end of the calendar.
fn calendar(at: SystemTime) -> SystemTime {
    time(millis(at))
}

pub(super) fn get<'r, T: FromSql<'r>>(row: &'r Row, at: usize) -> Result<T, OutboxError> {
    row.try_get(at).map_err(|error| judge(&error).into())
}

pub(super) fn state(row: &Row, at: usize) -> Result<State, OutboxError> {
    let name: &str = get(row, at)?;
    name.parse().map_err(|error| StoreError::new(Obstacle::Other, Box::new(error) as Box<_>).into())
}

fn unclear(error: OutboxError) -> OutboxError {
    match error {
        OutboxError::Store(error) => error.unclear().into(),
        error => error,
    }
}
