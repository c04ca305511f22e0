//! A line for each request.

use std::fmt::Write as _;

use hyper::{Method, Uri};

use crate::{fate::Fate, received::Received, refusal::Refusal};

/// How much advice a line has.
const ADVICE: usize = 3;

/// Where the lines go.
pub(crate) type Log = Box<dyn Fn(&str) + Send + Sync>;

/// A request that is in order, and what became of it.
pub(crate) fn of_fate(received: &Received, fate: &Fate) -> String {
    let verb = if fate.accepted { "accepted" } else { "did not accept" };
    let mut line = match (received.message(), received.receipt(), received.id()) {
        (Some(message), _, Some(id)) => {
            let line = format!("{verb} {} to {}", received.kind(), message.to());
            if fate.accepted { format!("{line} as {id}") } else { line }
        }
        (_, Some(receipt), _) => format!("{verb} read of {}", receipt.message_id()),
        _ => format!("{verb} {}", received.kind()),
    };
    if let Some(fault) = &fate.fault {
        // Writing into a text does not fail.
        let _ = write!(line, "; fault: {fault}");
    }
    let lints = received.lints();
    for lint in lints.iter().take(ADVICE) {
        let _ = write!(line, "; advice: {lint} (at {})", lint.path());
    }
    if lints.len() > ADVICE {
        let _ = write!(line, "; {} more", lints.len() - ADVICE);
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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use hyper::StatusCode;
    use serde_json::json;
    use wa_message::Message;

    use super::*;
    use crate::fate::Ending;

    #[test]
    fn a_line_has_advice_on_how_a_message_is_written() {
        let body = json!({
            "messaging_product": "whatsapp", "to": "+15550100", "type": "TEXT",
            "text": "{\"body\": \"Hello\"}", "image": ""
        });
        let message = Message::try_from(&body).unwrap();
        let id = "wamid.1".to_owned();
        let received = Received::message_of("1".to_owned(), body, message, id);
        let ending = Ending::Json(StatusCode::OK, String::new());
        let line = of_fate(&received, &Fate { accepted: true, fault: None, ending });
        assert_eq!(
            line,
            "accepted text to +15550100 as wamid.1; \
             advice: `text` is JSON in a text; write the object itself (at text); \
             advice: `image` is an empty text and does not belong here; leave it out (at image); \
             advice: `type` is `TEXT`, which the API writes `text` (at type)"
        );
        assert_eq!(received.lints().len(), 3);
    }
}
