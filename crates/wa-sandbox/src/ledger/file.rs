//! The ledger as a file: one line of JSON for each message.

use std::{
    borrow::Cow,
    fs::{File, OpenOptions},
    io::{self, BufRead as _, BufReader, Read as _, Seek as _, SeekFrom, Write as _},
    path::Path,
    sync::{Mutex, PoisonError},
};

use serde::{Deserialize, Serialize};

use super::{Accepted, Line};

/// A file that only grows.
pub(crate) struct LedgerFile(Mutex<File>);

#[derive(Serialize, Deserialize)]
struct Written<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
    #[serde(borrow)]
    phone_number_id: Cow<'a, str>,
    #[serde(borrow)]
    to: Cow<'a, str>,
    #[serde(borrow)]
    kind: Cow<'a, str>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    biz_opaque_callback_data: Option<Cow<'a, str>>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    fault: Option<Cow<'a, str>>,
}

impl LedgerFile {
    /// Opens a file to write behind what it has. A line that a killed writer left open is taken away,
    /// because it was never answered.
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        let mut file = OpenOptions::new().create(true).read(true).append(true).open(path)?;
        let end = end_of_last_line(&mut file)?;
        if end < file.metadata()?.len() {
            file.set_len(end)?;
        }
        Ok(Self(Mutex::new(file)))
    }

    /// Writes a line. When this returns, the line outlives the process.
    pub(crate) fn write(&self, accepted: &Accepted) -> io::Result<()> {
        let line = &*accepted.0;
        let mut json = serde_json::to_vec(&Written {
            id: Cow::Borrowed(&line.id),
            phone_number_id: Cow::Borrowed(&line.phone_number_id),
            to: Cow::Borrowed(&line.to),
            kind: Cow::Borrowed(&line.kind),
            biz_opaque_callback_data: line.data.as_deref().map(Cow::Borrowed),
            fault: line.fault.as_deref().map(Cow::Borrowed),
        })?;
        json.push(b'\n');
        // Nothing is half done when a holder of the lock panics.
        self.0.lock().unwrap_or_else(PoisonError::into_inner).write_all(&json)
    }
}

fn end_of_last_line(file: &mut File) -> io::Result<u64> {
    const BLOCK: u64 = 4096;
    let mut end = file.metadata()?.len();
    let mut block = Vec::new();
    while end > 0 {
        let start = end.saturating_sub(BLOCK);
        file.seek(SeekFrom::Start(start))?;
        block.clear();
        (&*file).take(end - start).read_to_end(&mut block)?;
        if let Some(last) = block.iter().rposition(|byte| *byte == b'\n') {
            return Ok(start + last as u64 + 1);
        }
        end = start;
    }
    Ok(0)
}

pub(crate) fn read(path: &Path, mut add: impl FnMut(Accepted)) -> io::Result<()> {
    let mut file = BufReader::new(File::open(path)?);
    let mut line = Vec::new();
    let mut number = 0;
    while file.read_until(b'\n', &mut line)? > 0 {
        number += 1;
        if line.last() == Some(&b'\n') {
            add(parse(&line).map_err(|error| {
                let text = format!("line {number} is not one of a ledger: {error}");
                io::Error::new(io::ErrorKind::InvalidData, text)
            })?);
        }
        line.clear();
    }
    Ok(())
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
