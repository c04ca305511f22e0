//! Cases of moves from one store to another. Whatever interrupts one, an entry is sent from one store, and none is lost.

use super::*;
use crate::store::Whole;

/// Reads all that can go, and keeps it from being sent.
async fn hold(from: &Store) -> Vec<Whole> {
    let whole = from.hold(None, 100).await.unwrap();
    whole.into_iter().filter(|entry| entry.is_held).collect()
}

/// Takes in what comes from another store.
async fn take_in(to: &Store, from: &Store, held: Vec<Whole>) -> Vec<Arrival> {
    to.take_in(held, from.identity().await.unwrap()).await.unwrap()
}

/// Lets go what another store has taken in.
async fn let_go(
    from: &Store,
    to: &Store,
    held: Vec<Whole>,
    arrivals: Vec<Arrival>,
) -> Vec<EntryId> {
    let gone = held.into_iter().zip(arrivals).map(|(one, arrival)| one.gone(arrival));
    from.let_go(gone.collect(), to.identity().await.unwrap()).await.unwrap()
}

/// Brings all that can go from one store to another, and returns how many went.
async fn transfer(from: &Store, to: &Store) -> u64 {
    let (held, others): (Vec<_>, Vec<_>) =
        from.hold(None, 100).await.unwrap().into_iter().partition(|one| one.is_held);
    assert!(others.iter().all(|one| one.state == "leased" || one.state == "sending"));
    // The answer may be lost, and then they come again.
    let first = take_in(to, from, held.clone()).await;
    let again = take_in(to, from, held.clone()).await;
    for (first, again) in first.iter().zip(again) {
        let then = if *first == Arrival::New { Arrival::Before } else { *first };
        assert_eq!(again, then);
    }
    let moved = let_go(from, to, held, first).await;
    let count = moved.len() as u64;
    to.arrived(moved, from.identity().await.unwrap()).await.unwrap();
    count
}

pub(super) async fn entries_go_to_another_store_and_come_back(store: Store) {
    let Some((_folder, other)) = another().await else { return };
    let decided = bring(&store, State::InDoubt).await.id;
    store.decide(decided, Decision::NotAccepted, "Ada".to_owned()).await.unwrap();
    store.learn(vec![status(bring(&store, State::Sending).await.id, "read", 3)]).await.unwrap();
    // What waits comes last: to bring one to another state is to lease all that wait.
    for state in State::ALL.into_iter().rev() {
        bring(&store, state).await;
    }
    put(&store, entry().key("both").due(SystemTime::now() + Duration::from_secs(60))).await;
    put(&other, entry().key("both")).await;
    put(
        &store,
        entry().key("a").data("b").priority(3).expires(SystemTime::now() + Duration::from_secs(60)),
    )
    .await;

    let before = store.list(Filter::new()).await.unwrap();
    assert_eq!(transfer(&store, &other).await, before.len() as u64 - 3);
    let stayed = store.list(Filter::new()).await.unwrap();
    let states: Vec<_> = stayed.iter().map(|entry| entry.state).collect();
    assert_eq!(states, [State::Sending, State::Leased, State::Pending]);
    // Nothing of it is gone, nor held for ever.
    assert_eq!(lease(&store, OTHER).await, []);
    assert_eq!(transfer(&other, &store).await, before.len() as u64 - 3);
    let mut after = store.list(Filter::new()).await.unwrap();
    for (after, before) in after.iter_mut().zip(&before) {
        if after.key.as_deref() == Some("both") {
            after.changed = before.changed;
        }
    }
    assert_eq!(after, before);
}

/// Another store, which is a file. Without the feature there is none.
async fn another() -> Option<(tempfile::TempDir, Store)> {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("other.db").display());
    Some((folder, Store::open(&url).await.ok()?))
}

/// Sends what is due, and returns it.
async fn send(store: &Store) -> Vec<EntryId> {
    let held = store.mark(OTHER, lease(store, OTHER).await).await.unwrap();
    store.settle(OTHER, held.iter().copied().map(accepted).collect()).await.unwrap();
    ids(&held)
}

async fn soon(store: &Store) -> u64 {
    sleep(SOON / 10).await;
    let later = crate::time::millis(SystemTime::now() + Duration::from_secs(5));
    store.purge(later, State::ALL.to_vec(), 100).await.unwrap()
}

pub(super) async fn a_store_that_goes_to_itself_keeps_all_it_has(store: Store) {
    for state in State::ALL.into_iter().rev() {
        bring(&store, state).await;
    }
    put(&store, entry().key("mine")).await;
    let states = async || {
        let all = store.list(Filter::new()).await.unwrap();
        all.into_iter().map(|entry| (entry.id, entry.state, entry.tries)).collect::<Vec<_>>()
    };
    let before = states().await;
    assert_eq!(transfer(&store, &store).await, 0);
    assert_eq!(states().await, before);
}

pub(super) async fn what_was_sent_and_removed_does_not_come_again(store: Store) {
    let Some((_folder, other)) = another().await else { return };
    for (from, to) in [(&store, &other), (&other, &store)] {
        let id = put(from, entry().key("once")).await;
        // The move ends before the entry is let go, and the other store sends it, and is cleaned up.
        let held = hold(from).await;
        assert_eq!(take_in(to, from, held).await, [Arrival::New]);
        assert_eq!(send(to).await, [id]);
        assert_eq!(soon(to).await, 1);
        // The move goes on.
        let held = hold(from).await;
        let arrivals = take_in(to, from, held.clone()).await;
        assert_eq!(arrivals, [Arrival::Before]);
        let gone = let_go(from, to, held, arrivals).await;
        to.arrived(gone, from.identity().await.unwrap()).await.unwrap();
        for store in [from, to] {
            assert_eq!(store.list(Filter::new()).await.unwrap(), []);
        }
    }
}

pub(super) async fn a_move_back_loses_nothing_and_sends_nothing_twice(store: Store) {
    let Some((_folder, other)) = another().await else { return };
    let id = put(&store, entry()).await;
    let held = hold(&store).await;
    assert_eq!(take_in(&other, &store, held).await, [Arrival::New]);
    // It stands in both, and somebody moves the other way.
    assert_eq!(transfer(&other, &store).await, 0);
    assert_eq!((send(&store).await, send(&other).await), (vec![], vec![id]));
    assert_eq!(transfer(&other, &store).await, 0);
    // The first move goes on.
    assert_eq!(transfer(&store, &other).await, 1);
    assert_eq!(other.get(id).await.unwrap().state, State::Accepted);
    // Forth and back, as often as one likes.
    for (from, to) in [(&other, &store), (&store, &other), (&other, &store)] {
        assert_eq!(transfer(from, to).await, 1);
        assert_eq!(to.get(id).await.unwrap().state, State::Accepted);
    }
}

pub(super) async fn of_two_moves_at_once_one_lets_go(store: Store) {
    let Some((_folder, other)) = another().await else { return };
    let id = put(&store, entry()).await;
    let (first, second) = (hold(&store).await, hold(&store).await);
    assert_eq!(take_in(&other, &store, first.clone()).await, [Arrival::New]);
    assert_eq!(let_go(&store, &other, first, vec![Arrival::New]).await, []);
    assert_eq!((send(&other).await, soon(&other).await), (vec![id], 1));
    let arrivals = take_in(&other, &store, second.clone()).await;
    assert_eq!(arrivals, [Arrival::Before]);
    assert_eq!(let_go(&store, &other, second, arrivals).await, [id]);
    assert_eq!((send(&store).await, send(&other).await), (vec![], vec![]));
}

pub(super) async fn what_a_store_learns_of_an_entry_goes_after_it(store: Store) {
    let Some((_folder, other)) = another().await else { return };
    let id = bring(&store, State::InDoubt).await.id;
    let held = hold(&store).await;
    take_in(&other, &store, held).await;
    // The status comes to the first one, although it is on its way.
    store.learn(vec![status(id, "read", 3)]).await.unwrap();
    let held = hold(&store).await;
    let arrivals = take_in(&other, &store, held.clone()).await;
    let news: Option<Vec<_>> =
        held.iter().zip(&arrivals).map(|(one, arrival)| one.news(*arrival)?.ok()).collect();
    other.learn(news.unwrap()).await.unwrap();
    assert_eq!(let_go(&store, &other, held, arrivals).await, [id]);
    let entry = other.get(id).await.unwrap();
    assert_eq!((entry.state, entry.status.as_deref()), (State::Accepted, Some("read")));
}

/// From the first to the second, which is interrupted; from there to a third; and the first move goes on.
pub(super) async fn what_has_gone_on_to_a_third_store_does_not_come_again(store: Store) {
    let (Some((_folder, other)), Some((_another, third))) = (another().await, another().await)
    else {
        return;
    };
    for (from, over) in [(&store, &other), (&other, &store)] {
        let id = put(from, entry()).await;
        let held = hold(from).await;
        assert_eq!(take_in(over, from, held).await, [Arrival::New]);
        assert_eq!(transfer(over, &third).await, 1);
        assert_eq!(transfer(from, over).await, 1);
        assert_eq!((send(over).await, send(&third).await), (vec![], vec![id]));
        // Round and round, as often as one likes.
        for (from, to) in [(&third, over), (over, from), (from, &third)] {
            assert_eq!(transfer(from, to).await, 1);
            assert_eq!(to.get(id).await.unwrap().state, State::Accepted);
        }
        assert_eq!(soon(&third).await, 1);
    }
}
