//! A map that is bounded in number and in time.

use std::{
    borrow::Borrow,
    collections::{HashMap, VecDeque},
    hash::Hash,
    time::Duration,
};

use tokio::time::Instant;

/// How many entries of the order may be out of date beyond those that are not, before they are taken out.
const SLACK: usize = 64;

/// A map whose entries go when nobody has touched them for some time, and the oldest when there are too many.
///
/// Each step takes the same time in the long run, however many entries there are.
pub(crate) struct Bounded<K, V> {
    slots: HashMap<K, Slot<V>>,
    /// The keys in the order in which they were touched, with the stamp that they had then. One with another stamp
    /// is out of date.
    order: VecDeque<(u64, K)>,
    /// The time of the first stamp.
    base: Instant,
    last: u64,
    pub(crate) most: usize,
    pub(crate) keep: Duration,
    /// What was done, for tests of how the work grows.
    #[cfg(test)]
    pub(crate) steps: u64,
}

struct Slot<V> {
    value: V,
    /// When it was touched: nanoseconds, made to differ from all others.
    stamp: u64,
}

impl<K: Clone + Eq + Hash, V> Bounded<K, V> {
    pub(crate) fn new(most: usize, keep: Duration) -> Self {
        Self {
            slots: HashMap::new(),
            order: VecDeque::new(),
            base: Instant::now(),
            last: 0,
            most,
            keep,
            #[cfg(test)]
            steps: 0,
        }
    }

    /// How many entries there are. Some may be too old, and were not taken out yet.
    pub(crate) fn len(&self) -> usize {
        self.slots.len()
    }

    pub(crate) fn get<Q: Eq + Hash + ?Sized>(&self, key: &Q, now: Instant) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        let slot = self.slots.get(key)?;
        (!self.is_too_old(slot.stamp, now)).then_some(&slot.value)
    }

    /// The value of a key, even if it is too old and was not taken out yet, and without touching it.
    pub(crate) fn get_mut<Q: Eq + Hash + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        self.slots.get_mut(key).map(|slot| &mut slot.value)
    }

    /// The value of a key, even if it is too old and was not taken out yet. It counts as touched then.
    pub(crate) fn touch<Q: Eq + Hash + ?Sized>(&mut self, key: &Q, now: Instant) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        let key = self.slots.get_key_value(key)?.0.clone();
        let stamp = self.stamp(now);
        self.order.push_back((stamp, key.clone()));
        self.tidy();
        let slot = self.slots.get_mut(key.borrow())?;
        slot.stamp = stamp;
        Some(&mut slot.value)
    }

    /// Puts a value in the place of the one that the key has, if it has one.
    pub(crate) fn insert(&mut self, key: K, value: V, now: Instant) {
        let stamp = self.stamp(now);
        self.order.push_back((stamp, key.clone()));
        self.slots.insert(key, Slot { value, stamp });
        self.tidy();
    }

    pub(crate) fn remove<Q: Eq + Hash + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        self.slots.remove(key).map(|slot| slot.value)
    }

    /// Takes out the oldest entry if it is too old, or if there are too many. It is to be called after each entry that
    /// came, until there is nothing.
    pub(crate) fn evict(&mut self, now: Instant) -> Option<(K, V)> {
        while let Some((stamp, key)) = self.order.front() {
            #[cfg(test)]
            {
                self.steps += 1;
            }
            let is_current = self.slots.get(key).is_some_and(|slot| slot.stamp == *stamp);
            if is_current && self.slots.len() <= self.most && !self.is_too_old(*stamp, now) {
                return None;
            }
            let (_, key) = self.order.pop_front()?;
            if is_current {
                let slot = self.slots.remove(&key)?;
                return Some((key, slot.value));
            }
        }
        None
    }

    /// The entries, in no order.
    pub(crate) fn iter(&self, now: Instant) -> impl Iterator<Item = (&K, &V)> {
        self.slots
            .iter()
            .filter(move |(_, slot)| !self.is_too_old(slot.stamp, now))
            .map(|(key, slot)| (key, &slot.value))
    }

    fn is_too_old(&self, stamp: u64, now: Instant) -> bool {
        let age = Duration::from_nanos(self.nanoseconds(now).saturating_sub(stamp));
        age >= self.keep
    }

    fn stamp(&mut self, now: Instant) -> u64 {
        self.last = self.nanoseconds(now).max(self.last.saturating_add(1));
        self.last
    }

    fn nanoseconds(&self, now: Instant) -> u64 {
        let since = now.saturating_duration_since(self.base);
        u64::try_from(since.as_nanos()).unwrap_or(u64::MAX)
    }

    /// Takes out what is out of date, when it is more than what is not.
    fn tidy(&mut self) {
        if self.order.len() > 2 * self.slots.len() + SLACK {
            let slots = &self.slots;
            #[cfg(test)]
            {
                self.steps += self.order.len() as u64;
            }
            self.order
                .retain(|(stamp, key)| slots.get(key).is_some_and(|slot| slot.stamp == *stamp));
        }
        #[cfg(test)]
        {
            self.steps += 1;
        }
    }
}

#[cfg(test)]
mod tests;
