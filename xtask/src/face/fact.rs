//! The value of a keyword, which can be compared and written down.

use std::fmt;

use crate::yaml::{Node, Value};

/// What a keyword says. The members of a mapping are sorted, so that their order changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub enum Fact {
    /// `null`
    Null,
    /// `true` or `false`
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// Any other number.
    Number(f64),
    /// A string.
    Text(String),
    /// A sequence.
    List(Vec<Fact>),
    /// A mapping.
    Map(Vec<(String, Fact)>),
}

impl Fact {
    /// What a node says.
    #[must_use]
    pub fn of(node: &Node) -> Self {
        match &node.value {
            Value::Null => Self::Null,
            Value::Boolean(value) => Self::Boolean(*value),
            Value::Integer(value) => Self::Integer(*value),
            Value::Number(value) => Self::Number(*value),
            Value::Text(value) => Self::Text(value.clone()),
            Value::List(items) => Self::List(items.iter().map(Self::of).collect()),
            Value::Map(members) => Self::map(
                members.iter().map(|(name, member)| (name.clone(), Self::of(member))).collect(),
            ),
        }
    }

    /// A mapping.
    #[must_use]
    pub fn map(mut members: Vec<(String, Self)>) -> Self {
        members.sort_by(|(left, _), (right, _)| left.cmp(right));
        Self::Map(members)
    }

    /// A list of strings.
    #[must_use]
    pub fn texts<'t>(texts: impl IntoIterator<Item = &'t str>) -> Self {
        Self::List(texts.into_iter().map(|text| Self::Text(text.to_owned())).collect())
    }

    /// The number, if it is one.
    #[must_use]
    pub fn number(&self) -> Option<f64> {
        match self {
            #[allow(clippy::cast_precision_loss)] // Limits are small.
            Self::Integer(value) => Some(*value as f64),
            Self::Number(value) => Some(*value),
            _ => None,
        }
    }

    /// The items of a sequence.
    #[must_use]
    pub fn items(&self) -> &[Self] {
        match self {
            Self::List(items) => items,
            _ => &[],
        }
    }

    /// The members of a mapping.
    #[must_use]
    pub fn members(&self) -> &[(String, Self)] {
        match self {
            Self::Map(members) => members,
            _ => &[],
        }
    }

    /// The member of a mapping.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Self> {
        self.members().iter().find(|(known, _)| known == name).map(|(_, fact)| fact)
    }
}

/// As YAML in one line.
impl fmt::Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Boolean(value) => write!(f, "{value}"),
            Self::Integer(value) => write!(f, "{value}"),
            Self::Number(value) => write!(f, "{value:?}"),
            Self::Text(value) => f.write_str(&scalar(value)),
            Self::List(items) => {
                f.write_str("[")?;
                for (index, item) in items.iter().enumerate() {
                    let comma = if index == 0 { "" } else { ", " };
                    write!(f, "{comma}{item}")?;
                }
                f.write_str("]")
            }
            Self::Map(members) => {
                f.write_str("{")?;
                for (index, (name, fact)) in members.iter().enumerate() {
                    let comma = if index == 0 { "" } else { ", " };
                    write!(f, "{comma}{}: {fact}", scalar(name))?;
                }
                f.write_str("}")
            }
        }
    }
}

/// A string as YAML: bare where nothing else can be meant.
#[must_use]
pub(super) fn scalar(text: &str) -> String {
    let is_word = text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.chars().all(|letter| letter.is_ascii_alphanumeric() || "_-./".contains(letter));
    let is_other = ["true", "false", "null"].contains(&text.to_ascii_lowercase().as_str());
    if is_word && !is_other {
        text.to_owned()
    } else if text.chars().any(char::is_control) {
        // A string of JSON is one of YAML, too.
        serde_json::Value::from(text).to_string()
    } else {
        format!("'{}'", text.replace('\'', "''"))
    }
}
