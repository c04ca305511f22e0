//! Shared by the tests of an outbox: a store, a sandbox whose ledger is the truth, and the account of both.
#![allow(dead_code, clippy::unwrap_used)]

use std::{
    collections::{BTreeMap, HashSet},
    path::Path,
    time::Duration,
};

use wa_message::{
    Client, Message,
    outbox::{Entry, EntryId, Filter, NewEntry, Outbox, State},
    wa_message,
};
use wa_sandbox::Sandbox;

#[cfg(feature = "postgres")]
pub(crate) mod postgres;
pub(crate) mod process;

/// A store that ends with the test.
pub(crate) struct Place {
    pub(crate) url: String,
    pub(crate) folder: tempfile::TempDir,
}

/// A store of each kind that there is here.
pub(crate) async fn places() -> Vec<Place> {
    #[cfg(feature = "postgres")]
    let url = postgres::database().await;
    // So that the function waits for something with each set of features.
    #[cfg(not(feature = "postgres"))]
    let url: Option<String> = std::future::ready(None).await;
    let more = url.map(|url| Place { url, folder: tempfile::tempdir().unwrap() });
    [sqlite()].into_iter().chain(more).collect()
}

/// A file for an outbox.
pub(crate) fn sqlite() -> Place {
    let folder = tempfile::tempdir().unwrap();
    Place { url: url_of(&folder.path().join("outbox.db")), folder }
}

pub(crate) fn url_of(file: &Path) -> String {
    format!("sqlite:{}", file.display())
}

/// A client that waits for an answer however busy this machine is.
pub(crate) fn client(sandbox: &Sandbox) -> Client {
    client_at(&sandbox.base_url(), sandbox.token(), sandbox.phone_number_id(), PATIENCE)
}

/// How many seconds a client waits for an answer.
pub(crate) const PATIENCE: u64 = 30;

/// A client that waits for so many seconds. Where no answer comes at all, it need not be long.
pub(crate) fn client_at(base_url: &str, token: &str, number: &str, seconds: u64) -> Client {
    let timeout = Duration::from_secs(seconds);
    Client::builder(token, number).base_url(base_url).timeout(timeout).build().unwrap()
}

pub(crate) fn message(at: usize) -> Message {
    // A recipient for each message, so that the pace of a recipient holds nothing up.
    wa_message! { <text> to: format!("+1555{at:07}"), body: format!("Order {at} is ready.") }
        .unwrap()
}

pub(crate) async fn enqueue(outbox: &Outbox, number: &str, count: usize) -> Vec<EntryId> {
    let entries =
        (0..count).map(|at| NewEntry::new(number, &message(at)).key(format!("order-{at}")));
    outbox.enqueue_all(entries).await.unwrap().into_iter().map(|enqueued| enqueued.id).collect()
}

/// All entries of an outbox.
pub(crate) async fn all(outbox: &Outbox) -> Vec<Entry> {
    let mut found: Vec<Entry> = Vec::new();
    loop {
        let mut filter = Filter::new().most(5_000);
        if let Some(last) = found.last() {
            filter = filter.after(last.id);
        }
        let page = outbox.list(filter).await.unwrap();
        if page.is_empty() {
            return found;
        }
        found.extend(page);
    }
}

/// Holds an outbox against the ledger: what was accepted, what was refused, and what is in doubt.
pub(crate) struct Account {
    pub(crate) states: BTreeMap<State, usize>,
    /// Entries in doubt that the ledger has.
    pub(crate) accepted_doubts: usize,
    /// Entries in doubt that the ledger does not have.
    pub(crate) other_doubts: usize,
}

pub(crate) async fn account(outbox: &Outbox, ledger: &wa_sandbox::Ledger) -> Account {
    assert_eq!(ledger.forgotten(), 0);
    let mut in_ledger = HashSet::new();
    for accepted in ledger.accepted() {
        let id = EntryId::of_callback_data(accepted.data().unwrap()).unwrap();
        assert!(in_ledger.insert(id), "{id} was accepted twice");
    }
    let mut account = Account { states: BTreeMap::new(), accepted_doubts: 0, other_doubts: 0 };
    for entry in all(outbox).await {
        *account.states.entry(entry.state).or_default() += 1;
        let was_accepted = in_ledger.remove(&entry.id);
        match entry.state {
            State::Accepted => assert!(was_accepted, "{} never was accepted", entry.id),
            State::InDoubt if was_accepted => account.accepted_doubts += 1,
            State::InDoubt => account.other_doubts += 1,
            state => assert!(!was_accepted, "{} was accepted and is {state}", entry.id),
        }
    }
    assert!(in_ledger.is_empty(), "the outbox does not know {in_ledger:?}");
    account
}

impl Account {
    pub(crate) fn of(&self, state: State) -> usize {
        self.states.get(&state).copied().unwrap_or(0)
    }
}
