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

/// How long a line is at most, in characters.
const LINE_AT_MOST: usize = 1000;

/// A request cannot write a second line, nor one without an end, nor turn it around.
fn one_line(line: &str) -> String {
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
mod tests {
    use super::*;

    #[test]
    fn a_line_stays_one() {
        assert_eq!(one_line("a\r\nb\u{1b}[0m\u{202e}c\u{2028}d"), "a  b [0m c d");
        assert_eq!(one_line("ü"), "ü");
        assert_eq!(one_line(&"ü".repeat(5000)).chars().count(), LINE_AT_MOST + 4);
    }
}
