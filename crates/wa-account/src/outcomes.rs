//! Keeps the sender's outcome of each message in a file.

use std::{
    fs::File,
    io::{self, BufRead as _, BufReader, BufWriter, Write as _},
    path::Path,
};

/// What the sender says of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Said {
    /// Accepted, with this WAMID.
    Sent(String),
    /// Refused, with this code.
    Refused(i64),
    /// No connection was made.
    NotSent,
    /// It was still in the stream when the sending was cancelled.
    NotTaken,
    InDoubt,
    /// Accepted, with an answer that was not understood.
    Unreadable,
}

pub(crate) struct Writer(BufWriter<File>);

impl Writer {
    pub(crate) fn create(path: &Path) -> io::Result<Self> {
        File::create(path).map(|file| Self(BufWriter::new(file)))
    }

    pub(crate) fn write(&mut self, key: u64, said: &Said) -> io::Result<()> {
        let file = &mut self.0;
        match said {
            Said::Sent(id) => writeln!(file, "{key} sent {id}"),
            Said::Refused(code) => writeln!(file, "{key} refused {code}"),
            Said::NotSent => writeln!(file, "{key} not-sent"),
            Said::NotTaken => writeln!(file, "{key} not-taken"),
            Said::InDoubt => writeln!(file, "{key} in-doubt"),
            Said::Unreadable => writeln!(file, "{key} unreadable"),
        }
    }

    pub(crate) fn finish(mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// Gives each line of a file.
pub(crate) fn read(path: &Path, mut each: impl FnMut(u64, Said)) -> io::Result<()> {
    for line in BufReader::new(File::open(path)?).lines() {
        let line = line?;
        let (key, said) =
            parse(&line).ok_or_else(|| io::Error::other(format!("`{line}` is not an outcome")))?;
        each(key, said);
    }
    Ok(())
}

fn parse(line: &str) -> Option<(u64, Said)> {
    let mut words = line.split(' ');
    let key = words.next()?.parse().ok()?;
    let said = match (words.next()?, words.next()) {
        ("sent", Some(id)) => Said::Sent(id.to_owned()),
        ("refused", Some(code)) => Said::Refused(code.parse().ok()?),
        ("not-sent", None) => Said::NotSent,
        ("not-taken", None) => Said::NotTaken,
        ("in-doubt", None) => Said::InDoubt,
        ("unreadable", None) => Said::Unreadable,
        _ => return None,
    };
    Some((key, said))
}
