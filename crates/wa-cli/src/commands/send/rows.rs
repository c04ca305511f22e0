//! Tables of which each row is a message: CSV, or an object of JSON on each line.

use std::path::Path;

use serde_json::{Map, Value};

use crate::{
    error::{Error, named},
    input,
};

/// How large a table may be, in bytes.
const MOST: u64 = 256 * 1024 * 1024;

/// A row.
#[derive(Debug, PartialEq)]
pub(super) struct Row {
    /// Its line in the file, counted from 1.
    pub(super) line: u64,
    pub(super) cells: Map<String, Value>,
}

/// Hands on each row of a file, and returns how many there are.
pub(super) fn each(path: &Path, mut take: impl FnMut(Row)) -> Result<usize, Error> {
    if path.as_os_str() == "-" {
        return Err(Error::usage("rows that are piped in cannot be gone on with")
            .hint("put them into a file, so that the same command goes on where it was"));
    }
    let text = text(path)?;
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    let is_json = match ending.to_ascii_lowercase().as_str() {
        "jsonl" | "ndjson" | "json" => true,
        "csv" | "tsv" => false,
        _ => text.trim_start().starts_with('{'),
    };
    let mut count = 0;
    let mut counted = |row| {
        count += 1;
        take(row);
    };
    let read = if is_json { lines(&text, &mut counted) } else { csv(&text, &mut counted) };
    read.map_err(|why| Error::usage(format!("`{}`: {why}", named(path))))?;
    if count == 0 {
        return Err(Error::usage(format!("there are no rows in `{}`", named(path))));
    }
    Ok(count)
}

fn text(path: &Path) -> Result<String, Error> {
    let hint = "split it into several files, with the same `--outbox` for all";
    let read = input::bytes(path, MOST);
    let bytes = read.map_err(|error| input::unread(path, MOST, error, hint))?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let line = input::broken_line(&error);
        Error::usage(format!("`{}` is not UTF-8 in line {line}", named(path)))
            .hint("save it as UTF-8, as programs for tables can")
    })?;
    Ok(text.strip_prefix('\u{FEFF}').map(str::to_owned).unwrap_or(text))
}

fn csv(text: &str, take: &mut dyn FnMut(Row)) -> Result<(), String> {
    let head = text.lines().next().unwrap_or_default();
    // Programs of some countries have their own commas.
    let delimiter = [b',', b';', b'\t']
        .into_iter()
        .max_by_key(|mark| head.bytes().filter(|byte| byte == mark).count())
        .filter(|mark| head.as_bytes().contains(mark))
        .unwrap_or(b',');
    quotes(text, delimiter)?;
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .trim(csv::Trim::Headers)
        .flexible(true)
        .from_reader(text.as_bytes());
    let columns = reader.headers().map_err(|error| error.to_string())?.clone();
    let mut seen = std::collections::HashSet::new();
    // Programs for tables write columns without a name behind the others.
    let mut names = columns.iter().filter(|column| !column.is_empty());
    if let Some(twice) = names.find(|column| !seen.insert(*column)) {
        return Err(format!("the column `{}` stands there twice", crate::outcome::one_line(twice)));
    }
    for record in reader.records() {
        let record = record.map_err(|error| error.to_string())?;
        let line = record.position().map_or(0, |position| line(text, position));
        if record.iter().all(str::is_empty) {
            continue;
        }
        if record.len() != columns.len() {
            return Err(format!(
                "line {line} has {} cells, and the head has {}",
                record.len(),
                columns.len()
            ));
        }
        let cells = columns.iter().zip(&record).filter(|(column, _)| !column.is_empty());
        let cells = cells.map(|(column, cell)| (column.to_owned(), cell.into())).collect();
        take(Row { line, cells });
    }
    Ok(())
}

/// Refuses quotes of which nobody knows what they hold: the reader takes all that follows, other rows with it, for one cell.
fn quotes(text: &str, delimiter: u8) -> Result<(), String> {
    let bytes = text.as_bytes();
    let ends_cell = |found: u8| found == delimiter || matches!(found, b'\n' | b'\r');
    let (mut at, mut line) = (0, 1_u64);
    while let Some(&first) = bytes.get(at) {
        if first == b'"' {
            let opened = line;
            at += 1;
            loop {
                match (bytes.get(at), bytes.get(at + 1)) {
                    (None, _) => {
                        return Err(format!("the quote that line {opened} opens is not closed"));
                    }
                    (Some(b'"'), Some(b'"')) => at += 2,
                    (Some(b'"'), _) => break,
                    (Some(found), _) => {
                        line += u64::from(*found == b'\n');
                        at += 1;
                    }
                }
            }
            at += 1;
            if bytes.get(at).is_some_and(|next| !ends_cell(*next)) {
                return Err(format!(
                    "a cell goes on behind its quote in line {line}: quotes in a cell are doubled"
                ));
            }
        }
        // To the beginning of the next cell.
        let rest = bytes.get(at..).unwrap_or_default();
        let length = rest.iter().position(|found| ends_cell(*found)).unwrap_or(rest.len());
        line += u64::from(rest.get(length) == Some(&b'\n'));
        at += length + 1;
    }
    Ok(())
}

/// The line of a record, which the reader says of the empty lines before it.
fn line(text: &str, position: &csv::Position) -> u64 {
    let start = usize::try_from(position.byte()).unwrap_or(usize::MAX);
    let rest = text.as_bytes().get(start..).unwrap_or_default();
    let breaks = rest.iter().take_while(|byte| matches!(byte, b'\n' | b'\r'));
    position.line() + breaks.filter(|byte| **byte == b'\n').map(|_| 1).sum::<u64>()
}

fn lines(text: &str, take: &mut dyn FnMut(Row)) -> Result<(), String> {
    let lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
    for (line, text) in lines {
        match serde_json::from_str(text) {
            Ok(Value::Object(cells)) => take(Row { line, cells }),
            Ok(_) => return Err(format!("line {line} is no object")),
            Err(error) => {
                return Err(format!("line {line}, column {}: it is not JSON", error.column()));
            }
        }
    }
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    type Read = fn(&str, &mut dyn FnMut(Row)) -> Result<(), String>;

    fn rows(read: Read, text: &str) -> Result<Vec<Row>, String> {
        let mut rows = Vec::new();
        read(text, &mut |row| rows.push(row))?;
        Ok(rows)
    }

    fn csv(text: &str) -> Result<Vec<Row>, String> {
        rows(super::csv, text)
    }

    fn lines(text: &str) -> Result<Vec<Row>, String> {
        rows(super::lines, text)
    }

    /// The reader would take the numbers of all others for the name of one customer.
    #[test]
    fn a_quote_swallows_no_rows() {
        let error = |text| csv(text).unwrap_err();
        assert_eq!(
            error("phone,name\n1,\"Ada\n2,Robin\n"),
            "the quote that line 2 opens is not closed"
        );
        assert_eq!(error("\"phone,name\n1,Ada\n"), "the quote that line 1 opens is not closed");
        assert_eq!(
            error("phone,name\n1,\"Ada\n2,\"Robin\"\n"),
            "a cell goes on behind its quote in line 3: quotes in a cell are doubled"
        );
        let names = |text| -> Vec<_> {
            csv(text).unwrap().into_iter().map(|row| row.cells["name"].clone()).collect()
        };
        assert_eq!(names("phone,name\r\n1,\"A \"\"B\"\", C\"\r\n2,\"\"\r\n"), ["A \"B\", C", ""]);
        assert_eq!(names("phone,name\n1,5\" nail\n2,\"x\""), ["5\" nail", "x"]);
    }

    #[test]
    fn columns_without_a_name_are_passed_over() {
        let rows = csv("phone,name,,\n1,Ada,,\n").unwrap();
        assert_eq!(Value::from(rows[0].cells.clone()).to_string(), r#"{"name":"Ada","phone":"1"}"#);
    }

    #[test]
    fn tables_are_read() {
        let rows =
            csv("phone; name\n+15550100;\"Ada; B\"\n;\n\n+15550101;\"two\nlines\"\n").unwrap();
        let shown: Vec<_> =
            rows.iter().map(|row| (row.line, Value::from(row.cells.clone()).to_string())).collect();
        assert_eq!(
            shown,
            [
                (2, r#"{"name":"Ada; B","phone":"+15550100"}"#.to_owned()),
                (5, r#"{"name":"two\nlines","phone":"+15550101"}"#.to_owned()),
            ]
        );
        assert_eq!(csv("a,b\n1\n").unwrap_err(), "line 2 has 1 cells, and the head has 2");
        assert_eq!(csv("a,a\n1,2\n").unwrap_err(), "the column `a` stands there twice");
        assert_eq!(lines("{\"a\":1}\n\n{\"a\":2}").unwrap()[1].line, 3);
        assert_eq!(lines("{\"a\":1}\n{\"a\"").unwrap_err(), "line 2, column 4: it is not JSON");
        assert_eq!(lines("1").unwrap_err(), "line 1 is no object");
    }
}
