//! Server-sent events: a page hears of what happens as it happens.
//!
//! Each has the number of its entry, so that a page that was away gets what it has missed, and one that is opened gets
//! all that is kept. Something new is drawn when a page asks for it, so that nobody pays who has none open.

use std::{fmt::Write as _, sync::Arc, time::Duration};

use hyper::body::Bytes;
use tokio::{sync::mpsc, time};

use super::event;
use crate::{body::AnswerBody, state::State};

/// How many entries are drawn in one piece.
const PIECE: usize = 100;
/// How often something is sent when nothing happens, so that both sides know of each other.
const ALIVE: Duration = Duration::from_secs(15);
/// How long a page waits before it asks again, in milliseconds.
const RETRY: u64 = 1_000;

/// Returns a body that goes on behind the entry of a number.
pub(super) fn body(state: &Arc<State>, from: Option<&str>) -> AnswerBody {
    let from = from.and_then(|from| from.parse().ok()).unwrap_or_default();
    let (sender, receiver) = mpsc::channel(2);
    let state = Arc::clone(state);
    tokio::spawn(async move {
        tokio::select! {
            () = state.stopped() => {}
            // That nobody listens any more ends it.
            _ = send(&state, from, &sender) => {}
        }
    });
    AnswerBody::streamed(receiver)
}

async fn send(
    state: &State,
    mut number: u64,
    sender: &mpsc::Sender<Bytes>,
) -> Result<(), mpsc::error::SendError<Bytes>> {
    sender.send(format!("retry: {RETRY}\n\n").into()).await?;
    let mut is_whole = false;
    loop {
        let entries = state.journal.behind(number, PIECE);
        let Some(last) = entries.last() else {
            if !std::mem::replace(&mut is_whole, true) {
                // A page shows itself when it has all that was there.
                sender.send("event: whole\ndata: {}\n\n".into()).await?;
            }
            if time::timeout(ALIVE, state.journal.news(number)).await.is_err() {
                sender.send(": still here\n\n".into()).await?;
            }
            continue;
        };
        number = last.number;
        let mut piece = String::new();
        for entry in &entries {
            let data = event::of(entry, state);
            // Writing into a text does not fail. JSON has no line breaks of its own.
            let _ = write!(piece, "id: {}\ndata: {data}\n\n", entry.number);
        }
        sender.send(piece.into()).await?;
    }
}
