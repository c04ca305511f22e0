//! The messages of a ledger in memory, the oldest first.

use std::{
    collections::{HashMap, VecDeque},
    sync::Arc,
};

use super::Accepted;

/// What a message takes beside its texts: the line, its places, and what the allocator adds.
const ENTRY: usize = 408;

pub(super) struct Book {
    accepted: VecDeque<Accepted>,
    /// The numbers of the messages with some callback data, the oldest first.
    by_data: HashMap<Arc<str>, VecDeque<usize>>,
    /// The numbers of the messages by their ids.
    by_id: HashMap<Arc<str>, usize>,
    /// How many of the oldest went: the number of the first that is there.
    forgotten: usize,
    torn_lines: Vec<usize>,
    bytes: usize,
    bytes_at_most: usize,
}

impl Book {
    pub(super) fn new(bytes_at_most: usize) -> Self {
        Self {
            accepted: VecDeque::new(),
            by_data: HashMap::new(),
            by_id: HashMap::new(),
            forgotten: 0,
            torn_lines: Vec::new(),
            bytes: 0,
            bytes_at_most,
        }
    }

    pub(super) fn add(&mut self, accepted: Accepted) {
        let number = self.forgotten + self.accepted.len();
        self.by_id.insert(Arc::clone(&accepted.0.id), number);
        if let Some(data) = &accepted.0.data {
            self.by_data.entry(Arc::clone(data)).or_default().push_back(number);
        }
        self.bytes += bytes(&accepted);
        self.accepted.push_back(accepted);
        while self.bytes > self.bytes_at_most
            && let Some(oldest) = self.accepted.pop_front()
        {
            self.forget(&oldest);
        }
    }

    fn forget(&mut self, oldest: &Accepted) {
        self.bytes -= bytes(oldest);
        // A file may have an id twice.
        if self.by_id.get(&oldest.0.id) == Some(&self.forgotten) {
            self.by_id.remove(&oldest.0.id);
        }
        self.forgotten += 1;
        if let Some(data) = &oldest.0.data
            && let Some(numbers) = self.by_data.get_mut(data)
        {
            numbers.pop_front();
            if numbers.is_empty() {
                self.by_data.remove(data);
            }
        }
    }

    pub(super) fn clear(&mut self) {
        *self = Self::new(self.bytes_at_most);
    }

    pub(super) fn accepted(&self) -> &VecDeque<Accepted> {
        &self.accepted
    }

    pub(super) fn with_data(&self, data: &str) -> Vec<Accepted> {
        let numbers = self.by_data.get(data).into_iter().flatten();
        numbers.filter_map(|number| self.accepted.get(number - self.forgotten).cloned()).collect()
    }

    pub(super) fn with_id(&self, id: &str) -> Option<Accepted> {
        let number = self.by_id.get(id)?;
        self.accepted.get(number - self.forgotten).cloned()
    }

    pub(super) fn forgotten(&self) -> usize {
        self.forgotten
    }

    pub(super) fn torn_lines(&self) -> &[usize] {
        &self.torn_lines
    }

    pub(super) fn add_torn_line(&mut self, number: usize) {
        self.torn_lines.push(number);
    }
}

fn bytes(accepted: &Accepted) -> usize {
    let line = &*accepted.0;
    let data = line.data.as_deref().map_or(0, str::len);
    ENTRY + line.id.len() + line.phone_number_id.len() + line.to.len() + data
}

#[cfg(test)]
mod tests {
    use super::{super::Line, *};

    fn message(number: usize, data: Option<&str>) -> Accepted {
        Accepted::new(Line {
            id: format!("wamid.{number:04}").into(),
            phone_number_id: "1".into(),
            to: "+15550100".into(),
            kind: "text".into(),
            data: data.map(Into::into),
            fault: None,
        })
    }

    fn ids(accepted: &[Accepted]) -> Vec<&str> {
        accepted.iter().map(Accepted::id).collect()
    }

    #[test]
    fn the_oldest_go_when_it_is_full() {
        let room = 3 * bytes(&message(0, Some("odd")));
        let mut book = Book::new(room);
        for number in 0..1000 {
            book.add(message(number, (number % 2 == 1).then_some("odd")));
            assert!(book.bytes <= room);
        }
        assert_eq!((book.accepted().len(), book.forgotten()), (3, 997));
        assert_eq!(ids(&book.with_data("odd")), ["wamid.0997", "wamid.0999"]);
        book.add(message(1000, None));
        book.add(message(1001, None));
        book.add(message(1002, None));
        assert!(book.with_data("odd").is_empty() && book.by_data.is_empty());
        assert_eq!(book.with_id("wamid.1001"), Some(message(1001, None)));
        assert_eq!((book.with_id("wamid.0999"), book.by_id.len()), (None, 3));
        book.clear();
        assert_eq!((book.accepted().len(), book.forgotten(), book.bytes), (0, 0, 0));
        book.add(message(0, Some("odd")));
        assert_eq!(ids(&book.with_data("odd")), ["wamid.0000"]);
    }

    #[test]
    fn it_may_keep_nothing() {
        let mut book = Book::new(0);
        book.add(message(0, Some("a")));
        assert_eq!((book.accepted().len(), book.forgotten()), (0, 1));
        assert!(book.with_data("a").is_empty());
    }
}
