//! Tells somebody of the messages that are sent.

use std::panic::{AssertUnwindSafe, catch_unwind};

use wa_message_core::{Message, SendEnd, Sending, Watch};

use crate::{Error, Sent, deliver::Flight};

/// A message that somebody is told of. When it is dropped before its end, that is told too.
pub(crate) struct Watched<'m> {
    watch: &'m dyn Watch,
    sending: Sending<'m>,
    flight: &'m Flight,
    has_ended: bool,
}

impl<'m> Watched<'m> {
    pub(crate) fn new(
        watch: &'m dyn Watch,
        phone_number_id: &'m str,
        message: &'m Message,
        flight: &'m Flight,
    ) -> Self {
        let sending = Sending::new(phone_number_id, message.biz_opaque_callback_data.as_deref());
        shielded(|| watch.begins(sending));
        Self { watch, sending, flight, has_ended: false }
    }

    pub(crate) fn end(mut self, result: &Result<Sent, Error>) {
        self.tell(match result {
            Ok(sent) => SendEnd::Accepted { id: sent.id() },
            Err(error) => end_of(error),
        });
    }

    fn tell(&mut self, end: SendEnd<'_>) {
        self.has_ended = true;
        shielded(|| self.watch.ends(self.sending, end));
    }
}

impl Drop for Watched<'_> {
    fn drop(&mut self) {
        if !self.has_ended {
            self.tell(end_of(&self.flight.cut()));
        }
    }
}

/// Calls code of somebody else. What became of the message must not be lost with it.
fn shielded(call: impl FnOnce()) {
    let _ = catch_unwind(AssertUnwindSafe(call));
}

fn end_of(error: &Error) -> SendEnd<'static> {
    if error.is_safe_to_resend() { SendEnd::NotAccepted } else { SendEnd::InDoubt }
}
