//! The layout of an invocation, which the manual describes: what fits stands on one line, and the rest has
//! a line for each entry.

use super::scalar;

/// The greatest number of characters of a line.
const WIDTH: usize = 100;
const INDENT: usize = 4;

/// A value to be written.
#[derive(Clone)]
pub(super) enum Written {
    Text(String),
    Number(String),
    Boolean(&'static str),
    Raw(&'static str),
    List(Vec<Written>),
    Object(Vec<(String, Written)>),
}

impl Written {
    /// Whether it can stand in the place of an object.
    pub(super) fn is_scalar(&self) -> bool {
        matches!(self, Self::Text(_) | Self::Number(_) | Self::Boolean(_))
    }

    fn has_entries(&self) -> bool {
        match self {
            Self::List(items) => !items.is_empty(),
            Self::Object(fields) => !fields.is_empty(),
            _ => false,
        }
    }

    fn flat(&self) -> String {
        match self {
            Self::Text(text) => scalar::text(text),
            Self::Number(number) => number.clone(),
            Self::Boolean(word) | Self::Raw(word) => (*word).to_owned(),
            Self::List(items) => {
                let items: Vec<_> = items.iter().map(Self::flat).collect();
                format!("[{}]", items.join(", "))
            }
            Self::Object(fields) if fields.is_empty() => "{}".to_owned(),
            Self::Object(fields) => format!("{{ {} }}", flat_fields(fields)),
        }
    }
}

/// An invocation in the short form.
pub(super) fn short(kind: &str, fields: &[(String, Written)]) -> String {
    let flat = format!("wa_message! {{ <{kind}> {} }}", flat_fields(fields));
    if width(&flat) <= WIDTH {
        return flat;
    }
    format!("wa_message! {{ <{kind}>\n{}}}", field_lines(fields, INDENT))
}

/// An invocation in the wire form.
pub(super) fn wire(document: &Written) -> String {
    format!("wa_message!({})", laid_out(document, 0, "wa_message!(".len(), 1))
}

/// A value whose first line begins behind `before` characters, and whose last is followed by `after`.
fn laid_out(value: &Written, indent: usize, before: usize, after: usize) -> String {
    let flat = value.flat();
    if before + width(&flat) + after <= WIDTH || !value.has_entries() {
        return flat;
    }
    match value {
        Written::Object(fields) => {
            format!("{{\n{}{}}}", field_lines(fields, indent + INDENT), blanks(indent))
        }
        Written::List(items) => match items.as_slice() {
            [only] if only.has_entries() => {
                format!("[{}]", laid_out(only, indent, before + 1, after + 1))
            }
            _ => {
                let inside = blanks(indent + INDENT);
                let items = items
                    .iter()
                    .map(|item| format!("{inside}{},\n", item_lines(item, indent + INDENT)));
                format!("[\n{}{}]", items.collect::<String>(), blanks(indent))
            }
        },
        _ => flat,
    }
}

/// An item on lines of its own. If its last field alone is too long, the others stay on the first line.
fn item_lines(item: &Written, indent: usize) -> String {
    if let Written::Object(fields) = item
        && let Some(((name, last), rest)) = fields.split_last()
        && !rest.is_empty()
        && indent + width(&item.flat()) + 1 > WIDTH
        && last.has_entries()
        && !rest.iter().any(|(_, value)| value.has_entries())
    {
        let head = format!("{{ {}, {}: ", flat_fields(rest), scalar::name(name));
        let before = indent + width(&head);
        if before < WIDTH {
            return format!("{head}{} }}", laid_out(last, indent, before, 3));
        }
    }
    laid_out(item, indent, indent, 1)
}

fn field_lines(fields: &[(String, Written)], indent: usize) -> String {
    let lines = fields.iter().map(|(name, value)| {
        let name = scalar::name(name);
        let before = indent + width(&name) + 2;
        format!("{}{name}: {},\n", blanks(indent), laid_out(value, indent, before, 1))
    });
    lines.collect()
}

fn flat_fields(fields: &[(String, Written)]) -> String {
    let fields: Vec<_> = fields
        .iter()
        .map(|(name, value)| format!("{}: {}", scalar::name(name), value.flat()))
        .collect();
    fields.join(", ")
}

fn blanks(count: usize) -> String {
    " ".repeat(count)
}

fn width(text: &str) -> usize {
    text.chars().count()
}
