//! From the body of a request to events that are handled.

use std::{
    any::Any,
    collections::HashSet,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    pin::pin,
    sync::Arc,
};

use bytes::Bytes;
use http::StatusCode;
use tokio::time::Instant;

use super::{
    Handlers, Report,
    answer::in_time,
    builder::Settings,
    caught::{caught, shielded},
    handlers::Handling,
    noticed::Noticed,
    ticket::{End, Ticket},
    underway::{Stage, Underway},
};
use crate::{Claim, Event, Key, NotAnObject, parse};

/// What was not done with the events of a request.
#[derive(Debug, Default, Clone, Copy)]
struct Left {
    /// Something failed.
    has_failed: bool,
    /// Something is being handled for another request.
    is_in_flight: bool,
}

impl Left {
    fn status(self) -> StatusCode {
        match self {
            Self { has_failed: true, .. } => StatusCode::INTERNAL_SERVER_ERROR,
            Self { is_in_flight: true, .. } => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::OK,
        }
    }
}

/// An event that somebody handles.
enum Begun<'e> {
    /// It is claimed first. In a box, as whatever waits: the future of a request is as large as all that it may hold.
    Waiting(Box<Event<'e>>, Key),
    /// Its handler is at work.
    Running(Work),
    /// The time was over before it.
    Late,
}

/// A handler at work, and the ticket of an event that went into a stream.
type Work = (Handling, Option<Arc<Ticket>>);

/// A handler that may panic where it is dropped: what it holds is somebody else's.
struct Shielded(Option<Handling>);

impl Drop for Shielded {
    fn drop(&mut self) {
        shielded(|| drop(self.0.take()));
    }
}

/// What a handler comes to that has panicked before it gave a future.
fn panicked(panic: Box<dyn Any + Send>) -> Handling {
    // It is caught like that of a future.
    Box::pin(async { resume_unwind(panic) })
}

impl Settings {
    /// Handles what a body that was signed tells of, and gives the status to answer with.
    pub(super) async fn deliver(&self, body: Bytes) -> StatusCode {
        let deadline = self.deadline();
        let events = match parse(&body) {
            // In a box, as whatever is large and waits.
            Ok(webhook) => Box::new(webhook.events()),
            Err(error) => return Box::pin(self.keep(error, body.clone(), deadline)).await,
        };
        if self.hand_over.is_some() {
            Box::pin(self.hand_over(events, deadline)).await.status()
        } else {
            self.handle(events, deadline).await.status()
        }
    }

    /// Reports a body that cannot be read, and gives it to whoever keeps it.
    async fn keep(&self, error: NotAnObject, body: Bytes, deadline: Option<Instant>) -> StatusCode {
        self.report(&Report::Unreadable(error));
        let Some(handle) = &self.unreadable else { return StatusCode::OK };
        let handling = catch_unwind(AssertUnwindSafe(|| handle(body))).unwrap_or_else(panicked);
        let mut underway = Underway::new(self, None);
        match self.run("unreadable", handling, deadline, &mut underway).await {
            End::Done => StatusCode::OK,
            End::Failed | End::Cut => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Handles events one after the other.
    async fn handle(
        &self,
        events: impl Iterator<Item = Event<'_>>,
        deadline: Option<Instant>,
    ) -> Left {
        let mut left = Left::default();
        let mut is_first = true;
        let mut noticed = Noticed::new(self);
        let begun = events.filter_map(|event| {
            let late = deadline.filter(|_| !std::mem::take(&mut is_first));
            let name = event.what.name();
            noticed.notice(&event);
            self.begin(event, late).map(|begun| (name, begun))
        });
        let mut underway = Underway::new(self, None);
        for (name, begun) in begun {
            underway.event = name;
            let (handling, ticket) = match begun {
                Begun::Running(work) => work,
                Begun::Waiting(event, key) => {
                    if !self.claim(Some(&key), deadline, &mut left, &mut underway.stage).await {
                        continue;
                    }
                    underway.keys = Some(key);
                    let Some(work) = self.start(*event, underway.keys.as_ref()) else { continue };
                    work
                }
                Begun::Late => {
                    self.report(&Report::TookTooLong);
                    return Left { has_failed: true, ..left };
                }
            };
            underway.ticket = ticket;
            let end = self.run(name, handling, deadline, &mut underway).await;
            self.settle_one(end, &mut underway).await;
            match end {
                End::Done => {}
                End::Failed => left.has_failed = true,
                End::Cut => return Left { has_failed: true, ..left },
            }
        }
        left
    }

    /// Says what became of an event, unless whoever has it out of a stream does.
    async fn settle_one(&self, end: End, underway: &mut Underway<'_, Option<Key>>) {
        let ticket = underway.ticket.take().filter(|_| end == End::Cut);
        let end = ticket.map_or(Some(end), |ticket| ticket.leave());
        if let (Some(key), Some(end)) = (&underway.keys, end) {
            underway.stage = Stage::Settling(end);
            self.settle(key, end, self.deadline()).await;
            underway.stage = Stage::Idle;
        }
        underway.keys = None;
    }

    /// Begins with an event, if somebody handles it, unless it is too late.
    fn begin<'e>(&self, event: Event<'e>, deadline: Option<Instant>) -> Option<Begun<'e>> {
        if !self.handlers_of(&event).handles(&event.what) {
            return None;
        }
        if deadline.is_some_and(|deadline| deadline <= Instant::now()) {
            return Some(Begun::Late);
        }
        match self.seen.as_ref().and_then(|_| event.key()) {
            Some(key) => Some(Begun::Waiting(Box::new(event), key)),
            None => self.start(event, None).map(Begun::Running),
        }
    }

    /// Lets an event be handled.
    fn start(&self, event: Event<'_>, key: Option<&Key>) -> Option<Work> {
        let handlers = self.handlers_of(&event);
        if let Some(source) = handlers.stream() {
            let claimed = self.seen.clone().zip(key.cloned());
            let (handling, ticket) = source.hand_on(event.into_owned(), claimed);
            return Some((handling, Some(ticket)));
        }
        let handle = AssertUnwindSafe(|| handlers.handle(event, key.cloned()));
        let handling = catch_unwind(handle).unwrap_or_else(|panic| Some(panicked(panic)))?;
        Some((handling, None))
    }

    /// Hands events over, all at once.
    async fn hand_over(
        &self,
        events: impl Iterator<Item = Event<'_>>,
        deadline: Option<Instant>,
    ) -> Left {
        let mut left = Left::default();
        let mut taken = Vec::new();
        let mut underway = Underway::new(self, HashSet::new());
        let mut noticed = Noticed::new(self);
        let events = events.filter_map(|event| {
            // What is none that can be read takes much more memory here than in the body.
            if !noticed.notice(&event) {
                return None;
            }
            let key = self.seen.as_ref().and_then(|_| event.key());
            Some((Box::new(event), key))
        });
        for (event, key) in events {
            let is_repeated = key.as_ref().is_some_and(|key| underway.keys.contains(key));
            if is_repeated {
                continue;
            }
            if self.claim(key.as_ref(), deadline, &mut left, &mut underway.stage).await {
                underway.keys.extend(key);
                taken.push(event.into_owned());
            }
        }
        let Some(take) = self.hand_over.as_ref().filter(|_| !taken.is_empty()) else { return left };
        let handling = catch_unwind(AssertUnwindSafe(|| take(taken))).unwrap_or_else(panicked);
        let end = self.run("all", handling, deadline, &mut underway).await;
        let deadline = self.deadline();
        underway.stage = Stage::Settling(end);
        for key in &underway.keys {
            if !self.settle(key, end, deadline).await {
                break;
            }
        }
        underway.stage = Stage::Idle;
        left.has_failed |= end != End::Done;
        left
    }

    fn handlers_of(&self, event: &Event<'_>) -> &Handlers {
        let number = event.number.as_ref().and_then(|number| number.phone_number_id.as_deref());
        let of_number = number.and_then(|number| self.numbers.get(number));
        of_number.unwrap_or(&self.handlers)
    }

    /// Claims an event, and says whether it is to be handled.
    async fn claim(
        &self,
        key: Option<&Key>,
        deadline: Option<Instant>,
        left: &mut Left,
        stage: &mut Stage,
    ) -> bool {
        let (Some(seen), Some(key)) = (&self.seen, key) else { return true };
        *stage = Stage::Claiming;
        let claim = in_time(|| deadline, pin!(seen.claim(key.as_str()))).await;
        *stage = Stage::Idle;
        match claim {
            Some(Ok(Claim::New)) => return true,
            Some(Ok(Claim::Done)) => {}
            Some(Ok(Claim::InFlight)) => left.is_in_flight = true,
            Some(Err(error)) => {
                left.has_failed = true;
                self.report(&Report::Seen(error));
            }
            None => {
                left.has_failed = true;
                self.report(&Report::TookTooLong);
            }
        }
        false
    }

    /// Says what became of a claimed event, and returns false if that took too long. It has time of its own, because the
    /// handler may have used up the rest.
    async fn settle(&self, key: &Key, end: End, deadline: Option<Instant>) -> bool {
        let Some(seen) = &self.seen else { return true };
        let settled = match end {
            End::Done => seen.done(key.as_str()),
            End::Failed | End::Cut => seen.release(key.as_str()),
        };
        // What was handled stays so, even if it may be handled once more.
        match in_time(|| deadline, pin!(settled)).await {
            Some(Ok(())) => {}
            Some(Err(error)) => self.report(&Report::Seen(error)),
            None => {
                self.report(&Report::TookTooLong);
                return false;
            }
        }
        true
    }

    /// Runs a handler to its end, whichever that is.
    async fn run<K>(
        &self,
        event: &'static str,
        handling: Handling,
        deadline: Option<Instant>,
        underway: &mut Underway<'_, K>,
    ) -> End
    where
        for<'k> &'k K: IntoIterator<Item = &'k Key>,
    {
        (underway.event, underway.stage) = (event, Stage::Working);
        let mut handling = Shielded(Some(handling));
        let end = match &mut handling.0 {
            Some(handling) => in_time(|| deadline, pin!(caught(handling.as_mut()))).await,
            None => None,
        };
        drop(handling);
        underway.stage = Stage::Idle;
        let report = match end {
            Some(Some(Ok(()))) => return End::Done,
            Some(Some(Err(error))) => Report::Failed { event, error },
            Some(None) => Report::Panicked { event },
            None => {
                self.report(&Report::TookTooLong);
                return End::Cut;
            }
        };
        self.report(&report);
        End::Failed
    }
}
