//! The files that are kept, so many that memory stays bounded.

use std::{
    collections::{HashMap, VecDeque},
    fmt::Write as _,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use hyper::body::Bytes;
use sha2::{Digest, Sha256};
use tokio::{sync::Semaphore, time::Instant};
use wa_message_spec::media::{RECEIVED_LIVES, UPLOADED_LIVES};

use super::{address::Addresses, body::Arriving, upload::FORMS_AT_MOST};
use crate::id::Ids;

/// How many resumable uploads are open. The oldest go first.
const SESSIONS_AT_MOST: usize = 64;
/// What a file takes beside its bytes.
const ENTRY: usize = 512;

/// A file that the sandbox keeps: uploaded, or sent by a customer. A clone is cheap.
#[derive(Clone)]
pub struct StoredMedia(Arc<Inner>);

struct Inner {
    id: String,
    phone_number_id: String,
    mime_type: String,
    name: Option<String>,
    bytes: Bytes,
    sha256: [u8; 32],
    until: Instant,
}

impl StoredMedia {
    /// Returns the id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.0.id
    }

    /// Returns the id of the business number that it belongs to.
    #[must_use]
    pub fn phone_number_id(&self) -> &str {
        &self.0.phone_number_id
    }

    /// Returns the type, as it was said.
    #[must_use]
    pub fn mime_type(&self) -> &str {
        &self.0.mime_type
    }

    /// Returns the name of the file, if it was given one.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.0.name.as_deref()
    }

    /// Returns what is in the file.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.0.bytes
    }

    pub(super) fn data(&self) -> Bytes {
        self.0.bytes.clone()
    }

    pub(crate) fn sha256_hex(&self) -> String {
        self.0.sha256.iter().fold(String::new(), |mut hex, byte| {
            // Writing into a text does not fail.
            let _ = write!(hex, "{byte:02x}");
            hex
        })
    }

    pub(crate) fn sha256_base64(&self) -> String {
        STANDARD.encode(self.0.sha256)
    }
}

/// Without what is in it.
impl std::fmt::Debug for StoredMedia {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StoredMedia")
            .field("id", &self.0.id)
            .field("mime_type", &self.0.mime_type)
            .field("bytes", &self.0.bytes.len())
            .finish_non_exhaustive()
    }
}

/// All files, and the resumable uploads.
pub(crate) struct MediaStore {
    shelf: Mutex<Shelf>,
    addresses: Addresses,
    pub(super) arriving: Arriving,
    /// Who may read a form.
    pub(super) forms: Semaphore,
}

struct Shelf {
    files: HashMap<String, StoredMedia>,
    /// Their ids, the oldest first. Some may be gone.
    order: VecDeque<String>,
    sessions: VecDeque<Session>,
    bytes: usize,
    bytes_at_most: usize,
    count: u64,
}

struct Session {
    id: String,
    signature: String,
    length: usize,
    bytes: Vec<u8>,
}

impl MediaStore {
    pub(crate) fn new(bytes_at_most: usize, addresses_live: Duration) -> Self {
        let shelf = Shelf {
            files: HashMap::new(),
            order: VecDeque::new(),
            sessions: VecDeque::new(),
            bytes: 0,
            bytes_at_most,
            count: 0,
        };
        let addresses = Addresses::new(addresses_live);
        let forms = Semaphore::new(FORMS_AT_MOST);
        Self { shelf: Mutex::new(shelf), addresses, arriving: Arriving::default(), forms }
    }

    fn shelf(&self) -> MutexGuard<'_, Shelf> {
        // Nothing is half done when a holder of the lock panics.
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps a file. The oldest ones go when there is no room.
    pub(crate) fn add(
        &self,
        phone_number_id: String,
        mime_type: String,
        name: Option<String>,
        bytes: Bytes,
        is_received: bool,
    ) -> StoredMedia {
        let sha256 = Sha256::digest(&bytes).into();
        let lives = if is_received { RECEIVED_LIVES } else { UPLOADED_LIVES };
        let until = Instant::now() + lives;
        let mut shelf = self.shelf();
        shelf.count += 1;
        // Digits, as those of the API.
        let id = format!("{}", 500_100_000_000_000 + shelf.count);
        let inner = Inner { id, phone_number_id, mime_type, name, bytes, sha256, until };
        let file = StoredMedia(Arc::new(inner));
        shelf.bytes += ENTRY + file.0.bytes.len();
        shelf.order.push_back(file.0.id.clone());
        shelf.files.insert(file.0.id.clone(), file.clone());
        shelf.make_room();
        file
    }

    pub(crate) fn get(&self, id: &str) -> Option<StoredMedia> {
        let mut shelf = self.shelf();
        let file = shelf.files.get(id).cloned()?;
        if file.0.until <= Instant::now() {
            shelf.remove(id);
            return None;
        }
        Some(file)
    }

    pub(crate) fn remove(&self, id: &str) {
        self.shelf().remove(id);
    }

    /// The files, the oldest first.
    pub(crate) fn all(&self) -> Vec<StoredMedia> {
        let shelf = self.shelf();
        shelf.order.iter().filter_map(|id| shelf.files.get(id).cloned()).collect()
    }

    pub(crate) fn clear(&self) {
        let mut shelf = self.shelf();
        shelf.files.clear();
        shelf.order.clear();
        shelf.sessions.clear();
        shelf.bytes = 0;
    }

    /// An address of a file, which expires.
    pub(crate) fn address(
        &self,
        file: &StoredMedia,
        is_in_webhook: bool,
        base_url: &str,
    ) -> String {
        self.addresses.make(file.id(), is_in_webhook, base_url)
    }

    /// The file that an address leads to.
    pub(super) fn at_address(&self, query: &HashMap<String, String>) -> Option<StoredMedia> {
        self.get(self.addresses.read(query)?)
    }

    /// Begins a resumable upload. Returns its id and its signature.
    pub(super) fn begin(&self, ids: &Ids, length: usize) -> (String, String) {
        let (id, signature) = (ids.trace(), ids.trace());
        let mut shelf = self.shelf();
        let session =
            Session { id: id.clone(), signature: signature.clone(), length, bytes: Vec::new() };
        shelf.sessions.push_back(session);
        if shelf.sessions.len() > SESSIONS_AT_MOST {
            shelf.end_oldest_session();
        }
        (id, signature)
    }

    /// How much of an upload is there, and how much it is in all.
    pub(super) fn session(&self, id: &str, signature: &str) -> Option<(usize, usize)> {
        let shelf = self.shelf();
        let session = shelf.sessions.iter().find(|session| session.id == id)?;
        (session.signature == signature).then_some((session.bytes.len(), session.length))
    }

    /// Puts bytes behind those that are there, unless somebody else has done so. Returns the handle of an upload that is
    /// complete.
    pub(super) fn proceed(&self, id: &str, there: usize, bytes: &[u8]) -> Option<String> {
        let mut shelf = self.shelf();
        let session = shelf.sessions.iter_mut().find(|session| session.id == id)?;
        if session.bytes.len() != there || there + bytes.len() > session.length {
            return None;
        }
        session.bytes.extend_from_slice(bytes);
        let is_complete = session.bytes.len() == session.length;
        let handle = is_complete.then(|| {
            let name = STANDARD.encode(&session.id);
            let hash = STANDARD.encode(Sha256::digest(&session.bytes));
            format!("4:{name}:{hash}")
        });
        shelf.bytes += bytes.len();
        shelf.make_room();
        handle
    }
}

impl Shelf {
    fn remove(&mut self, id: &str) {
        if let Some(file) = self.files.remove(id) {
            self.bytes -= ENTRY + file.0.bytes.len();
        }
        // Those that are gone must not pile up.
        if self.order.len() > 2 * self.files.len() + 64 {
            let files = &self.files;
            self.order.retain(|id| files.contains_key(id));
        }
    }

    /// The newest file stays in any case.
    fn make_room(&mut self) {
        while self.bytes > self.bytes_at_most {
            if self.order.len() > 1
                && let Some(oldest) = self.order.pop_front()
            {
                self.remove(&oldest);
            } else if self.sessions.len() > 1 {
                self.end_oldest_session();
            } else {
                return;
            }
        }
    }

    fn end_oldest_session(&mut self) {
        if let Some(oldest) = self.sessions.pop_front() {
            self.bytes -= oldest.bytes.len();
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const MINUTE: Duration = Duration::from_secs(60);

    fn add(store: &MediaStore, bytes: usize, is_received: bool) -> StoredMedia {
        let data = vec![b'a'; bytes].into();
        store.add("1".to_owned(), "text/plain".to_owned(), None, data, is_received)
    }

    #[tokio::test(start_paused = true)]
    async fn files_go_when_there_is_no_room_and_when_their_time_is_over() {
        let store = MediaStore::new(10 * (ENTRY + 100), MINUTE);
        let files: Vec<_> = (0..12).map(|_| add(&store, 100, false)).collect();
        assert!(store.get(files[1].id()).is_none() && store.get(files[2].id()).is_some());
        store.remove(files[2].id());
        store.remove(files[2].id());
        assert_eq!(store.all().len(), 9);
        let received = add(&store, 100, true);
        tokio::time::advance(RECEIVED_LIVES).await;
        assert!(store.get(received.id()).is_none() && store.get(files[3].id()).is_some());
        add(&store, 100_000, false);
        assert_eq!(store.all().len(), 1);
        store.clear();
        assert!(store.all().is_empty() && store.shelf().bytes == 0);
    }

    #[test]
    fn hashes_come_in_both_forms() {
        let store = MediaStore::new(1 << 20, MINUTE);
        let file = store.add("1".to_owned(), "text/plain".to_owned(), None, "abc".into(), false);
        assert_eq!(
            file.sha256_hex(),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        assert_eq!(file.sha256_base64(), "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
    }

    #[test]
    fn an_upload_goes_on_where_it_was() {
        let (store, ids) = (MediaStore::new(1 << 20, MINUTE), Ids::new());
        let (id, signature) = store.begin(&ids, 5);
        assert_eq!(store.session(&id, "another"), None);
        assert_eq!(store.proceed(&id, 0, b"ab"), None);
        assert_eq!(store.session(&id, &signature), Some((2, 5)));
        assert_eq!(store.proceed(&id, 0, b"ab"), None);
        assert!(store.proceed(&id, 2, b"cde").is_some());
        for _ in 0..SESSIONS_AT_MOST {
            store.begin(&ids, 1);
        }
        assert_eq!(store.session(&id, &signature), None);
        assert_eq!(store.shelf().bytes, 0);
    }
}
