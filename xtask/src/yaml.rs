//! YAML as a tree in which every node knows its place.

use saphyr::{LoadableYamlNode, MarkedYaml, Scalar, YamlData};

use crate::error::{Error, Hints, Place, Result};

/// A part of the text, from the first character to behind the last one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The line and the column of the first character, from 1.
    pub start: (usize, usize),
    /// The line and the column behind the last character, from 1.
    pub end: (usize, usize),
}

/// A node of the description.
#[derive(Debug, Clone)]
pub struct Node {
    /// Where it stands.
    pub place: Place,
    /// The text of the value. Of a block, it may reach to the next one.
    pub span: Span,
    /// The text of the key, if it is the member of a mapping.
    pub key: Option<Span>,
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
    let whole = |message: &str| Error::Yaml { message: message.to_owned(), position: None };
    let documents = MarkedYaml::load_from_str(text).map_err(|error| {
        let position = (error.marker().line(), error.marker().col() + 1);
        Error::Yaml { message: error.to_string(), position: Some(position) }
    })?;
    match documents.as_slice() {
        [document] => node(document, None, String::new()),
        [] => Err(whole("the file is empty")),
        _ => Err(whole("the file holds more than one document")),
    }
}

fn span(of: &MarkedYaml<'_>) -> Span {
    let (start, end) = (of.span.start, of.span.end);
    Span { start: (start.line(), start.col() + 1), end: (end.line(), end.col() + 1) }
}

fn node(yaml: &MarkedYaml<'_>, key: Option<Span>, pointer: String) -> Result<Node> {
    let place = Place { line: yaml.span.start.line(), column: yaml.span.start.col() + 1, pointer };
    let value = match &yaml.data {
        YamlData::Value(Scalar::Null) => Value::Null,
        YamlData::Value(Scalar::Boolean(value)) => Value::Boolean(*value),
        YamlData::Value(Scalar::Integer(value)) => Value::Integer(*value),
        YamlData::Value(Scalar::FloatingPoint(value)) => Value::Number(value.into_inner()),
        YamlData::Value(Scalar::String(value)) => Value::Text(value.to_string()),
        YamlData::Sequence(items) => {
            let items = items.iter().enumerate();
            let items =
                items.map(|(index, item)| node(item, None, format!("{}/{index}", place.pointer)));
            Value::List(items.collect::<Result<_>>()?)
        }
        YamlData::Mapping(members) => {
            let members = members.iter().map(|(key, member)| {
                let name = match &key.data {
                    YamlData::Value(Scalar::String(name)) => name.to_string(),
                    YamlData::Value(Scalar::Integer(name)) => name.to_string(),
                    _ => return Err(Error::at(&place, "a key that is not a string")),
                };
                let escaped = escaped(&name);
                let member = node(member, Some(span(key)), format!("{}/{escaped}", place.pointer))?;
                Ok((name, member))
            });
            Value::Map(members.collect::<Result<_>>()?)
        }
        _ => {
            return Err(Error::at(&place, "a YAML feature that has no meaning in JSON"));
        }
    };
    Ok(Node { place, span: span(yaml), key, value })
}

/// A name as it stands in a JSON pointer.
fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
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

    /// The node at a JSON pointer from here.
    #[must_use]
    pub fn at(&self, pointer: &str) -> Option<&Node> {
        let Some(rest) = pointer.strip_prefix('/') else {
            return pointer.is_empty().then_some(self);
        };
        let (first, rest) = rest.find('/').map_or((rest, ""), |at| rest.split_at(at));
        match &self.value {
            Value::Map(members) => {
                members.iter().find(|(name, _)| escaped(name) == first)?.1.at(rest)
            }
            Value::List(items) => items.get(first.parse::<usize>().ok()?)?.at(rest),
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
            _ => Err(self.unexpected("expected a mapping")),
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
            _ => Err(self.unexpected("expected a sequence")),
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
            _ => Err(self.unexpected("expected a string; quote it if it looks like a number")),
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
            _ => Err(self.unexpected("expected a whole number")),
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
            _ => Err(self.unexpected("expected a whole number")),
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
            _ => Err(self.unexpected("expected a number")),
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
            _ => Err(self.unexpected("expected `true` or `false`")),
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

    /// An error at the key of this node.
    #[must_use]
    pub fn key_error(
        &self,
        message: impl Into<String>,
        label: &str,
        help: Option<String>,
    ) -> Error {
        let label = Some(label.to_owned());
        self.error(message).with_hints(Hints { is_about_key: true, label, help })
    }

    /// An error that says what is here instead.
    fn unexpected(&self, message: &str) -> Error {
        let found = match self.value {
            Value::Null => "nothing",
            Value::Boolean(_) => "a truth value",
            Value::Integer(_) => "a whole number",
            Value::Number(_) => "a number",
            Value::Text(_) => "a string",
            Value::List(_) => "a sequence",
            Value::Map(_) => "a mapping",
        };
        let label = Some(format!("this is {found}"));
        self.error(message).with_hints(Hints { label, ..Hints::default() })
    }
}
