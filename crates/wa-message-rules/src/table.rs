//! The shape of the tables that the generator writes.
//!
//! A table describes a JSON value of the endpoint: its members, limits and rules, and the names
//! that the generated Rust types give to them.

mod numbers;
mod plain;
mod rule;

use std::ptr;

use crate::{format::Format, pattern::Pattern};

pub use numbers::{Keyword, Numbers};
pub use rule::{Asks, Condition, Rule, Step, Term};

/// What a JSON value has to be.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Schema {
    /// A string.
    Text(&'static Text),
    /// A whole number.
    Integer(&'static Integer),
    /// A number.
    Number(&'static Number),
    /// `true` or `false`.
    Boolean,
    /// An object of which only the number of members is known.
    Json(&'static Json),
    /// An array.
    List(&'static List),
    /// An object with known members.
    Object(&'static Object),
}

impl Schema {
    /// Whether it is the very same.
    pub(crate) fn is(self, other: Self) -> bool {
        match (self, other) {
            (Self::Text(one), Self::Text(other)) => ptr::eq(one, other),
            (Self::Integer(one), Self::Integer(other)) => ptr::eq(one, other),
            (Self::Number(one), Self::Number(other)) => ptr::eq(one, other),
            (Self::Boolean, Self::Boolean) => true,
            (Self::Json(one), Self::Json(other)) => ptr::eq(one, other),
            (Self::List(one), Self::List(other)) => ptr::eq(one, other),
            (Self::Object(one), Self::Object(other)) => ptr::eq(one, other),
            _ => false,
        }
    }
}

/// A string and its limits. Lengths count Unicode code points.
#[derive(Debug)]
pub struct Text {
    /// The name of the constant that these limits are, if it is one.
    pub name: &'static str,
    /// The least number of characters.
    pub min: usize,
    /// The greatest number of characters.
    pub max: usize,
    /// The pattern that it has to match.
    pub pattern: Option<&'static Pattern>,
    /// A check that no pattern can express.
    pub format: Option<Format>,
    /// The values that it can have, and `None` for any.
    pub values: Option<&'static Values>,
    /// What pattern and format ask for, as the end of a sentence with "must".
    pub says: &'static str,
    /// Whether an integer is read as its decimal digits.
    pub lenient_integer: bool,
    /// The numbers of the rules behind the limits.
    pub numbers: Numbers,
}

/// The closed set of values of a string.
#[derive(Debug)]
pub struct Values {
    /// The values as the API writes them.
    pub names: &'static [&'static str],
    /// Other spellings that are read, each with the value that it stands for.
    pub aliases: &'static [(&'static str, &'static str)],
    /// The generated enum.
    pub rust: &'static str,
    /// Its variants, in the order of `names`.
    pub variants: &'static [&'static str],
}

impl Values {
    /// The value that a text stands for in any case, as the API writes it.
    #[must_use]
    pub fn canonical(&self, found: &str) -> Option<&'static str> {
        let alias = self.aliases.iter().find(|(alias, _)| alias.eq_ignore_ascii_case(found));
        let found = alias.map_or(found, |(_, name)| name);
        self.names.iter().find(|name| name.eq_ignore_ascii_case(found)).copied()
    }
}

impl Text {
    /// The only value that the string can have, if there is but one.
    #[must_use]
    pub fn constant(&self) -> Option<&'static str> {
        match self.values {
            Some(Values { names: [only], .. }) => Some(only),
            _ => None,
        }
    }
}

/// A whole number and its range.
#[derive(Debug)]
pub struct Integer {
    /// The least value.
    pub min: Option<i64>,
    /// The greatest value.
    pub max: Option<i64>,
    /// The only value that it can have.
    pub constant: Option<i64>,
    /// The numbers of the rules behind the limits.
    pub numbers: Numbers,
}

/// A number and its range.
#[derive(Debug)]
pub struct Number {
    /// The least value.
    pub min: Option<f64>,
    /// The greatest value.
    pub max: Option<f64>,
    /// The numbers of the rules behind the limits.
    pub numbers: Numbers,
}

/// An object of free members.
#[derive(Debug)]
pub struct Json {
    /// The least number of members.
    pub min: usize,
    /// The greatest number of members.
    pub max: usize,
    /// The greatest number of characters of each member, if all of them have to be texts.
    pub texts: Option<usize>,
    /// The numbers of the rules behind the limits.
    pub numbers: Numbers,
}

/// An array and its limits.
#[derive(Debug)]
pub struct List {
    /// What each item has to be.
    pub items: Schema,
    /// The least number of items.
    pub min: usize,
    /// The greatest number of items.
    pub max: usize,
    /// How many items of a kind there may be.
    pub at_most: &'static [AtMost],
    /// The numbers of the rules behind the limits.
    pub numbers: Numbers,
}

/// How many items with a certain member value an array may hold.
#[derive(Debug)]
pub struct AtMost {
    /// The member that is looked at.
    pub member: &'static str,
    /// Its value.
    pub value: &'static str,
    /// The greatest number of such items.
    pub max: usize,
    /// The number of the rule.
    pub number: Option<u16>,
}

/// An object: its own members, those of the arm that its tag chooses, and its rules.
#[derive(Debug)]
pub struct Object {
    /// The name of the schema, which is the name of the generated type. Empty for an inline arm.
    pub name: &'static str,
    /// The beginning of the names of the constants with its rules, if some look at one text alone.
    pub constant: &'static str,
    /// What a sentence calls it: "a reply button".
    pub label: &'static str,
    /// What it is.
    pub description: &'static str,
    /// The kind of message that it is the body of.
    pub kind: Option<&'static str>,
    /// The members that it has whatever its tag says, in the order of the description.
    pub fields: &'static [Field],
    /// The member whose value chooses among further members.
    pub tag: Option<&'static Tag>,
    /// Groups of members of which exactly one has to be given.
    pub exactly_one: &'static [&'static [&'static str]],
    /// Groups of members of which at least one has to be given.
    pub at_least_one: &'static [&'static [&'static str]],
    /// Members that are refused with a word why.
    pub refused: &'static [Refused],
    /// Members that are taken and come to nothing.
    pub ignored: &'static [&'static str],
    /// Rules over several members.
    pub rules: &'static [Rule],
    /// What is taken but hardly meant, or goes wrong later.
    pub advice: &'static [Rule],
    /// The member that a bare value stands for in the short form.
    pub natural: Option<&'static str>,
    /// The numbers of the rules behind the limits.
    pub numbers: Numbers,
}

/// A member of an object.
#[derive(Debug)]
pub struct Field {
    /// The name in the JSON.
    pub name: &'static str,
    /// The name in the generated struct, where it is another.
    pub rust: Option<&'static str>,
    /// What it is. The first sentence is a noun phrase.
    pub description: &'static str,
    /// What its value has to be.
    pub schema: Schema,
    /// Whether it has to be given.
    pub required: bool,
    /// Whether the short form writes the members of this object in its place.
    pub lifted: bool,
    /// Whether the short form fills in the position in the array.
    pub position: bool,
    /// Names under which the short form writes items of this array.
    pub by_name: &'static [ByName],
    /// Names that it does not have, and under which somebody may look for it.
    pub synonyms: &'static [&'static str],
    /// Members that an addressee is written in instead, when none of them is given.
    pub addressee: &'static [&'static str],
    /// The number of the rule that asks for it.
    pub number: Option<u16>,
}

/// A name that stands for items of an array in the short form.
#[derive(Debug)]
pub struct ByName {
    /// The name in the short form.
    pub name: &'static str,
    /// The tag value of the item or items.
    pub value: &'static str,
    /// The member of the item that takes what is written, when the name stands for one item.
    pub holds: Option<&'static str>,
    /// The member that takes the names, when what is written is an object of named values.
    pub keyed_by: Option<&'static str>,
    /// Names that it does not have, and under which somebody may look for it.
    pub synonyms: &'static [&'static str],
}

/// The member of an object whose value chooses among further members.
#[derive(Debug)]
pub struct Tag {
    /// The name of the member.
    pub name: &'static str,
    /// What it is.
    pub description: &'static str,
    /// The generated enum.
    pub rust: &'static str,
    /// The member of the generated struct that holds the enum, when there are members beside it.
    pub flattened: Option<&'static str>,
    /// What it can choose.
    pub arms: &'static [Arm],
    /// The arm that is taken when the member is absent.
    pub default: Option<usize>,
}

/// What one value of a tag chooses.
#[derive(Debug)]
pub struct Arm {
    /// The value of the tag.
    pub value: &'static str,
    /// The variant of the generated enum.
    pub variant: &'static str,
    /// The further members.
    pub object: &'static Object,
}

/// A member that is refused with a word why.
#[derive(Debug)]
pub struct Refused {
    /// The name of the member.
    pub name: &'static str,
    /// Why it is refused.
    pub because: &'static str,
    /// The members of the object that are to be given in its place.
    pub instead: &'static [&'static str],
    /// The number of the rule.
    pub number: Option<u16>,
}

/// A kind of message, as the short form names it.
#[derive(Debug)]
pub struct Kind {
    /// The name: `list`.
    pub name: &'static str,
    /// What it is.
    pub description: &'static str,
    /// The request body.
    pub root: &'static Object,
    /// The tag values that lead from the body to the kind, outermost first.
    pub tags: &'static [&'static str],
}

/// The table of what the tag of an object chooses, without its other members.
#[doc(hidden)]
#[must_use]
pub const fn only_tag(object: &Object) -> Object {
    Object {
        fields: &[],
        exactly_one: &[],
        at_least_one: &[],
        refused: &[],
        ignored: &[],
        rules: &[],
        advice: &[],
        ..*object
    }
}

impl Object {
    /// The member of this name, without those that a tag chooses.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// Returns the object and what its tags choose, outermost first. It ends where a tag chooses nothing.
    pub fn chosen(
        &'static self,
        mut choose: impl FnMut(&'static Self, &'static Tag) -> Option<&'static Arm>,
    ) -> impl Iterator<Item = &'static Self> {
        std::iter::successors(Some(self), move |object| {
            object.tag.and_then(|tag| choose(object, tag)).map(|arm| arm.object)
        })
    }

    /// Whether a member has to be there, when it is known which others are: it is required, or one of
    /// several members is needed and no other of them is there.
    #[must_use]
    pub fn needs(&self, field: &Field, is_there: impl Fn(&str) -> bool) -> bool {
        let is_lone = |group: &&[&str]| **group == [field.name];
        let is_there = |group: &&[&str]| !is_lone(group) && group.iter().all(|name| is_there(name));
        field.required
            || self.at_least_one.iter().any(is_lone) && !self.at_least_one.iter().any(is_there)
    }

    /// The word why a member is refused.
    #[must_use]
    pub fn refusal(&self, name: &str) -> Option<&'static Refused> {
        self.refused.iter().find(|refused| refused.name == name)
    }
}

impl Tag {
    /// Returns the arm that a value of the tag chooses, or its absence.
    #[must_use]
    pub fn chosen(&self, value: Option<&str>) -> Option<&'static Arm> {
        match value {
            Some(value) => self.arm(value),
            None => self.default.map(|default| &self.arms[default]),
        }
    }

    /// Returns the arm that is chosen whatever the tag says, where there is but one.
    #[must_use]
    pub fn only(&self) -> Option<&'static Arm> {
        match self.arms {
            [only] => Some(only),
            _ => None,
        }
    }

    /// The arm that a value of the tag chooses, in any case.
    #[must_use]
    pub fn arm(&self, value: &str) -> Option<&'static Arm> {
        self.arms.iter().find(|arm| arm.value.eq_ignore_ascii_case(value))
    }
}
