//! Parts that may fail alone.

use std::{
    borrow::Cow,
    fmt::{self, Write as _},
};

use crate::{
    json::{Name, Node},
    raw::Raw,
    read::{Expected, Misfit, Take},
};

/// A part of a webhook that is read by itself: if it cannot be read, the others are not touched.
///
/// ```
/// use wa_message::webhook::{Item, What, parse, types::MessageContent};
///
/// let body = br#"{ "object": "whatsapp_business_account", "entry": [{ "id": "900100", "changes": [{
///     "field": "messages", "value": { "metadata": { "phone_number_id": "700100" }, "messages": [
///         { "id": "wamid.aW4wMQ", "from": "15550101", "type": "text", "text": { "body": [] } }
///     ] }
/// }] }] }"#;
/// let event = parse(body)?.events().next().unwrap();
/// let What::Message(message) = event.what else { panic!() };
/// // Who sent it is known all the same, so it can be answered.
/// assert_eq!(message.from.as_deref(), Some("15550101"));
/// let Item::Invalid { name, why, .. } = message.content else { panic!() };
/// assert_eq!(name, "text");
/// assert_eq!(why.to_string(), "`text.body`: a text was expected, and there is an array");
/// # Ok::<(), wa_message::webhook::NotAnObject>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Item<'a, T> {
    /// It was read.
    Known(T),
    /// It is of a kind that this version does not know.
    Unknown {
        /// The word that says what it is. Empty if there is none.
        name: Cow<'a, str>,
        /// All of it.
        raw: Raw<'a>,
    },
    /// It is of a kind that is known, and does not have its form.
    Invalid {
        /// The word that says what it is. Empty if there is none.
        name: Cow<'a, str>,
        /// What does not fit.
        why: Why,
        /// All of it.
        raw: Raw<'a>,
    },
}

impl<'a, T> Item<'a, T> {
    /// Returns what was read, if it could be.
    pub fn known(&self) -> Option<&T> {
        match self {
            Self::Known(known) => Some(known),
            _ => None,
        }
    }

    /// Returns what was read, if it could be, without a copy.
    pub fn into_known(self) -> Option<T> {
        match self {
            Self::Known(known) => Some(known),
            _ => None,
        }
    }

    /// Returns the JSON of what could not be read.
    pub fn raw(&self) -> Option<&Raw<'a>> {
        match self {
            Self::Known(_) => None,
            Self::Unknown { raw, .. } | Self::Invalid { raw, .. } => Some(raw),
        }
    }
}

/// Nothing, as JSON has it.
impl<T> Default for Item<'_, T> {
    fn default() -> Self {
        Self::Unknown { name: Cow::Borrowed(""), raw: Raw::default() }
    }
}

impl<T> From<T> for Item<'_, T> {
    fn from(known: T) -> Self {
        Self::Known(known)
    }
}

/// A type that may stand in an item.
pub(crate) trait Whole<'a>: Sized {
    /// Reads it into its place.
    fn read(item: &mut Item<'a, Self>, node: Node<'_, 'a>);
}

impl<'a, T: Whole<'a>> Take<'a> for Item<'a, T> {
    fn take(&mut self, node: Node<'_, 'a>) -> Result<(), Misfit> {
        T::read(self, node);
        Ok(())
    }
}

/// Reads a struct into its item.
pub(crate) fn read_object<'a, T: Take<'a> + Default>(item: &mut Item<'a, T>, node: Node<'_, 'a>) {
    *item = Item::Known(T::default());
    if let Item::Known(known) = item
        && let Err(misfit) = known.take(node)
    {
        *item = invalid(Cow::Borrowed(""), node, misfit);
    }
}

/// How many boxes may lie around a union. Without an end, one in another could be too deep for the stack; what lies
/// deeper is kept as JSON.
const LEVELS: u32 = 4;

/// Reads the arm of a union that its tag names, if there is one.
pub(crate) type ReadArm<'a, T> =
    fn(Option<&str>, Node<'_, 'a>, &mut Item<'a, T>) -> Option<Result<(), Misfit>>;

/// Reads a union into its item: the arm that its tag names.
pub(crate) fn read_union<'a, T>(
    item: &mut Item<'a, T>,
    node: Node<'_, 'a>,
    tag: &Name,
    read: ReadArm<'a, T>,
) {
    let name = match crate::read::tag(node, tag) {
        Err(misfit) => {
            *item = invalid(Cow::Borrowed(""), node, misfit);
            return;
        }
        Ok(name) => name,
    };
    let arm = if node.level() > LEVELS { None } else { read(name.as_deref(), node, item) };
    match arm {
        Some(Ok(())) => {}
        Some(Err(misfit)) => *item = invalid(name.unwrap_or_default(), node, misfit),
        None => {
            let raw = Raw(Cow::Borrowed(node.json()));
            *item = Item::Unknown { name: name.unwrap_or_default(), raw };
        }
    }
}

#[cold]
fn invalid<'a, T>(name: Cow<'a, str>, node: Node<'_, 'a>, misfit: Misfit) -> Item<'a, T> {
    let raw = Raw(Cow::Borrowed(node.json()));
    Item::Invalid { name, why: Why::new(node, misfit), raw }
}

/// The reason why something could not be read: a place and what was expected there. It holds no value of the
/// webhook, so it can stand in a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Why(Box<Reason>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Reason {
    place: String,
    expected: Expected,
    found: &'static str,
}

impl Why {
    /// Finds the way to what does not fit, which nobody had to remember before.
    pub(crate) fn new(item: Node<'_, '_>, misfit: Misfit) -> Self {
        let found = kind(item.at(misfit.number).kind());
        Self(Box::new(Reason { place: way(item, misfit.number), expected: misfit.expected, found }))
    }

    /// Returns the place from where the item begins, such as `text.body`. Empty for the item itself.
    #[must_use]
    pub fn place(&self) -> &str {
        &self.0.place
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Reason { place, expected, found } = &*self.0;
        if !place.is_empty() {
            write!(f, "`{place}`: ")?;
        }
        match expected {
            Expected::Kind(expected) => write!(f, "{expected} was expected, and there is {found}"),
            Expected::Member(name) => write!(f, "`{name}` is missing"),
            Expected::AtMost(bytes) => write!(f, "it is longer than {bytes} bytes"),
        }
    }
}

fn kind(first: u8) -> &'static str {
    match first {
        b'{' => "an object",
        b'[' => "an array",
        b'"' => "a text",
        b't' | b'f' => "a truth value",
        b'n' => "nothing",
        _ => "a number",
    }
}

/// The names and positions that lead from a value to one inside of it. Whoever got there knew all the names,
/// so none of them is made up by the sender.
fn way(item: Node<'_, '_>, number: u32) -> String {
    let (mut way, mut node) = (String::new(), item);
    let is_around = |node: &Node<'_, '_>| (node.number()..node.next()).contains(&number);
    while node.number() != number {
        if let Some(mut members) = node.inside(b'{')
            && let Some((name, value)) =
                std::iter::from_fn(|| members.member()).find(|(_, value)| is_around(value))
        {
            if !way.is_empty() {
                way.push('.');
            }
            way.push_str(&name.name());
            node = value;
        } else if let Some(items) = node.inside(b'[')
            && let Some((at, value)) = items.enumerate().find(|(_, value)| is_around(value))
        {
            let _ = write!(way, "[{at}]");
            node = value;
        } else {
            break;
        }
    }
    way
}
