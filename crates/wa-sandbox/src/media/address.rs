//! Addresses of files, which expire.

use std::{
    collections::HashMap,
    hash::{BuildHasher, RandomState},
    time::Duration,
};

use tokio::time::Instant;
use wa_message_spec::media::operations::DOWNLOAD_MEDIA;

use crate::hooks::now;

/// Makes addresses, and knows its own again.
pub(super) struct Addresses {
    /// Nobody else can make an address. It is enough for a stand-in.
    key: RandomState,
    start: Instant,
    lives: Duration,
}

impl Addresses {
    pub(super) fn new(lives: Duration) -> Self {
        Self { key: RandomState::new(), start: Instant::now(), lives }
    }

    /// An address of a file. `source` tells those of webhooks.
    pub(super) fn make(&self, id: &str, is_in_webhook: bool, base_url: &str) -> String {
        let until = self.elapsed() + self.lives.as_millis();
        let lives = i64::try_from(self.lives.as_secs()).unwrap_or(i64::MAX);
        let ext = now().saturating_add(lives);
        let source = if is_in_webhook { "&source=webhook" } else { "" };
        let path = DOWNLOAD_MEDIA.path;
        let hash = self.hash(id, until);
        format!("{base_url}{path}?mid={id}{source}&ext={ext}&hash={until:x}-{hash:x}")
    }

    /// The id of the file that an address leads to, as long as it lives.
    pub(super) fn read<'q>(&self, query: &'q HashMap<String, String>) -> Option<&'q str> {
        let (id, hash) = (query.get("mid")?, query.get("hash")?);
        let (until, hash) = hash.split_once('-')?;
        let until = u128::from_str_radix(until, 16).ok()?;
        let hash = u64::from_str_radix(hash, 16).ok()?;
        (self.hash(id, until) == hash && self.elapsed() < until).then_some(id)
    }

    fn elapsed(&self) -> u128 {
        self.start.elapsed().as_millis()
    }

    fn hash(&self, id: &str, until: u128) -> u64 {
        self.key.hash_one((id, until))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn an_address_expires_and_cannot_be_made_up() {
        let addresses = Addresses::new(Duration::from_secs(300));
        let address = addresses.make("500100", true, "http://localhost");
        let query = |address: &str| {
            let query = address.split_once('?').unwrap().1;
            form_urlencoded::parse(query.as_bytes()).into_owned().collect::<HashMap<_, _>>()
        };
        assert!(address.contains("&source=webhook&ext="));
        assert_eq!(addresses.read(&query(&address)), Some("500100"));
        assert_eq!(addresses.read(&query(&address.replace("mid=500100", "mid=500101"))), None);
        assert_eq!(addresses.read(&query("a?mid=500100&hash=fffffffff-0")), None);
        assert_eq!(addresses.read(&query("a?mid=500100&hash=zz")), None);
        assert_eq!(Addresses::new(Duration::from_secs(300)).read(&query(&address)), None);
        tokio::time::advance(Duration::from_secs(301)).await;
        assert_eq!(addresses.read(&query(&address)), None);
    }
}
