//! Files of which nobody knows how large they are.

use std::{
    fs,
    io::{self, Read as _},
    path::Path,
};

use crate::error::{Error, named};

const KIB: u64 = 1024;
const MIB: u64 = 1024 * KIB;

/// Reads so many bytes at most from somewhere: what is a file by its name may have no end.
pub(crate) fn bytes_of(from: impl io::Read, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most { Err(too_large(most)) } else { Ok(bytes) }
}

/// Reads a file of so many bytes at most. For one that says that it is larger, no memory is taken.
pub(crate) fn bytes(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let file = fs::File::open(path)?;
    let metadata = file.metadata()?;
    if metadata.is_file() && metadata.len() > most {
        Err(too_large(most))
    } else {
        bytes_of(file, most)
    }
}

/// Reads a file that somebody names, or what is piped in.
pub(crate) fn given(path: &Path, most: u64) -> Result<Vec<u8>, Error> {
    let read = if path.as_os_str() == "-" {
        bytes_of(io::stdin().lock(), most)
    } else {
        bytes(path, most)
    };
    read.map_err(|error| unread(path, most, error, ""))
}

/// Says why a file was not read. What may help with one that is too large stands behind, if anything does.
pub(crate) fn unread(path: &Path, most: u64, error: io::Error, hint: &str) -> Error {
    if error.kind() != io::ErrorKind::FileTooLarge {
        return Error::file("read", path, error);
    }
    let says = Error::usage(format!("`{}` is larger than {}", named(path), size(most)));
    if hint.is_empty() { says } else { says.hint(hint) }
}

/// Reads a text of so many bytes at most from somewhere.
pub(crate) fn text_of(from: impl io::Read, most: u64) -> io::Result<String> {
    text_from(bytes_of(from, most)?)
}

/// Reads a text of so many bytes at most.
pub(crate) fn text(path: &Path, most: u64) -> io::Result<String> {
    text_from(bytes(path, most)?)
}

fn text_from(bytes: Vec<u8>) -> io::Result<String> {
    String::from_utf8(bytes)
        .map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "it is not UTF-8"))
}

/// The line in which a text stops to be UTF-8, from 1.
pub(crate) fn broken_line(error: &std::string::FromUtf8Error) -> usize {
    let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
    before.split(|byte| *byte == b'\n').count()
}

fn too_large(most: u64) -> io::Error {
    io::Error::new(io::ErrorKind::FileTooLarge, format!("it is larger than {}", size(most)))
}

fn size(bytes: u64) -> String {
    if bytes < MIB { format!("{} KiB", bytes / KIB) } else { format!("{} MiB", bytes / MIB) }
}
