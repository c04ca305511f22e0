//! From the body of a request to events that are handled.

use std::{
    any::Any,
    collections::HashSet,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    pin::pin,
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
};
use crate::{Claim, Event, Key, NotAnObject, What, parse};

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
    Running(Handling),
    /// The time was over before it.
    Late,
}

/// How handling came to its end.
enum End {
    Done,
    Failed,
    /// The time was over.
    Cut,
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
        match self.run("unreadable", handling, deadline).await {
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
        let begun = events.filter_map(|event| {
            let late = deadline.filter(|_| !std::mem::take(&mut is_first));
            let name = event.what.name();
            self.begin(event, late).map(|begun| (name, begun))
        });
        for (name, begun) in begun {
            let (handling, key) = match begun {
                Begun::Running(handling) => (handling, None),
                Begun::Waiting(event, key) => {
                    if !self.claim(Some(&key), deadline, &mut left).await {
                        continue;
                    }
                    let Some(handling) = self.start(*event, Some(key.clone())) else { continue };
                    (handling, Some(key))
                }
                Begun::Late => {
                    self.report(&Report::TookTooLong);
                    return Left { has_failed: true, ..left };
                }
            };
            let end = self.run(name, handling, deadline).await;
            if key.is_some() {
                self.settle(key.as_ref(), &end, self.deadline()).await;
            }
            match end {
                End::Done => {}
                End::Failed => left.has_failed = true,
                End::Cut => return Left { has_failed: true, ..left },
            }
        }
        left
    }

    /// Begins with an event, if somebody handles it, unless it is too late.
    fn begin<'e>(&self, event: Event<'e>, deadline: Option<Instant>) -> Option<Begun<'e>> {
        self.notice(&event);
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
    fn start(&self, event: Event<'_>, key: Option<Key>) -> Option<Handling> {
        let handlers = self.handlers_of(&event);
        let handle = AssertUnwindSafe(|| handlers.handle(event, key));
        catch_unwind(handle).unwrap_or_else(|panic| Some(panicked(panic)))
    }

    /// Hands events over, all at once.
    async fn hand_over(
        &self,
        events: impl Iterator<Item = Event<'_>>,
        deadline: Option<Instant>,
    ) -> Left {
        let mut left = Left::default();
        let (mut keys, mut taken) = (HashSet::new(), Vec::new());
        let events = events.map(|event| {
            self.notice(&event);
            let key = self.seen.as_ref().and_then(|_| event.key());
            (Box::new(event), key)
        });
        for (event, key) in events {
            let is_repeated = key.as_ref().is_some_and(|key| keys.contains(key));
            if !is_repeated && self.claim(key.as_ref(), deadline, &mut left).await {
                keys.extend(key);
                taken.push(event.into_owned());
            }
        }
        let Some(take) = self.hand_over.as_ref().filter(|_| !taken.is_empty()) else { return left };
        let handling = catch_unwind(AssertUnwindSafe(|| take(taken))).unwrap_or_else(panicked);
        let end = self.run("all", handling, deadline).await;
        let deadline = self.deadline();
        for key in &keys {
            if !self.settle(Some(key), &end, deadline).await {
                break;
            }
        }
        left.has_failed |= !matches!(end, End::Done);
        left
    }

    /// Tells those who want to know of each event, whoever handles it.
    fn notice(&self, event: &Event<'_>) {
        if let Some(outcomes) = &self.outcomes {
            shielded(|| outcomes.learn(event));
        }
        let (field, name) = match &event.what {
            What::Unknown { name, .. } | What::Invalid { name, .. } => {
                (event.field().to_owned(), name.to_string())
            }
            _ => return,
        };
        self.report(&match &event.what {
            What::Invalid { why, .. } => Report::Invalid { field, name, why: why.clone() },
            _ => Report::Unknown { field, name },
        });
    }

    fn handlers_of(&self, event: &Event<'_>) -> &Handlers {
        let number = event.number.as_ref().and_then(|number| number.phone_number_id.as_deref());
        let of_number = number.and_then(|number| self.numbers.get(number));
        of_number.unwrap_or(&self.handlers)
    }

    /// Claims an event, and says whether it is to be handled.
    async fn claim(&self, key: Option<&Key>, deadline: Option<Instant>, left: &mut Left) -> bool {
        let (Some(seen), Some(key)) = (&self.seen, key) else { return true };
        match in_time(|| deadline, pin!(seen.claim(key.as_str()))).await {
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
    async fn settle(&self, key: Option<&Key>, end: &End, deadline: Option<Instant>) -> bool {
        let (Some(seen), Some(key)) = (&self.seen, key) else { return true };
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
    async fn run(
        &self,
        event: &'static str,
        mut handling: Handling,
        deadline: Option<Instant>,
    ) -> End {
        let end = in_time(|| deadline, pin!(caught(handling.as_mut()))).await;
        // What it holds where it is cut is somebody else's too.
        shielded(|| drop(handling));
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
