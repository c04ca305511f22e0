//! The names of members, and how they are found among those that are known.

use std::borrow::Cow;

use super::{
    scan::{Span, Tape},
    string::{first_of, unescaped},
};

/// The name of a member, and its first and last eight bytes, by which most names differ.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Name {
    pub(crate) text: &'static str,
    first: u64,
    /// Nothing, if there are no more than eight.
    last: u64,
}

impl Name {
    pub(crate) const fn new(text: &'static str) -> Self {
        let bytes = text.as_bytes();
        let last = if bytes.len() > 8 { bytes.split_at(bytes.len() - 8).1 } else { &[] };
        Self { text, first: first_of(bytes), last: first_of(last) }
    }
}

/// In how many slots names are sorted. No object has nearly as many.
const SLOTS: usize = 64;

/// Names in an order of theirs, and where to look for one.
#[derive(Debug)]
pub(crate) struct Known {
    all: &'static [Name],
    /// The position of the first name of each slot. A name in an empty one is not known, which is found out without
    /// looking at any.
    slots: [u8; SLOTS],
}

impl Known {
    /// More names than a byte counts do not compile.
    pub(crate) const fn new(all: &'static [Name]) -> Self {
        assert!(all.len() < u8::MAX as usize);
        let (mut slots, mut at) = ([u8::MAX; SLOTS], all.len());
        while at > 0 {
            at -= 1;
            #[allow(clippy::cast_possible_truncation)] // It was looked at.
            let position = at as u8;
            slots[slot(all[at].first)] = position;
        }
        Self { all, slots }
    }

    pub(crate) fn get(&self, at: usize) -> Option<&'static Name> {
        self.all.get(at)
    }
}

/// The slot of a name with these first bytes.
#[inline]
const fn slot(first: u64) -> usize {
    // The golden ratio spreads what differs in a few bits.
    (first.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 58) as usize
}

/// The name of a member in a text.
#[derive(Clone, Copy)]
pub(crate) struct Key<'t, 'a> {
    pub(super) span: &'t Span,
    pub(super) tape: &'t Tape<'a>,
}

impl<'a> Key<'_, 'a> {
    /// Whether it is this one. It is asked of every member, and nearly always settled by one comparison.
    #[inline(always)]
    #[allow(clippy::inline_always)]
    pub(crate) fn is(self, name: &Name) -> bool {
        (self.span.more == name.first && self.is_behind_first(name))
            // One with escapes has no first bytes here.
            || (self.span.more == 0 && self.is_escaped(name))
    }

    /// The rest of the question, once the first bytes are the same.
    #[inline]
    fn is_behind_first(self, name: &Name) -> bool {
        let length = name.text.len();
        // No text has a zero where a shorter name ends.
        if length < 8 {
            return self.span.more != 0;
        }
        if (self.span.end - self.span.start) as usize != length + 2 {
            return false;
        }
        length == 8 || self.is_long(name)
    }

    /// The rest of the question, of a name of this length of more than eight bytes.
    #[inline]
    fn is_long(self, name: &Name) -> bool {
        let end = self.span.end as usize - 1;
        let bytes = self.tape.text.as_bytes();
        let last = bytes.get(end - 8..end).and_then(|last| last.first_chunk::<8>());
        last.is_some_and(|last| u64::from_le_bytes(*last) == name.last)
            && (name.text.len() <= 16
                || &bytes[self.span.start as usize + 1..end] == name.text.as_bytes())
    }

    #[cold]
    fn is_escaped(self, name: &Name) -> bool {
        self.name() == name.text
    }

    /// The number of it among some, looked for from where it is likely to be.
    #[inline]
    pub(crate) fn position(self, names: &Known, guess: usize) -> Option<usize> {
        if self.span.more == 0 {
            return self.position_escaped(names);
        }
        if let Some(likely) = names.all.get(guess)
            && self.span.more == likely.first
            && self.is_behind_first(likely)
        {
            return Some(guess);
        }
        let mut at = usize::from(names.slots[slot(self.span.more)]);
        // Nearly always it is this one, or none.
        while let Some(known) = names.all.get(at) {
            if self.span.more == known.first && self.is_behind_first(known) {
                return Some(at);
            }
            at += 1;
        }
        None
    }

    #[cold]
    fn position_escaped(self, names: &Known) -> Option<usize> {
        names.all.iter().position(|known| self.is_escaped(known))
    }

    /// The name itself.
    pub(crate) fn name(self) -> Cow<'a, str> {
        let inside = &self.tape.text[self.span.start as usize + 1..self.span.end as usize - 1];
        if self.span.more == 0 { unescaped(inside) } else { Cow::Borrowed(inside) }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::Tape, Known, Name};

    /// Names that begin alike, short ones, and one that is empty.
    static NAMES: Known = Known::new(&[
        Name::new("recipient_id"),
        Name::new("recipient_user_id"),
        Name::new("id"),
        Name::new(""),
        Name::new("recipient_participant_id"),
        Name::new("timestamp"),
        Name::new("recipien"),
    ]);

    #[test]
    fn each_name_is_found_from_every_guess() {
        for guess in 0..9 {
            for at in 0..7 {
                let name = NAMES.get(at).map_or("", |name| name.text);
                // The same, written with an escape.
                let escaped = name.chars().map(|c| format!("\\u{:04x}", u32::from(c)));
                let escaped = escaped.collect::<Vec<_>>().concat();
                for written in [name.to_owned(), escaped] {
                    let text = format!("{{\"{written}\":1}}");
                    let tape = Tape::new(&text).unwrap_or_else(|_| panic!("{text}"));
                    let found = tape.root().inside(b'{').and_then(|mut inside| inside.member());
                    let found = found.and_then(|(key, _)| key.position(&NAMES, guess));
                    assert_eq!(found, Some(at), "{text} {guess}");
                }
            }
        }
    }

    #[test]
    fn other_names_are_not_known() {
        for name in ["recipient", "i", "idd", "recipient_participant_i", "timestamp_", "\\u0069"] {
            let text = format!("{{\"{name}\":1}}");
            let tape = Tape::new(&text).unwrap_or_else(|_| panic!("{text}"));
            let found = tape.root().inside(b'{').and_then(|mut inside| inside.member());
            assert_eq!(found.and_then(|(key, _)| key.position(&NAMES, 0)), None, "{text}");
        }
    }
}
