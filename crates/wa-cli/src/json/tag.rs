//! Tags of templates, which say what is there and give no value themselves: conditions, loops, comments.

use super::percent;

/// What a placeholder is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag<'t> {
    /// It gives a value, or any number of members or items.
    Value,
    /// It gives nothing: a comment.
    Nothing,
    /// The beginning of a block: `{% if x %}`, `{{#each rows}}`, `{{range .Rows}}`.
    Opens {
        name: &'t str,
        /// Whether it has an end for certain. Languages have tags of their own, with one and without.
        is_block: bool,
    },
    /// `{% else %}`
    Between,
    /// `{% endif %}`, `{{/each}}`, or `{{end}}` for whatever is open.
    Closes(&'t str),
    /// A statement that may give anything: `{% include "rows" %}`.
    Alone,
}

/// What stands between the parts of a block.
const BETWEEN: [&str; 7] = ["else", "elif", "elseif", "elsif", "when", "empty", "plural"];

/// What begins no block.
const ALONE: [&str; 12] = [
    "include", "import", "from", "extends", "do", "assign", "load", "render", "echo", "cycle",
    "break", "continue",
];

/// What begins a block in Go.
const OF_GO: [&str; 5] = ["if", "range", "with", "block", "define"];

impl<'t> Tag<'t> {
    /// What a placeholder is for. The words of Go, such as `{{end}}`, are names of values in other languages, and count
    /// where a block of Go may be open.
    pub(super) fn of(placeholder: &'t str, may_be_go: bool) -> Self {
        if placeholder.starts_with("{#") {
            return Self::Nothing;
        }
        if let Some(inside) = inside(placeholder, "{%", "%}") {
            return Self::of_statement(inside);
        }
        if let Some(inside) = placeholder.strip_prefix("<%") {
            return Self::of_code(inside.strip_suffix(percent::CLOSE).unwrap_or(inside));
        }
        inside(placeholder, "{{", "}}")
            .map_or(Self::Value, |inside| Self::of_braces(inside, may_be_go))
    }

    /// `{% .. %}`
    fn of_statement(inside: &'t str) -> Self {
        let name = word(inside);
        if name.is_empty() && inside.starts_with('#') {
            return Self::Nothing;
        }
        match name.strip_prefix("end") {
            Some(closed) => Self::Closes(closed),
            None if BETWEEN.contains(&name) => Self::Between,
            None if name.is_empty() || ALONE.contains(&name) => Self::Alone,
            // `set` has an end in its long form alone.
            None => Self::Opens { name, is_block: name != "set" },
        }
    }

    /// `{{ .. }}`
    fn of_braces(inside: &'t str, may_be_go: bool) -> Self {
        let name = word(inside);
        let arguments = inside[name.len()..].trim();
        let named = |mark: char| {
            inside
                .strip_prefix(mark)
                .map(|rest| word(rest.trim_start_matches(['*', '>', '^', ' '])))
        };
        if inside.starts_with('!') || inside.starts_with("/*") {
            Self::Nothing
        } else if let Some(name) = named('#') {
            Self::Opens { name, is_block: true }
        } else if let Some(name) = named('/') {
            Self::Closes(name)
        } else if let Some(name) = named('^') {
            if name.is_empty() { Self::Between } else { Self::Opens { name, is_block: true } }
        } else if name == "else" {
            Self::Between
        } else if OF_GO.contains(&name) && !arguments.is_empty() {
            Self::Opens { name: "", is_block: true }
        } else if may_be_go && name == "end" && arguments.is_empty() {
            Self::Closes("")
        } else if inside.starts_with('$') && (inside.contains(":=") || inside.contains(" = ")) {
            Self::Alone
        } else {
            Self::Value
        }
    }

    /// Whether a name closes a block of another.
    pub(super) fn fits(closed: &str, opened: &str) -> bool {
        closed.is_empty() || closed == opened
    }
}

/// What stands between the marks, without the signs that ask for less space around it.
fn inside<'t>(placeholder: &'t str, open: &str, close: &str) -> Option<&'t str> {
    let inside = placeholder.strip_prefix(open)?;
    let inside = inside.strip_suffix(close).unwrap_or(inside);
    let signs = ['-', '~', '+', '{'];
    Some(inside.trim_start_matches(signs).trim_end_matches(['-', '~', '+', '}']).trim())
}

/// The word that a text begins with.
fn word(text: &str) -> &str {
    let end = text.find(|found: char| !found.is_alphanumeric() && !"_.@-".contains(found));
    &text[..end.unwrap_or(text.len())]
}
