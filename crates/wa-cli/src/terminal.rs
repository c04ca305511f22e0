//! Output: what goes to a terminal, and what does not.

use std::{
    borrow::Cow,
    fmt::Write as _,
    io::{self, IsTerminal as _, Write as _},
};

use anstream::AutoStream;
use anstyle::{AnsiColor, Style};
use wa_message_rules::is_hidden;

/// Returns whether what is printed may have colours.
pub(crate) fn has_color() -> bool {
    let choice = AutoStream::choice(&io::stdout());
    !matches!(choice, anstream::ColorChoice::Never)
}

/// Returns whether somebody sits before the standard error stream, who likes to see how far it is.
pub(crate) fn is_watched() -> bool {
    io::stderr().is_terminal()
}

/// How many columns the terminal has that is printed to, if it is one.
pub(crate) fn width() -> Option<usize> {
    let (width, _) = terminal_size::terminal_size_of(io::stdout())?;
    Some(usize::from(width.0))
}

/// Prints a text. When nobody reads any more, the rest is not printed.
pub(crate) fn print(text: &str) -> io::Result<()> {
    draw(&shown(text))
}

/// Prints a text of ours that may move the cursor.
pub(crate) fn draw(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}

/// Says something on the standard error stream. That nobody listens does not stop what is being done.
pub(crate) fn say(text: &str) {
    let _ = writeln!(anstream::stderr().lock(), "{}", clean(text));
}

/// Says it behind a word in colour, such as `error`.
pub(crate) fn say_as(indent: &str, word: &str, color: AnsiColor, text: &str) {
    let style: Style = color.on_default().bold();
    let text = clean(text);
    let _ = writeln!(anstream::stderr().lock(), "{indent}{style}{word}{style:#}: {text}");
}

/// Says what is no error.
pub(crate) fn warn(text: &str) {
    say_as("", "warning", AnsiColor::Yellow, text);
}

/// Says what may help.
pub(crate) fn hint(text: &str) {
    say_as("  ", "hint", AnsiColor::Cyan, text);
}

/// A text as it goes to the standard output stream: to others as it is, and to a terminal without what commands it.
pub(crate) fn shown(text: &str) -> Cow<'_, str> {
    if io::stdout().is_terminal() { clean(text) } else { text.into() }
}

/// A text without signs that command a terminal or turn the direction of what is read. Lines stay.
pub(crate) fn clean(text: &str) -> Cow<'_, str> {
    cleaned(text, |found| !matches!(found, '\n' | '\t') && is_hidden(found))
}

/// A name, of which nobody knows what it holds, in one line.
pub(crate) fn clean_name(text: &str) -> Cow<'_, str> {
    cleaned(text, is_hidden)
}

fn cleaned(text: &str, is_unwanted: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(&is_unwanted) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    for found in text.chars() {
        if is_unwanted(found) {
            out.extend(found.escape_unicode());
        } else {
            out.push(found);
        }
    }
    out.into()
}

/// Rows under a head, with columns as wide as what is in them. Where they do not fit the terminal, each cell has a line.
pub(crate) fn table(head: &[&str], rows: &[Vec<String>]) -> String {
    table_within(head, rows, width().unwrap_or(usize::MAX))
}

fn table_within(head: &[&str], rows: &[Vec<String>], most: usize) -> String {
    let clean = |row: &Vec<String>| row.iter().map(|cell| clean_name(cell).into_owned()).collect();
    let rows: Vec<Vec<String>> = rows.iter().map(clean).collect();
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count());
        cells.chain([head[column].chars().count()]).max().unwrap_or_default()
    };
    let widths: Vec<_> = (0..head.len()).map(width).collect();
    // The last column may be wrapped, which is a sentence where it is long.
    let fixed = widths.iter().rev().skip(1).map(|width| width + 2).sum::<usize>();
    let last = head.last().map_or(0, |name| name.chars().count());
    if fixed + last > most {
        return blocks(head, &rows);
    }
    let line = |cells: &mut dyn Iterator<Item = &str>| {
        let mut line = String::new();
        for (cell, width) in cells.zip(&widths) {
            _ = write!(line, "{cell:<width$}  ");
        }
        format!("{}\n", line.trim_end())
    };
    let mut out = line(&mut head.iter().copied());
    for row in &rows {
        out.push_str(&line(&mut row.iter().map(String::as_str)));
    }
    out
}

/// Rows of which each cell has a line behind the name of its column.
fn blocks(head: &[&str], rows: &[Vec<String>]) -> String {
    let width = head.iter().map(|name| name.chars().count()).max().unwrap_or_default();
    let blocks = rows.iter().map(|row| {
        let cells = head.iter().zip(row).filter(|(_, cell)| !cell.is_empty());
        cells.fold(String::new(), |mut block, (name, cell)| {
            _ = writeln!(block, "{name:<width$}  {cell}");
            block
        })
    });
    blocks.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_commands_the_terminal() {
        assert_eq!(
            clean("a\u{1b}[31m\nb\tc\u{9b}2J\u{202e}d"),
            "a\\u{1b}[31m\nb\tc\\u{9b}2J\\u{202e}d"
        );
        assert_eq!(clean_name("a\nb"), "a\\u{a}b");
        assert_eq!(clean("נועה \u{200F}\u{200E}\u{61C}"), "נועה \\u{200f}\\u{200e}\\u{61c}");
        assert!(matches!(clean("Grüße"), Cow::Borrowed(_)));
        assert_eq!(table_within(&["A"], &[vec!["x\ry".to_owned()]], 80), "A\nx\\u{d}y\n");
    }

    #[test]
    fn tables_fit_the_terminal() {
        let row = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
        let rows = [row(["1", "accepted", ""]), row(["2", "refused", "a long sentence"])];
        let head = ["ENTRY", "STATE", "WHY"];
        assert_eq!(
            table_within(&head, &rows, 20),
            "ENTRY  STATE     WHY\n1      accepted\n2      refused   a long sentence\n"
        );
        assert_eq!(
            table_within(&head, &rows, 19),
            "ENTRY  1\nSTATE  accepted\n\nENTRY  2\nSTATE  refused\nWHY    a long sentence\n"
        );
    }
}
