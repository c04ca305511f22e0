//! Stores that tests and benchmarks run on: a file, and a fresh database if there is a server.

#[cfg(feature = "postgres")]
#[path = "postgres.rs"]
mod postgres;

/// A kind of store.
pub(crate) struct Kind {
    pub(crate) name: &'static str,
    folder: Option<tempfile::TempDir>,
    made: std::sync::atomic::AtomicU32,
}

impl Kind {
    /// The URL of a new store. Without a server there is nothing to wait for.
    #[cfg_attr(not(feature = "postgres"), allow(clippy::unused_async))]
    #[allow(clippy::unwrap_used)]
    pub(crate) async fn url(&self) -> String {
        let at = self.made.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        match &self.folder {
            Some(folder) => {
                format!("sqlite:{}", folder.path().join(format!("outbox-{at}.db")).display())
            }
            #[cfg(feature = "postgres")]
            None => postgres::database().await.unwrap(),
            #[cfg(not(feature = "postgres"))]
            None => String::new(),
        }
    }
}

/// The kinds of stores that there are here. Without a server there is nothing to wait for.
#[cfg_attr(not(feature = "postgres"), allow(clippy::unused_async))]
#[allow(clippy::unwrap_used)]
pub(crate) async fn each() -> Vec<Kind> {
    let sqlite =
        Kind { name: "SQLite", folder: Some(tempfile::tempdir().unwrap()), made: 0.into() };
    #[cfg(feature = "postgres")]
    if postgres::database().await.is_some() {
        return vec![sqlite, Kind { name: "PostgreSQL", folder: None, made: 0.into() }];
    }
    vec![sqlite]
}
