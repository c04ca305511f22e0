//! The end of a file of lines, where a line is written in whole or taken back.

use std::{
    fs::File,
    io::{self, Write},
};

/// The end of a line that could not be taken back. No beginning of a line is a line with it.
pub(super) const TORN: &[u8] = b" torn";

/// What lines can be written to.
pub(super) trait Store: Write {
    /// Returns how long it is, in bytes.
    fn length(&self) -> io::Result<u64>;
    /// Takes back what is behind this length.
    fn cut(&mut self, length: u64) -> io::Result<()>;
}

impl Store for File {
    fn length(&self) -> io::Result<u64> {
        Ok(self.metadata()?.len())
    }

    fn cut(&mut self, length: u64) -> io::Result<()> {
        self.set_len(length)
    }
}

/// The end of a store, behind a whole line or a torn one.
pub(super) struct Tail<S> {
    store: S,
    is_torn: bool,
}

impl<S: Store> Tail<S> {
    pub(super) fn new(store: S) -> Self {
        Self { store, is_torn: false }
    }

    pub(super) fn store(&self) -> &S {
        &self.store
    }

    /// Writes a line, which has its end. When this fails, the line is not in the store: what was
    /// written of it is taken back, or ends as a torn line as soon as the store takes bytes again.
    pub(super) fn write(&mut self, line: &[u8]) -> io::Result<()> {
        if self.is_torn {
            self.end_torn_line()?;
        }
        let start = self.store.length()?;
        self.append(line).map_err(|(error, written)| {
            self.is_torn = written > 0 && self.take_back(start, written).is_err();
            error
        })
    }

    fn end_torn_line(&mut self) -> io::Result<()> {
        let start = self.store.length()?;
        let end = [TORN, b"\n"].concat();
        self.append(&end).map_err(|(error, written)| {
            // Half an end is no harm: the next one goes behind it.
            let _ = self.take_back(start, written);
            error
        })?;
        self.is_torn = false;
        Ok(())
    }

    /// Writes to the end. The error says how many bytes were written.
    fn append(&mut self, bytes: &[u8]) -> Result<(), (io::Error, u64)> {
        let mut written = 0;
        while let Some(rest) = bytes.get(written..).filter(|rest| !rest.is_empty()) {
            match self.store.write(rest) {
                Ok(0) => return Err((io::ErrorKind::WriteZero.into(), written as u64)),
                Ok(more) => written += more,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err((error, written as u64)),
            }
        }
        Ok(())
    }

    /// Takes the last bytes back, unless somebody else has written behind them.
    fn take_back(&mut self, start: u64, written: u64) -> io::Result<()> {
        if self.store.length()? != start + written {
            return Err(io::Error::other("the file was written by somebody else too"));
        }
        self.store.cut(start)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// A store that is full after some bytes, and perhaps does not give any back.
    #[derive(Default)]
    struct Disk {
        bytes: Vec<u8>,
        room: usize,
        cuts: bool,
        /// How many bytes it takes at once.
        piece: usize,
    }

    impl Write for Disk {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let length = bytes.len().min(self.room).min(self.piece);
            if length == 0 {
                return Err(io::ErrorKind::StorageFull.into());
            }
            self.bytes.extend_from_slice(&bytes[..length]);
            self.room -= length;
            Ok(length)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    impl Store for Disk {
        fn length(&self) -> io::Result<u64> {
            Ok(self.bytes.len() as u64)
        }

        fn cut(&mut self, length: u64) -> io::Result<()> {
            if !self.cuts {
                return Err(io::ErrorKind::Unsupported.into());
            }
            self.bytes.truncate(usize::try_from(length).unwrap());
            Ok(())
        }
    }

    const FIRST: &[u8] = b"{\"id\":\"first\"}\n";
    const SECOND: &[u8] = b"{\"id\":\"second\"}\n";
    const THIRD: &[u8] = b"{\"id\":\"third\"}\n";

    /// The store after a second line for which there is only some room, and a third that fits again.
    fn after_a_full_disk(room: usize, cuts: bool, piece: usize) -> Vec<u8> {
        let mut tail = Tail::new(Disk { room: FIRST.len(), cuts, piece, ..Disk::default() });
        tail.write(FIRST).unwrap();
        tail.store.room = room;
        let error = tail.write(SECOND).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::StorageFull);
        // Again, while it is still full.
        tail.store.room = 0;
        tail.write(SECOND).unwrap_err();
        tail.store.room = usize::MAX;
        tail.write(THIRD).unwrap();
        tail.store.bytes
    }

    #[test]
    fn a_line_that_fails_is_taken_back() {
        for room in 0..SECOND.len() {
            for piece in [1, 3, usize::MAX] {
                assert_eq!(after_a_full_disk(room, true, piece), [FIRST, THIRD].concat());
            }
        }
    }

    #[test]
    fn a_line_that_cannot_be_taken_back_ends_torn() {
        assert_eq!(after_a_full_disk(0, false, 3), [FIRST, THIRD].concat());
        for room in 1..SECOND.len() {
            let torn = [FIRST, &SECOND[..room], TORN, b"\n", THIRD].concat();
            assert_eq!(after_a_full_disk(room, false, 3), torn);
        }
    }

    /// The mark of a torn line does not fit either, again and again.
    #[test]
    fn a_mark_that_fails_is_written_again() {
        for cuts in [true, false] {
            let mut tail = Tail::new(Disk { room: 4, piece: 2, ..Disk::default() });
            tail.write(FIRST).unwrap_err();
            tail.store.cuts = cuts;
            for room in 0..=TORN.len() {
                tail.store.room = room;
                tail.write(SECOND).unwrap_err();
            }
            tail.store.room = usize::MAX;
            tail.write(THIRD).unwrap();
            let text = String::from_utf8(tail.store.bytes).unwrap();
            let (torn, rest) = text.split_once('\n').unwrap();
            assert!(torn.starts_with("{\"id ") && torn.ends_with(" torn"), "{torn}");
            assert_eq!(rest.as_bytes(), THIRD);
        }
    }

    /// Two sandboxes with one file: what the other one wrote is not taken away.
    #[test]
    fn what_somebody_else_wrote_stays() {
        struct Shared(Disk);
        impl Write for Shared {
            fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
                let written = self.0.write(bytes);
                if written.is_err() {
                    self.0.bytes.extend_from_slice(b"other\n");
                }
                written
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        impl Store for Shared {
            fn length(&self) -> io::Result<u64> {
                self.0.length()
            }
            fn cut(&mut self, length: u64) -> io::Result<()> {
                self.0.cut(length)
            }
        }
        let disk = Disk { room: 4, cuts: true, piece: 9, ..Disk::default() };
        let mut tail = Tail::new(Shared(disk));
        tail.write(FIRST).unwrap_err();
        assert_eq!(tail.store.0.bytes, b"{\"idother\n");
    }
}
