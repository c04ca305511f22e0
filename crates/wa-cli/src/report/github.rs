//! Annotations of GitHub Actions: lines that its runner turns into marks beside the code.

use std::io;

use crate::{
    check::{Checked, Lines},
    terminal::clean_name,
};

pub(super) fn write(all: &[Checked], out: &mut dyn io::Write) -> io::Result<()> {
    for checked in all {
        let lines = Lines::new(&checked.text);
        for finding in &checked.findings {
            let (start, end) = (lines.place(finding.bytes.start), lines.place(finding.bytes.end));
            let mut message = finding.says.clone();
            for more in finding.note.iter().chain(&finding.help) {
                message = format!("{message}\n{more}");
            }
            writeln!(
                out,
                "::{} file={},line={},endLine={},col={},endColumn={},title={}::{}",
                finding.level.as_str(),
                property(&checked.name),
                start.line,
                end.line,
                start.column,
                end.column,
                property(finding.rule.as_str()),
                escaped(&message)
            )?;
        }
    }
    Ok(())
}

/// A text behind the last colons.
fn escaped(text: &str) -> String {
    let text = text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    // Whoever reads the log sees it too.
    clean_name(&text).into_owned()
}

/// A text before them.
fn property(text: &str) -> String {
    escaped(text).replace(':', "%3A").replace(',', "%2C")
}
