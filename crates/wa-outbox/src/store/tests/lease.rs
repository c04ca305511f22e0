//! Cases of whose turn it is, and of the pace.

use super::*;

pub(super) async fn what_is_due_goes_by_priority_and_then_by_time(store: Store) {
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

pub(super) async fn what_is_due_later_waits(store: Store) {
    let later = put(&store, entry().due(SystemTime::now() + SOON)).await;
    let none = store.lease(request(ME)).await.unwrap();
    assert!(none.taken.is_empty());
    let wait = none.wait.unwrap();
    assert!(wait > Duration::ZERO && wait <= SOON, "{wait:?}");
    sleep(wait + Duration::from_millis(20)).await;
    assert_eq!(ids(&lease(&store, ME).await), [later]);
    assert_eq!(store.lease(request(ME)).await.unwrap().wait, None);
}

pub(super) async fn a_lease_ends_by_the_clock_of_the_store(store: Store) {
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

pub(super) async fn what_expires_is_neither_leased_nor_marked(store: Store) {
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

pub(super) async fn a_number_keeps_its_pace(store: Store) {
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

pub(super) async fn a_recipient_keeps_its_pace(store: Store) {
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

pub(super) async fn limits_hold_back_a_recipient_a_number_or_all(store: Store) {
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

pub(super) async fn one_entry_is_taken_early_or_when_it_is_due(store: Store) {
    let id = put(&store, entry().due(SystemTime::now() + Duration::from_secs(3_600))).await;
    assert!(store.take_one(ME, id, LONG, false).await.unwrap().is_none());
    let taken = store.take_one(ME, id, LONG, true).await.unwrap().unwrap();
    assert_eq!((taken.held.id, taken.tries), (id, 0));
    assert!(store.take_one(OTHER, id, LONG, true).await.unwrap().is_none());
    assert_eq!(store.mark(ME, vec![taken.held]).await.unwrap(), [taken.held]);
    assert!(store.take_one(ME, EntryId::new(), LONG, true).await.unwrap().is_none());
}

pub(super) async fn messages_of_a_lease_go_one_after_the_other(store: Store) {
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
