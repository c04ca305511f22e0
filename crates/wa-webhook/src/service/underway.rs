//! The work that is under way for a request: what it has claimed, and what is said of it to the store.

use std::{
    future::{Future, poll_fn},
    pin::{Pin, pin},
    sync::Arc,
    task::{Context, Poll},
};

use http::StatusCode;
use tokio::time::Instant;

use super::{
    BoxError, Report,
    answer::in_time,
    builder::Settings,
    many::{AT_ONCE, Many},
    store::at_once,
    ticket::{End, Ticket},
};
use crate::{Claim, Key};

/// What was not done with the events of a request.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Left {
    /// Something failed, or was not begun with.
    has_failed: bool,
    /// Something is being handled for another request.
    is_in_flight: bool,
}

impl Left {
    pub(super) fn status(self) -> StatusCode {
        match self {
            Self { has_failed: true, .. } => StatusCode::INTERNAL_SERVER_ERROR,
            Self { is_in_flight: true, .. } => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::OK,
        }
    }
}

/// The claims that a request has. The store is asked for many at once, and while handlers are at work.
///
/// Where the request is dropped, because its caller hung up, they are given back and it is reported. Nothing can wait there,
/// and a task may have no runtime to run in any more, so the store is asked once.
///
/// Of no claim the store is told twice: when it has heard that one is given back, somebody else may have it, and to give
/// theirs back would let a third one handle the event beside them.
pub(super) struct Underway<'s> {
    settings: &'s Settings,
    /// The kind of event.
    event: &'static str,
    left: Left,
    /// Claims that the store is asked for, each by the position of its event.
    asked: Many<'s, (Key, Result<Claim, BoxError>)>,
    /// What is claimed, by the position of its event.
    claimed: Vec<Option<Key>>,
    /// What a handler is at work with, or was.
    at_work: Vec<Key>,
    /// How the work has ended.
    end: End,
    /// If it is in a stream.
    ticket: Option<Arc<Ticket>>,
    /// What the store is being told.
    told: Many<'s, Result<Option<Key>, BoxError>>,
    /// What the store knows to be handled.
    done: Vec<Key>,
    is_late: bool,
    is_told_late: bool,
    is_over: bool,
}

impl<'s> Underway<'s> {
    pub(super) fn new(settings: &'s Settings) -> Self {
        Self {
            settings,
            event: "all",
            left: Left::default(),
            asked: Many::new(),
            claimed: Vec::new(),
            at_work: Vec::new(),
            end: End::Failed,
            ticket: None,
            told: Many::new(),
            done: Vec::new(),
            is_late: false,
            is_told_late: false,
            is_over: false,
        }
    }

    /// Begins to claim the event at a position.
    pub(super) fn ask(&mut self, at: usize, key: Key) {
        if let Some(store) = &self.settings.seen {
            self.asked.push(at, store.claim(key));
        }
    }

    /// Waits for the claims that were asked for. Those that do not come in time count as failed.
    pub(super) async fn claims(&mut self, deadline: Option<Instant>) {
        if self.asked.is_empty() {
            return;
        }
        let all = poll_fn(|context| {
            self.go_on(context);
            if self.asked.is_empty() { Poll::Ready(()) } else { Poll::Pending }
        });
        if in_time(|| deadline, pin!(all)).await.is_none() {
            self.too_late();
        }
    }

    /// Whether the event at a position is claimed.
    pub(super) fn has_claimed(&self, at: usize) -> bool {
        self.claimed.get(at).is_some_and(Option::is_some)
    }

    /// Lets a handler be at work with the event at a position, if it is claimed.
    pub(super) fn begin(&mut self, at: usize) -> Option<&Key> {
        let key = self.claimed.get_mut(at).and_then(Option::take)?;
        self.end = End::Failed;
        self.at_work.push(key);
        self.at_work.last()
    }

    /// Waits for a handler, while the store goes on.
    pub(super) async fn work<T>(
        &mut self,
        event: &'static str,
        ticket: Option<Arc<Ticket>>,
        mut work: Pin<&mut impl Future<Output = T>>,
        deadline: Option<Instant>,
    ) -> Option<T> {
        (self.event, self.ticket) = (event, ticket);
        let work = poll_fn(|context| {
            self.go_on(context);
            work.as_mut().poll(context)
        });
        in_time(|| deadline, pin!(work)).await
    }

    /// Says how the work has ended, unless whoever has its event out of a stream does.
    pub(super) fn ended(&mut self, end: End) {
        self.left.has_failed |= end != End::Done;
        let ticket = self.ticket.take().filter(|_| end == End::Cut);
        match ticket.map_or(Some(end), |ticket| ticket.leave()) {
            Some(end) => self.end = end,
            None => self.at_work.clear(),
        }
    }

    /// Begins to tell the store how the work has ended.
    pub(super) async fn tell(&mut self) {
        if self.at_work.is_empty() {
            return;
        }
        self.tell_some(false);
        poll_fn(|context| {
            self.go_on(context);
            Poll::Ready(())
        })
        .await;
    }

    /// Waits until the store was told all. It has time of its own, because handlers may have used up the rest.
    pub(super) async fn settle(&mut self) {
        if self.told.is_empty() {
            return;
        }
        let settings = self.settings;
        let all = poll_fn(|context| {
            self.go_on(context);
            if self.told.is_empty() { Poll::Ready(()) } else { Poll::Pending }
        });
        if in_time(|| settings.deadline(), pin!(all)).await.is_none() {
            self.give_up();
        }
    }

    /// Tells the store how the work has ended, and gives back what nobody began with.
    pub(super) async fn finish(&mut self) -> Left {
        let settings = self.settings;
        let all = poll_fn(|context| {
            loop {
                self.go_on(context);
                if !self.tell_some(true) {
                    break;
                }
            }
            let is_over = self.told.is_empty() && self.asked.is_empty();
            if is_over { Poll::Ready(()) } else { Poll::Pending }
        });
        if in_time(|| settings.deadline(), pin!(all)).await.is_none() {
            self.give_up();
        }
        self.is_over = true;
        if self.is_late {
            // Without it, the store would be asked for all of these again, and there would never be time for the rest.
            self.settings.remember(&self.done);
        }
        self.left
    }

    /// Nothing more is begun with.
    pub(super) fn too_late(&mut self) {
        self.left.has_failed = true;
        self.is_late = true;
        self.tell_late();
    }

    fn tell_late(&mut self) {
        if !std::mem::replace(&mut self.is_told_late, true) {
            self.settings.report(&Report::TookTooLong);
        }
    }

    pub(super) fn is_late(&self) -> bool {
        self.is_late
    }

    /// What was handled stays so, even if it may be handled once more.
    fn give_up(&mut self) {
        self.tell_late();
        self.told.clear();
        self.asked.clear();
        self.at_work.clear();
        self.claimed.clear();
    }

    /// Lets the store go on.
    fn go_on(&mut self, context: &mut Context<'_>) {
        let Self { settings, left, asked, claimed, told, done, .. } = self;
        asked.poll(context, |at, (key, claim)| match claim {
            Ok(Claim::New) => {
                if claimed.len() <= at {
                    claimed.resize(at + 1, None);
                }
                if let Some(place) = claimed.get_mut(at) {
                    *place = Some(key);
                }
            }
            Ok(Claim::Done) => done.push(key),
            Ok(Claim::InFlight) => left.is_in_flight = true,
            Err(error) => {
                left.has_failed = true;
                settings.report(&Report::Seen(error));
            }
        });
        told.poll(context, |_, told| match told {
            Ok(key) => done.extend(key),
            Err(error) => settings.report(&Report::Seen(error)),
        });
    }

    /// Begins to tell the store of some events: those whose work has ended, and then those that nobody begins with any
    /// more. Returns false if there were none.
    fn tell_some(&mut self, is_over: bool) -> bool {
        let Some(store) = &self.settings.seen else { return false };
        let before = self.told.len();
        while self.told.len() < AT_ONCE
            && (is_over || !self.at_work.is_empty())
            && let Some((key, end)) = untold(&mut self.at_work, &mut self.claimed, self.end)
        {
            self.told.push(0, store.settle(key, end));
        }
        self.told.len() > before
    }
}

/// The next event that the store is to be told of.
fn untold(at_work: &mut Vec<Key>, claimed: &mut Vec<Option<Key>>, end: End) -> Option<(Key, End)> {
    if let Some(key) = at_work.pop() {
        return Some((key, end));
    }
    std::iter::from_fn(|| claimed.pop()).flatten().next().map(|key| (key, End::Failed))
}

impl Drop for Underway<'_> {
    fn drop(&mut self) {
        if self.is_over {
            return;
        }
        // Nobody knows what comes of it.
        let mut stays = !self.asked.is_empty() || !self.told.is_empty();
        self.asked.clear();
        self.told.clear();
        if let Some(ticket) = self.ticket.take() {
            if let Some(end) = ticket.leave() {
                self.end = end;
            } else {
                // Whoever has it out of the stream tells of it.
                stays |= !self.at_work.is_empty();
                self.at_work.clear();
            }
        }
        if let Some(store) = &self.settings.seen {
            while let Some((key, end)) = untold(&mut self.at_work, &mut self.claimed, self.end) {
                match at_once(store.settle(key, end)) {
                    Some(Ok(_)) => continue,
                    Some(Err(error)) => self.settings.report(&Report::Seen(error)),
                    None => {}
                }
                stays = true;
            }
        }
        self.settings.report(&Report::HungUp { event: self.event, is_claimed: stays });
    }
}
