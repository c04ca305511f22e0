//! From the body of a request to events that are handled.

use std::{
    collections::HashSet,
    future::poll_fn,
    panic::{AssertUnwindSafe, catch_unwind},
    task::Poll,
};

use bytes::Bytes;
use http::StatusCode;
use tokio::time::Instant;

use super::{Handlers, Report, builder::Settings, handlers::Handling};
use crate::{Claim, Event, Key, What, parse};

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

/// How handling came to its end.
enum End {
    Done,
    Failed,
    /// The time was over.
    Cut,
}

impl Settings {
    /// Handles what a body that was signed tells of, and gives the status to answer with.
    pub(super) async fn deliver(&self, body: Bytes) -> StatusCode {
        let deadline = self.deadline();
        match parse(&body) {
            Ok(webhook) => {
                let events = webhook.events();
                if self.hand_over.is_some() {
                    self.hand_over(events, deadline).await.status()
                } else {
                    self.handle(events, deadline).await.status()
                }
            }
            Err(error) => {
                self.report(&Report::Unreadable(error));
                let Some(handle) = &self.unreadable else { return StatusCode::OK };
                match self.run("unreadable", handle(body.clone()), deadline).await {
                    End::Done => StatusCode::OK,
                    End::Failed | End::Cut => StatusCode::INTERNAL_SERVER_ERROR,
                }
            }
        }
    }

    /// Handles events one after the other.
    async fn handle(
        &self,
        events: impl Iterator<Item = Event<'_>>,
        deadline: Option<Instant>,
    ) -> Left {
        let mut left = Left::default();
        for event in events {
            self.notice(&event);
            let handlers = self.handlers_of(&event);
            if !handlers.handles(&event.what) {
                continue;
            }
            if deadline.is_some_and(|deadline| deadline <= Instant::now()) {
                self.report(&Report::TookTooLong);
                return Left { has_failed: true, ..left };
            }
            let key = event.key();
            if !self.claim(key.as_ref(), deadline, &mut left).await {
                continue;
            }
            let (name, event) = (event.what.name(), event.into_owned());
            let Some(handling) = handlers.handle(event, key.clone()) else { continue };
            let end = self.run(name, handling, deadline).await;
            self.settle(key.as_ref(), &end).await;
            match end {
                End::Done => {}
                End::Failed => left.has_failed = true,
                End::Cut => return Left { has_failed: true, ..left },
            }
        }
        left
    }

    /// Hands events over, all at once.
    async fn hand_over(
        &self,
        events: impl Iterator<Item = Event<'_>>,
        deadline: Option<Instant>,
    ) -> Left {
        let mut left = Left::default();
        let (mut keys, mut taken) = (HashSet::new(), Vec::new());
        for event in events {
            self.notice(&event);
            let key = self.seen.as_ref().and_then(|_| event.key());
            let is_repeated = key.as_ref().is_some_and(|key| keys.contains(key));
            if !is_repeated && self.claim(key.as_ref(), deadline, &mut left).await {
                keys.extend(key);
                taken.push(event.into_owned());
            }
        }
        let Some(take) = self.hand_over.as_ref().filter(|_| !taken.is_empty()) else { return left };
        let end = self.run("all", take(taken), deadline).await;
        for key in &keys {
            self.settle(Some(key), &end).await;
        }
        left.has_failed |= !matches!(end, End::Done);
        left
    }

    /// Tells those who want to know of each event, whoever handles it.
    fn notice(&self, event: &Event<'_>) {
        if let Some(outcomes) = &self.outcomes {
            outcomes.learn(event);
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
        match self.in_time(deadline, seen.claim(key.as_str())).await {
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

    /// Says what became of a claimed event.
    async fn settle(&self, key: Option<&Key>, end: &End) {
        let (Some(seen), Some(key)) = (&self.seen, key) else { return };
        let settled = match end {
            End::Done => seen.done(key.as_str()),
            End::Failed | End::Cut => seen.release(key.as_str()),
        };
        // What was handled stays so, even if it may be handled once more.
        if let Err(error) = settled.await {
            self.report(&Report::Seen(error));
        }
    }

    /// Runs a handler to its end, whichever that is.
    async fn run(
        &self,
        event: &'static str,
        mut handling: Handling,
        deadline: Option<Instant>,
    ) -> End {
        let guarded = poll_fn(|context| {
            let poll = AssertUnwindSafe(|| handling.as_mut().poll(context));
            match catch_unwind(poll) {
                Ok(poll) => poll.map(Some),
                Err(_) => Poll::Ready(None),
            }
        });
        let report = match self.in_time(deadline, guarded).await {
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
