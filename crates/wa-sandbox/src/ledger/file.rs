//! The ledger as a file: one line of JSON for each message.

use std::{
    borrow::Cow,
    fs::{File, OpenOptions},
    io::{self, Read as _, Seek as _, SeekFrom},
    path::Path,
    sync::{Mutex, MutexGuard, PoisonError},
};

use super::{
    Accepted,
    read::{Written, is_beginning},
    tail::Tail,
};

/// A file that only grows.
pub(crate) struct LedgerFile(Mutex<Tail<File>>);

impl LedgerFile {
    /// Opens a file to write behind what it has. A line that a killed writer left open is taken away,
    /// because it was never answered.
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        let mut file = OpenOptions::new().create(true).read(true).append(true).open(path)?;
        let (end, rest) = last_line(&mut file)?;
        if !rest.is_empty() {
            // Somebody's notes are not to lose their last line to a mistyped argument.
            if !is_beginning(&rest) {
                let text = "it ends with a line that is not one of a ledger";
                return Err(io::Error::new(io::ErrorKind::InvalidData, text));
            }
            file.set_len(end)?;
        }
        Ok(Self(Mutex::new(Tail::new(file))))
    }

    /// Writes a line. When this returns, the line outlives the process; when it fails, the file does
    /// not have it.
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
        self.tail().write(&json)
    }

    /// Waits until the lines outlive the machine too, as far as the system can tell.
    pub(crate) fn sync(&self) -> io::Result<()> {
        match self.tail().store().sync_data() {
            // What is no file on a disk cannot be asked.
            Err(error) if error.kind() == io::ErrorKind::InvalidInput => Ok(()),
            synced => synced,
        }
    }

    fn tail(&self) -> MutexGuard<'_, Tail<File>> {
        // Nothing is half done when a holder of the lock panics.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Returns where the last line that ends does so, and the first bytes behind it.
fn last_line(file: &mut File) -> io::Result<(u64, Vec<u8>)> {
    const BLOCK: u64 = 4096;
    let mut end = file.metadata()?.len();
    let mut block = Vec::new();
    let mut rest = Vec::new();
    while end > 0 {
        let start = end.saturating_sub(BLOCK);
        file.seek(SeekFrom::Start(start))?;
        block.clear();
        (&*file).take(end - start).read_to_end(&mut block)?;
        if let Some(last) = block.iter().rposition(|byte| *byte == b'\n') {
            if last + 1 < block.len() {
                rest = block.split_off(last + 1);
            }
            return Ok((start + last as u64 + 1, rest));
        }
        std::mem::swap(&mut rest, &mut block);
        end = start;
    }
    Ok((0, rest))
}
