//! Fresh ids.

use std::{
    hash::{BuildHasher, RandomState},
    sync::atomic::{AtomicU64, Ordering},
};

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Makes ids that are never the same.
pub(crate) struct Ids {
    /// Differs from process to process.
    seed: RandomState,
    count: AtomicU64,
}

impl Ids {
    pub(crate) fn new() -> Self {
        Self { seed: RandomState::new(), count: AtomicU64::new(0) }
    }

    /// The id of a message. It looks like one of the API.
    pub(crate) fn wamid(&self) -> String {
        format!("wamid.HBg{}", self.fresh())
    }

    /// The id of a request that was refused.
    pub(crate) fn trace(&self) -> String {
        format!("A{}", self.fresh())
    }

    /// 33 letters and digits. The last 11 stand for the count, so they differ even if chance should not.
    fn fresh(&self) -> String {
        let count = self.count.fetch_add(1, Ordering::Relaxed);
        let parts = [
            self.seed.hash_one((count, 'a')),
            self.seed.hash_one((count, 'b')),
            self.seed.hash_one('c') ^ count,
        ];
        let mut id = String::with_capacity(33);
        for part in parts {
            for shift in (0..66).step_by(6).rev() {
                // The mask leaves six bits, and the alphabet has 64 letters.
                let index = part >> shift & 63;
                id.push(char::from(ALPHABET[index as usize]));
            }
        }
        id
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn ids_are_fresh_and_short() {
        let ids = Ids::new();
        let all: HashSet<String> = (0..1000).map(|_| ids.wamid()).collect();
        assert_eq!(all.len(), 1000);
        assert!(all.iter().all(|id| id.starts_with("wamid.") && id.len() <= 128));
    }
}
