//! Writes a page with an example of every kind of message: `cargo run -p wa-preview --example gallery -- page.html`.
//! A second argument chooses one of its parts: `sent`, `filled`, `special` or `received`.
#![allow(clippy::unwrap_used)]

#[path = "../tests/common/mod.rs"]
mod common;

use wa_message::preview::{Html, draw_json, draw_json_with, draw_received};

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().unwrap_or_else(|| "gallery.html".to_owned());
    let part = arguments.next().unwrap_or_default();
    let templates = common::templates();
    let parts: [(&str, Vec<Html>); 4] = [
        ("sent", common::sent().iter().map(|(_, json)| draw_json(json)).collect()),
        (
            "filled",
            common::filled().iter().map(|(_, json)| draw_json_with(json, &templates)).collect(),
        ),
        ("special", common::special().iter().map(|(_, json)| draw_json(json)).collect()),
        ("received", common::received().iter().map(|(_, json)| draw_received(json)).collect()),
    ];
    let chosen = parts.into_iter().filter(|(name, _)| part.is_empty() || *name == part);
    let all: Html = chosen.flat_map(|(_, messages)| messages).collect();
    std::fs::write(path, all.page().as_str())
}
