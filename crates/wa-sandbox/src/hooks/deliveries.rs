//! The ledger of deliveries: what the receiver took, and how often that was tried.

use std::{collections::VecDeque, fmt, sync::Arc, time::Duration};

use hyper::body::Bytes;

use super::fault::WebhookFault;

/// How many deliveries are kept. The oldest go first.
const DELIVERIES_AT_MOST: usize = 10_000;
/// How much memory they take together, in bytes.
const BYTES_AT_MOST: usize = 64 * 1024 * 1024;
/// What a delivery takes beside its body, and what an attempt takes.
const ENTRY: usize = 160;

/// A webhook that was posted, or is going to be. It is a copy of what was known when it was asked for.
#[derive(Clone)]
pub struct Delivery {
    pub(super) number: u64,
    pub(super) updates: usize,
    pub(super) messages: Arc<[String]>,
    pub(super) body: Bytes,
    pub(super) attempts: Vec<Attempt>,
    pub(super) state: DeliveryState,
    pub(super) fault: Option<WebhookFault>,
}

/// The state of a [`Delivery`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DeliveryState {
    /// It is going to be posted, for the first time or again.
    Waiting,
    /// The receiver has answered 200.
    Taken,
    /// It was tried as often as it may be.
    GivenUp,
    /// It was dropped on command.
    Dropped,
}

impl DeliveryState {
    /// Returns its name in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Taken => "taken",
            Self::GivenUp => "given_up",
            Self::Dropped => "dropped",
        }
    }
}

/// An attempt to post a webhook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    pub(super) end: Result<u16, &'static str>,
    pub(super) took: Duration,
}

impl Attempt {
    /// Returns the status of the answer, if there was one.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.end.ok()
    }

    /// Returns why there was no answer.
    #[must_use]
    pub fn failure(&self) -> Option<&'static str> {
        self.end.err()
    }

    /// Returns how long it took.
    #[must_use]
    pub fn took(&self) -> Duration {
        self.took
    }
}

impl Delivery {
    /// Returns the number of the delivery, from 0, in the order in which they were made.
    #[must_use]
    pub fn number(&self) -> u64 {
        self.number
    }

    /// Returns how many updates are in it.
    #[must_use]
    pub fn updates(&self) -> usize {
        self.updates
    }

    /// Returns the ids of the messages of customers that are in it.
    #[must_use]
    pub fn messages(&self) -> &[String] {
        &self.messages
    }

    /// Returns the body, byte for byte as it is signed and posted. `wa_message::webhook::parse` reads it.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// Returns the attempts, the first one first. Of more than 100 it has the newest.
    #[must_use]
    pub fn attempts(&self) -> &[Attempt] {
        &self.attempts
    }

    /// Returns what became of it so far.
    #[must_use]
    pub fn state(&self) -> DeliveryState {
        self.state
    }

    /// Returns what goes wrong with it on command.
    #[must_use]
    pub fn fault(&self) -> Option<&WebhookFault> {
        self.fault.as_ref()
    }
}

impl Delivery {
    /// The memory that it takes, roughly.
    fn bytes(&self) -> usize {
        let messages = self.messages.iter().map(|id| size_of::<String>() + id.len());
        ENTRY + self.body.len() + messages.sum::<usize>()
    }
}

/// Without the body.
impl fmt::Debug for Delivery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Delivery")
            .field("number", &self.number)
            .field("updates", &self.updates)
            .field("state", &self.state)
            .field("attempts", &self.attempts)
            .field("fault", &self.fault)
            .finish_non_exhaustive()
    }
}

/// How many attempts of a delivery are kept.
const ATTEMPTS_AT_MOST: usize = 100;

/// The newest deliveries, so many that memory stays small.
#[derive(Default)]
pub(super) struct Book {
    deliveries: VecDeque<Delivery>,
    /// How many there ever were.
    made: u64,
    bytes: usize,
}

impl Book {
    /// The number of the next one.
    pub(super) fn next(&self) -> u64 {
        self.made
    }

    pub(super) fn add(&mut self, delivery: Delivery) {
        self.made += 1;
        self.bytes += delivery.bytes();
        self.deliveries.push_back(delivery);
        while (self.deliveries.len() > DELIVERIES_AT_MOST || self.bytes > BYTES_AT_MOST)
            && let Some(oldest) = self.deliveries.pop_front()
        {
            self.bytes -= oldest.bytes();
        }
    }

    /// The place of a delivery that is still there. Their numbers have no gap.
    fn at(&self, number: u64) -> Option<usize> {
        let first = self.deliveries.front()?.number;
        usize::try_from(number.checked_sub(first)?).ok()
    }

    fn get_mut(&mut self, number: u64) -> Option<&mut Delivery> {
        self.deliveries.get_mut(self.at(number)?)
    }

    #[cfg(feature = "page")]
    pub(super) fn get(&self, number: u64) -> Option<&Delivery> {
        self.deliveries.get(self.at(number)?)
    }

    pub(super) fn tried(&mut self, number: u64, attempt: Attempt) {
        if let Some(delivery) = self.get_mut(number) {
            if delivery.attempts.len() == ATTEMPTS_AT_MOST {
                delivery.attempts.remove(0);
            }
            delivery.attempts.push(attempt);
        }
    }

    pub(super) fn set(&mut self, number: u64, state: DeliveryState) {
        if let Some(delivery) = self.get_mut(number) {
            delivery.state = state;
        }
    }

    /// Lets a delivery that is over wait again, and returns its body.
    pub(super) fn revive(&mut self, number: u64) -> Option<Bytes> {
        let delivery = self.get_mut(number).filter(|one| one.state != DeliveryState::Waiting)?;
        delivery.state = DeliveryState::Waiting;
        Some(delivery.body.clone())
    }

    pub(super) fn all(&self) -> Vec<Delivery> {
        self.deliveries.iter().cloned().collect()
    }

    /// Forgets those that are over.
    pub(super) fn clear(&mut self) {
        self.deliveries.clear();
        self.bytes = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn delivery(number: u64, bytes: usize) -> Delivery {
        Delivery {
            number,
            updates: 1,
            messages: Arc::default(),
            body: vec![b' '; bytes].into(),
            attempts: Vec::new(),
            state: DeliveryState::Waiting,
            fault: None,
        }
    }

    #[test]
    fn the_oldest_go() {
        let mut book = Book::default();
        for number in 0..DELIVERIES_AT_MOST as u64 + 5 {
            assert_eq!(book.next(), number);
            book.add(delivery(number, 10));
        }
        assert_eq!(book.all().len(), DELIVERIES_AT_MOST);
        book.set(3, DeliveryState::Taken);
        book.set(5, DeliveryState::Taken);
        assert_eq!(book.all()[0].state(), DeliveryState::Taken);
        assert_eq!(book.all()[1].state(), DeliveryState::Waiting);
        for number in 0..200 {
            book.tried(7, Attempt { end: Ok(number), took: Duration::ZERO });
        }
        assert_eq!(book.all()[2].attempts()[0].status(), Some(100));
        let next = book.next();
        book.add(delivery(next, BYTES_AT_MOST - ENTRY));
        assert_eq!((book.all().len(), book.bytes), (1, BYTES_AT_MOST));
        book.clear();
        assert!(book.all().is_empty());
        book.set(next, DeliveryState::Taken);
    }
}
