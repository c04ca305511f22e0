//! The newest requests, so many that memory stays small.

use std::collections::VecDeque;

use serde_json::Value;

use crate::received::Received;

/// How many requests are kept. The oldest go first.
const REQUESTS_AT_MOST: usize = 10_000;
/// How much memory they take together, in bytes.
const BYTES_AT_MOST: usize = 64 * 1024 * 1024;

#[derive(Default)]
pub(crate) struct Kept {
    requests: VecDeque<(usize, Received)>,
    bytes: usize,
    /// How many there ever were.
    count: u64,
}

impl Kept {
    pub(crate) fn push(&mut self, received: Received) {
        // The message has its values once more.
        let bytes = 2 * weight(received.body());
        self.bytes += bytes;
        self.count += 1;
        self.requests.push_back((bytes, received));
        while (self.requests.len() > REQUESTS_AT_MOST || self.bytes > BYTES_AT_MOST)
            && let Some((bytes, _)) = self.requests.pop_front()
        {
            self.bytes -= bytes;
        }
    }

    pub(crate) fn all(&self) -> Vec<Received> {
        self.requests.iter().map(|(_, received)| received.clone()).collect()
    }

    /// How many requests there ever were.
    pub(crate) fn count(&self) -> u64 {
        self.count
    }

    /// The first request behind so many that fits, and how many there were up to it.
    pub(crate) fn next(
        &self,
        behind: u64,
        fits: impl Fn(&Received) -> bool,
    ) -> Option<(u64, Received)> {
        let first = self.count - self.requests.len() as u64;
        let numbered =
            (first + 1..).zip(&self.requests).skip_while(|(number, _)| *number <= behind);
        let mut fitting = numbered.filter(|(_, (_, received))| fits(received));
        fitting.next().map(|(number, (_, received))| (number, received.clone()))
    }

    /// The requests behind so many.
    pub(crate) fn behind(&self, behind: u64) -> Vec<Received> {
        let left = usize::try_from(self.count - behind.min(self.count)).unwrap_or(usize::MAX);
        let gone = self.requests.len().saturating_sub(left);
        self.requests.iter().skip(gone).map(|(_, received)| received.clone()).collect()
    }

    pub(crate) fn clear(&mut self) {
        *self = Self { count: self.count, ..Self::default() };
    }
}

/// Estimates the memory of a value, with what allocators and maps add. Short values take much more than
/// they did as text.
pub(crate) fn weight(value: &Value) -> usize {
    const NODE: usize = size_of::<Value>() + 16;
    const MEMBER: usize = size_of::<String>() + 32;
    NODE + match value {
        Value::String(text) => text.len(),
        Value::Array(items) => items.iter().map(weight).sum(),
        Value::Object(members) => {
            members.iter().map(|(name, value)| MEMBER + name.len() + weight(value)).sum()
        }
        _ => 0,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::json;
    use wa_message_core::Message;

    use super::*;

    fn received(body: &str) -> Received {
        let body = json!({
            "messaging_product": "whatsapp", "to": "+15550100", "text": { "body": body },
        });
        let message = Message::try_from(&body).unwrap();
        Received::message_of("1".to_owned(), body, message, "wamid.A".to_owned())
    }

    #[test]
    fn small_requests_are_counted() {
        let mut kept = Kept::default();
        let one = received("a");
        for _ in 0..REQUESTS_AT_MOST + 5 {
            kept.push(one.clone());
        }
        assert_eq!(kept.all().len(), REQUESTS_AT_MOST);
        let last = kept.count();
        assert_eq!(kept.next(0, |_| true).map(|(number, _)| number), Some(6));
        assert_eq!(kept.next(last - 1, |_| true).map(|(number, _)| number), Some(last));
        assert!(kept.next(last, |_| true).is_none() && kept.next(0, |_| false).is_none());
        kept.clear();
        assert_eq!((kept.all().len(), kept.bytes, kept.count()), (0, 0, last));
    }

    #[test]
    fn large_requests_are_weighed() {
        let mut kept = Kept::default();
        let body = Value::Array(vec![json!([0]); 200_000]);
        let receipt = json!({
            "messaging_product": "whatsapp", "status": "read", "message_id": "wamid.A",
        });
        let receipt = wa_message_core::ReadReceipt::try_from(&receipt).unwrap();
        for _ in 0..10 {
            kept.push(Received::receipt_of("1".to_owned(), body.clone(), receipt.clone()));
            assert!(kept.bytes <= BYTES_AT_MOST);
        }
        assert_eq!(kept.all().len(), 1);
        kept.push(received("a"));
        assert!(kept.all().last().unwrap().message().is_some());
    }
}
