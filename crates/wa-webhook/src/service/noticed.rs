//! Notices about the events of a request, whoever handles them.

use super::{Report, builder::Settings, caught::shielded};
use crate::{Event, What, write::Odd};

/// How many parts that are not known or do not have their form are told of one by one. The API sends up to 1,000 updates at
/// once.
const ONE_BY_ONE: usize = 1000;

/// Tells of events, and counts what cannot be read.
///
/// A broken item may be a byte long in the body, and there may be millions of them.
pub(super) struct Noticed<'s> {
    settings: &'s Settings,
    parts: usize,
    left_out: usize,
}

impl<'s> Noticed<'s> {
    pub(super) fn new(settings: &'s Settings) -> Self {
        Self { settings, parts: 0, left_out: 0 }
    }

    /// Tells those who want to know of an event. Returns false if it cannot be read, and too many before it could not.
    pub(super) fn notice(&mut self, event: &Event<'_>) -> bool {
        if let Some(outcomes) = &self.settings.outcomes {
            shielded(|| outcomes.learn(event));
        }
        let inside = match &event.what {
            What::Unknown { .. } | What::Invalid { .. } => None,
            what => Some(what.name()),
        };
        event.what.odd(&mut |part| self.tell(event, inside, part));
        for why in event.left_out() {
            self.left_out += 1;
            self.report(|| Report::LeftOut {
                field: event.field().to_owned(),
                event: event.what.name(),
                why: why.clone(),
            });
        }
        let is_no_event = match &event.what {
            What::Invalid { .. } => true,
            // One without a name is nothing new.
            What::Unknown { name, .. } => name.is_empty(),
            _ => false,
        };
        !is_no_event || self.parts <= ONE_BY_ONE
    }

    fn tell(&mut self, event: &Event<'_>, inside: Option<&'static str>, part: Odd<'_>) {
        self.parts += 1;
        self.report(|| {
            let (field, name) = (event.field().to_owned(), part.name.to_owned());
            match part.why {
                Some(why) => Report::Invalid { field, inside, name, why: why.clone() },
                None => Report::Unknown { field, inside, name },
            }
        });
    }

    fn report(&self, report: impl FnOnce() -> Report) {
        if self.parts + self.left_out <= ONE_BY_ONE {
            self.settings.report(&report());
        }
    }
}

impl Drop for Noticed<'_> {
    fn drop(&mut self) {
        let parts = self.parts + self.left_out;
        if let Some(parts @ 1..) = parts.checked_sub(ONE_BY_ONE) {
            self.settings.report(&Report::More { parts });
        }
    }
}
