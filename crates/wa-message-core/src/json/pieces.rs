//! The JSON of a message that the macro has written.

mod place;

use std::fmt;

use wa_message_rules::{
    Label, OneText,
    table::{Rule, Text as Limits},
};

use crate::{
    InvalidMessage, Text, Violation,
    write::{Write, escaped},
};

/// How many bytes are expected of a value of which nothing is known.
const UNKNOWN: usize = 128;

/// The JSON of a body, if the macro knew its shape. It is made once, beside the data.
#[derive(Clone)]
pub struct Json(Option<Vec<u8>>);

/// A value that the macro does not know, between pieces of JSON that it does.
#[derive(Clone, Copy)]
pub enum Hole<'h> {
    /// The inside of a string.
    Text(&'h Text),
    /// A value that is there.
    Value(&'h dyn Write),
    /// A member that may be absent, with what stands before and behind it if it is not.
    Member(&'static str, &'h dyn Write, &'static str),
}

/// A value between pieces of JSON: a [`Hole`], or a text where there are only texts, which is less for the
/// compiler of a message.
pub(crate) trait Given {
    /// The text that it is, if it is one.
    fn text(&self) -> Option<&Text>;

    /// About how many bytes it becomes.
    fn size(&self) -> usize;

    fn write(&self, out: &mut Vec<u8>);
}

/// What is asked of one of the values, which is a text: its number, what a sentence calls the object around
/// it (by kind, or in a phrase), its limits, and rules that look at it alone.
///
/// These are constants without a function call, so that the compiler puts them into the data of the program
/// and has no code to make of them.
#[derive(Debug, Clone, Copy)]
pub enum Check {
    /// In a message of a kind.
    InKind(u8, &'static str, &'static Limits),
    /// In an object.
    In(u8, &'static str, &'static Limits),
    /// In a message of a kind, with rules.
    InKindWith(u8, &'static str, &'static Limits, &'static [&'static Rule]),
    /// In an object, with rules.
    InWith(u8, &'static str, &'static Limits, &'static [&'static Rule]),
}

impl Json {
    /// Nothing is known, and the data is written when the JSON is asked for.
    #[must_use]
    pub const fn unknown() -> Self {
        Self(None)
    }

    /// Pieces that are known, with a value between each two of them.
    #[must_use]
    pub fn of(known: &[&str], holes: &[Hole<'_>]) -> Self {
        Self(Some(write(known, holes)))
    }

    pub(crate) fn bytes(&self) -> Option<&[u8]> {
        self.0.as_deref()
    }

    pub(crate) fn into_bytes(self) -> Option<Vec<u8>> {
        self.0
    }
}

/// Writes pieces that are known, with a value between each two of them.
pub(crate) fn write<G: Given>(known: &[&str], given: &[G]) -> Vec<u8> {
    let size: usize = known.iter().map(|piece| piece.len()).sum();
    let mut out = Vec::with_capacity(size + given.iter().map(Given::size).sum::<usize>());
    let mut known = known.iter();
    if let Some(first) = known.next() {
        out.extend_from_slice(first.as_bytes());
    }
    for (value, piece) in given.iter().zip(known) {
        value.write(&mut out);
        out.extend_from_slice(piece.as_bytes());
    }
    out
}

/// Checks the texts among the values, if these are all that can be wrong. The checks stand in the order of
/// the description.
pub(crate) fn check<G: Given>(
    known: &[&str],
    given: &[G],
    checks: &[Check],
) -> Result<(), InvalidMessage> {
    let holds = |check: &Check| {
        let (number, asked) = check.parts();
        given.get(number).and_then(Given::text).is_none_or(|text| asked.holds(text))
    };
    if checks.iter().all(holds) { Ok(()) } else { Err(judge(known, given, checks)) }
}

/// Says what is wrong with the texts: first what breaks a limit, and then what breaks a rule of the body.
#[cold]
fn judge<G: Given>(known: &[&str], given: &[G], checks: &[Check]) -> InvalidMessage {
    let mut broken = Vec::new();
    let mut violations = Vec::new();
    for (number, check) in checks.iter().map(Check::parts) {
        let Some(text) = given.get(number).and_then(Given::text) else { continue };
        let place = place::of(known, number);
        let subject = check.subject(place.member, place.is_item);
        let at = |(problem, number)| Violation::at(place.path.clone(), problem, number);
        violations.extend(check.broken_limit(&subject, text).map(at));
        broken.extend(check.broken_rules(&subject, text).map(at));
    }
    violations.append(&mut broken);
    InvalidMessage::of_all(violations)
}

impl Check {
    /// The number of the value, and what is asked of it.
    fn parts(&self) -> (usize, OneText) {
        let (number, owner, limits, rules): (_, _, _, &[_]) = match *self {
            Self::InKind(number, kind, limits) => (number, Label::Kind(kind), limits, &[]),
            Self::In(number, phrase, limits) => (number, Label::Phrase(phrase), limits, &[]),
            Self::InKindWith(number, kind, limits, rules) => {
                (number, Label::Kind(kind), limits, rules)
            }
            Self::InWith(number, phrase, limits, rules) => {
                (number, Label::Phrase(phrase), limits, rules)
            }
        };
        (number.into(), OneText { owner, limits, rules })
    }
}

impl Given for &Text {
    fn text(&self) -> Option<&Text> {
        Some(self)
    }

    fn size(&self) -> usize {
        self.len() + 8
    }

    fn write(&self, out: &mut Vec<u8>) {
        escaped(out, self);
    }
}

impl Given for Hole<'_> {
    fn text(&self) -> Option<&Text> {
        match self {
            Self::Text(text) => Some(text),
            Self::Value(_) | Self::Member(..) => None,
        }
    }

    fn size(&self) -> usize {
        match self {
            Self::Text(text) => Given::size(text),
            Self::Value(_) => UNKNOWN,
            Self::Member(before, ..) => before.len() + UNKNOWN,
        }
    }

    fn write(&self, out: &mut Vec<u8>) {
        match self {
            Self::Text(text) => Given::write(text, out),
            Self::Value(value) => value.write(out),
            Self::Member(_, value, _) if value.is_absent() => {}
            Self::Member(before, value, after) => {
                out.extend_from_slice(before.as_bytes());
                value.write(out);
                out.extend_from_slice(after.as_bytes());
            }
        }
    }
}

impl fmt::Debug for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Json").field(&self.bytes().map(String::from_utf8_lossy)).finish()
    }
}

impl fmt::Debug for Hole<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = Vec::new();
        self.write(&mut out);
        f.debug_tuple("Hole").field(&String::from_utf8_lossy(&out)).finish()
    }
}
