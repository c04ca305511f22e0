//! The layout, which the manual describes.
//!
//! `short/print.rs` of the engine lays out what it makes of documents in the same way. It knows every value; here
//! stand comments, expressions and control flow, whose own layout has to stay. `tests/fmt_messages.rs` holds them
//! together: what the one writes, the other leaves as it is.

use super::{
    read::{Content, Entry, Value},
    tokens::indent,
};

const WIDTH: usize = 100;
const INDENT: usize = 4;

/// Where a message stands.
pub(super) struct Place {
    /// The blanks at the start of its line.
    indent: usize,
    /// The characters before it in its line.
    before: usize,
    /// The characters behind it in its last line.
    after: usize,
}

impl Place {
    pub(super) fn of(text: &str, start: usize, end: usize) -> Self {
        let line = text[..start].rfind('\n').map_or(0, |end| end + 1);
        let rest = text[end..].lines().next().unwrap_or_default();
        Self {
            indent: indent(text, start),
            before: width(&text[line..start]),
            after: width(rest.trim_end()),
        }
    }
}

/// A message in the short form.
pub(super) fn message(kind: &str, entries: &[Entry], place: &Place) -> String {
    if entries.is_empty() {
        return format!("wa_message! {{ {kind} }}");
    }
    if let Some(fields) = flat_entries(entries) {
        let flat = format!("wa_message! {{ {kind} {fields} }}");
        if place.before + width(&flat) + place.after <= WIDTH {
            return flat;
        }
    }
    let lines = lines(entries, place.indent + INDENT);
    format!("wa_message! {{ {kind}\n{lines}{}}}", blanks(place.indent))
}

/// Each entry on lines of its own.
fn lines(entries: &[Entry], indent: usize) -> String {
    let mut out = String::new();
    for entry in entries {
        if entry.apart {
            out.push('\n');
        }
        for comment in &entry.comments {
            out.extend([&blanks(indent), comment.as_str(), "\n"]);
        }
        if let Some(content) = &entry.content {
            out.extend([&blanks(indent), whole(content, indent).as_str(), ","]);
            if let Some(behind) = &entry.behind {
                out.extend([" ", behind]);
            }
            out.push('\n');
        }
    }
    out
}

/// A field or an item at the start of a line.
fn whole(content: &Content, indent: usize) -> String {
    match (&content.key, &content.value) {
        (Some(key), value) => {
            let before = indent + width(key) + 2;
            format!("{key}: {}", laid_out(value, indent, before, 1))
        }
        (None, value) => match overflowing(value, indent) {
            Some(lines) => lines,
            None => laid_out(value, indent, indent, 1),
        },
    }
}

/// An object of which only the last field is too long: the others stay on the first line.
fn overflowing(value: &Value, indent: usize) -> Option<String> {
    let Value::Object(entries) = value else { return None };
    if flat(value).is_some_and(|flat| indent + width(&flat) < WIDTH) {
        return None;
    }
    let (last, rest) = entries.split_last().filter(|(_, rest)| !rest.is_empty())?;
    let simple = |entry: &Entry| {
        entry.content.as_ref().is_some_and(|content| matches!(content.value, Value::Code(..)))
    };
    let Content { key: Some(key), value } = last.content.as_ref()? else { return None };
    let bare = last.comments.is_empty() && last.behind.is_none();
    if !bare || !has_entries(value) || !rest.iter().all(simple) {
        return None;
    }
    let head = format!("{{ {}, {key}: ", flat_entries(rest)?);
    let before = indent + width(&head);
    (before < WIDTH).then(|| format!("{head}{} }}", laid_out(value, indent, before, 3)))
}

/// A value whose first line begins behind `before` characters, and whose last is followed by `after`.
fn laid_out(value: &Value, indent: usize, before: usize, after: usize) -> String {
    if let Some(flat) = flat(value).filter(|flat| before + width(flat) + after <= WIDTH) {
        return flat;
    }
    match value {
        Value::Code(code, was) => moved(code, *was, indent),
        Value::Object(entries) => object(entries, indent),
        Value::List(entries) => match entries.as_slice() {
            [Entry { comments, content: Some(Content { value, .. }), behind: None, .. }]
                if comments.is_empty() && has_entries(value) =>
            {
                format!("[{}]", laid_out(value, indent, before + 1, after + 1))
            }
            [] => "[]".to_owned(),
            _ => format!("[\n{}{}]", lines(entries, indent + INDENT), blanks(indent)),
        },
        Value::Control(branches) => {
            let branches: Vec<_> = branches
                .iter()
                .map(|(head, entries)| format!("{head} {}", object(entries, indent)))
                .collect();
            branches.join(" ")
        }
    }
}

fn object(entries: &[Entry], indent: usize) -> String {
    if entries.is_empty() {
        return "{}".to_owned();
    }
    format!("{{\n{}{}}}", lines(entries, indent + INDENT), blanks(indent))
}

/// A value on one line, if nothing in it needs several.
fn flat(value: &Value) -> Option<String> {
    match value {
        Value::Code(code, _) => (!code.contains('\n')).then(|| code.clone()),
        Value::List(entries) => flat_entries(entries).map(|items| format!("[{items}]")),
        Value::Object(entries) => flat_object(entries),
        Value::Control(branches) => {
            let branches: Option<Vec<_>> = branches
                .iter()
                .map(|(head, entries)| Some(format!("{head} {}", flat_object(entries)?)))
                .collect();
            Some(branches?.join(" "))
        }
    }
}

fn flat_object(entries: &[Entry]) -> Option<String> {
    if entries.is_empty() {
        return Some("{}".to_owned());
    }
    flat_entries(entries).map(|fields| format!("{{ {fields} }}"))
}

fn flat_entries(entries: &[Entry]) -> Option<String> {
    let entries: Option<Vec<_>> = entries
        .iter()
        .map(|entry| {
            let Entry { comments, content: Some(Content { key, value }), behind: None, .. } = entry
            else {
                return None;
            };
            let value = flat(value).filter(|_| comments.is_empty())?;
            Some(key.as_ref().map_or_else(|| value.clone(), |key| format!("{key}: {value}")))
        })
        .collect();
    entries.map(|entries| entries.join(", "))
}

fn has_entries(value: &Value) -> bool {
    match value {
        Value::Object(entries) | Value::List(entries) => !entries.is_empty(),
        Value::Control(_) | Value::Code(..) => false,
    }
}

/// Code of several lines, moved to another column. A text of several lines must not change, so code with
/// one stays.
fn moved(code: &str, was: usize, indent: usize) -> String {
    let quotes = |line: &str| line.matches('"').count() % 2 == 1;
    if was == indent || code.lines().any(quotes) {
        return code.to_owned();
    }
    let lines = code.lines().enumerate().map(|(at, line)| {
        let inner = line.trim_start_matches(' ');
        if at == 0 || inner.is_empty() {
            return line.to_owned();
        }
        let now = (line.len() - inner.len() + indent).saturating_sub(was);
        format!("{}{inner}", blanks(now))
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn blanks(count: usize) -> String {
    " ".repeat(count)
}

fn width(text: &str) -> usize {
    text.chars().count()
}
