//! Goes over what is not understood, to where reading goes on.

use super::{placeholder, read::Reader};

impl Reader<'_> {
    /// Goes to the next comma or closing bracket at this level.
    pub(super) fn resume(&mut self) {
        self.skip_to(|found| matches!(found, b',' | b']' | b'}'));
    }

    /// Goes behind the array or object that stands here.
    pub(super) fn skip(&mut self) {
        let start = self.at;
        self.at += 1;
        let mut open = 1_usize;
        while open > 0 {
            self.skip_to(|found| matches!(found, b'[' | b'{' | b']' | b'}'));
            match self.peek() {
                Some(b'[' | b'{') => open += 1,
                Some(_) => open -= 1,
                None => return self.report(start, "the bracket is not closed"),
            }
            self.at += 1;
        }
    }

    /// Goes to the next byte that is wanted outside of texts.
    fn skip_to(&mut self, is_wanted: impl Fn(u8) -> bool) {
        let mut open = 0_usize;
        while let Some(found) = self.peek() {
            if open == 0 && is_wanted(found) {
                return;
            }
            match found {
                b'"' => self.at += self.quoted().map_or(1, |quoted| quoted.length),
                b'[' | b'{' => {
                    open += 1;
                    self.at += 1;
                }
                b']' | b'}' => {
                    open = open.saturating_sub(1);
                    self.at += 1;
                }
                _ => self.at += 1,
            }
        }
    }

    /// Returns the text that stands here.
    pub(super) fn quoted(&mut self) -> Option<Quoted> {
        // Of one that goes on to the end, each quote behind its first is escaped. So no text begins there that ends, and
        // nobody has to look again.
        let rest = self.rest();
        let plain = if self.is_unclosed { None } else { Quoted::new(rest) };
        self.is_unclosed = plain.is_none();
        let mut plain = plain?;
        if plain.may_have_places
            && let Some(length) = placeholder::quoted_around(rest, plain.length)
        {
            plain.length = length;
        }
        Some(plain)
    }
}

/// A text in quotes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Quoted {
    /// How long it is, with its quotes.
    pub(super) length: usize,
    /// Whether signs stand in it with which placeholders begin.
    pub(super) may_have_places: bool,
}

impl Quoted {
    fn new(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let mut at = 1;
        let mut may_have_places = false;
        loop {
            match bytes.get(at)? {
                b'"' => return Some(Self { length: at + 1, may_have_places }),
                b'\\' => at += 2,
                b'{' | b'$' | b'<' => {
                    may_have_places = true;
                    at += 1;
                }
                _ => at += 1,
            }
        }
    }
}
