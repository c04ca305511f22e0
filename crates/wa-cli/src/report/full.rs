//! Findings with the lines of the file, as rustc writes errors.

use std::{fmt::Write as _, io, ops::Range};

use annotate_snippets::{AnnotationKind, Level as Shown, Renderer, Snippet};

use crate::{
    check::{Checked, Finding, Level, Lines},
    terminal::{self, clean_name},
    text::boundary,
};

/// How long a line may be that is shown whole, in bytes. Of a longer one, the part around the finding is.
const LINE_AT_MOST: usize = 2_000;
/// How wide a terminal has to be for lines to be cut to it, in columns.
const NARROWEST: usize = 40;
/// How much of a longer line is shown before and behind a finding.
const BESIDE: usize = 60;

pub(super) fn write(all: &[Checked], out: &mut dyn io::Write, has_color: bool) -> io::Result<()> {
    let mut renderer = if has_color { Renderer::styled() } else { Renderer::plain() };
    if let Some(width) = terminal::width() {
        // Else lines are wrapped, and the marks below stand elsewhere.
        renderer = renderer.term_width(width.max(NARROWEST));
    }
    for checked in all {
        let lines = Lines::new(&checked.text);
        for finding in &checked.findings {
            writeln!(out, "{}\n", render(&renderer, checked, finding, &lines))?;
        }
    }
    Ok(())
}

fn render(renderer: &Renderer, checked: &Checked, finding: &Finding, lines: &Lines<'_>) -> String {
    let level = match finding.level {
        Level::Error => Shown::ERROR,
        Level::Warning => Shown::WARNING,
    };
    let place = lines.place(finding.bytes.start);
    let around = lines.around(&finding.bytes);
    let window = window(&checked.text, around.clone(), &finding.bytes);
    let mut name = clean_name(&checked.name).into_owned();
    if window != around {
        // The column of the part that is shown would not be that of the line.
        _ = write!(name, " (column {})", place.column);
    }
    let shown = &checked.text[window.clone()];
    let span = finding.bytes.start - window.start..finding.bytes.end.min(window.end) - window.start;
    let snippet = Snippet::source(shown)
        .line_start(place.line)
        .path(name)
        .annotation(AnnotationKind::Primary.span(span));
    let mut group = level.primary_title(&finding.says).id(finding.rule.as_str()).element(snippet);
    if let Some(note) = &finding.note {
        group = group.element(Shown::NOTE.message(note));
    }
    if let Some(help) = &finding.help {
        group = group.element(Shown::HELP.message(help));
    }
    renderer.render(&[group])
}

/// The part of some lines that is shown.
fn window(text: &str, around: Range<usize>, bytes: &Range<usize>) -> Range<usize> {
    if around.len() <= LINE_AT_MOST {
        return around;
    }
    let start = boundary(text, bytes.start.saturating_sub(BESIDE)).max(around.start);
    let end = boundary(text, bytes.end.min(bytes.start + LINE_AT_MOST) + BESIDE);
    start..end.min(around.end)
}
