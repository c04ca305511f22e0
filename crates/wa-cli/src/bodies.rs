//! Request bodies in files: whole files, lines, requests, blocks of Markdown, and texts in other JSON.

mod http;
mod jsonl;
mod markdown;

use std::{ops::Range, path::Path};

use crate::json::{Content, Document, Style, Tree, Unescaped};

/// How a file holds bodies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// One JSON value. Postman's collections are among them.
    Json,
    /// JSON with comments.
    Relaxed,
    /// A JSON value on each line.
    Lines,
    /// Requests as editors send them.
    Http,
    /// Markdown with blocks of code.
    Markdown,
}

/// The endings of templates that make other files.
const TEMPLATES: [&str; 10] =
    ["j2", "jinja", "jinja2", "hbs", "mustache", "tmpl", "liquid", "erb", "ejs", "twig"];

impl Form {
    /// The form of a file with this ending, if it is one that is read.
    pub(crate) fn of(ending: &str) -> Option<Self> {
        Some(match ending.to_ascii_lowercase().as_str() {
            "json" => Self::Json,
            "jsonc" | "json5" => Self::Relaxed,
            "jsonl" | "ndjson" => Self::Lines,
            "http" | "rest" => Self::Http,
            "md" | "markdown" => Self::Markdown,
            _ => return None,
        })
    }

    /// The form of a file by its name.
    pub(crate) fn of_file(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?;
        Self::of(ending).or_else(|| {
            // The ending of the language of templates stands behind that of what is made: `order.json.j2`.
            let made = Path::new(path.file_stem()?).extension()?.to_str()?;
            let is_template = TEMPLATES.contains(&ending.to_ascii_lowercase().as_str());
            Self::of(made).filter(|form| is_template && *form == Self::Json)
        })
    }

    /// The form of a file that holds messages and nothing else, or the macro, of which this is the text.
    pub(crate) fn of_messages(path: &Path, text: &str) -> Option<Self> {
        match Self::of_file(path) {
            None | Some(Self::Json) => {
                text.trim_start().starts_with(['{', '[']).then_some(Self::Json)
            }
            form => form,
        }
    }

    /// Whether all JSON in it is meant. Requests and text have other JSON too.
    pub(crate) fn is_all(self) -> bool {
        matches!(self, Self::Json | Self::Relaxed | Self::Lines)
    }

    /// The pieces of JSON in a file of this form.
    fn pieces(self, text: &str) -> Vec<Piece> {
        match self {
            Self::Json => vec![Piece::whole(text, Style::default())],
            Self::Relaxed => vec![Piece::whole(text, Style { is_relaxed: true, may_go_on: false })],
            Self::Lines => jsonl::pieces(text),
            Self::Http => http::pieces(text),
            Self::Markdown => markdown::pieces(text),
        }
    }
}

/// A part of a file that is one JSON text.
#[derive(Debug, PartialEq)]
struct Piece {
    bytes: Range<usize>,
    style: Style,
}

impl Piece {
    fn whole(text: &str, style: Style) -> Self {
        Self { bytes: 0..text.len(), style }
    }
}

/// The member by which a body is known, and what it holds.
const MARK: (&str, &str) = ("messaging_product", "whatsapp");

/// Members of answers and webhooks, which have that mark too and are no requests.
const OF_OTHERS: [&str; 3] = ["messages", "metadata", "statuses"];

/// Somebody who is handed the bodies of a file.
pub(crate) trait Visit {
    /// A body, with the places of its bytes in the file.
    fn body(&mut self, body: &Tree<'_>, places: &Places<'_>);
    /// Something that is no JSON.
    fn broken(&mut self, bytes: Range<usize>, because: &str);
}

/// Hands on the bodies in a file. With `all`, each JSON value is one, and otherwise what says that it is.
pub(crate) fn visit(text: &str, form: Form, all: bool, visitor: &mut dyn Visit) {
    // Most files have nothing to do with us, and need not be read as JSON.
    if !all && !text.contains(MARK.0) {
        return;
    }
    for Piece { bytes, style } in form.pieces(text) {
        let places = Places::Shifted(bytes.start);
        value(&text[bytes], style, all, &places, visitor);
    }
}

/// Hands on the bodies in a JSON text.
fn value(text: &str, style: Style, all: bool, places: &Places<'_>, visitor: &mut dyn Visit) {
    if !all && !text.contains(MARK.0) {
        return;
    }
    let document = Document::new(text, style);
    for (span, because) in &document.broken {
        visitor.broken(places.of(span.range()), because);
    }
    if document.is_doubtful {
        // It is one, and nothing is known of it.
        visitor.body(&document.root, places);
    } else if all {
        for root in document.root.choices() {
            let items = root.items();
            let bodies = if items.is_empty() { std::slice::from_ref(root) } else { items };
            for body in bodies {
                visitor.body(body, places);
            }
        }
    } else {
        marked(&document.root, text, places, visitor);
    }
}

/// Hands on what says that it is a body, however deep it lies, and looks into texts too, as tools keep requests.
fn marked(tree: &Tree<'_>, text: &str, places: &Places<'_>, visitor: &mut dyn Visit) {
    match &tree.content {
        Content::Object(members) => {
            let (name, value) = MARK;
            let is_mark = |found: &Tree<'_>| match &found.content {
                Content::Text(found) => found.eq_ignore_ascii_case(value),
                Content::Unknown => true,
                _ => false,
            };
            let is_marked = tree.get(name).is_some_and(|found| found.choices().iter().any(is_mark));
            if is_marked && !OF_OTHERS.iter().any(|name| tree.get(name).is_some()) {
                return visitor.body(tree, places);
            }
            for (_, member) in &members.all {
                marked(member, text, places, visitor);
            }
        }
        Content::List { items, .. } => {
            for item in items {
                marked(item, text, places, visitor);
            }
        }
        Content::OneOf { all, .. } => {
            for choice in all {
                marked(choice, text, places, visitor);
            }
        }
        // The text as it stands in the file, because the meaning has no placeholders any more.
        Content::Text(_) | Content::Around(_) if text[tree.span.range()].contains(MARK.0) => {
            let range = tree.span.range();
            let unescaped = Unescaped::new(&text[range.start + 1..range.end - 1]);
            if let Some(behind) = before_json(&unescaped.text) {
                let start = range.start + 1;
                let inside = Places::Inside { outer: places, start, unescaped: &unescaped, behind };
                value(&unescaped.text[behind..], Style::default(), false, &inside, visitor);
            }
        }
        _ => {}
    }
}

/// How much stands before JSON in a text, if there is any: space, and the sign by which some tools mark expressions.
fn before_json(text: &str) -> Option<usize> {
    let json = text.trim_start_matches(|found: char| found.is_whitespace() || found == '=');
    json.starts_with(['{', '[']).then(|| text.len() - json.len())
}

/// Where the bytes of a JSON text stand in its file.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Places<'p> {
    /// Behind so many others.
    Shifted(usize),
    /// In a text of another JSON text, with escapes, behind so many bytes of its meaning.
    Inside { outer: &'p Places<'p>, start: usize, unescaped: &'p Unescaped, behind: usize },
}

impl Places<'_> {
    /// The bytes in the file.
    pub(crate) fn of(&self, bytes: Range<usize>) -> Range<usize> {
        self.at(bytes.start)..self.at(bytes.end)
    }

    fn at(&self, at: usize) -> usize {
        match self {
            Self::Shifted(start) => start + at,
            Self::Inside { outer, start, unescaped, behind } => {
                outer.at(start + unescaped.outer(behind + at))
            }
        }
    }
}
