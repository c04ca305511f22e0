//! A line for each request.

use hyper::{Method, Uri};

use crate::{received::Received, refusal::Refusal};

/// Where the lines go.
pub(crate) type Log = Box<dyn Fn(&str) + Send + Sync>;

/// Says what became of a request, in one line.
pub(crate) fn line(method: &Method, uri: &Uri, outcome: &Result<Received, Refusal>) -> String {
    let line = match outcome {
        Ok(received) => match (received.message(), received.receipt(), received.id()) {
            (Some(message), _, Some(id)) => {
                format!("accepted {} to {} as {id}", received.kind(), message.to())
            }
            (_, Some(receipt), _) => format!("accepted read of {}", receipt.message_id()),
            _ => format!("accepted {}", received.kind()),
        },
        Err(refusal) => format!(
            "refused {method} {} with HTTP {}, code {}: {}",
            uri.path(),
            refusal.status().as_u16(),
            refusal.code(),
            refusal.details()
        ),
    };
    // A request cannot write a second line.
    line.replace(char::is_control, " ")
}
