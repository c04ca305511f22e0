//! Any interleaving of workers, a sweeper, webhooks, persons and crashes, on the statements themselves and a clock of our
//! own. The ledger is the truth: what the API has accepted.

#![allow(clippy::unwrap_used)]

use std::collections::{HashMap, HashSet};

use proptest::prelude::*;
use rusqlite::Connection;

use super::{decide, entries, lease, migrate, presence, steps, turns};
use crate::{
    Decision, EntryId, Failure, NewEntry, State, UnknownState,
    pace::Pair,
    store::{Held, Hold, Learned, LeaseRequest, Settlement, Verdict},
    time::Millis,
};
use uuid::Uuid;

const NUMBER: &str = "100200300";
const LEASE: Millis = 1_000;
const LOST_AFTER: Millis = 3_000;

/// What may happen next. The numbers choose a worker and one of the entries it holds.
#[derive(Debug, Clone, Copy)]
enum Happening {
    Lease(usize),
    /// The mark is committed or not, and the worker learns it or not.
    Mark {
        worker: usize,
        commits: bool,
        answers: bool,
    },
    Send {
        worker: usize,
        at: usize,
        ending: Ending,
    },
    Settle {
        worker: usize,
    },
    GiveBack(usize),
    Beat(usize),
    Crash(usize),
    Sweep,
    Status(usize),
    Cancel(usize),
    Decide(usize, Decision),
    Wait(Millis),
}

#[derive(Debug, Clone, Copy)]
enum Ending {
    Accepted,
    Refused,
    Throttled,
    NotSent,
    /// No answer, although it was accepted, or because it was not.
    Lost {
        accepted: bool,
    },
}

#[derive(Default)]
struct Worker {
    id: Uuid,
    leased: Vec<Held>,
    /// Perhaps marked, and certainly not sent.
    unsent: Vec<Held>,
    marked: Vec<Held>,
    ends: Vec<Settlement>,
}

struct World {
    connection: Connection,
    now: Millis,
    workers: [Worker; 2],
    ids: Vec<EntryId>,
    /// How often each entry was accepted.
    ledger: HashMap<EntryId, u32>,
    /// Those that a person has sent again.
    again: HashSet<EntryId>,
}

impl World {
    fn new(entries: usize) -> Self {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate::migrate(&mut connection).unwrap();
        let message = "{\"messaging_product\":\"whatsapp\",\"to\":\"+15550100\",\"text\":{\"body\":\"Hello\"}}";
        let message: wa_message_core::Message = message.parse().unwrap();
        let ids = (0..entries)
            .map(|_| {
                entries::enqueue(&connection, &NewEntry::new(NUMBER, &message), 1_000).unwrap().id
            })
            .collect();
        let workers = [1, 2].map(|id| Worker { id: Uuid::from_u128(id), ..Worker::default() });
        Self { connection, now: 1_000, workers, ids, ledger: HashMap::new(), again: HashSet::new() }
    }

    fn happen(&mut self, happening: Happening) {
        let (connection, now) = (&self.connection, self.now);
        match happening {
            Happening::Lease(worker) => {
                let worker = &mut self.workers[worker];
                let request = LeaseRequest {
                    worker: worker.id,
                    number: NUMBER.to_owned(),
                    most: 2,
                    time: LEASE,
                    ahead: 60_000,
                    pair: Some(Pair { every: 1, tolerance: 1_000 }),
                };
                let lease = lease::lease(connection, &request, now).unwrap();
                worker.leased.extend(lease.taken.into_iter().map(|taken| taken.held));
            }
            Happening::Mark { worker, commits, answers } => {
                let worker = &mut self.workers[worker];
                let leased = std::mem::take(&mut worker.leased);
                let marked = if commits {
                    turns::mark(connection, worker.id, leased.clone(), now).unwrap()
                } else {
                    Vec::new()
                };
                if commits && answers {
                    worker.marked.extend(marked);
                } else {
                    worker.unsent.extend(leased);
                }
            }
            Happening::Send { worker, at, ending } => self.send(worker, at, ending),
            Happening::Settle { worker } => {
                let worker = &mut self.workers[worker];
                let ends = std::mem::take(&mut worker.ends);
                turns::settle(connection, worker.id, &ends, now).unwrap();
            }
            Happening::GiveBack(worker) => {
                let worker = &mut self.workers[worker];
                let mut unsent = std::mem::take(&mut worker.unsent);
                unsent.append(&mut worker.leased);
                turns::give_back(connection, worker.id, &unsent, now).unwrap();
            }
            Happening::Beat(worker) => {
                presence::beat(connection, self.workers[worker].id, now).unwrap();
            }
            Happening::Crash(worker) => {
                let id = Uuid::from_u128(self.workers[worker].id.as_u128() + 2);
                self.workers[worker] = Worker { id, ..Worker::default() };
            }
            Happening::Sweep => drop(presence::sweep(connection, LOST_AFTER, now).unwrap()),
            Happening::Status(at) => self.status(self.ids[at % self.ids.len()]),
            Happening::Cancel(at) => {
                let id = self.ids[at % self.ids.len()];
                let _ = decide::decide(connection, id, Decision::Cancel, "somebody", now);
            }
            Happening::Decide(at, decision) => {
                let id = self.ids[at % self.ids.len()];
                // A person who says so has looked it up, except where the message is sent again in spite of all.
                let is_accepted = self.ledger.contains_key(&id);
                let is_true = match decision {
                    Decision::Accepted => is_accepted,
                    Decision::NotAccepted => !is_accepted && !self.is_in_the_air(id),
                    _ => true,
                };
                if is_true
                    && decide::decide(connection, id, decision, "somebody", now).is_ok()
                    && decision == Decision::SendAgain
                {
                    self.again.insert(id);
                }
            }
            Happening::Wait(time) => self.now += time,
        }
    }

    fn is_in_the_air(&self, id: EntryId) -> bool {
        self.workers.iter().any(|worker| worker.marked.iter().any(|held| held.id == id))
    }

    fn send(&mut self, worker: usize, at: usize, ending: Ending) {
        let worker = &mut self.workers[worker];
        if worker.marked.is_empty() {
            return;
        }
        let held = worker.marked.remove(at % worker.marked.len());
        let failure = Failure::new("test", "a failure");
        if matches!(ending, Ending::Accepted | Ending::Lost { accepted: true }) {
            *self.ledger.entry(held.id).or_default() += 1;
        }
        let verdict = match ending {
            Ending::Accepted => {
                Verdict::Accepted { wamid: Some("wamid.A".to_owned()), failure: None }
            }
            Ending::Refused => Verdict::Refused(failure),
            Ending::Throttled => Verdict::PutOff {
                failure,
                pause: 10,
                hold: Hold::Number { number: NUMBER.to_owned() },
            },
            Ending::NotSent => Verdict::PutOff { failure, pause: 1, hold: Hold::Nothing },
            Ending::Lost { .. } => Verdict::InDoubt(failure),
        };
        worker.ends.push(Settlement { held, verdict });
    }

    /// The status of a message that was accepted, and none of one that was not.
    fn status(&mut self, id: EntryId) {
        if self.ledger.contains_key(&id) {
            let learned = Learned {
                id,
                wamid: Some("wamid.A".to_owned()),
                status: Some(("sent".to_owned(), 1)),
                failure: None,
            };
            decide::learn(&self.connection, &[learned], self.now).unwrap();
        }
    }

    fn state(&self, id: EntryId) -> State {
        steps::state_of(&self.connection, id).unwrap().unwrap()
    }

    /// Holds at any moment.
    fn check(&self) {
        for id in &self.ids {
            let (accepted, state) = (self.ledger.get(id).copied().unwrap_or(0), self.state(*id));
            if self.again.contains(id) {
                continue;
            }
            assert!(accepted <= 1, "accepted {accepted} times");
            if accepted == 1 {
                assert!(
                    matches!(state, State::Sending | State::InDoubt | State::Accepted),
                    "accepted, and stands as {state}"
                );
            } else {
                assert_ne!(state, State::Accepted, "never accepted");
            }
        }
    }

    /// All that is left when every worker is gone and the last webhooks have come.
    fn end(&mut self) {
        for worker in 0..2 {
            self.happen(Happening::Crash(worker));
        }
        self.now += LOST_AFTER + LEASE;
        self.happen(Happening::Sweep);
        self.check();
        for id in self.ids.clone() {
            assert!(!matches!(self.state(id), State::Leased | State::Sending));
            self.status(id);
            if self.ledger.contains_key(&id) {
                assert_eq!(self.state(id), State::Accepted);
            }
        }
    }
}

fn happening() -> impl Strategy<Value = Happening> {
    let ending = prop_oneof![
        3 => Just(Ending::Accepted),
        1 => Just(Ending::Refused),
        1 => Just(Ending::Throttled),
        1 => Just(Ending::NotSent),
        2 => any::<bool>().prop_map(|accepted| Ending::Lost { accepted }),
    ];
    let decision = prop_oneof![
        Just(Decision::Accepted),
        Just(Decision::NotAccepted),
        Just(Decision::SendAgain),
        Just(Decision::Retry)
    ];
    let worker = 0..2_usize;
    prop_oneof![
        4 => worker.clone().prop_map(Happening::Lease),
        4 => (worker.clone(), prop::bool::weighted(0.8), prop::bool::weighted(0.8))
            .prop_map(|(worker, commits, answers)| Happening::Mark { worker, commits, answers }),
        5 => (worker.clone(), 0..4_usize, ending)
            .prop_map(|(worker, at, ending)| Happening::Send { worker, at, ending }),
        3 => worker.clone().prop_map(|worker| Happening::Settle { worker }),
        1 => worker.clone().prop_map(Happening::GiveBack),
        1 => worker.clone().prop_map(Happening::Beat),
        1 => worker.prop_map(Happening::Crash),
        2 => Just(Happening::Sweep),
        1 => (0..4_usize).prop_map(Happening::Status),
        1 => (0..4_usize).prop_map(Happening::Cancel),
        1 => (0..4_usize, decision).prop_map(|(at, decision)| Happening::Decide(at, decision)),
        2 => (1..2_500_i64).prop_map(Happening::Wait),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_lost_and_nothing_is_sent_twice(happenings in prop::collection::vec(happening(), 1..80)) {
        let mut world = World::new(4);
        for happening in happenings {
            world.happen(happening);
            world.check();
        }
        world.end();
    }
}

/// `WA_OUTBOX_CASES` is how many lives are made up.
fn cases() -> u32 {
    std::env::var("WA_OUTBOX_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(256)
}

/// The statements of each step allow what the machine allows, of each state.
#[test]
fn the_statements_have_the_states_of_the_machine() {
    use crate::Step;
    for (step, decision) in [
        (Step::DecideAccepted, Decision::Accepted),
        (Step::DecideNotAccepted, Decision::NotAccepted),
        (Step::DecideAgain, Decision::SendAgain),
        (Step::Retry, Decision::Retry),
        (Step::Cancel, Decision::Cancel),
    ] {
        for state in State::ALL {
            let world = World::new(1);
            let id = world.ids[0];
            set(&world, state);
            let decided = decide::decide(&world.connection, id, decision, "somebody", 2_000);
            assert_eq!(
                decided.ok().map(|moved| moved.state),
                state.after(step),
                "{step:?} in {state}"
            );
        }
    }
    let held = |world: &World| Held { id: world.ids[0], nonce: 0 };
    let failure = || Failure::new("test", "a failure");
    for state in State::ALL {
        for (step, verdict) in [
            (Step::Accept, Verdict::Accepted { wamid: None, failure: None }),
            (Step::Refuse, Verdict::Refused(failure())),
            (Step::Doubt, Verdict::InDoubt(failure())),
            (Step::FindInvalid, Verdict::Invalid(failure())),
            (Step::PutOff, Verdict::PutOff { failure: failure(), pause: 1, hold: Hold::Nothing }),
        ] {
            let world = World::new(1);
            set(&world, state);
            let ends = [Settlement { held: held(&world), verdict }];
            turns::settle(&world.connection, Uuid::from_u128(1), &ends, 2_000).unwrap();
            assert_eq!(
                world.state(world.ids[0]),
                state.after(step).unwrap_or(state),
                "{step:?} in {state}"
            );
        }
        let world = World::new(1);
        set(&world, state);
        let marked =
            turns::mark(&world.connection, Uuid::from_u128(1), vec![held(&world)], 2_000).unwrap();
        assert_eq!(!marked.is_empty(), state.after(Step::Mark).is_some(), "mark in {state}");
    }
}

/// Another worker, another nonce, or a lease that is over: whoever comes with them changes nothing.
#[test]
fn only_the_holder_settles() {
    for (worker, nonce) in [(2, 0), (1, 1)] {
        let world = World::new(1);
        set(&world, State::Sending);
        let held = Held { id: world.ids[0], nonce };
        let ends =
            [Settlement { held, verdict: Verdict::Refused(Failure::new("test", "a failure")) }];
        turns::settle(&world.connection, Uuid::from_u128(worker), &ends, 2_000).unwrap();
        turns::give_back(&world.connection, Uuid::from_u128(worker), &[held], 2_000).unwrap();
        assert_eq!(world.state(world.ids[0]), State::Sending);
    }
    let world = World::new(1);
    set(&world, State::Leased);
    let held = Held { id: world.ids[0], nonce: 0 };
    for (now, count) in [(9_000, 0), (8_999, 1)] {
        let marked = turns::mark(&world.connection, Uuid::from_u128(1), vec![held], now).unwrap();
        assert_eq!(marked.len(), count);
    }
}

fn set(world: &World, state: State) {
    let worker = Uuid::from_u128(1).to_string();
    world
        .connection
        .execute(
            "update wa_outbox_entries set state = ?1, worker = ?2, lease = 9000",
            [state.as_str(), &worker],
        )
        .unwrap();
}

#[test]
fn a_name_of_a_state_that_nobody_knows_is_an_error() {
    assert_eq!("sent".parse::<State>(), Err(UnknownState));
}
