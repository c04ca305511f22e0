//! The documentation of a function: the template as it is written.

use wa_message_rules::definition::{Definition, Layout};

/// The lines that say why a language has no function.
pub(super) fn without(definition: &Definition, because: &str) -> [String; 2] {
    let language = line(definition.language());
    [String::new(), format!(" `{language}` has no function: {}.", line(because))]
}

/// A text on one line.
pub(super) fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The lines of the documentation of a function.
pub(super) fn of(definition: &Definition) -> Vec<String> {
    let mut lines = vec![format!(" Makes a message from {}.", titled(definition)), String::new()];
    whole(&mut lines, definition);
    lines.extend([
        String::new(),
        " # Errors".to_owned(),
        String::new(),
        " If a value breaks a rule of the API.".to_owned(),
    ]);
    lines
}

/// The lines of the documentation of the struct with the variables.
pub(super) fn of_variables(definition: &Definition) -> Vec<String> {
    let mut lines = vec![format!(" The variables of {}.", titled(definition)), String::new()];
    whole(&mut lines, definition);
    lines
}

/// A template by its name and language.
fn titled(definition: &Definition) -> String {
    format!("`{}` ({})", line(definition.name()), line(definition.language()))
}

/// The text of a template with all of its parts.
fn whole(lines: &mut Vec<String>, definition: &Definition) {
    lines.push(" ```text".to_owned());
    layout(lines, definition.layout());
    for (index, card) in definition.cards().into_iter().flatten().enumerate() {
        lines.push(format!(" card {index}:"));
        layout(lines, card);
    }
    lines.push(" ```".to_owned());
}

fn layout(lines: &mut Vec<String>, layout: &Layout) {
    if let Some(header) = layout.header() {
        match (header.words(), header.format()) {
            (Some(words), _) => text(lines, words.text()),
            (None, Some(format)) => lines.push(format!(" [{}]", format.says)),
            (None, None) => {}
        }
    }
    if let Some(words) = layout.body() {
        text(lines, words.text());
    }
    if let Some(footer) = layout.footer() {
        text(lines, footer);
    }
    for (index, button) in layout.buttons().iter().enumerate() {
        let says = button.kind().map_or("a button", |kind| kind.says);
        let label = button.text().unwrap_or_default();
        let address = button.words().map(|words| format!(" {}", words.text())).unwrap_or_default();
        text(lines, &format!("[{index}] {label} ({says}){address}"));
    }
}

/// A text of the template. Nothing in it ends the block that it stands in.
fn text(lines: &mut Vec<String>, text: &str) {
    lines.extend(text.lines().map(|line| format!(" {}", line.replace("```", "'''"))));
}
