//! The language as plain text, for readers that are programs.

use std::fmt::Write;

use wa_message_rules::table::{Kind, Object};
use wa_message_spec::tables::KINDS;

use crate::{
    fields::{Fields, Row, reachable},
    limits::{kind_of, limits, natural},
    pages::{Page, prefixed},
    sources::{Entry, Sources},
};

const HEAD: &str = "\
# wa-message

> A Rust library for the messages endpoint of the WhatsApp Cloud API. The macro `wa_message!` writes a
> message, and the compiler checks every field, limit and rule that is known of the API.

This file is the reference of the language in plain text: first what may be written, then each kind with an
example, its fields and their limits. `!` marks a field that has to be given.
";

/// `llms.txt`
pub(crate) fn page(sources: &Sources) -> Page {
    let mut out = format!("{HEAD}\n{}\n\n## Kinds\n", language(&sources.language));
    for kind in KINDS {
        let _ = write!(out, "\n### <{}>\n\n{}\n\n", kind.name, kind.description);
        if let Some(example) = sources.examples.iter().find(|example| example.kind == kind.name) {
            let _ = write!(out, "```rust\n{}\n```\n\n", example.dsl);
        }
        out.push_str(&fields(kind));
    }
    out.push_str("\n## Objects\n");
    let mut seen: Vec<*const Object> = Vec::new();
    for object in KINDS.iter().flat_map(|kind| reachable(&Fields::of_kind(kind))) {
        if !seen.contains(&std::ptr::from_ref(object)) {
            seen.push(object);
            out.push_str(&of_object(object));
        }
    }
    out.push_str("\n## Rules\n\n");
    for entry in &sources.rules {
        if let Entry::Rule(rule) = entry {
            let _ = writeln!(out, "- {}: {}", rule.number, rule.text);
        }
    }
    Page { path: "llms.txt".to_owned(), text: out }
}

/// The page of the language, a level deeper, without links and hidden lines.
fn language(page: &str) -> String {
    let mut out = Vec::new();
    let mut code = None;
    for line in page.trim().lines() {
        if let Some(language) = line.strip_prefix("```") {
            code = match code {
                None => Some(language.starts_with("rust")),
                Some(_) => None,
            };
            out.push(line.replace("rust,no_run", "rust").replace("rust,ignore", "rust"));
        } else if code == Some(true) && (line.starts_with("# ") || line == "#") {
            // Hidden in the documentation too.
        } else if code.is_none() && line.starts_with('#') {
            out.push(format!("#{line}"));
        } else if code.is_none() {
            out.push(without_links(line));
        } else {
            out.push(line.to_owned());
        }
    }
    out.join("\n")
}

/// `[text](target)` becomes `text`.
fn without_links(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some(at) = rest.find("](") {
        let Some(open) = rest[..at].rfind('[') else { break };
        let Some(close) = rest[at..].find(')') else { break };
        out.push_str(&rest[..open]);
        out.push_str(&rest[open + 1..at]);
        rest = &rest[at + close + 1..];
    }
    out + rest
}

fn fields(kind: &'static Kind) -> String {
    rows(&Fields::of_kind(kind))
}

fn of_object(object: &'static Object) -> String {
    let mut out = format!("\n### {}\n\n{}\n", object.label, object.description);
    if natural(object).is_some()
        && let Some(name) = object.natural
    {
        let _ = writeln!(out, "A bare value stands for its `{name}`.");
    }
    let fields = Fields::of(object);
    let _ = write!(out, "\n{}", rows(&fields));
    for arm in fields.open.into_iter().flat_map(|tag| tag.arms) {
        let inner = Fields::of_arm(arm);
        let _ = writeln!(out, "- as `{}`: {}", arm.value, arm.object.description);
        out.push_str(&indented(&rows(&inner)));
        for further in inner.open.into_iter().flat_map(|tag| tag.arms) {
            let _ = writeln!(out, "  - as `{}`: {}", further.value, further.object.description);
            out.push_str(&indented(&indented(&rows(&Fields::of_arm(further)))));
        }
    }
    out
}

fn rows(fields: &Fields) -> String {
    fields.rows.iter().filter(|row| row.by_name.is_empty()).map(line).collect()
}

fn line(row: &Row) -> String {
    let mark = if row.required { "!" } else { "" };
    let kind = kind_of(row.is, false);
    let limits = limits(row.is);
    let limits = if limits.is_empty() { limits } else { format!(" ({limits})") };
    format!("- `{}`{mark}: {kind}{limits}. {}\n", row.name, row.what.replace('\n', " "))
}

fn indented(lines: &str) -> String {
    prefixed("  ", lines)
}
