//! A line for each request.

use std::fmt::Write as _;

use hyper::{Method, Uri};

use crate::{fate::Fate, received::Received, refusal::Refusal};

/// Where the lines go.
pub(crate) type Log = Box<dyn Fn(&str) + Send + Sync>;

/// A request that is in order, and what became of it.
pub(crate) fn of_fate(received: &Received, fate: &Fate) -> String {
    let verb = if fate.accepted { "accepted" } else { "did not accept" };
    let mut line = match (received.message(), received.receipt(), received.id()) {
        (Some(message), _, Some(id)) => {
            let line = format!("{verb} {} to {}", received.kind(), message.addressee());
            if fate.accepted { format!("{line} as {id}") } else { line }
        }
        (_, Some(receipt), _) => format!("{verb} read of {}", receipt.message_id()),
        _ => format!("{verb} {}", received.kind()),
    };
    if let Some(fault) = &fate.fault {
        // Writing into a text does not fail.
        let _ = write!(line, "; fault: {fault}");
    }
    one_line(&line)
}

/// A request that was refused.
pub(crate) fn of_refusal(method: &Method, uri: &Uri, refusal: &Refusal) -> String {
    one_line(&format!(
        "refused {method} {} with HTTP {}, code {}: {}",
        uri.path(),
        refusal.status().as_u16(),
        refusal.code(),
        refusal.details()
    ))
}

/// A request cannot write a second line.
fn one_line(line: &str) -> String {
    line.replace(char::is_control, " ")
}
