//! From tokens to fields and items, with the comments around them.
//!
//! The language has two more readers of the same grammar, because each asks for something else: `parse` of
//! `wa-message-dsl` for a tree and every error, `editor/written.rs` for what is half typed. Neither keeps comments.

use super::tokens::{Is, Tokens};

/// A field or an item, or comments behind the last one.
#[derive(Debug)]
pub(super) struct Entry {
    /// Whether a blank line stands before it.
    pub(super) apart: bool,
    /// The comments on lines before it.
    pub(super) comments: Vec<String>,
    pub(super) content: Option<Content>,
    /// The comment behind it.
    pub(super) behind: Option<String>,
}

#[derive(Debug)]
pub(super) struct Content {
    /// The name of a field.
    pub(super) key: Option<String>,
    pub(super) value: Value,
}

/// A value as it is laid out.
#[derive(Debug)]
pub(super) enum Value {
    Object(Vec<Entry>),
    List(Vec<Entry>),
    /// `for` and `if`: what stands before each object, and the object.
    Control(Vec<Branch>),
    /// An expression, which is left as it is. The lines behind the first were so far to the right.
    Code(String, usize),
}

type Read<T> = Result<T, &'static str>;
/// What stands before an object, and the object.
type Branch = (String, Vec<Entry>);

const COMMENT: &str = "a comment stands inside of a field";
const NO_FIELD: &str = "there is something that is no field";

/// The fields between two tokens.
pub(super) fn fields(tokens: &Tokens<'_>, from: usize, to: usize) -> Read<Vec<Entry>> {
    entries(tokens, from, to, field)
}

fn items(tokens: &Tokens<'_>, from: usize, to: usize) -> Read<Vec<Entry>> {
    entries(tokens, from, to, |tokens, from, to| {
        Ok(Content { key: None, value: item(tokens, from, to)? })
    })
}

fn entries(
    tokens: &Tokens<'_>,
    from: usize,
    to: usize,
    read: impl Fn(&Tokens<'_>, usize, usize) -> Read<Content>,
) -> Read<Vec<Entry>> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut at = from;
    while at < to {
        let apart = !entries.is_empty() && tokens.before(at).matches('\n').count() > 1;
        let mut comments = Vec::new();
        while at < to && tokens.is(at, Is::Comment) {
            comments.push(tokens.text(at, at + 1).to_owned());
            at += 1;
        }
        if at == to {
            entries.push(Entry { apart, comments, content: None, behind: None });
            break;
        }
        let mut end = end_of_entry(tokens, at, to);
        if end == to {
            // There is no comma, and comments at the end are behind the entry.
            while tokens.is(end - 1, Is::Comment) {
                end -= 1;
            }
        }
        let content = Some(read(tokens, at, end)?);
        at = if tokens.is(end, Is::Comma) { end + 1 } else { end };
        let mut behind = None;
        // What stands in the same line belongs to the entry.
        if at < to && tokens.is(at, Is::Comment) && !tokens.before(at).contains('\n') {
            behind = Some(tokens.text(at, at + 1).to_owned());
            at += 1;
        }
        entries.push(Entry { apart, comments, content, behind });
    }
    Ok(entries)
}

/// The comma behind an entry, or the end.
fn end_of_entry(tokens: &Tokens<'_>, from: usize, to: usize) -> usize {
    let mut at = from;
    while at < to && !tokens.is(at, Is::Comma) {
        at = match tokens.get(at).map(|token| token.is) {
            Some(Is::Open(_)) => tokens.closing(at).map_or(to, |close| close + 1),
            _ => at + 1,
        };
    }
    at.min(to)
}

fn field(tokens: &Tokens<'_>, from: usize, to: usize) -> Read<Content> {
    if !tokens.is(from, Is::Name) && !tokens.is(from, Is::Text) {
        return Err(NO_FIELD);
    }
    let name = tokens.text(from, from + 1).to_owned();
    if from + 1 == to {
        return Ok(Content { key: None, value: Value::Code(name, 0) });
    }
    if !tokens.is(from + 1, Is::Colon) || from + 2 == to {
        return Err(if tokens.is(from + 1, Is::Comment) { COMMENT } else { NO_FIELD });
    }
    Ok(Content { key: Some(name), value: value(tokens, from + 2, to)? })
}

fn item(tokens: &Tokens<'_>, from: usize, to: usize) -> Read<Value> {
    match tokens.text(from, from + 1) {
        "for" => match last_object(tokens, from, to) {
            Some(open) => Ok(Value::Control(vec![branch(tokens, from, open, to)?])),
            None => value(tokens, from, to),
        },
        "if" => match branches(tokens, from, to)? {
            Some(branches) => Ok(Value::Control(branches)),
            None => value(tokens, from, to),
        },
        _ => value(tokens, from, to),
    }
}

fn value(tokens: &Tokens<'_>, from: usize, to: usize) -> Read<Value> {
    if has_comment(tokens, from, to) {
        return Err(COMMENT);
    }
    if is_group(tokens, from, to) {
        if tokens.is(from, Is::Open('{')) {
            return fields(tokens, from + 1, to - 1).map(Value::Object);
        }
        if tokens.is(from, Is::Open('[')) {
            return items(tokens, from + 1, to - 1).map(Value::List);
        }
    }
    Ok(Value::Code(tokens.text(from, to).to_owned(), tokens.indent(from)))
}

/// Whether a comment stands between the parts of a value, and not in brackets of it.
fn has_comment(tokens: &Tokens<'_>, from: usize, to: usize) -> bool {
    let mut at = from;
    while at < to {
        at = match tokens.get(at).map(|token| token.is) {
            Some(Is::Comment) => return true,
            Some(Is::Open(_)) => tokens.closing(at).map_or(to, |close| close + 1),
            _ => at + 1,
        };
    }
    false
}

fn is_group(tokens: &Tokens<'_>, from: usize, to: usize) -> bool {
    matches!(tokens.get(from).map(|token| token.is), Some(Is::Open('{' | '[')))
        && tokens.closing(from) == to.checked_sub(1)
}

/// The opening brace of the object that ends an item.
fn last_object(tokens: &Tokens<'_>, from: usize, to: usize) -> Option<usize> {
    (from..to).find(|at| tokens.is(*at, Is::Open('{')) && tokens.closing(*at) == Some(to - 1))
}

fn branch(tokens: &Tokens<'_>, from: usize, open: usize, to: usize) -> Read<Branch> {
    let head = tokens.text(from, open);
    if head.contains('\n') || (from..open).any(|at| tokens.is(at, Is::Comment)) {
        return Err("the head of a loop or a condition has several lines or a comment");
    }
    Ok((head.to_owned(), fields(tokens, open + 1, to - 1)?))
}

/// `if condition { .. } else if condition { .. } else { .. }`
fn branches(tokens: &Tokens<'_>, from: usize, to: usize) -> Read<Option<Vec<Branch>>> {
    let mut branches = Vec::new();
    let (mut start, mut at) = (from, from);
    while at < to {
        let Some(Is::Open(bracket)) = tokens.get(at).map(|token| token.is) else {
            at += 1;
            continue;
        };
        let Some(close) = tokens.closing(at) else { return Ok(None) };
        let ends = close + 1 == to || tokens.text(close + 1, close + 2) == "else";
        if bracket == '{' && ends {
            branches.push(branch(tokens, start, at, close + 1)?);
            start = close + 1;
        }
        at = close + 1;
    }
    Ok((start == to).then_some(branches))
}
