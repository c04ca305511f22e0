//! Reading the file of a ledger.

use std::{
    borrow::Cow,
    fs::File,
    io::{self, BufRead as _, BufReader},
    path::Path,
};

use serde::{Deserialize, Serialize};

use super::{Accepted, Line, tail::TORN};

/// How each line begins. Inside of a text, a quotation mark would have a backslash.
const START: &[u8] = br#"{"id":""#;

/// A line as it is written.
#[derive(Serialize, Deserialize)]
pub(super) struct Written<'a> {
    #[serde(borrow)]
    pub(super) id: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) phone_number_id: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) to: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) kind: Cow<'a, str>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub(super) biz_opaque_callback_data: Option<Cow<'a, str>>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub(super) fault: Option<Cow<'a, str>>,
}

/// A line that ends.
pub(super) enum Found {
    Message(Accepted),
    /// A line of which only the beginning was written, and what stands behind it in the same line.
    Torn(Option<Accepted>),
}

/// Reads a file. A last line that does not end is no message: its writer was stopped before it answered.
pub(super) fn read(path: &Path, mut add: impl FnMut(usize, Found)) -> io::Result<()> {
    let mut file = BufReader::new(File::open(path)?);
    let mut line = Vec::new();
    let mut number = 0;
    while file.read_until(b'\n', &mut line)? > 0 {
        number += 1;
        if line.pop() == Some(b'\n') {
            let found = find(&line).map_err(|error| {
                let text = format!("line {number} is not one of a ledger: {error}");
                io::Error::new(io::ErrorKind::InvalidData, text)
            })?;
            add(number, found);
        }
        line.clear();
    }
    Ok(())
}

/// Whether this is the beginning of a line, or a line.
pub(super) fn is_beginning(line: &[u8]) -> bool {
    line.iter().zip(START).all(|(one, other)| one == other)
}

fn find(line: &[u8]) -> serde_json::Result<Found> {
    let error = match parse(line) {
        Ok(accepted) => return Ok(Found::Message(accepted)),
        Err(error) => error,
    };
    if line.first() != START.first() {
        return Err(error);
    }
    // Whoever does not know of torn lines writes right behind one.
    let behind = line.windows(START.len()).rposition(|window| window == START);
    if let Some(accepted) = behind.and_then(|start| parse(&line[start..]).ok()) {
        return Ok(Found::Torn(Some(accepted)));
    }
    if line.ends_with(TORN) || (is_beginning(line) && error.is_eof()) {
        return Ok(Found::Torn(None));
    }
    Err(error)
}

fn parse(line: &[u8]) -> serde_json::Result<Accepted> {
    let written: Written<'_> = serde_json::from_slice(line)?;
    Ok(Accepted::new(Line {
        id: written.id.into(),
        phone_number_id: written.phone_number_id.into(),
        to: written.to.into(),
        kind: written.kind.into(),
        data: written.biz_opaque_callback_data.map(Into::into),
        fault: written.fault.map(Into::into),
    }))
}

#[cfg(test)]
#[allow(clippy::panic)]
mod tests {
    use super::*;

    const LINE: &str = r#"{"id":"wamid.A","phone_number_id":"1","to":"+15550100","kind":"text","biz_opaque_callback_data":"{\"id\":\"x\"}"}"#;

    #[test]
    fn a_line_that_is_torn_anywhere_is_found() {
        assert!(matches!(find(LINE.as_bytes()), Ok(Found::Message(_))));
        for end in 1..=LINE.len() {
            let marked = [&LINE.as_bytes()[..end], TORN].concat();
            assert!(matches!(find(&marked), Ok(Found::Torn(None))), "{end}");
            let glued = [&LINE.as_bytes()[..end], LINE.as_bytes()].concat();
            let Ok(Found::Torn(Some(accepted))) = find(&glued) else { panic!("{end}") };
            assert_eq!(accepted.data(), Some(r#"{"id":"x"}"#));
        }
        for end in 1..LINE.len() {
            assert!(matches!(find(&LINE.as_bytes()[..end]), Ok(Found::Torn(None))), "{end}");
        }
    }

    #[test]
    fn what_is_no_ledger_is_no_torn_line() {
        for line in
            ["", " torn", "{}", "[]", "id,to", r#"{"to":"1"}"#, r#"{"id":"1"}"#, "{ \"id", "null"]
        {
            assert!(find(line.as_bytes()).is_err(), "{line}");
        }
    }
}
