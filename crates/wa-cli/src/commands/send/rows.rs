//! Tables of which each row is a message: CSV, or an object of JSON on each line.

use std::{fs, io::Read as _, path::Path};

use serde_json::{Map, Value};

use crate::error::{Error, named};

/// How large a table may be, in bytes.
const MOST: u64 = 256 * 1024 * 1024;

/// A row.
#[derive(Debug, PartialEq)]
pub(super) struct Row {
    /// Its line in the file, counted from 1.
    pub(super) line: u64,
    pub(super) cells: Map<String, Value>,
}

/// Reads all rows of a file.
pub(super) fn read(path: &Path) -> Result<Vec<Row>, Error> {
    let text = text(path)?;
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    let is_json = match ending.to_ascii_lowercase().as_str() {
        "jsonl" | "ndjson" | "json" => true,
        "csv" | "tsv" => false,
        _ => text.trim_start().starts_with('{'),
    };
    let rows = if is_json { lines(&text) } else { csv(&text) };
    let rows = rows.map_err(|why| Error::usage(format!("`{}`: {why}", named(path))))?;
    if rows.is_empty() {
        return Err(Error::usage(format!("there are no rows in `{}`", named(path))));
    }
    Ok(rows)
}

fn text(path: &Path) -> Result<String, Error> {
    let cannot = |error| Error::file("read", path, error);
    let file = fs::File::open(path).map_err(cannot)?;
    let is_too_large = |bytes: u64| bytes > MOST;
    // Before memory is taken for it.
    let mut size = file.metadata().map_err(cannot)?.len();
    let mut bytes = Vec::new();
    if !is_too_large(size) {
        file.take(MOST + 1).read_to_end(&mut bytes).map_err(cannot)?;
        size = bytes.len() as u64;
    }
    if is_too_large(size) {
        let most = MOST / 1024 / 1024;
        return Err(Error::usage(format!("`{}` is larger than {most} MiB", named(path)))
            .hint("split it into several files, with the same `--outbox` for all"));
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = before.split(|byte| *byte == b'\n').count();
        Error::usage(format!("`{}` is not UTF-8 in line {line}", named(path)))
            .hint("save it as UTF-8, as programs for tables can")
    })?;
    Ok(text.strip_prefix('\u{FEFF}').map(str::to_owned).unwrap_or(text))
}

fn csv(text: &str) -> Result<Vec<Row>, String> {
    let head = text.lines().next().unwrap_or_default();
    // Programs of some countries have their own commas.
    let delimiter = [b',', b';', b'\t']
        .into_iter()
        .max_by_key(|mark| head.bytes().filter(|byte| byte == mark).count())
        .filter(|mark| head.as_bytes().contains(mark))
        .unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .trim(csv::Trim::Headers)
        .flexible(true)
        .from_reader(text.as_bytes());
    let columns = reader.headers().map_err(|error| error.to_string())?.clone();
    let mut seen = std::collections::HashSet::new();
    if let Some(twice) = columns.iter().find(|column| !seen.insert(*column)) {
        return Err(format!("the column `{}` stands there twice", crate::outcome::one_line(twice)));
    }
    let mut rows = Vec::new();
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
        let cells = columns.iter().zip(&record);
        let cells = cells.map(|(column, cell)| (column.to_owned(), cell.into())).collect();
        rows.push(Row { line, cells });
    }
    Ok(rows)
}

/// The line of a record, which the reader says of the empty lines before it.
fn line(text: &str, position: &csv::Position) -> u64 {
    let start = usize::try_from(position.byte()).unwrap_or(usize::MAX);
    let rest = text.as_bytes().get(start..).unwrap_or_default();
    let breaks = rest.iter().take_while(|byte| matches!(byte, b'\n' | b'\r'));
    position.line() + breaks.filter(|byte| **byte == b'\n').map(|_| 1).sum::<u64>()
}

fn lines(text: &str) -> Result<Vec<Row>, String> {
    let lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
    let row = |(line, text): (u64, &str)| match serde_json::from_str(text) {
        Ok(Value::Object(cells)) => Ok(Row { line, cells }),
        Ok(_) => Err(format!("line {line} is no object")),
        Err(error) => Err(format!("line {line}, column {}: it is not JSON", error.column())),
    };
    lines.map(row).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

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
