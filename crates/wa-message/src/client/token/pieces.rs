//! Finding a token, and pieces of it, in a text.

use std::{borrow::Cow, collections::HashSet, ops::Range};

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
    known: HashSet<u64>,
    length: usize,
    /// The beginnings of all pieces, by a number of 12 bits.
    glances: Box<[u64; 64]>,
}

impl Pieces {
    pub(super) fn of(token: &[u8]) -> Self {
        let token: Vec<u8> = Plain::new(token).map(|(byte, _)| byte).collect();
        let length = token.len().min(SHORTEST);
        let known = if length == 0 {
            HashSet::new()
        } else {
            token.windows(length).map(|piece| piece.iter().copied().fold(0, pushed)).collect()
        };
        let mut glances = Box::new([0; 64]);
        for glance in token.windows(GLANCE) {
            let (word, bit) = place(glance);
            glances[word] |= bit;
        }
        Self { known, length, glances }
    }

    /// Whether a text certainly holds none. What is escaped is not looked at.
    pub(super) fn are_surely_absent(&self, text: &[u8]) -> bool {
        let is_there = |glance: &[u8]| {
            let (word, bit) = place(glance);
            self.glances[word] & bit != 0
        };
        self.length == SHORTEST
            && !text.windows(GLANCE).step_by(STRIDE).any(is_there)
            && !text.contains(&b'\\')
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
            if index + 1 < self.length || !self.known.contains(&window) {
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

fn pushed(window: u64, byte: u8) -> u64 {
    window << 8 | u64::from(byte)
}

fn mask(length: usize) -> u64 {
    if length == SHORTEST { u64::MAX } else { (1 << (8 * length)) - 1 }
}

/// Which bit stands for a glance.
fn place(glance: &[u8]) -> (usize, u64) {
    let number = glance.iter().fold(0, |number: u32, byte| number << 8 | u32::from(*byte));
    let hash = number.wrapping_mul(0x9E37_79B1) >> 20;
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
