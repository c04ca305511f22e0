//! YAML as a tree in which every node knows its place.

use saphyr::{LoadableYamlNode, MarkedYaml, Scalar, YamlData};

use crate::error::{Error, Place, Result};

/// A node of the description.
#[derive(Debug, Clone)]
pub struct Node {
    /// Where it stands.
    pub place: Place,
    /// What it is.
    pub value: Value,
}

/// What a node is.
#[derive(Debug, Clone)]
pub enum Value {
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
    List(Vec<Node>),
    /// A mapping, in its order.
    Map(Vec<(String, Node)>),
}

/// Reads a YAML text.
///
/// # Errors
///
/// When the text is no YAML, has no or several documents, or maps something other than strings.
pub fn read(text: &str) -> Result<Node> {
    let documents =
        MarkedYaml::load_from_str(text).map_err(|error| Error::Yaml(error.to_string()))?;
    match documents.as_slice() {
        [document] => node(document, String::new()),
        [] => Err(Error::Yaml("the file is empty".to_owned())),
        _ => Err(Error::Yaml("the file holds more than one document".to_owned())),
    }
}

fn node(yaml: &MarkedYaml<'_>, pointer: String) -> Result<Node> {
    let place = Place { line: yaml.span.start.line(), column: yaml.span.start.col() + 1, pointer };
    let value = match &yaml.data {
        YamlData::Value(Scalar::Null) => Value::Null,
        YamlData::Value(Scalar::Boolean(value)) => Value::Boolean(*value),
        YamlData::Value(Scalar::Integer(value)) => Value::Integer(*value),
        YamlData::Value(Scalar::FloatingPoint(value)) => Value::Number(value.into_inner()),
        YamlData::Value(Scalar::String(value)) => Value::Text(value.to_string()),
        YamlData::Sequence(items) => {
            let items = items.iter().enumerate();
            let items = items.map(|(index, item)| node(item, format!("{}/{index}", place.pointer)));
            Value::List(items.collect::<Result<_>>()?)
        }
        YamlData::Mapping(members) => {
            let members = members.iter().map(|(key, member)| {
                let name = match &key.data {
                    YamlData::Value(Scalar::String(name)) => name.to_string(),
                    YamlData::Value(Scalar::Integer(name)) => name.to_string(),
                    _ => return Err(Error::at(&place, "a key that is not a string")),
                };
                let escaped = name.replace('~', "~0").replace('/', "~1");
                let member = node(member, format!("{}/{escaped}", place.pointer))?;
                Ok((name, member))
            });
            Value::Map(members.collect::<Result<_>>()?)
        }
        _ => {
            return Err(Error::at(&place, "a YAML feature that has no meaning in JSON"));
        }
    };
    Ok(Node { place, value })
}

impl Node {
    /// The member of a mapping.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Node> {
        match &self.value {
            Value::Map(members) => members.iter().find(|(key, _)| key == name).map(|(_, n)| n),
            _ => None,
        }
    }

    /// The members of a mapping.
    ///
    /// # Errors
    ///
    /// When it is something else.
    pub fn members(&self) -> Result<&[(String, Node)]> {
        match &self.value {
            Value::Map(members) => Ok(members),
            _ => Err(self.error("expected a mapping")),
        }
    }

    /// The items of a sequence.
    ///
    /// # Errors
    ///
    /// When it is something else.
    pub fn items(&self) -> Result<&[Node]> {
        match &self.value {
            Value::List(items) => Ok(items),
            _ => Err(self.error("expected a sequence")),
        }
    }

    /// A string.
    ///
    /// # Errors
    ///
    /// When it is something else.
    pub fn text(&self) -> Result<&str> {
        match &self.value {
            Value::Text(text) => Ok(text),
            _ => Err(self.error("expected a string; quote it if it looks like a number")),
        }
    }

    /// A whole number that is not negative.
    ///
    /// # Errors
    ///
    /// When it is something else.
    pub fn count(&self) -> Result<usize> {
        match self.value {
            Value::Integer(value) => {
                usize::try_from(value).map_err(|_| self.error("expected a number from 0"))
            }
            _ => Err(self.error("expected a whole number")),
        }
    }

    /// The number of a rule.
    ///
    /// # Errors
    ///
    /// When it is something else.
    pub fn rule_number(&self) -> Result<u16> {
        u16::try_from(self.count()?).map_err(|_| self.error("expected the number of a rule"))
    }

    /// A whole number.
    ///
    /// # Errors
    ///
    /// When it is something else.
    pub fn integer(&self) -> Result<i64> {
        match self.value {
            Value::Integer(value) => Ok(value),
            _ => Err(self.error("expected a whole number")),
        }
    }

    /// A number.
    ///
    /// # Errors
    ///
    /// When it is something else.
    pub fn number(&self) -> Result<f64> {
        match self.value {
            #[allow(clippy::cast_precision_loss)] // Limits are small.
            Value::Integer(value) => Ok(value as f64),
            Value::Number(value) => Ok(value),
            _ => Err(self.error("expected a number")),
        }
    }

    /// `true` or `false`.
    ///
    /// # Errors
    ///
    /// When it is something else.
    pub fn boolean(&self) -> Result<bool> {
        match self.value {
            Value::Boolean(value) => Ok(value),
            _ => Err(self.error("expected `true` or `false`")),
        }
    }

    /// A sequence of strings.
    ///
    /// # Errors
    ///
    /// When it is something else.
    pub fn texts(&self) -> Result<Vec<String>> {
        self.items()?.iter().map(|item| item.text().map(str::to_owned)).collect()
    }

    /// The name of the schema that a `$ref` leads to.
    ///
    /// # Errors
    ///
    /// When it leads elsewhere.
    pub fn reference(&self) -> Result<&str> {
        self.text()?
            .strip_prefix("#/components/schemas/")
            .ok_or_else(|| self.error("a `$ref` has to lead to `#/components/schemas/`"))
    }

    /// The node as JSON.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        match &self.value {
            Value::Null => serde_json::Value::Null,
            Value::Boolean(value) => (*value).into(),
            Value::Integer(value) => (*value).into(),
            Value::Number(value) => (*value).into(),
            Value::Text(value) => value.as_str().into(),
            Value::List(items) => items.iter().map(Self::to_json).collect(),
            Value::Map(members) => {
                let members = members.iter().map(|(name, node)| (name.clone(), node.to_json()));
                serde_json::Value::Object(members.collect())
            }
        }
    }

    /// An error at this node.
    #[must_use]
    pub fn error(&self, message: impl Into<String>) -> Error {
        Error::at(&self.place, message)
    }
}
