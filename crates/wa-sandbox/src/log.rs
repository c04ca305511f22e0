//! A line for each request.

use std::fmt::Write as _;

use hyper::{Method, Uri};

use crate::{decide::Decision, received::Received, refusal::Refusal};

/// How much advice a line has.
const ADVICE: usize = 3;

/// A request that is in order, and what became of it.
pub(crate) fn of_decision(received: &Received, decision: &Decision) -> String {
    let verb = if decision.accepted { "accepted" } else { "did not accept" };
    let mut line = match (received.message(), received.receipt(), received.id()) {
        (Some(message), _, Some(id)) => {
            let line = format!("{verb} {} to {}", received.kind(), message.addressee());
            if decision.accepted { format!("{line} as {id}") } else { line }
        }
        (_, Some(receipt), _) => format!("{verb} read of {}", receipt.message_id()),
        _ => format!("{verb} {}", received.kind()),
    };
    if let Some(fault) = &decision.fault {
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
    let mut line = format!(
        "refused {method} {} with HTTP {}, code {}: {}",
        uri.path(),
        refusal.status().as_u16(),
        refusal.code(),
        refusal.details()
    );
    if let Some(says) = refusal.says() {
        // Writing into a text does not fail.
        let _ = write!(line, "; {says}");
    }
    one_line(&line)
}

/// How long a line is at most, in characters.
const LINE_AT_MOST: usize = 1000;

/// A request cannot write a second line, nor one without an end, nor turn it around.
pub(crate) fn one_line(line: &str) -> String {
    let is_hidden = |char: char| {
        char.is_control()
            || matches!(char, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
    };
    let shown = |char: char| if is_hidden(char) { ' ' } else { char };
    let mut chars = line.chars().map(shown);
    let mut line: String = chars.by_ref().take(LINE_AT_MOST).collect();
    if chars.next().is_some() {
        line.push_str(" ...");
    }
    line
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use hyper::StatusCode;
    use serde_json::json;
    use wa_message_core::Message;

    use super::*;
    use crate::decide::Ending;

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
        let line = of_decision(&received, &Decision { accepted: true, fault: None, ending });
        assert_eq!(
            line,
            "accepted text to +15550100 as wamid.1; \
             advice: `text` is JSON in a text; write the object itself (at text); \
             advice: `image` is an empty text and does not belong here; leave it out (at image); \
             advice: `type` is `TEXT`, which the API writes `text` (at type)"
        );
        assert_eq!(received.lints().len(), 3);
    }

    #[test]
    fn a_line_stays_one() {
        assert_eq!(one_line("a\r\nb\u{1b}[0m\u{202e}c\u{2028}d"), "a  b [0m c d");
        assert_eq!(one_line("ü"), "ü");
        assert_eq!(one_line(&"ü".repeat(5000)).chars().count(), LINE_AT_MOST + 4);
    }
}
