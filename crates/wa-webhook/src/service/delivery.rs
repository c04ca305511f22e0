//! From the body of a request to events that are handled.

use std::{
    any::Any,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    pin::pin,
    sync::Arc,
};

use bytes::Bytes;
use http::StatusCode;
use tokio::time::Instant;

use super::{
    Handlers, Report,
    batch::{Batches, Claimable},
    builder::Settings,
    caught::{caught, shielded},
    handlers::Handling,
    ticket::{End, Ticket},
    underway::{Left, Underway},
};
use crate::{Event, Key, NotAnObject, parse};

/// A handler at work, and the ticket of an event that went into a stream.
type Work = (Handling, Option<Arc<Ticket>>);

/// A handler that may panic where it is dropped: what it holds is somebody else's.
struct Shielded(Option<Handling>);

impl Drop for Shielded {
    fn drop(&mut self) {
        shielded(|| drop(self.0.take()));
    }
}

fn is_over(deadline: Option<Instant>) -> bool {
    deadline.is_some_and(|deadline| deadline <= Instant::now())
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
        let batches = match parse(&body) {
            Ok(webhook) => Batches::new(self, webhook.events()),
            Err(error) => return Box::pin(self.keep(error, body.clone(), deadline)).await,
        };
        let left = if self.hand_over.is_some() {
            Box::pin(self.hand_over(batches, deadline)).await
        } else {
            self.handle(batches, deadline).await
        };
        left.status()
    }

    /// Reports a body that cannot be read, and gives it to whoever keeps it.
    async fn keep(&self, error: NotAnObject, body: Bytes, deadline: Option<Instant>) -> StatusCode {
        self.report(&Report::Unreadable(error));
        let Some(handle) = &self.unreadable else { return StatusCode::OK };
        let handling = catch_unwind(AssertUnwindSafe(|| handle(body))).unwrap_or_else(panicked);
        let mut underway = Underway::new(self);
        self.run("unreadable", (handling, None), deadline, &mut underway).await;
        underway.finish().await.status()
    }

    /// Handles events one after the other, and asks for the claims of some at once.
    async fn handle(&self, mut batches: Batches<'_, '_>, deadline: Option<Instant>) -> Left {
        let mut underway = Underway::new(self);
        // The first one is begun with in any case.
        let mut late = None;
        'all: while !underway.is_late() {
            if is_over(late) && !batches.is_empty() {
                underway.too_late();
                break;
            }
            let Some(batch) = batches.next(&mut underway) else { break };
            underway.claims(deadline).await;
            let mut batch = batch.into_iter().enumerate();
            while let Some((name, work)) = self.next_work(&mut batch, late, &mut underway) {
                late = deadline;
                let end = self.run(name, work, deadline, &mut underway).await;
                underway.tell().await;
                if end == End::Cut {
                    break 'all;
                }
            }
            underway.settle().await;
        }
        underway.finish().await
    }

    /// Lets the next event be handled that is claimed or needs no claim, unless it is too late.
    fn next_work<'e>(
        &self,
        batch: &mut impl Iterator<Item = (usize, Claimable<'e>)>,
        late: Option<Instant>,
        underway: &mut Underway<'_>,
    ) -> Option<(&'static str, Work)> {
        loop {
            let (at, Claimable { event, has_key }) = batch.next()?;
            if !has_key || underway.has_claimed(at) {
                if is_over(late) {
                    underway.too_late();
                    return None;
                }
                let name = event.what.name();
                match self.start(*event, underway.begin(at)) {
                    Some(work) => return Some((name, work)),
                    None => underway.ended(End::Done),
                }
            }
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
    async fn hand_over(&self, mut batches: Batches<'_, '_>, deadline: Option<Instant>) -> Left {
        // If the store is slow, the other half of the time is for those that are claimed by then.
        let now = Instant::now();
        let half = deadline.map(|deadline| now + deadline.saturating_duration_since(now) / 2);
        let mut underway = Underway::new(self);
        let (mut taken, mut late) = (Vec::new(), None);
        while !underway.is_late() {
            if is_over(late) && !batches.is_empty() {
                underway.too_late();
                break;
            }
            let Some(batch) = batches.next(&mut underway) else { break };
            underway.claims(deadline).await;
            for (at, Claimable { event, has_key }) in batch.into_iter().enumerate() {
                if !has_key || underway.begin(at).is_some() {
                    taken.push(event.into_owned());
                }
            }
            // Without a store nothing takes time here.
            late = half.filter(|_| self.seen.is_some());
        }
        if let Some(take) = self.hand_over.as_ref().filter(|_| !taken.is_empty()) {
            let handling = catch_unwind(AssertUnwindSafe(|| take(taken))).unwrap_or_else(panicked);
            self.run("all", (handling, None), deadline, &mut underway).await;
        }
        underway.finish().await
    }

    pub(super) fn handlers_of(&self, event: &Event<'_>) -> &Handlers {
        let number = event.number.as_ref().and_then(|number| number.phone_number_id.as_deref());
        let of_number = number.and_then(|number| self.numbers.get(number));
        of_number.unwrap_or(&self.handlers)
    }

    /// Runs a handler to its end, whichever that is.
    async fn run(
        &self,
        event: &'static str,
        (handling, ticket): Work,
        deadline: Option<Instant>,
        underway: &mut Underway<'_>,
    ) -> End {
        let mut handling = Shielded(Some(handling));
        let end = match &mut handling.0 {
            Some(handling) => {
                let work = pin!(caught(handling.as_mut()));
                underway.work(event, ticket, work, deadline).await
            }
            None => None,
        };
        drop(handling);
        let end = match end {
            Some(Some(Ok(()))) => End::Done,
            Some(Some(Err(error))) => {
                self.report(&Report::Failed { event, error });
                End::Failed
            }
            Some(None) => {
                self.report(&Report::Panicked { event });
                End::Failed
            }
            None => {
                underway.too_late();
                End::Cut
            }
        };
        underway.ended(end);
        end
    }
}
