//! The model of a description, with every keyword understood.

mod codes;
mod rules;

pub use codes::{CodeRange, ErrorClass, ErrorCode, ErrorCodes, RetryAdvice, ThrottleScope};
pub use rules::{Asks, Condition, Rule, Step, Term};

use crate::error::Place;

/// All that is generated from.
#[derive(Debug)]
pub struct Description {
    /// The version of the API in the address, if none is chosen.
    pub api_version: String,
    /// The address of the API, without the version.
    pub base_url: String,
    /// The named schemas, in the order of the file.
    pub schemas: Vec<Schema>,
    /// The kinds of message.
    pub kinds: Vec<Kind>,
    /// The codes that the API refuses with.
    pub codes: ErrorCodes,
}

/// A named schema.
#[derive(Debug)]
pub enum Schema {
    /// An object or a union.
    Object(Box<Object>),
    /// A closed set of strings.
    Enum(Enum),
    /// A set of strings that may grow.
    OpenEnum(OpenEnum),
    /// A string with limits, shared by several members.
    Text(String),
}

/// A closed set of strings.
#[derive(Debug, Clone)]
pub struct Enum {
    /// The name of the type.
    pub name: String,
    /// What it is.
    pub description: String,
    /// The values.
    pub values: Vec<String>,
    /// Other spellings that are read, each with its value.
    pub aliases: Vec<(String, String)>,
}

/// A set of strings that may grow.
#[derive(Debug, Clone)]
pub struct OpenEnum {
    /// The name of the type.
    pub name: String,
    /// What it is.
    pub description: String,
    /// The values that are known, and what they mean.
    pub values: Vec<(String, String)>,
}

/// An object or a union.
#[derive(Debug, Clone)]
pub struct Object {
    /// Where it stands.
    pub place: Place,
    /// The name of the type. Empty for an inline arm.
    pub name: String,
    /// What a sentence calls it.
    pub label: String,
    /// What it is.
    pub description: String,
    /// The kind of message that it is the body of.
    pub kind: Option<String>,
    /// Its own members, without those that are tags of a union around it.
    pub fields: Vec<Field>,
    /// The union in it.
    pub union: Option<Union>,
    /// Groups of members of which exactly one is given.
    pub exactly_one: Vec<Vec<String>>,
    /// Groups of members of which at least one is given.
    pub at_least_one: Vec<Vec<String>>,
    /// The member of `at_least_one` that its constructor takes.
    pub usual: Option<String>,
    /// Members that are refused with a word why.
    pub refused: Vec<Refused>,
    /// Members that are taken and come to nothing.
    pub ignored: Vec<String>,
    /// Rules over several members.
    pub rules: Vec<Rule>,
    /// What is advised against.
    pub advice: Vec<Rule>,
    /// The member that a bare value stands for.
    pub natural: Option<String>,
    /// Numbers of rules by keyword.
    pub numbers: Vec<(String, u16)>,
    /// Whether it is read from the API, and unknown members are read over.
    pub answer: bool,
    /// The name of the enum, when there are members beside the union.
    pub content: Option<String>,
}

/// A member.
#[derive(Debug, Clone)]
pub struct Field {
    /// Where it stands.
    pub place: Place,
    /// The name in the JSON.
    pub name: String,
    /// What it is.
    pub description: String,
    /// What its value has to be.
    pub value: Type,
    /// Whether it has to be given.
    pub required: bool,
    /// Whether the short form writes its members in its place.
    pub lifted: bool,
    /// Whether the short form fills in the position in the array.
    pub position: bool,
    /// Names that stand for items of it in the short form.
    pub by_name: Vec<ByName>,
    /// Names under which somebody may look for it.
    pub synonyms: Vec<String>,
    /// Members that an addressee is written in instead, when none of them is given.
    pub addressee: Vec<String>,
    /// The rule that asks for it.
    pub number: Option<u16>,
}

/// A name that stands for items of an array in the short form.
#[derive(Debug, Clone)]
pub struct ByName {
    /// The name.
    pub name: String,
    /// The tag value of the item.
    pub value: String,
    /// The member that takes what is written.
    pub holds: Option<String>,
    /// The member of its items that takes the names of named values.
    pub keyed_by: Option<String>,
    /// Names under which somebody may look for it.
    pub synonyms: Vec<String>,
}

/// What a value has to be.
#[derive(Debug, Clone)]
pub enum Type {
    /// A string.
    Text(Box<Text>),
    /// A whole number.
    Integer {
        /// The least value.
        min: Option<i64>,
        /// The greatest value.
        max: Option<i64>,
        /// The only value.
        constant: Option<i64>,
        /// Numbers of rules by keyword.
        numbers: Vec<(String, u16)>,
    },
    /// A number.
    Number {
        /// The least value.
        min: Option<f64>,
        /// The greatest value.
        max: Option<f64>,
        /// Numbers of rules by keyword.
        numbers: Vec<(String, u16)>,
    },
    /// `true` or `false`.
    Boolean,
    /// An object of free members.
    Json {
        /// The least number of members.
        min: usize,
        /// The greatest number of members.
        max: Option<usize>,
        /// The greatest number of characters of each member, if all are texts.
        texts: Option<usize>,
        /// Numbers of rules by keyword.
        numbers: Vec<(String, u16)>,
    },
    /// Any JSON value. Only in answers.
    Any,
    /// An array.
    List(Box<List>),
    /// A named object or union.
    Object(String),
    /// A named set of strings that may grow. Only in answers.
    OpenEnum(String),
}

/// A string.
#[derive(Debug, Clone, Default)]
pub struct Text {
    /// The least number of characters.
    pub min: usize,
    /// The greatest number of characters.
    pub max: Option<usize>,
    /// The pattern.
    pub pattern: Option<String>,
    /// The named check.
    pub format: Option<String>,
    /// The name of the enum of its values.
    pub values: Option<String>,
    /// What pattern and format ask for.
    pub says: String,
    /// Whether an integer is read as its digits.
    pub lenient_integer: bool,
    /// Numbers of rules by keyword.
    pub numbers: Vec<(String, u16)>,
}

/// An array.
#[derive(Debug, Clone)]
pub struct List {
    /// What each item has to be.
    pub items: Type,
    /// The least number of items.
    pub min: usize,
    /// The greatest number of items.
    pub max: Option<usize>,
    /// How many items of a kind there may be: member, value, number, rule.
    pub at_most: Vec<(String, String, usize, Option<u16>)>,
    /// Numbers of rules by keyword.
    pub numbers: Vec<(String, u16)>,
}

/// A union: a member whose value chooses among further members.
#[derive(Debug, Clone)]
pub struct Union {
    /// The name of the tag.
    pub tag: String,
    /// What the tag is.
    pub description: String,
    /// What it chooses.
    pub arms: Vec<Arm>,
    /// The arm that is taken when the tag is absent.
    pub default: Option<usize>,
}

/// What one value of a tag chooses.
#[derive(Debug, Clone)]
pub struct Arm {
    /// The value of the tag.
    pub value: String,
    /// The further members.
    pub object: ArmObject,
}

/// Where the members of an arm are written down.
#[derive(Debug, Clone)]
pub enum ArmObject {
    /// In the union.
    Inline(Box<Object>),
    /// In a schema of their own.
    Named(String),
}

/// A member that is refused with a word why.
#[derive(Debug, Clone)]
pub struct Refused {
    /// The name.
    pub name: String,
    /// Why.
    pub because: String,
    /// The members of the object that are to be given in its place.
    pub instead: Vec<String>,
    /// The rule.
    pub number: Option<u16>,
}

/// A kind of message.
#[derive(Debug, Clone)]
pub struct Kind {
    /// The name in the short form.
    pub name: String,
    /// What it is.
    pub description: String,
    /// The request body.
    pub root: String,
    /// The tag values that lead to it.
    pub tags: Vec<String>,
}

/// What a member always is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Constant<'v> {
    /// A text.
    Text(&'v str),
    /// A whole number.
    Number(i64),
}

impl Description {
    /// The object of a name.
    #[must_use]
    pub fn object(&self, name: &str) -> Option<&Object> {
        self.objects().find(|object| object.name == name)
    }

    /// The closed set of strings of a name.
    #[must_use]
    pub fn values(&self, name: &str) -> Option<&Enum> {
        self.schemas.iter().find_map(|schema| match schema {
            Schema::Enum(values) if values.name == name => Some(values),
            _ => None,
        })
    }

    /// What a member always is, if it is required and has one value only. No type has such a member: the
    /// writer writes it, and the reader asks for it.
    #[must_use]
    pub fn constant<'v>(&'v self, field: &Field) -> Option<Constant<'v>> {
        match &field.value {
            _ if !field.required => None,
            Type::Text(text) => match self.values(text.values.as_deref()?)?.values.as_slice() {
                [only] => Some(Constant::Text(only)),
                _ => None,
            },
            Type::Integer { constant, .. } => constant.map(Constant::Number),
            _ => None,
        }
    }

    /// All named objects.
    pub fn objects(&self) -> impl Iterator<Item = &Object> {
        self.schemas.iter().filter_map(|schema| match schema {
            Schema::Object(object) => Some(&**object),
            _ => None,
        })
    }

    /// The members of an arm.
    #[must_use]
    pub fn arm_object<'d>(&'d self, arm: &'d Arm) -> Option<&'d Object> {
        match &arm.object {
            ArmObject::Inline(object) => Some(object),
            ArmObject::Named(name) => self.object(name),
        }
    }

    /// The member of an object, whatever its tag says: the first that has the name.
    #[must_use]
    pub fn field<'d>(&'d self, object: &'d Object, name: &str) -> Option<&'d Field> {
        let own = object.fields.iter().find(|field| field.name == name);
        own.or_else(|| {
            let arms = object.union.iter().flat_map(|union| &union.arms);
            arms.filter_map(|arm| self.arm_object(arm)).find_map(|inner| self.field(inner, name))
        })
    }
    /// The member that a bare value stands for in the place of an object.
    #[must_use]
    pub fn natural<'d>(&'d self, object: &'d Object) -> Option<&'d Field> {
        self.field(object, object.natural.as_deref()?)
    }
}
