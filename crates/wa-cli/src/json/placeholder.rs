//! Places that other languages fill in later: `{{x}}`, `${x}`, `{% .. %}`, `{# .. #}` and `<% .. %>`.

use super::percent;
use crate::text::boundary;

/// The openings and ends that are known.
pub(super) const FORMS: [(&str, &str); 5] =
    [("{{", "}}"), ("${", "}"), ("{%", "%}"), ("{#", "#}"), ("<%", percent::CLOSE)];

/// The first signs of the openings.
pub(super) const FIRST: [char; 3] = ['{', '$', '<'];

/// How far the end of one may be from its opening inside of a text, in bytes. Behind that, it is something else.
const LONGEST: usize = 1_000;

/// Returns the length of the placeholder that a text begins with.
pub(crate) fn length(text: &str) -> Option<usize> {
    length_within(text, LONGEST)
}

/// Returns the length of the placeholder that a text begins with, if it ends within so many bytes.
pub(super) fn length_within(text: &str, most: usize) -> Option<usize> {
    let (open, close) = FORMS.iter().find(|(open, _)| text.starts_with(open))?;
    let inside = &text[open.len()..boundary(text, most).max(open.len())];
    let marked = inside.trim_start_matches(['-', '~']).trim_start();
    let skipped = inside.len() - marked.len();
    // Comments may hold the ends of others.
    let from = match *open {
        "{{" if marked.starts_with("!--") => {
            marked.get(3..)?.find("--").map_or(0, |at| skipped + 3 + at)
        }
        "{{" if marked.starts_with("/*") => {
            marked[..boundary(marked, LONGEST)].find("*/").map_or(0, |at| skipped + at)
        }
        "{{" | "${" => {
            // Looking has an end, because there may be many of them.
            if let Some(at) = balanced(&inside[..boundary(inside, LONGEST)], close) {
                return Some(open.len() + at + close.len());
            }
            0
        }
        _ => 0,
    };
    let at = from + inside[from..].find(close)?;
    Some(open.len() + at + close.len())
}

/// Between which texts of expressions stand.
const QUOTES: [char; 3] = ['"', '\'', '`'];

/// Where the end stands that belongs to the opening: expressions have brackets of their own, and texts that hold some.
fn balanced(inside: &str, close: &str) -> Option<usize> {
    let has_texts = inside.contains(QUOTES);
    let end = end_of(inside, close, has_texts);
    if has_texts { end.or_else(|| end_of(inside, close, false)) } else { end }
}

fn end_of(inside: &str, close: &str, has_texts: bool) -> Option<usize> {
    let bytes = inside.as_bytes();
    let (mut open, mut at) = (0_usize, 0);
    // Quotes without another one behind, for which nobody has to look again.
    let mut alone = Vec::new();
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'{' => open += 1,
            b'}' if open > 0 => open -= 1,
            b'}' if inside[at..].starts_with(close) => return Some(at),
            b'"' | b'\'' | b'`'
                if has_texts && begins_text(&bytes[..at]) && !alone.contains(byte) =>
            {
                match length_of_text(&bytes[at..]) {
                    Some(length) => at += length - 1,
                    None => alone.push(*byte),
                }
            }
            _ => {}
        }
        at += 1;
    }
    None
}

/// Whether a quote behind this begins a text. That of `{{ what's up }}` does not.
fn begins_text(before: &[u8]) -> bool {
    before.last().is_none_or(|before| !before.is_ascii_alphanumeric())
}

/// The length of a text of an expression, with its quotes.
fn length_of_text(bytes: &[u8]) -> Option<usize> {
    let mut at = 1;
    loop {
        match bytes.get(at)? {
            b'\\' => at += 2,
            found if *found == bytes[0] => return Some(at + 1),
            _ => at += 1,
        }
    }
}

/// Returns the length of the text in quotes that stands here, if a quote inside of a placeholder seems to end it:
/// `"{{ name | default("you") }}"`. `plain` is the length up to that quote.
pub(super) fn quoted_around(text: &str, plain: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 1;
    let end = loop {
        match bytes.get(at)? {
            b'"' => break at + 1,
            b'\\' => at += 2,
            b'{' | b'$' | b'<' => {
                // What is behind the line is no part of it, unless the text goes over lines in any case.
                let is_in_line = |length: &usize| {
                    text[at..at + length].find('\n').is_none_or(|line| at + line < plain)
                };
                at += length(&text[at..]).filter(is_in_line).unwrap_or(1);
            }
            _ => at += 1,
        }
    };
    if end <= plain {
        return None;
    }
    // Both may be meant: a text that has such an opening in it, or an expression that has a text in it.
    let before = text[..plain - 1].trim_end();
    let is_argument = before.ends_with(|before| "({[,=+~?:|&<>!".contains(before))
        || OPERATORS.iter().any(|operator| before.ends_with(operator));
    (!is_followed(&text[plain..]) || is_argument && is_followed(&text[end..])).then_some(end)
}

/// Words of expressions behind which a text may stand.
const OPERATORS: [&str; 4] = [" or", " and", " else", " in"];

/// Whether something stands there that may stand behind a text.
fn is_followed(text: &str) -> bool {
    let next = text.trim_start().chars().next();
    next.is_none_or(|next| matches!(next, ',' | ':' | ']' | '}' | '{' | '$' | '<'))
}
