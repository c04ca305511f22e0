//! An object of JSON for each finding, each on a line.

use std::io;

use serde::Serialize;

use super::Level;
use crate::check::{Checked, Finding, Lines, Place, fingerprint};

/// A finding. Its members are what other tools may rely on.
#[derive(Serialize)]
struct Row<'f> {
    file: &'f str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    level: &'f str,
    rule: &'f str,
    message: &'f str,
    path: &'f str,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'f str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'f str>,
    fingerprint: String,
}

pub(super) fn write(all: &[Checked], out: &mut dyn io::Write) -> io::Result<()> {
    for checked in all {
        let lines = Lines::new(&checked.text);
        for finding in &checked.findings {
            serde_json::to_writer(&mut *out, &row(checked, finding, &lines))?;
            writeln!(out)?;
        }
    }
    Ok(())
}

fn row<'f>(checked: &'f Checked, finding: &'f Finding, lines: &Lines<'_>) -> Row<'f> {
    let Place { line, column } = lines.place(finding.bytes.start);
    let end = lines.place(finding.bytes.end);
    Row {
        file: &checked.name,
        line,
        column,
        end_line: end.line,
        end_column: end.column,
        level: Level::as_str(finding.level),
        rule: finding.rule.as_str(),
        message: &finding.says,
        path: &finding.path,
        note: finding.note.as_deref(),
        help: finding.help.as_deref(),
        fingerprint: fingerprint(&checked.name, finding),
    }
}
