//! The JSON of a message that the macro has written.

use std::{borrow::Cow, fmt};

use wa_message_rules::{table::Object, text};

use crate::write::{Write, escaped};

/// How many bytes are expected of a value of which nothing is known.
const UNKNOWN: usize = 128;

/// The JSON of a body, if the macro knew its shape. It is made once, beside the data.
#[derive(Clone)]
pub struct Json(Option<Cow<'static, [u8]>>);

/// A value that the macro does not know, between pieces of JSON that it does.
#[derive(Clone, Copy)]
pub enum Hole<'h> {
    /// The inside of a string, with the lengths that it may have.
    Text(&'h Cow<'static, str>, usize, usize),
    /// The same of a member of the body whose form is looked at too, with its name.
    Formed(&'h Cow<'static, str>, usize, usize, &'static str),
    /// A value that is there.
    Value(&'h dyn Write),
    /// A member that may be absent, with what stands before and behind it if it is not.
    Member(&'static str, &'h dyn Write, &'static str),
}

impl Json {
    /// Nothing is known, and the data is written when the JSON is asked for.
    #[must_use]
    pub const fn unknown() -> Self {
        Self(None)
    }

    /// All of it is known.
    #[must_use]
    pub const fn known(json: &'static str) -> Self {
        Self(Some(Cow::Borrowed(json.as_bytes())))
    }

    /// Pieces that are known, with a value between each two of them.
    #[must_use]
    pub fn of(known: &[&str], holes: &[Hole<'_>]) -> Self {
        Self(Some(Cow::Owned(write(known, holes))))
    }

    pub(crate) fn bytes(&self) -> Option<&[u8]> {
        self.0.as_deref()
    }

    pub(crate) fn into_bytes(self) -> Option<Vec<u8>> {
        self.0.map(Cow::into_owned)
    }
}

/// Writes pieces that are known, with a value between each two of them.
pub(crate) fn write(known: &[&str], holes: &[Hole<'_>]) -> Vec<u8> {
    let size: usize = known.iter().map(|piece| piece.len()).sum();
    let mut out = Vec::with_capacity(size + holes.iter().map(Hole::size).sum::<usize>());
    let mut known = known.iter();
    if let Some(first) = known.next() {
        out.extend_from_slice(first.as_bytes());
    }
    for (hole, piece) in holes.iter().zip(known) {
        hole.write(&mut out);
        out.extend_from_slice(piece.as_bytes());
    }
    out
}

impl Hole<'_> {
    /// Whether a text has a length that it may have, and the form that the body asks for.
    pub(crate) fn fits(&self, body: &Object) -> bool {
        match self {
            Self::Text(text, min, max) => text::fits(text, *min, *max),
            Self::Formed(text, min, max, member) => {
                text::fits(text, *min, *max) && body.has_form(member, text)
            }
            Self::Value(_) | Self::Member(..) => true,
        }
    }

    /// About how many bytes it becomes.
    fn size(&self) -> usize {
        match self {
            Self::Text(text, ..) | Self::Formed(text, ..) => text.len() + 8,
            Self::Value(_) => UNKNOWN,
            Self::Member(before, ..) => before.len() + UNKNOWN,
        }
    }

    fn write(&self, out: &mut Vec<u8>) {
        match self {
            Self::Text(text, ..) | Self::Formed(text, ..) => escaped(out, text),
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
