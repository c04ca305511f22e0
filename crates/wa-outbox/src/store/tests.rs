//! The cases of a store, of whichever kind it is: each case runs with a file, and where there is a server, with a
//! database, also through PgBouncer.

#![allow(clippy::unwrap_used)]

mod moves;

#[cfg(feature = "postgres")]
#[path = "../../tests/common/postgres.rs"]
pub(super) mod server;

use std::time::{Duration, SystemTime};

use tokio::time::sleep;
use uuid::Uuid;

use self::moves::{
    a_move_back_loses_nothing_and_sends_nothing_twice,
    a_store_that_goes_to_itself_keeps_all_it_has, entries_go_to_another_store_and_come_back,
    of_two_moves_at_once_one_lets_go, what_a_store_learns_of_an_entry_goes_after_it,
    what_has_gone_on_to_a_third_store_does_not_come_again,
    what_was_sent_and_removed_does_not_come_again,
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

async fn a_life_from_the_queue_to_the_answer(store: Store) {
    let id = put(&store, entry().key("order-17").data("seventeen").priority(3)).await;
    let before = store.get(id).await.unwrap();
    assert_eq!((before.state, before.tries, before.priority), (State::Pending, 0, 3));
    assert_eq!(
        (before.key.as_deref(), before.data.as_deref()),
        (Some("order-17"), Some("seventeen"))
    );
    assert!(
        store.has_open(NUMBER.to_owned()).await.unwrap()
            && !store.has_open("1".to_owned()).await.unwrap()
    );

    let leased = store.lease(request(ME)).await.unwrap();
    assert_eq!((leased.taken.len(), leased.taken[0].held.id, leased.taken[0].tries), (1, id, 0));
    assert_eq!(
        (&*leased.taken[0].recipient, &*leased.taken[0].body),
        ("15550100", &*message("+15550100").to_json())
    );
    let held = leased.taken[0].held;
    assert_eq!(lease(&store, OTHER).await, []);
    assert_eq!(store.mark(ME, vec![held]).await.unwrap(), [held]);
    assert!(store.has_open(NUMBER.to_owned()).await.unwrap());
    let moved = store.settle(ME, vec![accepted(held)]).await.unwrap();
    assert_eq!((moved.len(), moved[0].id, moved[0].state), (1, id, State::Accepted));
    assert_eq!((&*moved[0].number, moved[0].key.as_deref()), (NUMBER, Some("order-17")));
    assert_eq!(moved[0].wamid.as_deref(), Some("wamid.A"));

    let after = store.get(id).await.unwrap();
    assert_eq!(
        (after.state, after.tries, after.wamid.as_deref()),
        (State::Accepted, 1, Some("wamid.A"))
    );
    assert!(
        after.changed >= after.created
            && after.created == before.created
            && after.failure.is_none()
    );
    assert!(!store.has_open(NUMBER.to_owned()).await.unwrap());
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

async fn what_is_due_goes_by_priority_and_then_by_time(store: Store) {
    let ago = |seconds| SystemTime::now() - Duration::from_secs(seconds);
    let entries = [
        entry().due(ago(10)),
        entry().due(ago(20)),
        entry().priority(9).due(ago(1)),
        entry().priority(1).due(ago(2)),
    ];
    let put = store.enqueue(entries.to_vec()).await.unwrap();
    let expected: Vec<_> = [2, 3, 1, 0].map(|at: usize| put[at].id).to_vec();
    let first = store.lease(LeaseRequest { most: 3, ..request(ME) }).await.unwrap();
    let second = store.lease(LeaseRequest { most: 3, ..request(ME) }).await.unwrap();
    assert_eq!([ids(&held(&first)), ids(&held(&second))].concat(), expected);
    // Of one time, as they were put in.
    let same: Vec<_> = store
        .enqueue(vec![entry(); 50])
        .await
        .unwrap()
        .iter()
        .map(|enqueued| enqueued.id)
        .collect();
    assert_eq!(ids(&lease(&store, ME).await), same);
}

async fn what_is_due_later_waits(store: Store) {
    let later = put(&store, entry().due(SystemTime::now() + SOON)).await;
    let none = store.lease(request(ME)).await.unwrap();
    assert!(none.taken.is_empty());
    let wait = none.wait.unwrap();
    assert!(wait > Duration::ZERO && wait <= SOON, "{wait:?}");
    sleep(wait + Duration::from_millis(20)).await;
    assert_eq!(ids(&lease(&store, ME).await), [later]);
    assert_eq!(store.lease(request(ME)).await.unwrap().wait, None);
}

/// Written from the machine, which is written from what an outbox promises.
async fn each_step_happens_where_the_machine_lets_it(store: Store) {
    for now in State::ALL {
        for (step, decision) in [
            (Step::DecideAccepted, Decision::Accepted),
            (Step::DecideNotAccepted, Decision::NotAccepted),
            (Step::DecideAgain, Decision::SendAgain),
            (Step::Retry, Decision::Retry),
            (Step::Cancel, Decision::Cancel),
        ] {
            let id = bring(&store, now).await.id;
            let decided = store.decide(id, decision, "somebody".to_owned()).await;
            assert_eq!(
                decided.as_ref().ok().map(|moved| moved.state),
                now.after(step),
                "{step:?} in {now}"
            );
            if let Err(error) = decided {
                assert!(
                    matches!(error, OutboxError::WrongState { state, .. } if state == now),
                    "{error:?}"
                );
            }
            assert_eq!(state(&store, id).await, now.after(step).unwrap_or(now));
            finish(&store, id).await;
        }
        for (step, verdict) in [
            (Step::Accept, Verdict::Accepted { wamid: None, failure: None }),
            (Step::Refuse, Verdict::Refused(failure())),
            (Step::Doubt, Verdict::InDoubt(failure())),
            (Step::FindInvalid, Verdict::Invalid(failure())),
            (Step::PutOff, Verdict::PutOff { failure: failure(), pause: 1, hold: Hold::Nothing }),
        ] {
            let held = bring(&store, now).await;
            let moved = store.settle(ME, vec![Settlement { held, verdict }]).await.unwrap();
            assert_eq!(
                moved.first().map(|moved| moved.state),
                now.after(step),
                "{step:?} in {now}"
            );
            assert_eq!(
                state(&store, held.id).await,
                now.after(step).unwrap_or(now),
                "{step:?} in {now}"
            );
            finish(&store, held.id).await;
        }
        let held = bring(&store, now).await;
        let marked = store.mark(ME, vec![held]).await.unwrap();
        assert_eq!(!marked.is_empty(), now.after(Step::Mark).is_some(), "mark in {now}");
        assert_eq!(state(&store, held.id).await, now.after(Step::Mark).unwrap_or(now));
        finish(&store, held.id).await;

        let held = bring(&store, now).await;
        store.give_back(ME, vec![held]).await.unwrap();
        let back = now.after(Step::FallBack).or(now.after(Step::Unmark));
        assert_eq!(state(&store, held.id).await, back.unwrap_or(now), "given back in {now}");
        finish(&store, held.id).await;

        let held = bring(&store, now).await;
        let taken = lease(&store, OTHER).await;
        assert_eq!(
            ids(&taken).contains(&held.id),
            now.after(Step::Lease).is_some(),
            "lease in {now}"
        );
        finish(&store, held.id).await;

        let held = bring(&store, now).await;
        let taken = store.take_one(OTHER, held.id, LONG, true).await.unwrap();
        assert_eq!(taken.is_some(), now.after(Step::Lease).is_some(), "take one in {now}");
        finish(&store, held.id).await;

        let held = bring(&store, now).await;
        let moved = store.learn(vec![status(held.id, "sent", 1)]).await.unwrap();
        assert_eq!(moved.is_empty(), now == State::Accepted, "status in {now}");
        assert_eq!(state(&store, held.id).await, State::Accepted);
    }
}

/// Takes an entry out of the way of the others.
async fn finish(store: &Store, id: EntryId) {
    store.learn(vec![status(id, "sent", 1)]).await.unwrap();
}

async fn only_the_holder_changes_what_it_holds(store: Store) {
    for now in [State::Leased, State::Sending] {
        let held = bring(&store, now).await;
        for (worker, nonce) in [(OTHER, held.nonce), (ME, held.nonce + 1), (ME, held.nonce - 1)] {
            let false_one = Held { nonce, ..held };
            let ends = [
                Verdict::Refused(failure()),
                Verdict::InDoubt(failure()),
                Verdict::Invalid(failure()),
                Verdict::PutOff { failure: failure(), pause: 1, hold: Hold::Nothing },
            ];
            assert_eq!(store.mark(worker, vec![false_one]).await.unwrap(), []);
            for verdict in ends {
                let moved = store
                    .settle(worker, vec![Settlement { held: false_one, verdict }])
                    .await
                    .unwrap();
                assert_eq!(moved, []);
            }
            store.give_back(worker, vec![false_one]).await.unwrap();
            assert_eq!(state(&store, held.id).await, now);
        }
        // That it was accepted, anybody knows.
        let moved = store.settle(OTHER, vec![accepted(Held { nonce: 77, ..held })]).await.unwrap();
        assert_eq!(moved[0].state, State::Accepted);
    }
}

async fn a_lease_ends_by_the_clock_of_the_store(store: Store) {
    let id = put(&store, entry()).await;
    let first = held(&store.lease(LeaseRequest { time: 30, ..request(ME) }).await.unwrap());
    sleep(Duration::from_millis(60)).await;
    assert_eq!(store.mark(ME, first.clone()).await.unwrap(), []);
    assert_eq!(state(&store, id).await, State::Leased);
    assert_eq!(store.sweep(LONG).await.unwrap(), Swept { fallen_back: 1, ..Swept::default() });
    let second = lease(&store, OTHER).await;
    assert_eq!((ids(&second), second[0].nonce > first[0].nonce), (vec![id], true));
    assert_eq!(store.mark(ME, first).await.unwrap(), []);
    assert_eq!(store.sweep(LONG).await.unwrap(), Swept::default());
    assert_eq!(store.mark(OTHER, second.clone()).await.unwrap(), second);
}

async fn what_was_being_sent_by_a_lost_worker_is_in_doubt_and_stays_so(store: Store) {
    let held = bring(&store, State::Sending).await;
    store.beat(ME).await.unwrap();
    assert_eq!(store.sweep(LONG).await.unwrap(), Swept::default());
    sleep(SOON).await;
    let swept = store.sweep(50).await.unwrap();
    assert_eq!((swept.in_doubt.len(), swept.fallen_back), (1, 0));
    let moved = &swept.in_doubt[0];
    assert_eq!((moved.id, moved.state), (held.id, State::InDoubt));
    assert_eq!(moved.failure.as_ref().map(|failure| &*failure.kind), Some("lost"));
    assert_eq!(store.sweep(50).await.unwrap(), Swept::default());
    assert_eq!(lease(&store, OTHER).await, []);
    assert!(store.summary().await.unwrap().oldest_doubt.is_some());
    // The worker was only slow, and knows better.
    let moved = store.settle(ME, vec![accepted(held)]).await.unwrap();
    assert_eq!((moved[0].state, &moved[0].failure), (State::Accepted, &None));
    assert!(store.summary().await.unwrap().oldest_doubt.is_none());
    // One that was never seen is lost at once.
    let unseen = bring(&store, State::Sending).await;
    store.settle(ME, vec![accepted(unseen)]).await.unwrap();
}

async fn a_status_may_come_before_the_answer(store: Store) {
    let held = bring(&store, State::Sending).await;
    let moved = store.learn(vec![status(held.id, "delivered", 2)]).await.unwrap();
    assert_eq!((moved.len(), moved[0].state), (1, State::Accepted));
    store
        .settle(ME, vec![Settlement { held, verdict: Verdict::InDoubt(failure()) }])
        .await
        .unwrap();
    let known = store.get(held.id).await.unwrap();
    assert_eq!((known.state, known.wamid.as_deref()), (State::Accepted, Some("wamid.B")));
    // The answer that comes at last changes nothing more.
    store.settle(ME, vec![accepted(held)]).await.unwrap();
    let same = store.get(held.id).await.unwrap();
    assert_eq!((same.wamid, same.changed), (known.wamid, known.changed));
}

async fn statuses_come_late_twice_and_in_any_order(store: Store) {
    let held = bring(&store, State::InDoubt).await;
    let all = ["read", "sent", "delivered", "read"].into_iter().zip([3, 1, 2, 3]);
    let mut count = 0;
    for (name, rank) in all {
        count += store.learn(vec![status(held.id, name, rank)]).await.unwrap().len();
    }
    assert_eq!(count, 1);
    let entry = store.get(held.id).await.unwrap();
    assert_eq!(
        (entry.state, entry.status.as_deref(), &entry.failure),
        (State::Accepted, Some("read"), &None)
    );
    // What goes wrong afterwards is kept.
    let failed = Learned { failure: Some(failure()), ..status(held.id, "failed", 9) };
    assert_eq!(store.learn(vec![failed]).await.unwrap(), []);
    let entry = store.get(held.id).await.unwrap();
    assert_eq!((entry.status.as_deref(), entry.failure), (Some("failed"), Some(failure())));
    assert_eq!(store.learn(vec![status(EntryId::new(), "sent", 1)]).await.unwrap(), []);
    // A status that no rank is known of.
    let unknown = Learned { status: None, wamid: None, ..status(held.id, "", 0) };
    assert_eq!(store.learn(vec![unknown]).await.unwrap(), []);
    assert_eq!(store.get(held.id).await.unwrap().status.as_deref(), Some("failed"));
}

async fn what_is_given_back_was_not_tried(store: Store) {
    let leased = bring(&store, State::Leased).await;
    let marked = bring(&store, State::Sending).await;
    assert_eq!(store.get(marked.id).await.unwrap().tries, 1);
    store.give_back(ME, vec![leased, marked]).await.unwrap();
    for id in [leased.id, marked.id] {
        let entry = store.get(id).await.unwrap();
        assert_eq!((entry.state, entry.tries), (State::Pending, 0));
    }
    assert_eq!(lease(&store, OTHER).await.len(), 2);
    // Again, when another has them.
    store.give_back(ME, vec![leased, marked]).await.unwrap();
    assert_eq!(state(&store, leased.id).await, State::Leased);
}

async fn what_expires_is_neither_leased_nor_marked(store: Store) {
    let soon = SystemTime::now() + 2 * SOON;
    let put = store.enqueue(vec![entry().expires(soon); 2]).await.unwrap();
    let held = held(&store.lease(LeaseRequest { most: 1, time: 1, ..request(ME) }).await.unwrap());
    let again = store.lease(LeaseRequest { most: 0, ..request(ME) }).await.unwrap();
    assert!(again.taken.is_empty());
    sleep(3 * SOON).await;
    assert_eq!(lease(&store, OTHER).await, []);
    assert_eq!(
        store.take_one(OTHER, put[1].id, LONG, true).await.unwrap().map(|taken| taken.held),
        None
    );
    assert_eq!(store.mark(ME, held).await.unwrap(), []);
    let swept = store.sweep(LONG).await.unwrap();
    assert_eq!((swept.fallen_back, swept.expired.len()), (1, 2));
    assert!(swept.expired.iter().all(|moved| moved.state == State::Expired));
    assert_eq!(swept.expired[0].failure.as_ref().map(|failure| &*failure.kind), Some("expired"));
    // Somebody wants it all the same.
    store.decide(put[0].id, Decision::Retry, "somebody".to_owned()).await.unwrap();
    assert_eq!(store.get(put[0].id).await.unwrap().expires, None);
    assert_eq!(lease(&store, OTHER).await.len(), 1);
}

async fn a_number_keeps_its_pace(store: Store) {
    store.set_rate(NUMBER.to_owned(), 10).await.unwrap();
    store.enqueue(vec![entry(); 20]).await.unwrap();
    let ask = LeaseRequest { ahead: 1_000, ..request(ME) };
    let first = store.lease(ask.clone()).await.unwrap();
    // A message takes a little longer than the rate says.
    assert_eq!(first.taken.len(), 9);
    let wait = first.wait.unwrap();
    assert!(wait > Duration::from_millis(200) && wait <= Duration::from_millis(500), "{wait:?}");
    let second = store.lease(LeaseRequest { worker: OTHER, ..ask.clone() }).await.unwrap();
    assert!(second.taken.len() <= 3 && second.wait.is_some(), "{}", second.taken.len());
    // A faster one.
    store.set_rate(NUMBER.to_owned(), 1_000).await.unwrap();
    sleep(Duration::from_millis(200)).await;
    let third = store.lease(ask).await.unwrap();
    assert_eq!(third.taken.len() + second.taken.len(), 11);
    assert_eq!(third.wait, Some(Duration::ZERO));
}

async fn a_recipient_keeps_its_pace(store: Store) {
    store.enqueue(vec![entry(); 6]).await.unwrap();
    let other = put(&store, NewEntry::new(NUMBER, &message("+15550101"))).await;
    let ask =
        LeaseRequest { pair: Some(Pair { every: 60_000, tolerance: 120_000 }), ..request(ME) };
    let taken = held(&store.lease(ask.clone()).await.unwrap());
    assert_eq!((taken.len(), ids(&taken).contains(&other)), (4, true));
    // Each of the others has a time of its own.
    let now = millis(SystemTime::now());
    let waiting = store.list(Filter::new().state(State::Pending)).await.unwrap();
    let due: Vec<_> =
        waiting.iter().map(|entry| (millis(entry.due) - now + 30_000) / 60_000).collect();
    assert_eq!(due, [1, 2, 3]);
    let none = store.lease(ask).await.unwrap();
    assert!(none.taken.is_empty() && none.wait > Some(Duration::from_secs(50)), "{:?}", none.wait);
}

async fn limits_hold_back_a_recipient_a_number_or_all(store: Store) {
    let held = bring(&store, State::Sending).await;
    let recipient = Hold::Recipient {
        number: NUMBER.to_owned(),
        recipient: "15550100".to_owned(),
        tolerance: 120_000,
    };
    let moved = store.settle(ME, vec![put_off(held, 30_000, recipient)]).await.unwrap();
    assert_eq!((moved[0].state, moved[0].failure.as_ref()), (State::Pending, Some(&failure())));
    let due = store.get(held.id).await.unwrap().due;
    let pause = due.duration_since(SystemTime::now()).unwrap();
    assert!(pause > Duration::from_secs(25) && pause <= Duration::from_secs(31), "{pause:?}");
    // Others to the same are put off, and others go.
    let same = put(&store, entry()).await;
    let other = put(&store, NewEntry::new(NUMBER, &message("+15550101"))).await;
    let pair = Some(Pair { every: 60_000, tolerance: 120_000 });
    let taken = store.lease(LeaseRequest { pair, ..request(ME) }).await.unwrap();
    assert_eq!(ids(&self::held(&taken)), [other]);
    assert!(store.get(same).await.unwrap().due > SystemTime::now() + Duration::from_secs(20));

    store.mark(ME, self::held(&taken)).await.unwrap();
    let number = Hold::Number { number: NUMBER.to_owned() };
    store.settle(ME, vec![put_off(taken.taken[0].held, 20_000, number)]).await.unwrap();
    put(&store, entry()).await;
    let ask = LeaseRequest { ahead: 1_000, ..request(ME) };
    let none = store.lease(ask.clone()).await.unwrap();
    assert!(none.taken.is_empty() && none.wait > Some(Duration::from_secs(15)), "{:?}", none.wait);
    // Another number sends, until all is held back.
    let there = LeaseRequest { number: "7".to_owned(), ..ask };
    store.enqueue(vec![NewEntry::new("7", &message("+15550100")); 2]).await.unwrap();
    let taken = store.lease(LeaseRequest { most: 1, ..there.clone() }).await.unwrap();
    store.mark(ME, self::held(&taken)).await.unwrap();
    store.settle(ME, vec![put_off(taken.taken[0].held, 20_000, Hold::Everything)]).await.unwrap();
    let none = store.lease(there).await.unwrap();
    assert!(none.taken.is_empty() && none.wait > Some(Duration::from_secs(15)), "{:?}", none.wait);
}

async fn decisions_are_recorded(store: Store) {
    let held = bring(&store, State::InDoubt).await;
    let moved = store.decide(held.id, Decision::NotAccepted, "Ada".to_owned()).await.unwrap();
    assert_eq!(
        (moved.state, moved.failure.map(|failure| failure.kind)),
        (State::Refused, Some("decided".to_owned()))
    );
    store.decide(held.id, Decision::Accepted, "nobody".to_owned()).await.unwrap_err();
    store.decide(held.id, Decision::Retry, "Grace".to_owned()).await.unwrap();
    let entry = store.get(held.id).await.unwrap();
    let decided: Vec<_> =
        entry.decisions.iter().map(|decided| (&*decided.what, &*decided.by)).collect();
    assert_eq!(decided, [("not_accepted", "Ada"), ("retry", "Grace")]);
    assert!(
        entry.decisions[0].at <= entry.decisions[1].at && entry.due <= SystemTime::now() + SOON
    );
    let listed = store.list(Filter::new()).await.unwrap();
    assert_eq!(listed[0].decisions, entry.decisions);
}

async fn one_entry_is_taken_early_or_when_it_is_due(store: Store) {
    let id = put(&store, entry().due(SystemTime::now() + Duration::from_secs(3_600))).await;
    assert!(store.take_one(ME, id, LONG, false).await.unwrap().is_none());
    let taken = store.take_one(ME, id, LONG, true).await.unwrap().unwrap();
    assert_eq!((taken.held.id, taken.tries), (id, 0));
    assert!(store.take_one(OTHER, id, LONG, true).await.unwrap().is_none());
    assert_eq!(store.mark(ME, vec![taken.held]).await.unwrap(), [taken.held]);
    assert!(store.take_one(ME, EntryId::new(), LONG, true).await.unwrap().is_none());
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

async fn messages_of_a_lease_go_one_after_the_other(store: Store) {
    store.set_rate(NUMBER.to_owned(), 10).await.unwrap();
    store.enqueue(vec![entry(); 20]).await.unwrap();
    let ask = LeaseRequest { ahead: 1_000, most: 4, ..request(ME) };
    let [first, second] =
        [store.lease(ask.clone()).await.unwrap(), store.lease(ask).await.unwrap()];
    let turns: Vec<_> = first.taken.iter().map(|taken| taken.turn.as_micros()).collect();
    assert_eq!(turns, [0, 102_500, 205_000, 307_500]);
    let gap = second.taken[1].turn.abs_diff(second.taken[0].turn);
    assert_eq!(gap, Duration::from_micros(102_500));
    assert!(
        second.taken[0].turn <= 4 * gap && second.taken[0].turn > Duration::ZERO,
        "{:?}",
        second.taken[0].turn
    );
    // A number that is faster than a clock can count.
    store.set_rate(NUMBER.to_owned(), u32::MAX).await.unwrap();
    sleep(Duration::from_millis(900)).await;
    assert_eq!(lease(&store, ME).await.len(), 12);
}
