//! Output: what goes to a terminal, and what does not.

use std::{
    fmt::Write as _,
    io::{self, IsTerminal as _, Write as _},
};

use anstream::AutoStream;

/// Returns whether what is printed may have colours.
pub(crate) fn has_color() -> bool {
    let choice = AutoStream::choice(&io::stdout());
    !matches!(choice, anstream::ColorChoice::Never)
}

/// Returns whether somebody sits before the standard error stream, who likes to see how far it is.
pub(crate) fn is_watched() -> bool {
    io::stderr().is_terminal()
}

/// Prints a text. When nobody reads any more, the rest is not printed.
pub(crate) fn print(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}

/// Rows under a head, with columns as wide as what is in them.
pub(crate) fn table(head: &[&str], rows: &[Vec<String>]) -> String {
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count());
        cells.chain([head[column].chars().count()]).max().unwrap_or_default()
    };
    let widths: Vec<_> = (0..head.len()).map(width).collect();
    let line = |cells: &mut dyn Iterator<Item = &str>| {
        let mut line = String::new();
        for (cell, width) in cells.zip(&widths) {
            _ = write!(line, "{cell:<width$}  ");
        }
        format!("{}\n", line.trim_end())
    };
    let mut out = line(&mut head.iter().copied());
    for row in rows {
        out.push_str(&line(&mut row.iter().map(String::as_str)));
    }
    out
}
