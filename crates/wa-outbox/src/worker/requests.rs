//! Requests of entries: the message with the callback data of the outbox, sent once.

use std::time::Duration;

use wa_client::Client;
use wa_message_core::Message;

use crate::{
    Failure,
    store::{Held, Hold, Settlement, Taken, Verdict},
    verdict::Court,
};

/// An entry whose body is a valid message.
pub(super) struct Request {
    entry: Taken,
    message: Message,
}

impl Request {
    /// Checks the body of an entry. One that is no valid message is settled by that.
    pub(super) fn new(entry: Taken) -> Result<Self, Box<Settlement>> {
        let message = entry
            .body
            .parse::<Message>()
            .and_then(|message| message.with_callback_data(entry.held.id.callback_data()));
        match message {
            Ok(message) => Ok(Self { entry, message }),
            Err(invalid) => Err(Box::new(Settlement {
                held: entry.held,
                verdict: Verdict::Invalid(Failure::of_invalid(&invalid)),
            })),
        }
    }

    pub(super) fn held(&self) -> Held {
        self.entry.held
    }

    /// How long it has to wait for its turn.
    pub(super) fn turn(&self) -> Duration {
        self.entry.turn
    }

    /// What stands if nobody tells of the request.
    pub(super) fn in_doubt(&self) -> Settlement {
        let failure = Failure::new("in_doubt", "the request was cut before an answer came");
        Settlement { held: self.entry.held, verdict: Verdict::InDoubt(failure) }
    }

    /// What stands if the request is not made, because this process was stopped for so long that others take it for lost.
    pub(super) fn not_sent(self) -> Settlement {
        let failure = Failure::new(
            "not_sent",
            "the worker was stopped for longer than its lease, so it sent nothing",
        );
        let verdict = Verdict::PutOff { failure, pause: 0, hold: Hold::Nothing };
        Settlement { held: self.entry.held, verdict }
    }

    /// Makes the request. The entry must be marked.
    pub(super) async fn send(self, client: &Client, court: &Court) -> Settlement {
        let outcome = client.send(&self.message).await;
        Settlement { held: self.entry.held, verdict: court.judge(&self.entry, outcome) }
    }
}
