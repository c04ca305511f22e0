//! JSON as a person would write it: what fits on a line stands on one.

use std::fmt::Write;

use serde_json::Value;

/// The longest line, in characters.
const WIDTH: usize = 100;

/// Writes a value. What does not fit on a line has a line for each member or item.
pub(crate) fn compact(value: &Value) -> String {
    let mut out = String::new();
    write(&mut out, value, 0, 0);
    out
}

/// Writes a value that begins behind so many characters, in lines that are indented by so many.
fn write(out: &mut String, value: &Value, indent: usize, before: usize) {
    let line = on_a_line(value);
    if before + line.chars().count() <= WIDTH {
        return out.push_str(&line);
    }
    let pad = " ".repeat(indent + 2);
    match value {
        Value::Object(members) => {
            out.push_str("{\n");
            for (at, (name, member)) in members.iter().enumerate() {
                let name = format!("{pad}{}: ", Value::from(name.as_str()));
                out.push_str(&name);
                write(out, member, indent + 2, name.chars().count() + 1);
                out.push_str(if at + 1 < members.len() { ",\n" } else { "\n" });
            }
            let _ = write!(out, "{}}}", " ".repeat(indent));
        }
        Value::Array(items) => {
            out.push_str("[\n");
            for (at, item) in items.iter().enumerate() {
                out.push_str(&pad);
                write(out, item, indent + 2, pad.len() + 1);
                out.push_str(if at + 1 < items.len() { ",\n" } else { "\n" });
            }
            let _ = write!(out, "{}]", " ".repeat(indent));
        }
        _ => out.push_str(&line),
    }
}

fn on_a_line(value: &Value) -> String {
    match value {
        Value::Object(members) if !members.is_empty() => {
            let members = members.iter().map(|(name, member)| {
                format!("{}: {}", Value::from(name.as_str()), on_a_line(member))
            });
            format!("{{ {} }}", members.collect::<Vec<_>>().join(", "))
        }
        Value::Array(items) => {
            let items: Vec<_> = items.iter().map(on_a_line).collect();
            format!("[{}]", items.join(", "))
        }
        other => other.to_string(),
    }
}
