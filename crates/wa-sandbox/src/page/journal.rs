//! The journal: what happened, in its order, for pages that are opened now or later.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError},
    time::{SystemTime, UNIX_EPOCH},
};

use hyper::body::Bytes;
use serde_json::Value;
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};

use crate::{
    faults::Fault, generated::customer::Status, hooks::DeliveryState, kept::weight,
    received::Received,
};

/// How many entries are kept. The oldest go first. A message has four: itself and its statuses.
const ENTRIES_AT_MOST: usize = 50_000;
/// How much memory their bodies take together, in bytes.
const BYTES_AT_MOST: usize = 64 * 1024 * 1024;
/// How many pages listen at once. The others of the connections are left for those who send.
const PAGES_AT_MOST: usize = 128;
/// What an entry takes beside its body.
const ENTRY: usize = 256;

/// Something that happened.
#[derive(Debug)]
pub(crate) enum Happened {
    /// A request was in order. With a fault, the sender may have been told something else.
    Sent { received: Received, accepted: bool, fault: Option<String>, told: Outcome },
    /// A request was refused. The kind is known of a message that was read.
    Refused {
        body: Value,
        kind: Option<&'static str>,
        phone_number_id: String,
        code: u32,
        details: String,
    },
    /// A customer did something.
    Came { message: Value, customer: String, name: String },
    /// A status was posted.
    Told { id: Arc<str>, status: Status },
    /// A webhook was made, tried, or is over.
    Delivery {
        number: u64,
        /// The ids of the messages of customers in it.
        messages: Arc<[String]>,
        state: DeliveryState,
        /// How the last attempt has ended: the status of the answer, or why there was none.
        end: Option<Result<u16, &'static str>>,
    },
    /// What goes wrong next is something else.
    Armed { next: usize, always: bool },
    /// Everything was forgotten.
    Cleared,
}

impl Happened {
    /// The memory of its body, roughly.
    fn bytes(&self) -> usize {
        match self {
            // The message has its values once more. It is kept with the requests too, which forget it sooner.
            Self::Sent { received, .. } => 2 * weight(received.body()),
            Self::Refused { body, phone_number_id, details, .. } => {
                weight(body) + phone_number_id.len() + details.len()
            }
            Self::Came { message, customer, name } => weight(message) + customer.len() + name.len(),
            Self::Delivery { messages, .. } => {
                messages.iter().map(|id| size_of::<String>() + id.len()).sum()
            }
            _ => 0,
        }
    }
}

/// What the sender of a request was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    Accepted,
    /// It was refused with this code.
    Refused(u32),
    /// The answer does not say what became of the message, or there is none.
    InDoubt,
}

impl Outcome {
    /// What a fault tells.
    pub(crate) fn by(fault: Option<&Fault>) -> Self {
        match fault {
            None | Some(Fault::Slow(_) | Fault::StatusFirst) => Self::Accepted,
            Some(Fault::Code(code)) => Self::Refused(*code),
            Some(_) => Self::InDoubt,
        }
    }
}

/// An entry.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) number: u64,
    /// Unix seconds.
    pub(crate) time: u64,
    pub(crate) what: Happened,
    /// As pages get it, once one of them has asked for it. It is written while the journal is held.
    drawn: OnceLock<Bytes>,
}

impl Entry {
    fn bytes(&self) -> usize {
        ENTRY + self.what.bytes() + self.drawn.get().map_or(0, Bytes::len)
    }
}

/// The newest entries.
#[derive(Debug)]
pub(crate) struct Journal {
    /// Tells this journal from that of another sandbox, whose numbers are the same.
    pub(super) run: u64,
    kept: Mutex<Kept>,
    /// There is a new one.
    news: Notify,
    pages: Arc<Semaphore>,
}

impl Default for Journal {
    fn default() -> Self {
        Self {
            run: fastrand::u64(..),
            kept: Mutex::default(),
            news: Notify::default(),
            pages: Arc::new(Semaphore::new(PAGES_AT_MOST)),
        }
    }
}

#[derive(Debug, Default)]
struct Kept {
    entries: VecDeque<Arc<Entry>>,
    bytes: usize,
    /// How many there ever were.
    count: u64,
    armed: (usize, bool),
}

impl Kept {
    fn make_room(&mut self) {
        while (self.entries.len() > ENTRIES_AT_MOST || self.bytes > BYTES_AT_MOST)
            && let Some(oldest) = self.entries.pop_front()
        {
            self.bytes -= oldest.bytes();
        }
    }
}

impl Journal {
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn add(&self, what: Happened) {
        let time = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        let mut kept = self.kept();
        if matches!(what, Happened::Cleared) {
            kept.entries.clear();
            kept.bytes = 0;
        }
        kept.count += 1;
        let entry = Entry { number: kept.count, time, what, drawn: OnceLock::new() };
        kept.bytes += entry.bytes();
        kept.entries.push_back(Arc::new(entry));
        kept.make_room();
        drop(kept);
        self.news.notify_waiters();
    }

    /// Returns an entry as pages get it. It is drawn for the first of them, and kept for the others with the entry, if `draw`
    /// says that it always will be drawn so.
    pub(super) fn drawn(&self, entry: &Entry, draw: impl FnOnce() -> (Bytes, bool)) -> Bytes {
        if let Some(drawn) = entry.drawn.get() {
            return drawn.clone();
        }
        // Others are not kept from the journal meanwhile. Two pages may draw the same at the same time.
        let (drawn, is_final) = draw();
        let mut kept = self.kept();
        // One that is forgotten takes no more memory.
        if is_final
            && kept.entries.front().is_some_and(|first| first.number <= entry.number)
            && entry.drawn.set(drawn.clone()).is_ok()
        {
            kept.bytes += drawn.len();
            kept.make_room();
        }
        drawn
    }

    /// Notes what goes wrong next, if that is something else than before.
    pub(crate) fn armed(&self, next: usize, always: bool) {
        let is_new = std::mem::replace(&mut self.kept().armed, (next, always)) != (next, always);
        if is_new {
            self.add(Happened::Armed { next, always });
        }
    }

    /// Returns a place for a page that listens, unless there are too many.
    pub(super) fn page(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.pages).try_acquire_owned().ok()
    }

    /// Returns whether all entries behind a number are kept, and it is the number of one that was there.
    pub(super) fn goes_on_behind(&self, number: u64) -> bool {
        let kept = self.kept();
        let first = kept.entries.front().map_or(kept.count + 1, |entry| entry.number);
        first <= number.saturating_add(1) && number <= kept.count
    }

    /// Returns the entries behind a number, so many at most.
    pub(crate) fn behind(&self, number: u64, most: usize) -> Vec<Arc<Entry>> {
        let kept = self.kept();
        let start = kept.entries.partition_point(|entry| entry.number <= number);
        kept.entries.iter().skip(start).take(most).cloned().collect()
    }

    /// Returns the newest entries that fit, the oldest of them first, and how many fit in all.
    pub(super) fn newest(
        &self,
        most: usize,
        fits: impl Fn(&Happened) -> bool,
    ) -> (Vec<Arc<Entry>>, usize) {
        let kept = self.kept();
        let (mut newest, mut count) = (VecDeque::new(), 0);
        for entry in kept.entries.iter().rev().filter(|entry| fits(&entry.what)) {
            count += 1;
            if count <= most {
                newest.push_front(Arc::clone(entry));
            }
        }
        (newest.into(), count)
    }

    pub(crate) fn get(&self, number: u64) -> Option<Arc<Entry>> {
        self.behind(number.checked_sub(1)?, 1).pop().filter(|entry| entry.number == number)
    }

    /// Waits until there is an entry behind a number.
    pub(crate) async fn news(&self, number: u64) {
        loop {
            let news = self.news.notified();
            if self.kept().count > number {
                return;
            }
            news.await;
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_kept_is_weighed() {
        let journal = Journal::default();
        let receipt = json!({
            "messaging_product": "whatsapp", "status": "read", "message_id": "wamid.A",
        });
        let Ok(receipt) = wa_message_core::ReadReceipt::try_from(&receipt) else { return };
        let long = "a".repeat(20 * 1024 * 1024);
        let name = || Happened::Came {
            message: Value::Null,
            customer: "15550101".to_owned(),
            name: long.clone(),
        };
        let sent = || {
            let received = Received::receipt_of("1".to_owned(), json!(long), receipt.clone());
            Happened::Sent { received, accepted: true, fault: None, told: Outcome::Accepted }
        };
        for _ in 0..8 {
            journal.add(name());
        }
        assert_eq!(journal.behind(0, 100).len(), 3);
        for _ in 0..8 {
            journal.add(sent());
        }
        assert_eq!(journal.behind(0, 100).len(), 1);
        assert!(journal.goes_on_behind(15) && journal.goes_on_behind(16));
        assert!(!journal.goes_on_behind(14) && !journal.goes_on_behind(17));
        journal.add(Happened::Cleared);
        assert!(journal.goes_on_behind(16) && !journal.goes_on_behind(15));
        assert!(journal.kept().bytes < 1024);
    }

    #[test]
    fn an_entry_is_drawn_once_and_what_is_drawn_is_weighed() {
        let journal = Journal::default();
        journal.add(Happened::Cleared);
        let entry = journal.get(1).into_iter().next();
        let Some(entry) = entry else { panic!("it is kept") };
        let before = journal.kept().bytes;
        let again = journal.drawn(&entry, || (Bytes::from_static(b"first"), false));
        assert_eq!((&*again, journal.kept().bytes), (&b"first"[..], before));
        let drawn = journal.drawn(&entry, || (Bytes::from_static(b"second"), true));
        assert_eq!((&*drawn, journal.kept().bytes), (&b"second"[..], before + 6));
        let kept = journal.drawn(&entry, || panic!("it is drawn"));
        assert_eq!(&*kept, b"second");

        // So large that the oldest go.
        let large = Bytes::from(vec![b' '; BYTES_AT_MOST / 2]);
        for number in 2..=4 {
            journal.add(Happened::Armed { next: 1, always: false });
            let entry = journal.get(number).into_iter().next();
            let Some(entry) = entry else { panic!("it is kept") };
            journal.drawn(&entry, || (large.clone(), true));
            assert!(journal.kept().bytes <= BYTES_AT_MOST);
        }
        assert_eq!(journal.behind(0, 9).len(), 1);
        // One that was forgotten meanwhile is drawn, and not weighed.
        let bytes = journal.kept().bytes;
        journal.add(Happened::Cleared);
        assert!(journal.kept().bytes < bytes);
        let bytes = journal.kept().bytes;
        journal.drawn(&entry, || panic!("it is drawn"));
        assert_eq!(journal.kept().bytes, bytes);
    }
}
