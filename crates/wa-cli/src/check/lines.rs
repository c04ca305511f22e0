//! Lines and columns of the bytes of a text.

use std::ops::Range;

use wa_message_rules::json::Places;

pub(crate) use wa_message_rules::json::Place;

/// The lines of a text.
#[derive(Debug)]
pub(crate) struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
    places: Places,
}

impl<'t> Lines<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect();
        Self { text, starts, places: Places::new(text) }
    }

    pub(crate) fn place(&self, at: usize) -> Place {
        self.places.of(self.text, at)
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
}
