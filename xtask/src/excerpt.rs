//! Errors for people: the lines of the description that an error is about.

use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use crate::{
    error::{Error, Hints, Place},
    yaml::{self, Node, Span, Value},
};

/// How an error is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// Letters alone.
    Plain,
    /// With colours, as ANSI escape codes.
    Coloured,
}

/// An error with the lines it is about, or several of them. It ends in a line break.
#[must_use]
pub fn render(error: &Error, look: Look) -> String {
    let renderer = match look {
        Look::Plain => Renderer::plain(),
        Look::Coloured => Renderer::styled(),
    };
    let mut shown = String::new();
    for group in groups(error) {
        shown += &renderer.render(&[group]);
        shown += "\n\n";
    }
    shown.truncate(shown.trim_end().len());
    shown + "\n"
}

fn groups(error: &Error) -> Vec<Group<'_>> {
    match error {
        Error::In { path, text, error } => {
            let file = File { path: path.display().to_string(), text, tree: yaml::read(text).ok() };
            let errors = match &**error {
                Error::Several(errors) => errors.as_slice(),
                only => std::slice::from_ref(only),
            };
            let mut groups: Vec<_> = errors.iter().map(|error| file.group(error)).collect();
            if errors.len() > 1 {
                let title = format!("{} errors in {}", errors.len(), file.path);
                groups.push(Group::with_title(Level::ERROR.primary_title(title)));
            }
            groups
        }
        Error::Several(errors) => errors.iter().flat_map(groups).collect(),
        other => vec![bare(other)],
    }
}

/// An error without an excerpt, with what it comes from.
fn bare(error: &Error) -> Group<'_> {
    let mut group = Group::with_title(Level::ERROR.primary_title(error.to_string()));
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        group = group.element(Level::NOTE.message(format!("caused by: {cause}")));
        source = cause.source();
    }
    group
}

/// A file that an error is about.
struct File<'t> {
    path: String,
    text: &'t str,
    tree: Option<Node>,
}

impl<'t> File<'t> {
    fn group(&self, error: &'t Error) -> Group<'t> {
        match error {
            Error::Yaml { message, position } => self.of_yaml(message, *position),
            Error::Description { place, message, hints } => self.of_place(place, message, hints),
            other => bare(other).element(Origin::path(self.path.clone())),
        }
    }

    fn of_yaml(&self, message: &str, position: Option<(usize, usize)>) -> Group<'t> {
        let title = "the description is not valid YAML";
        let Some(start) = position else {
            let title = Level::ERROR.primary_title(format!("{title}: {message}"));
            return title.element(Origin::path(self.path.clone()));
        };
        // The reader of YAML ends its messages with the position, which the excerpt shows.
        let message = message.split(" at byte ").next().unwrap_or(message).to_owned();
        let at = self.offset(start);
        let end = self.text[at..].chars().next().map_or(at, |found| at + found.len_utf8());
        let title = Level::ERROR.primary_title(title);
        title.element(self.snippet(at..end, vec![primary(at..end, Some(message))]))
    }

    fn of_place(&self, place: &Place, message: &'t str, hints: &'t Hints) -> Group<'t> {
        let group = Level::ERROR.primary_title(message);
        let node = self.tree.as_ref().and_then(|tree| tree.at(&place.pointer));
        let mut group = match node {
            None => group.element(Origin::path(self.path.clone()).line(place.line)),
            Some(node) => {
                let range = self.underlined(node, hints);
                let mut annotations = vec![primary(range.clone(), hints.label.clone())];
                annotations.extend(self.around(&place.pointer, &range));
                group.element(self.snippet(range, annotations))
            }
        };
        group = group.element(Level::NOTE.message(format!("at #{}", place.pointer)));
        if let Some(help) = &hints.help {
            group = group.element(Level::HELP.message(help.as_str()));
        }
        group
    }

    /// The key of what spreads over lines, or the value of what does not.
    fn underlined(&self, node: &Node, hints: &Hints) -> Range<usize> {
        let is_scalar = !matches!(node.value, Value::List(_) | Value::Map(_));
        match node.key {
            Some(key) if hints.is_about_key || !is_scalar => self.range(key),
            _ => self.range(node.span),
        }
    }

    /// The schema and the member that a place lies in.
    fn around(&self, pointer: &str, primary: &Range<usize>) -> Vec<Annotation<'t>> {
        const SCHEMAS: &str = "/components/schemas/";
        let mut parts = Vec::new();
        if let Some(inner) = pointer.strip_prefix(SCHEMAS) {
            let name = inner.split('/').next().unwrap_or(inner);
            parts.push((format!("{SCHEMAS}{name}"), "in this schema"));
        }
        if let Some((outer, inner)) = pointer.rsplit_once("/properties/") {
            let name = inner.split('/').next().unwrap_or(inner);
            parts.push((format!("{outer}/properties/{name}"), "in this member"));
        }
        let node = |pointer: &str| self.tree.as_ref().and_then(|tree| tree.at(pointer));
        let keys =
            parts.into_iter().filter(|(part, _)| part != pointer).filter_map(|(part, label)| {
                let range = self.range(node(&part)?.key?);
                (range != *primary).then(|| AnnotationKind::Context.span(range).label(label))
            });
        keys.collect()
    }

    /// The excerpt, with a line before and a line behind what is underlined.
    fn snippet(
        &self,
        range: Range<usize>,
        annotations: Vec<Annotation<'t>>,
    ) -> Snippet<'t, Annotation<'t>> {
        let line_start = self.text[..range.start].rfind('\n').map_or(0, |at| at + 1);
        let before = self.text[..line_start.saturating_sub(1)].rfind('\n').map_or(0, |at| at + 1);
        let line_end = self.text[range.end..].find('\n').map(|at| range.end + at + 1);
        let mut snippet =
            Snippet::source(self.text).path(self.path.clone()).annotations(annotations);
        if before < line_start {
            snippet = snippet.annotation(AnnotationKind::Visible.span(before..before));
        }
        if let Some(behind) = line_end.filter(|at| *at < self.text.len()) {
            snippet = snippet.annotation(AnnotationKind::Visible.span(behind..behind));
        }
        snippet
    }

    /// The bytes of a span, as far as they stand in its first line.
    fn range(&self, span: Span) -> Range<usize> {
        let (start, end) = (self.offset(span.start), self.offset(span.end));
        let text = self.text.get(start..end).unwrap_or_default();
        let line = text.lines().next().unwrap_or_default().trim_end();
        start..start + line.len()
    }

    fn offset(&self, (line, column): (usize, usize)) -> usize {
        let lines = self.text.split_inclusive('\n');
        let before: usize = lines.clone().take(line.saturating_sub(1)).map(str::len).sum();
        let text = lines.clone().nth(line.saturating_sub(1)).unwrap_or_default();
        let within =
            text.char_indices().nth(column.saturating_sub(1)).map_or(text.len(), |(at, _)| at);
        before + within
    }
}

fn primary<'t>(range: Range<usize>, label: Option<String>) -> Annotation<'t> {
    AnnotationKind::Primary.span(range).label(label)
}
