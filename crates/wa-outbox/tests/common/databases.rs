//! Stores that tests and benchmarks run on: a file, and a fresh database if there is a server.

/// A kind of store.
pub(crate) struct Kind {
    pub(crate) name: &'static str,
    folder: tempfile::TempDir,
    made: std::sync::atomic::AtomicU32,
}

impl Kind {
    /// The URL of a new store.
    pub(crate) async fn url(&self) -> String {
        let at = self.made.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        format!("sqlite:{}", self.folder.path().join(format!("outbox-{at}.db")).display())
    }
}

/// The kinds of stores that there are here.
#[allow(clippy::unwrap_used)]
pub(crate) async fn each() -> Vec<Kind> {
    vec![Kind { name: "SQLite", folder: tempfile::tempdir().unwrap(), made: 0.into() }]
}
