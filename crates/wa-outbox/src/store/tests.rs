//! The cases of a store, of whichever kind it is: each case runs with a file, and where there is a server, with a
//! database, also through PgBouncer.

#![allow(clippy::unwrap_used)]

mod lease;
mod moves;
mod steps;

#[cfg(feature = "postgres")]
#[path = "../../tests/common/postgres.rs"]
pub(super) mod server;

use std::time::{Duration, SystemTime};

use tokio::time::sleep;
use uuid::Uuid;

use self::{
    lease::{
        a_lease_ends_by_the_clock_of_the_store, a_number_keeps_its_pace,
        a_recipient_keeps_its_pace, limits_hold_back_a_recipient_a_number_or_all,
        messages_of_a_lease_go_one_after_the_other, one_entry_is_taken_early_or_when_it_is_due,
        what_expires_is_neither_leased_nor_marked, what_is_due_goes_by_priority_and_then_by_time,
        what_is_due_later_waits,
    },
    moves::{
        a_move_back_loses_nothing_and_sends_nothing_twice,
        a_store_that_goes_to_itself_keeps_all_it_has, entries_go_to_another_store_and_come_back,
        of_two_moves_at_once_one_lets_go, what_a_store_learns_of_an_entry_goes_after_it,
        what_has_gone_on_to_a_third_store_does_not_come_again,
        what_was_sent_and_removed_does_not_come_again,
    },
    steps::{
        a_life_from_the_queue_to_the_answer, a_status_may_come_before_the_answer,
        decisions_are_recorded, each_step_happens_where_the_machine_lets_it,
        only_the_holder_changes_what_it_holds, statuses_come_late_twice_and_in_any_order,
        what_is_given_back_was_not_tried,
        what_was_being_sent_by_a_lost_worker_is_in_doubt_and_stays_so,
    },
};
use super::{Arrival, Held, Hold, Learned, Lease, LeaseRequest, Settlement, Store, Swept, Verdict};
use crate::{
    Decision, EntryError, EntryId, Failure, Filter, NewEntry, OutboxError, State, Step,
    pace::Pair,
    time::{Millis, millis},
};

const NUMBER: &str = "100200300";
const SOON: Duration = Duration::from_millis(150);
/// Longer than a test takes.
const LONG: Millis = 600_000;
const ME: Uuid = Uuid::from_u128(1);
const OTHER: Uuid = Uuid::from_u128(2);

/// Makes a test of each case for each kind of store.
macro_rules! cases {
    ($($case:ident)*) => {
        #[cfg(feature = "sqlite")]
        mod in_a_file {
            $(#[tokio::test]
            async fn $case() {
                let folder = tempfile::tempdir().unwrap();
                let url = format!("sqlite:{}", folder.path().join("outbox.db").display());
                super::$case(crate::store::Store::open(&url).await.unwrap()).await;
            })*
        }
        #[cfg(feature = "postgres")]
        mod in_a_database {
            $(#[tokio::test]
            async fn $case() {
                let Some(url) = super::server::database().await else { return };
                super::$case(crate::store::Store::open(&url).await.unwrap()).await;
            })*
        }
        #[cfg(feature = "postgres")]
        mod through_a_pool {
            $(#[tokio::test]
            async fn $case() {
                let Some(url) = super::server::database().await else { return };
                let Some(pool) = super::server::pool(&url).await else { return };
                super::$case(crate::store::Store::open(&pool.url).await.unwrap()).await;
            })*
        }
    };
}

cases! {
    a_life_from_the_queue_to_the_answer
    a_key_is_taken_once
    what_cannot_be_an_entry_is_refused_with_all_others
    what_is_due_goes_by_priority_and_then_by_time
    what_is_due_later_waits
    each_step_happens_where_the_machine_lets_it
    only_the_holder_changes_what_it_holds
    a_lease_ends_by_the_clock_of_the_store
    what_was_being_sent_by_a_lost_worker_is_in_doubt_and_stays_so
    a_status_may_come_before_the_answer
    statuses_come_late_twice_and_in_any_order
    what_is_given_back_was_not_tried
    what_expires_is_neither_leased_nor_marked
    a_number_keeps_its_pace
    a_recipient_keeps_its_pace
    limits_hold_back_a_recipient_a_number_or_all
    decisions_are_recorded
    one_entry_is_taken_early_or_when_it_is_due
    lists_have_pages_and_filters
    doubts_are_counted_by_their_age
    only_what_is_old_is_removed
    a_worker_that_leaves_is_forgotten_unless_it_was_sending
    texts_are_kept_as_they_are
    a_group_may_have_an_entry_twice
    entries_go_to_another_store_and_come_back
    a_store_that_goes_to_itself_keeps_all_it_has
    what_was_sent_and_removed_does_not_come_again
    a_move_back_loses_nothing_and_sends_nothing_twice
    of_two_moves_at_once_one_lets_go
    what_a_store_learns_of_an_entry_goes_after_it
    what_has_gone_on_to_a_third_store_does_not_come_again
    messages_of_a_lease_go_one_after_the_other
}

fn message(to: &str) -> wa_message_core::Message {
    let text = format!(
        "{{\"messaging_product\":\"whatsapp\",\"to\":\"{to}\",\"text\":{{\"body\":\"Hello\"}}}}"
    );
    text.parse().unwrap()
}

fn entry() -> NewEntry {
    NewEntry::new(NUMBER, &message("+15550100"))
}

async fn put(store: &Store, entry: NewEntry) -> EntryId {
    store.enqueue(vec![entry]).await.unwrap()[0].id
}

fn request(worker: Uuid) -> LeaseRequest {
    LeaseRequest {
        worker,
        number: NUMBER.to_owned(),
        most: 64,
        time: LONG,
        ahead: LONG,
        pair: None,
    }
}

async fn lease(store: &Store, worker: Uuid) -> Vec<Held> {
    held(&store.lease(request(worker)).await.unwrap())
}

fn held(lease: &Lease) -> Vec<Held> {
    lease.taken.iter().map(|taken| taken.held).collect()
}

fn ids(held: &[Held]) -> Vec<EntryId> {
    held.iter().map(|held| held.id).collect()
}

fn failure() -> Failure {
    Failure { code: Some(131_000), ..Failure::new("refused", "a failure") }
}

fn accepted(held: Held) -> Settlement {
    Settlement {
        held,
        verdict: Verdict::Accepted { wamid: Some("wamid.A".to_owned()), failure: None },
    }
}

fn put_off(held: Held, pause: Millis, hold: Hold) -> Settlement {
    Settlement { held, verdict: Verdict::PutOff { failure: failure(), pause, hold } }
}

async fn settle(store: &Store, held: Held, verdict: Verdict) {
    store.settle(ME, vec![Settlement { held, verdict }]).await.unwrap();
}

fn status(id: EntryId, name: &str, rank: u8) -> Learned {
    Learned {
        id,
        wamid: Some("wamid.B".to_owned()),
        status: Some((name.to_owned(), rank)),
        failure: None,
    }
}

async fn state(store: &Store, id: EntryId) -> State {
    store.get(id).await.unwrap().state
}

/// Brings an entry to a state, and returns it as it was held by [`ME`].
async fn bring(store: &Store, state: State) -> Held {
    let is_over = state == State::Expired;
    let expires = SystemTime::now() - Duration::from_secs(60);
    let id = put(store, if is_over { entry().expires(expires) } else { entry() }).await;
    if is_over {
        store.sweep(LONG).await.unwrap();
        return Held { id, nonce: 0 };
    }
    let held = *lease(store, ME).await.iter().find(|held| held.id == id).unwrap();
    match state {
        State::Leased => return held,
        State::Pending | State::Cancelled => store.give_back(ME, vec![held]).await.unwrap(),
        _ => assert_eq!(store.mark(ME, vec![held]).await.unwrap(), [held]),
    }
    match state {
        State::Accepted => {
            settle(store, held, Verdict::Accepted { wamid: None, failure: None }).await;
        }
        State::Refused => settle(store, held, Verdict::Refused(failure())).await,
        State::InDoubt => settle(store, held, Verdict::InDoubt(failure())).await,
        State::Invalid => settle(store, held, Verdict::Invalid(failure())).await,
        State::Cancelled => {
            drop(store.decide(id, Decision::Cancel, "somebody".to_owned()).await.unwrap());
        }
        _ => {}
    }
    assert_eq!(self::state(store, id).await, state);
    held
}

async fn a_key_is_taken_once(store: Store) {
    let first = store
        .enqueue(vec![entry().key("a"), entry().key("b"), entry().key("a"), entry(), entry()])
        .await
        .unwrap();
    let new: Vec<_> = first.iter().map(|enqueued| enqueued.is_new).collect();
    assert_eq!(new, [true, true, false, true, true]);
    assert_eq!(first[0].id, first[2].id);
    let second = store.enqueue(vec![entry().key("b"), entry().key("c")]).await.unwrap();
    assert_eq!((second[0].id, second[0].is_new, second[1].is_new), (first[1].id, false, true));
    // Another number has keys of its own.
    let other = NewEntry::new("7", &message("+15550100")).key("a");
    assert!(store.enqueue(vec![other]).await.unwrap()[0].is_new);
    let found = store.find(NUMBER.to_owned(), "a".to_owned()).await.unwrap().unwrap();
    assert_eq!(found.id, first[0].id);
    assert!(store.find(NUMBER.to_owned(), "d".to_owned()).await.unwrap().is_none());
    assert_eq!(store.enqueue(Vec::new()).await.unwrap(), []);
}

async fn what_cannot_be_an_entry_is_refused_with_all_others(store: Store) {
    let refused = store.enqueue(vec![entry(), entry().priority(10)]).await;
    assert!(matches!(refused, Err(OutboxError::Entry(EntryError::Priority))));
    assert_eq!(store.summary().await.unwrap().total(), 0);
    assert!(matches!(store.get(EntryId::new()).await, Err(OutboxError::NotFound)));
    let decided = store.decide(EntryId::new(), Decision::Cancel, "somebody".to_owned()).await;
    assert!(matches!(decided, Err(OutboxError::NotFound)));
}

async fn lists_have_pages_and_filters(store: Store) {
    let all: Vec<_> =
        store.enqueue(vec![entry(); 7]).await.unwrap().iter().map(|enqueued| enqueued.id).collect();
    let other = put(&store, NewEntry::new("7", &message("+15550100"))).await;
    let ids = |entries: Vec<crate::Entry>| entries.iter().map(|entry| entry.id).collect::<Vec<_>>();
    assert_eq!(ids(store.list(Filter::new().most(3)).await.unwrap()), all[..3]);
    let rest = store.list(Filter::new().after(all[2]).number(NUMBER)).await.unwrap();
    assert_eq!(ids(rest), all[3..]);
    assert_eq!(ids(store.list(Filter::new().number("7")).await.unwrap()), [other]);
    store.decide(all[4], Decision::Cancel, "somebody".to_owned()).await.unwrap();
    assert_eq!(ids(store.list(Filter::new().state(State::Cancelled)).await.unwrap()), [all[4]]);
    assert_eq!(
        ids(store.list(Filter::new().state(State::Cancelled).number("7")).await.unwrap()),
        []
    );
    let summary = store.summary().await.unwrap();
    assert_eq!(
        (summary.of(State::Pending), summary.of(State::Cancelled), summary.total()),
        (7, 1, 8)
    );
}

async fn doubts_are_counted_by_their_age(store: Store) {
    for state in State::ALL.into_iter().rev() {
        bring(&store, state).await;
    }
    sleep(SOON * 10).await;
    let since = std::time::Instant::now();
    bring(&store, State::InDoubt).await;
    // Older than the second, also if this machine is busy, and younger than the first.
    let age = crate::time::span(since.elapsed() + SOON * 7);
    assert_eq!(store.old_doubts(age).await.unwrap(), 1);
    assert_eq!(store.old_doubts(0).await.unwrap(), 2);
    assert_eq!(store.old_doubts(LONG).await.unwrap(), 0);
}

async fn only_what_is_old_is_removed(store: Store) {
    let done = bring(&store, State::Accepted).await.id;
    let refused = bring(&store, State::Refused).await.id;
    let cancelled = bring(&store, State::Cancelled).await.id;
    let before = millis(SystemTime::now() - Duration::from_secs(60));
    let after = millis(SystemTime::now() + Duration::from_secs(60));
    assert_eq!(store.purge(before, vec![State::Accepted], 10).await.unwrap(), 0);
    assert_eq!(store.purge(after, vec![State::Accepted, State::Cancelled], 1).await.unwrap(), 1);
    assert_eq!(store.purge(after, vec![State::Accepted, State::Cancelled], 10).await.unwrap(), 1);
    assert_eq!(store.purge(after, Vec::new(), 10).await.unwrap(), 0);
    for gone in [done, cancelled] {
        assert!(matches!(store.get(gone).await, Err(OutboxError::NotFound)));
    }
    assert_eq!(state(&store, refused).await, State::Refused);
}

async fn a_worker_that_leaves_is_forgotten_unless_it_was_sending(store: Store) {
    let held = bring(&store, State::Sending).await;
    store.beat(ME).await.unwrap();
    store.leave(ME).await.unwrap();
    // It is still known, so that what it sends is not in doubt at once.
    assert_eq!(store.sweep(LONG).await.unwrap(), Swept::default());
    store.settle(ME, vec![accepted(held)]).await.unwrap();
    store.leave(ME).await.unwrap();
    // A mark of somebody whom nobody knows is one of somebody who is lost.
    let held = bring(&store, State::Leased).await;
    store.leave(ME).await.unwrap();
    assert_eq!(store.mark(ME, vec![held]).await.unwrap(), [held]);
    assert_eq!(store.sweep(LONG).await.unwrap().in_doubt.len(), 1);
}

async fn texts_are_kept_as_they_are(store: Store) {
    const ODD: &str = "'; drop table x; -- \\ \u{1F35E} \u{202E} \n %s $1 ?1 \"{}\"";
    let text = format!(
        "{{\"messaging_product\":\"whatsapp\",\"to\":\"+15550100\",\"text\":{{\"body\":{}}}}}",
        serde_json::to_string(ODD).unwrap()
    );
    let message: wa_message_core::Message = text.parse().unwrap();
    let id = put(&store, NewEntry::new(ODD, &message).key(ODD).data(ODD)).await;
    let entry = store.find(ODD.to_owned(), ODD.to_owned()).await.unwrap().unwrap();
    assert_eq!((entry.id, &*entry.number, entry.data.as_deref()), (id, ODD, Some(ODD)));
    assert_eq!(entry.body, message.to_json());
    // What servers tell may have anything in it.
    let leased = store.lease(LeaseRequest { number: ODD.to_owned(), ..request(ME) }).await.unwrap();
    let held = leased.taken[0].held;
    store.mark(ME, vec![held]).await.unwrap();
    let odd = "a\0b";
    let verdict = Verdict::Accepted {
        wamid: Some(odd.to_owned()),
        failure: Some(Failure::new("unreadable", odd)),
    };
    store.settle(ME, vec![Settlement { held, verdict }]).await.unwrap();
    let learned = Learned {
        wamid: Some(odd.to_owned()),
        status: Some((odd.to_owned(), 1)),
        ..status(id, "", 0)
    };
    store.learn(vec![learned]).await.unwrap();
    let entry = store.get(id).await.unwrap();
    assert_eq!(entry.failure.map(|failure| failure.text).as_deref(), Some(odd));
    assert!(entry.wamid.is_some_and(|wamid| wamid.starts_with('a') && wamid.ends_with('b')));
}

async fn a_group_may_have_an_entry_twice(store: Store) {
    let held = bring(&store, State::Sending).await;
    let doubt = Settlement { held, verdict: Verdict::InDoubt(failure()) };
    let moved = store.settle(ME, vec![doubt, accepted(held), accepted(held)]).await.unwrap();
    let states: Vec<_> = moved.iter().map(|moved| moved.state).collect();
    assert_eq!(states, [State::InDoubt, State::Accepted, State::Accepted]);
    let other = bring(&store, State::Sending).await;
    let learned =
        store.learn(vec![status(other.id, "read", 3), status(other.id, "sent", 1)]).await.unwrap();
    assert_eq!(learned.len(), 1);
    assert_eq!(store.get(other.id).await.unwrap().status.as_deref(), Some("read"));
}
