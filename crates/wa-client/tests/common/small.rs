//! A client of the sandbox, and what it sends where the content does not matter. The tests of the sandbox use it too.

use wa_message::{Client, Message, ReadReceipt, client::Backoff};
use wa_sandbox::Sandbox;

/// A client that makes one attempt, as fast as it can.
pub(crate) fn client_of(sandbox: &Sandbox) -> Client {
    Client::builder(sandbox.token(), sandbox.phone_number_id())
        .base_url(sandbox.base_url())
        .retry(Backoff::never())
        .rate(None)
        .recipient_rate(None)
        .build()
        .unwrap()
}

pub(crate) fn text() -> Message {
    r#"{ "messaging_product": "whatsapp", "to": "+1 555 0100", "text": { "body": "Hello" } }"#
        .parse()
        .unwrap()
}

pub(crate) fn receipt() -> ReadReceipt {
    r#"{ "messaging_product": "whatsapp", "status": "read", "message_id": "wamid.HBgL" }"#
        .parse()
        .unwrap()
}
