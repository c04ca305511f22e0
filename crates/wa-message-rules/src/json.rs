//! JSON texts, of which each value knows where it stands.
//!
//! The macro reads definitions with it, and whoever checks files wants lines and columns in errors. There is no
//! table of types behind it and nothing is copied but texts with escapes.

mod scan;
mod string;
#[cfg(test)]
mod tests;

use std::{borrow::Cow, collections::HashSet, fmt, sync::OnceLock};

use crate::node::{Count, Item, Node, Value};

/// How deep arrays and objects may lie inside each other.
pub const NESTED_AT_MOST: usize = 127;

/// A JSON text with the places of its values.
pub struct Document {
    text: Box<str>,
    /// In the order in which they begin. The name of a member comes before its value.
    spans: Vec<Span>,
    /// Names of members that are written with escapes, by the number of their span.
    names: Vec<(usize, Box<str>)>,
    /// Places of some bytes, from which others are counted.
    places: OnceLock<Places>,
}

/// A value from its first byte to the byte behind its last.
#[derive(Debug, Clone, Copy)]
struct Span {
    start: usize,
    end: usize,
    /// The number of the first value behind it that is no part of it.
    next: usize,
}

/// Why a text is not JSON, and where. `Display` gives the reason as a part of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Broken {
    place: Place,
    because: &'static str,
}

/// A place in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The line, from 1.
    pub line: usize,
    /// The character in the line, from 1.
    pub column: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

impl Broken {
    /// Returns where the text stops being JSON.
    #[must_use]
    pub fn place(&self) -> Place {
        self.place
    }
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.because)
    }
}

impl Document {
    /// Reads a text. A byte order mark before it is passed over, as editors on Windows write it.
    ///
    /// # Errors
    ///
    /// If the text is not JSON, or nested deeper than [`NESTED_AT_MOST`].
    pub fn new(text: &str) -> Result<Self, Broken> {
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        match scan::scan(text) {
            Ok((spans, names)) => {
                Ok(Self { text: text.into(), spans, names, places: OnceLock::new() })
            }
            Err((at, because)) => Err(Broken { place: Place::START.behind(text, at), because }),
        }
    }

    /// Returns the value of the whole text.
    #[must_use]
    pub fn root(&self) -> Json<'_> {
        Json { document: self, number: 0 }
    }

    /// Returns the value of a [number](Json::number).
    #[must_use]
    pub fn value(&self, number: usize) -> Option<Json<'_>> {
        (number < self.spans.len()).then_some(Json { document: self, number })
    }
}

impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Document").field("bytes", &self.text.len()).finish_non_exhaustive()
    }
}

/// How many bytes lie between two marks.
const MARKED: usize = 4096;

/// The places of the bytes of a text. An answer of the API is one long line of many definitions, so that they are not
/// counted from the start for each of them.
#[derive(Debug)]
pub struct Places {
    marks: Vec<(usize, Place)>,
}

impl Places {
    /// Marks some places of a text, from which others are counted.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut marks = vec![(0, Place::START)];
        while let Some((from, place)) = marks.last().copied() {
            let mut after = from + MARKED..text.len();
            let Some(next) = after.find(|at| text.is_char_boundary(*at)) else { break };
            marks.push((next, place.behind(&text[from..], next - from)));
        }
        Self { marks }
    }

    /// Returns the place of a byte in the same text.
    #[must_use]
    pub fn of(&self, text: &str, at: usize) -> Place {
        let before = self.marks[..self.marks.partition_point(|(mark, _)| *mark <= at)].last();
        let (mark, place) = before.copied().unwrap_or((0, Place::START));
        place.behind(text.get(mark..).unwrap_or_default(), at - mark)
    }
}

impl Document {
    /// Returns the place of a byte.
    fn place(&self, at: usize) -> Place {
        self.places.get_or_init(|| Places::new(&self.text)).of(&self.text, at)
    }
}

impl Place {
    const START: Self = Self { line: 1, column: 1 };

    /// The place of a byte in a text that begins here.
    fn behind(self, text: &str, at: usize) -> Self {
        let before = text.get(..at).unwrap_or(text);
        let lines = before.matches('\n').count();
        let last = before.rsplit('\n').next().unwrap_or_default().chars().count();
        let column = if lines == 0 { self.column + last } else { last + 1 };
        Self { line: self.line + lines, column }
    }
}

/// A value in a [`Document`].
#[derive(Debug, Clone, Copy)]
pub struct Json<'d> {
    document: &'d Document,
    number: usize,
}

impl<'d> Json<'d> {
    /// Returns the number by which [`Document::value`] finds it again.
    #[must_use]
    pub fn number(self) -> usize {
        self.number
    }

    /// Returns where it begins.
    #[must_use]
    pub fn place(self) -> Place {
        self.document.place(self.span().start)
    }

    /// Returns it as it is written.
    #[must_use]
    pub fn raw(self) -> &'d str {
        let Span { start, end, .. } = self.span();
        &self.document.text[start..end]
    }

    fn span(self) -> Span {
        self.document.spans[self.number]
    }

    fn kind(self) -> u8 {
        self.document.text.as_bytes()[self.span().start]
    }

    /// Returns the text, if it is one.
    #[must_use]
    pub fn text(self) -> Option<Cow<'d, str>> {
        if self.kind() != b'"' {
            return None;
        }
        let raw = self.raw();
        let inside = &raw[1..raw.len() - 1];
        // The scan has read the escapes.
        Some(if inside.contains('\\') {
            Cow::Owned(string::unescaped(inside).unwrap_or_default())
        } else {
            Cow::Borrowed(inside)
        })
    }

    /// Returns the truth value, if it is one.
    #[must_use]
    pub fn boolean(self) -> Option<bool> {
        match self.raw() {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        }
    }

    /// Returns whether it is `null`.
    #[must_use]
    pub fn is_null(self) -> bool {
        self.raw() == "null"
    }

    /// Returns whether it is an object.
    #[must_use]
    pub fn is_object(self) -> bool {
        self.kind() == b'{'
    }

    /// Returns the items, if it is an array.
    #[must_use]
    pub fn items(self) -> Option<impl Iterator<Item = Self> + use<'d>> {
        (self.kind() == b'[').then(|| self.inside())
    }

    /// Returns the members, if it is an object, each with its name. A name may stand in it twice.
    #[must_use]
    pub fn members(self) -> Option<impl Iterator<Item = (&'d str, Self)> + use<'d>> {
        let mut inside = self.inside();
        let members = std::iter::from_fn(move || {
            let name = inside.next()?;
            Some((name.name(), inside.next()?))
        });
        self.is_object().then_some(members)
    }

    /// What stands in an array or an object, where names and values alternate.
    fn inside(self) -> impl Iterator<Item = Self> + use<'d> {
        let Self { document, number } = self;
        let end = self.span().next;
        let mut next = number + 1;
        std::iter::from_fn(move || {
            let inside = Self { document, number: next };
            (next < end).then(|| {
                next = inside.span().next;
                inside
            })
        })
    }

    /// The name of a member.
    fn name(self) -> &'d str {
        let names = &self.document.names;
        let at = names.binary_search_by_key(&self.number, |(number, _)| *number);
        let raw = self.raw();
        at.map_or(&raw[1..raw.len() - 1], |at| &names[at].1)
    }

    fn number_value(self) -> Value<'d, Self> {
        let raw = self.raw();
        match raw.parse::<i128>() {
            Ok(whole) if raw != "-0" => Value::Integer(whole),
            _ => Value::Number(raw.parse().unwrap_or(f64::INFINITY)),
        }
    }
}

impl<'d> Node<'d> for Json<'d> {
    fn value(self) -> Value<'d, Self> {
        match self.kind() {
            b'"' => Value::Text(self.text().unwrap_or_default()),
            b'{' => Value::Object(without_repeated(self.members().into_iter().flatten().collect())),
            b'[' => {
                let items = self.inside().map(|node| Item { node, count: Count::Once });
                Value::List(items.collect())
            }
            b't' => Value::Boolean(true),
            b'f' => Value::Boolean(false),
            b'n' => Value::Null,
            _ => self.number_value(),
        }
    }

    /// The last member of the name. Much of a definition is found by it in a macro that is not optimised, so it calls
    /// little.
    fn member(self, name: &str) -> Option<Self> {
        if !self.is_object() {
            return None;
        }
        let Self { document, number } = self;
        let Document { text, spans, names, .. } = document;
        let (spans, end) = (spans.as_slice(), self.span().next);
        let (mut at, mut found) = (number + 1, None);
        while at < end {
            let (start, behind) = (spans[at].start + 1, spans[at].end - 1);
            let is_it = if names.is_empty() {
                behind - start == name.len() && text[start..behind] == *name
            } else {
                Self { document, number: at }.name() == name
            };
            if is_it {
                found = Some(Self { document, number: at + 1 });
            }
            at = spans[at + 1].next;
        }
        found
    }
}

/// The members of an object, of which the last counts that has a name.
fn without_repeated<'d>(members: Vec<(&'d str, Json<'d>)>) -> Vec<(&'d str, Json<'d>)> {
    let mut seen = HashSet::with_capacity(members.len());
    let mut kept: Vec<_> =
        members.into_iter().rev().filter(|(name, _)| seen.insert(*name)).collect();
    kept.reverse();
    kept
}
