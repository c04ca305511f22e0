//! The document of an invocation as JSON, for tools.

use std::fmt::Write as _;

use proc_macro2::TokenStream;
use wa_message_rules::{
    names::Constant,
    table::{Object, Schema},
};

use crate::{
    diagnostic::Spot,
    tree::{Content, Item, Member, Tree},
};

/// Writes a document in the order of its table. What the program evaluates stands in double braces, as templates of
/// many languages have it, and what it repeats or leaves out stands there once.
pub(crate) fn written(root: &'static Object, tree: &Tree) -> String {
    let mut out = String::new();
    write(&mut out, tree, Some(Schema::Object(root)), 0);
    out.push('\n');
    out
}

fn write(out: &mut String, tree: &Tree, schema: Option<Schema>, depth: usize) {
    match &tree.content {
        Content::Failed | Content::Null => out.push_str("null"),
        Content::Boolean(value) => _ = write!(out, "{value}"),
        Content::Integer(value) => _ = write!(out, "{value}"),
        Content::Number(value) => _ = write!(out, "{value:?}"),
        Content::Text(text) | Content::AtLeast(text) => text_to(out, text),
        Content::Const(tokens) => text_to(out, &braced(&source(tokens))),
        Content::Expression(expression) => {
            open_to(out, &braced(&source(&expression.tokens)), schema, depth);
        }
        Content::Position => text_to(out, &braced("position")),
        Content::Object(members) => object_to(out, tree, members, schema, depth),
        Content::List(items) => {
            let inside = match schema {
                Some(Schema::List(list)) => Some(list.items),
                _ => None,
            };
            let mut is_empty = true;
            out.push('[');
            for tree in items.iter().flat_map(Item::trees) {
                line_to(out, &mut is_empty, depth + 1);
                write(out, tree, inside, depth + 1);
            }
            end_to(out, is_empty, depth, ']');
        }
    }
}

fn object_to(
    out: &mut String,
    tree: &Tree,
    members: &[Member],
    schema: Option<Schema>,
    depth: usize,
) {
    let objects: Vec<_> = match schema {
        Some(Schema::Object(object)) => object.chosen(|_, tag| tree.arm(tag)).collect(),
        _ => Vec::new(),
    };
    let mut is_empty = true;
    let mut name_to = |out: &mut String, name: &str| {
        line_to(out, &mut is_empty, depth + 1);
        text_to(out, name);
        out.push_str(": ");
    };
    out.push('{');
    // What can only have one value, nobody writes in the short form.
    for field in objects.iter().flat_map(|object| object.fields) {
        match field.constant().filter(|_| field.required && tree.member(field.name).is_none()) {
            None => {}
            Some(Constant::Text(value)) => {
                name_to(out, field.name);
                text_to(out, value);
            }
            Some(Constant::Integer(value)) => {
                name_to(out, field.name);
                _ = write!(out, "{value}");
            }
        }
    }
    // What is short comes first, as everybody writes it.
    let mut members: Vec<_> = members.iter().collect();
    members.sort_by_key(|member| {
        matches!(member.value.content, Content::Object(_) | Content::List(_))
            || objects.iter().any(|object| {
                let field = object.field(&member.name);
                field.is_some_and(|field| {
                    matches!(field.schema, Schema::Object(_) | Schema::List(_))
                })
            })
    });
    for member in members {
        name_to(out, &member.name);
        let field = objects.iter().find_map(|object| object.field(&member.name));
        write(out, &member.value, field.map(|field| field.schema), depth + 1);
    }
    end_to(out, is_empty, depth, '}');
}

/// Begins the line of a member or an item.
fn line_to(out: &mut String, is_empty: &mut bool, depth: usize) {
    out.push_str(if *is_empty { "\n" } else { ",\n" });
    *is_empty = false;
    out.extend(std::iter::repeat_n("  ", depth));
}

fn end_to(out: &mut String, is_empty: bool, depth: usize, bracket: char) {
    if !is_empty {
        out.push('\n');
        out.extend(std::iter::repeat_n("  ", depth));
    }
    out.push(bracket);
}

/// What the program evaluates. In the place of an object, it is most likely the text in it.
fn open_to(out: &mut String, braced: &str, schema: Option<Schema>, depth: usize) {
    let inside = match schema {
        Some(Schema::Object(object)) => object.natural_name().and_then(|name| object.field(name)),
        _ => None,
    };
    let Some(field) = inside else { return text_to(out, braced) };
    let mut is_empty = true;
    out.push('{');
    line_to(out, &mut is_empty, depth + 1);
    text_to(out, field.name);
    out.push_str(": ");
    open_to(out, braced, Some(field.schema), depth + 1);
    end_to(out, is_empty, depth, '}');
}

fn braced(tokens: &str) -> String {
    format!("{{{{{tokens}}}}}")
}

/// Tokens as they were written, where that is known.
fn source(tokens: &TokenStream) -> String {
    let Spot { start, end } = Spot::over(tokens);
    let written = start.join(end).and_then(|span| span.source_text());
    written.unwrap_or_else(|| tokens.to_string())
}

fn text_to(out: &mut String, text: &str) {
    out.push('"');
    for found in text.chars() {
        match found {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            found if found < ' ' => _ = write!(out, "\\u{:04x}", u32::from(found)),
            found => out.push(found),
        }
    }
    out.push('"');
}
