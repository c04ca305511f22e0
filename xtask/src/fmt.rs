//! The command `fmt-messages`: lays out the messages of Rust files.
//!
//! Only messages in the short form and in braces are laid out. Expressions stay as they are written, and so
//! do comments. A message with a comment inside of a field is left alone, because there is no good place to
//! put it.

mod print;
mod read;
mod tokens;

use tokens::Tokens;

/// A file after the messages in it were laid out.
#[derive(Debug)]
pub struct Formatted {
    /// The text.
    pub text: String,
    /// How many messages were found in the short form and in braces.
    pub messages: usize,
    /// Messages that were left alone: their lines, counted from 1, and why.
    pub left_alone: Vec<(usize, &'static str)>,
}

/// Lays out the messages in the text of a Rust file.
#[must_use]
pub fn format(text: &str) -> Formatted {
    let tokens = Tokens::of(text);
    let mut formatted = Formatted { text: String::new(), messages: 0, left_alone: Vec::new() };
    let (mut copied, mut at) = (0, 0);
    while let Some(start) = tokens.invocation(at) {
        let open = start + 2;
        let Some(close) = tokens.closing(open) else { break };
        at = close + 1;
        let Some(kind_end) = tokens.kind(open) else { continue };
        formatted.messages += 1;
        let from = tokens.start(start);
        let line = text[..from].matches('\n').count() + 1;
        match read::fields(&tokens, kind_end, close) {
            Err(why) => formatted.left_alone.push((line, why)),
            Ok(entries) => {
                let kind = tokens.text(open + 1, kind_end);
                let end = tokens.start(close) + 1;
                let place = print::Place::of(text, from, end);
                formatted.text.push_str(&text[copied..from]);
                formatted.text.push_str(&print::message(kind, &entries, &place));
                copied = end;
            }
        }
    }
    formatted.text.push_str(&text[copied..]);
    formatted
}
