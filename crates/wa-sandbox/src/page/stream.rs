//! Server-sent events: a page hears of what happens as it happens.
//!
//! Each has the number of its entry, so that a page that was away gets what it has missed, and one that is opened gets
//! all that is kept. Something new is drawn when the first page asks for it, so that nobody pays who has none open,
//! and many pages cost little more than one.

use std::{fmt, io::Write as _, sync::Arc, time::Duration};

use hyper::body::Bytes;
use tokio::{sync::mpsc, time};

use super::{event, journal::Entry};
use crate::{body::AnswerBody, state::State};

/// How many entries are drawn in one piece.
const PIECE: usize = 100;
/// How long a piece is before no more is drawn for it, in bytes. Each page that does not read has some of them.
const TEXT_AT_MOST: usize = 64 * 1024;
/// From how many bytes on something that is drawn is not copied.
const COPIED: usize = 4 * 1024;
/// How long what comes soon after something else waits for more. Nobody sees it.
const TOGETHER: Duration = Duration::from_millis(20);
/// How often something is sent when nothing happens, so that both sides know of each other.
const ALIVE: Duration = Duration::from_secs(15);
/// How long a page waits before it asks again, in milliseconds.
const RETRY: u64 = 1_000;

/// The id of an event: the number of its entry, and whose number that is. A page stays open while a sandbox ends and another
/// one begins on its port.
#[derive(Clone, Copy)]
struct Id {
    number: u64,
    run: u64,
}

impl Id {
    fn read(text: &str) -> Option<Self> {
        let (number, run) = text.split_once('-')?;
        Some(Self { number: number.parse().ok()?, run: u64::from_str_radix(run, 16).ok()? })
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:x}", self.number, self.run)
    }
}

/// Returns a body that goes on behind the event of an id, unless too many listen.
pub(super) fn body(state: &Arc<State>, from: Option<&str>) -> Option<AnswerBody> {
    let place = state.journal.page()?;
    let run = state.journal.run;
    let goes_on = |from: &Id| from.run == run && state.journal.goes_on_behind(from.number);
    let known = from.and_then(Id::read).filter(goes_on);
    let start = Start {
        run,
        number: known.map_or(0, |from| from.number),
        begins_anew: from.is_some() && known.is_none(),
    };
    let (sender, receiver) = mpsc::channel(2);
    let state = Arc::clone(state);
    tokio::spawn(async move {
        tokio::select! {
            () = state.stopped() => {}
            // A page that is gone makes room for another one at once, also while nothing happens.
            () = sender.closed() => {}
            _ = send(&state, &start, &sender) => {}
        }
        drop(place);
    });
    Some(AnswerBody::streamed(receiver))
}

/// Where a page goes on.
struct Start {
    run: u64,
    number: u64,
    /// It shows what another sandbox has told, or has missed what is no longer kept.
    begins_anew: bool,
}

async fn send(
    state: &State,
    start: &Start,
    sender: &mpsc::Sender<Bytes>,
) -> Result<(), mpsc::error::SendError<Bytes>> {
    sender.send(format!("retry: {RETRY}\n\n").into()).await?;
    if start.begins_anew {
        sender.send("data: {\"event\":\"cleared\"}\n\n".into()).await?;
    }
    let (run, mut number) = (start.run, start.number);
    let mut is_whole = false;
    loop {
        let entries = state.journal.behind(number, PIECE);
        if entries.is_empty() {
            if !std::mem::replace(&mut is_whole, true) {
                // What it had heard of this may be cleared, or was before its time.
                let (next, always) = state.plan().armed();
                let armed = event::armed(next, always);
                sender.send(format!("data: {armed}\n\n").into()).await?;
                // A page shows itself when it has all that was there.
                sender.send("event: whole\ndata: {}\n\n".into()).await?;
            }
            if time::timeout(ALIVE, state.journal.news(number)).await.is_err() {
                sender.send(": still here\n\n".into()).await?;
            }
            continue;
        }
        let newest = entries.last().map(|entry| entry.number);
        let is_all = entries.len() < PIECE;
        let piece = Piece::of(entries, run, state);
        number = piece.number;
        for part in piece.parts {
            sender.send(part).await?;
        }
        // What comes next at once is sent together, or else each message would be a call of the system on both sides.
        if is_all && newest == Some(number) {
            time::sleep(TOGETHER).await;
        }
    }
}

/// Entries as they are sent.
struct Piece {
    /// The number of the last one.
    number: u64,
    parts: Vec<Bytes>,
}

impl Piece {
    /// Draws the first of some entries: all of them, unless they are long. The others are let go, so that a page that does
    /// not read keeps little from being forgotten.
    fn of(entries: Vec<Arc<Entry>>, run: u64, state: &State) -> Self {
        let (mut parts, mut text, mut length) = (Vec::new(), Vec::new(), 0);
        let mut number = 0;
        for entry in entries {
            number = entry.number;
            let drawn = state.journal.drawn(&entry, || event::drawn(&entry, state));
            length += drawn.len();
            // Writing into memory does not fail. JSON has no line breaks of its own.
            let _ = write!(text, "id: {}\ndata: ", Id { number, run });
            if drawn.len() < COPIED {
                text.extend_from_slice(&drawn);
            } else {
                // All pages share it.
                parts.extend([std::mem::take(&mut text).into(), drawn]);
            }
            text.extend_from_slice(b"\n\n");
            if length > TEXT_AT_MOST {
                break;
            }
        }
        parts.push(text.into());
        Self { number, parts }
    }
}
