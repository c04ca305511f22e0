//! Places that other languages fill in later: `{{x}}`, `${x}`, `{% .. %}`, `{# .. #}` and `<% .. %>`.

use super::{percent, tag::Tag};

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
    let marked = inside.trim_start_matches(['-', '~']);
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

/// Where the end stands that belongs to the opening: expressions have brackets of their own.
fn balanced(inside: &str, close: &str) -> Option<usize> {
    let mut open = 0_usize;
    for (at, byte) in inside.bytes().enumerate() {
        match byte {
            b'{' => open += 1,
            b'}' if open > 0 => open -= 1,
            b'}' if inside[at..].starts_with(close) => return Some(at),
            _ => {}
        }
    }
    None
}

/// The last place before so many bytes at which a character begins.
fn boundary(text: &str, most: usize) -> usize {
    let mut end = text.len().min(most);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    end
}

/// What stands in a text around its placeholders.
#[derive(Debug, Default)]
pub(super) struct Pieces<'t> {
    /// Each with its place. There is one if there is no placeholder.
    pub(super) all: Vec<(usize, &'t str)>,
    /// Whether some of it is there on a condition.
    pub(super) has_tags: bool,
}

/// Returns what stands around the placeholders of a text.
pub(super) fn pieces(text: &str) -> Pieces<'_> {
    let mut pieces = Pieces::default();
    let (mut from, mut at) = (0, 0);
    while let Some(next) = text[at..].find(FIRST) {
        let start = at + next;
        if let Some(length) = length(&text[start..]) {
            pieces.all.push((from, &text[from..start]));
            pieces.has_tags |=
                !matches!(Tag::of(&text[start..start + length], true), Tag::Value | Tag::Nothing);
            at = start + length;
            from = at;
        } else {
            at = start + 1;
        }
    }
    pieces.all.push((from, &text[from..]));
    pieces
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
                let is_in_line = |length: &usize| !text[at..at + length].contains('\n');
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
