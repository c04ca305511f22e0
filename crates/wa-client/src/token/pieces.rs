//! Finding a token, and pieces of it, in a text.

use std::{borrow::Cow, ops::Range};

/// How many characters of a token say something of it.
const SHORTEST: usize = 8;
/// How many characters are looked at to tell fast that there is nothing.
const GLANCE: usize = 4;
/// However a piece lies, one of so many places in a row begins a glance that is within it.
const STRIDE: usize = SHORTEST - GLANCE + 1;

/// All pieces of a token that have the shortest length which says something: a longer one consists of them.
///
/// A token that is shorter than that, as they are in tests, is one piece, and counts where it stands alone.
/// Otherwise it would be found in every other word.
pub(super) struct Pieces {
    /// Sorted. There are some hundred, and to find one takes less than to hash it.
    known: Box<[u64]>,
    length: usize,
    /// The beginnings of all pieces, by a number of 14 bits: so many that few others have the number of one.
    glances: Box<[u64; 256]>,
}

impl Pieces {
    pub(super) fn of(token: &[u8]) -> Self {
        let token: Vec<u8> = Plain::new(token).map(|(byte, _)| byte).collect();
        let length = token.len().min(SHORTEST);
        // No window is empty, and an empty token has none.
        let mut known: Vec<u64> = token.windows(length.max(1)).map(number).collect();
        known.sort_unstable();
        known.dedup();
        let mut glances = Box::new([0; 256]);
        for glance in token.windows(GLANCE).filter_map(|glance| glance.first_chunk()) {
            let (word, bit) = place(*glance);
            glances[word] |= bit;
        }
        Self { known: known.into(), length, glances }
    }

    /// Whether a text certainly holds none. What is escaped is not looked at.
    pub(super) fn are_surely_absent(&self, text: &[u8]) -> bool {
        if self.length < SHORTEST || text.contains(&b'\\') {
            return false;
        }
        let (chunks, rest) = text.as_chunks::<STRIDE>();
        for (number, [glance @ .., _]) in chunks.iter().enumerate() {
            if self.is_glance(*glance) && self.is_around(text, number * STRIDE) {
                return false;
            }
        }
        // What is left may have a glance too, which ends where the text does.
        let last = rest.first_chunk().filter(|glance| self.is_glance(**glance));
        !last.is_some_and(|_| self.is_around(text, text.len() - rest.len()))
    }

    #[inline]
    fn is_glance(&self, glance: [u8; GLANCE]) -> bool {
        let (word, bit) = place(glance);
        self.glances[word] & bit != 0
    }

    /// Whether a piece lies around the glance at this place. Mostly there is none: of the glances at an answer
    /// with ids in it, one or two have by chance the number of one in the token.
    fn is_around(&self, text: &[u8], glance: usize) -> bool {
        let start = (glance + GLANCE).saturating_sub(SHORTEST);
        let end = text.len().min(glance + SHORTEST);
        let around = text.get(start..end).unwrap_or_default();
        around.windows(SHORTEST).any(|piece| self.is_known(number(piece)))
    }

    fn is_known(&self, piece: u64) -> bool {
        self.known.binary_search(&piece).is_ok()
    }

    /// The text with something else in the place of each piece.
    pub(super) fn replaced<'t>(&self, text: &'t str, by: &str) -> Cow<'t, str> {
        let found = self.find(text);
        if found.is_empty() {
            return Cow::Borrowed(text);
        }
        let mut replaced = String::with_capacity(text.len());
        let mut end = 0;
        for range in found {
            // Tokens are ASCII, so a piece begins and ends between characters.
            replaced.push_str(text.get(end..range.start).unwrap_or_default());
            replaced.push_str(by);
            end = range.end;
        }
        replaced.push_str(text.get(end..).unwrap_or_default());
        Cow::Owned(replaced)
    }

    /// Where pieces stand. Those that touch each other are one.
    fn find(&self, text: &str) -> Vec<Range<usize>> {
        let bytes = text.as_bytes();
        let mut found: Vec<Range<usize>> = Vec::new();
        if self.length == 0 {
            return found;
        }
        // Where the last characters stand, as many as a piece has.
        let mut starts = [0; SHORTEST];
        let mut window = 0;
        for (index, (byte, range)) in Plain::new(bytes).enumerate() {
            starts[index % self.length] = range.start;
            window = pushed(window, byte) & mask(self.length);
            if index + 1 < self.length || !self.is_known(window) {
                continue;
            }
            let piece = starts[(index + 1) % self.length]..range.end;
            if self.length < SHORTEST && !stands_alone(bytes, &piece) {
                continue;
            }
            match found.last_mut() {
                Some(last) if piece.start <= last.end => last.end = piece.end,
                _ => found.push(piece),
            }
        }
        found
    }
}

/// The bytes of a piece as one number.
fn number(piece: &[u8]) -> u64 {
    piece.iter().copied().fold(0, pushed)
}

fn pushed(window: u64, byte: u8) -> u64 {
    window << 8 | u64::from(byte)
}

fn mask(length: usize) -> u64 {
    if length == SHORTEST { u64::MAX } else { (1 << (8 * length)) - 1 }
}

/// Which bit stands for a glance.
#[inline]
fn place(glance: [u8; GLANCE]) -> (usize, u64) {
    let hash = u32::from_le_bytes(glance).wrapping_mul(0x9E37_79B1) >> 18;
    ((hash >> 6) as usize, 1 << (hash & 63))
}

fn stands_alone(text: &[u8], range: &Range<usize>) -> bool {
    let is_word = |index: Option<usize>| {
        index.and_then(|index| text.get(index)).is_some_and(u8::is_ascii_alphanumeric)
    };
    !is_word(range.start.checked_sub(1)) && !is_word(Some(range.end))
}

/// The characters that a text means, each with where it stands: escapes of JSON are read, also those of JSON
/// that stands in a text of JSON. What is not ASCII is some byte that is in no token.
struct Plain<'t> {
    text: &'t [u8],
    at: usize,
}

impl<'t> Plain<'t> {
    fn new(text: &'t [u8]) -> Self {
        Self { text, at: 0 }
    }
}

impl Iterator for Plain<'_> {
    type Item = (u8, Range<usize>);

    fn next(&mut self) -> Option<Self::Item> {
        let start = self.at;
        while self.text.get(self.at) == Some(&b'\\') {
            self.at += 1;
        }
        let is_escaped = self.at > start;
        let Some(&byte) = self.text.get(self.at) else {
            // Backslashes at the end are nothing but themselves.
            return is_escaped.then_some((b'\\', start..self.at));
        };
        self.at += 1;
        let code =
            (is_escaped && byte == b'u').then(|| self.text.get(self.at..self.at + 4)).flatten();
        let code =
            code.and_then(|digits| u32::from_str_radix(str::from_utf8(digits).ok()?, 16).ok());
        match code {
            Some(code) => {
                self.at += 4;
                Some((u8::try_from(code).unwrap_or(u8::MAX), start..self.at))
            }
            None => Some((byte, start..self.at)),
        }
    }
}
