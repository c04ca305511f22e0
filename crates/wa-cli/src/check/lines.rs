//! Lines and columns of the bytes of a text.

use std::ops::Range;

/// How many bytes lie between two marks, from which characters are counted. A file may be one long line.
const MARKED: usize = 4096;

/// The lines of a text.
#[derive(Debug)]
pub(crate) struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
    /// How many characters come before each mark.
    marks: Vec<usize>,
}

/// A place in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    /// From 1.
    pub(crate) line: usize,
    /// The character in the line, from 1.
    pub(crate) column: usize,
}

impl<'t> Lines<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect();
        let mut marks = vec![0];
        for piece in text.as_bytes().chunks(MARKED) {
            let before = marks.last().copied().unwrap_or_default();
            marks.push(before + characters(piece));
        }
        Self { text, starts, marks }
    }

    pub(crate) fn place(&self, at: usize) -> Place {
        let line = self.line(at);
        Place { line: line + 1, column: self.before(at) - self.before(self.starts[line]) + 1 }
    }

    /// The bytes of the lines that some bytes lie in.
    pub(crate) fn around(&self, bytes: &Range<usize>) -> Range<usize> {
        let (first, last) = (self.line(bytes.start), self.line(bytes.end));
        let end = self.starts.get(last + 1).map_or(self.text.len(), |next| next - 1);
        self.starts[first]..end.max(bytes.end)
    }

    /// The number of a line, from 0.
    fn line(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at).saturating_sub(1)
    }

    /// How many characters come before a byte.
    fn before(&self, at: usize) -> usize {
        let mark = (at / MARKED).min(self.marks.len() - 1);
        let bytes = self.text.as_bytes();
        self.marks[mark] + characters(&bytes[(mark * MARKED).min(bytes.len())..at.min(bytes.len())])
    }
}

/// Counts the bytes that begin a character.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| !matches!(byte, 0x80..0xC0)).count()
}
