//! Cases of the steps that an entry takes, and of who may take them.

use super::*;

pub(super) async fn a_life_from_the_queue_to_the_answer(store: Store) {
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

/// Written from the machine, which is written from what an outbox promises.
pub(super) async fn each_step_happens_where_the_machine_lets_it(store: Store) {
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

pub(super) async fn only_the_holder_changes_what_it_holds(store: Store) {
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

pub(super) async fn what_was_being_sent_by_a_lost_worker_is_in_doubt_and_stays_so(store: Store) {
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

pub(super) async fn a_status_may_come_before_the_answer(store: Store) {
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

pub(super) async fn statuses_come_late_twice_and_in_any_order(store: Store) {
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

pub(super) async fn what_is_given_back_was_not_tried(store: Store) {
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

pub(super) async fn decisions_are_recorded(store: Store) {
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
