//! Entries that go from a database to another store, and come into one.

use std::{
    collections::{HashMap, HashSet},
    time::SystemTime,
};

use tokio_postgres::{Row, types::Type};
use uuid::Uuid;

use super::{
    before,
    entries::{KEPT, get},
    link::{Kind, Link},
    text,
};
use crate::{
    EntryId, Failure, State, Step,
    error::OutboxError,
    store::{Arrival, Gone, Whole},
    time::{Millis, millis, time},
};

/// Who holds what is on its way.
const NOBODY: Uuid = Uuid::nil();

/// Returns the id of the database itself.
pub(super) async fn identity(link: &Link) -> Result<Uuid, OutboxError> {
    let rows = link.ask(Kind::Question, "select id from wa_outbox.identity", &[]).await?;
    rows.first().ok_or(OutboxError::NotFound).and_then(|row| get(row, 0))
}

/// Reads the next entries. Those that wait are marked as being sent, by nobody: so no worker sends them from here, and they
/// never fall back by themselves. Each gets a nonce of its own: of two moves at once, one lets go.
pub(super) async fn hold(
    link: &Link,
    after: Option<EntryId>,
    most: u32,
) -> Result<Vec<Whole>, OutboxError> {
    let sql = format!(
        "with {KEPT}, next as materialized (select e.* from wa_outbox.entries e, kept \
                where e.id > $1 order by e.id limit $2 for update of e), \
            held as (update wa_outbox.entries e set state = 'sending', worker = $3, nonce = e.nonce + 1 \
                from next n where e.id = n.id and (e.state = 'pending' or (e.worker = $3 and e.state in ('sending', 'in_doubt'))) \
                returning e.id, e.nonce) \
         select n.id, n.number, n.key, n.data, n.recipient, n.body::text, n.priority, n.created, n.due, n.expires, n.state, \
            n.changed, coalesce(h.nonce, n.nonce), n.tries, n.wamid, n.status, n.rank, n.failure::text, n.worker, \
            array(select d.at from wa_outbox.decisions d where d.entry = n.id order by d.turn), \
            array(select d.what from wa_outbox.decisions d where d.entry = n.id order by d.turn), \
            array(select d.author from wa_outbox.decisions d where d.entry = n.id order by d.turn) \
         from next n left join held h using (id) order by n.id"
    );
    let after = after.map_or(Uuid::nil(), |id| id.0);
    let rows = link
        .ask(
            Kind::Write,
            &sql,
            &[(&after, Type::UUID), (&i64::from(most), Type::INT8), (&NOBODY, Type::UUID)],
        )
        .await?;
    rows.iter().map(whole).collect()
}

fn whole(row: &Row) -> Result<Whole, OutboxError> {
    let at = |at: usize| get::<SystemTime>(row, at).map(millis);
    let worker: Option<Uuid> = get(row, 18)?;
    let mut state: String = get(row, 10)?;
    let is_held = match state.as_str() {
        // An earlier move was interrupted.
        "sending" | "in_doubt" if worker == Some(NOBODY) => {
            State::Pending.as_str().clone_into(&mut state);
            true
        }
        "leased" | "sending" => false,
        _ => true,
    };
    let (times, what, by): (Vec<SystemTime>, Vec<String>, Vec<String>) =
        (get(row, 19)?, get(row, 20)?, get(row, 21)?);
    Ok(Whole {
        id: get::<Uuid>(row, 0)?.to_string(),
        number: get(row, 1)?,
        key: get(row, 2)?,
        data: get(row, 3)?,
        recipient: get(row, 4)?,
        body: get(row, 5)?,
        priority: u8::try_from(get::<i16>(row, 6)?).unwrap_or(0),
        created: at(7)?,
        due: at(8)?,
        expires: get::<Option<SystemTime>>(row, 9)?.map(millis),
        state,
        changed: at(11)?,
        nonce: get(row, 12)?,
        tries: u32::try_from(get::<i32>(row, 13)?).unwrap_or(0),
        wamid: get(row, 14)?,
        status: get(row, 15)?,
        rank: get::<Option<i16>>(row, 16)?.and_then(|rank| u8::try_from(rank).ok()),
        failure: get(row, 17)?,
        worker: worker.map(|worker| worker.to_string()),
        is_held,
        decisions: times
            .into_iter()
            .map(millis)
            .zip(what)
            .zip(by)
            .map(|((at, what), by)| (at, what, by))
            .collect(),
    })
}

/// Takes entries in. One that an earlier move has brought is known by its arrival, also when it was removed since then.
pub(super) async fn take_in(
    link: &Link,
    whole: &[Whole],
    from: Uuid,
) -> Result<Vec<Arrival>, OutboxError> {
    let ids = whole
        .iter()
        .map(|entry| entry.id.parse().map(|EntryId(id)| id))
        .collect::<Result<Vec<_>, _>>()?;
    let put = put(link, whole, &ids, from).await?;
    // With a statement of its own: what another move has brought meanwhile is not seen by the first.
    let missing: Vec<_> = ids.iter().copied().filter(|id| !put.contains(id)).collect();
    let known =
        if missing.is_empty() { HashMap::new() } else { known(link, &missing, from).await? };
    let arrival = |(id, entry): (&Uuid, &Whole)| match known.get(id) {
        None if put.contains(id) => Arrival::New,
        Some(Known { has_arrived: true, .. }) => Arrival::Before,
        // It is sent from here, as it was brought by a version that noted no arrivals.
        Some(Known { is_on_its_way: Some(false), .. })
            if entry.state == State::Pending.as_str() =>
        {
            Arrival::Before
        }
        // It never left this store: it is the same one, a copy of it, or the one to which it is on its way back. Or another
        // entry has its key.
        _ => Arrival::Refused,
    };
    Ok(ids.iter().zip(whole).map(arrival).collect())
}

/// What stands of an entry that was not put in.
struct Known {
    has_arrived: bool,
    /// Whether it is on its way to another store, if it is here.
    is_on_its_way: Option<bool>,
}

async fn known(link: &Link, ids: &[Uuid], from: Uuid) -> Result<HashMap<Uuid, Known>, OutboxError> {
    let sql = "select n.id, a.entry is not null, case when e.id is not null then coalesce(e.worker = $2, false) end \
               from unnest($1) as n (id) left join wa_outbox.arrivals a on a.entry = n.id and a.origin = $3 \
               left join wa_outbox.entries e on e.id = n.id";
    let rows = link
        .ask(
            Kind::Question,
            sql,
            &[(&ids, Type::UUID_ARRAY), (&NOBODY, Type::UUID), (&from, Type::UUID)],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok((get(row, 0)?, Known { has_arrived: get(row, 1)?, is_on_its_way: get(row, 2)? }))
        })
        .collect()
}

async fn put(
    link: &Link,
    whole: &[Whole],
    ids: &[Uuid],
    from: Uuid,
) -> Result<HashSet<Uuid>, OutboxError> {
    let texts =
        |of: fn(&Whole) -> &String| whole.iter().map(|entry| text(of(entry))).collect::<Vec<_>>();
    let options = |of: fn(&Whole) -> &Option<String>| {
        whole.iter().map(|entry| of(entry).as_deref().map(text)).collect::<Vec<_>>()
    };
    let times = |of: fn(&Whole) -> Option<Millis>| {
        whole.iter().map(|entry| of(entry).map(time)).collect::<Vec<_>>()
    };
    let bodies: Vec<_> = whole.iter().map(|entry| json(&entry.body)).collect();
    let failures: Vec<_> = whole
        .iter()
        .map(|entry| entry.failure.as_deref().map(|failure| Failure::from_json(failure).to_json()))
        .collect();
    let priorities: Vec<_> = whole.iter().map(|entry| i16::from(entry.priority)).collect();
    let nonces: Vec<_> = whole.iter().map(|entry| entry.nonce).collect();
    let tries: Vec<_> =
        whole.iter().map(|entry| i32::try_from(entry.tries).unwrap_or(i32::MAX)).collect();
    let ranks: Vec<_> = whole.iter().map(|entry| entry.rank.map(i16::from)).collect();
    let decided = || {
        ids.iter()
            .zip(whole)
            .flat_map(|(id, entry)| entry.decisions.iter().map(move |one| (*id, one)))
    };
    let of: Vec<_> = decided().map(|(id, _)| id).collect();
    let at: Vec<_> = decided().map(|(_, (at, ..))| time(*at)).collect();
    let what: Vec<_> = decided().map(|(_, (_, what, _))| text(what)).collect();
    let by: Vec<_> = decided().map(|(_, (.., by))| text(by)).collect();
    let sql = format!(
        "with {KEPT}, come as (select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, \
                $17, $18) as c (id, number, key, data, recipient, body, priority, created, due, expires, state, changed, \
                nonce, tries, wamid, status, rank, failure)), \
            put as (insert into wa_outbox.entries (id, number, key, data, recipient, body, priority, created, due, expires, \
                    state, changed, nonce, tries, wamid, status, rank, failure) \
                select id, number, key, data, recipient, body::json, priority, created, due, expires, state, changed, nonce, \
                    tries, wamid, status, rank, failure::json from come, kept \
                where not exists (select 1 from wa_outbox.arrivals a where a.entry = come.id and a.origin = $23) \
                on conflict do nothing returning id), \
            arrived as (insert into wa_outbox.arrivals (entry, origin) select id, $23 from put), \
            decided as (insert into wa_outbox.decisions (entry, at, what, author) \
                select d.entry, d.at, d.what, d.author \
                from unnest($19, $20, $21, $22) with ordinality as d (entry, at, what, author, turn) \
                join put on put.id = d.entry order by d.turn) \
         select id from put"
    );
    let rows = link
        .ask(
            Kind::Write,
            &sql,
            &[
                (&ids, Type::UUID_ARRAY),
                (&texts(|entry| &entry.number), Type::TEXT_ARRAY),
                (&options(|entry| &entry.key), Type::TEXT_ARRAY),
                (&options(|entry| &entry.data), Type::TEXT_ARRAY),
                (&texts(|entry| &entry.recipient), Type::TEXT_ARRAY),
                (&bodies, Type::TEXT_ARRAY),
                (&priorities, Type::INT2_ARRAY),
                (&times(|entry| Some(entry.created)), Type::TIMESTAMPTZ_ARRAY),
                (&times(|entry| Some(entry.due)), Type::TIMESTAMPTZ_ARRAY),
                (&times(|entry| entry.expires), Type::TIMESTAMPTZ_ARRAY),
                (&texts(|entry| &entry.state), Type::TEXT_ARRAY),
                (&times(|entry| Some(entry.changed)), Type::TIMESTAMPTZ_ARRAY),
                (&nonces, Type::INT8_ARRAY),
                (&tries, Type::INT4_ARRAY),
                (&options(|entry| &entry.wamid), Type::TEXT_ARRAY),
                (&options(|entry| &entry.status), Type::TEXT_ARRAY),
                (&ranks, Type::INT2_ARRAY),
                (&failures, Type::TEXT_ARRAY),
                (&of, Type::UUID_ARRAY),
                (&at, Type::TIMESTAMPTZ_ARRAY),
                (&what, Type::TEXT_ARRAY),
                (&by, Type::TEXT_ARRAY),
                (&from, Type::UUID),
            ],
        )
        .await?;
    rows.iter().map(|row| get(row, 0)).collect()
}

/// A body as the column takes it. What is no JSON becomes a text of JSON, which the worker finds to be no message.
fn json(body: &str) -> String {
    match serde_json::from_str::<serde_json::Value>(body) {
        Ok(_) => body.to_owned(),
        Err(_) => serde_json::Value::from(body).to_string(),
    }
}

/// Removes entries that were taken in elsewhere, unless they have changed meanwhile, and gives back what was not taken.
pub(super) async fn let_go(
    link: &Link,
    gone: &[Gone],
    to: Uuid,
) -> Result<Vec<EntryId>, OutboxError> {
    let sql = format!(
        "with {KEPT}, gone as (select * from unnest($1, $2, $3, $4) as g (id, nonce, status, is_taken), kept), \
            back as (update wa_outbox.entries e set state = '{}', changed = clock_timestamp(), lease = null from gone g \
                where not g.is_taken and e.id = g.id and e.worker = $5 and e.nonce = g.nonce and e.state in {}), \
            removed as (delete from wa_outbox.entries e using gone g where g.is_taken and e.id = g.id \
                and e.nonce = g.nonce and e.status is not distinct from g.status returning e.id), \
            undecided as (delete from wa_outbox.decisions d using removed r where d.entry = r.id), \
            back_again as (delete from wa_outbox.arrivals a using removed r where a.entry = r.id and a.origin = $6) \
         select id from removed",
        Step::Unmark.target().as_str(),
        before(&[Step::Unmark]),
    );
    let ids = gone
        .iter()
        .map(|gone| gone.id.parse().map(|EntryId(id)| id))
        .collect::<Result<Vec<_>, _>>()?;
    let nonces: Vec<_> = gone.iter().map(|gone| gone.nonce).collect();
    let statuses: Vec<_> = gone.iter().map(|gone| gone.status.as_deref()).collect();
    let are_taken: Vec<_> = gone.iter().map(|gone| gone.is_taken).collect();
    let rows = link
        .ask(
            Kind::Write,
            &sql,
            &[
                (&ids, Type::UUID_ARRAY),
                (&nonces, Type::INT8_ARRAY),
                (&statuses, Type::TEXT_ARRAY),
                (&are_taken, Type::BOOL_ARRAY),
                (&NOBODY, Type::UUID),
                (&to, Type::UUID),
            ],
        )
        .await?;
    rows.iter().map(|row| get(row, 0).map(EntryId)).collect()
}

/// Forgets that entries came from a store.
pub(super) async fn arrived(
    link: &Link,
    entries: &[EntryId],
    from: Uuid,
) -> Result<(), OutboxError> {
    let ids: Vec<_> = entries.iter().map(|entry| entry.0).collect();
    let sql = "delete from wa_outbox.arrivals where entry = any ($1) and origin = $2";
    link.ask(Kind::Write, sql, &[(&ids, Type::UUID_ARRAY), (&from, Type::UUID)]).await.map(drop)
}
