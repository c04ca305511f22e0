//! Verdicts on attempts: what the outcome of a request means for the entry.

use std::time::Duration;

use wa_client::{Error, RecipientRate, Sent};
use wa_message_core::{ErrorClass, RetryAdvice, ThrottleScope};

use crate::{
    Failure,
    pace::Pair,
    store::{Hold, Taken, Verdict},
    time::span,
};

/// The first pause after something that may pass. It is four times as long after each further attempt.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
/// The longest pause, if the API asks for no longer one.
const LONGEST_PAUSE: Duration = Duration::from_secs(256);

/// How long a number waits whose token is not accepted.
const UNTIL_SOMEBODY_ACTS: Duration = Duration::from_secs(60);

/// What a verdict depends on, beside the outcome.
#[derive(Debug, Clone)]
pub(crate) struct Court {
    pub(crate) number: String,
    pub(crate) recipients: Option<RecipientRate>,
    /// How many requests are made at most that the API refuses.
    pub(crate) attempts: u32,
}

impl Court {
    pub(crate) fn judge(&self, entry: &Taken, outcome: Result<Sent, Error>) -> Verdict {
        let error = match outcome {
            Ok(sent) => {
                return Verdict::Accepted { wamid: Some(sent.id().to_owned()), failure: None };
            }
            Err(error) => error,
        };
        let failure = Failure::of_error(&error);
        match &error {
            // It was accepted. The statuses bring the id.
            Error::Unreadable(_) => Verdict::Accepted { wamid: None, failure: Some(failure) },
            Error::Invalid(_) => Verdict::Invalid(failure),
            Error::NotSent(_) => put_off(entry, &error, failure, Hold::Nothing),
            Error::Throttled(refusal) => {
                let hold = self.hold(entry, refusal.scope());
                put_off(entry, &error, failure, hold)
            }
            Error::Refused(refusal) => match refusal.advice() {
                RetryAdvice::Now | RetryAdvice::Wait(_) if entry.tries + 1 < self.attempts => {
                    put_off(entry, &error, failure, Hold::Nothing)
                }
                // It says nothing of this message: the next one is refused as well, until somebody has done something.
                RetryAdvice::AfterAction
                    if refusal.class() == ErrorClass::Authorization
                        && entry.tries + 1 < self.attempts =>
                {
                    let hold = Hold::Number { number: self.number.clone() };
                    Verdict::PutOff { failure, pause: span(UNTIL_SOMEBODY_ACTS), hold }
                }
                _ => Verdict::Refused(failure),
            },
            // Also what a later version of the client may tell: nothing is sent again by guess.
            _ => Verdict::InDoubt(failure),
        }
    }

    fn hold(&self, entry: &Taken, scope: Option<ThrottleScope>) -> Hold {
        match scope {
            Some(ThrottleScope::Number) => Hold::Number { number: self.number.clone() },
            Some(ThrottleScope::Recipient) => Hold::Recipient {
                number: self.number.clone(),
                recipient: entry.recipient.clone(),
                tolerance: self.recipients.map_or(0, |rate| Pair::new(rate).tolerance),
            },
            None => Hold::Nothing,
            // Which numbers belong to an account, an outbox does not know.
            Some(_) => Hold::Everything,
        }
    }
}

fn put_off(entry: &Taken, error: &Error, failure: Failure, hold: Hold) -> Verdict {
    let factor = 4_u32.checked_pow(entry.tries).unwrap_or(u32::MAX);
    let asked = error.retry_after().unwrap_or_default();
    let pause = match hold {
        // All wait for as long as is asked: that one entry was tried often is nothing to the others.
        Hold::Number { .. } => FIRST_PAUSE,
        _ => FIRST_PAUSE.saturating_mul(factor).min(LONGEST_PAUSE),
    };
    Verdict::PutOff { failure, pause: span(pause.max(asked)), hold }
}
