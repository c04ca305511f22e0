//! Spans, events and counters of an outbox, where the features are on. None shows a recipient or a text.

#![allow(unused_variables)]

use crate::{Moved, OutboxError};

/// Tells of an entry that has a new state.
pub(crate) fn moved(moved: &Moved) {
    #[cfg(feature = "tracing")]
    tracing::debug!(
        target: "wa_outbox",
        id = %moved.id,
        number = moved.number,
        state = moved.state.as_str(),
        wamid = moved.wamid,
        "moved"
    );
    #[cfg(feature = "metrics")]
    metrics::counter!("wa_outbox_moved_total", "number" => moved.number.clone(), "state" => moved.state.as_str())
        .increment(1);
}

/// Tells of something that the store did not do, and that is tried again.
pub(crate) fn failed(what: &'static str, error: &OutboxError) {
    #[cfg(feature = "tracing")]
    tracing::warn!(
        target: "wa_outbox",
        what,
        error = %error,
        source = std::error::Error::source(error).map(tracing::field::display),
        "the store failed"
    );
    #[cfg(feature = "metrics")]
    metrics::counter!("wa_outbox_store_failures_total", "what" => what).increment(1);
}

/// Tells that entries have been in doubt for more than a day.
pub(crate) fn old_doubts(doubts: u64) {
    #[cfg(feature = "tracing")]
    tracing::warn!(
        target: "wa_outbox",
        doubts,
        "messages have been in doubt for more than a day: see that statuses reach the outbox, and decide on what is left"
    );
    #[cfg(feature = "metrics")]
    metrics::counter!("wa_outbox_old_doubts_seen_total").increment(doubts);
}

/// Tells how many entries were marked together.
pub(crate) fn marked(entries: usize) {
    #[cfg(feature = "metrics")]
    metrics::counter!("wa_outbox_marked_total").increment(entries as u64);
}
