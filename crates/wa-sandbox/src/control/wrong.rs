//! Faults of a body: which member, and what it has to be.

use std::fmt::{self, Write as _};

use serde::de::{Error, Expected, Unexpected};
use serde_json::Value;
use wa_message_core::__shared::OneLine;

/// How much is shown of a text that came, in characters.
const SHOWN: usize = 64;

/// A body that is none that fits.
#[derive(Debug)]
pub(super) struct Wrong {
    /// The way to the member, from its end.
    way: Vec<Step>,
    what: What,
}

#[derive(Debug)]
enum Step {
    Member(String),
    Item(usize),
}

#[derive(Debug)]
enum What {
    /// It has to be something, and is something else.
    Is { must: String, is: String },
    /// A member is missing.
    Lacks(&'static str),
    /// A member that is none of these.
    Has { member: String, known: &'static [&'static str] },
    /// A name that is none of these.
    Named { name: String, known: &'static [&'static str] },
    /// Something else, in a sentence.
    Says(String),
}

impl Wrong {
    fn new(what: What) -> Self {
        Self { way: Vec::new(), what }
    }

    pub(super) fn must(must: impl Into<String>, is: impl Into<String>) -> Self {
        Self::new(What::Is { must: must.into(), is: is.into() })
    }

    /// The same, in a member.
    pub(super) fn in_member(mut self, name: &str) -> Self {
        self.way.push(Step::Member(OneLine { text: name, at_most: SHOWN }.to_string()));
        self
    }

    /// The same, in an item.
    pub(super) fn in_item(mut self, index: usize) -> Self {
        self.way.push(Step::Item(index));
        self
    }

    /// How much of the way there is in a JSON value, in steps.
    pub(super) fn leads_into(&self, mut json: &Value) -> usize {
        let mut steps = 0;
        for step in self.way.iter().rev() {
            let inside = match step {
                Step::Member(name) => json.get(name),
                Step::Item(_) => json.get(0),
            };
            let Some(inside) = inside else { return steps };
            (json, steps) = (inside, steps + 1);
        }
        match &self.what {
            What::Lacks(member) if json.get(member).is_some() => steps + 1,
            _ => steps,
        }
    }

    fn place(&self) -> String {
        let mut place = String::new();
        for step in self.way.iter().rev() {
            match step {
                Step::Member(name) if place.is_empty() => place.push_str(name),
                Step::Member(name) => {
                    place.push('.');
                    place.push_str(name);
                }
                // Writing into a text does not fail.
                Step::Item(index) => drop(write!(place, "[{index}]")),
            }
        }
        place
    }
}

/// Names in a sentence.
fn list(names: &[&str]) -> String {
    let names: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    match names.split_last() {
        None => "nothing".to_owned(),
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
    }
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = self.place();
        let named = if place.is_empty() { "the body".to_owned() } else { format!("`{place}`") };
        match &self.what {
            What::Is { must, is } => write!(f, "{named} must be {must}, and is {is}"),
            What::Lacks(member) if place.is_empty() => write!(f, "`{member}` is missing"),
            What::Lacks(member) => write!(f, "`{place}.{member}` is missing"),
            What::Has { member, known } => {
                write!(f, "{named} has no member `{member}`; it can have {}", list(known))
            }
            What::Named { name, known } => {
                write!(f, "{named} cannot be `{name}`; it can be {}", list(known))
            }
            What::Says(says) => f.write_str(says),
        }
    }
}

impl std::error::Error for Wrong {}

impl Error for Wrong {
    fn custom<T: fmt::Display>(says: T) -> Self {
        Self::new(What::Says(says.to_string()))
    }

    fn invalid_type(is: Unexpected<'_>, must: &dyn Expected) -> Self {
        let must = must.to_string();
        let expected = most(&must, &is).unwrap_or_else(|| expected(&must).to_owned());
        Self::must(expected, found(&is))
    }

    fn invalid_value(is: Unexpected<'_>, must: &dyn Expected) -> Self {
        Self::invalid_type(is, must)
    }

    fn unknown_variant(name: &str, known: &'static [&'static str]) -> Self {
        let name = OneLine { text: name, at_most: SHOWN }.to_string();
        Self::new(What::Named { name, known })
    }

    fn unknown_field(member: &str, known: &'static [&'static str]) -> Self {
        let member = OneLine { text: member, at_most: SHOWN }.to_string();
        Self::new(What::Has { member, known })
    }

    fn missing_field(member: &'static str) -> Self {
        Self::new(What::Lacks(member))
    }
}

/// What a type of Rust is in JSON.
fn expected(rust: &str) -> &str {
    match rust {
        "u8" | "u16" | "u32" | "u64" | "usize" => "a whole number from 0 on",
        "i64" => "a whole number",
        "f64" => "a number",
        "a string" => "a text",
        "a boolean" => "true or false",
        "a sequence" => "an array",
        "a map" => "an object",
        _ if rust.starts_with("struct ") => "an object",
        other => other,
    }
}

/// What a whole number has to be where one is too large: how large it may be.
fn most(rust: &str, is: &Unexpected<'_>) -> Option<String> {
    let most = match rust {
        "u8" => u8::MAX.into(),
        "u16" => u16::MAX.into(),
        "u32" => u32::MAX.into(),
        "u64" | "usize" => u64::MAX,
        _ => return None,
    };
    match is {
        Unexpected::Unsigned(_) => {}
        Unexpected::Float(number) if *number >= 1.0 => {}
        _ => return None,
    }
    Some(format!("a whole number from 0 to {most}"))
}

fn found(is: &Unexpected<'_>) -> String {
    match is {
        Unexpected::Str(text) => format!("the text `{}`", OneLine { text, at_most: SHOWN }),
        Unexpected::Unit => "null".to_owned(),
        Unexpected::Bool(truth) => truth.to_string(),
        Unexpected::Unsigned(number) => number.to_string(),
        Unexpected::Signed(number) => number.to_string(),
        Unexpected::Float(number) => number.to_string(),
        Unexpected::Seq => "an array".to_owned(),
        Unexpected::Map => "an object".to_owned(),
        other => other.to_string(),
    }
}

/// A choice that was written in another way than it has to be.
pub(super) fn choice(variants: &[&str], is: &Value) -> Wrong {
    let is = match is {
        Value::Object(members) => format!("an object with {} members", members.len()),
        other => found(&unexpected(other)),
    };
    let must = format!("{}, as the one member of an object, or alone as a text", list(variants));
    Wrong::must(must, is)
}

pub(super) fn unexpected(json: &Value) -> Unexpected<'_> {
    match json {
        Value::Null => Unexpected::Unit,
        Value::Bool(truth) => Unexpected::Bool(*truth),
        Value::Number(number) => match (number.as_u64(), number.as_i64()) {
            (Some(number), _) => Unexpected::Unsigned(number),
            (None, Some(number)) => Unexpected::Signed(number),
            (None, None) => Unexpected::Float(number.as_f64().unwrap_or_default()),
        },
        Value::String(text) => Unexpected::Str(text),
        Value::Array(_) => Unexpected::Seq,
        Value::Object(_) => Unexpected::Map,
    }
}
