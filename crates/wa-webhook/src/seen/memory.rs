//! Keeps in memory what was handled.

use std::{
    convert::Infallible,
    fmt,
    hash::{BuildHasher, RandomState},
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

use super::{Claim, Seen};
use crate::bounded::Bounded;

/// A week and an hour.
const KEEP: Duration = Duration::from_secs(7 * 24 * 3600 + 3600);
const LEASE: Duration = Duration::from_secs(60);
const MOST: usize = 1_000_000;

/// Remembers in memory what was handled. It forgets when the process ends.
///
/// It needs less than 100 bytes an event, whatever its key is. When there are too many, the oldest are forgotten.
///
/// ```
/// use wa_message::webhook::{Claim, MemorySeen, Seen};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), std::convert::Infallible> {
/// let seen = MemorySeen::new();
/// assert_eq!(seen.claim("an-event").await?, Claim::New);
/// assert_eq!(seen.claim("an-event").await?, Claim::InFlight);
///
/// seen.done("an-event").await?;
/// assert_eq!(seen.claim("an-event").await?, Claim::Done);
/// # Ok(())
/// # }
/// ```
pub struct MemorySeen {
    tables: Mutex<Tables>,
    /// Two hashes with keys of their own make a fingerprint of 128 bits, which nobody can aim at.
    hashers: [RandomState; 2],
}

type Fingerprint = [u64; 2];

struct Tables {
    in_flight: Bounded<Fingerprint, ()>,
    done: Bounded<Fingerprint, ()>,
}

impl MemorySeen {
    /// Remembers up to a million events for a week and an hour, with a lease of a minute.
    #[must_use]
    pub fn new() -> Self {
        let tables =
            Tables { in_flight: Bounded::new(MOST, LEASE), done: Bounded::new(MOST, KEEP) };
        Self { tables: Mutex::new(tables), hashers: [RandomState::new(), RandomState::new()] }
    }

    /// How long an event is remembered after it was handled. Defaults to a week and an hour.
    #[must_use]
    pub fn keep(self, time: Duration) -> Self {
        self.tables().done.keep = time;
        self
    }

    /// How many events are remembered. Defaults to a million; 0 is taken as 1.
    ///
    /// As many may be in flight. When there are more, further ones are told to be in flight too, and so come again.
    #[must_use]
    pub fn most(self, events: usize) -> Self {
        let mut tables = self.tables();
        tables.done.most = events.max(1);
        tables.in_flight.most = events.max(1);
        drop(tables);
        self
    }

    /// How long a claim holds when nobody says what became of the event. Defaults to a minute.
    #[must_use]
    pub fn lease(self, time: Duration) -> Self {
        self.tables().in_flight.keep = time;
        self
    }

    /// Whether an event is known to be handled.
    pub(crate) fn is_done(&self, key: &str) -> bool {
        let event = self.fingerprint(key);
        self.tables().done.get(&event, Instant::now()).is_some()
    }

    /// Remembers that an event was handled.
    pub(crate) fn set_done(&self, key: &str) {
        let event = self.fingerprint(key);
        self.tables().done(event, Instant::now());
    }

    fn tables(&self) -> MutexGuard<'_, Tables> {
        // The tables are whole between any two steps.
        self.tables.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn fingerprint(&self, key: &str) -> Fingerprint {
        [self.hashers[0].hash_one(key), self.hashers[1].hash_one(key)]
    }
}

impl Tables {
    fn claim(&mut self, event: Fingerprint, now: Instant) -> Claim {
        if self.done.get(&event, now).is_some() {
            return Claim::Done;
        }
        // Leases that have ended make room.
        while self.in_flight.evict(now).is_some() {}
        let is_claimed = self.in_flight.get(&event, now).is_some();
        if is_claimed || self.in_flight.len() >= self.in_flight.most {
            return Claim::InFlight;
        }
        self.in_flight.insert(event, (), now);
        Claim::New
    }

    fn done(&mut self, event: Fingerprint, now: Instant) {
        self.in_flight.remove(&event);
        self.done.insert(event, (), now);
        // One that came, and one that is too old: so the table shrinks, and no call takes long.
        for _ in 0..2 {
            self.done.evict(now);
        }
    }
}

impl Seen for MemorySeen {
    type Error = Infallible;

    async fn claim(&self, key: &str) -> Result<Claim, Infallible> {
        Ok(self.tables().claim(self.fingerprint(key), Instant::now()))
    }

    async fn done(&self, key: &str) -> Result<(), Infallible> {
        self.set_done(key);
        Ok(())
    }

    async fn release(&self, key: &str) -> Result<(), Infallible> {
        self.tables().in_flight.remove(&self.fingerprint(key));
        Ok(())
    }
}

impl Default for MemorySeen {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for MemorySeen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tables = self.tables();
        f.debug_struct("MemorySeen")
            .field("done", &tables.done.len())
            .field("in_flight", &tables.in_flight.len())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
