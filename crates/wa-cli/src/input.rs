//! Files of which nobody knows how large they are.

use std::{
    fs,
    io::{self, Read as _},
    path::Path,
};

/// Reads a text of so many bytes at most: what is a file by its name may have no end.
pub(crate) fn text(path: &Path, most: u64) -> io::Result<String> {
    text_of(fs::File::open(path)?, most)
}

/// Reads a text of so many bytes at most from somewhere.
pub(crate) fn text_of(from: impl io::Read, most: u64) -> io::Result<String> {
    let mut text = String::new();
    from.take(most + 1).read_to_string(&mut text)?;
    if text.len() as u64 > most {
        return Err(io::Error::new(
            io::ErrorKind::FileTooLarge,
            format!("it is larger than {} KiB", most / 1024),
        ));
    }
    Ok(text)
}
