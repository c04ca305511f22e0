//! The updates and deliveries that are still to be posted, in the order of their times.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
    time::Duration,
};

use tokio::{sync::oneshot, time::Instant};

use super::{Full, WebhookFault, deliveries::Book, post::Signed, update::Update};
use crate::{faults::Plan, generated::customer::Status, ledger::Accepted};

/// How much memory waiting updates take together, in bytes: some 350,000 statuses.
const UPDATES_BYTES: usize = 128 * 1024 * 1024;
/// How much the bodies of deliveries that are not over take together, in bytes. Beyond that, updates wait.
const BODIES_BYTES: usize = 64 * 1024 * 1024;
/// How many deliveries are held back at once.
const HELD_AT_MOST: usize = 1000;
/// How long a delivery is held back at most.
const HELD_FOR: Duration = Duration::from_secs(1);
/// The place in a queue: a time, and the order in which things came.
type Due = (Instant, u64);

/// A delivery that is not over.
pub(super) struct Parcel {
    pub(super) number: u64,
    pub(super) signed: Signed,
    pub(super) fault: Option<WebhookFault>,
    /// How often it has to be posted once more after it was taken.
    pub(super) repeats: u32,
    /// How often it was tried since it was taken last.
    pub(super) attempts: u32,
    pub(super) told: Vec<oneshot::Sender<()>>,
    /// How often all was forgotten when it was made.
    pub(super) age: u64,
}

/// A delivery that waits for others to overtake it.
struct Held {
    others: u32,
    until: Instant,
    parcel: Parcel,
}

/// The state of the webhooks.
pub(super) struct Queue {
    updates: BTreeMap<Due, Update>,
    /// Those among them that come by themselves, by the id of the message.
    by_itself: HashMap<Arc<str>, Vec<Due>>,
    update_bytes: usize,
    parcels: BTreeMap<Due, Parcel>,
    held: Vec<Held>,
    body_bytes: usize,
    /// Updates have been taken that are no delivery yet.
    making: bool,
    posting: usize,
    count: u64,
    pub(super) plan: Plan<WebhookFault>,
    pub(super) statuses: Vec<(Duration, Status)>,
    pub(super) book: Book,
    pub(super) overflowed: u64,
    pub(super) stopped: bool,
    /// How often all was forgotten.
    pub(super) age: u64,
}

/// How deliveries are made: how many updates are in one, how long they wait for others, and how many deliveries are posted
/// at the same time.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rhythm {
    pub(super) updates: usize,
    pub(super) wait: Duration,
    pub(super) at_once: usize,
}

/// The next thing to do.
pub(super) enum Step {
    Post(Box<Parcel>),
    /// A batch of updates is complete.
    Make(Vec<Update>),
    /// There is nothing to do until this time, or until something is new.
    Wait(Option<Instant>),
    Stop,
}

impl Queue {
    pub(super) fn new(plan: Plan<WebhookFault>, statuses: Vec<(Duration, Status)>) -> Self {
        Self {
            updates: BTreeMap::new(),
            by_itself: HashMap::new(),
            update_bytes: 0,
            parcels: BTreeMap::new(),
            held: Vec::new(),
            body_bytes: 0,
            making: false,
            posting: 0,
            count: 0,
            plan,
            statuses,
            book: Book::default(),
            overflowed: 0,
            stopped: false,
            age: 0,
        }
    }

    fn due(&mut self, at: Instant) -> Due {
        self.count += 1;
        (at, self.count)
    }

    pub(super) fn push(&mut self, at: Instant, update: Update) -> Result<(), Full> {
        let bytes = update.bytes();
        if self.update_bytes + bytes > UPDATES_BYTES {
            self.overflowed += 1;
            return Err(Full);
        }
        self.update_bytes += bytes;
        let due = self.due(at);
        if let Some(accepted) = update.is_of() {
            self.by_itself.entry(accepted.shared_id()).or_default().push(due);
        }
        self.updates.insert(due, update);
        Ok(())
    }

    /// Forgets the statuses of a message that come by themselves, as far as no delivery was made of them.
    pub(super) fn end(&mut self, id: &str) {
        for due in self.by_itself.remove(id).unwrap_or_default() {
            if let Some(update) = self.updates.remove(&due) {
                self.update_bytes -= update.bytes();
            }
        }
    }

    /// Takes out the first update.
    fn pop(&mut self) -> Option<Update> {
        let (due, update) = self.updates.pop_first()?;
        self.update_bytes -= update.bytes();
        if let Some(id) = update.is_of().map(Accepted::id)
            && let Some(dues) = self.by_itself.get_mut(id)
        {
            dues.retain(|other| *other != due);
            if dues.is_empty() {
                self.by_itself.remove(id);
            }
        }
        Some(update)
    }

    /// Takes in a delivery that was made or has to be tried again.
    pub(super) fn post_at(&mut self, at: Instant, parcel: Parcel) {
        let due = self.due(at);
        self.parcels.insert(due, parcel);
    }

    pub(super) fn hold_back(&mut self, others: u32, now: Instant, parcel: Parcel) {
        if self.held.len() < HELD_AT_MOST {
            self.held.push(Held { others, until: now + HELD_FOR, parcel });
        } else {
            self.post_at(now, parcel);
        }
    }

    /// Says what to do next.
    pub(super) fn step(&mut self, now: Instant, rhythm: Rhythm) -> Step {
        if self.stopped {
            return Step::Stop;
        }
        self.let_go(now);
        let mut next = self.held.iter().map(|held| held.until).min();
        // Whatever ends makes room, and is news.
        if self.posting >= rhythm.at_once {
            return Step::Wait(next);
        }
        let mut wait = |until: Instant| next = Some(next.map_or(until, |next| next.min(until)));
        if let Some((due, _)) = self.parcels.first_key_value() {
            if due.0 > now {
                wait(due.0);
            } else if let Some((_, parcel)) = self.parcels.pop_first() {
                self.posting += 1;
                return Step::Post(Box::new(parcel));
            }
        }
        if self.body_bytes < BODIES_BYTES {
            match self.batch(now, rhythm) {
                Ok(updates) => return Step::Make(updates),
                Err(Some(until)) => wait(until),
                Err(None) => {}
            }
        }
        Step::Wait(next)
    }

    /// Takes the updates that make a delivery, or says from when on there may be some.
    fn batch(&mut self, now: Instant, rhythm: Rhythm) -> Result<Vec<Update>, Option<Instant>> {
        let Some((first, _)) = self.updates.first_key_value() else { return Err(None) };
        let most = rhythm.updates;
        let full = first.0 + if most == 1 { Duration::ZERO } else { rhythm.wait };
        if now < full {
            // So many may be due before the first one has waited long enough.
            let last = self.updates.keys().nth(most - 1).map_or(full, |due| due.0.min(full));
            if last > now {
                return Err(Some(last));
            }
        }
        let due = self.updates.keys().take(most).take_while(|due| due.0 <= now).count();
        let mut updates = Vec::with_capacity(due);
        while updates.len() < due
            && let Some(update) = self.pop()
        {
            updates.push(update);
        }
        self.making = true;
        Ok(updates)
    }

    /// Lets go of what was overtaken by enough others, or has waited for too long.
    fn let_go(&mut self, now: Instant) {
        let is_over = |held: &mut Held| held.others == 0 || held.until <= now;
        for held in self.held.extract_if(.., is_over).collect::<Vec<_>>() {
            self.post_at(now, held.parcel);
        }
    }

    /// Counts a delivery that was made, with the bytes of its body if it is going to be posted.
    pub(super) fn made(&mut self, bytes: usize) {
        self.body_bytes += bytes;
        self.making = false;
    }

    /// Counts that a delivery is no longer being posted. It has overtaken older ones that are held back.
    pub(super) fn posted(&mut self, number: u64) {
        self.posting -= 1;
        for held in self.held.iter_mut().filter(|held| held.parcel.number < number) {
            held.others = held.others.saturating_sub(1);
        }
    }

    /// Counts that a delivery is over.
    pub(super) fn over(&mut self, bytes: usize) {
        self.body_bytes = self.body_bytes.saturating_sub(bytes);
    }

    pub(super) fn is_settled(&self) -> bool {
        self.stopped
            || self.updates.is_empty()
                && self.parcels.is_empty()
                && self.held.is_empty()
                && !self.making
                && self.posting == 0
    }

    /// Forgets what is to be posted. What is being posted now ends by itself.
    pub(super) fn clear(&mut self) {
        self.updates.clear();
        self.by_itself.clear();
        self.update_bytes = 0;
        let waiting = self.parcels.values().chain(self.held.iter().map(|held| &held.parcel));
        let bytes: usize = waiting.map(|parcel| parcel.signed.body.len()).sum();
        self.over(bytes);
        self.parcels.clear();
        self.held.clear();
        self.book.clear();
        self.overflowed = 0;
        self.age += 1;
    }
}
