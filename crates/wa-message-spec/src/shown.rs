//! Tables of how messages are shown, generated from `x-shown` in `openapi/messages.yaml` and `openapi/webhooks.yaml`.
//!
//! They know the members of which something is seen, and its [`Role`]. Who draws a message walks over its JSON with
//! them, and needs to know no kind of message.

pub use crate::generated::shown::*;

/// The part that something plays in what a phone shows.
///
/// First those of a single value, then those of what holds others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Role {
    /// A text with formatting and links.
    Text,
    /// The line above the text of a message.
    Heading,
    /// The smaller line under that.
    Subheading,
    /// The small text under a message.
    Footer,
    /// The name of what it stands in, such as a button or a place.
    Title,
    /// A small line under a title. Of what holds others, one line of them all.
    Detail,
    /// The address or the id of a file.
    Source,
    /// The name of a file.
    FileName,
    /// Whether a sound is a voice note.
    Voice,
    /// A latitude.
    Latitude,
    /// A longitude.
    Longitude,
    /// What comes back when something is tapped.
    Id,
    /// Where a button leads.
    Url,
    /// What a button copies.
    Code,
    /// The id of the message that this one is about.
    Quote,
    /// An emoji that is put on a message.
    Emoji,
    /// How many of something there are.
    Quantity,
    /// An amount of money, times its offset.
    Value,
    /// What an amount is divided by.
    Offset,
    /// The code of the money of amounts.
    Money,
    /// A price. It holds an amount, or is one.
    Price,
    /// A word for a state.
    State,
    /// A time in seconds since 1970.
    Seconds,
    /// A time in milliseconds since 1970.
    Milliseconds,
    /// Whether the first link of the text is shown with a preview.
    Preview,
    /// The name of a variable.
    VariableName,
    /// The sign that somebody is writing.
    Typing,
    /// A message: a bubble is drawn of it.
    Message,
    /// A line in the middle that is no bubble.
    Notice,
    /// A picture.
    Picture,
    /// A film.
    Film,
    /// A sound.
    Sound,
    /// A file.
    File,
    /// A small picture without a bubble around it.
    Decal,
    /// A place on a map.
    Place,
    /// A contact.
    Person,
    /// A product of a catalog.
    Product,
    /// A button that answers or opens something in the app.
    Button,
    /// A button that leads to an address.
    Link,
    /// A button that copies a code.
    Copy,
    /// A button that opens a list.
    Sheet,
    /// A part of a list, with a heading.
    Section,
    /// A row of a list.
    Row,
    /// A card of several that are swiped through.
    Card,
    /// An order.
    Bill,
    /// A line of an order.
    Line,
    /// The last line of an order.
    Total,
    /// A rating by stars.
    Stars,
    /// A message that is made from a definition.
    Template,
    /// The value of a variable.
    Variable,
}

/// How something is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shown {
    /// The part that it plays.
    pub role: Role,
    /// Words of the app: the title if there is no other, or what stands before a value. Empty if there are none.
    pub says: &'static str,
    /// What the customer does who taps it, as the sandbox calls it. Empty if nothing comes back.
    pub answer: &'static str,
}

/// An object of which something is shown.
#[derive(Debug)]
pub struct Object {
    /// What it is as a message: a noun phrase. Empty if it is none by itself.
    pub is: &'static str,
    /// How it is shown as a whole.
    pub shown: Option<Shown>,
    /// The members of which something is shown, in the order of the description.
    pub fields: &'static [Field],
    /// The member that chooses among further members.
    pub tag: Option<&'static Tag>,
}

/// A member of which something is shown.
#[derive(Debug)]
pub struct Field {
    /// The name in the JSON.
    pub name: &'static str,
    /// How it is shown. It goes before what its object says of itself.
    pub shown: Option<Shown>,
    /// The object that it is, or that its items are.
    pub object: Option<&'static Object>,
}

/// A member that chooses among further members.
#[derive(Debug)]
pub struct Tag {
    /// The name of the member.
    pub name: &'static str,
    /// What it can choose.
    pub arms: &'static [Arm],
    /// The arm that is taken if the member is absent.
    pub default: Option<usize>,
}

/// What one value of a tag chooses.
#[derive(Debug)]
pub struct Arm {
    /// The value, and other spellings of it.
    pub values: &'static [&'static str],
    /// The further members.
    pub object: &'static Object,
}

impl Tag {
    /// Returns the arm that a value chooses, in any case, or its absence.
    #[must_use]
    pub fn chosen(&self, value: Option<&str>) -> Option<&'static Arm> {
        let Some(value) = value else { return self.default.and_then(|at| self.arms.get(at)) };
        let is_meant =
            |arm: &&Arm| arm.values.iter().any(|known| known.eq_ignore_ascii_case(value));
        self.arms.iter().find(is_meant)
    }
}
